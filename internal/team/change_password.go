package team

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	setPassword = store.SQL(`update person set password = $2, failures = 0, locked_until = null where id = $1`)
	dropResets  = store.SQL(`delete from password_reset where person_id = $1`)
)

// credentials reads the secrets of a person for an operation on oneself.
func (s *Service) credentials(ctx context.Context, person id.Person) (c credentials, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		var found bool
		c, found, err = store.Maybe[credentials](tx, credentialsOf, person)
		if err == nil && !found {
			err = fault.Missing("person")
		}
		return err
	})
	return c, err
}

// checkOwnPassword asks again for the password of somebody who is signed in.
// Guesses are counted here too: a browser left open must not be a way in.
func (s *Service) checkOwnPassword(ctx context.Context, person id.Person, field, password string) error {
	key := "own:" + person.String()
	if until := s.attempts.lockedUntil(key); !until.IsZero() {
		return locked(s.clock.Now(), until)
	}
	c, err := s.credentials(ctx, person)
	if err != nil {
		return err
	}
	leave, err := s.hasher.enter(ctx)
	if err != nil {
		return err
	}
	right := matches(c.Password, password)
	leave()
	if right {
		s.attempts.forget(key)
		return nil
	}
	if until := s.attempts.fail(key, patience); !until.IsZero() {
		return locked(s.clock.Now(), until)
	}
	return fault.Wrong(field, "The password is wrong.")
}

// ChangePassword sets a new password of one's own. All other devices are signed
// out; keep is the session that stays.
func (s *Service) ChangePassword(ctx context.Context, person id.Person, keep id.Session, current, next string) error {
	c, err := s.credentials(ctx, person)
	if err != nil {
		return err
	}
	if err := s.checkOwnPassword(ctx, person, "current", current); err != nil {
		return err
	}
	hash, err := s.newHash(ctx, "new", next, c)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		return s.setPassword(tx, person, person, keep, hash)
	})
}

// SetPassword sets somebody's password from the console.
func (s *Service) SetPassword(ctx context.Context, by Actor, person id.Person, password string) error {
	c, err := s.credentials(ctx, person)
	if err != nil {
		return err
	}
	hash, err := s.newHash(ctx, "password", password, c)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if err := s.mayChange(tx, by, person); err != nil {
			return err
		}
		return s.setPassword(tx, by.Person, person, 0, hash)
	})
}

// newHash is what is kept of a new password that may be used; an Invalid fault
// of the field otherwise.
func (s *Service) newHash(ctx context.Context, field, password string, of credentials) (string, error) {
	if err := checkPassword(field, password, of.Email, of.Name); err != nil {
		return "", err
	}
	return s.hasher.hash(ctx, password)
}

// setPassword writes the hash and makes worthless what the old one gave: locks,
// links and, but for keep, sessions.
func (s *Service) setPassword(tx *store.Tx, by, person id.Person, keep id.Session, hash string) error {
	if _, err := store.Exec(tx, setPassword, person, hash); err != nil {
		return err
	}
	if _, err := store.Exec(tx, dropResets, person); err != nil {
		return err
	}
	if _, err := store.Exec(tx, deleteOtherSessions, person, int64(keep)); err != nil {
		return err
	}
	return s.changed(tx, by, 0, person, "password_changed")
}
