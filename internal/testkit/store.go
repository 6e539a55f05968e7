package testkit

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
)

// OnEachStore runs fn on an empty store of each engine, side by side, in
// subtests "sqlite" and "postgres" (I11). COMPTOIR_TEST_STORES names the
// engines of this run; both by default.
func OnEachStore(t *testing.T, fn func(t *testing.T, db *store.DB)) {
	t.Helper()
	wanted := os.Getenv(postgres.EnvStores)
	if wanted == "" || strings.Contains(wanted, "sqlite") {
		t.Run("sqlite", func(t *testing.T) {
			t.Parallel()
			fn(t, OpenStore(t, filepath.Join(t.TempDir(), "desk.db")))
		})
	}
	if postgres.Wanted() {
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			fn(t, OpenStore(t, postgres.DSN(t, migrated)))
		})
	}
}

// OnPostgres runs fn on an empty PostgreSQL store, for what only several
// writers can show. A run on SQLite alone passes it over.
func OnPostgres(t *testing.T, fn func(t *testing.T, db *store.DB)) {
	t.Helper()
	if postgres.Wanted() {
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			fn(t, OpenStore(t, postgres.DSN(t, migrated)))
		})
	}
}

// OnEachTarget runs fn with the address of an empty store of each engine: "" is
// for an SQLite file that the program makes itself, as by default.
func OnEachTarget(t *testing.T, fn func(t *testing.T, target string)) {
	t.Helper()
	wanted := os.Getenv(postgres.EnvStores)
	if wanted == "" || strings.Contains(wanted, "sqlite") {
		t.Run("sqlite", func(t *testing.T) { t.Parallel(); fn(t, "") })
	}
	if postgres.Wanted() {
		t.Run("postgres", func(t *testing.T) { t.Parallel(); fn(t, postgres.DSN(t, migrated)) })
	}
}

// OpenStore opens a store for one test, with the epoch of its feed, and closes
// it behind the test.
func OpenStore(t testing.TB, target string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	if err := db.InTx(context.Background(), event.EnsureEpoch); err != nil {
		t.Fatal(err)
	}
	return db
}

var migrated = postgres.Prepared("desk", func(dsn string) error {
	db, err := store.Open(context.Background(), dsn)
	if err != nil {
		return err
	}
	return db.Close()
})
