package desk_test

import (
	"slices"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// forMe are the kinds of what a person has not seen yet.
func (h *house) forMe(p id.Person) []string {
	h.t.Helper()
	return do(h, func(tx *store.Tx) ([]string, error) {
		return store.All[string](tx, store.Dynamic(`select kind from notice where person_id = $1 and seen = false order by kind`), p)
	})
}

func TestFollowersAndTheMentionedAreTold(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c, marc := h.letter(), h.colleague()
		note := func(key string, mentions ...id.Person) {
			do(h, func(tx *store.Tx) (desk.Message, error) {
				return h.desk.AddNote(tx, h.agent, c, key, "<p>@Marc, tu connais ?</p>", mentions...)
			})
		}
		note("n0")
		if got := h.forMe(marc.Person); len(got) != 0 {
			h.t.Errorf("told of what he doesn't follow: %q", got)
		}
		note("n1", marc.Person, h.agent.Person, 4711) // oneself and strangers are no mention
		if got := h.forMe(marc.Person); !slices.Equal(got, []string{"mention"}) {
			h.t.Errorf("mentioned: %q", got)
		}
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Follow(tx, marc, c, true) })
		note("n2")
		h.receive(h.mail(camille, "ring-2@client.example", "Alors ?", "ring-1@client.example"))
		h.receive(h.mail(camille, "ring-3@client.example", "Alors ??", "ring-1@client.example"))
		if got := h.forMe(marc.Person); !slices.Equal(got, []string{"mention", "message", "note"}) {
			h.t.Errorf("followed: %q, want one of a kind", got)
		}
		if got := h.forMe(h.agent.Person); len(got) != 0 {
			h.t.Errorf("the author is told of her own note: %q", got)
		}
		h.tx(func(tx *store.Tx) error { return h.desk.SeeNotices(tx, marc, c) })
		if got := h.forMe(marc.Person); len(got) != 0 {
			h.t.Errorf("seen, and still there: %q", got)
		}
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Follow(tx, marc, c, false) })
		h.receive(h.mail(camille, "ring-4@client.example", "Alors ???", "ring-1@client.example"))
		if got := h.forMe(marc.Person); len(got) != 0 {
			h.t.Errorf("told of what he follows no longer: %q", got)
		}
	})
}

func TestWhatWasMergedIsFollowedInOnePlace(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		marc := h.colleague()
		a := h.letter()
		b := h.receive(h.mail(camille, "chain-1@client.example", "Et ma chaîne ?")).Conversation
		for _, c := range []id.Conversation{a, b} {
			do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Follow(tx, marc, c, true) })
			do(h, func(tx *store.Tx) (desk.Message, error) {
				return h.desk.AddNote(tx, h.agent, c, "n"+c.String(), "<p>vu</p>")
			})
		}
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Merge(tx, h.agent, b, a) })
		if got := h.forMe(marc.Person); !slices.Equal(got, []string{"note"}) {
			h.t.Errorf("after the merge: %q", got)
		}
		h.tx(func(tx *store.Tx) error { return h.desk.SeeNotices(tx, marc, a) })
		if got := h.forMe(marc.Person); len(got) != 0 {
			h.t.Errorf("unseen in the one that is gone: %q", got)
		}
	})
}
