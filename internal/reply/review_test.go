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

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

const sister = "ines.belkacem@example.org"

// withCopy sends an answer with a copy to the customer's sister.
func (h *house) withCopy(got desk.Received) reply.Outcome {
	h.T.Helper()
	h.n++
	out, err := h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
		Conversation: got.Conversation, Key: fmt.Sprintf("press-%d", h.n), HTML: fine, SeenThrough: got.Message,
		Cc: []mime.Address{{Address: sister}},
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return out
}

func (h *house) copyIs(o delivery.Outcome) {
	h.world.answer = func(to []string) (out []delivery.Result) {
		for _, a := range to {
			r := delivery.Result{Address: a, Outcome: delivery.OutcomeAccepted}
			if a == sister {
				r.Outcome = o
			}
			out = append(out, r)
		}
		return out
	}
}

func TestACopyThatWaitsTakesNothingFromTheCustomers(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out := h.withCopy(got)
		h.copyIs(delivery.OutcomeSoft) // greylisted
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Kept}) {
			h.T.Fatalf("promises = %v: the customer has the answer", s)
		}
		if err := h.DB.InTx(h.T.Context(), func(tx *store.Tx) error {
			_, err := h.Reply.Cancel(tx, h.agent, out.Delivery.ID, "trop tard")
			return err
		}); !fault.Is(err, "not_stuck") {
			h.T.Errorf("an answer that arrived was taken back: %v", err)
		}
		h.copyIs(delivery.OutcomeAccepted)
		h.Clock.Advance(time.Minute)
		h.Work()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Accepted {
			h.T.Errorf("when the copy has arrived, too, the delivery is %s", d.State)
		}
	})
}

func TestACopyThatNeverArrivesDoesNotFailTheAnswer(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		out := h.withCopy(h.write("Où est mon colis ?"))
		h.copyIs(delivery.OutcomeSoft)
		for range 30 {
			h.Clock.Advance(2 * time.Hour)
			h.Work()
		}
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Accepted {
			h.T.Errorf("after 60 h the delivery is %s, although the customer has the answer", d.State)
		}
	})
}

func TestABouncedAnswerThatIsSentAgainKeepsThePromise(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out := h.send(got, fine)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		report := []mime.Report{{OriginalMessageID: out.Message.MessageID, Recipient: camille, Action: "failed", Status: "4.2.2"}}
		h.Tx(func(tx *store.Tx) error { return h.Post.Bounced(tx, h.Shop, report) })
		h.Tx(func(tx *store.Tx) error { _, err := h.Post.Retry(tx, h.agent, out.Delivery.ID); return err })
		h.Work()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Accepted {
			h.T.Errorf("sent again it is %s", d.State)
		}
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Kept, promise.Kept}) {
			h.T.Errorf("promises = %v", s)
		}
	})
}

func TestABounceAfterAMergeIsOwedWherePeopleLook(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first, second := h.write("Où est mon colis ?"), h.write("Et ma facture ?")
		out := h.send(second, fine)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		h.Tx(func(tx *store.Tx) error {
			_, err := h.Desk.Merge(tx, h.agent, second.Conversation, first.Conversation)
			return err
		})
		h.send(h.onScreen(first.Conversation), fine)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		report := []mime.Report{{OriginalMessageID: out.Message.MessageID, Recipient: camille, Action: "failed", Status: "5.1.1"}}
		h.Tx(func(tx *store.Tx) error { return h.Post.Bounced(tx, h.Shop, report) })
		h.Tx(func(tx *store.Tx) error {
			c, err := desk.Get(tx, first.Conversation)
			if c.NextDueAt.IsZero() {
				h.T.Error("the bounce of a merged conversation's answer is owed nowhere")
			}
			return err
		})
		if s := h.states(second.Conversation); len(s) != 0 {
			h.T.Errorf("promises left where nobody looks: %v", s)
		}
	})
}

func TestAPersonsRetryDoesNotWaitForTheNextTry(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		out := h.send(h.write("Où est mon colis ?"), fine)
		h.world.answer = func([]string) []delivery.Result { return nil }
		for range 12 { // until the waits are long
			h.Clock.Advance(2 * time.Hour)
			h.Work()
		}
		h.world.answer = nil
		h.Tx(func(tx *store.Tx) error { _, err := h.Post.Retry(tx, h.agent, out.Delivery.ID); return err })
		h.Work()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Accepted {
			h.T.Errorf("after a retry by hand it is still %s", d.State)
		}
	})
}

func TestOurOwnOutageDoesNotUseUpTheTwoDays(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		out := h.send(h.write("Où est mon colis ?"), fine)
		h.Clock.Advance(72 * time.Hour) // the desk was off from Friday to Monday
		h.world.answer = func([]string) []delivery.Result { return nil }
		h.Work() // and the mail server starts after it
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Soft {
			h.T.Fatalf("after the first try: %s", d.State)
		}
		h.world.answer = nil
		h.Clock.Advance(time.Minute)
		h.Work()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Accepted {
			h.T.Errorf("after the second: %s", d.State)
		}
	})
}

func TestAHeldAnswerStopsWhenTheCustomerWroteMeanwhile(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.world.route = delivery.RouteNone
		got := h.write("Où est mon colis ?")
		out := h.send(got, fine)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		h.write("Laissez, je l'ai reçu !", "m1@example.org")
		h.world.route = delivery.RouteServer
		retry := func() (d delivery.Delivery) {
			h.Tx(func(tx *store.Tx) (err error) { d, err = h.Post.Retry(tx, h.agent, out.Delivery.ID); return err })
			h.Work()
			return h.delivery(out.Delivery.ID)
		}
		if d := retry(); d.State != delivery.Held || d.Detail != "customer_wrote" || len(h.world.taken) != 0 {
			h.T.Fatalf("it is %s (%s), %d left: its author had not seen the second message", d.State, d.Detail, len(h.world.taken))
		}
		if d := retry(); d.State != delivery.Accepted {
			h.T.Errorf("a person who read it and presses again: %s", d.State)
		}
	})
}

func TestAThrottledMailIsNoFailure(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		out := h.send(h.write("Où est mon colis ?"), fine)
		h.world.refuse = jobs.Later{At: h.Clock.Now().Add(time.Minute), Reason: "throttled"}
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		var n int64
		h.Tx(func(tx *store.Tx) (err error) {
			n, err = store.One[int64](tx, store.Dynamic(`select count(*) from delivery_attempt`))
			return err
		})
		if d := h.delivery(out.Delivery.ID); n != 0 || d.Attempts != 0 || d.State != delivery.Queued {
			h.T.Errorf("%s after %d tries, %d noted", d.State, d.Attempts, n)
		}
		h.world.refuse = nil
		h.Clock.Advance(time.Minute)
		h.Work()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Accepted {
			h.T.Errorf("a minute later it is %s", d.State)
		}
	})
}

func TestADeliveryWithoutAJobGetsOne(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		states := []delivery.State{delivery.Queued, delivery.Soft, delivery.Claimed, delivery.DotPending, delivery.Uncertain}
		var all []id.Delivery
		for _, s := range states {
			out := h.send(h.write("Où est mon colis ?"), fine)
			all = append(all, out.Delivery.ID)
			h.Tx(func(tx *store.Tx) error {
				_, err := store.Exec(tx, store.Dynamic(`update delivery set state = $2, next_at = $3 where id = $1`), out.Delivery.ID, s, h.Clock.Now())
				return err
			})
		}
		if n, err := h.Post.Rescue(h.T.Context()); n != 0 || err != nil {
			h.T.Fatalf("rescued %d (%v) that had their job", n, err)
		}
		h.Tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update job set state = 'parked'`))
			return err
		})
		if n, err := h.Post.Rescue(h.T.Context()); n != len(states) || err != nil {
			h.T.Fatalf("rescued %d (%v), want %d", n, err, len(states))
		}
		for range 3 {
			h.Clock.Advance(11 * time.Minute)
			h.Work()
		}
		for i, d := range all {
			if now := h.delivery(d); now.State != delivery.Accepted {
				h.T.Errorf("what was %s ended %s", states[i], now.State)
			}
		}
	})
}

// Undo takes the draft and the delivery; a merge takes both, too.
func TestEightAtOnceOnOneAnswer(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, db *store.DB) {
		h := openHouse(t, db)
		first, second := h.write("Où est mon colis ?"), h.write("Et ma facture ?")
		out := h.send(first, fine)
		var wg sync.WaitGroup
		for n := range 8 {
			wg.Go(func() {
				err := db.InTx(t.Context(), func(tx *store.Tx) (err error) {
					switch n {
					case 0:
						_, err = h.Desk.Merge(tx, h.agent, first.Conversation, second.Conversation)
					case 1, 2:
						_, err = h.Reply.SaveDraft(tx, h.agent, reply.Draft{Conversation: second.Conversation, HTML: "<p>…</p>", Kind: "answer", Recipients: "{}"})
					default:
						_, err = h.Reply.Undo(tx, h.agent, out.Delivery.ID)
					}
					return err
				})
				var stale reply.Stale
				if err != nil && fault.KindOf(err) == fault.Internal && !errors.As(err, &stale) {
					t.Errorf("press %d: %v", n, err)
				}
			})
		}
		wg.Wait()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Undone || d.Conversation != second.Conversation {
			t.Errorf("delivery %s in conversation %d", d.State, d.Conversation)
		}
		h.Clock.Advance(time.Hour)
		h.Work()
		if len(h.world.taken) != 0 {
			t.Error("an answer that was called back left all the same")
		}
	})
}

func TestEightRetriesSendOnce(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, db *store.DB) {
		h := openHouse(t, db)
		h.world.route = delivery.RouteNone
		got := h.write("Où est mon colis ?")
		out := h.send(got, fine)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		h.world.route = delivery.RouteServer
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				err := db.InTx(t.Context(), func(tx *store.Tx) error { _, err := h.Post.Retry(tx, h.agent, out.Delivery.ID); return err })
				if err != nil && !fault.Is(err, "not_stuck") {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		h.Work()
		if len(h.world.taken) != 1 {
			t.Fatalf("%d mails left", len(h.world.taken))
		}
		report := []mime.Report{{OriginalMessageID: out.Message.MessageID, Recipient: camille, Action: "failed", Status: "5.1.1"}}
		for range 8 {
			wg.Go(func() {
				if err := db.InTx(t.Context(), func(tx *store.Tx) error { return h.Post.Bounced(tx, h.Shop, report) }); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Kept, promise.Open}) {
			t.Errorf("eight notices of one bounce: promises %v", s)
		}
	})
}

// A reset link that the mail server copies into the Sent folder must not become
// a conversation that everybody reads.
func TestSystemMailIsKnownByItsCopy(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		err := h.Reply.SendSystem(h.T.Context(), reply.SystemMail{
			Shop: h.Shop, To: mime.Address{Address: "veronica@maison-lila.example"}, Subject: "Un nouveau mot de passe", Text: "Le lien est là.", Language: "fr",
		}, func(*store.Tx) error { return nil })
		if err != nil {
			h.T.Fatal(err)
		}
		out := h.send(h.write("Où est mon colis ?"), fine)
		h.Tx(func(tx *store.Tx) error {
			messageID, err := store.One[string](tx, store.Dynamic(`select rfc_message_id from delivery where kind = 'system'`))
			if err != nil {
				return err
			}
			for id, want := range map[string]bool{messageID: true, out.Message.MessageID: false, "": false, "other@example.org": false} {
				if got, err := delivery.IsSystemMail(tx, h.Shop, id); got != want || err != nil {
					h.T.Errorf("%q: %v, %v; want %v", id, got, err, want)
				}
			}
			return nil
		})
	})
}

// The desk is stopped while the mail server answers: what it said is written
// down all the same, or the mail would leave again.
func TestAnAnswerGivenWhileWeStopIsNotForgotten(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		out := h.send(h.write("Où est mon colis ?"), fine)
		h.Clock.Advance(reply.UndoTime)
		ctx, stop := context.WithCancel(h.T.Context())
		h.world.after = stop
		send := h.Workers[delivery.SendJob.Name]
		h.Workers[delivery.SendJob.Name] = func(_ context.Context, j jobs.Job) error { return send(ctx, j) }
		h.Work()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Accepted || len(h.world.taken) != 1 {
			h.T.Errorf("%s, %d left", d.State, len(h.world.taken))
		}
	})
}

func TestWhoSawNothingIsStopped(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		got.Message = 0
		_, err := h.answer(got, fine)
		var unseen reply.Unseen
		if !errors.As(err, &unseen) {
			h.T.Errorf("an answer by somebody who had seen nothing: %v", err)
		}
	})
}

// Who claims to have seen what is still to come has seen what there was.
func TestNobodyHasSeenTheFuture(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		got.Message = 1 << 40
		h.send(got, fine)
		h.write("Et ma facture ?", "m1@example.org")
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Kept, promise.Open}) {
			h.T.Errorf("promises = %v: the second message was never on a screen", s)
		}
	})
}

// Names are data: none may write a header of its own.
func TestAHostileNameWritesNoHeader(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.Tx(func(tx *store.Tx) error {
			if _, err := store.Exec(tx, store.Dynamic(`update shop set name = $1`), "Lila\r\nBcc: voleur@example.net\r\n\r\n<script>"); err != nil {
				return err
			}
			_, err := store.Exec(tx, store.Dynamic(`update person set name = $1`), "Véronica\r\nX-Evil: 1")
			return err
		})
		got := h.write("Où est mon colis ?")
		h.Tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update conversation set subject = $1`), "Colis\r\nBcc: voleur@example.net")
			return err
		})
		out, err := h.answer(got, fine)
		if err != nil {
			return // refused is as good
		}
		_ = out
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		for _, raw := range h.world.taken {
			head, _, _ := strings.Cut(raw, "\r\n\r\n")
			for line := range strings.SplitSeq(head, "\r\n") {
				if strings.HasPrefix(line, "Bcc:") || strings.HasPrefix(line, "X-Evil:") {
					h.T.Errorf("a name wrote the header %q", line)
				}
			}
		}
	})
}
