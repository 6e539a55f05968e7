package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var (
	insertShop     = store.Dynamic(`insert into shop (id, name, created_at) values (1, 'Maison Lila', 0)`)
	holdShop       = store.Dynamic(`select name from shop where id = 1 {for update}`)
	freeShops      = store.Dynamic(`select id from shop where id = 1 {skip locked}`)
	insertCustomer = store.Dynamic(`insert into customer (shop_id, name, created_at, last_at) values (1, 'Camille Renaud', 0, 0)`)
)

// A foreign key asks for the row that it names. When held rows refused that, the
// clock that marks promises and the mail that joins them waited for each other:
// PostgreSQL ended each such knot after a second, 75 of them in 4,000 mails.
func TestAHeldRowMayBeReferredToButNotHeldTwice(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second) // a knot fails the test instead of stopping it
		defer cancel()
		in := func(fn func(tx *store.Tx) error) {
			t.Helper()
			if err := db.InTx(ctx, fn); err != nil {
				t.Fatal(err)
			}
		}
		run := func(s store.Statement) func(tx *store.Tx) error {
			return func(tx *store.Tx) error {
				_, err := store.Exec(tx, s)
				return err
			}
		}
		in(run(insertShop))
		in(func(tx *store.Tx) error {
			if _, err := store.One[string](tx, holdShop); err != nil {
				return err
			}
			in(run(insertCustomer)) // another connection's transaction, ended while this one holds the shop
			in(func(other *store.Tx) error {
				free, err := store.All[int64](other, freeShops)
				if len(free) != 0 {
					t.Error("a second transaction holds the shop too")
				}
				return err
			})
			return nil
		})
	})
}
