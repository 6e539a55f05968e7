package desk

import (
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Class is what a conversation is about.
type Class struct {
	Reason  id.Reason // none: not said
	Product string
	Cause   string
}

// ClassOf is what a conversation is about now.
func (c Conversation) ClassOf() Class { return Class{c.Reason, c.Product, c.Cause} }

// Classify says why the customer writes, about which product and from which
// cause. A reason that was archived stays where it is and is given no more.
func (d *Desk) Classify(tx *store.Tx, by Actor, c id.Conversation, to Class) (Conversation, error) {
	var err error
	if to.Product, err = label.Word("product", to.Product); err != nil {
		return Conversation{}, err
	}
	if to.Cause, err = label.Word("cause", to.Cause); err != nil {
		return Conversation{}, err
	}
	return d.act(tx, by, c, func(conv *Conversation) error {
		before := conv.ClassOf()
		if before == to {
			return nil
		}
		if to.Reason != 0 && to.Reason != before.Reason {
			usable, err := label.UsableReason(tx, conv.Shop, to.Reason)
			if err != nil {
				return err
			}
			if !usable {
				return fault.Wrong("reason", "This reason is not in use.")
			}
		}
		for what, word := range map[string]string{label.Product: to.Product, label.Cause: to.Cause} {
			if err := label.Used(tx, conv.Shop, what, word, d.Clock.Now()); err != nil {
				return err
			}
		}
		conv.Reason, conv.Product, conv.Cause = to.Reason, to.Product, to.Cause
		return d.changed(tx, conv, by, "reason", map[string]any{"to": to.Reason})
	})
}

// changed tells that something noted of a conversation is another now.
func (d *Desk) changed(tx *store.Tx, c *Conversation, by Actor, what string, facts map[string]any) error {
	if facts == nil {
		facts = map[string]any{}
	}
	facts["what"] = what
	return d.Log.Append(tx, event.Event{
		Shop: c.Shop, Kind: event.ConversationChanged, Conversation: c.ID, Person: by.Person,
	}.With(facts))
}
