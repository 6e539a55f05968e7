package jobs

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// MaxAttempts is how often a job may be claimed before it is parked. Claims
// count, not failures: a job that kills the process is counted too.
const MaxAttempts = 5

// Pool names a group of workers. Each kind belongs to one, so that slow work
// of one sort never delays another.
type Pool string

// The pools.
const (
	PoolIntake Pool = "intake" // parsing what came in
	PoolSend   Pool = "send"   // mail going out
	PoolReact  Pool = "react"  // acknowledgements, recognition, live
	PoolChores Pool = "chores" // sweeps, reconciliation, thumbnails
	// PoolWebhooks waits for other people's servers.
	PoolWebhooks Pool = "webhooks"
	// PoolPush waits for push services.
	PoolPush Pool = "push"
)

// Kind describes one kind of job.
type Kind struct {
	Name string
	Pool Pool
}

// Job is one piece of work as its handler sees it.
type Job struct {
	ID       id.Job    `db:"id"`
	Kind     string    `db:"kind"`
	Args     string    `db:"args"`
	Attempts int       `db:"attempts"`
	Token    int64     `db:"token"`
	RunAt    time.Time `db:"run_at"`
	Error    string    `db:"last_error"`

	finished *bool // Finish was called in a transaction that the handler saw through
}

// Decode reads the arguments that the job was added with.
func (j Job) Decode(into any) error {
	if err := json.Unmarshal([]byte(j.Args), into); err != nil {
		return fmt.Errorf("arguments of job %s: %w", j.Kind, err)
	}
	return nil
}

// Add describes a job to be added.
type Add struct {
	Kind Kind
	Args any       // ids, enums and amounts only (I9)
	Key  string    // at most one waiting job of this kind has this key; "" for no such rule
	At   time.Time // not before; zero for now
}

var insertJob = store.SQL(`
	insert into job (kind, pool, key, args, run_at, created_at) values ($1, $2, $3, $4, $5, $6)
	on conflict (kind, key) where key is not null and state = 'ready'
	do update set run_at = excluded.run_at where excluded.run_at < job.run_at`)

// Topic is announced after each commit that added jobs to the pool.
func Topic(p Pool) string { return "jobs_" + string(p) }

// Queue adds jobs to a store.
type Queue struct{ Clock clock.Clock }

// Put adds a job in the caller's transaction. A second one with the same key
// changes nothing while the first still waits, but that the earlier of the two
// times counts: a person's "now" is not put off by a wait that began before.
func (q Queue) Put(tx *store.Tx, a Add) error {
	args, err := json.Marshal(a.Args)
	if err != nil {
		return fmt.Errorf("job %s: %w", a.Kind.Name, err)
	}
	now := q.Clock.Now()
	if a.At.IsZero() {
		a.At = now
	}
	var key any
	if a.Key != "" {
		key = a.Key
	}
	if _, err := store.Exec(tx, insertJob, a.Kind.Name, string(a.Kind.Pool), key, string(args), a.At, now); err != nil {
		return fmt.Errorf("job %s: %w", a.Kind.Name, err)
	}
	tx.Wake(Topic(a.Kind.Pool))
	return nil
}

var deleteClaimed = store.SQL(`delete from job where id = $1 and token = $2 and state = 'running'`)

// ErrLeaseLost says that another worker has the job by now: what this one was
// about to write must not be written.
var ErrLeaseLost = errors.New("the job's lease was lost")

// Finish ends the job inside the handler's own transaction, so that the work
// and its end are one. With a lost lease it fails the transaction.
func (j Job) Finish(tx *store.Tx) error {
	if j.ID == 0 { // run by hand, not by a worker
		return nil
	}
	n, err := store.Exec(tx, deleteClaimed, j.ID, j.Token)
	if err == nil && n == 0 {
		err = ErrLeaseLost
	}
	if err == nil && j.finished != nil {
		*j.finished = true
	}
	return err
}

// Later is returned by a handler whose work is not due yet or cannot be done
// now for a reason outside: it doesn't count as a failure.
type Later struct {
	At     time.Time
	Reason string
}

func (l Later) Error() string { return "later: " + l.Reason }
