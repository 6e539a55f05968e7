package promise

import (
	"errors"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// The steps of a wait for the customer, in open days from its beginning: two
// reminders, then no news. Holdings of the promise counts the reminders given.
var waitDays = [...]int{3, 7, 10}

// OpenWait notes that the customer writes next. Nothing is owed by it: it comes
// due when the customer is to be reminded, and at last ends as no news. It is
// due in open days from since.
func (l *Ledger) OpenWait(tx *store.Tx, o Owed) (Promise, error) {
	return l.openWait(tx, o, 0)
}

func (l *Ledger) openWait(tx *store.Tx, o Owed, given int) (Promise, error) {
	hours, _, err := l.Hours(tx, o.Shop, o.Channel)
	if err != nil {
		return Promise{}, err
	}
	o.Kind, o.Basis, o.holdings = Wait, Policy, given
	o.DueAt = hours.AddOpenDays(o.Since, waitDays[given])
	return l.Open(tx, o)
}

// WaitStep says what a wait that came due asks for.
type WaitStep int

// The steps.
const (
	WaitOver   WaitStep = iota // it is no longer open, or not due yet: nothing
	WaitRemind                 // the customer is to be reminded
	WaitNoNews                 // it ended as no news
)

// StepWait goes on with a wait that came due: it passes on to the next step, or
// ends it as no news. heard is when we wrote last; the days count from there
// when that was after the wait began. The caller holds the conversation.
func (l *Ledger) StepWait(tx *store.Tx, p id.Promise, channel string, heard time.Time) (WaitStep, error) {
	w, err := Get(tx, p)
	if errors.Is(err, store.ErrNone) {
		return WaitOver, nil
	}
	now := l.Clock.Now()
	if err != nil || w.Kind != Wait || w.State != Open || w.DueAt.After(now) {
		return WaitOver, err
	}
	next := Owed{Shop: w.Shop, Conversation: w.Conversation, Channel: channel, Since: w.OpenedAt, Message: w.Message}
	if heard.After(w.OpenedAt) && w.Holdings == 0 {
		next.Since = heard
		return WaitOver, l.passWait(tx, w, next, 0)
	}
	if given := w.Holdings + 1; given < len(waitDays) {
		return WaitRemind, l.passWait(tx, w, next, given)
	}
	return WaitNoNews, l.End(tx, w, 0, NoNews)
}

func (l *Ledger) passWait(tx *store.Tx, w Promise, next Owed, given int) error {
	if err := l.close(tx, w, ending{state: Passed}); err != nil {
		return err
	}
	p, err := l.openWait(tx, next, given)
	if err != nil {
		return err
	}
	_, err = store.Exec(tx, setPassedTo, w.ID, p.ID)
	return err
}

// StopWaiting ends a wait: it passes on to what is owed now, or is waived when
// a person put the conversation away.
func (l *Ledger) StopWaiting(tx *store.Tx, w Promise, owed []Promise) error {
	if len(owed) > 0 {
		return l.close(tx, w, ending{state: Passed, passedTo: owed[0].ID})
	}
	return l.close(tx, w, ending{state: Waived, reason: "closed"})
}
