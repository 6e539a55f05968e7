package view

import (
	"context"
	"math"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// nextChunk is how many conversations are looked at together.
const nextChunk = 50

var (
	nextOwed = store.SQL(`select id, next_due_at, assignee_id from conversation` + owed + awake + `
		and (next_due_at, id) > ($2, $3) order by next_due_at, id limit $4`)
	placeOf = store.SQL(`select next_due_at from conversation where id = $1 and shop_id = $2`)
	// Where a conversation stood in the list before its promise was kept.
	placeBefore = store.SQL(`select due_at from promise where conversation_id = $1 order by id desc limit 1`)
)

const onItsWay = `select conversation_id from delivery where kind = 'answer' and state <> 'held'
	and state in ('queued', 'claimed', 'dot_pending', 'soft', 'uncertain', 'held') and conversation_id in `

// Next finds the conversation to answer after another: the next one of the owed
// list, from its top again at its end; after 0 the first. Those asleep are left
// out, those whose answer is on its way, and first of all a colleague's, which
// come when nothing else is left. found is false when nothing is owed.
func (l *Lists) Next(ctx context.Context, shop id.Shop, person id.Person, after id.Conversation) (next id.Conversation, found bool, err error) {
	now := l.Clock.Now()
	err = l.DB.Read(ctx, func(tx *store.Tx) error {
		from, err := startOf(tx, shop, after)
		if err != nil {
			return err
		}
		w := &walk{tx: tx, shop: shop, person: person, after: after, now: now}
		for _, start := range []place{from, {math.MinInt64, 0}} {
			if next, err = w.from(start); err != nil || next != 0 {
				return err
			}
		}
		next = w.colleagues
		return nil
	})
	return next, next != 0, failed("next conversation", err)
}

func startOf(tx *store.Tx, shop id.Shop, after id.Conversation) (place, error) {
	start := place{math.MinInt64, 0}
	if after == 0 {
		return start, nil
	}
	due, found, err := store.Maybe[time.Time](tx, placeOf, after, shop)
	if err != nil || !found {
		return start, err
	}
	if due.IsZero() {
		if due, found, err = store.Maybe[time.Time](tx, placeBefore, after); err != nil || !found {
			return start, err
		}
	}
	return place{due.UnixMicro(), int64(after)}, nil
}

// walk goes down the owed list.
type walk struct {
	tx         *store.Tx
	shop       id.Shop
	person     id.Person
	after      id.Conversation
	now        time.Time
	colleagues id.Conversation // the first one passed over that is a colleague's
}

type owedPlace struct {
	ID       id.Conversation `db:"id"`
	DueAt    time.Time       `db:"next_due_at"`
	Assignee id.Person       `db:"assignee_id"`
}

func (w *walk) from(at place) (id.Conversation, error) {
	for {
		chunk, err := store.All[owedPlace](w.tx, nextOwed, w.shop, at.at, at.id, nextChunk, w.now)
		if err != nil || len(chunk) == 0 {
			return 0, err
		}
		answered, err := byIDs[id.Conversation](w.tx, onItsWay, distinct(chunk, func(o owedPlace) id.Conversation { return o.ID }), ``)
		if err != nil {
			return 0, err
		}
		skip := map[id.Conversation]bool{w.after: true}
		for _, c := range answered {
			skip[c] = true
		}
		for _, o := range chunk {
			switch {
			case skip[o.ID]:
			case o.Assignee == 0 || o.Assignee == w.person:
				return o.ID, nil
			case w.colleagues == 0:
				w.colleagues = o.ID
			}
		}
		if len(chunk) < nextChunk {
			return 0, nil
		}
		last := chunk[len(chunk)-1]
		at = place{last.DueAt.UnixMicro(), int64(last.ID)}
	}
}
