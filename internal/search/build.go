package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// BuildJob reads the archive into an index that isn't whole.
var BuildJob = jobs.Kind{Name: "search.build", Pool: jobs.PoolChores}

// chunk is how many messages are read in one transaction: mail that comes in
// waits for no more than some milliseconds.
const chunk = 64

// Row is a message for an index that is being built.
type Row struct {
	Message id.Message
	Text    Text
}

// Archive reads the newest messages up to and including one, newest first.
type Archive interface {
	Newest(tx *store.Tx) (id.Message, error)
	SearchRows(tx *store.Tx, through id.Message, limit int) ([]Row, error)
}

// Builder makes indexes.
type Builder struct {
	DB      *store.DB
	Clock   clock.Clock
	Queue   jobs.Queue
	Archive Archive
}

var insertIndex = store.SQL(`insert into search_index (analyser) values ($1) on conflict (analyser) do nothing returning ` + indexColumns)

// Ensure makes an index for today's rules unless there is one, and has it
// built. To be called at each start, on each node.
func (b *Builder) Ensure(ctx context.Context) error {
	return b.ensure(ctx, Analyser)
}

func (b *Builder) ensure(ctx context.Context, analyser int) error {
	ready := false
	err := b.DB.Read(ctx, func(tx *store.Tx) error {
		x, found, err := Serving(tx)
		ready = found && x.Whole() && x.Analyser == analyser
		return err
	})
	if err != nil || ready {
		return err
	}
	err = b.DB.InTx(ctx, func(tx *store.Tx) error {
		x, made, err := store.Maybe[Index](tx, insertIndex, analyser)
		if err != nil {
			return err
		}
		if made {
			newest, err := b.Archive.Newest(tx)
			if err != nil {
				return err
			}
			if err := x.create(tx, newest); err != nil {
				return err
			}
		}
		building, err := b.building(tx)
		if err != nil || building == nil {
			return err
		}
		return b.Queue.Put(tx, jobs.Add{Kind: BuildJob, Key: "build"})
	})
	if err != nil {
		return fmt.Errorf("make the search index: %w", err)
	}
	return nil
}

var lockBuilding = store.SQL(`select ` + indexColumns + ` from search_index where state = 'building' order by generation {for update}`)

// building holds the index that isn't whole, nil when there is none.
func (b *Builder) building(tx *store.Tx) (*Index, error) {
	all, err := store.All[Index](tx, lockBuilding)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[len(all)-1], nil
}

// Build is the handler of BuildJob: it goes on where the last run ended, and
// ends when the new index serves and the others are gone.
func (b *Builder) Build(ctx context.Context, _ jobs.Job) error {
	for ctx.Err() == nil {
		done, err := b.step(ctx)
		if err != nil {
			if later := (jobs.Later{}); errors.As(err, &later) {
				return later
			}
			return fmt.Errorf("build the search index: %w", err)
		}
		if done {
			return nil
		}
	}
	return ctx.Err()
}

func (b *Builder) step(ctx context.Context) (done bool, err error) {
	err = b.DB.InTx(ctx, func(tx *store.Tx) error {
		done = false
		x, err := b.building(tx)
		if err != nil || x == nil {
			done = true
			return err
		}
		if !x.Begun {
			return b.begin(tx, x)
		}
		rows, err := b.Archive.SearchRows(tx, x.LeftBelow, chunk)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			done = true
			return b.serve(tx, x)
		}
		left := rows[len(rows)-1].Message - 1
		slices.Reverse(rows) // FTS5 writes a segment each time that a number goes down
		for _, r := range rows {
			if r.Text.Shop == 0 { // nothing that anybody looks for
				continue
			}
			if err := x.put(tx, r.Message, Analyse(r.Text)); err != nil {
				return err
			}
			x.Windows = max(x.Windows, windowOf(r.Message))
		}
		_, err = store.Exec(tx, setLeft, x.Generation, int64(left))
		return err
	})
	return done, err
}

var (
	setBegun = store.SQL(`update search_index set begun = true, left_below = $2 where generation = $1`)
	setLeft  = store.SQL(`update search_index set left_below = $2 where generation = $1`)
	setServe = store.SQL(`update search_index set state = 'serving', left_below = 0 where generation = $1`)
	// A transaction that began before the index was there writes its message
	// without it; the archive is read once these have ended.
	knownToAll = store.PerStore(
		`select true`,
		`select xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint from search_index where generation = $1`)
)

func (b *Builder) begin(tx *store.Tx, x *Index) error {
	var args []any
	if tx.Dialect() == store.PostgreSQL {
		args = append(args, x.Generation)
	}
	known, err := store.One[bool](tx, knownToAll, args...)
	if err != nil {
		return err
	}
	if !known {
		return jobs.Later{At: b.Clock.Now().Add(time.Second), Reason: "older transactions are still under way"}
	}
	newest, err := b.Archive.Newest(tx)
	if err != nil {
		return err
	}
	_, err = store.Exec(tx, setBegun, x.Generation, int64(newest))
	return err
}

// serve makes the index answer, and drops what it takes the place of.
func (b *Builder) serve(tx *store.Tx, x *Index) error {
	all, err := store.All[Index](tx, selectIndexes)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.Generation != x.Generation {
			if err := other.drop(tx); err != nil {
				return err
			}
		}
	}
	_, err = store.Exec(tx, setServe, x.Generation)
	return err
}
