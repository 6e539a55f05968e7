package team_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func TestOnlyTheRightPasswordSignsIn(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		tests := []struct{ name, email, password, want string }{
			{"right", "veronica@maison-lila.fr", veronicas, ""},
			{"address in capitals", " Veronica@Maison-Lila.FR", veronicas, ""},
			{"wrong", "veronica@maison-lila.fr", veronicas + "!", "unauthenticated"},
			{"somebody else's", "veronica@maison-lila.fr", marcs, "unauthenticated"},
			{"none", "veronica@maison-lila.fr", "", "unauthenticated"},
			{"unknown address", "nobody@maison-lila.fr", veronicas, "unauthenticated"},
			{"invited, no password yet", "ines@maison-lila.fr", "", "unauthenticated"},
		}
		for _, tt := range tests {
			if got := d.tryAs(tt.email, tt.password, ""); got != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
			}
		}
		d.read(func(tx *store.Tx) error {
			stored, err := store.One[string](tx, passwordOf, d.veronica)
			if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
				t.Errorf("stored as %q", stored)
			}
			return err
		})
	})
}

func TestFiveWrongPasswordsLockLongerEachTime(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		for _, minutes := range []int{1, 5, 15} {
			for n := range 4 {
				if got := d.try("wrong"); got != "unauthenticated" {
					t.Fatalf("guess %d before the lock of %d minutes: %q", n+1, minutes, got)
				}
			}
			if got := d.try("wrong"); got != "locked" {
				t.Fatalf("fifth guess: %q", got)
			}
			if got := d.try(veronicas); got != "locked" {
				t.Errorf("the right password while locked: %q", got)
			}
			d.clock.Advance(time.Duration(minutes)*time.Minute - time.Second)
			if got := d.try(veronicas); got != "locked" {
				t.Errorf("a second before the %d minutes were over: %q", minutes, got)
			}
			d.clock.Advance(time.Second)
		}
		if got := d.try(veronicas); got != "" {
			t.Errorf("after the last lock: %q", got)
		}
		if n := d.number(failures, d.veronica); n != 0 {
			t.Errorf("%d failures are left after signing in", n)
		}
		var locks int
		d.read(func(tx *store.Tx) error {
			told, err := store.All[string](tx, kindsOf, event.PersonChanged)
			for _, data := range told {
				locks += strings.Count(data, `"locked"`)
			}
			return err
		})
		if locks != 3 {
			t.Errorf("%d locks were told, want 3", locks)
		}
	})
}

func TestAnUnknownAddressLocksLikeAKnownOne(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		var known, unknown []string
		for range 7 {
			known = append(known, d.try("wrong"))
			unknown = append(unknown, d.tryAs("nobody@maison-lila.fr", "wrong", ""))
		}
		if strings.Join(known, " ") != strings.Join(unknown, " ") {
			t.Errorf("known   %v\nunknown %v", known, unknown)
		}
	})
}

func TestTheOwnerUnlocksAtOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		for range 5 {
			d.tryAs("marc@maison-lila.fr", "wrong", "")
		}
		if got := d.tryAs("marc@maison-lila.fr", marcs, ""); got != "locked" {
			t.Fatalf("before: %q", got)
		}
		lead := team.Actor{Person: d.marc, Shop: d.lila, Role: team.Lead}
		if got := d.code(d.team.Unlock(t.Context(), lead, d.marc)); got != "forbidden" {
			t.Errorf("by a lead: %q", got)
		}
		if err := d.team.Unlock(t.Context(), d.owner(), d.marc); err != nil {
			t.Fatal(err)
		}
		if got := d.tryAs("marc@maison-lila.fr", marcs, ""); got != "" {
			t.Errorf("after: %q", got)
		}
	})
}

func TestOneAddressCannotGuessItsWayThroughTheTeam(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		from := func(remote, email, password string) string {
			_, err := d.team.SignIn(t.Context(), team.SignIn{Email: email, Password: password, Remote: remote})
			return d.code(err)
		}
		for n := range 20 { // one guess for each of twenty names
			from("198.51.100.9:1000", strings.Repeat("x", n+1)+"@maison-lila.fr", "wrong")
		}
		if got := from("198.51.100.9:2000", "veronica@maison-lila.fr", veronicas); got != "locked" {
			t.Errorf("from there: %q", got)
		}
		if got := from("[2001:db8::1]:2000", "veronica@maison-lila.fr", veronicas); got != "" {
			t.Errorf("from elsewhere: %q", got)
		}
		for n := range 20 { // the same from twenty addresses of one network
			from("[2001:db8:0:1::"+string(rune('a'+n%6))+"]:1", strings.Repeat("y", n+1)+"@maison-lila.fr", "wrong")
		}
		if got := from("[2001:db8:0:1::ffff]:1", "veronica@maison-lila.fr", veronicas); got != "locked" {
			t.Errorf("from the same network: %q", got)
		}
	})
}

func TestEightSignInsAtOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := d.team.SignIn(context.Background(), team.SignIn{Email: "veronica@maison-lila.fr", Password: veronicas, Remote: home}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := d.number(countRows); n != 8 {
			t.Errorf("%d sessions, want 8", n)
		}
	})
}

// Guesses sent at once are no way around the lock: the fifth locks, and those
// behind it are not even compared.
func TestEightGuessesAtOnceAreFive(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		var wrong, locked atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				_, err := d.team.SignIn(context.Background(), team.SignIn{Email: "veronica@maison-lila.fr", Password: "wrong", Remote: home})
				switch {
				case fault.Is(err, "unauthenticated"):
					wrong.Add(1)
				case fault.Is(err, "locked"):
					locked.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if wrong.Load() != 4 || locked.Load() != 4 {
			t.Errorf("%d wrong and %d locked, want 4 and 4", wrong.Load(), locked.Load())
		}
		if n := d.number(failures, d.veronica); n != 5 {
			t.Errorf("%d failures counted, want 5", n)
		}
	})
}

func TestWhoLeftCannotSignIn(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		in := d.signIn("marc@maison-lila.fr", marcs, "Chrome")
		if err := d.team.SetActive(t.Context(), d.owner(), d.marc, false); err != nil {
			t.Fatal(err)
		}
		if got := d.tryAs("marc@maison-lila.fr", marcs, ""); got != "unauthenticated" {
			t.Errorf("signing in: %q", got)
		}
		if _, _, err := d.team.Authenticate(t.Context(), in.Token); fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("the open session: %v", err)
		}
	})
}
