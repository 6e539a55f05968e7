package webhook

import (
	"context"
	"errors"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// RunJob sends what waits for one webhook, in order.
var RunJob = jobs.Kind{Name: "webhook.run", Pool: jobs.PoolWebhooks}

type runArgs struct {
	Webhook id.Webhook `json:"webhook"`
}

const (
	// claimLife bounds how long a run that vanished keeps others out: longer
	// than one message takes, renewed with each.
	claimLife = 30 * time.Second
	// perRun lets other webhooks have the worker in between.
	perRun = 50
	// atOnce is how much of the feed becomes deliveries in one transaction.
	atOnce = 200
)

var (
	// One run at a time for a webhook, or its order would be lost. The claim's
	// number grows: a run that slept too long can record nothing.
	claimWebhook = store.SQL(`
		update webhook set claim = claim + 1, claimed_until = {dbnow} + $2
		where id = $1 and state = 'active' and (claimed_until is null or claimed_until < {dbnow})
		returning ` + columns)
	keepClaim    = store.SQL(`update webhook set claimed_until = {dbnow} + $3 where id = $1 and claim = $2 and state = 'active'`)
	releaseClaim = store.SQL(`update webhook set claimed_until = null where id = $1 and claim = $2`)
	releaseAll   = store.SQL(`update webhook set claimed_until = null where claimed_until is not null`)
	isActive     = store.SQL(`select exists (select 1 from webhook where id = $1 and state = 'active')`)

	headOfQueue = store.SQL(`
		select ` + deliveryColumns + ` from webhook_delivery where webhook_id = $1 and state = 'waiting' order by id limit 1`)
	selectActive = store.SQL(`
		select w.id, w.position, (select d.next_at from webhook_delivery d where d.webhook_id = w.id and d.state = 'waiting' order by d.id limit 1) as head
		from webhook w where w.state = 'active'`)
)

// errLost says that another run, or a person, has the webhook by now.
var errLost = errors.New("the webhook's claim was lost")

// wake asks for a run now.
func (s *Service) wake(tx *store.Tx, w id.Webhook) error {
	return s.Queue.Put(tx, jobs.Add{Kind: RunJob, Args: runArgs{w}, Key: w.String()})
}

// Follow asks for a run of each active webhook that has something to read in
// the feed, or whose job was lost. It is called after each commit that wrote events, and once a
// minute: what it does twice is done once.
func (s *Service) Follow(ctx context.Context) error {
	type place struct {
		ID       id.Webhook `db:"id"`
		Position string     `db:"position"`
		Head     time.Time  `db:"head"` // when the first that waits is due
	}
	var behind []id.Webhook
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		behind = nil
		active, err := store.All[place](tx, selectActive)
		if err != nil || len(active) == 0 {
			return err
		}
		now, err := event.Position(tx)
		if err != nil {
			return err
		}
		for _, w := range active {
			waits := !w.Head.IsZero()
			if (!waits && w.Position != now.String()) || (waits && !w.Head.After(s.Clock.Now())) {
				behind = append(behind, w.ID)
			}
		}
		return nil
	})
	if err != nil || len(behind) == 0 {
		return err
	}
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		for _, w := range behind {
			if err := s.wake(tx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// ReleaseAll ends every claim: for a store that no other process works on, when
// this one starts.
func (s *Service) ReleaseAll(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, releaseAll)
		return err
	})
}

// Run is the handler of RunJob.
func (s *Service) Run(ctx context.Context, j jobs.Job) error {
	var a runArgs
	if err := j.Decode(&a); err != nil {
		return err
	}
	w, ok, err := s.claim(ctx, a.Webhook)
	if err != nil || !ok {
		return err
	}
	next, err := s.sendAll(ctx, w)
	if e := s.release(context.WithoutCancel(ctx), w); err == nil {
		err = e
	}
	switch {
	case errors.Is(err, errLost):
		return nil // whoever took it goes on
	case err == nil && !next.IsZero():
		return jobs.Later{At: next, Reason: "more to send, or to send again"}
	}
	return err
}

// claim takes the webhook for this run. While another has it, the job comes
// back: what it was woken for might have come after the other's last look.
func (s *Service) claim(ctx context.Context, which id.Webhook) (w Webhook, ok bool, err error) {
	active := false
	err = s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		w, ok, err = store.Maybe[Webhook](tx, claimWebhook, which, claimLife.Microseconds())
		if err == nil && !ok {
			active, err = store.One[bool](tx, isActive, which)
		}
		return err
	})
	if err == nil && active {
		err = jobs.Later{At: s.Clock.Now().Add(2 * time.Second), Reason: "another run has the webhook"}
	}
	return w, ok, err
}

func (s *Service) release(ctx context.Context, w Webhook) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, releaseClaim, w.ID, w.Claim)
		return err
	})
}

// sendAll sends what waits, oldest first, and reads on in the feed when nothing
// does. It tells when to come back; never when all is sent.
func (s *Service) sendAll(ctx context.Context, w Webhook) (next time.Time, err error) {
	for range perRun {
		head, ok, err := s.head(ctx, w)
		if err != nil {
			return time.Time{}, err
		}
		if !ok {
			more, err := s.fill(ctx, w)
			if err != nil || !more {
				return time.Time{}, err
			}
			continue
		}
		if head.NextAt.After(s.Clock.Now()) {
			return head.NextAt, nil
		}
		if err := s.held(ctx, w); err != nil {
			return time.Time{}, err
		}
		got := s.post(ctx, w, head)
		if ctx.Err() != nil && got.Status == 0 { // we stop; that is no fault of the receiver
			return time.Time{}, ctx.Err()
		}
		failpoint.Hit("webhook.sent")
		if err := s.record(context.WithoutCancel(ctx), w, head, got); err != nil {
			return time.Time{}, err
		}
	}
	return s.Clock.Now(), nil
}

func (s *Service) head(ctx context.Context, w Webhook) (d Delivery, ok bool, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		d, ok, err = store.Maybe[Delivery](tx, headOfQueue, w.ID)
		return err
	})
	return d, ok, err
}

// held renews the claim before a message leaves, or says that it is lost.
func (s *Service) held(ctx context.Context, w Webhook) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error { return holds(tx, w) })
}

func holds(tx *store.Tx, w Webhook) error {
	n, err := store.Exec(tx, keepClaim, w.ID, w.Claim, claimLife.Microseconds())
	if err == nil && n == 0 {
		err = errLost
	}
	return err
}
