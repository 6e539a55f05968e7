package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/app/archive"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// runClocks states near and broken when they fall due and wakes what was
// snoozed. It looks at the rows at least once a minute and never later than
// the next due time, so a jump of the clock costs a minute at most (I5).
func (a *App) runClocks(ctx context.Context) {
	woken, leave := a.hub.Subscribe()
	defer leave()
	for ctx.Err() == nil {
		next, err := a.ledger.Sweep(ctx, a.db)
		if err == nil {
			err = a.desk.WakeSnoozed(ctx)
		}
		if err != nil && ctx.Err() == nil {
			a.log.Error("clocks", "error", err)
		}
		nap := longestNap
		if !next.IsZero() {
			nap = min(nap, max(next.Sub(a.clock.Now()), time.Second))
		}
		if !wait(ctx, nap, woken) {
			return
		}
	}
}

// wait sleeps for d, or until something was written; a burst of writes wakes
// it once a second at most.
func wait(ctx context.Context, d time.Duration, woken <-chan struct{}) bool {
	short := time.NewTimer(min(d, time.Second))
	defer short.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-short.C:
	}
	if d <= time.Second {
		return true
	}
	rest := time.NewTimer(d - time.Second)
	defer rest.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-woken:
	case <-rest.C:
	}
	return true
}

// napBehindFeed is how long a reader of the feed sleeps that nobody wakes: short
// where an event is written and an older transaction still hides it.
func (a *App) napBehindFeed(ctx context.Context) (nap time.Duration) {
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		nap = longestNap
		hidden, err := event.Hidden(tx)
		if hidden {
			nap = time.Second
		}
		return err
	})
	if err != nil {
		return longestNap
	}
	return nap
}

// runWebhooks has webhooks read the feed when something was written, at most
// once a second.
func (a *App) runWebhooks(ctx context.Context) {
	woken, leave := a.hub.Subscribe()
	defer leave()
	for {
		if err := a.hooks.Follow(ctx); err != nil && ctx.Err() == nil {
			a.log.Error("follow webhooks", "error", err)
		}
		if !wait(ctx, a.napBehindFeed(ctx), woken) {
			return
		}
	}
}

// runFigures has the figures follow what was written, at most every five seconds.
func (a *App) runFigures(ctx context.Context) {
	woken, leave := a.hub.Subscribe()
	defer leave()
	never := make(chan struct{})
	for {
		if err := a.figures.Follow(ctx); err != nil && ctx.Err() == nil {
			a.log.Error("follow figures", "error", err)
		}
		if !wait(ctx, a.napBehindFeed(ctx), woken) || !wait(ctx, 4*time.Second, never) {
			return
		}
	}
}

// runChores gives back vanished workers' jobs every minute and sweeps once an
// hour.
func (a *App) runChores(ctx context.Context) {
	never := make(chan struct{})
	for minute := 0; ; minute++ {
		if err := a.workers.Rescue(ctx); err != nil && ctx.Err() == nil {
			a.log.Error("rescue jobs", "error", err)
		}
		if _, err := a.intake.Requeue(ctx, a.clock.Now().Add(-15*time.Minute), 200); err != nil && ctx.Err() == nil {
			a.log.Error("requeue raw items", "error", err)
		}
		if err := a.notify.Mornings(ctx); err != nil && ctx.Err() == nil {
			a.log.Error("morning mail", "error", err)
		}
		if minute%5 == 0 {
			n, err := a.post.Rescue(ctx)
			if err != nil && ctx.Err() == nil {
				a.log.Error("rescue deliveries", "error", err)
			}
			if n > 0 {
				a.log.Warn("deliveries had lost their job", "count", n)
			}
			if err := a.incidents.Rescue(ctx); err != nil && ctx.Err() == nil {
				a.log.Error("rescue incidents", "error", err)
			}
		}
		if minute%60 == 5 {
			a.sweep(ctx)
		}
		if !wait(ctx, longestNap, never) {
			return
		}
	}
}

var (
	blobInUse = store.SQL(`select ` + strings.Join(usesOfBlob(), ` or `))
	// A draft may wait for weeks; its uploads wait with it.
	looseAttachments = store.SQL(`delete from attachment where message_id is null and created_at < $1`)
)

// usesOfBlob asks each column that names stored files for the one given. Partial
// indexes of the columns that may be empty leave out the empty ones.
func usesOfBlob() (uses []string) {
	for _, name := range archive.BlobColumns {
		table, column, _ := strings.Cut(name, ".")
		uses = append(uses, fmt.Sprintf("exists (select 1 from %[1]s where %[2]s = $1 and %[2]s <> '')", table, column))
	}
	return uses
}

// sweep deletes what nobody refers to any more: blobs and uploads older than a
// day, ended sessions, old counts.
func (a *App) sweep(ctx context.Context) {
	yesterday := a.clock.Now().Add(-24 * time.Hour)
	chores := map[string]func() error{
		"sessions":  func() error { return a.team.Sweep(ctx) },
		"presses":   func() error { return a.desk.SweepBulk(ctx) },
		"mornings":  func() error { return a.notify.SweepMornings(ctx) },
		"webhooks":  func() error { return a.hooks.Sweep(ctx) },
		"links":     func() error { return a.links.Check(ctx) },
		"audits":    func() error { return a.figures.Sweep(ctx) },
		"automatic": func() error { return a.reply.ForgetAutomatic(ctx) },
		"uploads": func() error {
			return a.db.InTx(ctx, func(tx *store.Tx) error {
				_, err := store.Exec(tx, looseAttachments, a.clock.Now().AddDate(0, -2, 0))
				return err
			})
		},
		"blobs": func() error {
			_, err := a.blobs.Sweep(ctx, yesterday, func(h blob.Hash) (bool, error) { return a.isUsed(ctx, h) })
			return err
		},
	}
	for name, chore := range chores {
		if err := chore(); err != nil && ctx.Err() == nil {
			a.log.Error("sweep", "what", name, "error", err)
		}
	}
}

// isUsed tells whether anything refers to a stored file.
func (a *App) isUsed(ctx context.Context, h blob.Hash) (used bool, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) {
		used, err = store.One[bool](tx, blobInUse, h)
		return err
	})
	return used, err
}

// lookAtMailboxes makes the readers look at their list again, now.
func (a *App) lookAtMailboxes() {
	select {
	case a.changes <- struct{}{}:
	default:
	}
}

// watchMailboxes follows the event feed for changes of mailboxes made anywhere,
// on this node or another.
func (a *App) watchMailboxes(ctx context.Context) {
	woken, leave := a.hub.Subscribe()
	defer leave()
	var at event.Cursor
	for {
		next, changed, err := a.mailboxNews(ctx, at)
		if err != nil && ctx.Err() == nil {
			a.log.Error("follow mailboxes", "error", err)
		}
		at = next
		if changed {
			a.lookAtMailboxes()
		}
		if !wait(ctx, a.napBehindFeed(ctx), woken) {
			return
		}
	}
}

func (a *App) mailboxNews(ctx context.Context, at event.Cursor) (next event.Cursor, changed bool, err error) {
	if at.Epoch == "" {
		err = a.db.Read(ctx, func(tx *store.Tx) error {
			next, err = event.Position(tx)
			return err
		})
		return next, false, err
	}
	for {
		events, next, err := a.events.Since(ctx, at, 500)
		if errors.Is(err, event.ErrResync) {
			return event.Cursor{}, true, nil
		}
		if err != nil {
			return at, changed, err
		}
		for _, e := range events {
			changed = changed || e.Kind == event.MailboxChanged
		}
		at = next
		if len(events) < 500 {
			return at, changed, nil
		}
	}
}
