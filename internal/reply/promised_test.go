package reply_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

const callsTomorrow = "<p>Bonjour Camille,</p><p>Votre colis 20418 est à la plateforme de Rungis. Je vous rappelle demain à 10 h.</p>"

// promising sends what Véronica wrote with the promises that the desk found.
func (h *house) promising(got desk.Received, html string) reply.Outcome {
	h.T.Helper()
	a := reply.Answer{Conversation: got.Conversation, Key: "press-promise", HTML: html, SeenThrough: got.Message}
	read, err := h.Reply.Check(h.T.Context(), h.agent, a)
	if err != nil {
		h.T.Fatal(err)
	}
	a.Promises = read.Promises
	out, err := h.Reply.Send(h.T.Context(), h.agent, a)
	if err != nil || len(out.Held) > 0 {
		h.T.Fatalf("send: %v, held by %v", err, out.Held)
	}
	return out
}

func (h *house) promisesOf(got desk.Received) (all []promise.Promise) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) (err error) { all, err = promise.Of(tx, got.Conversation); return err })
	return all
}

func TestACallThatTheTextPromisesIsOwedOnceTheMailArrived(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		h.promising(got, callsTomorrow)
		before := h.promisesOf(got)
		i := slices.IndexFunc(before, func(p promise.Promise) bool { return p.Kind == promise.CallBack })
		if i < 0 || before[i].State != promise.Proposed {
			h.T.Fatalf("before it left: %+v", before)
		}
		h.Clock.Advance(time.Minute)
		h.Work()
		call := h.promisesOf(got)[i]
		tomorrowAtTen := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
		if call.State != promise.Open || !call.DueAt.Equal(tomorrowAtTen) || call.Person != h.agent.Person || call.Basis != promise.Word ||
			!call.OpenedAt.Equal(h.Clock.Now()) || !call.NearAt.Before(call.DueAt) {
			h.T.Errorf("the call: %+v", call)
		}
		var conv desk.Conversation
		h.Tx(func(tx *store.Tx) (err error) { conv, err = desk.Get(tx, got.Conversation); return err })
		if conv.State != desk.StateOpen || conv.NextKind != promise.CallBack || !conv.NextDueAt.Equal(tomorrowAtTen) {
			h.T.Errorf("the list shows %s of %v, %s", conv.NextKind, conv.NextDueAt, conv.State)
		}
	})
}

func TestWhatNeverArrivedPromisesNothing(t *testing.T) {
	t.Parallel()
	for name, tell := range map[string]func(h *house, out reply.Outcome){
		"undone": func(h *house, out reply.Outcome) {
			h.Tx(func(tx *store.Tx) error { _, err := h.Reply.Undo(tx, h.agent, out.Delivery.ID); return err })
		},
		"refused": func(h *house, _ reply.Outcome) {
			h.world.answer = func(to []string) []delivery.Result {
				return []delivery.Result{{Address: to[0], Outcome: delivery.OutcomeHard, Code: 550}}
			}
			h.Clock.Advance(time.Minute)
			h.Work()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(h *house) {
				got := h.write("Où est mon colis ?")
				tell(h, h.promising(got, callsTomorrow))
				if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Open, promise.Void}) {
					h.T.Errorf("promises: %v", s)
				}
			})
		})
	}
}

func TestARefusedMailThatIsSentAgainPromisesAgain(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out := h.promising(got, callsTomorrow)
		h.world.answer = func(to []string) []delivery.Result {
			return []delivery.Result{{Address: to[0], Outcome: delivery.OutcomeHard, Code: 550}}
		}
		h.Clock.Advance(time.Minute)
		h.Work()
		h.world.answer = nil
		h.Tx(func(tx *store.Tx) error { _, err := h.Post.Retry(tx, h.agent, out.Delivery.ID); return err })
		h.Work()
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Kept, promise.Open}) {
			h.T.Errorf("promises: %v", s)
		}
	})
}

func TestDatesInTheTextCountFromTheDayItLeaves(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		a := reply.Answer{Conversation: got.Conversation, HTML: callsTomorrow, SeenThrough: got.Message, SendAt: lila.Monday.AddDate(0, 0, 3)}
		read, err := h.Reply.Check(h.T.Context(), h.agent, a)
		if want := time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC); err != nil || len(read.Promises) != 1 || !read.Promises[0].DueAt.Equal(want) {
			h.T.Errorf("promises %+v, %v; want Friday", read.Promises, err)
		}
	})
}

func TestPromisesThatCannotBe(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		for name, p := range map[string]reply.Promised{
			"past":     {Kind: promise.CallBack, Title: "Rappeler", DueAt: lila.Monday.Add(-time.Hour)},
			"nameless": {Kind: promise.CallBack, Title: " ", DueAt: lila.Monday.Add(time.Hour)},
			"answer":   {Kind: promise.Answer, Title: "Répondre", DueAt: lila.Monday.Add(time.Hour)},
		} {
			_, err := h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
				Conversation: got.Conversation, Key: "press-" + name, HTML: fine, SeenThrough: got.Message, Promises: []reply.Promised{p},
			})
			if fault.KindOf(err) != fault.Invalid {
				h.T.Errorf("%s: %v", name, err)
			}
		}
	})
}

// The mail came back after two hours: nobody was told of a call, so none is owed;
// the answer is, as before.
func TestALateBounceTakesBackWhatItsTextPromised(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		due := h.promisesOf(got)[0].DueAt
		out := h.promising(got, callsTomorrow)
		h.Clock.Advance(time.Minute)
		h.Work()
		h.Clock.Advance(2 * time.Hour)
		bounce := []mime.Report{{OriginalMessageID: out.Message.MessageID, Recipient: camille, Action: "failed", Status: "5.1.1"}}
		h.Tx(func(tx *store.Tx) error { return h.Post.Bounced(tx, h.Shop, bounce) })
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Kept, promise.Void, promise.Open}) {
			h.T.Errorf("promises: %v", s)
		}
		if c := h.conversation(got.Conversation); c.NextKind != promise.Answer || !c.NextDueAt.Equal(due) {
			h.T.Errorf("the list shows %s of %v, want the answer of %v", c.NextKind, c.NextDueAt, due)
		}
	})
}

func TestACallThatWasMadeStaysKeptWhenTheMailComesBack(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out := h.promising(got, callsTomorrow)
		h.Clock.Advance(time.Minute)
		h.Work()
		call := h.promisesOf(got)[1]
		h.Tx(func(tx *store.Tx) error {
			_, err := h.Desk.Done(tx, h.agent, got.Conversation, call.ID, false)
			return err
		})
		bounce := []mime.Report{{OriginalMessageID: out.Message.MessageID, Recipient: camille, Action: "failed", Status: "5.1.1"}}
		h.Tx(func(tx *store.Tx) error { return h.Post.Bounced(tx, h.Shop, bounce) })
		if after := h.promisesOf(got)[1]; after.State != promise.Kept {
			h.T.Errorf("the call is %s", after.State)
		}
	})
}

// Eight presses at once promise one call; eight undos at once take back one.
func TestEightAtOncePromiseOneCall(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		a := reply.Answer{Conversation: got.Conversation, Key: "press-eight", HTML: callsTomorrow, SeenThrough: got.Message}
		read, err := h.Reply.Check(h.T.Context(), h.agent, a)
		if err != nil {
			h.T.Fatal(err)
		}
		a.Promises = read.Promises
		var all sync.WaitGroup
		var mu sync.Mutex
		var sent reply.Outcome
		for range 8 {
			all.Go(func() {
				out, err := h.Reply.Send(h.T.Context(), h.agent, a)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					h.T.Error(err)
				}
				sent = out
			})
		}
		all.Wait()
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Open, promise.Proposed}) {
			h.T.Fatalf("promises: %v", s)
		}
		for range 8 {
			all.Go(func() {
				err := h.DB.InTx(h.T.Context(), func(tx *store.Tx) error {
					_, err := h.Reply.Undo(tx, h.agent, sent.Delivery.ID)
					return err
				})
				if err != nil {
					h.T.Error(err)
				}
			})
		}
		all.Wait()
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Open, promise.Void}) {
			h.T.Errorf("promises: %v", s)
		}
	})
}
