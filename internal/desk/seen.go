package desk

import (
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var upsertSeen = store.SQL(`
	insert into seen (conversation_id, person_id, through) values ($1, $2, $3)
	on conflict (conversation_id, person_id) do update set through = excluded.through where seen.through < excluded.through`)

// MarkSeen remembers the newest message that a person had on screen.
func (d *Desk) MarkSeen(tx *store.Tx, by Actor, c id.Conversation, through id.Message) error {
	_, err := store.Exec(tx, upsertSeen, c, by.Person, through)
	return err
}
