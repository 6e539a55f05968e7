package promise

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// sweepChunk keeps the sweeper's transactions short: the promises in it are held
// until its end, and mail that joins one of them waits.
const sweepChunk = 50

var (
	selectTurnedNear = store.SQL(`
		select ` + columns + ` from promise where state = 'open' and near_told = false and near_at <= $1
		order by near_at, id limit $2 {skip locked}`)
	selectTurnedBroken = store.SQL(`
		select ` + columns + ` from promise where state = 'open' and broken_at is null and kind <> 'wait' and due_at < $1
		order by due_at, id limit $2 {skip locked}`)
	markNear   = store.SQL(`update promise set near_told = true where id = $1`)
	markBroken = store.SQL(`update promise set broken_at = $2, near_told = true where id = $1`)
	nextTurn   = store.SQL(`
		select min(at) from (
			select min(near_at) as at from promise where state = 'open' and near_told = false
			union all
			select min(due_at) as at from promise where state = 'open' and broken_at is null and kind <> 'wait') turns`)
)

// Sweep states which promises turned near or broken by now, each once, and
// tells when the next one will. It is the only thing that sets these marks; a
// restart or a second node changes nothing, since both read the same rows.
func (l *Ledger) Sweep(ctx context.Context, db *store.DB) (next time.Time, err error) {
	now := l.Clock.Now()
	for {
		n := 0
		err := db.InTx(ctx, func(tx *store.Tx) error {
			var err error
			n, err = l.sweepOnce(tx, now)
			return err
		})
		if err != nil {
			return time.Time{}, err
		}
		if n < sweepChunk {
			break
		}
	}
	err = db.Read(ctx, func(tx *store.Tx) error {
		next, err = store.One[time.Time](tx, nextTurn)
		return err
	})
	return next, err
}

func (l *Ledger) sweepOnce(tx *store.Tx, now time.Time) (int, error) {
	// Broken ones first: what both texts find is then written once. PostgreSQL
	// checks a row's foreign keys again when its own transaction wrote it before,
	// and the check asks for the conversation after the promise: a deadlock.
	broken, err := store.All[Promise](tx, selectTurnedBroken, now, sweepChunk)
	if err != nil {
		return 0, err
	}
	for _, p := range broken {
		if _, err := store.Exec(tx, markBroken, p.ID, now); err != nil {
			return 0, err
		}
		if err := l.tell(tx, p, event.PromiseBroken, 0, 0); err != nil {
			return 0, err
		}
	}
	near, err := store.All[Promise](tx, selectTurnedNear, now, sweepChunk)
	if err != nil {
		return 0, err
	}
	for _, p := range near {
		if p.DueAt.Before(now) && p.Kind != Wait { // the next chunk tells that it broke; one telling is enough
			continue
		}
		if _, err := store.Exec(tx, markNear, p.ID); err != nil {
			return 0, err
		}
		if err := l.tell(tx, p, event.PromiseNear, 0, 0); err != nil {
			return 0, err
		}
	}
	return max(len(near), len(broken)), nil
}

var assignOpen = store.SQL(`update promise set person_id = $2 where id = $1 and state = 'open'`)

// GiveTo puts a person in charge of a promise by choice.
func GiveTo(tx *store.Tx, p id.Promise, person id.Person) error {
	_, err := store.Exec(tx, assignOpen, p, person)
	return err
}
