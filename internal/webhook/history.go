package webhook

import (
	"context"
	"encoding/json"
	"math"
	"strconv"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// logLife is how long what was sent is remembered.
const logLife = 30 * 24 * time.Hour

// Logged is a delivery with its last attempt; none before the first.
type Logged struct {
	Delivery

	LastAt   time.Time `db:"last_at"`
	Duration int64     `db:"duration"` // microseconds
	Status   int       `db:"status"`
	Error    string    `db:"error"`
	Answer   string    `db:"answer"`
}

var (
	selectLog = store.SQL(`
		select d.id, d.webhook_id, d.name, d.kind, d.payload, d.state, d.attempts, d.next_at, d.created_at,
			a.at as last_at, coalesce(a.duration, 0) as duration, coalesce(a.status, 0) as status, coalesce(a.error, '') as error,
			coalesce(a.answer, '') as answer
		from webhook_delivery d
		left join webhook_attempt a on a.id = (select max(b.id) from webhook_attempt b where b.delivery_id = d.id)
		where d.webhook_id = $1 and (d.created_at, d.id) < ($2, $3) order by d.created_at desc, d.id desc limit $4`)
	selectAttempts = store.SQL(`
		select a.at, a.duration, a.status, a.error, a.answer from webhook_attempt a join webhook_delivery d on d.id = a.delivery_id
		where d.id = $1 and d.webhook_id = $2 order by a.id desc limit 200`)
	selectPayload = store.SQL(`select payload from webhook_delivery where id = $1 and webhook_id = $2`)

	replayOne = store.SQL(`
		update webhook_delivery set state = 'waiting', next_at = $3 where id = $1 and webhook_id = $2`)
	replaySince = store.SQL(`
		update webhook_delivery set state = 'waiting', next_at = $3 where webhook_id = $1 and created_at >= $2 and state <> 'waiting'`)
	countTest = store.SQL(`update webhook set tests = tests + 1 where id = $1 returning tests`)

	oldOnes = `from webhook_delivery where created_at < $1 and state <> 'waiting' order by created_at limit 1000`
	// In parts, so that no write takes long.
	sweepAttempts   = store.SQL(`delete from webhook_attempt where delivery_id in (select id ` + oldOnes + `)`)
	sweepDeliveries = store.SQL(`delete from webhook_delivery where id in (select id ` + oldOnes + `)`)
)

// Log gives deliveries, newest first, before the place of the last one read.
func (s *Service) Log(tx *store.Tx, w id.Webhook, before time.Time, beforeID id.WebhookDelivery, limit int) ([]Logged, error) {
	at, last := int64(math.MaxInt64), int64(math.MaxInt64)
	if !before.IsZero() {
		at, last = before.UnixMicro(), int64(beforeID)
	}
	return store.All[Logged](tx, selectLog, w, at, last, limit)
}

// Attempts gives the newest 200 attempts of a delivery, newest first.
func (s *Service) Attempts(tx *store.Tx, w id.Webhook, d id.WebhookDelivery) ([]Attempt, error) {
	return store.All[Attempt](tx, selectAttempts, d, w)
}

// Payload is what a delivery of the log sends.
func (s *Service) Payload(tx *store.Tx, w id.Webhook, d id.WebhookDelivery) (string, error) {
	body, ok, err := store.Maybe[string](tx, selectPayload, d, w)
	if err == nil && !ok {
		err = fault.Missing("delivery")
	}
	return body, err
}

// Replay sends a delivery of the log again, under the same name: a receiver
// that had it can tell.
func (s *Service) Replay(ctx context.Context, by team.Actor, w id.Webhook, d id.WebhookDelivery) error {
	return s.change(ctx, by, w, "replayed", func(tx *store.Tx, row Webhook) error {
		n, err := store.Exec(tx, replayOne, d, w, s.Clock.Now())
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing("delivery")
		}
		return s.wakeActive(tx, row)
	})
}

// ReplaySince sends again all that the log holds from an instant on, and says
// how many that are.
func (s *Service) ReplaySince(ctx context.Context, by team.Actor, w id.Webhook, since time.Time) (n int64, err error) {
	err = s.change(ctx, by, w, "replayed", func(tx *store.Tx, row Webhook) (err error) {
		if n, err = store.Exec(tx, replaySince, w, since, s.Clock.Now()); err != nil {
			return err
		}
		return s.wakeActive(tx, row)
	})
	return n, err
}

// Test queues a message of the kind webhook.test, which stands for no event.
func (s *Service) Test(ctx context.Context, by team.Actor, w id.Webhook) error {
	return s.change(ctx, by, w, "tested", func(tx *store.Tx, row Webhook) error {
		n, err := store.One[int64](tx, countTest, w)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		body, err := json.Marshal(Payload{Type: TestKind, Timestamp: now.UTC(), Data: Data{Shop: by.Shop, Page: s.URL + "/settings/api"}})
		if err != nil {
			return err
		}
		name := "test_" + w.String() + "_" + strconv.FormatInt(n, 10)
		if _, err := store.Exec(tx, insertDelivery, w, nil, name, TestKind, string(body), now); err != nil {
			return err
		}
		return s.wakeActive(tx, row)
	})
}

// TestKind is the type of a message that a person asked for, to try the way.
const TestKind = "webhook.test"

// wakeActive refuses when nothing would be sent.
func (s *Service) wakeActive(tx *store.Tx, row Webhook) error {
	if row.State != Active {
		return fault.New(fault.Conflict, "not_active", "The webhook is paused or disabled; resume it first.")
	}
	return s.wake(tx, row.ID)
}

// Sweep forgets what was sent more than 30 days ago.
func (s *Service) Sweep(ctx context.Context) error {
	before := s.Clock.Now().Add(-logLife)
	for {
		var n int64
		err := s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
			if _, err = store.Exec(tx, sweepAttempts, before); err != nil {
				return err
			}
			n, err = store.Exec(tx, sweepDeliveries, before)
			return err
		})
		if err != nil || n < 1000 {
			return err
		}
	}
}
