package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// A quiet minute gives the caches back while people go on reading and writing.
func TestShrinkingDisturbsNobody(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		var work sync.WaitGroup
		for i := range 20 {
			work.Go(func() {
				if err := db.Shrink(t.Context()); err != nil {
					t.Errorf("shrink: %v", err)
				}
			})
			work.Go(func() {
				err := db.InTx(context.Background(), func(tx *store.Tx) error {
					_, err := store.Exec(tx, insertMeta, fmt.Sprintf("row-%d", i), "x")
					return err
				})
				if err != nil {
					t.Errorf("write: %v", err)
				}
			})
			work.Go(func() { count(t, db) })
		}
		work.Wait()
		if n := count(t, db); n != 20 {
			t.Errorf("%d rows, want 20", n)
		}
	})
}

// A read that panics or is given up must not leave its transaction to the next
// one: that would see the past.
func TestAReadThatEndsBadlyLeavesNothing(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		for i := range 8 {
			func() {
				defer func() { _ = recover() }()
				_ = db.Read(t.Context(), func(tx *store.Tx) error {
					if _, err := store.One[int64](tx, countMeta); err != nil {
						return err
					}
					panic("a bug in a reader")
				})
			}()
			ctx, cancel := context.WithCancel(t.Context())
			_ = db.Read(ctx, func(tx *store.Tx) error {
				cancel()
				_, err := store.One[int64](tx, countMeta)
				return err
			})
			err := db.InTx(context.Background(), func(tx *store.Tx) error {
				_, err := store.Exec(tx, insertMeta, fmt.Sprintf("row-%d", i), "x")
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if n := count(t, db); n != int64(i+1) {
				t.Fatalf("%d rows, want %d", n, i+1)
			}
		}
	})
}
