package desk

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Snooze takes a conversation out of sight until then. It never moves a due
// time: past the first one a holding answer is required. The zero time wakes it.
func (d *Desk) Snooze(tx *store.Tx, by Actor, c id.Conversation, until time.Time) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		if !until.IsZero() && !until.After(d.Clock.Now()) {
			return fault.Wrong("until", "The time must lie ahead.")
		}
		if !until.IsZero() && !conv.NextDueAt.IsZero() && until.After(conv.NextDueAt) {
			return fault.New(fault.Conflict, "past_due", "An answer is due before that; give the customer a date by a holding answer.")
		}
		conv.SnoozedUntil, conv.UntilAnswer = until, false
		kind := event.ConversationSnoozed
		if until.IsZero() {
			kind = event.ConversationWoken
		}
		return d.Log.Append(tx, event.Event{
			Shop: conv.Shop, Kind: kind, Conversation: conv.ID, Person: by.Person,
		}.With(map[string]any{"until": until}))
	})
}

// aLongTime is how far off a snooze without an end lies.
const aLongTime = 10 * 365 * 24 * time.Hour

// SnoozeUntilAnswer takes a conversation out of sight until the customer
// writes. While something is owed it comes back before, when its due time comes
// near: a snooze hides no due time.
func (d *Desk) SnoozeUntilAnswer(tx *store.Tx, by Actor, c id.Conversation) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		now := d.Clock.Now()
		until := now.Add(aLongTime)
		if !conv.NextDueAt.IsZero() {
			until = conv.NearAt
		}
		if !until.After(now) {
			return fault.New(fault.Conflict, "past_due", "An answer is due before that; give the customer a date by a holding answer.")
		}
		conv.SnoozedUntil, conv.UntilAnswer = until, true
		return d.Log.Append(tx, event.Event{
			Shop: conv.Shop, Kind: event.ConversationSnoozed, Conversation: conv.ID, Person: by.Person,
		}.With(map[string]any{"until": until, "until_answer": true}))
	})
}

var selectSnoozeOver = store.SQL(`
	select id from conversation where snoozed_until is not null and snoozed_until <= $1 order by snoozed_until, id limit $2`)

// WakeSnoozed brings back what was snoozed until now, in chunks.
func (d *Desk) WakeSnoozed(ctx context.Context) error {
	const chunk = 100
	for {
		var due []id.Conversation
		err := d.DB.InTx(ctx, func(tx *store.Tx) error {
			var err error
			if due, err = store.All[id.Conversation](tx, selectSnoozeOver, d.Clock.Now(), chunk); err != nil {
				return err
			}
			for _, c := range due {
				if err := d.wake(tx, c); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(due) < chunk {
			return err
		}
	}
}

func (d *Desk) wake(tx *store.Tx, c id.Conversation) error {
	_, err := d.Change(tx, c, func(conv *Conversation) error {
		conv.SnoozedUntil = time.Time{}
		return d.Log.Append(tx, event.Event{Shop: conv.Shop, Kind: event.ConversationWoken, Conversation: c})
	})
	return err
}
