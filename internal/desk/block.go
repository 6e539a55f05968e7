package desk

import (
	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Block has whatever the conversation's sender writes from now on lie in the
// spam tray, this conversation with it. The mail is taken in all the same, and
// the conversation says that its sender is blocked; Rescue takes it back.
func (d *Desk) Block(tx *store.Tx, by Actor, c id.Conversation) (Conversation, error) {
	conv, err := d.own(tx, by, c)
	if err != nil {
		return conv, err
	}
	address, err := d.senderOf(tx, &conv)
	if err != nil {
		return conv, err
	}
	if address == "" {
		return conv, fault.New(fault.Conflict, "no_sender", "Nobody wrote here by mail.")
	}
	if conv, err = d.PutAway(tx, by, c, TraySpam, customer.Blocked); err != nil {
		return conv, err
	}
	return conv, d.tellBlocked(tx, by, c, true)
}

// Unblock lets an address write like everybody else again. What lies in spam
// stays there until it is brought out.
func (d *Desk) Unblock(tx *store.Tx, by Actor, address string) error {
	rule, err := customer.RuleFor(tx, by.Shop, address)
	if err != nil || rule != customer.Blocked {
		return err
	}
	if err := customer.Learn(tx, by.Shop, address, customer.NoRule, by.Person, d.Clock.Now()); err != nil {
		return err
	}
	return d.tellBlocked(tx, by, 0, false)
}

func (d *Desk) tellBlocked(tx *store.Tx, by Actor, c id.Conversation, on bool) error {
	return d.Log.Append(tx, event.Event{
		Shop: by.Shop, Kind: event.SenderBlocked, Conversation: c, Person: by.Person,
	}.With(map[string]any{"on": on}))
}
