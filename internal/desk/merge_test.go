package desk_test

import (
	"fmt"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
)

func (h *house) mergeInto(from, into id.Conversation) {
	h.t.Helper()
	h.act(func(tx *store.Tx) error {
		_, err := h.desk.Merge(tx, h.agent, from, into)
		return err
	})
}

// four conversations of four people.
func (h *house) four() (out [4]id.Conversation) {
	h.t.Helper()
	for i := range out {
		out[i] = h.receive(h.mail(fmt.Sprintf("client%d@example.org", i), fmt.Sprintf("four-%d@example.org", i), "Où est mon colis ?")).Conversation
	}
	return out
}

func TestSameMatterIsAskedOfTheSurvivor(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		at := h.four()
		from, into, third, fourth := at[0], at[1], at[2], at[3]
		suggest := func(shownAt, other id.Conversation, state string) {
			h.tx(func(tx *store.Tx) error {
				_, err := store.Exec(tx, store.Dynamic(`
					insert into suggestion (shop_id, conversation_id, other_id, reason, state, created_at) values ($1, $2, $3, 'named', $4, 0)`),
					h.shop, shownAt, other, state)
				return err
			})
		}
		suggest(from, into, "open")
		suggest(from, third, "open")
		suggest(third, into, "open") // the same question, asked of the other side
		suggest(fourth, from, "open")
		h.mergeInto(from, into)
		for name, s := range map[string]struct {
			a, b id.Conversation
			want int64
		}{
			"the survivor and the third":  {into, third, 1},
			"the survivor and the fourth": {into, fourth, 1},
			"the survivor and itself":     {into, into, 0},
			"the merged one and anybody":  {from, third, 0},
			"the two that were merged":    {from, into, 0},
		} {
			if n := h.openSuggestions(s.a, s.b); n != s.want {
				h.t.Errorf("%s: asked %d times, want %d", name, n, s.want)
			}
		}
	})
}

func TestWhatWasDeclinedIsNotAskedAgainAfterAMerge(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		at := h.four()
		h.tx(func(tx *store.Tx) error {
			for state, pair := range map[string][2]id.Conversation{"declined": {at[1], at[2]}, "open": {at[0], at[2]}} {
				_, err := store.Exec(tx, store.Dynamic(`
					insert into suggestion (shop_id, conversation_id, other_id, reason, state, created_at) values ($1, $2, $3, 'named', $4, 0)`),
					h.shop, pair[0], pair[1], state)
				if err != nil {
					return err
				}
			}
			return nil
		})
		h.mergeInto(at[0], at[1])
		if n := h.openSuggestions(at[1], at[2]); n != 0 {
			h.t.Errorf("asked %d times again what a person had declined", n)
		}
	})
}

// The mark of a merge is no message of anybody's: a mail that was found in the
// junk folder is still the newest that the customer wrote.
func TestAMergeHidesNoMailThatIsTakenOutOfJunk(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		promo := h.supplier(1)
		in := h.mail(camille, "j1@example.org", "Où est mon colis ?")
		in.Role = "junk"
		junk := h.receive(in)
		h.mergeInto(promo.Conversation, junk.Conversation)
		in.Role = "inbox"
		h.receive(in)
		if c := h.conversation(junk.Conversation); c.Tray != desk.TrayMain || c.NextDueAt.IsZero() {
			h.t.Errorf("tray %s, due %s: somebody found it in the junk folder", c.Tray, c.NextDueAt)
		}
	})
}

// One mail that names messages of two conversations of the same people makes
// them one by itself; whoever writes there must read what came in.
func TestAMergeByItselfLeavesItsMarkToo(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		second := h.receive(h.mail(camille, "m2@example.org", "Et ma facture ?"))
		both := h.mail(camille, "m3@example.org", "C'est la même commande.", "m1@example.org", "m2@example.org")
		both.Class = mime.ClassCustomer
		got := h.receive(both)
		c := h.conversation(first.Conversation)
		if got.Conversation != first.Conversation || h.conversation(second.Conversation).MergedInto != first.Conversation || c.LastIn <= got.Message {
			h.t.Errorf("in %d, newest %d; want the mark behind message %d of %d", got.Conversation, c.LastIn, got.Message, first.Conversation)
		}
	})
}
