package event_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func start(t *testing.T, db *store.DB) (c event.Cursor) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
		c, err = event.Position(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// read follows the feed until n events are there. On PostgreSQL an event waits
// for every older transaction of the server, so those of other tests hold it
// back for a moment.
func read(t *testing.T, log *event.Log, c event.Cursor, n int) (all []event.Event, next event.Cursor) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		events, at, err := log.Since(ctx, c, 100)
		if err != nil {
			t.Fatalf("read %d of %d events: %v", len(all), n, err)
		}
		all, c = append(all, events...), at
		if len(all) >= n {
			return all, c
		}
	}
}

// Two transactions are open; the one with the higher number commits first. A
// reader that went by the number alone would never see the other.
func TestALateCommitIsNotLost(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, db *store.DB) {
		log := event.NewLog(db, clock.At(time.Unix(0, 0)), nil)
		cursor := start(t, db)
		wrote, commit, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			done <- db.InTx(t.Context(), func(tx *store.Tx) error {
				err := log.Append(tx, event.Event{Kind: "early.number"})
				close(wrote)
				<-commit
				return err
			})
		}()
		<-wrote
		if err := db.InTx(t.Context(), func(tx *store.Tx) error { return log.Append(tx, event.Event{Kind: "late.number"}) }); err != nil {
			t.Fatal(err)
		}
		before, cursor, err := log.Since(t.Context(), cursor, 10)
		if err != nil {
			t.Fatal(err)
		}
		close(commit)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		after, _ := read(t, log, cursor, 2-len(before))
		all := slices.Concat(before, after)
		if len(all) != 2 || all[0].Kind != "early.number" || all[1].Kind != "late.number" {
			t.Errorf("read %+v, want both, once each, in the order of their numbers", all)
		}
	})
}

// A snapshot is taken while a transaction is open whose event has the lower
// number. What it didn't see is that one alone, and once it is committed.
func TestWhatASnapshotDidNotSee(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, db *store.DB) {
		log := event.NewLog(db, clock.At(time.Unix(0, 0)), nil)
		start(t, db)
		wrote, commit, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			done <- db.InTx(t.Context(), func(tx *store.Tx) error {
				err := log.Append(tx, event.Event{Kind: "early.number"})
				close(wrote)
				<-commit
				return err
			})
		}()
		<-wrote
		if err := db.InTx(t.Context(), func(tx *store.Tx) error { return log.Append(tx, event.Event{Kind: "late.number"}) }); err != nil {
			t.Fatal(err)
		}
		var seen event.Snapshot
		unseen := func() (out []event.Event) {
			if err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
				if seen == (event.Snapshot{}) {
					seen, err = event.See(tx)
				}
				if err == nil {
					out, err = event.Unseen(tx, seen, 10)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return out
		}
		if got := unseen(); len(got) != 0 {
			t.Errorf("at once %+v, want nothing", got)
		}
		close(commit)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if got := unseen(); len(got) != 1 || got[0].Kind != "early.number" {
			t.Errorf("after the commit %+v, want the early number alone", got)
		}
	})
}

func TestACursorOfAnotherEpochAsksForAResync(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		log := event.NewLog(db, clock.At(time.Unix(0, 0)), nil)
		cursor := start(t, db)
		if err := db.InTx(t.Context(), event.RenewEpoch); err != nil {
			t.Fatal(err)
		}
		if _, _, err := log.Since(t.Context(), cursor, 10); !errors.Is(err, event.ErrResync) {
			t.Errorf("err = %v", err)
		}
		for _, odd := range []string{"", "x", "a-b", "a-?-1", "a-1-1-1"} {
			if _, err := event.ParseCursor(odd); !errors.Is(err, event.ErrResync) {
				t.Errorf("cursor %q: %v", odd, err)
			}
		}
	})
}

func TestAChainOfReactionsEnds(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		var log *event.Log
		log = event.NewLog(db, clock.At(time.Unix(0, 0)), func(tx *store.Tx, e event.Event) error {
			return log.Append(tx, event.Event{Kind: e.Kind, Cause: e.Seq, Depth: e.Depth + 1})
		})
		cursor := start(t, db)
		if err := db.InTx(t.Context(), func(tx *store.Tx) error { return log.Append(tx, event.Event{Kind: "rings.itself"}) }); err != nil {
			t.Fatal(err)
		}
		if events, _ := read(t, log, cursor, 9); len(events) != 9 {
			t.Errorf("%d events, want the first and eight reactions", len(events))
		}
	})
}
