package event

import (
	"context"
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Topic is announced after each commit that wrote events.
const Topic = "events"

// React turns a fact into the jobs that follow from it, in its transaction.
// It decides from the event alone.
type React func(tx *store.Tx, e Event) error

// Log writes events and reads them back as a feed.
type Log struct {
	db    *store.DB
	clock clock.Clock
	react React
}

// NewLog makes the log of a store. react may be nil.
func NewLog(db *store.DB, c clock.Clock, react React) *Log {
	return &Log{db: db, clock: c, react: react}
}

var insertEvent = store.SQL(`
	insert into event (at, shop_id, kind, conversation_id, message_id, promise_id, delivery_id, person_id, data, cause, depth, api_key_id, request_id)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
	returning seq`)

// maxDepth ends a chain of reactions that feeds itself (I9).
const maxDepth = 8

// Append writes a fact in the caller's transaction, and the jobs of those who
// react to it.
func (l *Log) Append(tx *store.Tx, e Event) error {
	if e.At.IsZero() {
		e.At = l.clock.Now()
	}
	if e.Data == "" {
		e.Data = "{}"
	}
	if o, ok := tx.Context().Value(originKey{}).(Origin); ok {
		e.APIKey, e.Request = o.APIKey, o.Request
	}
	seq, err := store.One[int64](tx, insertEvent, e.At, e.Shop, e.Kind, e.Conversation, e.Message, e.Promise, e.Delivery, e.Person, e.Data,
		nullable(e.Cause), e.Depth, e.APIKey, e.Request)
	if err != nil {
		return fmt.Errorf("event %s: %w", e.Kind, err)
	}
	e.Seq = seq
	tx.Wake(Topic)
	if l.react == nil || e.Depth >= maxDepth {
		return nil
	}
	return l.react(tx, e)
}

func nullable(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

const eventColumns = `seq, xid, at, coalesce(shop_id, 0) as shop_id, kind, conversation_id, message_id, promise_id, delivery_id, person_id, data, coalesce(cause, 0) as cause, depth, api_key_id, request_id`

// A sequence number is not a position: a transaction with a lower number may
// commit later. Only what is older than every transaction under way is read. On
// SQLite it is one, and the only one by which the feed is not read whole: of
// (xid, seq) > (0, n) it takes the first column alone to its index.
var readFeed = store.PerStore(
	`select `+eventColumns+` from event where seq > $2 and xid >= $1 order by seq limit $3`,
	`select `+eventColumns+` from event where (xid, seq) > ($1, $2)
		and xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint order by xid, seq limit $3`)

// Since reads at most limit events after the cursor, and the cursor behind the
// last of them.
func (l *Log) Since(ctx context.Context, c Cursor, limit int) (events []Event, next Cursor, err error) {
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		epoch, err := readEpoch(tx)
		if err != nil {
			return err
		}
		if c.Epoch != epoch {
			return ErrResync
		}
		events, err = store.All[Event](tx, readFeed, c.xid, c.seq, limit)
		return err
	})
	next = c
	if n := len(events); n > 0 {
		next.xid, next.seq = events[n-1].XID, events[n-1].Seq
	}
	return events, next, err
}

// One statement asks for both: every look at a conversation begins with it.
const (
	placeColumns = `select coalesce((select value from meta where name = 'epoch'), '') as epoch, coalesce(e.seq, 0) as seq, coalesce(e.xid, 0) as xid
		from (select 1 as one) always left join `
	newestRow     = placeColumns + `(select seq, xid from event where seq > 0 order by seq desc limit 1) e on true`
	newestSettled = placeColumns + `(select seq, xid from event where xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
		order by xid desc, seq desc limit 1) e on true`
)

var selectPosition = store.PerStore(newestRow, newestSettled)

// Position is the cursor behind the newest event that tx can see. Read inside
// the transaction that reads a list, it says which events the list knows.
func Position(tx *store.Tx) (Cursor, error) {
	p, err := store.One[struct {
		Epoch string `db:"epoch"`
		Seq   int64  `db:"seq"`
		XID   int64  `db:"xid"`
	}](tx, selectPosition)
	if err != nil {
		return Cursor{}, fmt.Errorf("position: %w", err)
	}
	return Cursor{Epoch: p.Epoch, xid: p.XID, seq: p.Seq}, nil
}

var hiddenEvent = store.PerStore(`select false`,
	`select exists (select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint)`)

// Hidden tells whether events that are committed do not show in the feed yet,
// because an older transaction is under way. No commit announces the moment at
// which they do: who reads the feed looks again soon.
func Hidden(tx *store.Tx) (bool, error) { return store.One[bool](tx, hiddenEvent) }

// Snapshot is what one transaction saw of the feed.
type Snapshot struct {
	Position Cursor
	sees     string // PostgreSQL's own name for it
}

var currentSnapshot = store.PerStore(`select ''`, `select pg_current_snapshot()::text`)

// See takes the snapshot of tx.
func See(tx *store.Tx) (s Snapshot, err error) {
	if s.Position, err = Position(tx); err != nil {
		return s, err
	}
	s.sees, err = store.One[string](tx, currentSnapshot)
	return s, err
}

var readUnseen = store.PerStore(
	`select kind, conversation_id from event where seq > $2 and xid >= $1 and $4 = '' order by seq limit $3`,
	`select kind, conversation_id from event where (xid, seq) > ($1, $2)
		and not pg_visible_in_snapshot(xid::text::xid8, $4::text::pg_snapshot) order by xid, seq limit $3`)

// Unseen reads at most limit events that tx sees and the snapshot didn't; of
// each its kind and conversation alone.
func Unseen(tx *store.Tx, s Snapshot, limit int) ([]Event, error) {
	return store.All[Event](tx, readUnseen, s.Position.xid, s.Position.seq, limit, s.sees)
}

var eventOfRequest = store.SQL(`select exists (select 1 from event where request_id = $1)`)

// Happened tells whether a named request has changed anything: a change and its
// event are one transaction (I9), so this is true even when the process died
// before it could answer.
func Happened(tx *store.Tx, r id.Request) (bool, error) {
	return store.One[bool](tx, eventOfRequest, r)
}

var readOfConversation = store.SQL(`select ` + eventColumns + ` from event where conversation_id = $1 order by seq desc limit $2`)

// OfConversation reads the newest events of one conversation, newest first.
func OfConversation(tx *store.Tx, conversation any, limit int) ([]Event, error) {
	return store.All[Event](tx, readOfConversation, conversation, limit)
}
