package team

import (
	"context"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// SignIn is an attempt to sign in.
type SignIn struct {
	Email, Password string
	Code            string // second step or recovery code, "" at first
	Remote          string // network address of the browser
	Label           string // the browser and its machine, as the list of devices shows it
}

// SignedIn is the outcome of a right one.
type SignedIn struct {
	Person id.Person
	Shop   id.Shop
	Token  string // for the cookie; only its hash is stored
}

// credentials are the columns that only this package reads.
type credentials struct {
	ID          id.Person `db:"id"`
	Email       string    `db:"email"`
	Name        string    `db:"name"`
	Password    string    `db:"password"`
	TOTPSecret  string    `db:"totp_secret"`
	TOTPOn      bool      `db:"totp_on"`
	TOTPLast    int64     `db:"totp_last"`
	Failures    int       `db:"failures"`
	LockedUntil time.Time `db:"locked_until"`
	Active      bool      `db:"active"`
}

const credentialColumns = `id, email, name, password, totp_secret, totp_on, totp_last, failures, locked_until, active`

var (
	credentialsByEmail = store.SQL(`select ` + credentialColumns + ` from person where email = $1`)
	credentialsOf      = store.SQL(`select ` + credentialColumns + ` from person where id = $1`)
	credentialsLocked  = store.SQL(`select ` + credentialColumns + ` from person where id = $1 {for update}`)
	countFailure       = store.SQL(`update person set failures = $2, locked_until = $3 where id = $1`)
	clearFailures      = store.SQL(`update person set failures = 0, locked_until = null where id = $1`)
	// Counted so that a failure costs one durable write whether or not somebody
	// has the address.
	countUnknown = store.SQL(`
		insert into meta (name, value) values ('unknown_sign_ins', '1')
		on conflict (name) do update set value = cast(cast(meta.value as bigint) + 1 as text)`)
)

func unauthenticated() error {
	return fault.New(fault.Unauthenticated, "unauthenticated", "The e-mail address or the password is wrong.")
}

func locked(now, until time.Time) error {
	minutes := int((until.Sub(now) + time.Minute - 1) / time.Minute)
	unit := "minutes"
	if minutes == 1 {
		unit = "minute"
	}
	return fault.New(fault.Locked, "locked", fmt.Sprintf("Too many attempts. Try again in %d %s.", minutes, unit))
}

// SignIn checks password and code and starts a session. Faults: "unauthenticated"
// (whatever was wrong), "code_needed" when the password was right and a second
// step is on, "locked". A failure counts for the person and for the remote
// address; the fifth, tenth, … locks the person for 1, 5, 15 and then 60
// minutes.
func (s *Service) SignIn(ctx context.Context, in SignIn) (SignedIn, error) {
	in.Email = normalEmail(in.Email)
	remote, unknown := remoteKey(in.Remote), "email:"+digest(in.Email)
	for _, key := range []string{remote, unknown} {
		if until := s.attempts.lockedUntil(key); !until.IsZero() {
			return SignedIn{}, locked(s.clock.Now(), until)
		}
	}
	c, right, err := s.passwordOf(ctx, in)
	if err != nil {
		return SignedIn{}, err
	}
	switch {
	case c.ID == 0:
		return SignedIn{}, s.failUnknown(ctx, remote, unknown)
	case !right:
		s.attempts.fail(remote, crowd)
		return SignedIn{}, s.fail(ctx, c.ID)
	}
	out, err := s.admit(ctx, c, in)
	if fault.Is(err, "unauthenticated") || fault.Is(err, "locked") {
		s.attempts.fail(remote, crowd)
	}
	if err == nil {
		s.attempts.forget(remote)
	}
	return out, err
}

// passwordOf compares the password of whoever has the address. The person is
// read once a place for hashing is free: of a hundred guesses sent at once, all
// but the first few find the person locked.
func (s *Service) passwordOf(ctx context.Context, in SignIn) (c credentials, right bool, err error) {
	leave, err := s.hasher.enter(ctx)
	if err != nil {
		return c, false, err
	}
	defer leave()
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		c, _, err = store.Maybe[credentials](tx, credentialsByEmail, in.Email)
		return err
	})
	if err != nil {
		return c, false, err
	}
	if !c.Active || c.Password == "" {
		c = credentials{Password: s.hasher.decoy}
	}
	if now := s.clock.Now(); now.Before(c.LockedUntil) {
		return c, false, locked(now, c.LockedUntil)
	}
	return c, matches(c.Password, in.Password), nil
}

// failUnknown treats an address nobody has as if somebody had it.
func (s *Service) failUnknown(ctx context.Context, remote, unknown string) error {
	err := s.db.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, countUnknown)
		return err
	})
	if err != nil {
		return err
	}
	s.attempts.fail(remote, crowd)
	if until := s.attempts.fail(unknown, patience); !until.IsZero() {
		return locked(s.clock.Now(), until)
	}
	return unauthenticated()
}

// fail counts a wrong password and tells what to answer.
func (s *Service) fail(ctx context.Context, person id.Person) error {
	var answer error
	err := s.db.InTx(ctx, func(tx *store.Tx) error {
		c, err := store.One[credentials](tx, credentialsLocked, person)
		if err != nil {
			return err
		}
		answer, err = s.countFailure(tx, c)
		return err
	})
	if err != nil {
		return err
	}
	return answer
}

// countFailure writes one more failure of a person whose row is locked by tx.
// While the person is locked none is counted: waiting must end.
func (s *Service) countFailure(tx *store.Tx, c credentials) (answer, err error) {
	now := s.clock.Now()
	if now.Before(c.LockedUntil) {
		return locked(now, c.LockedUntil), nil
	}
	failures, until := c.Failures+1, time.Time{}
	lock := lockAfter(failures, patience)
	if lock > 0 {
		until = now.Add(lock)
	}
	if _, err := store.Exec(tx, countFailure, c.ID, failures, until); err != nil {
		return nil, err
	}
	if lock == 0 {
		return unauthenticated(), nil
	}
	return locked(now, until), s.changed(tx, 0, 0, c.ID, "locked")
}

// admit takes the second step and starts the session, under the lock of the
// person's row: of two sign-ins with one code the second finds it used.
func (s *Service) admit(ctx context.Context, seen credentials, in SignIn) (SignedIn, error) {
	var out SignedIn
	var answer error
	err := s.db.InTx(ctx, func(tx *store.Tx) error {
		out, answer = SignedIn{}, nil
		c, err := store.One[credentials](tx, credentialsLocked, seen.ID)
		if err != nil {
			return err
		}
		now := s.clock.Now()
		switch {
		case now.Before(c.LockedUntil):
			return locked(now, c.LockedUntil)
		case !c.Active || c.Password != seen.Password:
			return unauthenticated()
		case c.TOTPOn && plainCode(in.Code) == "":
			return fault.New(fault.Unauthenticated, "code_needed", "Enter the code of your authenticator app.")
		case c.TOTPOn:
			right, err := s.useCode(tx, c, in.Code)
			if err != nil {
				return err
			}
			if !right {
				answer, err = s.countFailure(tx, c)
				return err
			}
		}
		out, err = s.enter(tx, c, in.Label)
		return err
	})
	if err == nil {
		err = answer
	}
	if err != nil {
		return SignedIn{}, err
	}
	return out, nil
}

func (s *Service) enter(tx *store.Tx, c credentials, label string) (SignedIn, error) {
	shops, err := s.Shops(tx, c.ID)
	if err != nil {
		return SignedIn{}, err
	}
	if len(shops) == 0 {
		return SignedIn{}, fault.New(fault.Forbidden, "forbidden", "You have no access to a shop any more.")
	}
	if c.Failures > 0 {
		if _, err := store.Exec(tx, clearFailures, c.ID); err != nil {
			return SignedIn{}, err
		}
	}
	token, err := s.StartSession(tx, c.ID, shops[0].Shop, label)
	return SignedIn{Person: c.ID, Shop: shops[0].Shop, Token: token}, err
}

// Unlock ends a lock, for whoever forgot the password and then found it.
func (s *Service) Unlock(ctx context.Context, by Actor, person id.Person) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if err := s.mayChange(tx, by, person); err != nil {
			return err
		}
		if _, err := store.Exec(tx, clearFailures, person); err != nil {
			return err
		}
		return s.changed(tx, by.Person, by.Shop, person, "unlocked")
	})
}
