package team_test

import (
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var tokens = store.Dynamic(`select token from session`)

func (d *desk) is(token string) (team.Actor, team.Session, string) {
	d.t.Helper()
	a, s, err := d.team.Authenticate(d.t.Context(), token)
	return a, s, d.code(err)
}

func TestASessionRollsOnAndEnds(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		in := d.signIn("veronica@maison-lila.fr", veronicas, "Firefox\x00 sur Linux\n")
		a, s, code := d.is(in.Token)
		if code != "" || a != d.owner() || s.Label != "Firefox sur Linux" {
			t.Fatalf("signed in as %+v %+v %q", a, s, code)
		}
		for range 3 { // every three weeks
			d.clock.Advance(21 * 24 * time.Hour)
			if _, _, code := d.is(in.Token); code != "" {
				t.Fatalf("after three weeks: %q", code)
			}
		}
		d.clock.Advance(30*24*time.Hour + time.Second)
		if _, _, code := d.is(in.Token); code != "unauthenticated" {
			t.Errorf("after thirty days away: %q", code)
		}
		if err := d.team.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := d.number(countRows); n != 0 {
			t.Errorf("%d sessions after the sweep", n)
		}
	})
}

func TestTheTableHoldsNoToken(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		in := d.signIn("veronica@maison-lila.fr", veronicas, "Firefox")
		d.read(func(tx *store.Tx) error {
			stored, err := store.One[string](tx, tokens)
			if strings.Contains(stored, in.Token) {
				t.Error("the token itself is stored")
			}
			if _, _, code := d.is(stored); code != "unauthenticated" {
				t.Error("what is stored signs in")
			}
			return err
		})
	})
}

func TestOneSignsOutOneDevice(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		phone := d.signIn("veronica@maison-lila.fr", veronicas, "Téléphone")
		desktop := d.signIn("veronica@maison-lila.fr", veronicas, "Boutique")
		_, s, _ := d.is(phone.Token)
		if err := d.team.Revoke(t.Context(), d.marc, s.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("somebody else revoked it: %v", err)
		}
		if err := d.team.Revoke(t.Context(), d.veronica, s.ID); err != nil {
			t.Fatal(err)
		}
		if _, _, code := d.is(phone.Token); code != "unauthenticated" {
			t.Errorf("the revoked one: %q", code)
		}
		d.read(func(tx *store.Tx) error {
			left, err := d.team.Sessions(tx, d.veronica)
			if len(left) != 1 || left[0].Label != "Boutique" {
				t.Errorf("left = %+v", left)
			}
			return err
		})
		if err := d.team.SignOut(t.Context(), desktop.Token); err != nil {
			t.Fatal(err)
		}
		if n := d.number(countRows); n != 0 {
			t.Errorf("%d sessions after signing out", n)
		}
	})
}

func TestANewPasswordSignsTheOtherDevicesOut(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		phone := d.signIn("veronica@maison-lila.fr", veronicas, "Téléphone")
		here := d.signIn("veronica@maison-lila.fr", veronicas, "Boutique")
		_, s, _ := d.is(here.Token)
		ctx := t.Context()
		wrongField(t, d.team.ChangePassword(ctx, d.veronica, s.ID, "wrong", "une bague de 1923"), "current")
		wrongField(t, d.team.ChangePassword(ctx, d.veronica, s.ID, veronicas, "court"), "new")
		if err := d.team.ChangePassword(ctx, d.veronica, s.ID, veronicas, "une bague de 1923"); err != nil {
			t.Fatal(err)
		}
		if _, _, code := d.is(phone.Token); code != "unauthenticated" {
			t.Errorf("the phone: %q", code)
		}
		if _, _, code := d.is(here.Token); code != "" {
			t.Errorf("here: %q", code)
		}
		if got := d.try(veronicas); got != "unauthenticated" {
			t.Errorf("the old password: %q", got)
		}
		if got := d.try("une bague de 1923"); got != "" {
			t.Errorf("the new password: %q", got)
		}
	})
}

func TestAnOpenBrowserIsNoPlaceToGuess(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		for range 4 {
			wrongField(t, d.team.ChangePassword(t.Context(), d.veronica, 0, "wrong", "une bague de 1923"), "current")
		}
		for _, current := range []string{"wrong", veronicas} {
			if got := d.code(d.team.ChangePassword(t.Context(), d.veronica, 0, current, "une bague de 1923")); got != "locked" {
				t.Errorf("with %q: %q", current, got)
			}
		}
	})
}

func TestWhatIsGuessedFirstIsNoPassword(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		for _, bad := range []string{
			"", "neuf char", "veronica@maison-lila.fr", "Véronica Morel", "aaaaaaaaaaaa", "éééééééééé",
			"1234567890", "MotDePasse123", strings.Repeat("long ", 41), "avec \x00 dedans", "\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7\xf6",
		} {
			wrongField(t, d.team.SetPassword(t.Context(), d.owner(), d.veronica, bad), "password")
		}
		if got := d.try(veronicas); got != "" {
			t.Errorf("the old password: %q", got)
		}
	})
}

func TestARoleChangesWhatOneMayDoAtOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		in := d.signIn("marc@maison-lila.fr", marcs, "Boutique")
		if a, _, _ := d.is(in.Token); !a.Can(team.HoldAgain) || a.Can(team.SettingsPeople) {
			t.Errorf("as a lead: %+v", a)
		}
		if err := d.team.SetRole(t.Context(), d.owner(), d.marc, team.Agent); err != nil {
			t.Fatal(err)
		}
		if a, _, _ := d.is(in.Token); a.Can(team.HoldAgain) || !a.Can(team.Reply) {
			t.Errorf("as an agent: %+v", a)
		}
	})
}

func TestOneSessionMovesBetweenOnesOwnShops(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		atelier, other := d.shop("L'Atelier"), d.shop("Autre boutique")
		d.add(atelier, "Véronica Morel", "veronica@maison-lila.fr", team.Agent, "")
		in := d.signIn("veronica@maison-lila.fr", veronicas, "Boutique")
		_, s, _ := d.is(in.Token)
		if err := d.team.SwitchShop(t.Context(), s, other); fault.KindOf(err) != fault.NotFound {
			t.Errorf("to a shop of others: %v", err)
		}
		if err := d.team.SwitchShop(t.Context(), s, atelier); err != nil {
			t.Fatal(err)
		}
		if a, _, _ := d.is(in.Token); a.Shop != atelier || a.Role != team.Agent {
			t.Errorf("now %+v", a)
		}
	})
}
