package reading_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reading"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) // 10:00 in Paris

const own = "bonjour@maison-lila.example"

// house is Maison Lila with Véronica, who leads, and Marc and Sofia.
type house struct {
	t                     *testing.T
	db                    *store.DB
	clock                 *clock.Set
	desk                  *desk.Desk
	reply                 *reply.Service
	reads                 *reading.Service
	shop                  id.Shop
	veronica, marc, sofia team.Actor
	n                     int
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func onEachStore(t *testing.T, tell func(h *house)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) { tell(openHouse(t, db)) })
}

func openHouse(t *testing.T, db *store.DB) *house {
	t.Helper()
	clk := clock.At(monday)
	queue := jobs.Queue{Clock: clk}
	log := event.NewLog(db, clk, nil)
	box := must(secret.New(make([]byte, 32)))
	shops := shop.New(shop.Config{DB: db, Events: log, Clock: clk, Box: box})
	people := team.New(team.Config{DB: db, Events: log, Clock: clk, Box: box})
	ledger := &promise.Ledger{Log: log, Clock: clk, Hours: shops.HoursAndDelay}
	d := &desk.Desk{DB: db, Clock: clk, Log: log, Queue: queue, Ledger: ledger}
	blobs := must(blob.OpenFolder(t.TempDir()))
	post := &delivery.Post{DB: db, Blobs: blobs, Clock: clk, Log: log, Queue: queue, Desk: d}
	door := &reply.Service{DB: db, Blobs: blobs, Clock: clk, Log: log, Desk: d, Post: post, Shops: shops, Team: people}
	h := &house{t: t, db: db, clock: clk, desk: d, reply: door, reads: &reading.Service{
		DB: db, Clock: clk, Log: log, Desk: d, Reply: door, Shops: shops, Team: people,
	}}
	h.shop = must(shops.Create(t.Context(), shop.Creation{Input: shop.Input{Name: "Maison Lila", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR"}}))
	must(shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: h.shop, Input: shop.MailboxInput{Name: "Bonjour", Address: own, Kind: shop.SMTP}}))
	for _, p := range []struct {
		who  *team.Actor
		name string
		role team.Role
	}{{&h.veronica, "Véronica Lambert", team.Lead}, {&h.marc, "Marc Aubry", team.Agent}, {&h.sofia, "Sofia Nunes", team.Agent}} {
		person := must(people.Add(t.Context(), team.Console(h.shop), team.NewPerson{Name: p.name, Email: string(p.role) + p.name[:2] + "@maison-lila.example", Role: p.role, Language: "fr"}))
		*p.who = team.Actor{Person: person, Shop: h.shop, Role: p.role}
	}
	return h
}

func (h *house) tx(fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.db.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) mail(text string, refs ...string) desk.Received {
	h.t.Helper()
	h.n++
	var got desk.Received
	h.tx(func(tx *store.Tx) (err error) {
		got, err = h.desk.Receive(tx, desk.Incoming{
			Shop: h.shop, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: fmt.Sprintf("m%d@example.org", h.n),
			Fingerprint: fmt.Sprint(h.n), From: mime.Address{Name: "Camille Renaud", Address: "camille.renaud@example.org"},
			Own: []string{own}, Subject: "Ma bague", Text: text, References: refs, ArrivedAt: h.clock.Now(), Language: "fr",
		})
		return err
	})
	return got
}

const words = "<p>Bonjour Camille,</p><p>Votre bague part demain, mardi 24/11/2026.</p>"

// drafted is a draft of Marc's, saved.
func (h *house) drafted(got desk.Received, html string) reply.Draft {
	h.t.Helper()
	var d reply.Draft
	h.tx(func(tx *store.Tx) (err error) {
		now, _, err := reply.DraftOf(tx, got.Conversation)
		if err != nil {
			return err
		}
		d, err = h.reply.SaveDraft(tx, h.marc, reply.Draft{
			Conversation: got.Conversation, HTML: html, Kind: "answer", SeenThrough: got.Message, Recipients: "{}", Revision: now.Revision,
		})
		return err
	})
	return d
}

func (h *house) park(got desk.Received, n reading.New) (out id.Reading, err error) {
	n.Conversation = got.Conversation
	err = h.db.InTx(h.t.Context(), func(tx *store.Tx) error { out, err = h.reads.Park(tx, h.marc, n); return err })
	return out, err
}

func (h *house) promises(c id.Conversation) (out map[promise.Kind]promise.Promise) {
	h.t.Helper()
	out = map[promise.Kind]promise.Promise{}
	h.tx(func(tx *store.Tx) error {
		all, err := promise.Of(tx, c)
		for _, p := range all {
			out[p.Kind] = p
		}
		return err
	})
	return out
}

func (h *house) conversation(c id.Conversation) (out desk.Conversation) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) { out, err = desk.Get(tx, c); return err })
	return out
}

func (h *house) count(query string, args ...any) (n int64) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		n, err = store.One[int64](tx, store.Dynamic(query), args...)
		return err
	})
	return n
}

// Marc asks the lead to read; Véronica approves, and it leaves in Marc's name.
func TestAColleagueReadsAndSends(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail("Où est ma bague ?")
		before := h.promises(got.Conversation)[promise.Answer]
		d := h.drafted(got, words)
		r := must(h.park(got, reading.New{Revision: d.Revision}))
		p := h.promises(got.Conversation)
		if asked := p[promise.Reading]; asked.Person != h.veronica.Person || !asked.DueAt.Equal(monday.Add(15*time.Minute)) || asked.State != promise.Open {
			h.t.Errorf("the reader owes %+v", asked)
		}
		if p[promise.Answer] != before {
			h.t.Error("the customer's promise changed")
		}
		if c := h.conversation(got.Conversation); c.Reader != h.veronica.Person {
			h.t.Errorf("it lies with %d to be read", c.Reader)
		}
		if n := h.count(`select count(*) from notice where kind = 'reading_asked' and person_id = $1`, h.veronica.Person); n != 1 {
			h.t.Error("the reader was not told")
		}
		// What is read stays as it is, whoever tries.
		err := h.db.InTx(h.t.Context(), func(tx *store.Tx) error {
			_, err := h.reply.SaveDraft(tx, h.marc, reply.Draft{Conversation: got.Conversation, HTML: "<p>Autre</p>", Kind: "answer", Revision: d.Revision + 1})
			return err
		})
		if !fault.Is(err, "parked") {
			h.t.Errorf("the draft is changed: %v", err)
		}
		if _, err := h.reply.Send(h.t.Context(), h.marc, reply.Answer{Conversation: got.Conversation, Key: "beside-it", HTML: words, SeenThrough: got.Message}); !fault.Is(err, "parked") {
			h.t.Errorf("its author sends it: %v", err)
		}
		if _, err := h.reads.Approve(h.t.Context(), h.marc, reading.Approval{Reading: r, SeenThrough: got.Message}); !fault.Is(err, "own_draft") {
			h.t.Errorf("its author approves it: %v", err)
		}
		out, err := h.reads.Approve(h.t.Context(), h.veronica, reading.Approval{Reading: r, SeenThrough: got.Message})
		if err != nil || len(out.Held) > 0 {
			h.t.Fatalf("approve: %v, held %v", err, out.Held)
		}
		if out.Message.Person != h.marc.Person || out.Message.FromName != "Marc Aubry" {
			h.t.Errorf("it left in the name of %s", out.Message.FromName)
		}
		if n := h.count(`select count(*) from reading where state = 'approved' and ended_by = $1 and message_id = $2`, h.veronica.Person, out.Message.ID); n != 1 {
			h.t.Error("nobody knows who read it")
		}
		if p := h.promises(got.Conversation); p[promise.Reading].State != promise.Kept || p[promise.Answer].State != promise.Open {
			h.t.Errorf("promises: %+v", p)
		}
		if c := h.conversation(got.Conversation); c.Reader != 0 {
			h.t.Error("it still lies to be read")
		}
		if n := h.count(`select count(*) from draft`); n != 0 {
			h.t.Error("the draft is still there")
		}
		again, err := h.reads.Approve(h.t.Context(), h.veronica, reading.Approval{Reading: r, SeenThrough: got.Message})
		if err != nil || again.Message.ID != out.Message.ID {
			h.t.Errorf("a second press: %v, message %d", err, again.Message.ID)
		}
	})
}

// The customer writes while it waits: the reader has to have read that first.
func TestWhatCameMeanwhileIsReadFirst(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail("Où est ma bague ?")
		d := h.drafted(got, words)
		r := must(h.park(got, reading.New{Revision: d.Revision, Reader: h.sofia.Person}))
		more := h.mail("En fait, annulez !", "m1@example.org")
		_, err := h.reads.Approve(h.t.Context(), h.sofia, reading.Approval{Reading: r, SeenThrough: got.Message})
		var unseen reply.Unseen
		if !errors.As(err, &unseen) || len(unseen.Messages) != 1 || unseen.Messages[0] != more.Message {
			h.t.Fatalf("approve: %v", err)
		}
		if n := h.count(`select count(*) from delivery`); n != 0 {
			h.t.Error("something left")
		}
		h.tx(func(tx *store.Tx) error {
			_, err := h.reads.Return(tx, h.sofia, r, "Elle annule, voyez son mail.")
			return err
		})
		if p := h.promises(got.Conversation); p[promise.Reading].State != promise.Kept {
			h.t.Errorf("the reading is %s", p[promise.Reading].State)
		}
		if n := h.count(`select count(*) from message where kind = 'note' and person_id = $1 and body like 'Elle annule%'`, h.sofia.Person); n != 1 {
			h.t.Error("the note is not in the timeline")
		}
		if n := h.count(`select count(*) from notice where kind = 'reading_returned' and person_id = $1`, h.marc.Person); n != 1 {
			h.t.Error("the author was not told")
		}
		back := h.drafted(got, words+"<p>Annulée.</p>") // it is written on
		if _, err := h.park(got, reading.New{Revision: back.Revision}); err != nil {
			h.t.Errorf("asked again: %v", err)
		}
	})
}

// A stop of the guard is passed by a reader's eyes; what is never passed stays.
func TestAStopIsPassedByAReader(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail("La facture, s’il vous plaît ?")
		d := h.drafted(got, "<p>Bonjour Camille,</p><p>Vous trouverez la facture en pièce jointe.</p>")
		r := must(h.park(got, reading.New{Revision: d.Revision}))
		out, err := h.reads.Approve(h.t.Context(), h.veronica, reading.Approval{Reading: r, SeenThrough: got.Message})
		if err != nil || len(out.Held) > 0 {
			h.t.Fatalf("approve: %v, held %v", err, out.Held)
		}
		if out.Delivery.PassReason != "Seconde lecture : Véronica Lambert" {
			h.t.Errorf("passed because of %q", out.Delivery.PassReason)
		}
		h.tx(func(tx *store.Tx) error { _, err := h.reply.Undo(tx, h.marc, out.Delivery.ID); return err })
		d = h.drafted(got, "<p>Bonjour {{customer.name}},</p>")
		r = must(h.park(got, reading.New{Revision: d.Revision}))
		if out, err = h.reads.Approve(h.t.Context(), h.veronica, reading.Approval{Reading: r, SeenThrough: 1 << 40, PassReason: "tant pis"}); err != nil || len(out.Held) == 0 {
			h.t.Errorf("a hole left: %v", err)
		}
		if p := h.promises(got.Conversation); p[promise.Reading].State != promise.Open {
			h.t.Errorf("the reading is %s after what was held", p[promise.Reading].State)
		}
	})
}

// Taken back, the draft is its author's again; only they and a lead may.
func TestTheAuthorTakesItBack(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail("Où est ma bague ?")
		d := h.drafted(got, words)
		if _, err := h.park(got, reading.New{Revision: d.Revision, Reader: h.marc.Person}); fault.KindOf(err) != fault.Invalid {
			h.t.Errorf("the author reads it: %v", err)
		}
		var stale reply.Stale
		if _, err := h.park(got, reading.New{Revision: d.Revision + 1}); !errors.As(err, &stale) {
			h.t.Errorf("another revision: %v", err)
		}
		r := must(h.park(got, reading.New{Revision: d.Revision, Reader: h.sofia.Person}))
		p := h.promises(got.Conversation)[promise.Reading]
		for what, do := range map[string]func(tx *store.Tx) error{
			"waive": func(tx *store.Tx) error {
				_, err := h.desk.Waive(tx, h.veronica, got.Conversation, p.ID, "non")
				return err
			},
			"done": func(tx *store.Tx) error {
				_, err := h.desk.Done(tx, h.veronica, got.Conversation, p.ID, false)
				return err
			},
			"stranger": func(tx *store.Tx) error { _, err := h.reads.Withdraw(tx, h.sofia, r); return err },
			"no note":  func(tx *store.Tx) error { _, err := h.reads.Return(tx, h.sofia, r, " "); return err },
		} {
			if err := h.db.InTx(h.t.Context(), do); err == nil {
				h.t.Errorf("%s: it ended", what)
			}
		}
		h.tx(func(tx *store.Tx) error { _, err := h.reads.Withdraw(tx, h.marc, r); return err })
		if p := h.promises(got.Conversation)[promise.Reading]; p.State != promise.Waived {
			h.t.Errorf("the reading is %s", p.State)
		}
		h.drafted(got, "<p>Autre texte</p>")
		if _, err := h.reads.Approve(h.t.Context(), h.sofia, reading.Approval{Reading: r, SeenThrough: got.Message}); !fault.Is(err, "read") {
			h.t.Errorf("approved after that: %v", err)
		}
	})
}

// Eight presses of "approve" are one answer; eight of "Faire relire" one reading.
func TestEightAtOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail("Où est ma bague ?")
		d := h.drafted(got, words)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				err := h.db.InTx(context.Background(), func(tx *store.Tx) error {
					_, err := h.reads.Park(tx, h.marc, reading.New{Conversation: got.Conversation, Revision: d.Revision})
					return err
				})
				if err != nil && !fault.Is(err, "parked") {
					h.t.Error(err)
				}
			})
		}
		all.Wait()
		if n := h.count(`select count(*) from reading`); n != 1 {
			h.t.Fatalf("%d readings", n)
		}
		r := id.Reading(h.count(`select id from reading`))
		for range 8 {
			all.Go(func() {
				if _, err := h.reads.Approve(context.Background(), h.veronica, reading.Approval{Reading: r, SeenThrough: got.Message}); err != nil && !fault.Is(err, "read") {
					h.t.Error(err)
				}
			})
		}
		all.Wait()
		if n := h.count(`select count(*) from delivery`); n != 1 {
			h.t.Errorf("%d answers left", n)
		}
	})
}
