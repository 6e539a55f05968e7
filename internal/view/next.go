package view

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// nextChunk is how many conversations are looked at together.
const nextChunk = 50

var (
	nextOwed   = store.SQL(`select c.id, c.next_due_at, c.assignee_id from conversation c` + isOwed + awake + dueNext)
	nextRanked = store.SQL(`select c.id, c.next_due_at, c.assignee_id from conversation c` + isOwed + awake + ` and c.rank = $6` + dueNext)
	placeOf    = store.SQL(`select next_due_at, rank from conversation where id = $1 and shop_id = $2`)
	// Where a conversation stood in the list before its promise was kept.
	placeBefore = store.SQL(`select due_at from promise where conversation_id = $1 order by id desc limit 1`)
)

const onItsWay = `select conversation_id from delivery where kind = 'answer' and state <> 'held'
	and state in ('queued', 'claimed', 'dot_pending', 'soft', 'uncertain', 'held') and conversation_id in `

// Next finds the conversation to answer after another: the next one of the owed
// list in the given order, from its top again at its end; after 0 the first. Those asleep are left
// out, those whose answer is on its way, and first of all a colleague's, which
// come when nothing else is left. found is false when nothing is owed.
func (l *Lists) Next(ctx context.Context, by Actor, after id.Conversation, order Order) (next id.Conversation, found bool, err error) {
	now := l.Clock.Now()
	err = l.DB.Read(ctx, func(tx *store.Tx) error {
		parts, err := partsAfter(tx, by.Shop, after, order)
		if err != nil {
			return err
		}
		w := &walk{tx: tx, shop: by.Shop, person: by.Person, after: after, now: now}
		for _, p := range parts {
			if next, err = w.down(p); err != nil || next != 0 {
				return err
			}
		}
		next = w.colleagues
		return nil
	})
	return next, next != 0, failed("next conversation", err)
}

// stretch is a part of the owed list: the rows of one rank, or of any, from a
// place on.
type stretch struct {
	rank int // anyRank: all of them, by due time
	from place
}

const anyRank = -1

// partsAfter are the stretches of the list behind a conversation, then all of
// it from the top.
func partsAfter(tx *store.Tx, shop id.Shop, after id.Conversation, order Order) ([]stretch, error) {
	rank, from, err := startOf(tx, shop, after)
	if err != nil {
		return nil, err
	}
	if order != ByRank {
		return []stretch{{anyRank, from}, {anyRank, beginning}}, nil
	}
	parts := []stretch{{rank, from}}
	for rank--; rank >= 0; rank-- {
		parts = append(parts, stretch{rank, beginning})
	}
	for rank = topRank; rank >= 0; rank-- {
		parts = append(parts, stretch{rank, beginning})
	}
	return parts, nil
}

type owedStart struct {
	DueAt time.Time `db:"next_due_at"`
	Rank  int       `db:"rank"`
}

// startOf is where a conversation stands in the list, or stood before its
// promise was kept; the top when it is none of this shop's.
func startOf(tx *store.Tx, shop id.Shop, after id.Conversation) (rank int, from place, err error) {
	if after == 0 {
		return topRank, beginning, nil
	}
	at, found, err := store.Maybe[owedStart](tx, placeOf, after, shop)
	if err != nil || !found {
		return topRank, beginning, err
	}
	if at.DueAt.IsZero() {
		at.Rank = topRank // what it was in is gone with what was owed
		if at.DueAt, found, err = store.Maybe[time.Time](tx, placeBefore, after); err != nil || !found {
			return topRank, beginning, err
		}
	}
	return at.Rank, place{at.DueAt.UnixMicro(), int64(after)}, nil
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

func (w *walk) down(p stretch) (id.Conversation, error) {
	for at := p.from; ; {
		statement, args := nextOwed, []any{w.shop, at.at, at.id, nextChunk, w.now}
		if p.rank != anyRank {
			statement, args = nextRanked, append(args, p.rank)
		}
		chunk, err := store.All[owedPlace](w.tx, statement, args...)
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
