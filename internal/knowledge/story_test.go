package knowledge_test

import (
	"errors"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Monday, 11:00 in Paris.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// desk is where Véronica (owner), Marc (lead), Inès and Sofia (agents) answer
// for Maison Lila; Paul owns another shop.
type desk struct {
	t                           *testing.T
	db                          *store.DB
	clock                       *clock.Set
	shops                       *shop.Service
	team                        *team.Service
	answers                     *knowledge.Service
	lila, other                 id.Shop
	veronica, marc, inès, sofia team.Actor
	paul                        team.Actor
}

func open(t *testing.T, db *store.DB) *desk {
	t.Helper()
	box, err := secret.New([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	c := clock.At(monday)
	log := event.NewLog(db, c, nil)
	d := &desk{t: t, db: db, clock: c}
	d.shops = shop.New(shop.Config{DB: db, Events: log, Clock: c, Box: box})
	d.team = team.New(team.Config{DB: db, Events: log, Clock: c, Box: box})
	d.answers = &knowledge.Service{Clock: c, Events: log, Shops: d.shops, Team: d.team}
	d.lila, d.other = d.shop("Maison Lila"), d.shop("Atelier Brun")
	d.veronica = d.hire(d.lila, "Véronica Morel", "veronica@maison-lila.fr", team.Owner)
	d.marc = d.hire(d.lila, "Marc Petit", "marc@maison-lila.fr", team.Lead)
	d.inès = d.hire(d.lila, "Inès Belkacem", "ines@maison-lila.fr", team.Agent)
	d.sofia = d.hire(d.lila, "Sofia Haddad", "sofia@maison-lila.fr", team.Agent)
	d.paul = d.hire(d.other, "Paul Brun", "paul@brun.example", team.Owner)
	return d
}

func (d *desk) shop(name string) id.Shop {
	d.t.Helper()
	made, err := d.shops.Create(d.t.Context(), shop.Creation{Input: shop.Input{
		Name: name, URL: "https://maison-lila.fr", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR",
	}})
	if err != nil {
		d.t.Fatal(err)
	}
	return made
}

func (d *desk) hire(sh id.Shop, name, email string, role team.Role) team.Actor {
	d.t.Helper()
	made, err := d.team.Add(d.t.Context(), team.Console(sh), team.NewPerson{Name: name, Email: email, Role: role})
	if err != nil {
		d.t.Fatal(err)
	}
	return team.Actor{Person: made, Shop: sh, Role: role}
}

func (d *desk) write(fn func(tx *store.Tx) error) error {
	return d.db.InTx(d.t.Context(), fn)
}

func (d *desk) read(fn func(tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.Read(d.t.Context(), fn); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) create(by team.Actor, in knowledge.Input) (made id.SavedAnswer, err error) {
	err = d.write(func(tx *store.Tx) (err error) {
		made, err = d.answers.Create(tx, by, in)
		return err
	})
	return made, err
}

func (d *desk) made(by team.Actor, in knowledge.Input) id.SavedAnswer {
	d.t.Helper()
	made, err := d.create(by, in)
	if err != nil {
		d.t.Fatal(err)
	}
	return made
}

func (d *desk) save(by team.Actor, answer id.SavedAnswer, revision int64, in knowledge.Input) error {
	return d.write(func(tx *store.Tx) error { return d.answers.Save(tx, by, answer, revision, in) })
}

func (d *desk) archive(by team.Actor, answer id.SavedAnswer) error {
	return d.write(func(tx *store.Tx) error { return d.answers.Archive(tx, by, answer) })
}

func (d *desk) restore(by team.Actor, answer id.SavedAnswer) error {
	return d.write(func(tx *store.Tx) error { return d.answers.Restore(tx, by, answer) })
}

func (d *desk) used(by team.Actor, answer id.SavedAnswer) error {
	return d.write(func(tx *store.Tx) error { return d.answers.Used(tx, by, answer) })
}

func (d *desk) folder(by team.Actor, name string) (made id.SavedAnswerFolder, err error) {
	err = d.write(func(tx *store.Tx) (err error) {
		made, err = d.answers.CreateFolder(tx, by, name)
		return err
	})
	return made, err
}

func (d *desk) dropFolder(by team.Actor, folder id.SavedAnswerFolder) error {
	return d.write(func(tx *store.Tx) error { return d.answers.DeleteFolder(tx, by, folder) })
}

func (d *desk) get(by team.Actor, answer id.SavedAnswer) (a knowledge.Answer) {
	d.t.Helper()
	d.read(func(tx *store.Tx) (err error) {
		a, err = d.answers.Get(tx, by, answer)
		return err
	})
	return a
}

func (d *desk) titles(by team.Actor, q knowledge.Search) []string {
	d.t.Helper()
	out := []string{}
	d.read(func(tx *store.Tx) error {
		list, err := d.answers.List(tx, by, q)
		for _, a := range list {
			out = append(out, a.Title)
		}
		return err
	})
	return out
}

func (d *desk) folders(by team.Actor) (out []knowledge.Folder) {
	d.t.Helper()
	d.read(func(tx *store.Tx) (err error) {
		out, err = d.answers.Folders(tx, by)
		return err
	})
	return out
}

func lost() knowledge.Input {
	return knowledge.Input{
		Title: "Colis perdu", Shortcut: "perdu", Bodies: map[string]string{"fr": "<p>{{greeting}}</p><p>Votre colis est <strong>égaré</strong>.</p>"},
	}
}

// refused is the fault's code and the field it names.
func refused(t *testing.T, err error, code, field string) {
	t.Helper()
	var f *fault.Fault
	if !errors.As(err, &f) || f.Code != code || f.Field != field {
		t.Errorf("error = %v, want %s %s", err, code, field)
	}
}
