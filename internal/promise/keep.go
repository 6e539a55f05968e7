package promise

import (
	"fmt"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Answered says that the channel accepted an answer.
type Answered struct {
	Conversation id.Conversation
	Channel      string
	SeenThrough  id.Message   // the newest message its author had on screen
	Unseen       []id.Message // older ones that were not: a merge brought them in later
	SeenUntil    time.Time    // instead, of an answer found in the Sent folder: what had arrived by then
	By           id.Person
	Delivery     id.Delivery
	At           time.Time
}

// Keep keeps the conversation's answer promise for the messages that the
// author had seen (I2). Messages after them pass to a new promise, due from
// the first of them. Without an open answer promise nothing happens.
func (l *Ledger) Keep(tx *store.Tx, a Answered) error {
	if err := l.endCourtesy(tx, a.Conversation, ending{state: Kept, by: a.By, at: a.At, delivery: a.Delivery}); err != nil {
		return err
	}
	p, found, err := openOf(tx, a.Conversation)
	if err != nil || !found {
		return err
	}
	covers, err := store.All[cover](tx, selectCoversOf, p.ID)
	if err != nil {
		return err
	}
	later := slices.DeleteFunc(slices.Clone(covers), a.saw)
	if len(covers) > 0 && len(later) == len(covers) { // it answers none of them
		return nil
	}
	if err := l.close(tx, p, ending{state: Kept, by: a.By, at: a.At, delivery: a.Delivery}); err != nil {
		return err
	}
	if len(later) == 0 {
		return nil
	}
	next, err := l.Open(tx, Owed{
		Shop: p.Shop, Conversation: p.Conversation, Channel: a.Channel, Kind: Answer, Basis: Policy,
		Since: later[0].ArrivedAt, Message: later[0].Message, Person: p.Person,
	})
	if err != nil {
		return err
	}
	for _, c := range later {
		if _, err := store.Exec(tx, moveCover, p.ID, next.ID, c.Message); err != nil {
			return err
		}
	}
	return nil
}

// saw tells whether the answer's author had a message on screen.
func (a Answered) saw(c cover) bool {
	if !a.SeenUntil.IsZero() {
		return !c.ArrivedAt.After(a.SeenUntil)
	}
	return c.Message <= a.SeenThrough && !slices.Contains(a.Unseen, c.Message)
}

// Hold passes the answer promise on to a date that a holding answer gave
// (P03): once, at most three open days ahead; again only by a lead.
func (l *Ledger) Hold(tx *store.Tx, a Answered, until time.Time) error {
	p, found, err := openOf(tx, a.Conversation)
	if err != nil || !found {
		return err
	}
	if until, err = l.dueOfUnseen(tx, p, a, until); err != nil {
		return err
	}
	next, err := l.passOn(tx, p, Owed{
		Shop: p.Shop, Conversation: p.Conversation, Channel: a.Channel, Kind: Answer, Basis: Word, Since: a.At,
		DueAt: until, Person: p.Person, Message: p.Message, holdings: p.Holdings + 1,
	}, ending{state: Passed, by: a.By, at: a.At, delivery: a.Delivery})
	if err != nil {
		return err
	}
	_, err = store.Exec(tx, copyCover, p.ID, next.ID)
	return err
}

// dueOfUnseen pulls a date forward when a message that the author hadn't seen
// is due an answer before it: the date was not given for that one.
func (l *Ledger) dueOfUnseen(tx *store.Tx, p Promise, a Answered, until time.Time) (time.Time, error) {
	covers, err := store.All[cover](tx, selectCoversOf, p.ID)
	if err != nil {
		return until, err
	}
	hours, delay, err := l.Hours(tx, p.Shop, a.Channel)
	if err != nil {
		return until, err
	}
	for _, c := range covers {
		if due := delay.Due(hours, c.ArrivedAt); !a.saw(c) && due.Before(until) {
			until = due
		}
	}
	return until, nil
}

// HoldingLimit is the latest date a holding answer may give: three open days.
const HoldingLimit = 3

// MayHold checks a holding answer before it is sent.
func (l *Ledger) MayHold(tx *store.Tx, c id.Conversation, channel string, until time.Time, lead bool) error {
	p, found, err := openOf(tx, c)
	if err != nil {
		return err
	}
	return l.holds(tx, p, found, channel, until, lead)
}

// MightHold is MayHold for who only looks, and holds nothing.
func (l *Ledger) MightHold(tx *store.Tx, c id.Conversation, channel string, until time.Time, lead bool) error {
	all, err := Of(tx, c)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(p Promise) bool { return p.Kind == Answer && p.State == Open })
	if at < 0 {
		return l.holds(tx, Promise{}, false, channel, until, lead)
	}
	return l.holds(tx, all[at], true, channel, until, lead)
}

func (l *Ledger) holds(tx *store.Tx, p Promise, found bool, channel string, until time.Time, lead bool) error {
	if !found {
		return fault.New(fault.Conflict, "nothing_owed", "No answer is owed here, so there is nothing to hold.")
	}
	if p.Holdings > 0 && !lead {
		return fault.New(fault.Forbidden, "held_before", "A holding answer was given already; a second one is the lead's to give.")
	}
	hours, _, err := l.Hours(tx, p.Shop, channel)
	if err != nil {
		return err
	}
	now := l.Clock.Now()
	if !until.After(now) {
		return fault.Wrong("holding_until", "The date must lie ahead.")
	}
	if until.After(hours.AddOpenDays(now, HoldingLimit)) {
		return fault.Wrong("holding_until", "At most three open days ahead.")
	}
	return nil
}

// passOn closes p as passed and opens its successor in one step: the unique
// index allows one open answer promise a conversation.
func (l *Ledger) passOn(tx *store.Tx, p Promise, o Owed, end ending) (Promise, error) {
	if err := l.close(tx, p, end); err != nil {
		return Promise{}, err
	}
	next, err := l.Open(tx, o)
	if err != nil {
		return next, err
	}
	_, err = store.Exec(tx, setPassedTo, p.ID, next.ID)
	return next, err
}

var setPassedTo = store.SQL(`update promise set passed_to = $2 where id = $1`)

// ending says how a promise ends.
type ending struct {
	state    State
	cause    string
	reason   string
	by       id.Person
	at       time.Time
	delivery id.Delivery
	passedTo id.Promise
}

var endings = map[State]event.Kind{
	Kept: event.PromiseKept, Waived: event.PromiseWaived, Passed: event.PromisePassed, Ended: event.PromiseEnded,
}

func (l *Ledger) close(tx *store.Tx, p Promise, e ending) error {
	if e.at.IsZero() {
		e.at = l.Clock.Now()
	}
	n, err := store.Exec(tx, closePromise, p.ID, e.state, e.cause, e.reason, e.at, e.by, e.passedTo, e.delivery)
	if err != nil {
		return fmt.Errorf("close promise %d: %w", p.ID, err)
	}
	if n == 0 { // a finished promise never changes
		return nil
	}
	return l.tell(tx, p, endings[e.state], e.by, 0)
}
