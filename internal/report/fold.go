package report

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// FoldJob reads on in the event feed.
var FoldJob = jobs.Kind{Name: "report.fold", Pool: jobs.PoolChores}

// Service counts and reads figures. It is safe for use by many goroutines.
type Service struct {
	DB     *store.DB
	Events *event.Log
	Queue  jobs.Queue
	Clock  clock.Clock
	Shops  *shop.Service
	Past   Past // for looks through a mailbox's history; none without a mail channel
}

const (
	// countingVersion: raise it when something is counted in another way, and
	// all is counted anew.
	countingVersion = 1
	perChunk        = 200 // events, or subjects, in one transaction
	perRun          = 50  // chunks, before other chores have the worker
)

// What the fold is doing. Clearing and what follows it count everything anew.
const (
	folds      = ""
	clearing   = "clearing"   // emptying the figures
	recounting = "recounting" // of every conversation
	others     = "others"     // what has no conversation (any more)
)

// errTurn says that another fold was faster.
var errTurn = errors.New("another fold has the turn")

// Follow asks for a fold when the feed has something new. It is called after
// commits that wrote events, and once a minute.
func (s *Service) Follow(ctx context.Context) error {
	behind := false
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		at, err := event.Position(tx)
		if err != nil {
			return err
		}
		f, found, err := store.Maybe[folding](tx, selectFold)
		behind = !found || f.Position != at.String() || f.State != folds || f.Version != countingVersion
		return err
	})
	if err != nil || !behind {
		return err
	}
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		return s.Queue.Put(tx, jobs.Add{Kind: FoldJob, Args: struct{}{}, Key: "fold"})
	})
}

// Fold is the handler of FoldJob: it folds until nothing is left, or until
// others should have the worker.
func (s *Service) Fold(ctx context.Context, _ jobs.Job) error {
	for range perRun {
		more, err := s.step(ctx)
		if errors.Is(err, errTurn) {
			return jobs.Later{At: s.Clock.Now().Add(2 * time.Second), Reason: "another fold has the turn"}
		}
		if err != nil || !more {
			return err
		}
	}
	return jobs.Later{At: s.Clock.Now(), Reason: "more to fold"}
}

// CatchUp folds all there is, for a story told on a clock of its own and for tests.
func (s *Service) CatchUp(ctx context.Context) error {
	for {
		more, err := s.step(ctx)
		if err != nil || !more {
			return err
		}
	}
}

// step does the next piece, in one transaction; false when nothing is left.
func (s *Service) step(ctx context.Context) (more bool, err error) {
	f, err := s.standing(ctx)
	if err != nil {
		return false, err
	}
	if f.Version != countingVersion {
		return true, s.startOver(ctx, f)
	}
	switch f.State {
	case clearing:
		return true, s.clear(ctx, f)
	case recounting, others:
		return true, s.recount(ctx, f)
	}
	cursor, err := event.ParseCursor(f.Position)
	var events []event.Event
	if err == nil {
		events, cursor, err = s.Events.Since(ctx, cursor, perChunk)
	}
	if errors.Is(err, event.ErrResync) { // restored or moved: what was read of the old feed says nothing of the new one
		return true, s.startOver(ctx, f)
	}
	if err != nil || len(events) == 0 {
		return false, err
	}
	subjects := map[int64]bool{}
	for _, e := range events {
		for _, subject := range subjectsOf(e) {
			subjects[subject] = true
		}
	}
	delete(subjects, 0)
	c, err := s.changes(ctx, slices.Sorted(maps.Keys(subjects)), true)
	if err != nil {
		return false, err
	}
	next := f
	next.Position = cursor.String()
	return len(events) == perChunk, s.write(ctx, f, next, c)
}

// standing reads where the fold is; a fresh one begins at the feed's beginning.
func (s *Service) standing(ctx context.Context) (f folding, err error) {
	found := false
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		f, found, err = store.Maybe[folding](tx, selectFold)
		return err
	})
	if err != nil || found {
		return f, err
	}
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		at, err := event.Position(tx)
		if err != nil {
			return err
		}
		if _, err := store.Exec(tx, insertFold, at.Epoch+"-0-0", countingVersion); err != nil {
			return err
		}
		f, err = store.One[folding](tx, selectFold)
		return err
	})
	return f, err
}

func mergedFrom(e event.Event) int64 {
	var data struct {
		From id.Conversation `json:"from"`
	}
	_ = json.Unmarshal([]byte(e.Data), &data) // a merge that says nothing moved nothing
	return int64(data.From)
}

// changed is what a chunk writes.
type changed struct {
	cells   map[cell]int64
	counted map[int64][]byte
	shops   map[int64]id.Shop
}

// changes counts subjects anew, on one snapshot. Without difference it gives
// all that they add, for figures that were emptied.
func (s *Service) changes(ctx context.Context, subjects []int64, difference bool) (out changed, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		out = changed{cells: map[cell]int64{}, counted: map[int64][]byte{}, shops: map[int64]id.Shop{}}
		before, err := countedBefore(tx, subjects)
		if err != nil {
			return err
		}
		now, err := matters(tx, subjects)
		if err != nil {
			return err
		}
		hours := openings{Service: s, tx: tx, known: map[opening]shopHours{}}
		for _, subject := range subjects {
			if err := out.count(subject, before[subject], now[subject], &hours, difference); err != nil {
				return fmt.Errorf("count %d: %w", subject, err)
			}
		}
		return nil
	})
	return out, err
}

// counted is what a subject was counted as.
type counted struct {
	Subject int64   `db:"subject"`
	Shop    id.Shop `db:"shop_id"`
	Entries []byte  `db:"entries"`
}

func countedBefore(tx *store.Tx, subjects []int64) (map[int64]counted, error) {
	all, err := store.All[counted](tx, selectCounted, list(tx, subjects))
	out := make(map[int64]counted, len(all))
	for _, c := range all {
		out[c.Subject] = c
	}
	return out, err
}

func (out *changed) count(subject int64, was counted, m *matter, hours *openings, difference bool) error {
	before, err := decodeTally(was.Entries)
	if err != nil {
		return err
	}
	if m == nil { // erased: what it was counted as stays (I10)
		if !difference {
			before.into(out.cells, was.Shop, 1)
		}
		return nil
	}
	open, err := hours.of(m.Shop, m.Channel)
	if err != nil {
		return err
	}
	now := count(*m, open.zone, open.hours, before.openTimes())
	if difference {
		before.into(out.cells, m.Shop, -1)
	}
	now.into(out.cells, m.Shop, 1)
	out.counted[subject], out.shops[subject] = now.encode(), m.Shop
	return nil
}

// opening names the hours of a shop's channel.
type opening struct {
	shop    id.Shop
	channel string
}

type shopHours struct {
	zone  *time.Location
	hours calendar.Hours
}

// openings are read once a chunk.
type openings struct {
	*Service

	tx    *store.Tx
	known map[opening]shopHours
}

func (o *openings) of(s id.Shop, channel string) (h shopHours, err error) {
	which := opening{s, cmp.Or(channel, "mail")}
	h, found := o.known[which]
	if found {
		return h, nil
	}
	if h.zone, err = o.Shops.Location(o.tx, s); err != nil {
		return h, err
	}
	h.hours, _, err = o.Shops.HoursAndDelay(o.tx, s, which.channel)
	o.known[which] = h
	return h, err
}

// write moves the place and the figures in one transaction.
func (s *Service) write(ctx context.Context, from, to folding, c changed) error {
	rows := make([][]any, 0, len(c.counted))
	for subject, raw := range c.counted {
		rows = append(rows, []any{subject, c.shops[subject], hex.EncodeToString(raw)})
	}
	failpoint.Hit("report.counted")
	err := s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := move(tx, from, to); err != nil {
			return err
		}
		if err := inRows(tx, saveCounted, rows); err != nil {
			return err
		}
		return add(tx, c.cells)
	})
	failpoint.Hit("report.folded")
	return err
}

func move(tx *store.Tx, from, to folding) error {
	n, err := store.Exec(tx, moveFold, to.Position, to.Version, to.State, to.After, from.Turn)
	if err == nil && n == 0 {
		err = errTurn
	}
	return err
}
