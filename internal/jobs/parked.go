package jobs

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Parked is a job that was given up.
type Parked struct {
	ID        id.Job    `db:"id"`
	Kind      string    `db:"kind"`
	Attempts  int       `db:"attempts"`
	CreatedAt time.Time `db:"created_at"`
	Error     string    `db:"last_error"`
}

var (
	parkedJobs = store.SQL(`
		select id, kind, attempts, created_at, last_error from job where state = 'parked' and id > $1 order by id limit $2`)
	poolOfParked = store.SQL(`select pool from job where id = $1 and state = 'parked' {for update}`)
	// A job with the same key that waits does the same work: then this one is in the way.
	retryParked = store.SQL(`
		update job set state = 'ready', attempts = 0, run_at = $2
		where id = $1 and state = 'parked' and not exists (
			select 1 from job as twin where twin.kind = job.kind and twin.key = job.key and twin.state = 'ready')`)
	dropParked = store.SQL(`delete from job where id = $1 and state = 'parked'`)
)

// ParkedAfter lists up to limit parked jobs behind a number, oldest first.
func ParkedAfter(tx *store.Tx, after id.Job, limit int) ([]Parked, error) {
	return store.All[Parked](tx, parkedJobs, int64(after), limit)
}

// Retry lets a parked job run again from now on, with all its tries. found is
// false when there is no such parked job.
func (q Queue) Retry(tx *store.Tx, job id.Job) (found bool, err error) {
	pool, found, err := store.Maybe[string](tx, poolOfParked, job)
	if err != nil || !found {
		return found, err
	}
	n, err := store.Exec(tx, retryParked, job, q.Clock.Now())
	if err == nil && n == 0 {
		_, err = store.Exec(tx, dropParked, job)
	}
	tx.Wake(Topic(Pool(pool)))
	return true, err
}
