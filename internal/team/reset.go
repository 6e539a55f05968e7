package team

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const (
	resetLife      = time.Hour
	invitationLife = 7 * 24 * time.Hour
	// resetsInARow are mailed before asking again has to wait.
	resetsInARow = 3
)

var (
	insertReset = store.SQL(`insert into password_reset (token, person_id, expires_at) values ($1, $2, $3)`)
	selectReset = store.SQL(`
		select p.id, p.email, p.name, p.password, p.totp_secret, p.totp_on, p.totp_last, p.failures, p.locked_until, p.active
		from password_reset r join person p on p.id = r.person_id where r.token = $1 and r.expires_at > $2 and p.active = true`)
	useReset = store.SQL(`delete from password_reset where token = $1 and expires_at > $2`)
)

// RequestReset mails a link to whoever has the address. It answers the same
// whether or not somebody has, and keeps quiet when asked too often.
func (s *Service) RequestReset(ctx context.Context, email, remote string) error {
	email = normalEmail(email)
	keys := map[string]int{"reset:" + digest(email): resetsInARow, "reset " + remoteKey(remote): crowd}
	for key := range keys {
		if !s.attempts.lockedUntil(key).IsZero() {
			return nil
		}
	}
	for key, every := range keys {
		s.attempts.fail(key, every)
	}
	token := newToken()
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		p, found, err := store.Maybe[Person](tx, selectByEmail, email)
		if err != nil || !found || !p.Active || s.mailer == nil {
			return err
		}
		shops, err := s.Shops(tx, p.ID)
		if err != nil || len(shops) == 0 {
			return err
		}
		if err := s.newLink(tx, p.ID, token, resetLife); err != nil {
			return err
		}
		if err := s.changed(tx, 0, 0, p.ID, "reset_asked"); err != nil {
			return err
		}
		return s.mailer.SendReset(tx, p, shops[0].Shop, token)
	})
}

func (s *Service) newLink(tx *store.Tx, person id.Person, token string, life time.Duration) error {
	_, err := store.Exec(tx, insertReset, digest(token), person, s.clock.Now().Add(life))
	return err
}

// ConfirmReset sets the password of whoever was sent the link, by a reset or by
// an invitation. A link works once and ends all others; every device is signed
// out and a lock is lifted. Two-step sign-in stays.
func (s *Service) ConfirmReset(ctx context.Context, token, password string) error {
	worn := fault.New(fault.NotFound, "not_found", "This link was used already or is too old. Ask for a new one.")
	var c credentials
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		var found bool
		var err error
		c, found, err = store.Maybe[credentials](tx, selectReset, digest(token), s.clock.Now())
		if err == nil && !found {
			err = worn
		}
		return err
	})
	if err != nil {
		return err
	}
	hash, err := s.newHash(ctx, "password", password, c)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		n, err := store.Exec(tx, useReset, digest(token), s.clock.Now())
		if err != nil {
			return err
		}
		if n == 0 {
			return worn
		}
		return s.setPassword(tx, c.ID, c.ID, 0, hash)
	})
}
