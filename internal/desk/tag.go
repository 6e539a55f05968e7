package desk

import (
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// mostTags is how many one conversation may have: a row shows them all.
const mostTags = 20

var (
	insertTagged = store.SQL(`
		insert into conversation_tag (conversation_id, tag_id, last_message_at) values ($1, $2, $3) on conflict do nothing`)
	deleteTagged = store.SQL(`delete from conversation_tag where conversation_id = $1 and tag_id = $2`)
	countTagged  = store.SQL(`select count(*) from conversation_tag where conversation_id = $1`)
	moveTagged   = store.SQL(`
		insert into conversation_tag (conversation_id, tag_id, next_due_at, last_message_at)
		select $2, tag_id, next_due_at, last_message_at from conversation_tag where conversation_id = $1 on conflict do nothing`)
	clearTagged = store.SQL(`delete from conversation_tag where conversation_id = $1`)
)

// Tag marks a conversation with a tag of its shop, or takes the mark away. A
// second press changes nothing.
func (d *Desk) Tag(tx *store.Tx, by Actor, c id.Conversation, tag id.Tag, on bool) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		there, err := label.TagOf(tx, conv.Shop, tag)
		if err != nil {
			return err
		}
		if !there {
			return fault.Missing("tag")
		}
		if on && conv.Tags >= mostTags {
			return fault.New(fault.Conflict, "full", "It has 20 tags already.")
		}
		var n int64
		if on {
			n, err = store.Exec(tx, insertTagged, conv.ID, tag, conv.LastMessageAt)
		} else {
			n, err = store.Exec(tx, deleteTagged, conv.ID, tag)
		}
		if err != nil || n == 0 {
			return err
		}
		if conv.Tags, err = store.One[int](tx, countTagged, conv.ID); err != nil {
			return err
		}
		return d.Log.Append(tx, event.Event{
			Shop: conv.Shop, Kind: event.ConversationTagged, Conversation: conv.ID, Person: by.Person,
		}.With(map[string]any{"tag": tag, "on": on}))
	})
}

func mergeTags(tx *store.Tx, from, into *Conversation) error {
	if from.Tags == 0 {
		return nil
	}
	if _, err := store.Exec(tx, moveTagged, from.ID, into.ID); err != nil {
		return err
	}
	if _, err := store.Exec(tx, clearTagged, from.ID); err != nil {
		return err
	}
	from.Tags = 0
	n, err := store.One[int](tx, countTagged, into.ID)
	into.Tags = n
	return err
}
