package reply_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const whyPassed = "Véronica change de nom, Camille la connaît."

// nameless: nobody signs Véronica's answers, which the guard stops.
func (h *house) nameless() {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) error {
		_, err := store.Exec(tx, store.Dynamic(`update person set name = ''`))
		return err
	})
}

func (h *house) pass(got desk.Received, html, reason string) reply.Outcome {
	h.T.Helper()
	h.n++
	out, err := h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
		Conversation: got.Conversation, Key: fmt.Sprintf("press-%d", h.n), HTML: html, SeenThrough: got.Message, PassReason: reason,
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return out
}

// events of a kind in a conversation, their data.
func (h *house) events(got desk.Received, k event.Kind) (data []string) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) error {
		all, err := event.OfConversation(tx, got.Conversation, 100)
		for _, e := range all {
			if e.Kind == k {
				data = append(data, e.Data)
			}
		}
		return err
	})
	return data
}

func TestWhyAStopWasPassedStaysOnRecord(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.nameless()
		got := h.write("Où est mon colis ?")
		if out := h.pass(got, fine, " "); len(out.Held) == 0 {
			h.T.Fatal("a stop was passed without a reason")
		}
		out := h.pass(got, fine, whyPassed)
		if d := h.delivery(out.Delivery.ID); d.PassReason != whyPassed || d.PassedRules != `["signature"]` {
			h.T.Errorf("on record: %s %q", d.PassedRules, d.PassReason)
		}
		told := h.events(got, event.GuardPassed)
		if len(told) != 1 || !strings.Contains(told[0], "signature") || strings.Contains(told[0], "Camille") {
			h.T.Errorf("told %q, want the rule once and nobody's words", told)
		}
	})
}

func TestAReasonForNothingIsNotKept(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out := h.pass(got, fine, whyPassed)
		if d := h.delivery(out.Delivery.ID); d.PassReason != "" || len(h.events(got, event.GuardPassed)) != 0 {
			h.T.Errorf("no stop was passed, and yet %q is kept", d.PassReason)
		}
	})
}

const typo = "marc@maison-lila.exmaple"

// to sends an answer to several.
func (h *house) to(got desk.Received, to, cc []mime.Address) reply.Outcome {
	h.T.Helper()
	h.n++
	out, err := h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
		Conversation: got.Conversation, Key: fmt.Sprintf("press-%d", h.n), HTML: fine, SeenThrough: got.Message, To: to, Cc: cc,
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return out
}

func TestOnlyTheCustomersOwnCopyDecides(t *testing.T) {
	t.Parallel()
	at := func(list ...string) (out []mime.Address) {
		for _, a := range list {
			out = append(out, mime.Address{Address: a})
		}
		return out
	}
	stories := map[string]struct {
		to, cc  []mime.Address
		refused string
		state   delivery.State
		promise promise.State
	}{
		"a colleague's wrong address beside the customer's": {at(typo, camille), nil, typo, delivery.Accepted, promise.Kept},
		"the customer's refused, a colleague's taken":       {at(sister, camille), nil, camille, delivery.Hard, promise.Open},
		"the customer only in copy":                         {at(sister), at(camille), camille, delivery.Hard, promise.Open},
		"somebody else in copy of the customer":             {at(camille), at(typo), typo, delivery.Accepted, promise.Kept},
		"an address that the customer said by phone":        {at("camille@travail.example", sister), nil, sister, delivery.Hard, promise.Open},
		"the same address twice":                            {at(camille), at(camille), "", delivery.Accepted, promise.Kept},
	}
	onEachStore(t, func(h *house) {
		for name, s := range stories {
			got := h.write("Où est mon colis ?")
			h.world.answer = func(to []string) (out []delivery.Result) {
				for _, a := range to {
					r := delivery.Result{Address: a, Outcome: delivery.OutcomeAccepted}
					if a == s.refused {
						r.Outcome = delivery.OutcomeHard
					}
					out = append(out, r)
				}
				return out
			}
			out := h.to(got, s.to, s.cc)
			h.Clock.Advance(reply.UndoTime)
			h.Work()
			if d := h.delivery(out.Delivery.ID); d.State != s.state {
				h.T.Errorf("%s: %s, want %s", name, d.State, s.state)
			}
			if p := h.states(got.Conversation); p[0] != s.promise {
				h.T.Errorf("%s: the promise is %s, want %s", name, p[0], s.promise)
			}
		}
	})
}

// Who was once written to in copy is no customer by that.
func TestAColleagueInAnEarlierCopyIsNoCustomer(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		h.withCopy(got)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		again := h.write("Et ma facture ?", "m1@example.org")
		h.copyIs(delivery.OutcomeHard)
		out := h.to(again, []mime.Address{{Address: camille}, {Address: sister}}, nil)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if d := h.delivery(out.Delivery.ID); d.State != delivery.Accepted {
			h.T.Errorf("Camille has the answer, and the delivery is %s", d.State)
		}
	})
}
