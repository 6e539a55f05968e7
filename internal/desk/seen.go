package desk

import (
	"errors"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var upsertSeen = store.SQL(`
	insert into seen (conversation_id, person_id, through) values ($1, $2, $3)
	on conflict (conversation_id, person_id) do update set through = excluded.through where seen.through < excluded.through`)

// MarkSeen remembers the newest message that a person had on screen. A
// conversation of another shop doesn't exist (I13).
func (d *Desk) MarkSeen(tx *store.Tx, by Actor, c id.Conversation, through id.Message) error {
	conv, err := Get(tx, c)
	if errors.Is(err, store.ErrNone) || err == nil && conv.Shop != by.Shop {
		return fault.Missing("conversation")
	}
	if err == nil {
		_, err = store.Exec(tx, upsertSeen, c, by.Person, through)
	}
	return err
}
