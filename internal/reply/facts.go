package reply

import (
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// About is what the variables of a text can say of a conversation; of none it
// says nothing. A mark of a merge is no message of the customer's: then nothing
// is said of when they wrote.
func About(tx *store.Tx, by team.Actor, c id.Conversation) (knowledge.About, error) {
	if c == 0 {
		return knowledge.About{}, nil
	}
	conv, err := desk.Get(tx, c)
	if err != nil || conv.Shop != by.Shop {
		return knowledge.About{}, fault.Missing("conversation")
	}
	about := knowledge.About{Customer: conv.Customer, Mailbox: conv.Mailbox, Channel: conv.Channel, Language: conv.Language}
	if conv.LastIn == 0 {
		return about, nil
	}
	m, err := desk.GetMessage(tx, conv.LastIn)
	if err == nil && (m.Kind == desk.KindCustomer || m.Kind == desk.KindContact) {
		about.Received = m.ArrivedAt
	}
	return about, err
}
