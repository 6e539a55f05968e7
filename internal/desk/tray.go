package desk

import (
	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Rescue brings a conversation out of "to sort", spam or courtesy: it is a
// customer's after all, and owed an answer since it arrived.
func (d *Desk) Rescue(tx *store.Tx, by Actor, c id.Conversation) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		if conv.Tray == TrayMain {
			return nil
		}
		from := conv.Tray
		if err := d.forgetRule(tx, by, conv); err != nil {
			return err
		}
		if err := d.waiveKind(tx, conv, promise.Courtesy, by, "rescued"); err != nil {
			return err
		}
		conv.Tray = TrayMain
		_, _, err := d.Ledger.OpenAnswer(tx, promise.Owed{
			Shop: conv.Shop, Conversation: c, Channel: conv.Channel, Since: conv.LastMessageAt, Message: conv.LastMessage,
		})
		if err != nil {
			return err
		}
		return d.moved(tx, conv, from, by)
	})
}

// PutAway moves a conversation to a tray and remembers what that says of its
// sender: a spammer, or somebody who never waits for an answer. What was owed
// is waived with that reason.
func (d *Desk) PutAway(tx *store.Tx, by Actor, c id.Conversation, tray Tray, rule customer.SenderRule) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		from := conv.Tray
		address, err := d.senderOf(tx, conv)
		if err != nil {
			return err
		}
		if address != "" && rule != customer.NoRule {
			if err := customer.Learn(tx, conv.Shop, address, rule, by.Person, d.Clock.Now()); err != nil {
				return err
			}
		}
		for _, k := range []promise.Kind{promise.Answer, promise.Courtesy} {
			if err := d.waiveKind(tx, conv, k, by, string(rule)); err != nil {
				return err
			}
		}
		conv.Tray, conv.State = tray, StateClosed
		return d.moved(tx, conv, from, by)
	})
}

var sortLeft = store.SQL(`select count(*) from conversation where shop_id = $1 and tray = 'sort' and tray <> 'main' and state <> 'closed'`)

// Sorted says that a conversation of the "to sort" tray was looked at and
// needs nothing. The last one keeps the tray's promise of the day.
func (d *Desk) Sorted(tx *store.Tx, by Actor, c id.Conversation) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		if conv.Tray != TraySort {
			return fault.New(fault.Conflict, "not_to_sort", "It does not lie in the tray to sort.")
		}
		conv.State = StateClosed
		return d.tell(tx, conv, event.ConversationClosed, by)
	})
}

// leftSort keeps the promise of the "to sort" tray when a conversation that
// lay there was the last. The promise is held before the tray is counted:
// otherwise of two people who empty it at once neither would see it empty.
func (d *Desk) leftSort(tx *store.Tx, before Tray, now *Conversation, by id.Person) error {
	if before != TraySort || now.Tray == TraySort && now.State != StateClosed {
		return nil
	}
	owed, err := promise.HoldSort(tx, now.Shop)
	if err != nil || !owed {
		return err
	}
	n, err := store.One[int64](tx, sortLeft, now.Shop)
	if err != nil || n > 0 {
		return err
	}
	return d.Ledger.SortDone(tx, now.Shop, by)
}

func (d *Desk) waiveKind(tx *store.Tx, conv *Conversation, k promise.Kind, by Actor, reason string) error {
	open, err := promise.OpenOf(tx, conv.ID)
	if err != nil {
		return err
	}
	for _, p := range open {
		if p.Kind != k {
			continue
		}
		if err := d.Ledger.Waive(tx, p, by.Person, reason); err != nil {
			return err
		}
	}
	return nil
}

var newestSender = store.SQL(`
	select from_address from message where conversation_id = $1 and direction = 'in' and from_address <> '' order by id desc limit 1`)

func (d *Desk) senderOf(tx *store.Tx, conv *Conversation) (string, error) {
	address, _, err := store.Maybe[string](tx, newestSender, conv.ID)
	return address, err
}

func (d *Desk) forgetRule(tx *store.Tx, by Actor, conv *Conversation) error {
	address, err := d.senderOf(tx, conv)
	if err != nil || address == "" {
		return err
	}
	return customer.Learn(tx, conv.Shop, address, customer.NoRule, by.Person, d.Clock.Now())
}

func (d *Desk) moved(tx *store.Tx, conv *Conversation, from Tray, by Actor) error {
	return d.Log.Append(tx, event.Event{
		Shop: conv.Shop, Kind: event.TrayMoved, Conversation: conv.ID, Person: by.Person,
	}.With(map[string]any{"from": from, "to": conv.Tray}))
}
