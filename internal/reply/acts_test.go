package reply_test

import (
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

func (h *house) told(kind event.Kind) (n int) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) (err error) {
		n, err = store.One[int](tx, store.Dynamic(`select count(*) from event where kind = $1`), string(kind))
		return err
	})
	return n
}

func TestWhatASavedAnswerProposesIsDoneWithTheSending(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		marc := lila.Must(h.Reply.Team.Add(h.T.Context(), team.Console(h.Shop), team.NewPerson{Name: "Marc Petit", Email: "marc@maison-lila.example", Role: team.Agent}))
		got := h.write("Où est mon colis ?")
		actions := []knowledge.Action{
			{Kind: knowledge.Tag, Tag: "Retard transporteur"},
			{Kind: knowledge.Assign, Person: marc},
			{Kind: knowledge.Assign, Team: 4711}, // gone by now: passed over
			{Kind: knowledge.Close},
		}
		out, err := h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
			Conversation: got.Conversation, Key: "press-acts", HTML: fine, SeenThrough: got.Message, Options: reply.Options{Actions: actions},
		})
		if err != nil || len(out.Held) > 0 {
			h.T.Fatal(err, out.Held)
		}
		if c := h.conversation(got.Conversation); c.Tags != 1 || c.Assignee != marc || c.State != desk.StateOpen {
			h.T.Errorf("after sending: %d tags, in charge %d, %s", c.Tags, c.Assignee, c.State)
		}
		if h.told(event.ConversationTagged) != 1 || h.told(event.ConversationAssigned) != 1 {
			h.T.Error("what was done beside the answer is not told")
		}
		var back reply.Draft
		h.Tx(func(tx *store.Tx) (err error) { back, err = h.Reply.Undo(tx, h.agent, out.Delivery.ID); return err })
		if c := h.conversation(got.Conversation); c.Tags != 0 || c.Assignee != 0 {
			h.T.Errorf("after undo: %d tags, in charge %d", c.Tags, c.Assignee)
		}
		if kept := back.ReadOptions().Actions; !slices.Equal(kept, actions) {
			h.T.Errorf("the draft forgot its actions: %+v", kept)
		}
	})
}

func TestUndoLeavesWhatSomebodyChangedSince(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		marc := lila.Must(h.Reply.Team.Add(h.T.Context(), team.Console(h.Shop), team.NewPerson{Name: "Marc Petit", Email: "marc@maison-lila.example", Role: team.Agent}))
		got := h.write("Où est mon colis ?")
		at := lila.Monday.Add(3 * time.Hour)
		out, err := h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
			Conversation: got.Conversation, Key: "press-acts", HTML: fine, SeenThrough: got.Message, SendAt: at,
			Options: reply.Options{Actions: []knowledge.Action{{Kind: knowledge.Assign, Person: marc}}},
		})
		if err != nil {
			h.T.Fatal(err)
		}
		h.Tx(func(tx *store.Tx) error {
			_, err := h.Desk.Assign(tx, h.agent, got.Conversation, h.agent.Person)
			return err
		})
		var back reply.Draft
		h.Tx(func(tx *store.Tx) (err error) { back, err = h.Reply.Undo(tx, h.agent, out.Delivery.ID); return err })
		if c := h.conversation(got.Conversation); c.Assignee != h.agent.Person {
			h.T.Errorf("in charge is %d, who took it since was %d", c.Assignee, h.agent.Person)
		}
		if o := back.ReadOptions(); o.SendAt == nil || !o.SendAt.Equal(at) {
			h.T.Errorf("the draft forgot when it was to leave: %v", o.SendAt)
		}
	})
}
