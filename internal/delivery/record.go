package delivery

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// giveUpAfter is how long a temporary failure is tried again.
const giveUpAfter = 48 * time.Hour

// record writes down the results of one try, ends or puts off the job, and on
// acceptance of the customer's copy keeps the promise: one transaction.
func (p *Post) record(ctx context.Context, j jobs.Job, d Delivery, results []Result, accepted State) error {
	err := p.DB.InTx(ctx, func(tx *store.Tx) error {
		if d.Conversation != 0 { // conversation → promise → delivery
			if _, err := desk.Lock(tx, d.Conversation); err != nil {
				return err
			}
		}
		now, err := store.One[Delivery](tx, lockDelivery, d.ID)
		if err != nil {
			return err
		}
		if now.Token != d.Token {
			return jobs.ErrLeaseLost
		}
		for _, r := range results {
			if _, err := store.Exec(tx, setRecipient, d.ID, r.Address, string(r.Outcome), r.Code, r.Enhanced, r.Text); err != nil {
				return err
			}
		}
		return p.decide(tx, j, now, accepted)
	})
	if errors.Is(err, jobs.ErrLeaseLost) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("record delivery %d: %w", d.ID, err)
	}
	return nil
}

// decide: the customer's copy decides the promise; the delivery is over when
// no recipient waits any more.
func (p *Post) decide(tx *store.Tx, j jobs.Job, d Delivery, accepted State) error {
	all, err := Recipients(tx, d.ID)
	if err != nil {
		return err
	}
	mine, rest := verdict(all)
	switch {
	case mine == OutcomeUncertain:
		return p.uncertain(tx, j, d, detailOf(all, OutcomeUncertain))
	case mine == OutcomeHard:
		return p.hard(tx, j, d, detailOf(all, OutcomeHard))
	case mine == OutcomeSoft:
		return p.soft(tx, j, d, detailOf(all, OutcomeSoft))
	}
	if err := p.attempt(tx, d, OutcomeAccepted, ""); err != nil {
		return err
	}
	if d.AcceptedAt.IsZero() {
		if err := p.accept(tx, d, accepted); err != nil {
			return err
		}
	} else if _, err := store.Exec(tx, acceptedBefore, d.ID, accepted, p.Clock.Now()); err != nil {
		return err
	}
	if rest == OutcomeSoft { // a copy still waits; the customer has theirs
		return p.soft(tx, j, d, detailOf(all, OutcomeSoft))
	}
	return j.Finish(tx)
}

// verdict tells the worst result among the customer's copies, and among the
// others what is still to be tried.
func verdict(all []Recipient) (mine, rest Outcome) {
	mine, rest = OutcomeAccepted, OutcomeAccepted
	order := map[Outcome]int{OutcomeAccepted: 0, OutcomeHard: 1, OutcomeSoft: 2, OutcomeUncertain: 3}
	for _, r := range all {
		o := Outcome(r.State)
		if r.State == "waiting" {
			o = OutcomeSoft
		}
		switch {
		case r.Customer && order[o] > order[mine]:
			mine = o
		case !r.Customer && o == OutcomeSoft:
			rest = o
		}
	}
	return mine, rest
}

func detailOf(all []Recipient, o Outcome) string {
	for _, r := range all {
		if r.State == string(o) {
			return r.Detail
		}
	}
	return ""
}

// accept: the channel took the customer's copy.
func (p *Post) accept(tx *store.Tx, d Delivery, as State) error {
	now := p.Clock.Now()
	if _, err := store.Exec(tx, setAccepted, d.ID, as, "", now); err != nil {
		return err
	}
	if err := p.tell(tx, d, event.DeliveryAccepted, 0); err != nil {
		return err
	}
	if d.Conversation == 0 || d.Kind != Answer {
		return nil
	}
	m, err := desk.GetMessage(tx, d.Message)
	if err != nil {
		return err
	}
	_, err = p.Desk.Change(tx, d.Conversation, func(c *desk.Conversation) error {
		unseen, err := desk.MergedUnseen(tx, c.ID, m.Home, d.SeenThrough)
		if err != nil {
			return err
		}
		answered := promise.Answered{
			Conversation: c.ID, Channel: c.Channel, SeenThrough: d.SeenThrough, Unseen: unseen, By: m.Person, Delivery: d.ID, At: now,
		}
		c.LastOutAt = now
		if err := p.Desk.Ledger.OpenProposed(tx, d.Message, c.Channel, now); err != nil {
			return err
		}
		if !d.HoldingUntil.IsZero() {
			return p.Desk.Ledger.Hold(tx, answered, d.HoldingUntil)
		}
		c.Reminders = 0
		return p.Desk.Ledger.Keep(tx, answered)
	})
	return err
}

// soft tries again later with growing waits, for two days.
func (p *Post) soft(tx *store.Tx, j jobs.Job, d Delivery, why string) error {
	if err := p.attempt(tx, d, OutcomeSoft, why); err != nil {
		return err
	}
	now := p.Clock.Now()
	// From the first try on, not from when it was due: our own outage must not
	// eat up the receiver's two days.
	first, err := store.One[time.Time](tx, firstTry, d.ID, d.NotBefore)
	if err != nil {
		return err
	}
	if !first.IsZero() && now.Sub(first) > giveUpAfter { // zero: the clock was set back
		return p.hard(tx, j, d, "expired: "+why)
	}
	if err := j.Finish(tx); err != nil {
		return err
	}
	at := now.Add(wait(d.Attempts))
	if _, err := store.Exec(tx, moveTo, d.ID, Soft, why, at, 0, time.Time{}); err != nil {
		return err
	}
	if err := p.enqueue(tx, d, at); err != nil {
		return err
	}
	return p.tell(tx, d, event.DeliveryRetrying, 0)
}

var firstTry = store.SQL(`select min(at) from delivery_attempt where delivery_id = $1 and at >= $2`)

// wait grows from 20 seconds to two hours, with jitter so that many answers
// don't come back at once.
func wait(attempt int) time.Duration {
	first := failpoint.Duration("delivery.soft_wait", 20*time.Second)
	d := min(first<<min(attempt-1, 9), 2*time.Hour)
	return d + rand.N(d/4) //nolint:gosec // jitter, not a secret
}

// acceptedBefore: the customer had their copy already; now a further one is
// settled.
var acceptedBefore = store.SQL(`update delivery set state = $2, finished_at = $3, next_at = null where id = $1`)

// hard: this mail will never arrive; what it would have kept stays owed. A copy
// for somebody else that never arrives takes nothing from the customer's.
func (p *Post) hard(tx *store.Tx, j jobs.Job, d Delivery, why string) error {
	if err := p.attempt(tx, d, OutcomeHard, why); err != nil {
		return err
	}
	if err := j.Finish(tx); err != nil {
		return err
	}
	if !d.AcceptedAt.IsZero() {
		_, err := store.Exec(tx, acceptedBefore, d.ID, Accepted, p.Clock.Now())
		return err
	}
	if _, err := store.Exec(tx, moveTo, d.ID, Hard, why, time.Time{}, 0, p.Clock.Now()); err != nil {
		return err
	}
	if d.Message != 0 {
		if err := p.Desk.Ledger.VoidProposed(tx, d.Message); err != nil {
			return err
		}
	}
	return p.tell(tx, d, event.DeliveryFailed, 0)
}
