package promise

import (
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Waive ends a promise without an answer, by a person, with a reason. An
// already finished promise stays as it is.
func (l *Ledger) Waive(tx *store.Tx, p Promise, by id.Person, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.Wrong("reason", "Say why no answer is needed.")
	}
	return l.close(tx, p, ending{state: Waived, by: by, reason: reason})
}

// Done keeps a promise that a person fulfilled outside an answer: the call was
// made, the parcel sent, the tray sorted.
func (l *Ledger) Done(tx *store.Tx, p Promise, by id.Person) error {
	return l.close(tx, p, ending{state: Kept, by: by})
}

// Why a promise ended without being kept, each counted apart.
const (
	Unreachable = "unreachable" // we called, nobody answered
	Unconfirmed = "unconfirmed" // an assistant's answer was neither accepted nor refused
	NoNews      = "no_news"     // the customer didn't write after all
)

// End ends a promise for a stated cause. An answer, and what the law asks, end
// by no news never.
func (l *Ledger) End(tx *store.Tx, p Promise, by id.Person, cause string) error {
	if cause == NoNews && (p.Kind == Answer || p.Ringing()) {
		return fault.New(fault.Forbidden, "still_owed", "An answer is owed until it is given or waived.")
	}
	return l.close(tx, p, ending{state: Ended, cause: cause, by: by})
}

// Escalate passes a question to the lead: a promise of the lead's own, due
// within two open hours; the customer's promise stays.
func (l *Ledger) Escalate(tx *store.Tx, o Owed) (Promise, error) {
	hours, _, err := l.Hours(tx, o.Shop, o.Channel)
	if err != nil {
		return Promise{}, err
	}
	now := l.Clock.Now()
	o.Kind, o.Basis, o.Since = Lead, Policy, now
	o.DueAt = hours.Add(now, 2*time.Hour)
	return l.Open(tx, o)
}

// Resume opens an answer promise again that a person had waived, with its old
// due time and messages. Without one it opens nothing and says so.
func (l *Ledger) Resume(tx *store.Tx, c id.Conversation, channel string) (found bool, err error) {
	old, found, err := store.Maybe[Promise](tx, selectLastAnswer, c)
	if err != nil || !found || old.State != Waived {
		return false, err
	}
	p, err := l.Open(tx, Owed{
		Shop: old.Shop, Conversation: c, Channel: channel, Kind: Answer, Basis: old.Basis, Since: old.OpenedAt, DueAt: old.DueAt,
		Person: old.Person, Message: old.Message, Reopens: old.ID, holdings: old.Holdings,
	})
	if err != nil {
		return false, err
	}
	_, err = store.Exec(tx, copyCover, old.ID, p.ID)
	return true, err
}

// ResumeCourtesy opens again, once, a courtesy promise that was waived, with
// its old due time; else it opens nothing and says so. A further one that is
// open in the conversation has taken its place.
func (l *Ledger) ResumeCourtesy(tx *store.Tx, old Promise, channel string) (resumed bool, err error) {
	if old.Kind != Courtesy || old.State != Waived {
		return false, nil
	}
	all, err := Of(tx, old.Conversation)
	if err != nil {
		return false, err
	}
	for _, p := range all {
		if p.Reopens == old.ID || p.Kind == Courtesy && p.State == Open {
			return false, nil
		}
	}
	_, err = l.Open(tx, Owed{
		Shop: old.Shop, Conversation: old.Conversation, Channel: channel, Kind: Courtesy, Basis: old.Basis, Since: old.OpenedAt,
		DueAt: old.DueAt, Person: old.Person, Message: old.Message, Reopens: old.ID, holdings: old.Holdings,
	})
	return err == nil, err
}

// readTime is how long a colleague has for a second reading, in open time.
const readTime = 15 * time.Minute

// AskReading has a colleague look at a draft within 15 open minutes: a promise
// of the reader's own; the customer's stays.
func (l *Ledger) AskReading(tx *store.Tx, o Owed) (Promise, error) {
	hours, _, err := l.Hours(tx, o.Shop, o.Channel)
	if err != nil {
		return Promise{}, err
	}
	now := l.Clock.Now()
	o.Kind, o.Basis, o.Since = Reading, Policy, now
	o.DueAt = hours.Add(now, readTime)
	return l.Open(tx, o)
}

var selectLastAnswer = store.SQL(`select ` + columns + ` from promise where conversation_id = $1 and kind = 'answer' order by id desc limit 1`)

// Reopen opens again what a delivery had kept or passed on, with the old due
// time: its mail came back, so the customer has nothing (I2). When an answer
// promise is open already, that one takes over the messages.
func (l *Ledger) Reopen(tx *store.Tx, d id.Delivery) (reopened []Promise, err error) {
	old, err := store.All[Promise](tx, selectOfDelivery, d)
	if err != nil {
		return nil, err
	}
	for _, p := range old {
		if p.Kind != Answer {
			continue
		}
		open, found, err := openOf(tx, p.Conversation)
		if err != nil {
			return nil, err
		}
		if !found {
			open, err = l.Open(tx, Owed{
				Shop: p.Shop, Conversation: p.Conversation, Channel: "mail", Kind: Answer, Basis: p.Basis,
				Since: p.OpenedAt, DueAt: p.DueAt, Person: p.Person, Message: p.Message, Reopens: p.ID, holdings: p.Holdings,
			})
			if err != nil {
				return nil, err
			}
		} else if err := l.takeEarlierDue(tx, open, p.DueAt); err != nil {
			return nil, err
		}
		if _, err := store.Exec(tx, copyCover, p.ID, open.ID); err != nil {
			return nil, err
		}
		reopened = append(reopened, open)
	}
	return reopened, nil
}

var pullDue = store.SQL(`update promise set due_at = $2, near_at = $3, near_told = false where id = $1 and state = 'open' and due_at > $2`)

func (l *Ledger) takeEarlierDue(tx *store.Tx, p Promise, due time.Time) error {
	near := p.NearAt
	if due.Before(near) {
		near = due
	}
	_, err := store.Exec(tx, pullDue, p.ID, due, near)
	return err
}

// Merge moves the open promises of one conversation to another. Of two open
// answer promises the earlier due time stays and the other is passed on to it.
func (l *Ledger) Merge(tx *store.Tx, from, into id.Conversation, by id.Person) error {
	moving, err := OpenOf(tx, from)
	if err != nil {
		return err
	}
	// The history goes along: a bounce reopens where people look.
	if _, err := store.Exec(tx, moveFinished, from, into); err != nil {
		return err
	}
	for _, p := range moving {
		target, found, err := openOf(tx, into)
		if err != nil {
			return err
		}
		if p.Kind != Answer || !found {
			if _, err := store.Exec(tx, openAgainAs, p.ID, into); err != nil {
				return err
			}
			continue
		}
		if err := l.takeEarlierDue(tx, target, p.DueAt); err != nil {
			return err
		}
		if err := l.close(tx, p, ending{state: Passed, by: by}); err != nil {
			return err
		}
		if _, err := store.Exec(tx, setPassedTo, p.ID, target.ID); err != nil {
			return err
		}
		if _, err := store.Exec(tx, copyCover, p.ID, target.ID); err != nil {
			return err
		}
		if _, err := store.Exec(tx, moveFinished, from, into); err != nil {
			return err
		}
	}
	return nil
}

var moveFinished = store.SQL(`update promise set conversation_id = $2 where conversation_id = $1 and state <> 'open'`)

// SortDone keeps the shop's promise to look through the "to sort" tray.
func (l *Ledger) SortDone(tx *store.Tx, shop id.Shop, by id.Person) error {
	p, found, err := store.Maybe[Promise](tx, selectOpenOfSort, shop)
	if err != nil || !found {
		return err
	}
	return l.close(tx, p, ending{state: Kept, by: by})
}
