package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Handler does one job. It may run again after a crash or a lost lease.
type Handler func(ctx context.Context, j Job) error

// Workers runs jobs, a set of goroutines a pool.
type Workers struct {
	db       *store.DB
	clock    clock.Clock
	log      *slog.Logger
	handlers map[string]Handler
	sizes    map[Pool]int
	wakes    map[Pool]chan struct{}

	heartbeat time.Duration
}

// A worker that vanished is given up after lease; a living one renews it
// thrice in that time.
var lease = failpoint.Duration("jobs.lease", 2*time.Minute)

// longestNap bounds how long a pool sleeps without looking (I5: no sleep
// longer than 60 s). Wakes and due times make it look earlier.
const longestNap = 45 * time.Second

// NewWorkers makes the pools. Nothing runs before Run.
func NewWorkers(db *store.DB, c clock.Clock, log *slog.Logger, sizes map[Pool]int) *Workers {
	w := &Workers{db: db, clock: c, log: log, handlers: map[string]Handler{}, sizes: sizes, wakes: map[Pool]chan struct{}{}, heartbeat: lease / 3}
	for p := range sizes {
		w.wakes[p] = make(chan struct{}, 1)
	}
	db.OnWrite(func(topics []string) {
		for _, t := range topics {
			for p, ch := range w.wakes {
				if t == Topic(p) {
					nudge(ch)
				}
			}
		}
	})
	return w
}

// Handle names the handler of a kind; called once a kind, before Run.
func (w *Workers) Handle(k Kind, h Handler) { w.handlers[k.Name] = h }

func nudge(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

// Run works until ctx ends, then waits for the jobs under way.
func (w *Workers) Run(ctx context.Context) {
	var pools sync.WaitGroup
	for p, n := range w.sizes {
		pools.Go(func() { w.runPool(ctx, p, n) })
	}
	pools.Wait()
}

func (w *Workers) runPool(ctx context.Context, p Pool, size int) {
	var busy sync.WaitGroup
	free := make(chan struct{}, size)
	for ctx.Err() == nil {
		room := size - len(free)
		claimed, nextAt, err := w.claim(ctx, p, room)
		if err != nil && ctx.Err() == nil {
			w.log.Error("claim jobs", "pool", p, "error", err)
		}
		for _, j := range claimed {
			free <- struct{}{}
			busy.Go(func() {
				w.one(ctx, j)
				<-free
				nudge(w.wakes[p])
			})
		}
		if len(claimed) > 0 && len(claimed) == room && len(free) < size {
			continue
		}
		w.nap(ctx, p, nextAt)
	}
	busy.Wait()
}

func (w *Workers) nap(ctx context.Context, p Pool, nextAt time.Time) {
	d := longestNap
	if !nextAt.IsZero() {
		d = min(d, max(nextAt.Sub(w.clock.Now()), time.Millisecond))
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-w.wakes[p]:
	case <-t.C:
	}
}

var (
	claimJobs = store.SQL(`
		update job set state = 'running', attempts = attempts + 1, token = token + 1, lease_until = {dbnow} + $4
		where id in (select id from job where pool = $1 and state = 'ready' and run_at <= $2 order by run_at, id limit $3 {skip locked})
		returning id, kind, args, attempts, token, run_at, last_error`)
	rescueJobs = store.SQL(`
		update job set state = case when attempts >= $1 then 'parked' else 'ready' end,
			last_error = case when attempts >= $1 then 'its worker vanished each time' else last_error end,
			run_at = case when attempts >= $2 then $3 + (late.place + 1) * $4 else run_at end,
			lease_until = null, key = null -- a newer job with the key may wait already
		from (select id as late_id, row_number() over (partition by pool order by attempts desc, id) - 1 as place
			from job where state = 'running' and lease_until < {dbnow}) as late
		where late.late_id = job.id and state = 'running'`)
	expireLeases = store.SQL(`update job set lease_until = 0 where state = 'running'`)
	nextReady    = store.SQL(`select min(run_at) from job where pool = $1 and state = 'ready'`)
)

// claim takes up to room due jobs, and tells when the next one is due. A poll
// that finds nothing writes nothing.
func (w *Workers) claim(ctx context.Context, p Pool, room int) (claimed []Job, nextAt time.Time, err error) {
	if room == 0 {
		return nil, time.Time{}, nil
	}
	now := w.clock.Now()
	nextAt, err = w.nextDue(ctx, p)
	if err != nil || nextAt.IsZero() || nextAt.After(now) {
		return nil, nextAt, err
	}
	err = w.db.InTx(ctx, func(tx *store.Tx) error {
		claimed, err = store.All[Job](tx, claimJobs, string(p), now, room, lease.Microseconds())
		return err
	})
	if err != nil {
		return nil, time.Time{}, err
	}
	if len(claimed) == room { // there may be more, but no room; a finished job wakes us
		return claimed, time.Time{}, nil
	}
	nextAt, err = w.nextDue(ctx, p)
	return claimed, nextAt, err
}

func (w *Workers) nextDue(ctx context.Context, p Pool) (at time.Time, err error) {
	err = w.db.Read(ctx, func(tx *store.Tx) error {
		at, err = store.One[time.Time](tx, nextReady, string(p))
		return err
	})
	return at, err
}

// A job that ends the process takes those that run beside it with it each time.
// After suspectAfter such ends they come back one by one, suspectGap apart, so
// that only the guilty one is counted on; and the first after a gap too, so that
// a process that dies at its start, for whatever reason, accuses none of them.
const (
	suspectAfter = 2
	suspectGap   = 2 * time.Second
)

// Rescue gives back the jobs whose worker vanished; run at start and once a
// minute. Jobs claimed too often are parked.
func (w *Workers) Rescue(ctx context.Context) error {
	return w.db.InTx(ctx, func(tx *store.Tx) error {
		n, err := store.Exec(tx, rescueJobs, MaxAttempts, suspectAfter, w.clock.Now(), suspectGap.Microseconds())
		if n > 0 {
			for p := range w.sizes {
				tx.Wake(Topic(p))
			}
		}
		return err
	})
}

// RescueAll gives back every running job at once: for a store that no other
// process works on, when this one starts.
func (w *Workers) RescueAll(ctx context.Context) error {
	err := w.db.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, expireLeases)
		return err
	})
	if err != nil {
		return err
	}
	return w.Rescue(ctx)
}

// Drain runs every job that is due, one after the other, until none is left:
// for a story that is told on a clock of its own, and for tests.
func (w *Workers) Drain(ctx context.Context, pools ...Pool) error {
	for {
		did := 0
		for _, p := range pools {
			claimed, _, err := w.claim(ctx, p, 50)
			if err != nil {
				return err
			}
			for _, j := range claimed {
				w.one(ctx, j)
			}
			did += len(claimed)
		}
		if did == 0 || ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// one runs one claimed job and records how it ended.
func (w *Workers) one(ctx context.Context, j Job) {
	j.finished = new(bool)
	held, lost := context.WithCancel(ctx) // the handler's: ends with us, or with the lease
	defer lost()
	kept := context.WithoutCancel(ctx) // ours: an end is recorded while we stop, too
	stop := w.keepLease(kept, j, lost)
	err := w.handle(held, j)
	stop()
	if e := w.end(kept, j, err); e != nil {
		w.log.Error("end job", "kind", j.Kind, "job", j.ID, "error", e)
	}
}

func (w *Workers) handle(ctx context.Context, j Job) (err error) {
	h, ok := w.handlers[j.Kind]
	if !ok {
		return fmt.Errorf("no handler for job kind %q", j.Kind)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h(ctx, j)
}

var extendLease = store.SQL(`update job set lease_until = {dbnow} + $3 where id = $1 and token = $2 and state = 'running'`)

// keepLease renews the lease until stop; when somebody else has it, lost is
// called: what the handler goes on doing would be done twice.
func (w *Workers) keepLease(ctx context.Context, j Job, lost func()) (stop func()) {
	done := make(chan struct{})
	var once sync.Once
	go func() {
		tick := time.NewTicker(w.heartbeat)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			var n int64
			err := w.db.InTx(ctx, func(tx *store.Tx) (err error) {
				n, err = store.Exec(tx, extendLease, j.ID, j.Token, lease.Microseconds())
				return err
			})
			if err == nil && n == 0 {
				lost()
				return
			}
		}
	}()
	return func() { once.Do(func() { close(done) }) }
}

var (
	putBack = store.SQL(`
		update job set state = 'ready', run_at = $3, last_error = $4, attempts = attempts - $5, lease_until = null
		where id = $1 and token = $2 and state = 'running'
			and not exists (select 1 from job other where other.kind = job.kind and other.key = job.key and other.state = 'ready')`)
	park = store.SQL(`update job set state = 'parked', last_error = $3, lease_until = null where id = $1 and token = $2 and state = 'running'`)
)

func (w *Workers) end(ctx context.Context, j Job, result error) error {
	if result == nil && *j.finished {
		return nil
	}
	return w.db.InTx(ctx, func(tx *store.Tx) error {
		var later Later
		switch {
		case result == nil || errors.Is(result, ErrLeaseLost):
			_, err := store.Exec(tx, deleteClaimed, j.ID, j.Token)
			return err
		case errors.As(result, &later):
			return w.again(tx, j, later.At, later.Reason, 1)
		case errors.Is(result, context.Canceled):
			return w.again(tx, j, w.clock.Now(), "stopped", 1)
		case j.Attempts >= MaxAttempts:
			w.log.Error("job parked", "kind", j.Kind, "job", j.ID, "error", result)
			_, err := store.Exec(tx, park, j.ID, j.Token, result.Error())
			return err
		default:
			w.log.Warn("job failed", "kind", j.Kind, "job", j.ID, "attempt", j.Attempts, "error", result)
			return w.again(tx, j, w.clock.Now().Add(Backoff(j.Attempts)), result.Error(), 0)
		}
	})
}

func (w *Workers) again(tx *store.Tx, j Job, at time.Time, reason string, giveBack int) error {
	n, err := store.Exec(tx, putBack, j.ID, j.Token, at, reason, giveBack)
	if err == nil && n == 0 { // a newer job with the same key waits already
		_, err = store.Exec(tx, deleteClaimed, j.ID, j.Token)
	}
	return err
}

// Backoff is how long to wait after the nth failed attempt: from seconds to
// minutes, with jitter so that many don't come back at once.
func Backoff(attempt int) time.Duration {
	base := 5 * time.Second << min(attempt-1, 6)
	return base + rand.N(base/2) //nolint:gosec // jitter, not a secret
}
