package desk

import (
	"errors"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	insertLink = store.SQL(`
		insert into conversation_link (conversation_id, other_id, person_id, created_at) values ($1, $2, $3, $4) on conflict do nothing`)
	deleteLink = store.SQL(`delete from conversation_link where conversation_id = $1 and other_id = $2`)
	copyLinks  = store.SQL(`
		insert into conversation_link (conversation_id, other_id, person_id, created_at)
		select case when o.other < $2 then o.other else $2 end, case when o.other < $2 then $2 else o.other end, o.person_id, o.created_at
		from (select case when conversation_id = $1 then other_id else conversation_id end as other, person_id, created_at
			from conversation_link where conversation_id = $1 or other_id = $1) o
		where o.other <> $2 on conflict do nothing`)
	clearLinks = store.SQL(`delete from conversation_link where conversation_id = $1 or other_id = $1`)
)

// Link says that another conversation of the shop has to do with this one, or
// no longer; nothing moves.
func (d *Desk) Link(tx *store.Tx, by Actor, c, other id.Conversation, on bool) (Conversation, error) {
	if c == other {
		return Conversation{}, fault.Wrong("other", "A conversation is not linked to itself.")
	}
	return d.act(tx, by, c, func(conv *Conversation) error {
		there, err := Get(tx, other)
		if errors.Is(err, store.ErrNone) || err == nil && there.Shop != by.Shop {
			return fault.Wrong("other", "There is no conversation of this number.")
		}
		if err != nil {
			return err
		}
		return d.link(tx, conv, there.ID, by.Person, on)
	})
}

func (d *Desk) link(tx *store.Tx, conv *Conversation, other id.Conversation, by id.Person, on bool) error {
	first, second := min(conv.ID, other), max(conv.ID, other)
	var n int64
	var err error
	if on {
		n, err = store.Exec(tx, insertLink, first, second, by, d.Clock.Now())
	} else {
		n, err = store.Exec(tx, deleteLink, first, second)
	}
	if err != nil || n == 0 {
		return err
	}
	return d.Log.Append(tx, event.Event{
		Shop: conv.Shop, Kind: event.ConversationLinked, Conversation: conv.ID, Person: by,
	}.With(map[string]any{"other": other, "on": on}))
}

func mergeLinks(tx *store.Tx, from, into id.Conversation) error {
	if _, err := store.Exec(tx, copyLinks, int64(from), int64(into)); err != nil {
		return err
	}
	_, err := store.Exec(tx, clearLinks, from)
	return err
}
