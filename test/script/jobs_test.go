package script_test

import (
	"context"
	"path/filepath"
	"time"

	"github.com/comptoir-desk/comptoir/internal/store"
)

// giveUp leaves two jobs behind as five failures do.
func giveUp(dir string) (err error) {
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(dir, "comptoir.db"))
	if err != nil {
		return err
	}
	defer func() {
		if e := db.Close(); err == nil {
			err = e
		}
	}()
	return db.InTx(ctx, func(tx *store.Tx) error {
		insert := store.Dynamic(`insert into job (id, kind, pool, args, state, run_at, attempts, last_error, created_at)
			values ($1, $2, $3, '{}', 'parked', $4, 5, $5, $4)`)
		at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		if _, err := store.Exec(tx, insert, 1001, "delivery.send", "send", at, "the password is refused\nsecond line"); err != nil {
			return err
		}
		_, err := store.Exec(tx, insert, 1002, "mail.parse", "intake", at, "disk full")
		return err
	})
}
