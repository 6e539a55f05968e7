package team_test

import (
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func (d *desk) atelier(lead id.Person, members ...id.Person) (made id.Team) {
	d.t.Helper()
	d.write(func(tx *store.Tx) (err error) {
		made, err = d.team.CreateTeam(tx, d.owner(), team.Input{Name: " Atelier ", Lead: lead, Members: members})
		return err
	})
	return made
}

func TestATeamHasALeadAndMembers(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		atelier := d.atelier(d.marc, d.inès, d.inès)
		save := func(by team.Actor, in team.Input) error {
			return db.InTx(t.Context(), func(tx *store.Tx) error { return d.team.SaveTeam(tx, by, atelier, in) })
		}
		var there []team.Team
		d.read(func(tx *store.Tx) (err error) { there, err = d.team.Teams(tx, d.lila); return err })
		if len(there) != 1 || there[0].Name != "Atelier" || !slices.Equal(there[0].Members, []id.Person{d.marc, d.inès}) {
			t.Errorf("the team: %+v", there)
		}
		if err := save(d.owner(), team.Input{Name: "Atelier", Members: []id.Person{999}}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a member of nowhere: %v", err)
		}
		if err := save(team.Actor{Person: d.inès, Shop: d.lila, Role: team.Agent}, team.Input{Name: "x"}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an agent changes a team: %v", err)
		}
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			_, err := d.team.CreateTeam(tx, d.owner(), team.Input{Name: "Atelier"})
			return err
		})
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("two teams of a name: %v", err)
		}
	})
}

func TestWhoIsInChargeWhereATeamIs(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		atelier := d.atelier(d.inès)
		check := func(when string, c team.Charge, at time.Time, want id.Person) {
			t.Helper()
			c.Shop = d.lila
			var got id.Person
			d.read(func(tx *store.Tx) (err error) { got, err = d.team.InChargeFor(tx, c, at, time.UTC); return err })
			if got != want {
				t.Errorf("%s: person %d is in charge, want %d", when, got, want)
			}
		}
		check("the team's lead", team.Charge{Team: atelier}, monday, d.inès)
		check("the person before the team", team.Charge{Team: atelier, Person: d.veronica}, monday, d.veronica)
		check("a team of nowhere", team.Charge{Team: 999}, monday, d.marc)
		tuesday := monday.AddDate(0, 0, 1)
		d.away(d.inès, date(time.November, 24), date(time.November, 24), d.veronica)
		check("the lead's substitute", team.Charge{Team: atelier}, tuesday, d.veronica)
		d.away(d.veronica, date(time.November, 24), date(time.November, 24), d.inès)
		check("both away: a lead of the shop", team.Charge{Team: atelier, Person: d.veronica}, tuesday, d.marc)
		d.write(func(tx *store.Tx) error { return d.team.ArchiveTeam(tx, d.owner(), atelier, true) })
		check("an archived team", team.Charge{Team: atelier}, monday, d.marc)
	})
}
