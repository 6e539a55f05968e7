package team

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const (
	sealedTOTP    = "person.totp" // where the sealed text belongs (package secret)
	totpStep      = 30            // seconds, RFC 6238, 5.2
	totpDrift     = 1             // steps a phone may be early or late
	recoveryCodes = 10
	qrSize        = 240
)

// Enrolment is what an authenticator app needs to know.
type Enrolment struct {
	Secret string // base32
	URL    string // otpauth://
	PNG    []byte // the URL as a QR code
}

var (
	setTOTPSecret   = store.SQL(`update person set totp_secret = $2, totp_last = 0 where id = $1`)
	setTOTPOn       = store.SQL(`update person set totp_on = true, totp_last = $2 where id = $1`)
	setTOTPOff      = store.SQL(`update person set totp_on = false, totp_secret = '', totp_last = 0 where id = $1`)
	setTOTPLast     = store.SQL(`update person set totp_last = $2 where id = $1`)
	insertRecovery  = store.SQL(`insert into recovery_code (person_id, code) values ($1, $2)`)
	deleteRecovery  = store.SQL(`delete from recovery_code where person_id = $1 and code = $2`)
	deleteRecoverys = store.SQL(`delete from recovery_code where person_id = $1`)
)

// BeginTOTP draws a secret. Nothing is asked for at sign-in before ConfirmTOTP
// has seen one code from it.
func (s *Service) BeginTOTP(ctx context.Context, person id.Person) (Enrolment, error) {
	c, err := s.credentials(ctx, person)
	if err != nil {
		return Enrolment{}, err
	}
	out, err := enrolment(c.Email)
	if err != nil {
		return Enrolment{}, err
	}
	sealed, err := s.box.Seal(out.Secret, sealedTOTP)
	if err != nil {
		return Enrolment{}, err
	}
	err = s.db.InTx(ctx, func(tx *store.Tx) error {
		c, err := store.One[credentials](tx, credentialsLocked, person)
		if err != nil {
			return err
		}
		if c.TOTPOn {
			return fault.New(fault.Conflict, "conflict", "Two-step sign-in is already on.")
		}
		_, err = store.Exec(tx, setTOTPSecret, person, sealed)
		return err
	})
	if err != nil {
		return Enrolment{}, err
	}
	return out, nil
}

func enrolment(email string) (Enrolment, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Comptoir", AccountName: email})
	if err != nil {
		return Enrolment{}, fmt.Errorf("totp secret: %w", err)
	}
	picture, err := key.Image(qrSize, qrSize)
	if err != nil {
		return Enrolment{}, fmt.Errorf("totp qr code: %w", err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return Enrolment{}, fmt.Errorf("totp qr code: %w", err)
	}
	return Enrolment{Secret: key.Secret(), URL: key.URL(), PNG: out.Bytes()}, nil
}

// ConfirmTOTP turns two-step sign-in on and gives the recovery codes, which are
// shown this once. Other devices are signed out.
func (s *Service) ConfirmTOTP(ctx context.Context, person id.Person, keep id.Session, code string) ([]string, error) {
	var codes []string
	for range recoveryCodes {
		codes = append(codes, newRecoveryCode())
	}
	err := s.db.InTx(ctx, func(tx *store.Tx) error {
		c, err := store.One[credentials](tx, credentialsLocked, person)
		if err != nil {
			return err
		}
		if c.TOTPOn || c.TOTPSecret == "" {
			return fault.New(fault.Conflict, "conflict", "Two-step sign-in was not begun.")
		}
		step, right, err := s.stepOf(c, plainCode(code))
		if err != nil {
			return err
		}
		if !right {
			return fault.Wrong("code", "The code is wrong. Is the clock of the phone right?")
		}
		if _, err := store.Exec(tx, setTOTPOn, person, step); err != nil {
			return err
		}
		if err := writeRecovery(tx, person, codes); err != nil {
			return err
		}
		if _, err := store.Exec(tx, deleteOtherSessions, person, int64(keep)); err != nil {
			return err
		}
		return s.changed(tx, person, 0, person, "totp_on")
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

func writeRecovery(tx *store.Tx, person id.Person, codes []string) error {
	if _, err := store.Exec(tx, deleteRecoverys, person); err != nil {
		return err
	}
	for _, code := range codes {
		if _, err := store.Exec(tx, insertRecovery, person, digest(plainCode(code))); err != nil {
			return err
		}
	}
	return nil
}

// DropTOTP turns two-step sign-in off, for whoever knows the password.
func (s *Service) DropTOTP(ctx context.Context, person id.Person, password string) error {
	if err := s.checkOwnPassword(ctx, person, "password", password); err != nil {
		return err
	}
	return s.dropTOTP(ctx, Actor{Person: person}, person)
}

// DropTOTPOf is for somebody who lost the phone and the recovery codes.
func (s *Service) DropTOTPOf(ctx context.Context, by Actor, person id.Person) error {
	err := s.db.Read(ctx, func(tx *store.Tx) error { return s.mayChange(tx, by, person) })
	if err != nil {
		return err
	}
	return s.dropTOTP(ctx, by, person)
}

func (s *Service) dropTOTP(ctx context.Context, by Actor, person id.Person) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, setTOTPOff, person); err != nil {
			return err
		}
		if _, err := store.Exec(tx, deleteRecoverys, person); err != nil {
			return err
		}
		return s.changed(tx, by.Person, by.Shop, person, "totp_off")
	})
}

// useCode takes a code of the app or a recovery code, each once. The person's
// row is locked by tx.
func (s *Service) useCode(tx *store.Tx, c credentials, code string) (bool, error) {
	code = plainCode(code)
	if len(code) != otp.DigitsSix.Length() {
		n, err := store.Exec(tx, deleteRecovery, c.ID, digest(code))
		if err != nil || n == 0 {
			return false, err
		}
		return true, s.changed(tx, c.ID, 0, c.ID, "recovery_code_used")
	}
	step, right, err := s.stepOf(c, code)
	if err != nil || !right {
		return false, err
	}
	_, err = store.Exec(tx, setTOTPLast, c.ID, step)
	return true, err
}

// stepOf finds the time step of a code. Steps up to the last one used are not
// looked at: a code seen over a shoulder is worthless (RFC 6238, 5.2).
func (s *Service) stepOf(c credentials, code string) (step int64, right bool, err error) {
	secret, err := s.box.Unseal(c.TOTPSecret, sealedTOTP)
	if err != nil {
		return 0, false, fmt.Errorf("totp secret: %w", err)
	}
	now := stepAt(s.clock.Now())
	for step := max(now-totpDrift, c.TOTPLast+1); step <= now+totpDrift; step++ {
		right, err := hotp.ValidateCustom(code, uint64(step), secret, //nolint:gosec // after 1970
			hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && right {
			return step, true, nil
		}
	}
	return 0, false, nil
}

func stepAt(t time.Time) int64 { return t.Unix() / totpStep }
