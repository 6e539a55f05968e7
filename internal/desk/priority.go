package desk

import (
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Prioritise puts a conversation before others (1), among them (0) or says that
// it can wait (-1). No due time moves.
func (d *Desk) Prioritise(tx *store.Tx, by Actor, c id.Conversation, priority int) (Conversation, error) {
	if priority < -1 || priority > 1 {
		return Conversation{}, fault.Wrong("priority", "It must be -1, 0 or 1.")
	}
	return d.act(tx, by, c, func(conv *Conversation) error {
		if conv.Priority == priority {
			return nil
		}
		conv.Priority = priority
		return d.changed(tx, conv, by, "priority", map[string]any{"to": priority})
	})
}
