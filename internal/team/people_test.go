package team_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func TestEachRoleMayMoreThanTheOneBelow(t *testing.T) {
	t.Parallel()
	tests := []struct {
		permission         team.Permission
		agent, lead, owner bool
	}{
		{team.Reply, true, true, true},
		{team.Waive, true, true, true},
		{team.EscalateTake, false, true, true},
		{team.HoldAgain, false, true, true},
		{team.GuardPass, false, true, true},
		{team.GuardReasons, false, true, true},
		{team.SettingsShop, false, true, true},
		{team.SettingsMailboxes, false, false, true},
		{team.SettingsPeople, false, false, true},
		{"unheard.of", false, false, false},
	}
	for _, tt := range tests {
		got := [3]bool{team.Can(team.Agent, tt.permission), team.Can(team.Lead, tt.permission), team.Can(team.Owner, tt.permission)}
		if want := [3]bool{tt.agent, tt.lead, tt.owner}; got != want {
			t.Errorf("%s: agent, lead, owner = %v, want %v", tt.permission, got, want)
		}
		if team.Can("", tt.permission) || team.Can("root", tt.permission) {
			t.Errorf("%s: an unknown role may", tt.permission)
		}
	}
}

func TestTheActorTravelsWithTheRequest(t *testing.T) {
	t.Parallel()
	if _, ok := team.ActorFrom(context.Background()); ok {
		t.Error("somebody is signed in to nothing")
	}
	want := team.Actor{Person: 3, Shop: 1, Role: team.Lead}
	if got, ok := team.ActorFrom(team.WithActor(context.Background(), want)); !ok || got != want {
		t.Errorf("got %+v", got)
	}
}

func TestSetUpMakesOneFirstPerson(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			_, err := d.team.FirstPerson(tx, d.lila, team.NewPerson{Name: "Intrus", Email: "intrus@example.com"})
			return err
		})
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second first person: %v", err)
		}
	})
}

func TestAShopKeepsAnOwner(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		wrongField(t, d.team.SetRole(t.Context(), d.owner(), d.veronica, team.Agent), "role")
		wrongField(t, d.team.SetActive(t.Context(), d.owner(), d.veronica, false), "active")
		if err := d.team.SetRole(t.Context(), d.owner(), d.marc, team.Owner); err != nil {
			t.Fatal(err)
		}
		// Two owners, each taking the other's role at the same time.
		var wg sync.WaitGroup
		for _, p := range []id.Person{d.veronica, d.marc} {
			wg.Go(func() {
				err := d.team.SetRole(context.Background(), team.Console(d.lila), p, team.Agent)
				if err != nil && fault.KindOf(err) != fault.Invalid {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		owners := 0
		d.read(func(tx *store.Tx) error {
			members, err := d.team.Members(tx, d.lila)
			for _, m := range members {
				if m.Role == team.Owner {
					owners++
				}
			}
			return err
		})
		if owners != 1 {
			t.Errorf("%d owners are left, want 1", owners)
		}
	})
}

func TestAnOwnerRulesOverTheirOwnShopsOnly(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		other := d.shop("Autre boutique")
		paul := d.add(other, "Paul Delmas", "paul@autre.fr", team.Owner, "")
		stranger := team.Actor{Person: paul, Shop: other, Role: team.Owner}
		if err := d.team.SetActive(t.Context(), stranger, d.marc, false); fault.KindOf(err) != fault.NotFound {
			t.Errorf("somebody of another shop: %v", err)
		}
		if err := d.team.SetRole(t.Context(), stranger, d.marc, team.Agent); fault.KindOf(err) != fault.NotFound {
			t.Errorf("role of somebody of another shop: %v", err)
		}
		d.add(other, "Marc Petit", "marc@maison-lila.fr", team.Agent, "") // Marc now helps in both
		for what, err := range map[string]error{
			"deactivate":   d.team.SetActive(t.Context(), stranger, d.marc, false),
			"password":     d.team.SetPassword(t.Context(), stranger, d.marc, fresh),
			"second step":  d.team.DropTOTPOf(t.Context(), stranger, d.marc),
			"unlock":       d.team.Unlock(t.Context(), stranger, d.marc),
			"invite again": func() error { _, err := d.team.InviteAgain(t.Context(), stranger, d.marc); return err }(),
		} {
			if fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s of somebody shared: %v", what, err)
			}
		}
		if got := d.tryAs("marc@maison-lila.fr", marcs, ""); got != "" {
			t.Errorf("Marc signs in: %q", got)
		}
	})
}

func TestHowOneSigns(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		by := team.Actor{Person: d.marc, Shop: d.lila, Role: team.Lead}
		if err := d.team.SaveSignature(t.Context(), by, " Atelier et réparations ", true); err != nil {
			t.Fatal(err)
		}
		wrongField(t, d.team.SaveSignature(t.Context(), by, "deux\nlignes", true), "role_line")
		name, theme := "Jean-Marc Petit", "dark"
		if err := d.team.SaveProfile(t.Context(), d.marc, team.Profile{Name: &name, Theme: &theme}); err != nil {
			t.Fatal(err)
		}
		loud := "neon"
		wrongField(t, d.team.SaveProfile(t.Context(), d.marc, team.Profile{Theme: &loud}), "theme")
		d.read(func(tx *store.Tx) error {
			m, err := d.team.Member(tx, d.lila, d.marc)
			if m.SignedName() != "Jean-Marc" || m.RoleLine != "Atelier et réparations" || m.Theme != "dark" || m.Language != "fr" {
				t.Errorf("member = %+v", m)
			}
			return err
		})
	})
}

func date(month time.Month, day int) calendar.Date {
	return calendar.Date{Year: 2026, Month: month, Day: day}
}

func (d *desk) inCharge(candidate id.Person, at time.Time) (who id.Person) {
	d.t.Helper()
	paris, err := calendar.LoadLocation("Europe/Paris")
	if err != nil {
		d.t.Fatal(err)
	}
	d.read(func(tx *store.Tx) (err error) {
		who, err = d.team.InCharge(tx, d.lila, candidate, at, paris)
		return err
	})
	return who
}

func (d *desk) away(person id.Person, first, last calendar.Date, substitute id.Person) {
	d.t.Helper()
	if err := d.team.SetAbsence(d.t.Context(), d.owner(), team.Absence{Person: person, First: first, Last: last, Substitute: substitute}); err != nil {
		d.t.Fatal(err)
	}
}

func TestSomebodyPresentIsAlwaysInCharge(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		check := func(when string, candidate id.Person, at time.Time, want id.Person) {
			t.Helper()
			if got := d.inCharge(candidate, at); got != want {
				t.Errorf("%s: person %d is in charge, want %d", when, got, want)
			}
		}
		check("everybody is here", d.inès, monday, d.inès)
		check("nobody was named", 0, monday, d.marc)
		check("a person of another shop", 999, monday, d.marc)

		d.away(d.inès, date(time.November, 24), date(time.November, 25), d.veronica)
		check("the day before", d.inès, monday, d.inès)
		check("midnight in Paris", d.inès, time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC), d.veronica)
		check("the last minute", d.inès, time.Date(2026, 11, 25, 22, 59, 0, 0, time.UTC), d.veronica)
		check("back", d.inès, time.Date(2026, 11, 25, 23, 0, 0, 0, time.UTC), d.inès)

		tuesday := monday.AddDate(0, 0, 1)
		d.away(d.veronica, date(time.November, 24), date(time.November, 24), d.marc)
		check("the substitute has one too", d.inès, tuesday, d.marc)
		d.away(d.marc, date(time.November, 24), date(time.November, 24), d.inès)
		check("all away, standing in for each other", d.inès, tuesday, 0)
		if err := d.team.ClearAbsence(t.Context(), d.owner(), d.veronica); err != nil {
			t.Fatal(err)
		}
		check("the owner is back", d.marc, tuesday, d.veronica)
		check("no lead is here", 0, tuesday, d.veronica)
		if err := d.team.ClearAbsence(t.Context(), d.owner(), d.marc); err != nil {
			t.Fatal(err)
		}
		if err := d.team.SetActive(t.Context(), d.owner(), d.inès, false); err != nil {
			t.Fatal(err)
		}
		check("Inès left", d.inès, monday, d.marc)
	})
}

func TestAnAbsenceThatMakesNoSense(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		other := d.shop("Autre boutique")
		paul := d.add(other, "Paul Delmas", "paul@autre.fr", team.Owner, "")
		first, last := date(time.December, 1), date(time.December, 5)
		for field, a := range map[string]team.Absence{
			"from":       {Person: d.marc, Last: last},
			"to":         {Person: d.marc, First: last, Last: first},
			"substitute": {Person: d.marc, First: first, Last: last, Substitute: paul},
		} {
			wrongField(t, d.team.SetAbsence(t.Context(), d.owner(), a), field)
		}
		wrongField(t, d.team.SetAbsence(t.Context(), d.owner(), team.Absence{Person: d.marc, First: first, Last: last, Substitute: d.marc}), "substitute")

		agent := team.Actor{Person: d.inès, Shop: d.lila, Role: team.Agent}
		if err := d.team.SetAbsence(t.Context(), agent, team.Absence{Person: d.inès, First: first, Last: last}); err != nil {
			t.Errorf("one's own: %v", err)
		}
		if err := d.team.SetAbsence(t.Context(), agent, team.Absence{Person: d.marc, First: first, Last: last}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a colleague's: %v", err)
		}
	})
}
