package reading_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reading"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

// house is Maison Lila with Véronica, who leads, and Marc and Sofia.
type house struct {
	*lila.House

	reads                 *reading.Service
	veronica, marc, sofia team.Actor
}

func onEachStore(t *testing.T, tell func(h *house)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) { tell(openHouse(t, db)) })
}

func openHouse(t *testing.T, db *store.DB) *house {
	t.Helper()
	h := &house{House: lila.Open(t, db, nil, nil)}
	h.reads = &reading.Service{DB: db, Clock: h.Clock, Log: h.Log, Desk: h.Desk, Reply: h.Reply, Shops: h.Shops, Team: h.Team}
	h.veronica, h.marc, h.sofia = h.Person("Véronica Lambert", team.Lead), h.Person("Marc Aubry", team.Agent), h.Person("Sofia Nunes", team.Agent)
	return h
}

func (h *house) mail(text string, refs ...string) desk.Received {
	h.T.Helper()
	return h.Receives(text, func(in *desk.Incoming) { in.Subject, in.References = "Ma bague", refs })
}

const words = "<p>Bonjour Camille,</p><p>Votre bague part demain, mardi 24/11/2026.</p>"

// drafted is a draft of Marc's, saved.
func (h *house) drafted(got desk.Received, html string) reply.Draft {
	h.T.Helper()
	var d reply.Draft
	h.Tx(func(tx *store.Tx) (err error) {
		now, _, err := reply.DraftOf(tx, got.Conversation)
		if err != nil {
			return err
		}
		d, err = h.Reply.SaveDraft(tx, h.marc, reply.Draft{
			Conversation: got.Conversation, HTML: html, Kind: "answer", SeenThrough: got.Message, Recipients: "{}", Revision: now.Revision,
		})
		return err
	})
	return d
}

func (h *house) park(got desk.Received, n reading.New) (out id.Reading, err error) {
	n.Conversation = got.Conversation
	err = h.DB.InTx(h.T.Context(), func(tx *store.Tx) error { out, err = h.reads.Park(tx, h.marc, n); return err })
	return out, err
}

func (h *house) promises(c id.Conversation) (out map[promise.Kind]promise.Promise) {
	h.T.Helper()
	out = map[promise.Kind]promise.Promise{}
	h.Tx(func(tx *store.Tx) error {
		all, err := promise.Of(tx, c)
		for _, p := range all {
			out[p.Kind] = p
		}
		return err
	})
	return out
}

func (h *house) conversation(c id.Conversation) (out desk.Conversation) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) (err error) { out, err = desk.Get(tx, c); return err })
	return out
}

// Marc asks the lead to read; Véronica approves, and it leaves in Marc's name.
func TestAColleagueReadsAndSends(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail("Où est ma bague ?")
		before := h.promises(got.Conversation)[promise.Answer]
		d := h.drafted(got, words)
		r := lila.Must(h.park(got, reading.New{Revision: d.Revision}))
		p := h.promises(got.Conversation)
		if asked := p[promise.Reading]; asked.Person != h.veronica.Person || !asked.DueAt.Equal(lila.Monday.Add(15*time.Minute)) || asked.State != promise.Open {
			h.T.Errorf("the reader owes %+v", asked)
		}
		if p[promise.Answer] != before {
			h.T.Error("the customer's promise changed")
		}
		if c := h.conversation(got.Conversation); c.Reader != h.veronica.Person {
			h.T.Errorf("it lies with %d to be read", c.Reader)
		}
		if n := h.Count(`select count(*) from notice where kind = 'reading_asked' and person_id = $1`, h.veronica.Person); n != 1 {
			h.T.Error("the reader was not told")
		}
		// What is read stays as it is, whoever tries.
		err := h.DB.InTx(h.T.Context(), func(tx *store.Tx) error {
			_, err := h.Reply.SaveDraft(tx, h.marc, reply.Draft{Conversation: got.Conversation, HTML: "<p>Autre</p>", Kind: "answer", Revision: d.Revision + 1})
			return err
		})
		if !fault.Is(err, "parked") {
			h.T.Errorf("the draft is changed: %v", err)
		}
		if _, err := h.Reply.Send(h.T.Context(), h.marc, reply.Answer{Conversation: got.Conversation, Key: "beside-it", HTML: words, SeenThrough: got.Message}); !fault.Is(err, "parked") {
			h.T.Errorf("its author sends it: %v", err)
		}
		if _, err := h.reads.Approve(h.T.Context(), h.marc, reading.Approval{Reading: r, SeenThrough: got.Message}); !fault.Is(err, "own_draft") {
			h.T.Errorf("its author approves it: %v", err)
		}
		out, err := h.reads.Approve(h.T.Context(), h.veronica, reading.Approval{Reading: r, SeenThrough: got.Message})
		if err != nil || len(out.Held) > 0 {
			h.T.Fatalf("approve: %v, held %v", err, out.Held)
		}
		if out.Message.Person != h.marc.Person || out.Message.FromName != "Marc Aubry" {
			h.T.Errorf("it left in the name of %s", out.Message.FromName)
		}
		if n := h.Count(`select count(*) from reading where state = 'approved' and ended_by = $1 and message_id = $2`, h.veronica.Person, out.Message.ID); n != 1 {
			h.T.Error("nobody knows who read it")
		}
		if p := h.promises(got.Conversation); p[promise.Reading].State != promise.Kept || p[promise.Answer].State != promise.Open {
			h.T.Errorf("promises: %+v", p)
		}
		if c := h.conversation(got.Conversation); c.Reader != 0 {
			h.T.Error("it still lies to be read")
		}
		if n := h.Count(`select count(*) from draft`); n != 0 {
			h.T.Error("the draft is still there")
		}
		again, err := h.reads.Approve(h.T.Context(), h.veronica, reading.Approval{Reading: r, SeenThrough: got.Message})
		if err != nil || again.Message.ID != out.Message.ID {
			h.T.Errorf("a second press: %v, message %d", err, again.Message.ID)
		}
	})
}

// The customer writes while it waits: the reader has to have read that first.
func TestWhatCameMeanwhileIsReadFirst(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail("Où est ma bague ?")
		d := h.drafted(got, words)
		r := lila.Must(h.park(got, reading.New{Revision: d.Revision, Reader: h.sofia.Person}))
		more := h.mail("En fait, annulez !", "m1@example.org")
		_, err := h.reads.Approve(h.T.Context(), h.sofia, reading.Approval{Reading: r, SeenThrough: got.Message})
		var unseen reply.Unseen
		if !errors.As(err, &unseen) || len(unseen.Messages) != 1 || unseen.Messages[0] != more.Message {
			h.T.Fatalf("approve: %v", err)
		}
		if n := h.Count(`select count(*) from delivery`); n != 0 {
			h.T.Error("something left")
		}
		h.Tx(func(tx *store.Tx) error {
			_, err := h.reads.Return(tx, h.sofia, r, "Elle annule, voyez son mail.")
			return err
		})
		if p := h.promises(got.Conversation); p[promise.Reading].State != promise.Kept {
			h.T.Errorf("the reading is %s", p[promise.Reading].State)
		}
		if n := h.Count(`select count(*) from message where kind = 'note' and person_id = $1 and body like 'Elle annule%'`, h.sofia.Person); n != 1 {
			h.T.Error("the note is not in the timeline")
		}
		if n := h.Count(`select count(*) from notice where kind = 'reading_returned' and person_id = $1`, h.marc.Person); n != 1 {
			h.T.Error("the author was not told")
		}
		back := h.drafted(got, words+"<p>Annulée.</p>") // it is written on
		if _, err := h.park(got, reading.New{Revision: back.Revision}); err != nil {
			h.T.Errorf("asked again: %v", err)
		}
	})
}

// A stop of the guard is passed by a reader's eyes; what is never passed stays.
func TestAStopIsPassedByAReader(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail("La facture, s’il vous plaît ?")
		d := h.drafted(got, "<p>Bonjour Camille,</p><p>Vous trouverez la facture en pièce jointe.</p>")
		r := lila.Must(h.park(got, reading.New{Revision: d.Revision}))
		out, err := h.reads.Approve(h.T.Context(), h.veronica, reading.Approval{Reading: r, SeenThrough: got.Message})
		if err != nil || len(out.Held) > 0 {
			h.T.Fatalf("approve: %v, held %v", err, out.Held)
		}
		if out.Delivery.PassReason != "Seconde lecture : Véronica Lambert" {
			h.T.Errorf("passed because of %q", out.Delivery.PassReason)
		}
		h.Tx(func(tx *store.Tx) error { _, err := h.Reply.Undo(tx, h.marc, out.Delivery.ID); return err })
		d = h.drafted(got, "<p>Bonjour {{customer.name}},</p>")
		r = lila.Must(h.park(got, reading.New{Revision: d.Revision}))
		if out, err = h.reads.Approve(h.T.Context(), h.veronica, reading.Approval{Reading: r, SeenThrough: 1 << 40, PassReason: "tant pis"}); err != nil || len(out.Held) == 0 {
			h.T.Errorf("a hole left: %v", err)
		}
		if p := h.promises(got.Conversation); p[promise.Reading].State != promise.Open {
			h.T.Errorf("the reading is %s after what was held", p[promise.Reading].State)
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
			h.T.Errorf("the author reads it: %v", err)
		}
		var stale reply.Stale
		if _, err := h.park(got, reading.New{Revision: d.Revision + 1}); !errors.As(err, &stale) {
			h.T.Errorf("another revision: %v", err)
		}
		r := lila.Must(h.park(got, reading.New{Revision: d.Revision, Reader: h.sofia.Person}))
		p := h.promises(got.Conversation)[promise.Reading]
		for what, do := range map[string]func(tx *store.Tx) error{
			"waive": func(tx *store.Tx) error {
				_, err := h.Desk.Waive(tx, h.veronica, got.Conversation, p.ID, "non")
				return err
			},
			"done": func(tx *store.Tx) error {
				_, err := h.Desk.Done(tx, h.veronica, got.Conversation, p.ID, false)
				return err
			},
			"stranger": func(tx *store.Tx) error { _, err := h.reads.Withdraw(tx, h.sofia, r); return err },
			"no note":  func(tx *store.Tx) error { _, err := h.reads.Return(tx, h.sofia, r, " "); return err },
		} {
			if err := h.DB.InTx(h.T.Context(), do); err == nil {
				h.T.Errorf("%s: it ended", what)
			}
		}
		h.Tx(func(tx *store.Tx) error { _, err := h.reads.Withdraw(tx, h.marc, r); return err })
		if p := h.promises(got.Conversation)[promise.Reading]; p.State != promise.Waived {
			h.T.Errorf("the reading is %s", p.State)
		}
		h.drafted(got, "<p>Autre texte</p>")
		if _, err := h.reads.Approve(h.T.Context(), h.sofia, reading.Approval{Reading: r, SeenThrough: got.Message}); !fault.Is(err, "read") {
			h.T.Errorf("approved after that: %v", err)
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
				err := h.DB.InTx(context.Background(), func(tx *store.Tx) error {
					_, err := h.reads.Park(tx, h.marc, reading.New{Conversation: got.Conversation, Revision: d.Revision})
					return err
				})
				if err != nil && !fault.Is(err, "parked") {
					h.T.Error(err)
				}
			})
		}
		all.Wait()
		if n := h.Count(`select count(*) from reading`); n != 1 {
			h.T.Fatalf("%d readings", n)
		}
		r := id.Reading(h.Count(`select id from reading`))
		for range 8 {
			all.Go(func() {
				if _, err := h.reads.Approve(context.Background(), h.veronica, reading.Approval{Reading: r, SeenThrough: got.Message}); err != nil && !fault.Is(err, "read") {
					h.T.Error(err)
				}
			})
		}
		all.Wait()
		if n := h.Count(`select count(*) from delivery`); n != 1 {
			h.T.Errorf("%d answers left", n)
		}
	})
}
