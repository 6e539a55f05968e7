package desk

import (
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Assign puts a person in charge of a conversation; 0 gives it back to all.
// Whether the person may be given work is the caller's to check.
func (d *Desk) Assign(tx *store.Tx, by Actor, c id.Conversation, to id.Person) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		if conv.Assignee == to {
			return nil
		}
		conv.Assignee = to
		return d.Log.Append(tx, event.Event{
			Shop: conv.Shop, Kind: event.ConversationAssigned, Conversation: conv.ID, Person: by.Person,
		}.With(map[string]any{"to": to}))
	})
}
