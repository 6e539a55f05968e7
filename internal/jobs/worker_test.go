package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var ring = jobs.Kind{Name: "test.ring", Pool: jobs.PoolReact}

type args struct {
	N int `json:"n"`
}

type bench struct {
	t       *testing.T
	db      *store.DB
	clock   *clock.Set
	queue   jobs.Queue
	workers *jobs.Workers
	mu      sync.Mutex
	rung    []int
}

func onEachStore(t *testing.T, handler func(b *bench, ctx context.Context, j jobs.Job) error, tell func(b *bench)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		clk := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
		b := &bench{t: t, db: db, clock: clk, queue: jobs.Queue{Clock: clk}}
		b.workers = jobs.NewWorkers(db, clk, slog.New(slog.DiscardHandler), map[jobs.Pool]int{jobs.PoolReact: 3})
		b.workers.Handle(ring, func(ctx context.Context, j jobs.Job) error {
			var a args
			if err := j.Decode(&a); err != nil {
				return err
			}
			b.mu.Lock()
			b.rung = append(b.rung, a.N)
			b.mu.Unlock()
			if handler == nil {
				return nil
			}
			return handler(b, ctx, j)
		})
		tell(b)
	})
}

func (b *bench) put(a jobs.Add) {
	b.t.Helper()
	if err := b.db.InTx(b.t.Context(), func(tx *store.Tx) error { return b.queue.Put(tx, a) }); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) drain() {
	b.t.Helper()
	if err := b.workers.Drain(b.t.Context(), jobs.PoolReact); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) states() map[string]int {
	b.t.Helper()
	out := map[string]int{}
	err := b.db.Read(b.t.Context(), func(tx *store.Tx) error {
		list, err := store.All[string](tx, store.Dynamic(`select state from job`))
		for _, s := range list {
			out[s]++
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

func TestAJobRunsAtItsTimeAndIsGone(t *testing.T) {
	t.Parallel()
	onEachStore(t, nil, func(b *bench) {
		b.put(jobs.Add{Kind: ring, Args: args{1}})
		b.put(jobs.Add{Kind: ring, Args: args{2}, At: b.clock.Now().Add(time.Hour)})
		b.drain()
		if len(b.rung) != 1 {
			b.t.Fatalf("rung %v, want the first only", b.rung)
		}
		b.clock.Advance(time.Hour)
		b.drain()
		if len(b.rung) != 2 || len(b.states()) != 0 {
			b.t.Errorf("rung %v, left %v", b.rung, b.states())
		}
	})
}

func TestAKeyLetsOneWait(t *testing.T) {
	t.Parallel()
	onEachStore(t, nil, func(b *bench) {
		for range 3 {
			b.put(jobs.Add{Kind: ring, Args: args{1}, Key: "bell"})
		}
		b.drain()
		b.put(jobs.Add{Kind: ring, Args: args{2}, Key: "bell"})
		b.drain()
		if len(b.rung) != 2 {
			b.t.Errorf("rung %v, want 1 and 2", b.rung)
		}
	})
}

func TestARollbackLeavesNoJob(t *testing.T) {
	t.Parallel()
	onEachStore(t, nil, func(b *bench) {
		_ = b.db.InTx(b.t.Context(), func(tx *store.Tx) error {
			if err := b.queue.Put(tx, jobs.Add{Kind: ring, Args: args{1}}); err != nil {
				return err
			}
			return errors.New("no")
		})
		b.drain()
		if len(b.rung) != 0 {
			b.t.Error("it rang")
		}
	})
}

func TestAFailingJobIsParkedAfterFiveTries(t *testing.T) {
	t.Parallel()
	broken := func(*bench, context.Context, jobs.Job) error { return errors.New("broken bell") }
	onEachStore(t, broken, func(b *bench) {
		b.put(jobs.Add{Kind: ring, Args: args{1}})
		for range 20 {
			b.drain()
			b.clock.Advance(time.Hour)
		}
		if len(b.rung) != jobs.MaxAttempts || b.states()["parked"] != 1 {
			b.t.Errorf("tried %d times, left %v", len(b.rung), b.states())
		}
	})
}

func TestAJobWhoseWorkerVanishedRunsAgain(t *testing.T) {
	t.Parallel()
	onEachStore(t, nil, func(b *bench) {
		b.put(jobs.Add{Kind: ring, Args: args{1}, Key: "bell"})
		claimAndVanish := store.Dynamic(`update job set state = 'running', attempts = attempts + 1, token = token + 1, lease_until = 0`)
		if err := b.db.InTx(b.t.Context(), func(tx *store.Tx) error { _, err := store.Exec(tx, claimAndVanish); return err }); err != nil {
			b.t.Fatal(err)
		}
		b.put(jobs.Add{Kind: ring, Args: args{2}, Key: "bell"}) // came meanwhile
		if err := b.workers.Rescue(b.t.Context()); err != nil {
			b.t.Fatal(err)
		}
		b.drain()
		if len(b.rung) != 2 {
			b.t.Errorf("rung %v, want both", b.rung)
		}
	})
}

// Found by killing the desk: a job that ended the process took its innocent
// neighbours with it five times, and all of them were given up.
func TestWhatVanishedTogetherTwiceComesBackOneByOne(t *testing.T) {
	t.Parallel()
	onEachStore(t, nil, func(b *bench) {
		for i := range 3 {
			b.put(jobs.Add{Kind: ring, Args: args{i}})
		}
		vanish := store.Dynamic(`update job set state = 'running', attempts = attempts + 1, token = token + 1, lease_until = 0`)
		for range 2 {
			if err := b.db.InTx(b.t.Context(), func(tx *store.Tx) error { _, err := store.Exec(tx, vanish); return err }); err != nil {
				b.t.Fatal(err)
			}
			if err := b.workers.Rescue(b.t.Context()); err != nil {
				b.t.Fatal(err)
			}
		}
		for n := 0; n <= 3; n++ {
			if b.drain(); len(b.rung) != n {
				b.t.Fatalf("rung %v, want %d of them", b.rung, n)
			}
			b.clock.Advance(2 * time.Second)
		}
	})
}

func TestWhoLostTheLeaseFinishesNothing(t *testing.T) {
	t.Parallel()
	stolen := func(b *bench, ctx context.Context, j jobs.Job) error {
		err := b.db.InTx(ctx, func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update job set token = token + 1 where id = $1`), j.ID)
			return err
		})
		if err != nil {
			return err
		}
		return b.db.InTx(ctx, j.Finish)
	}
	onEachStore(t, stolen, func(b *bench) {
		b.put(jobs.Add{Kind: ring, Args: args{1}})
		b.drain()
		if s := b.states(); s["running"] != 1 {
			b.t.Errorf("left %v, want the other worker's job untouched", s)
		}
	})
}

func TestLaterIsNoFailure(t *testing.T) {
	t.Parallel()
	later := func(b *bench, _ context.Context, _ jobs.Job) error {
		if len(b.rung) < 9 {
			return jobs.Later{At: b.clock.Now().Add(time.Hour), Reason: "closed"}
		}
		return nil
	}
	onEachStore(t, later, func(b *bench) {
		b.put(jobs.Add{Kind: ring, Args: args{1}})
		for range 12 {
			b.drain()
			b.clock.Advance(time.Hour)
		}
		if len(b.rung) != 9 || len(b.states()) != 0 {
			b.t.Errorf("tried %d times, left %v", len(b.rung), b.states())
		}
	})
}

// The pools run by themselves, woken by the commit.
func TestThePoolsRunWhatIsPut(t *testing.T) {
	t.Parallel()
	onEachStore(t, nil, func(b *bench) {
		ctx, cancel := context.WithCancel(b.t.Context())
		done := make(chan struct{})
		go func() { b.workers.Run(ctx); close(done) }()
		for i := range 50 {
			b.put(jobs.Add{Kind: ring, Args: args{i}})
		}
		deadline, stop := context.WithTimeout(b.t.Context(), 20*time.Second)
		defer stop()
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for len(b.states()) > 0 {
			select {
			case <-tick.C:
			case <-deadline.Done():
				b.t.Fatalf("left %v", b.states())
			}
		}
		cancel()
		<-done
		if len(b.rung) != 50 {
			b.t.Errorf("%d of 50 ran", len(b.rung))
		}
	})
}

// A lease that somebody else has by now: whoever goes on working does it twice.
func TestAHandlerWhoseLeaseIsLostIsStopped(t *testing.T) {
	t.Parallel()
	stolen := store.Dynamic(`update job set token = token + 1`)
	onEachStore(t, func(b *bench, ctx context.Context, _ jobs.Job) error {
		err := b.db.InTx(ctx, func(tx *store.Tx) error { _, err := store.Exec(tx, stolen); return err })
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Second):
			b.t.Error("nobody stopped it")
			return nil
		}
	}, func(b *bench) {
		b.workers.BeatEvery(10 * time.Millisecond)
		b.put(jobs.Add{Kind: ring, Args: args{1}})
		b.drain()
		if got := b.states(); got["running"] != 1 || len(got) != 1 {
			b.t.Errorf("jobs %v: the one who lost the lease must leave it to the other", got)
		}
	})
}

// What a handler writes down last, it may write without its own context; the
// end of its job is recorded though we stop.
func TestAHandlerThatEndsWhileWeStopIsRecorded(t *testing.T) {
	t.Parallel()
	onEachStore(t, nil, func(b *bench) {
		ctx, stop := context.WithCancel(b.t.Context())
		b.workers.Handle(ring, func(context.Context, jobs.Job) error { stop(); return nil })
		b.put(jobs.Add{Kind: ring, Args: args{1}})
		_ = b.workers.Drain(ctx, jobs.PoolReact)
		if got := b.states(); len(got) != 0 {
			b.t.Errorf("jobs %v: it was done", got)
		}
	})
}
