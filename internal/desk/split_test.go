package desk_test

import (
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

func TestASplitOwesWhatLeavesOnItsOwn(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		ring := h.receive(h.mail(camille, "ring-1@client.example", "Où est ma bague ?"))
		old := h.theOnly(ring.Conversation)
		h.clock.Advance(3 * time.Hour)
		chain := h.receive(h.mail(camille, "chain@client.example", "Et ma chaîne est cassée", "ring-1@client.example"))
		if chain.Conversation != ring.Conversation {
			h.t.Fatal("the second mail is in another conversation already")
		}
		made := do(h, func(tx *store.Tx) (desk.Conversation, error) {
			return h.desk.Split(tx, h.agent, ring.Conversation, []id.Message{chain.Message}, true)
		})
		stays, goes := h.theOnly(ring.Conversation), h.theOnly(made.ID)
		if stays.ID != old.ID || stays.State != promise.Open || !stays.DueAt.Equal(old.DueAt) {
			h.t.Errorf("what stays is owed otherwise: %+v", stays)
		}
		if goes.Kind != promise.Answer || goes.State != promise.Open || !goes.OpenedAt.Equal(monday.Add(3*time.Hour)) || goes.DueAt.After(old.DueAt) {
			h.t.Errorf("what leaves: %+v; due before %v", goes, old.DueAt)
		}
		if was, now := h.conversation(ring.Conversation), h.conversation(made.ID); was.Reminders != 0 || was.Snippet != "Où est ma bague ?" ||
			was.LastIn != ring.Message || now.LastIn != chain.Message || now.Customer != was.Customer || now.NextDueAt.IsZero() {
			h.t.Errorf("columns: %+v and %+v", was, now)
		}
		if h.told(ring.Conversation, event.ConversationSplit, `"to"`) != 1 || h.told(made.ID, event.ConversationSplit, `"from"`) != 1 {
			h.t.Error("the split isn't told in both")
		}

		further := h.receive(h.mail(camille, "chain-2@client.example", "Toujours cassée", "chain@client.example"))
		if further.Conversation != made.ID {
			h.t.Errorf("an answer to what left came to %d, want %d", further.Conversation, made.ID)
		}
		// The undo is a merge.
		do(h, func(tx *store.Tx) (desk.Conversation, error) {
			return h.desk.Merge(tx, h.agent, made.ID, ring.Conversation)
		})
		if open := h.open(ring.Conversation); len(open) != 1 || !open[0].DueAt.Equal(old.DueAt) {
			h.t.Errorf("merged back, owed: %+v", open)
		}
	})
}

func TestASplitOfAllThatIsOwedPassesThePromise(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "ring-1@client.example", "Où est ma bague ?"))
		c := first.Conversation
		owed := h.theOnly(c).ID
		h.tx(func(tx *store.Tx) error {
			_, err := h.desk.Waive(tx, h.agent, c, owed, "réglé")
			return err
		})
		h.clock.Advance(time.Hour)
		second := h.receive(h.mail(camille, "chain@client.example", "Et ma chaîne ?", "ring-1@client.example"))
		made := do(h, func(tx *store.Tx) (desk.Conversation, error) {
			return h.desk.Split(tx, h.agent, c, []id.Message{second.Message}, false)
		})
		if len(h.open(c)) != 0 || h.conversation(c).State != desk.StateClosed {
			h.t.Errorf("still owed in the old one: %+v", h.open(c))
		}
		all := h.promises(c)
		if last := all[len(all)-1]; last.State != promise.Passed || last.PassedTo != h.theOnly(made.ID).ID {
			h.t.Errorf("the old promise: %+v", last)
		}
		for name, chosen := range map[string][]id.Message{"nothing": nil, "all of it": {first.Message}, "another's": {second.Message}} {
			err := h.db.InTx(h.t.Context(), func(tx *store.Tx) error {
				_, err := h.desk.Split(tx, h.agent, c, chosen, false)
				return err
			})
			if err == nil {
				h.t.Errorf("%s was split off", name)
			}
		}
	})
}

func TestLinkedBothWaysAndThroughAMerge(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		a := h.letter()
		b := h.receive(h.mail(paul, "b@client.example", "Même colis que Camille")).Conversation
		third := h.receive(h.mail(paul, "c@client.example", "Encore moi")).Conversation
		link := func(c, other id.Conversation, on bool) {
			do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Link(tx, h.agent, c, other, on) })
		}
		pairs := func() []string {
			return do(h, func(tx *store.Tx) ([]string, error) {
				return store.All[string](tx, store.Dynamic(`select conversation_id || '-' || other_id from conversation_link order by conversation_id, other_id`))
			})
		}
		link(b, a, true)
		link(a, b, true)
		link(b, third, true)
		if got := len(pairs()); got != 2 {
			h.t.Errorf("%d links, want 2: %q", got, pairs())
		}
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Merge(tx, h.agent, third, b) })
		if got := pairs(); len(got) != 1 {
			h.t.Errorf("linked to itself after a merge: %q", got)
		}
		link(a, b, false)
		if got := pairs(); len(got) != 0 {
			h.t.Errorf("left: %q", got)
		}
		h.refused("invalid", func(tx *store.Tx) error { _, err := h.desk.Link(tx, h.agent, a, a, true); return err })
		h.refused("invalid", func(tx *store.Tx) error { _, err := h.desk.Link(tx, h.agent, a, 4711, true); return err })
	})
}

func TestMailOfABlockedSenderIsKeptInSpam(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c := h.letter()
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Block(tx, h.agent, c) })
		if now := h.conversation(c); now.Tray != desk.TraySpam || len(h.open(c)) != 0 {
			h.t.Errorf("blocked: tray %s, owed %+v", now.Tray, h.open(c))
		}
		next := h.receive(h.mail(camille, "again@client.example", "Et encore moi"))
		if got := h.conversation(next.Conversation); got.Tray != desk.TraySpam || next.Message == 0 || len(h.open(next.Conversation)) != 0 {
			h.t.Errorf("the next mail: %+v", got)
		}
		h.tx(func(tx *store.Tx) error { return h.desk.Unblock(tx, h.agent, camille) })
		free := h.receive(h.mail(camille, "free@client.example", "Bonjour"))
		if got := h.conversation(free.Conversation); got.Tray != desk.TrayMain || len(h.open(free.Conversation)) != 1 {
			h.t.Errorf("unblocked: %+v", got)
		}
	})
}

func TestSnoozedUntilTheCustomerAnswers(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c := h.letter()
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.SnoozeUntilAnswer(tx, h.agent, c) })
		now := h.conversation(c)
		if !now.UntilAnswer || !now.SnoozedUntil.Equal(now.NearAt) {
			h.t.Errorf("snoozed until %v, due near %v", now.SnoozedUntil, now.NearAt)
		}
		h.receive(h.mail(camille, "ring-2@client.example", "Alors ?", "ring-1@client.example"))
		if now = h.conversation(c); now.UntilAnswer || !now.SnoozedUntil.IsZero() {
			h.t.Error("the customer wrote, and it is still out of sight")
		}
		h.clock.Move(now.NearAt.Add(time.Minute))
		h.refused("past_due", func(tx *store.Tx) error { _, err := h.desk.SnoozeUntilAnswer(tx, h.agent, c); return err })
		owed := h.theOnly(c).ID
		h.tx(func(tx *store.Tx) error {
			_, err := h.desk.Waive(tx, h.agent, c, owed, "réglé")
			return err
		})
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.SnoozeUntilAnswer(tx, h.agent, c) })
		h.clock.Advance(365 * 24 * time.Hour)
		if err := h.desk.WakeSnoozed(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
		if !h.conversation(c).UntilAnswer {
			h.t.Error("it came back without an answer")
		}
	})
}

func TestEightPeopleAtOneConversation(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c := h.letter()
		second := h.receive(h.mail(camille, "chain@client.example", "Et ma chaîne ?", "ring-1@client.example"))
		tag := do(h, func(tx *store.Tx) (id.Tag, error) { return h.labels().TagNamed(tx, h.agent, "bague") })
		var all sync.WaitGroup
		var mu sync.Mutex
		split := 0
		for range 8 {
			all.Go(func() {
				for _, act := range []func(tx *store.Tx) error{
					func(tx *store.Tx) error { _, err := h.desk.Tag(tx, h.agent, c, tag, true); return err },
					func(tx *store.Tx) error { _, err := h.desk.Follow(tx, h.agent, c, true); return err },
					func(tx *store.Tx) error { _, err := h.desk.Classify(tx, h.agent, c, classRing); return err },
					func(tx *store.Tx) error { _, err := h.desk.Prioritise(tx, h.agent, c, 1); return err },
				} {
					if err := h.db.InTx(h.t.Context(), act); err != nil {
						h.t.Error(err)
					}
				}
				err := h.db.InTx(h.t.Context(), func(tx *store.Tx) error {
					_, err := h.desk.Split(tx, h.agent, c, []id.Message{second.Message}, false)
					return err
				})
				switch {
				case err == nil:
					mu.Lock()
					split++
					mu.Unlock()
				case fault.KindOf(err) != fault.Invalid:
					h.t.Error(err)
				}
			})
		}
		all.Wait()
		if now := h.conversation(c); split != 1 || now.Tags != 1 || len(h.tagged(c)) != 1 || h.told(c, event.ConversationTagged, `"on":true`) != 1 {
			h.t.Errorf("split %d times, %d tags, told %d times", split, now.Tags, h.told(c, event.ConversationTagged, `"on":true`))
		}
	})
}
