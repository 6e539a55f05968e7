package desk_test

import (
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

func refundOwed(h *house, c id.Conversation) promise.Owed {
	return promise.Owed{
		Shop: h.shop, Conversation: c, Channel: desk.ChannelMail, Kind: promise.Refund, Basis: promise.Word,
		Since: h.clock.Now(), DueAt: h.clock.Now().Add(48 * time.Hour),
	}
}

type taggedRow struct {
	Tag  id.Tag    `db:"tag_id"`
	Due  time.Time `db:"next_due_at"`
	Last time.Time `db:"last_message_at"`
}

func (h *house) tagged(c id.Conversation) []taggedRow {
	h.t.Helper()
	return do(h, func(tx *store.Tx) ([]taggedRow, error) {
		return store.All[taggedRow](tx, store.Dynamic(`select tag_id, next_due_at, last_message_at from conversation_tag where conversation_id = $1 order by tag_id`), c)
	})
}

func TestTagsStandBesideTheConversationsColumns(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c := h.letter()
		tag := do(h, func(tx *store.Tx) (id.Tag, error) { return h.labels().TagNamed(tx, h.agent, "Noël") })
		again := do(h, func(tx *store.Tx) (id.Tag, error) { return h.labels().TagNamed(tx, h.agent, " NOEL ") })
		if tag != again {
			h.t.Errorf("one word made two tags: %d and %d", tag, again)
		}
		put := func(on bool) {
			do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Tag(tx, h.agent, c, tag, on) })
		}
		put(true)
		put(true)
		if n := h.told(c, event.ConversationTagged, `"on":true`); n != 1 {
			h.t.Errorf("told %d times, want once", n)
		}
		same := func(when string) {
			now, rows := h.conversation(c), h.tagged(c)
			if now.Tags != 1 || len(rows) != 1 || !rows[0].Due.Equal(now.NextDueAt) || !rows[0].Last.Equal(now.LastMessageAt) {
				h.t.Errorf("%s: %d tags, rows %+v; the conversation is due %v, newest %v", when, now.Tags, rows, now.NextDueAt, now.LastMessageAt)
			}
		}
		same("tagged")
		h.clock.Advance(time.Hour)
		h.receive(h.mail(camille, "ring-2@client.example", "Une nouvelle ?", "ring-1@client.example"))
		same("another mail")
		owed := h.theOnly(c).ID
		h.tx(func(tx *store.Tx) error {
			_, err := h.desk.Waive(tx, h.agent, c, owed, "réglé au téléphone")
			return err
		})
		same("waived")
		put(false)
		if now := h.conversation(c); now.Tags != 0 || len(h.tagged(c)) != 0 {
			h.t.Error("the tag stayed")
		}
	})
}

func TestAMergeKeepsTheTagsOfBoth(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		a := h.letter()
		b := h.receive(h.mail(camille, "chain-1@client.example", "Et ma chaîne ?")).Conversation
		for c, words := range map[id.Conversation][]string{a: {"bague", "urgent"}, b: {"chaîne", "urgent"}} {
			for _, w := range words {
				do(h, func(tx *store.Tx) (desk.Conversation, error) {
					tag, err := h.labels().TagNamed(tx, h.agent, w)
					if err != nil {
						return desk.Conversation{}, err
					}
					return h.desk.Tag(tx, h.agent, c, tag, true)
				})
			}
		}
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Classify(tx, h.agent, b, classRing) })
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Merge(tx, h.agent, b, a) })
		now := h.conversation(a)
		if now.Tags != 3 || len(h.tagged(a)) != 3 || len(h.tagged(b)) != 0 || now.Product != classRing.Product {
			h.t.Errorf("after the merge: %d tags, %d rows, product %q", now.Tags, len(h.tagged(a)), now.Product)
		}
		for _, row := range h.tagged(a) {
			if !row.Due.Equal(now.NextDueAt) {
				h.t.Errorf("tag %d is due %v, the conversation %v", row.Tag, row.Due, now.NextDueAt)
			}
		}
	})
}
