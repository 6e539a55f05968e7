package promise

import (
	"fmt"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Hours tells a shop's opening hours and the delay it announces on a channel.
type Hours func(tx *store.Tx, shop id.Shop, channel string) (calendar.Hours, calendar.Delay, error)

// Ledger is where promises are opened, kept and ended.
type Ledger struct {
	Log   *event.Log
	Clock clock.Clock
	Hours Hours
}

// Owed describes what is owed and since when.
type Owed struct {
	Shop         id.Shop
	Conversation id.Conversation
	Channel      string
	Kind         Kind
	Title        string
	Basis        Basis
	Since        time.Time // when the wait began: arrival, never our reading time (I5)
	DueAt        time.Time // zero: computed from the shop's delay
	Person       id.Person // in charge by choice
	Message      id.Message
	Reopens      id.Promise
	holdings     int
}

// OpenAnswer opens the conversation's answer promise for a message, or joins
// the open one: its due time stays, the list of messages grows. joined tells
// which. It runs under the conversation's lock.
func (l *Ledger) OpenAnswer(tx *store.Tx, o Owed) (p Promise, joined bool, err error) {
	o.Kind, o.Basis = Answer, Policy
	p, joined, err = openOf(tx, o.Conversation)
	if err != nil {
		return p, joined, err
	}
	if !joined {
		if p, err = l.Open(tx, o); err != nil {
			return p, false, err
		}
	}
	if _, err := store.Exec(tx, coverMessage, p.ID, o.Message, o.Since); err != nil {
		return p, joined, err
	}
	if joined {
		err = l.tell(tx, p, event.PromiseJoined, 0, o.Message)
	}
	return p, joined, err
}

// Open opens a promise. Without DueAt the shop's delay on the channel decides.
func (l *Ledger) Open(tx *store.Tx, o Owed) (Promise, error) {
	p, opened, err := l.open(tx, o, insertPromise)
	if err == nil && !opened {
		err = fmt.Errorf("open promise: %w", store.ErrNone)
	}
	return p, err
}

func (l *Ledger) open(tx *store.Tx, o Owed, insert store.Statement) (_ Promise, opened bool, err error) {
	hours, delay, err := l.Hours(tx, o.Shop, o.Channel)
	if err != nil {
		return Promise{}, false, fmt.Errorf("hours of shop %d: %w", o.Shop, err)
	}
	if o.DueAt.IsZero() {
		o.DueAt = delay.Due(hours, o.Since)
	}
	p := Promise{
		Shop: o.Shop, Conversation: o.Conversation, Kind: o.Kind, Title: o.Title, Basis: o.Basis,
		DueAt: o.DueAt.UTC(), NearAt: calendar.Near(o.DueAt, o.Since, hours).UTC(), OpenedAt: o.Since.UTC(),
		State: Open, Person: o.Person, Message: o.Message, Reopens: o.Reopens, Holdings: o.holdings,
	}
	if !p.Kind.Ours() { // its time is the reminder's, not a warning before
		p.NearAt = p.DueAt
	}
	p.ID, opened, err = store.Maybe[id.Promise](tx, insert, p.Shop, p.Conversation, p.Kind, p.Title, p.Basis,
		p.DueAt, p.NearAt, p.OpenedAt, p.Person, p.Reopens, p.Message, p.Holdings)
	if err != nil || !opened {
		if err != nil {
			err = fmt.Errorf("open promise: %w", err)
		}
		return p, opened, err
	}
	return p, opened, l.tell(tx, p, event.PromiseOpened, 0, p.Message)
}

// OpenSort opens the shop's one promise to look through the "to sort" tray,
// unless it is open already.
func (l *Ledger) OpenSort(tx *store.Tx, shop id.Shop, since time.Time) error {
	_, found, err := store.Maybe[Promise](tx, selectOpenOfSort, shop)
	if err != nil || found {
		return err
	}
	_, _, err = l.open(tx, Owed{Shop: shop, Channel: "mail", Kind: Sort, Basis: Policy, Since: since}, insertUnlessOpen)
	return err
}

// HoldSort tells whether the shop owes a look through its "to sort" tray, and
// holds that promise until the transaction ends.
func HoldSort(tx *store.Tx, shop id.Shop) (owed bool, err error) {
	_, owed, err = store.Maybe[Promise](tx, selectOpenOfSort, shop)
	return owed, err
}

// OpenCourtesy opens a promise to look at a "thank you", one a conversation.
func (l *Ledger) OpenCourtesy(tx *store.Tx, o Owed) error {
	open, err := OpenOf(tx, o.Conversation)
	if err != nil || slices.ContainsFunc(open, func(p Promise) bool { return p.Kind == Courtesy }) {
		return err
	}
	o.Kind, o.Basis = Courtesy, Policy
	_, err = l.Open(tx, o)
	return err
}

// PassCourtesy passes the open "thank you" of a conversation on to the answer
// that is owed there now.
func (l *Ledger) PassCourtesy(tx *store.Tx, to Promise) error {
	return l.endCourtesy(tx, to.Conversation, ending{state: Passed, passedTo: to.ID})
}

func (l *Ledger) endCourtesy(tx *store.Tx, c id.Conversation, end ending) error {
	open, err := OpenOf(tx, c)
	if err != nil {
		return err
	}
	for _, p := range open {
		if p.Kind != Courtesy {
			continue
		}
		if err := l.close(tx, p, end); err != nil {
			return err
		}
	}
	return nil
}

func (l *Ledger) tell(tx *store.Tx, p Promise, k event.Kind, by id.Person, m id.Message) error {
	return l.Log.Append(tx, event.Event{
		Shop: p.Shop, Kind: k, Conversation: p.Conversation, Promise: p.ID, Person: by, Message: m,
	}.With(map[string]any{"kind": p.Kind, "due_at": p.DueAt, "basis": p.Basis}))
}
