package team

import (
	"context"
	"strings"
	"time"
	"unicode"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const (
	// sessionLife rolls on: only who stays away that long signs in again.
	sessionLife = 30 * 24 * time.Hour
	// seenEvery bounds how often using a session writes.
	seenEvery = time.Hour
	maxLabel  = 200
)

// Session is one device that is signed in.
type Session struct {
	ID        id.Session `db:"id"`
	Person    id.Person  `db:"person_id"`
	Shop      id.Shop    `db:"shop_id"`
	Label     string     `db:"label"`
	CreatedAt time.Time  `db:"created_at"`
	SeenAt    time.Time  `db:"seen_at"`
	ExpiresAt time.Time  `db:"expires_at"`
}

const sessionColumns = `s.id, s.person_id, s.shop_id, s.label, s.created_at, s.seen_at, s.expires_at`

type sessionWithRole struct {
	Session

	Role Role `db:"role"`
}

var (
	insertSession = store.SQL(`
		insert into session (token, person_id, shop_id, label, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $5, $5, $6)`)
	// The role is read each time: what somebody may do changes at once.
	selectSession = store.SQL(`
		select ` + sessionColumns + `, m.role from session s
		join person p on p.id = s.person_id and p.active = true
		join membership m on m.person_id = s.person_id and m.shop_id = s.shop_id
		where s.token = $1 and s.expires_at > $2`)
	touchSession   = store.SQL(`update session set seen_at = $2, expires_at = $3 where id = $1`)
	selectSessions = store.SQL(`
		select ` + sessionColumns + ` from session s where s.person_id = $1 and s.expires_at > $2 order by s.id desc`)
	deleteSession = store.SQL(`delete from session where id = $1 and person_id = $2`)
	deleteByToken = store.SQL(`delete from session where token = $1`)
	// With 0 for "keep none": as NULL it would compare with nothing.
	deleteOtherSessions = store.SQL(`delete from session where person_id = $1 and id <> $2`)
	moveSession         = store.SQL(`update session set shop_id = $3 where id = $1 and person_id = $2`)
	sweepSessions       = store.SQL(`delete from session where expires_at <= $1`)
	sweepResets         = store.SQL(`delete from password_reset where expires_at <= $1`)
)

// StartSession signs a person in without asking for anything: after set-up, or
// into the demo shop. The token is good once tx has committed.
func (s *Service) StartSession(tx *store.Tx, person id.Person, shop id.Shop, label string) (token string, err error) {
	token = newToken()
	now := s.clock.Now()
	_, err = store.Exec(tx, insertSession, digest(token), person, shop, shownLabel(label), now, now.Add(sessionLife))
	return token, err
}

// shownLabel keeps what a browser says of itself from breaking the list.
func shownLabel(label string) string {
	label = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, label)
	if runes := []rune(label); len(runes) > maxLabel {
		label = string(runes[:maxLabel])
	}
	return label
}

// Authenticate finds who has the token and what they may do; an Unauthenticated
// fault when nobody has. At most once an hour it notes that the session is used.
func (s *Service) Authenticate(ctx context.Context, token string) (Actor, Session, error) {
	now := s.clock.Now()
	var found bool
	var row sessionWithRole
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		row, found, err = store.Maybe[sessionWithRole](tx, selectSession, digest(token), now)
		return err
	})
	if err != nil {
		return Actor{}, Session{}, err
	}
	if !found {
		return Actor{}, Session{}, fault.New(fault.Unauthenticated, "unauthenticated", "Sign in first.")
	}
	if now.Sub(row.SeenAt) >= seenEvery {
		row.SeenAt, row.ExpiresAt = now, now.Add(sessionLife)
		if err := s.db.InTx(ctx, func(tx *store.Tx) error {
			_, err := store.Exec(tx, touchSession, row.ID, row.SeenAt, row.ExpiresAt)
			return err
		}); err != nil {
			return Actor{}, Session{}, err
		}
	}
	return Actor{Person: row.Person, Shop: row.Shop, Role: row.Role}, row.Session, nil
}

// Sessions lists the devices of a person, newest first.
func (s *Service) Sessions(tx *store.Tx, person id.Person) ([]Session, error) {
	return store.All[Session](tx, selectSessions, person, s.clock.Now())
}

// Revoke signs out one device of a person.
func (s *Service) Revoke(ctx context.Context, person id.Person, session id.Session) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		n, err := store.Exec(tx, deleteSession, session, person)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing("device")
		}
		return s.changed(tx, person, 0, person, "device_revoked")
	})
}

// SignOut ends the session of the token; without one it does nothing.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, deleteByToken, digest(token))
		return err
	})
}

// SwitchShop moves a session to another shop of the same person.
func (s *Service) SwitchShop(ctx context.Context, session Session, to id.Shop) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := s.Member(tx, to, session.Person); err != nil {
			return err
		}
		_, err := store.Exec(tx, moveSession, session.ID, session.Person, to)
		return err
	})
}

// Sweep deletes sessions, resets, invitations and kept answers that have
// expired.
func (s *Service) Sweep(ctx context.Context) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, sweepSessions, s.clock.Now()); err != nil {
			return err
		}
		if _, err := store.Exec(tx, sweepResets, s.clock.Now()); err != nil {
			return err
		}
		_, err := store.Exec(tx, sweepRequests, s.clock.Now().Add(-requestLife))
		return err
	})
}
