package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Close puts a conversation away. While something is owed it refuses: nothing
// is closed by silence; answer, or waive with a reason.
func (d *Desk) Close(tx *store.Tx, by Actor, c id.Conversation) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		if !conv.NextDueAt.IsZero() {
			return fault.New(fault.Conflict, "owed", "Something is still owed here: answer, or classify without an answer and say why.")
		}
		if conv.State == StateClosed {
			return nil
		}
		conv.State = StateClosed
		return d.tell(tx, conv, event.ConversationClosed, by)
	})
}

// Reopen owes an answer again: what a person had waived with its old due time,
// else the newest message from now on.
func (d *Desk) Reopen(tx *store.Tx, by Actor, c id.Conversation) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		if !conv.NextDueAt.IsZero() {
			return nil
		}
		resumed, err := d.Ledger.Resume(tx, conv.ID, conv.Channel)
		if err == nil && !resumed {
			_, _, err = d.Ledger.OpenAnswer(tx, promise.Owed{
				Shop: conv.Shop, Conversation: conv.ID, Channel: conv.Channel, Since: d.Clock.Now(), Message: conv.LastMessage,
			})
		}
		if err != nil {
			return err
		}
		conv.Tray = TrayMain
		return d.tell(tx, conv, event.ConversationReopened, by)
	})
}

// Wait says that the customer is expected to write next; only while nothing is
// owed. They are reminded on the third and the seventh open day; any message of
// theirs ends the wait, and else it ends as no news.
func (d *Desk) Wait(tx *store.Tx, by Actor, c id.Conversation) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		if !conv.NextDueAt.IsZero() {
			return fault.New(fault.Conflict, "owed", "Something is still owed here.")
		}
		if conv.State == StateWaiting {
			return nil
		}
		conv.State = StateWaiting
		_, err := d.Ledger.OpenWait(tx, promise.Owed{
			Shop: conv.Shop, Conversation: conv.ID, Channel: conv.Channel, Since: d.Clock.Now(), Message: conv.LastMessage,
		})
		if err != nil {
			return err
		}
		return d.tell(tx, conv, event.ConversationClosed, by)
	})
}

// errReading: the draft would wait for ever for somebody who is done with it.
var errReading = fault.New(fault.Conflict, "reading", "A second reading ends by sending the draft, returning it or taking it back.")

// Waive ends one promise of a conversation without an answer, with a reason
// that stays on record.
func (d *Desk) Waive(tx *store.Tx, by Actor, c id.Conversation, p id.Promise, reason string) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		owed, err := promise.Get(tx, p)
		if err != nil || owed.Conversation != c {
			return fault.Missing("promise")
		}
		if owed.Kind == promise.Answer {
			conv.Reminders = 0
		}
		if owed.Kind == promise.Reading {
			return errReading
		}
		return d.Ledger.Waive(tx, owed, by.Person, reason)
	})
}

// Done says that a promise outside an answer was fulfilled: the call was made,
// the lead decided. unreachable says that nobody could be reached instead,
// which ends a call-back and is counted apart.
func (d *Desk) Done(tx *store.Tx, by Actor, c id.Conversation, p id.Promise, unreachable bool) (Conversation, error) {
	return d.act(tx, by, c, func(*Conversation) error {
		owed, err := promise.Get(tx, p)
		if err != nil || owed.Conversation != c {
			return fault.Missing("promise")
		}
		if owed.Kind == promise.Answer {
			return fault.New(fault.Conflict, "answer_owed", "An answer is kept by answering.")
		}
		if owed.Kind == promise.Reading {
			return errReading
		}
		if unreachable {
			if owed.Kind != promise.CallBack {
				return fault.Wrong("unreachable", "Only a call can fail to reach somebody.")
			}
			return d.Ledger.End(tx, owed, by.Person, promise.Unreachable)
		}
		return d.Ledger.Done(tx, owed, by.Person)
	})
}

// Escalate passes a question to the lead by one gesture (P32).
func (d *Desk) Escalate(tx *store.Tx, by Actor, c id.Conversation, lead id.Person, question string) (Conversation, error) {
	return d.act(tx, by, c, func(conv *Conversation) error {
		question = strings.TrimSpace(question)
		if question == "" {
			return fault.Wrong("question", "Say what the lead should decide.")
		}
		open, err := promise.OpenOf(tx, c)
		if err != nil || slices.ContainsFunc(open, func(p promise.Promise) bool { return p.Kind == promise.Lead && p.Title == question }) {
			return err // a second press
		}
		conv.Tray, conv.SnoozedUntil = TrayMain, time.Time{}
		_, err = d.Ledger.Escalate(tx, promise.Owed{
			Shop: conv.Shop, Conversation: c, Channel: conv.Channel, Title: question, Person: lead,
		})
		return err
	})
}

func (d *Desk) tell(tx *store.Tx, c *Conversation, k event.Kind, by Actor) error {
	return d.Log.Append(tx, event.Event{Shop: c.Shop, Kind: k, Conversation: c.ID, Person: by.Person})
}
