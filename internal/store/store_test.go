package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var (
	insertMeta = store.Dynamic(`insert into meta (name, value) values ($1, $2)`)
	countMeta  = store.Dynamic(`select count(*) from meta where name like 'row-%'`)
)

func count(t *testing.T, db *store.DB) (n int64) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
		n, err = store.One[int64](tx, countMeta)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOperationsSideBySideSucceedAndFailAlone(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		refused := errors.New("refused")
		var ops sync.WaitGroup
		for i := range 200 {
			ops.Go(func() {
				err := db.InTx(context.Background(), func(tx *store.Tx) error {
					if _, err := store.Exec(tx, insertMeta, fmt.Sprintf("row-%d", i), "x"); err != nil {
						return err
					}
					switch i % 10 {
					case 3:
						return refused
					case 7:
						_, err := store.Exec(tx, insertMeta, fmt.Sprintf("row-%d", i), "a second time")
						return err
					}
					return nil
				})
				failed := i%10 == 3 || i%10 == 7
				if (err != nil) != failed {
					t.Errorf("operation %d: %v", i, err)
				}
			})
		}
		ops.Wait()
		if n := count(t, db); n != 160 {
			t.Errorf("%d rows, want the 160 that succeeded", n)
		}
	})
}

func TestAPanicInAnOperationHurtsNobodyElse(t *testing.T) {
	t.Parallel()
	db := testkit.OpenStore(t, t.TempDir()+"/desk.db")
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		if _, err := store.Exec(tx, insertMeta, "row-1", "x"); err != nil {
			return err
		}
		panic("told by the test")
	})
	if err == nil || count(t, db) != 0 {
		t.Errorf("err = %v, rows = %d; want an error and nothing written", err, count(t, db))
	}
	if err := db.InTx(t.Context(), func(tx *store.Tx) error { _, err := store.Exec(tx, insertMeta, "row-2", "x"); return err }); err != nil {
		t.Errorf("the next operation: %v", err)
	}
}

func TestADuplicateIsNamedOnBothStores(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		insert := func() error {
			return db.InTx(t.Context(), func(tx *store.Tx) error { _, err := store.Exec(tx, insertMeta, "row-1", "x"); return err })
		}
		if err := insert(); err != nil {
			t.Fatal(err)
		}
		if err := insert(); !errors.Is(err, store.ErrDuplicate) {
			t.Errorf("err = %v, want ErrDuplicate", err)
		}
	})
}

func TestValuesComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	type row struct {
		At    time.Time `db:"at"`
		Never time.Time `db:"never"`
		Shop  id.Shop   `db:"shop"`
		None  id.Shop   `db:"none"`
		Text  string    `db:"words"`
		Yes   bool      `db:"yes"`
	}
	type kind string
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		want := row{At: time.Date(2026, 11, 23, 9, 0, 0, 123000, time.UTC), Shop: 7, Text: "été à l’œuvre", Yes: true}
		var got row
		err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
			got, err = store.One[row](tx, store.Dynamic(`select cast($1 as bigint) as at, cast($2 as bigint) as never, cast($3 as bigint) as shop,
				cast($4 as bigint) as none, cast($5 as text) as words, cast($6 as boolean) as yes`),
				want.At, want.Never, want.Shop, want.None, kind(want.Text), want.Yes)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
}

func TestWhatIsCommittedIsAnnouncedAndWhatFailedIsNot(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		heard := make(chan string, 10)
		db.OnWrite(func(topics []string) {
			for _, topic := range topics {
				heard <- topic
			}
		})
		_ = db.InTx(t.Context(), func(tx *store.Tx) error { tx.Wake("lost"); return errors.New("no") })
		if err := db.InTx(t.Context(), func(tx *store.Tx) error { tx.Wake("kept"); return nil }); err != nil {
			t.Fatal(err)
		}
		if topic := <-heard; topic != "kept" {
			t.Errorf("heard %q", topic)
		}
	})
}
