package archive_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/app/archive"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
)

// Monday, 10:00 in Paris.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// lila is the desk of Maison Lila, at work.
type lila struct {
	t        *testing.T
	place    archive.Place
	db       *store.DB
	blobs    *blob.Folder
	desk     *desk.Desk
	post     *delivery.Post
	reply    *reply.Service
	team     *team.Service
	shops    *shop.Service
	shop     id.Shop
	box      id.Mailbox
	veronica team.Actor
	mails    int
	left     sync.Once
}

// onEachStore tells a story of a backup on either store (I11). fresh makes
// another, empty place for a desk.
func onEachStore(t *testing.T, story func(t *testing.T, fresh func(t *testing.T) archive.Place)) {
	t.Helper()
	at := func(t *testing.T, database string) archive.Place {
		dir := t.TempDir()
		if database == "" {
			database = filepath.Join(dir, "comptoir.db")
		}
		return archive.Place{Store: database, Data: dir, Blobs: filepath.Join(dir, "blobs")}
	}
	if wanted := os.Getenv(postgres.EnvStores); wanted == "" || strings.Contains(wanted, "sqlite") {
		t.Run("sqlite", func(t *testing.T) {
			t.Parallel()
			story(t, func(t *testing.T) archive.Place { t.Helper(); return at(t, "") })
		})
	}
	if postgres.Wanted() {
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			story(t, func(t *testing.T) archive.Place { t.Helper(); return at(t, postgres.DSN(t)) })
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// open puts the parts of a desk together at p, whatever is there.
func open(t *testing.T, p archive.Place) *lila {
	t.Helper()
	db, err := store.Open(t.Context(), p.Store)
	must(t, err)
	must(t, db.InTx(t.Context(), event.EnsureEpoch))
	d := &lila{t: t, place: p, db: db}
	t.Cleanup(d.leave)
	box, err := secret.Open(p.Data, "")
	must(t, err)
	d.blobs, err = blob.OpenFolder(p.Blobs)
	must(t, err)
	c := clock.At(monday)
	events, queue := event.NewLog(d.db, c, nil), jobs.Queue{Clock: c}
	d.shops = shop.New(shop.Config{DB: d.db, Events: events, Clock: c, Box: box})
	d.team = team.New(team.Config{DB: d.db, Events: events, Clock: c, Box: box})
	ledger := &promise.Ledger{Log: events, Clock: c, Hours: d.shops.HoursAndDelay}
	d.desk = &desk.Desk{DB: d.db, Clock: c, Log: events, Queue: queue, Ledger: ledger}
	d.post = &delivery.Post{DB: d.db, Blobs: d.blobs, Clock: c, Log: events, Queue: queue, Desk: d.desk}
	d.reply = &reply.Service{
		DB: d.db, Blobs: d.blobs, Clock: c, Log: events, Desk: d.desk, Post: d.post, Shops: d.shops, Team: d.team,
	}
	return d
}

// begin sets Maison Lila up: a mailbox with a password, and Véronica.
func begin(t *testing.T, p archive.Place) *lila {
	t.Helper()
	d := open(t, p)
	var err error
	d.shop, err = d.shops.Create(t.Context(), shop.Creation{
		Input: shop.Input{Name: "Maison Lila", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR"},
	})
	must(t, err)
	d.box, err = d.shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: d.shop, Input: shop.MailboxInput{
		Name: "Contact", Address: "contact@maison-lila.fr", Kind: shop.IMAP, Password: "bague et perle",
		IMAP: shop.Server{Host: "imap.maison-lila.fr", Port: 993, Security: shop.TLS},
		SMTP: &shop.Server{Host: "smtp.maison-lila.fr", Port: 465, Security: shop.TLS},
	}})
	must(t, err)
	made, err := d.team.Add(t.Context(), team.Console(d.shop), team.NewPerson{Name: "Véronica Blanc", Email: "veronica@maison-lila.fr", Role: team.Owner})
	must(t, err)
	d.veronica = team.Actor{Person: made, Shop: d.shop, Role: team.Owner}
	return d
}

// mail is a customer's mail with its raw bytes.
func (d *lila) mail(name, subject string) desk.Received {
	d.t.Helper()
	d.mails++
	hashes, err := d.blobs.Put(d.t.Context(), fmt.Appendf(nil, "From: %s\r\nSubject: %s %d\r\n\r\nBonjour,\r\n", name, subject, d.mails))
	must(d.t, err)
	var got desk.Received
	must(d.t, d.db.InTx(d.t.Context(), func(tx *store.Tx) error {
		got, err = d.desk.Receive(tx, desk.Incoming{
			Shop: d.shop, Mailbox: d.box, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, Raw: hashes[0],
			MessageID: fmt.Sprintf("m%d@example.com", d.mails), Fingerprint: fmt.Sprint(d.mails),
			From:    mime.Address{Name: name, Address: strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@example.com"},
			To:      []mime.Address{{Address: "contact@maison-lila.fr"}},
			Subject: subject, Text: subject + "\n\tpouvez-vous \\ m’aider ?", Language: "fr", ArrivedAt: monday, SentAt: monday,
		})
		return err
	}))
	return got
}

// answer writes an answer, which waits to leave.
func (d *lila) answer(to desk.Received) id.Delivery {
	d.t.Helper()
	out, err := d.reply.Send(d.t.Context(), d.veronica, reply.Answer{
		Conversation: to.Conversation, Key: fmt.Sprint("key-", to.Message), HTML: "<p>Votre bague part demain.</p>", SeenThrough: to.Message,
	})
	must(d.t, err)
	if len(out.Held) > 0 {
		d.t.Fatalf("held: %+v", out.Held)
	}
	return out.Delivery.ID
}

var (
	countOf    = store.SQL(`select (select count(*) from conversation) + 1000 * (select count(*) from message) + 1000000 * (select count(*) from promise where state = 'open')`)
	setState   = store.SQL(`update delivery set state = $2 where id = $1`)
	jobsOfKind = store.SQL(`select count(*) from job where kind = $1`)
	sessions   = store.SQL(`select count(*) from session`)
	eventsOf   = store.SQL(`select count(*) from event`)

	eventsOfDelivery = store.SQL(`select count(*) from event where delivery_id = $1 and kind = $2`)
)

// figure is a number of the database.
func (d *lila) figure(s store.Statement, args ...any) (n int64) {
	d.t.Helper()
	must(d.t, d.db.Read(d.t.Context(), func(tx *store.Tx) (err error) {
		n, err = store.One[int64](tx, s, args...)
		return err
	}))
	return n
}

func (d *lila) delivery(of id.Delivery) (found delivery.Delivery) {
	d.t.Helper()
	must(d.t, d.db.Read(d.t.Context(), func(tx *store.Tx) (err error) {
		found, err = delivery.Get(tx, of)
		return err
	}))
	return found
}

func (d *lila) moveTo(of id.Delivery, s delivery.State) {
	d.t.Helper()
	must(d.t, d.db.InTx(d.t.Context(), func(tx *store.Tx) error {
		_, err := store.Exec(tx, setState, of, s)
		return err
	}))
}

// leave closes the desk, as a restore in its place wants it.
func (d *lila) leave() {
	d.t.Helper()
	d.left.Do(func() { must(d.t, d.db.Close()) })
}

var (
	rawsOf = store.SQL(`select raw from message where raw <> '' order by id`)
	nthOf  = store.SQL(`select id from delivery order by id limit 1 offset $1`)
)

// raws are the names of the stored mails.
func (d *lila) raws() (list []blob.Hash) {
	d.t.Helper()
	must(d.t, d.db.Read(d.t.Context(), func(tx *store.Tx) (err error) {
		list, err = store.All[blob.Hash](tx, rawsOf)
		return err
	}))
	return list
}

func (d *lila) nth(i int) id.Delivery {
	d.t.Helper()
	return id.Delivery(d.figure(nthOf, i))
}

// feed reads all events as a client does, from the beginning.
func (d *lila) feed() []event.Event {
	d.t.Helper()
	epoch := d.position().Epoch
	events, _, err := event.NewLog(d.db, clock.At(monday), nil).Since(d.t.Context(), event.Cursor{Epoch: epoch}, 10_000)
	must(d.t, err)
	return events
}

func (d *lila) position() (c event.Cursor) {
	d.t.Helper()
	must(d.t, d.db.Read(d.t.Context(), func(tx *store.Tx) (err error) {
		c, err = event.Position(tx)
		return err
	}))
	return c
}

// shopped is the desk with the shop and the people of the one it was copied from.
func (d *lila) shopped(of *lila) *lila {
	d.shop, d.box, d.veronica, d.mails = of.shop, of.box, of.veronica, of.mails
	return d
}

var farNumbers = store.SQL(`update event set xid = xid + 1000000000000 where xid > 0`)

// far makes the desk one of a PostgreSQL that has counted many more transactions
// than the one to which it will come back.
func (d *lila) far() {
	d.t.Helper()
	must(d.t, d.db.InTx(d.t.Context(), func(tx *store.Tx) error {
		_, err := store.Exec(tx, farNumbers)
		return err
	}))
}
