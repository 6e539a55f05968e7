package delivery

import (
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var resetForRetry = store.SQL(`
	update delivery set state = 'queued', not_before = $2, next_at = null, finished_at = null, scheduled = false,
		accepted_at = case when state = 'hard' then null else accepted_at end -- what bounced counts as never accepted
	where id = $1`)

// Undo calls back a mail that hasn't left yet.
func (p *Post) Undo(tx *store.Tx, by desk.Actor, d id.Delivery) (Delivery, error) {
	found, err := p.own(tx, by, d)
	if err != nil {
		return found, err
	}
	if found.State == Undone {
		return found, nil
	}
	if found.State != Queued || found.Attempts > 0 || !found.NotBefore.After(p.Clock.Now()) {
		return found, fault.New(fault.Conflict, "too_late", "It has left already.")
	}
	return found, p.end(tx, found, Undone, "", event.DeliveryUndone, by.Person)
}

// outdated is why a mail that names a date doesn't leave any more.
const outdated = "outdated"

func (d Delivery) outdated(now time.Time) bool {
	return !d.NotAfter.IsZero() && !d.NotAfter.After(now)
}

// customerWrote is why an answer is held that its author would write otherwise
// by now.
const customerWrote = "customer_wrote"

// stopped: a held answer stops once when the customer wrote after what its
// author had on screen (I4); whoever presses again has read it.
func (p *Post) stopped(tx *store.Tx, d Delivery) (bool, error) {
	if d.State != Held || d.Kind != Answer || d.Conversation == 0 || d.Detail == customerWrote {
		return false, nil
	}
	c, err := desk.Get(tx, d.Conversation)
	if err != nil || c.LastIn <= d.SeenThrough {
		return false, err
	}
	return true, p.setHeld(tx, d, customerWrote)
}

// Retry sends again, by a person's hand, what was held, failed or is uncertain.
// An answer that stays held says why in its Detail.
func (p *Post) Retry(tx *store.Tx, by desk.Actor, d id.Delivery) (Delivery, error) {
	found, err := p.own(tx, by, d)
	if err != nil {
		return found, err
	}
	if found.State != Held && found.State != Hard && found.State != Uncertain && found.State != Soft {
		return found, fault.New(fault.Conflict, "not_stuck", "It is on its way or has arrived.")
	}
	if found.outdated(p.Clock.Now()) {
		return found, fault.New(fault.Conflict, outdated, "It names a date that has passed; sent now it would be untrue. Cancel it, and answer instead.")
	}
	if stopped, err := p.stopped(tx, found); err != nil || stopped {
		found.Detail = customerWrote
		return found, err
	}
	now := p.Clock.Now()
	if _, err := store.Exec(tx, resetForRetry, d, now); err != nil {
		return found, err
	}
	if _, err := store.Exec(tx, waitAgain, d); err != nil {
		return found, err
	}
	found.State = Queued
	if err := p.enqueue(tx, found, now); err != nil {
		return found, err
	}
	return found, p.tell(tx, found, event.DeliveryQueued, by.Person)
}

var waitAgain = store.SQL(`
	update delivery_recipient set state = 'waiting' where delivery_id = $1 and state <> 'accepted'`)

// Cancel gives up a mail that is held or failed, with a reason. What it would
// have kept stays owed.
func (p *Post) Cancel(tx *store.Tx, by desk.Actor, d id.Delivery, reason string) (Delivery, error) {
	found, err := p.own(tx, by, d)
	if err != nil {
		return found, err
	}
	if strings.TrimSpace(reason) == "" {
		return found, fault.Wrong("reason", "Say why it is not sent.")
	}
	arrived := found.State == Soft && !found.AcceptedAt.IsZero() // only a copy still waits
	if found.State != Held && found.State != Hard && found.State != Soft || arrived {
		return found, fault.New(fault.Conflict, "not_stuck", "It is on its way or has arrived.")
	}
	return found, p.end(tx, found, Undone, reason, event.DeliveryUndone, by.Person)
}

func (p *Post) own(tx *store.Tx, by desk.Actor, d id.Delivery) (Delivery, error) {
	found, err := store.One[Delivery](tx, selectDelivery, d)
	if err != nil || found.Shop != by.Shop {
		return Delivery{}, fault.Missing("delivery")
	}
	if found.Conversation != 0 { // conversation → promise → delivery
		if _, err := desk.Lock(tx, found.Conversation); err != nil {
			return Delivery{}, err
		}
	}
	return store.One[Delivery](tx, lockDelivery, d)
}

func (p *Post) end(tx *store.Tx, d Delivery, s State, why string, k event.Kind, by id.Person) error {
	if d.Message != 0 { // promise → delivery is the order of locks; both hang on the conversation's
		if err := p.Desk.Ledger.VoidProposed(tx, d.Message); err != nil {
			return err
		}
	}
	if _, err := store.Exec(tx, moveTo, d.ID, s, why, time.Time{}, 0, p.Clock.Now()); err != nil {
		return err
	}
	return p.tell(tx, d, k, by)
}

// Bounced takes in what a bounce or delay notice reports on a mail of ours. A
// failure for the customer's address opens again what the mail had kept, with
// its old due time. It runs under no lock of the caller's but the
// conversation's.
func (p *Post) Bounced(tx *store.Tx, shop id.Shop, reports []mime.Report) error {
	for _, r := range reports {
		if r.OriginalMessageID == "" || (r.Action != "failed" && r.Action != "") {
			continue
		}
		d, found, err := store.Maybe[Delivery](tx, selectByRFC, r.OriginalMessageID)
		if err != nil {
			return err
		}
		if found && d.Shop == shop {
			if err := p.bounced(tx, d, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Post) bounced(tx *store.Tx, d Delivery, r mime.Report) error {
	all, err := Recipients(tx, d.ID)
	if err != nil {
		return err
	}
	customers := false
	for _, rcpt := range all {
		if r.Recipient != "" && !strings.EqualFold(rcpt.Address, r.Recipient) && len(all) > 1 {
			continue
		}
		if rcpt.State == "bounced" { // a second notice of the same
			continue
		}
		customers = customers || rcpt.Customer
		if _, err := store.Exec(tx, setRecipient, d.ID, rcpt.Address, "bounced", 0, r.Status, ""); err != nil {
			return err
		}
	}
	if !customers {
		return nil
	}
	if d.Conversation != 0 && d.Kind == Answer {
		_, err := p.Desk.Change(tx, d.Conversation, func(c *desk.Conversation) error {
			reopened, err := p.Desk.Ledger.Reopen(tx, d.ID)
			if len(reopened) > 0 {
				c.Tray = desk.TrayMain
			}
			if err != nil || d.Message == 0 {
				return err
			}
			return p.Desk.Ledger.VoidProposed(tx, d.Message) // and the conversation is due by what is left
		})
		if err != nil {
			return err
		}
	}
	return p.end(tx, d, Hard, "bounced "+r.Status, event.DeliveryFailed, 0)
}
