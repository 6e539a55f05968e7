package desk

import (
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	insertFollower = store.SQL(`insert into follower (conversation_id, person_id) values ($1, $2) on conflict do nothing`)
	deleteFollower = store.SQL(`delete from follower where conversation_id = $1 and person_id = $2`)
	moveFollowers  = store.SQL(`
		insert into follower (conversation_id, person_id)
		select $2, person_id from follower where conversation_id = $1 on conflict do nothing`)
	clearFollowers = store.SQL(`delete from follower where conversation_id = $1`)
)

// Follow has the actor told of what the customer writes and colleagues note
// here, or no longer.
func (d *Desk) Follow(tx *store.Tx, by Actor, c id.Conversation, on bool) (Conversation, error) {
	conv, _, err := d.follow(tx, by, c, on)
	return conv, err
}

func (d *Desk) follow(tx *store.Tx, by Actor, c id.Conversation, on bool) (conv Conversation, changed bool, err error) {
	conv, err = d.act(tx, by, c, func(conv *Conversation) error {
		change := deleteFollower
		if on {
			change = insertFollower
		}
		n, err := store.Exec(tx, change, conv.ID, by.Person)
		if changed = n > 0; err != nil || !changed {
			return err
		}
		return d.Log.Append(tx, event.Event{
			Shop: conv.Shop, Kind: event.ConversationFollowed, Conversation: conv.ID, Person: by.Person,
		}.With(map[string]any{"on": on}))
	})
	return conv, changed, err
}
