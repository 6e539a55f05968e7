package desk

import (
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
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

// AssignTeam gives a conversation to a team; 0 takes it back. A person in
// charge who is no member of the team is so no longer. Whether the team may be
// given work is the caller's to check.
func (d *Desk) AssignTeam(tx *store.Tx, by Actor, c id.Conversation, to id.Team) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		if conv.Team == to {
			return nil
		}
		conv.Team = to
		if to != 0 && conv.Assignee != 0 {
			mate, err := team.InTeam(tx, to, conv.Assignee)
			if err != nil {
				return err
			}
			if !mate {
				conv.Assignee = 0
			}
		}
		return d.Log.Append(tx, event.Event{
			Shop: conv.Shop, Kind: event.ConversationAssigned, Conversation: conv.ID, Person: by.Person,
		}.With(map[string]any{"team": to}))
	})
}
