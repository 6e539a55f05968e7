package reply_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

const (
	own     = lila.Own
	camille = lila.Camille
)

// carrier is the world outside: it takes mail or says what we tell it to say.
type carrier struct {
	mu     sync.Mutex
	route  delivery.Route
	answer func(to []string) []delivery.Result // nil: accepted
	dies   bool                                // after the dot, before the answer
	refuse error                               // before anything is said to it
	after  func()                              // happens once it has answered
	taken  []string                            // what it accepted, as raw mail
}

func (c *carrier) Route(context.Context, id.Shop, id.Mailbox) (delivery.Route, error) {
	return c.route, nil
}

func (c *carrier) Send(ctx context.Context, _ id.Mailbox, _ string, to []string, raw []byte, beforeDot func(context.Context) error) ([]delivery.Result, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refuse != nil {
		return nil, c.refuse
	}
	if c.answer != nil {
		if out := c.answer(to); out != nil {
			return out, nil
		}
		return nil, errors.New("connection refused")
	}
	if err := beforeDot(ctx); err != nil {
		return nil, err
	}
	c.taken = append(c.taken, string(raw))
	if c.after != nil {
		c.after()
	}
	var out []delivery.Result
	for _, a := range to {
		o := delivery.OutcomeAccepted
		if c.dies {
			o = delivery.OutcomeUncertain
		}
		out = append(out, delivery.Result{Address: a, Outcome: o})
	}
	return out, nil
}

type house struct {
	*lila.House

	world *carrier
	agent team.Actor
	n     int
}

func onEachStore(t *testing.T, tell func(h *house)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) { tell(openHouse(t, db)) })
}

func openHouse(t *testing.T, db *store.DB) *house {
	t.Helper()
	h := &house{world: &carrier{route: delivery.RouteServer}}
	h.House = lila.Open(t, db, h.world, nil)
	h.agent = h.Person("Véronica Lambert", team.Owner)
	return h
}

func (h *house) write(text string, refs ...string) desk.Received {
	h.T.Helper()
	return h.Receives(text, func(in *desk.Incoming) { in.References = refs })
}

func (h *house) answer(got desk.Received, html string) (reply.Outcome, error) {
	h.n++
	return h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
		Conversation: got.Conversation, Key: fmt.Sprintf("press-%d", h.n), HTML: html, SeenThrough: got.Message,
	})
}

func (h *house) send(got desk.Received, html string) reply.Outcome {
	h.T.Helper()
	out, err := h.answer(got, html)
	if err != nil || len(out.Held) > 0 {
		h.T.Fatalf("send: %v, held by %v", err, out.Held)
	}
	return out
}

func (h *house) states(c id.Conversation) (out []promise.State) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) error {
		all, err := promise.Of(tx, c)
		for _, p := range all {
			out = append(out, p.State)
		}
		return err
	})
	return out
}

func (h *house) delivery(d id.Delivery) (out delivery.Delivery) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) (err error) { out, err = delivery.Get(tx, d); return err })
	return out
}

const fine = "<p>Bonjour Camille,</p><p>Votre colis part demain, mardi 24/11/2026.</p>"

func TestAnAnswerLeavesSignedAndKeepsThePromise(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out := h.send(got, fine)
		h.Work()
		if len(h.world.taken) != 0 {
			h.T.Fatal("it left before the time to undo was over")
		}
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if len(h.world.taken) != 1 {
			h.T.Fatalf("%d mails left, want 1", len(h.world.taken))
		}
		m := lila.Must(mime.Parse([]byte(h.world.taken[0]), mime.Options{}))
		if !strings.Contains(m.Text, "Véronica Lambert") || !strings.Contains(m.Text, "Maison Lila") || m.InReplyTo != "m1@example.org" {
			h.T.Errorf("the mail is not signed or not threaded:\n%s", h.world.taken[0])
		}
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Kept}) {
			h.T.Errorf("promises = %v, want kept", s)
		}
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Accepted {
			h.T.Errorf("delivery is %s", d.State)
		}
		reaction := h.write("Merci, et la facture ?", out.Message.MessageID)
		if reaction.Conversation != got.Conversation {
			h.T.Error("the customer's answer to our mail did not come back to its conversation")
		}
	})
}

func TestASecondPressChangesNothing(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		a := reply.Answer{Conversation: got.Conversation, Key: "the same press", HTML: fine, SeenThrough: got.Message}
		var presses sync.WaitGroup
		var mu sync.Mutex
		messages := map[id.Message]bool{}
		for range 8 {
			presses.Go(func() {
				out, err := h.Reply.Send(context.Background(), h.agent, a)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					h.T.Error(err)
				}
				messages[out.Message.ID] = true
			})
		}
		presses.Wait()
		if len(messages) != 1 {
			h.T.Errorf("eight presses made %d messages", len(messages))
		}
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if len(h.world.taken) != 1 {
			h.T.Errorf("%d mails left", len(h.world.taken))
		}
	})
}

func TestAHoleNeverLeaves(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out, err := h.answer(got, "<p>Bonjour {{ prenom }},</p><p>Votre colis part demain.</p>")
		if err != nil || len(out.Held) != 1 || out.Held[0].Rule != "hole" || out.Message.ID != 0 {
			h.T.Fatalf("out = %+v, %v; want held by the hole", out, err)
		}
		h.Clock.Advance(time.Hour)
		h.Work()
		if len(h.world.taken) != 0 {
			h.T.Error("it left all the same")
		}
	})
}

func TestSomethingUnseenStopsTheAnswer(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		later := h.write("Annulez tout", "m1@example.org")
		_, err := h.answer(got, fine)
		var unseen reply.Unseen
		if !errors.As(err, &unseen) || !slices.Equal(unseen.Messages, []id.Message{later.Message}) {
			h.T.Errorf("err = %v, want the unseen message %d", err, later.Message)
		}
	})
}

func TestAnUndoneAnswerComesBackAsDraft(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out := h.send(got, fine)
		var back reply.Draft
		h.Tx(func(tx *store.Tx) (err error) { back, err = h.Reply.Undo(tx, h.agent, out.Delivery.ID); return err })
		if back.HTML != fine {
			h.T.Errorf("draft = %q", back.HTML)
		}
		h.Clock.Advance(time.Hour)
		h.Work()
		if len(h.world.taken) != 0 {
			h.T.Error("an undone answer left")
		}
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Open}) {
			h.T.Errorf("promises = %v, want still open", s)
		}
	})
}

func TestUndoComesTooLate(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		out := h.send(h.write("Où est mon colis ?"), fine)
		h.Clock.Advance(reply.UndoTime)
		err := h.DB.InTx(h.T.Context(), func(tx *store.Tx) error { _, err := h.Reply.Undo(tx, h.agent, out.Delivery.ID); return err })
		if !fault.Is(err, "too_late") {
			h.T.Errorf("err = %v", err)
		}
	})
}

func TestATemporaryFailureIsTriedForTwoDays(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out := h.send(got, fine)
		h.world.answer = func([]string) []delivery.Result { return nil }
		for h.Clock.Now().Before(lila.Monday.Add(47 * time.Hour)) {
			h.Clock.Advance(20 * time.Minute)
			h.Work()
		}
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Soft || d.Attempts < 20 {
			h.T.Fatalf("after 47 h: %s after %d attempts", d.State, d.Attempts)
		}
		for range 12 {
			h.Clock.Advance(time.Hour)
			h.Work()
		}
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Hard {
			h.T.Errorf("after 59 h: %s", d.State)
		}
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Open}) {
			h.T.Errorf("promises = %v: what never arrived keeps nothing", s)
		}
	})
}

func TestAnUncertainMailIsSentOnceMoreAndThenHeld(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		out := h.send(h.write("Où est mon colis ?"), fine)
		h.world.dies = true
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Uncertain {
			h.T.Fatalf("after the cut: %s", d.State)
		}
		h.Clock.Advance(9 * time.Minute)
		h.Work()
		if len(h.world.taken) != 1 {
			h.T.Fatal("it was repeated before ten minutes were over")
		}
		h.Clock.Advance(2 * time.Minute)
		h.Work()
		if len(h.world.taken) != 2 || h.world.taken[0] != h.world.taken[1] {
			h.T.Fatal("the repetition is not byte for byte the same")
		}
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Held {
			h.T.Errorf("uncertain twice: %s, want held for a person", d.State)
		}
	})
}

// A process that was killed five times with the mail in its hands must not end
// in a parked job, which nobody in the shop would see.
func TestAMailThatEndsTheProcessEachTimeIsHeldForAPerson(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out := h.send(got, fine)
		h.Tx(func(tx *store.Tx) error {
			if _, err := store.Exec(tx, store.Dynamic(`update job set attempts = $1 where kind = $2`), jobs.MaxAttempts-1, delivery.SendJob.Name); err != nil {
				return err
			}
			_, err := store.Exec(tx, store.Dynamic(`update delivery set state = 'claimed', attempts = 4, token = 4`))
			return err
		})
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Held || d.Detail != "crash" || len(h.world.taken) != 0 {
			h.T.Fatalf("delivery is %s (%s), %d mails left; want held", d.State, d.Detail, len(h.world.taken))
		}
		h.Tx(func(tx *store.Tx) error { _, err := h.Post.Retry(tx, h.agent, out.Delivery.ID); return err })
		h.Work()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Accepted {
			h.T.Errorf("after a person's retry it is %s", d.State)
		}
	})
}

func TestABounceOpensThePromiseAgainWithItsOldDueTime(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out := h.send(got, fine)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		report := []mime.Report{{OriginalMessageID: out.Message.MessageID, Recipient: camille, Action: "failed", Status: "5.1.1"}}
		for range 2 { // bounces come twice, too
			h.Tx(func(tx *store.Tx) error { return h.Post.Bounced(tx, h.Shop, report) })
		}
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Kept, promise.Open}) {
			h.T.Fatalf("promises = %v, want the kept one and one open again", s)
		}
		var all []promise.Promise
		h.Tx(func(tx *store.Tx) (err error) { all, err = promise.Of(tx, got.Conversation); return err })
		if !all[1].DueAt.Equal(all[0].DueAt) || all[1].Reopens != all[0].ID {
			h.T.Errorf("reopened due %s, was %s", all[1].DueAt, all[0].DueAt)
		}
	})
}

func TestAHoldingAnswerPassesThePromiseOnOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		until := lila.Monday.AddDate(0, 0, 2)
		hold := func(by team.Actor, at time.Time) error {
			h.n++
			_, err := h.Reply.Send(h.T.Context(), by, reply.Answer{
				Conversation: got.Conversation, Key: fmt.Sprintf("hold-%d", h.n), HTML: "<p>Je me renseigne et vous réponds mercredi 25/11/2026.</p>",
				SeenThrough: got.Message, HoldingUntil: at,
			})
			return err
		}
		if err := hold(h.agent, lila.Monday.AddDate(0, 0, 9)); fault.KindOf(err) != fault.Invalid {
			h.T.Errorf("nine days ahead: %v", err)
		}
		if err := hold(h.agent, until); err != nil {
			h.T.Fatal(err)
		}
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		var all []promise.Promise
		h.Tx(func(tx *store.Tx) (err error) { all, err = promise.Of(tx, got.Conversation); return err })
		if len(all) != 2 || all[0].State != promise.Passed || all[0].PassedTo != all[1].ID || !all[1].DueAt.Equal(until) {
			h.T.Fatalf("promises = %+v", all)
		}
		agent := h.agent
		agent.Role = team.Agent
		if err := hold(agent, lila.Monday.AddDate(0, 0, 3)); !fault.Is(err, "held_before") {
			h.T.Errorf("a second one by an agent: %v", err)
		}
	})
}

func TestAShopWithoutAMailServerHoldsAndStaysOwed(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.world.route = delivery.RouteNone
		got := h.write("Où est mon colis ?")
		out := h.send(got, fine)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Held || d.Detail != "no_server" {
			h.T.Fatalf("%s, %s", d.State, d.Detail)
		}
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Open}) {
			h.T.Errorf("promises = %v", s)
		}
		h.world.route = delivery.RouteServer
		h.Tx(func(tx *store.Tx) error { _, err := h.Post.Retry(tx, h.agent, out.Delivery.ID); return err })
		h.Work()
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Kept}) {
			h.T.Errorf("after a retry by hand: %v", s)
		}
	})
}

func TestTheAcknowledgementGoesOnceAndTellsTheDate(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		acknowledge := func() {
			h.Tx(func(tx *store.Tx) error {
				return jobs.Queue{Clock: h.Clock}.Put(tx, jobs.Add{
					Kind: reply.AcknowledgeJob, Args: reply.AcknowledgeArgs{Conversation: got.Conversation, Message: got.Message},
				})
			})
			h.Work()
		}
		acknowledge()
		acknowledge()
		if len(h.world.taken) != 1 {
			h.T.Fatalf("%d acknowledgements, want 1", len(h.world.taken))
		}
		m := lila.Must(mime.Parse([]byte(h.world.taken[0]), mime.Options{}))
		if m.AutoSubmitted != "auto-replied" || !strings.Contains(m.Text, "24 novembre 2026") {
			h.T.Errorf("acknowledgement:\n%s", h.world.taken[0])
		}
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Open}) {
			h.T.Errorf("promises = %v: an acknowledgement keeps nothing", s)
		}
	})
}

// The shop's own hours are the default ones; the stories above rest on them.
func TestTheStoriesHoursAreOpenOnMonday(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		var hours calendar.Hours
		h.Tx(func(tx *store.Tx) (err error) { hours, _, err = h.Shops.HoursAndDelay(tx, h.Shop, "mail"); return err })
		if !hours.Open(lila.Monday) {
			h.T.Error("closed on Monday at ten")
		}
	})
}

func TestMergingKeepsBothDraftsAndSendingOnlyDropsOnesOwn(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		one, two := h.write("Où est mon colis ?"), h.write("Et la facture ?")
		marc := h.agent
		h.Tx(func(tx *store.Tx) error {
			var err error
			marc.Person, err = store.One[id.Person](tx, store.Dynamic(`insert into person (name, email, created_at) values ('Marc Petit', 'marc@maison-lila.example', 0) returning id`))
			return err
		})
		save := func(by team.Actor, c id.Conversation, html string) {
			h.Tx(func(tx *store.Tx) error {
				_, err := h.Reply.SaveDraft(tx, by, reply.Draft{Conversation: c, HTML: html, Kind: "answer", Recipients: "{}"})
				return err
			})
		}
		save(marc, one.Conversation, "<p>De Marc</p>")
		save(h.agent, two.Conversation, "<p>De Véronica</p>")
		h.Tx(func(tx *store.Tx) error {
			_, err := h.Desk.Merge(tx, h.agent, one.Conversation, two.Conversation)
			return err
		})
		var notes int64
		h.Tx(func(tx *store.Tx) (err error) {
			notes, err = store.One[int64](tx, store.Dynamic(`select count(*) from message where conversation_id = $1 and kind = 'note' and body = 'De Marc'`), two.Conversation)
			return err
		})
		if notes != 1 {
			h.T.Errorf("%d notes keep what Marc wrote, want 1", notes)
		}
		h.Tx(func(tx *store.Tx) error { return h.Reply.DropDraft(tx, h.agent, two.Conversation) })
		save(marc, two.Conversation, "<p>De Marc, plus tard</p>")
		h.send(h.onScreen(two.Conversation), fine)
		h.Tx(func(tx *store.Tx) error {
			d, found, err := reply.DraftOf(tx, two.Conversation)
			if !found || d.HTML != "<p>De Marc, plus tard</p>" {
				h.T.Errorf("Marc's draft after Véronica's answer: %q", d.HTML)
			}
			return err
		})
	})
}
