package team_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Monday, 11:00 in Paris.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

const (
	veronicas = "améthyste et citrine"
	marcs     = "le bracelet du lundi"
	home      = "203.0.113.7:50123"
)

// letters collects what would be mailed. It belongs to one test, whose
// operations run one after another.
type letters struct{ resets, invites []string }

func (l *letters) SendReset(_ *store.Tx, _ team.Person, _ id.Shop, token string) error {
	l.resets = append(l.resets, token)
	return nil
}

func (l *letters) SendInvite(_ *store.Tx, _ team.Person, _ id.Shop, token string) error {
	l.invites = append(l.invites, token)
	return nil
}

type desk struct {
	t                    *testing.T
	db                   *store.DB
	clock                *clock.Set
	post                 *letters
	team                 *team.Service
	lila                 id.Shop
	veronica, marc, inès id.Person // owner, lead, agent
}

var (
	insertShop = store.Dynamic(`insert into shop (name, created_at) values ($1, $2) returning id`)
	countRows  = store.Dynamic(`select count(*) from session`)
	failures   = store.Dynamic(`select failures from person where id = $1`)
	passwordOf = store.Dynamic(`select password from person where id = $1`)
	kindsOf    = store.Dynamic(`select data from event where kind = $1 order by seq`)
)

// open is a desk at which Véronica (owner), Marc (lead) and Inès (agent, not
// joined yet) work.
func open(t *testing.T, db *store.DB) *desk {
	t.Helper()
	box, err := secret.New([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	c := clock.At(monday)
	d := &desk{t: t, db: db, clock: c, post: &letters{}}
	d.team = team.New(team.Config{DB: db, Events: event.NewLog(db, c, nil), Clock: c, Box: box, Mailer: d.post})
	d.lila = d.shop("Maison Lila")
	d.veronica = d.first("Véronica Morel", "veronica@maison-lila.fr", veronicas)
	d.marc = d.add(d.lila, "Marc Petit", "marc@maison-lila.fr", team.Lead, marcs)
	d.inès = d.add(d.lila, "Inès Belkacem", "ines@maison-lila.fr", team.Agent, "")
	return d
}

func (d *desk) shop(name string) (made id.Shop) {
	d.t.Helper()
	d.write(func(tx *store.Tx) (err error) {
		made, err = store.One[id.Shop](tx, insertShop, name, d.clock.Now())
		return err
	})
	return made
}

func (d *desk) first(name, email, password string) (made id.Person) {
	d.t.Helper()
	n := team.NewPerson{Name: name, Email: email}
	n.Password = d.hash(n, password)
	d.write(func(tx *store.Tx) (err error) {
		made, err = d.team.FirstPerson(tx, d.lila, n)
		return err
	})
	return made
}

func (d *desk) add(shop id.Shop, name, email string, role team.Role, password string) id.Person {
	d.t.Helper()
	n := team.NewPerson{Name: name, Email: email, Role: role}
	if password != "" {
		n.Password = d.hash(n, password)
	}
	made, err := d.team.Add(d.t.Context(), team.Console(shop), n)
	if err != nil {
		d.t.Fatal(err)
	}
	return made
}

// hashes keeps those of Véronica's and Marc's passwords: each test would compute
// them again, at 19 MiB a time.
var hashes sync.Map

func (d *desk) hash(n team.NewPerson, password string) team.Hash {
	d.t.Helper()
	if known, ok := hashes.Load(password); ok {
		return known.(team.Hash) //nolint:forcetypeassert // only stored below
	}
	hash, err := d.team.HashPassword(d.t.Context(), n, password)
	if err != nil {
		d.t.Fatal(err)
	}
	hashes.Store(password, hash)
	return hash
}

func (d *desk) write(fn func(tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.InTx(d.t.Context(), fn); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) read(fn func(tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.Read(d.t.Context(), fn); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) number(s store.Statement, args ...any) (n int) {
	d.t.Helper()
	d.read(func(tx *store.Tx) (err error) {
		n, err = store.One[int](tx, s, args...)
		return err
	})
	return n
}

// try signs Véronica in from home and gives the fault's code, "" when she is in.
func (d *desk) try(password string) string { return d.tryAs("veronica@maison-lila.fr", password, "") }

func (d *desk) tryAs(email, password, code string) string {
	d.t.Helper()
	_, err := d.team.SignIn(d.t.Context(), team.SignIn{Email: email, Password: password, Code: code, Remote: home, Label: "Firefox"})
	return d.code(err)
}

func (d *desk) signIn(email, password, label string) team.SignedIn {
	d.t.Helper()
	in, err := d.team.SignIn(d.t.Context(), team.SignIn{Email: email, Password: password, Remote: home, Label: label})
	if err != nil {
		d.t.Fatal(err)
	}
	return in
}

// code is the fault's stable word; any other error ends the test.
func (d *desk) code(err error) string {
	d.t.Helper()
	if err == nil {
		return ""
	}
	var f *fault.Fault
	if !errors.As(err, &f) {
		d.t.Fatal(err)
	}
	return f.Code
}

func (d *desk) owner() team.Actor {
	return team.Actor{Person: d.veronica, Shop: d.lila, Role: team.Owner}
}

func wrongField(t *testing.T, err error, field string) {
	t.Helper()
	var f *fault.Fault
	if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != field {
		t.Errorf("error = %v, want field %q wrong", err, field)
	}
}
