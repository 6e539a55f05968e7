package delivery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// uncertainWait is how long an uncertain mail rests before its one repetition:
// the receiving side recognises the same Message-ID and bytes.
const uncertainWait = 10 * time.Minute

// errNotNow says that the delivery isn't to be sent (any more).
var errNotNow = errors.New("not to be sent now")

// Send is the handler of SendJob.
func (p *Post) Send(ctx context.Context, j jobs.Job) error {
	var args sendArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	d, to, err := p.claim(ctx, j, args)
	if errors.Is(err, errNotNow) {
		return nil
	}
	if err != nil {
		return err
	}
	failpoint.Hit("send.claimed")
	route, err := p.Sender.Route(ctx, d.Shop, d.Mailbox)
	if err != nil {
		return p.later(ctx, j, d, "route: "+err.Error())
	}
	switch route {
	case RouteLocal:
		return p.record(ctx, j, d, allAs(to, OutcomeAccepted), Local)
	case RouteNone:
		return p.hold(ctx, j, d, "no_server")
	}
	raw, err := blob.ReadAll(ctx, p.Blobs, d.Raw)
	if err != nil {
		return fmt.Errorf("delivery %d: %w", d.ID, err)
	}
	results, err := p.Sender.Send(ctx, d.Mailbox, d.Sender, addresses(to), raw, func(ctx context.Context) error {
		return p.dotPending(ctx, d)
	})
	var notYet jobs.Later
	if errors.As(err, &notYet) && len(results) == 0 {
		return p.notYet(ctx, j, d, notYet.At)
	}
	if err != nil && len(results) == 0 {
		return p.later(ctx, j, d, err.Error())
	}
	failpoint.Hit("send.answered")
	// Also when we are being stopped: a result that is not written down is a mail sent twice.
	return p.record(context.WithoutCancel(ctx), j, d, results, Accepted)
}

// claim takes the delivery for this try and returns the recipients that still
// wait. What a crash left behind decides itself here.
func (p *Post) claim(ctx context.Context, j jobs.Job, args sendArgs) (d Delivery, to []Recipient, err error) {
	var stop error
	err = p.DB.InTx(ctx, func(tx *store.Tx) error {
		stop = nil
		d, err = store.One[Delivery](tx, lockDelivery, args.Delivery)
		if err != nil {
			return err
		}
		now := p.Clock.Now()
		switch {
		case d.State == DotPending: // died between the dot and the answer
			stop = errNotNow
			return p.uncertain(tx, j, d, "the process ended before the answer came")
		case d.State != Queued && d.State != Soft && d.State != Uncertain && d.State != Claimed:
			stop = errNotNow
			return j.Finish(tx)
		case d.NotBefore.After(now):
			stop = errNotNow
			if err := j.Finish(tx); err != nil {
				return err
			}
			return p.enqueue(tx, d, d.NotBefore)
		case j.Attempts >= jobs.MaxAttempts:
			// A parked job would leave the mail "on its way" for ever, unseen.
			stop = errNotNow
			if err := j.Finish(tx); err != nil {
				return err
			}
			return p.setHeld(tx, d, "crash")
		}
		if d.outdated(now) {
			stop = errNotNow
			return p.giveUp(tx, j, d)
		}
		if overtaken, err := p.overtaken(tx, d); err != nil || overtaken {
			stop = errNotNow
			return err
		}
		if d.Token, err = store.One[int64](tx, claimDelivery, d.ID); err != nil {
			return err
		}
		d.Attempts++
		to, err = p.waiting(tx, d)
		return err
	})
	if err == nil {
		err = stop
	}
	return d, to, err
}

// giveUp calls back a mail whose date has passed before it could leave. One that
// may have arrived is shown to a person instead: it was perhaps said.
func (p *Post) giveUp(tx *store.Tx, j jobs.Job, d Delivery) error {
	if err := j.Finish(tx); err != nil {
		return err
	}
	if d.Uncertainty > 0 {
		return p.setHeld(tx, d, outdated)
	}
	return p.end(tx, d, Undone, outdated, event.DeliveryUndone, 0)
}

// overtaken holds a scheduled answer when the customer wrote after what its
// author had on screen (I4).
func (p *Post) overtaken(tx *store.Tx, d Delivery) (bool, error) {
	if !d.Scheduled || d.Kind != Answer || d.Conversation == 0 || d.Attempts > 0 {
		return false, nil
	}
	c, err := desk.Get(tx, d.Conversation)
	if err != nil || c.LastIn <= d.SeenThrough {
		return false, err
	}
	return true, p.setHeld(tx, d, customerWrote)
}

func (p *Post) waiting(tx *store.Tx, d Delivery) ([]Recipient, error) {
	all, err := Recipients(tx, d.ID)
	var out []Recipient
	for _, r := range all {
		if r.State == "waiting" || r.State == "soft" || r.State == "uncertain" {
			out = append(out, r)
		}
	}
	return out, err
}

func (p *Post) dotPending(ctx context.Context, d Delivery) error {
	err := p.DB.InTx(ctx, func(tx *store.Tx) error {
		n, err := store.Exec(tx, markDot, d.ID, d.Token)
		if err == nil && n == 0 {
			err = jobs.ErrLeaseLost
		}
		return err
	})
	failpoint.Hit("send.dot_pending")
	return err
}

func addresses(rs []Recipient) []string {
	out := make([]string, len(rs))
	for i, r := range rs {
		out[i] = r.Address
	}
	return out
}

func allAs(rs []Recipient, o Outcome) []Result {
	out := make([]Result, len(rs))
	for i, r := range rs {
		out[i] = Result{Address: r.Address, Outcome: o}
	}
	return out
}

// notYet puts the delivery off because we ourselves are not to send so much at
// once: no try of the receiver's, so it counts towards nothing.
func (p *Post) notYet(ctx context.Context, j jobs.Job, d Delivery, at time.Time) error {
	return p.DB.InTx(ctx, func(tx *store.Tx) error {
		now, err := store.One[Delivery](tx, lockDelivery, d.ID)
		if err != nil || now.Token != d.Token {
			return err
		}
		if err := j.Finish(tx); err != nil {
			return err
		}
		if _, err := store.Exec(tx, putOff, d.ID, at); err != nil {
			return err
		}
		return p.enqueue(tx, d, at)
	})
}

var putOff = store.SQL(`
	update delivery set state = case when attempts > 1 then 'soft' else 'queued' end, next_at = $2, attempts = attempts - 1 where id = $1`)

// later puts the whole delivery off after a failure before the dot.
func (p *Post) later(ctx context.Context, j jobs.Job, d Delivery, why string) error {
	return p.DB.InTx(ctx, func(tx *store.Tx) error {
		now, err := store.One[Delivery](tx, lockDelivery, d.ID)
		if err != nil || now.Token != d.Token {
			return err
		}
		if now.State == DotPending {
			return p.uncertain(tx, j, now, why)
		}
		return p.soft(tx, j, now, why)
	})
}

// hold parks the delivery for a person; the promise stays owed.
func (p *Post) hold(ctx context.Context, j jobs.Job, d Delivery, why string) error {
	return p.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := j.Finish(tx); err != nil {
			return err
		}
		return p.setHeld(tx, d, why)
	})
}

func (p *Post) setHeld(tx *store.Tx, d Delivery, why string) error {
	if _, err := store.Exec(tx, moveTo, d.ID, Held, why, time.Time{}, 0, time.Time{}); err != nil {
		return err
	}
	return p.tell(tx, d, event.DeliveryHeld, 0)
}

// uncertain: the mail may have arrived. It is sent once more after a rest,
// with the same bytes; the second time a person decides.
func (p *Post) uncertain(tx *store.Tx, j jobs.Job, d Delivery, why string) error {
	if err := p.attempt(tx, d, OutcomeUncertain, why); err != nil {
		return err
	}
	if err := j.Finish(tx); err != nil {
		return err
	}
	if d.Uncertainty > 0 {
		if _, err := store.Exec(tx, moveTo, d.ID, Held, "uncertain_twice", time.Time{}, 1, time.Time{}); err != nil {
			return err
		}
		return p.tell(tx, d, event.DeliveryHeld, 0)
	}
	at := p.Clock.Now().Add(failpoint.Duration("delivery.uncertain_wait", uncertainWait))
	if _, err := store.Exec(tx, moveTo, d.ID, Uncertain, why, at, 1, time.Time{}); err != nil {
		return err
	}
	if err := p.enqueue(tx, d, at); err != nil {
		return err
	}
	return p.tell(tx, d, event.DeliveryUncertain, 0)
}

func (p *Post) attempt(tx *store.Tx, d Delivery, o Outcome, detail string) error {
	_, err := store.Exec(tx, insertAttempt, d.ID, p.Clock.Now(), string(o), detail)
	return err
}
