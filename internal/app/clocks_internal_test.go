package app

import (
	"context"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// The sweep deletes each file that nothing refers to, once it is a day old: a
// column that it doesn't ask loses files.
func TestTheSweepAsksForUses(t *testing.T) {
	t.Parallel()
	used, unused := blob.Hash(strings.Repeat("a", 64)), blob.Hash(strings.Repeat("b", 64))
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`
				insert into shop (name, language, timezone, logo, created_at) values ('Maison Lila', 'fr', 'Europe/Paris', $1, 0)`), used)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		a := &App{db: db}
		for hash, want := range map[blob.Hash]bool{used: true, unused: false, "": false} {
			if got, err := a.isUsed(context.Background(), hash); err != nil || got != want {
				t.Errorf("%q is used: %v, %v; want %v", hash, got, err, want)
			}
		}
	})
}
