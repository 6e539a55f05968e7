package report_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/report"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// monday is Monday 23 November 2026, 10:00 in Paris. Maison Lila opens Monday
// to Friday, 9 to 18, and answers within one open day.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// house is Maison Lila's desk on one store, with its figures.
type house struct {
	t       testing.TB
	db      *store.DB
	clock   *clock.Set
	log     *event.Log
	desk    *desk.Desk
	shops   *shop.Service
	people  *team.Service
	figures *report.Service
	shop    id.Shop
	contact id.Mailbox
	sav     id.Mailbox
	owner   team.Actor
	marc    team.Actor
	n       int
}

func onEachStore(t *testing.T, tell func(h *house)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) { tell(openHouse(t, db)) })
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func openHouse(t testing.TB, db *store.DB) *house {
	t.Helper()
	clk := clock.At(monday)
	queue := jobs.Queue{Clock: clk}
	log := event.NewLog(db, clk, nil)
	box := must(secret.New(make([]byte, 32)))
	h := &house{t: t, db: db, clock: clk, log: log}
	h.shops = shop.New(shop.Config{DB: db, Events: log, Clock: clk, Box: box})
	h.people = team.New(team.Config{DB: db, Events: log, Clock: clk, Box: box})
	ledger := &promise.Ledger{Log: log, Clock: clk, Hours: h.shops.HoursAndDelay}
	h.desk = &desk.Desk{DB: db, Clock: clk, Log: log, Queue: queue, Ledger: ledger}
	h.figures = &report.Service{DB: db, Events: log, Queue: queue, Clock: clk, Shops: h.shops}
	h.shop = must(h.shops.Create(t.Context(), shop.Creation{Input: shop.Input{Name: "Maison Lila", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR"}}))
	person := func(name string, role team.Role) team.Actor {
		p := must(h.people.Add(t.Context(), team.Console(h.shop), team.NewPerson{Name: name, Email: name[:4] + "@maison-lila.example", Role: role, Language: "fr"}))
		return team.Actor{Person: p, Shop: h.shop, Role: role}
	}
	h.owner, h.marc = person("Vero Lambert", team.Owner), person("Marc Petit", team.Agent)
	mailbox := func(name string) id.Mailbox {
		return must(h.shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: h.shop, Input: shop.MailboxInput{
			Name: name, Address: name + "@maison-lila.example", Kind: shop.SMTP,
		}}))
	}
	h.contact, h.sav = mailbox("contact"), mailbox("sav")
	return h
}

func (h *house) tx(fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.db.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// at sets the clock to a day of the week of monday, in Paris.
func (h *house) at(day, hour, minute int) *house {
	h.clock.Move(monday.AddDate(0, 0, day).Add(time.Duration(hour-10)*time.Hour + time.Duration(minute)*time.Minute))
	return h
}

// write is a customer's mail that arrives now.
func (h *house) write(box id.Mailbox) id.Conversation {
	h.t.Helper()
	h.n++
	name := fmt.Sprintf("lettre-%d@example.org", h.n)
	var got desk.Received
	h.tx(func(tx *store.Tx) (err error) {
		got, err = h.desk.Receive(tx, desk.Incoming{
			Shop: h.shop, Mailbox: box, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: name, Fingerprint: name,
			From: mime.Address{Address: fmt.Sprintf("camille%d@example.org", h.n)}, Subject: "Ma bague", Text: "Où est ma bague ?", ArrivedAt: h.clock.Now(),
		})
		return err
	})
	return got.Conversation
}

// answer is accepted by the customer's server now.
func (h *house) answer(c id.Conversation, by team.Actor) {
	h.t.Helper()
	h.change(c, func(tx *store.Tx, conv *desk.Conversation) error {
		h.n++
		m, err := h.desk.Append(tx, desk.Message{
			Shop: h.shop, Conversation: c, Direction: desk.Out, Kind: desk.KindAnswer, Channel: "mail", Person: by.Person, Recipients: "{}",
			Body: "Elle part demain.", MessageID: fmt.Sprintf("reponse-%d@maison-lila.example", h.n), ArrivedAt: h.clock.Now(),
		})
		if err != nil {
			return err
		}
		if _, err := store.Exec(tx, insertDelivery, h.shop, h.contact, c, m.ID, fmt.Sprintf("envoi-%d", h.n), h.clock.Now()); err != nil {
			return err
		}
		if err := h.log.Append(tx, event.Event{Shop: h.shop, Kind: event.DeliveryAccepted, Conversation: c, Message: m.ID, Person: by.Person}); err != nil {
			return err
		}
		return h.desk.Ledger.Keep(tx, promise.Answered{
			Conversation: c, Channel: "mail", SeenThrough: conv.LastIn, By: by.Person, At: h.clock.Now(),
		})
	})
}

var insertDelivery = store.Dynamic(`
	insert into delivery (shop_id, mailbox_id, conversation_id, message_id, kind, state, rfc_message_id, raw, sender, not_before, created_at, accepted_at)
	values ($1, $2, $3, $4, 'answer', 'accepted', $5, 'raw', 'contact@maison-lila.example', $6, $6, $6)`)

func (h *house) change(c id.Conversation, fn func(tx *store.Tx, conv *desk.Conversation) error) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		_, err := h.desk.Change(tx, c, func(conv *desk.Conversation) error { return fn(tx, conv) })
		return err
	})
}

func (h *house) reason(name string, parent id.Reason) (out id.Reason) {
	h.t.Helper()
	words := &label.Service{Clock: h.clock, Events: h.log}
	h.tx(func(tx *store.Tx) (err error) {
		out, err = words.CreateReason(tx, h.owner, label.ReasonInput{Name: name, Parent: parent})
		return err
	})
	return out
}

func (h *house) about(c id.Conversation, r id.Reason) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		_, err := h.desk.Classify(tx, desk.Actor{Shop: h.shop, Person: h.owner.Person}, c, desk.Class{Reason: r})
		return err
	})
}

// sweep marks what turned near or broken by now.
func (h *house) sweep() {
	h.t.Helper()
	must(h.desk.Ledger.Sweep(h.t.Context(), h.db))
}

// fold reads the whole feed. On PostgreSQL an event waits for every older
// transaction of the server, so those of other tests hold it back for a moment.
func (h *house) fold() {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 30*time.Second)
	defer cancel()
	newest := store.Dynamic(`select coalesce(max(seq), 0) from event`)
	for {
		if err := h.figures.CatchUp(ctx); err != nil {
			h.t.Fatal(err)
		}
		var seq int64
		var at event.Cursor
		if err := h.db.Read(ctx, func(tx *store.Tx) (err error) {
			if seq, err = store.One[int64](tx, newest); err == nil {
				at, err = event.Position(tx)
			}
			return err
		}); err != nil {
			h.t.Fatal(err)
		}
		if seen := seqOf(h.t, at); seen == seq {
			if err := h.figures.CatchUp(ctx); err != nil {
				h.t.Fatal(err)
			}
			return
		}
	}
}

// seqOf is the number that a position stands at: the last part of its text.
func seqOf(t testing.TB, at event.Cursor) int64 {
	t.Helper()
	text := at.String()
	return must(strconv.ParseInt(text[strings.LastIndex(text, "-")+1:], 36, 64))
}

func (h *house) read(f report.Filter) report.Figures {
	h.t.Helper()
	return must(h.figures.Read(h.t.Context(), h.owner, f))
}

// week is that of monday.
func week() report.Filter {
	first := calendar.Date{Year: 2026, Month: 11, Day: 23}
	return report.Filter{From: first, To: first.AddDays(6)}
}
