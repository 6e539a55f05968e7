package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// BulkPress is a press of one act on several conversations. It is done once,
// however often it is repeated under its key.
type BulkPress struct {
	Key   string // the person's; "" is a press that nobody repeats
	Act   BulkAct
	Known time.Time // as of Bulk
	// List is asked once for the conversations, and where their list goes on.
	List func() (ids []id.Conversation, next string, err error)
}

var (
	selectBulk = store.SQL(`select id, act, ids, next, through, result from bulk_act where person_id = $1 and key = $2 and shop_id = $3`)
	insertBulk = store.SQL(`
		insert into bulk_act (shop_id, person_id, key, act, ids, next, through, result, created_at) values ($1, $2, $3, $4, $5, $6, 0, '{}', $7)
		on conflict do nothing`)
	// Of two who go on with the same press, one has the part.
	claimBulk = store.SQL(`update bulk_act set through = $4 where person_id = $1 and key = $2 and through = $3`)
	saveBulk  = store.SQL(`update bulk_act set result = $3 where person_id = $1 and key = $2`)
	sweepBulk = store.SQL(`delete from bulk_act where created_at < $1`)
)

type bulkRow struct {
	ID      int64  `db:"id"`
	Act     string `db:"act"`
	IDs     string `db:"ids"`
	Next    string `db:"next"`
	Through int    `db:"through"`
	Result  string `db:"result"`
}

// errBusy: the same press is under way somewhere else.
var errBusy = fault.New(fault.Conflict, "busy", "This is being done already; ask again in a moment.")

// BulkOnce is Bulk under the key of a press. What each part did, and how it is
// taken back, is written with the doing: after a cut the repeated press does the
// rest and tells of all, and one that was done hears the same again. next is
// where the list goes on. Conflict faults: busy, and another_act where the key
// stands for something else.
func (d *Desk) BulkOnce(ctx context.Context, by Actor, p BulkPress) (all BulkResult, next string, err error) {
	if p.Key == "" {
		ids, next, err := p.List()
		if err != nil {
			return all, "", err
		}
		all, err = d.Bulk(ctx, by, p.Act, ids, p.Known)
		return all, next, err
	}
	row, ids, err := d.bulkBegin(ctx, by, p)
	if err != nil {
		return all, "", err
	}
	if err := json.Unmarshal([]byte(row.Result), &all); err != nil {
		return all, "", fmt.Errorf("what was done: %w", err)
	}
	for at := row.Through; at < len(ids); at += bulkChunk {
		part := ids[at:min(at+bulkChunk, len(ids))]
		var sum BulkResult
		err := d.DB.InTx(ctx, func(tx *store.Tx) error {
			n, err := store.Exec(tx, claimBulk, by.Person, p.Key, at, at+len(part))
			if err == nil && n == 0 {
				err = errBusy
			}
			if err != nil {
				return err
			}
			now, err := d.bulkPart(tx, by, p.Act, part, p.Known)
			if err != nil {
				return err
			}
			sum = all.and(now)
			kept, err := json.Marshal(sum)
			if err == nil {
				_, err = store.Exec(tx, saveBulk, by.Person, p.Key, string(kept))
			}
			return err
		})
		if errors.Is(err, errBusy) { // the other one tells of all
			return BulkResult{}, "", err
		}
		if err != nil {
			return all, row.Next, err
		}
		all = sum
		failpoint.Hit("bulk.part")
	}
	return all, row.Next, nil
}

// bulkBegin finds the press, or writes it down before anything is done.
func (d *Desk) bulkBegin(ctx context.Context, by Actor, p BulkPress) (row bulkRow, ids []id.Conversation, err error) {
	wanted, err := hashOf(p.Act)
	if err != nil {
		return row, nil, err
	}
	read := func() (found bool, err error) {
		err = d.DB.Read(ctx, func(tx *store.Tx) error {
			row, found, err = store.Maybe[bulkRow](tx, selectBulk, by.Person, p.Key, by.Shop)
			return err
		})
		return found, err
	}
	found, err := read()
	if err != nil {
		return row, nil, err
	}
	if !found {
		list, next, err := p.List()
		if err != nil {
			return row, nil, err
		}
		if len(list) > BulkAtOnce {
			return row, nil, errTooMany
		}
		kept, err := json.Marshal(slices.Compact(slices.Sorted(slices.Values(list))))
		if err != nil {
			return row, nil, err
		}
		err = d.DB.InTx(ctx, func(tx *store.Tx) error {
			_, err := store.Exec(tx, insertBulk, by.Shop, by.Person, p.Key, wanted, string(kept), next, d.Clock.Now())
			return err
		})
		if err != nil {
			return row, nil, err
		}
		if found, err = read(); err != nil || !found {
			return row, nil, fault.New(fault.Conflict, "another_act", "This key stands for something else already.")
		}
	}
	if row.Act != wanted {
		return row, nil, fault.New(fault.Conflict, "another_act", "This key stands for something else already.")
	}
	err = json.Unmarshal([]byte(row.IDs), &ids)
	return row, ids, err
}

func hashOf(act BulkAct) (string, error) {
	raw, err := json.Marshal(act)
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), err
}

// and gives both results as one.
func (r BulkResult) and(more BulkResult) BulkResult {
	out := BulkResult{Done: slices.Concat(r.Done, more.Done), Refused: slices.Concat(r.Refused, more.Refused)}
	for _, step := range slices.Concat(r.Undo, more.Undo) {
		out.undoBy(step.Act, step.IDs...)
	}
	return out
}

// SweepBulk forgets the presses of yesterday.
func (d *Desk) SweepBulk(ctx context.Context) error {
	return d.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, sweepBulk, d.Clock.Now().Add(-24*time.Hour))
		return err
	})
}
