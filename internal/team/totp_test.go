package team_test

import (
	"bytes"
	"context"
	"image/png"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var totpSecret = store.Dynamic(`select totp_secret from person where id = $1`)

// phone shows the codes of a secret at the desk's time.
func (d *desk) phone(secret string) string {
	d.t.Helper()
	code, err := totp.GenerateCode(secret, d.clock.Now())
	if err != nil {
		d.t.Fatal(err)
	}
	return code
}

// enrol turns two-step sign-in on for Véronica, a minute ago.
func (d *desk) enrol() (secret string, recovery []string) {
	d.t.Helper()
	e, err := d.team.BeginTOTP(d.t.Context(), d.veronica)
	if err != nil {
		d.t.Fatal(err)
	}
	recovery, err = d.team.ConfirmTOTP(d.t.Context(), d.veronica, 0, d.phone(e.Secret))
	if err != nil {
		d.t.Fatal(err)
	}
	d.clock.Advance(time.Minute)
	return e.Secret, recovery
}

func TestTheSecondStepIsAskedForOnceItWasConfirmed(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		e, err := d.team.BeginTOTP(t.Context(), d.veronica)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := png.Decode(bytes.NewReader(e.PNG)); err != nil || !strings.HasPrefix(e.URL, "otpauth://totp/Comptoir:veronica@maison-lila.fr?") {
			t.Errorf("enrolment: %q, %v", e.URL, err)
		}
		d.read(func(tx *store.Tx) error {
			stored, err := store.One[string](tx, totpSecret, d.veronica)
			if stored == "" || strings.Contains(stored, e.Secret) {
				t.Errorf("stored as %q", stored)
			}
			return err
		})
		if got := d.try(veronicas); got != "" {
			t.Errorf("before it was confirmed: %q", got)
		}
		_, err = d.team.ConfirmTOTP(t.Context(), d.veronica, 0, "000000")
		wrongField(t, err, "code")
		if _, err = d.team.ConfirmTOTP(t.Context(), d.veronica, 0, d.phone(e.Secret)); err != nil {
			t.Fatal(err)
		}
		if n := d.number(countRows); n != 0 {
			t.Errorf("%d other devices are still signed in", n)
		}
		if got := d.try(veronicas); got != "code_needed" {
			t.Errorf("without a code: %q", got)
		}
		if got := d.try("wrong"); got != "unauthenticated" {
			t.Errorf("a wrong password tells of the second step: %q", got)
		}
		if _, err := d.team.BeginTOTP(t.Context(), d.veronica); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second enrolment: %v", err)
		}
	})
}

func TestACodeWorksOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		secret, _ := d.enrol()
		code := d.phone(secret)
		if got := d.tryAs("veronica@maison-lila.fr", veronicas, code[:3]+" "+code[3:]); got != "" {
			t.Fatalf("first: %q", got)
		}
		if got := d.tryAs("veronica@maison-lila.fr", veronicas, code); got != "unauthenticated" {
			t.Errorf("the same again: %q", got)
		}
		d.clock.Advance(30 * time.Second)
		next := d.phone(secret)
		d.clock.Advance(30 * time.Second) // typed slowly
		if got := d.tryAs("veronica@maison-lila.fr", veronicas, next); got != "" {
			t.Errorf("the next one, half a minute late: %q", got)
		}
		old := d.phone(secret)
		d.clock.Advance(2 * time.Minute)
		if got := d.tryAs("veronica@maison-lila.fr", veronicas, old); got != "unauthenticated" {
			t.Errorf("two minutes late: %q", got)
		}
	})
}

func TestEightSignInsWithOneCodeAreOne(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		secret, _ := d.enrol()
		code := d.phone(secret)
		var in atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				_, err := d.team.SignIn(context.Background(), team.SignIn{Email: "veronica@maison-lila.fr", Password: veronicas, Code: code, Remote: home})
				if err == nil {
					in.Add(1)
				} else if k := fault.KindOf(err); k != fault.Unauthenticated && k != fault.Locked {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if in.Load() != 1 {
			t.Errorf("%d signed in, want 1", in.Load())
		}
	})
}

func TestWrongCodesLockToo(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		secret, _ := d.enrol()
		for n := range 4 {
			if got := d.tryAs("veronica@maison-lila.fr", veronicas, "000000"); got != "unauthenticated" {
				t.Fatalf("guess %d: %q", n+1, got)
			}
		}
		if got := d.tryAs("veronica@maison-lila.fr", veronicas, "000000"); got != "locked" {
			t.Errorf("fifth: %q", got)
		}
		if got := d.tryAs("veronica@maison-lila.fr", veronicas, d.phone(secret)); got != "locked" {
			t.Errorf("the right code while locked: %q", got)
		}
		// Asking for the code starts nothing anew.
		if n := d.number(failures, d.veronica); n != 5 {
			t.Errorf("%d failures, want 5", n)
		}
	})
}

func TestEachRecoveryCodeWorksOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		_, recovery := d.enrol()
		if len(recovery) != 10 {
			t.Fatalf("%d recovery codes, want 10", len(recovery))
		}
		if got := d.tryAs("veronica@maison-lila.fr", veronicas, strings.ToUpper(recovery[3])); got != "" {
			t.Errorf("first: %q", got)
		}
		if got := d.tryAs("veronica@maison-lila.fr", veronicas, recovery[3]); got != "unauthenticated" {
			t.Errorf("again: %q", got)
		}
		if got := d.tryAs("veronica@maison-lila.fr", veronicas, recovery[4]); got != "" {
			t.Errorf("another: %q", got)
		}
	})
}

func TestTheSecondStepGoesWithThePasswordOnly(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		_, recovery := d.enrol()
		wrongField(t, d.team.DropTOTP(t.Context(), d.veronica, "wrong"), "password")
		if got := d.try(veronicas); got != "code_needed" {
			t.Errorf("after a wrong password: %q", got)
		}
		if err := d.team.DropTOTP(t.Context(), d.veronica, veronicas); err != nil {
			t.Fatal(err)
		}
		if got := d.try(veronicas); got != "" {
			t.Errorf("after it was dropped: %q", got)
		}
		e, err := d.team.BeginTOTP(t.Context(), d.veronica)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.team.ConfirmTOTP(t.Context(), d.veronica, 0, d.phone(e.Secret)); err != nil {
			t.Fatal(err)
		}
		if got := d.tryAs("veronica@maison-lila.fr", veronicas, recovery[0]); got != "unauthenticated" {
			t.Errorf("a recovery code of the first enrolment: %q", got)
		}
	})
}
