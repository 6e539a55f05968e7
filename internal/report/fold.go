package report

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

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
		for _, subject := range subjects {
			if err := s.change(tx, subject, difference, &out); err != nil {
				return fmt.Errorf("count %d: %w", subject, err)
			}
		}
		return nil
	})
	return out, err
}

var selectCountedShop = store.SQL(`select shop_id from report_counted where subject = $1`)

func (s *Service) change(tx *store.Tx, subject int64, difference bool, out *changed) error {
	raw, _, err := store.Maybe[[]byte](tx, selectCounted, subject)
	if err != nil {
		return err
	}
	before, err := decodeTally(raw)
	if err != nil {
		return err
	}
	m, found, err := readMatter(tx, subject)
	if err != nil {
		return err
	}
	if !found { // erased: what it was counted as stays (I10)
		if difference || raw == nil {
			return nil
		}
		of, err := store.One[id.Shop](tx, selectCountedShop, subject)
		before.into(out.cells, of, 1)
		return err
	}
	zone, err := s.Shops.Location(tx, m.Shop)
	if err != nil {
		return err
	}
	hours, _, err := s.Shops.HoursAndDelay(tx, m.Shop, cmp.Or(m.Channel, "mail"))
	if err != nil {
		return err
	}
	now := count(m, zone, hours, before.openTimes())
	if difference {
		before.into(out.cells, m.Shop, -1)
	}
	now.into(out.cells, m.Shop, 1)
	out.counted[subject], out.shops[subject] = now.encode(), m.Shop
	return nil
}

// write moves the place and the figures in one transaction.
func (s *Service) write(ctx context.Context, from, to folding, c changed) error {
	failpoint.Hit("report.counted")
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := move(tx, from, to); err != nil {
			return err
		}
		for subject, raw := range c.counted {
			if _, err := store.Exec(tx, saveCounted, subject, c.shops[subject], raw); err != nil {
				return err
			}
		}
		return add(tx, c.cells)
	})
}

func move(tx *store.Tx, from, to folding) error {
	n, err := store.Exec(tx, moveFold, to.Position, to.Version, to.State, to.After, from.Turn)
	if err == nil && n == 0 {
		err = errTurn
	}
	return err
}
