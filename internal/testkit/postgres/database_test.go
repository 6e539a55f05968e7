package postgres_test

import (
	"database/sql"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
)

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestEachTestHasItsOwnCopy(t *testing.T) {
	t.Parallel()
	var runs atomic.Int32
	prepared := postgres.Prepared("customers", func(dsn string) error {
		runs.Add(1)
		db, err := sql.Open("pgx", dsn)
		if err != nil {
			return err
		}
		// Left open on purpose: a migration that forgets to close its pool must
		// not make every later copy fail.
		_, err = db.Exec(`CREATE TABLE customer (name text); INSERT INTO customer VALUES ('Camille Renaud')`)
		return err
	})

	for i := range 4 {
		t.Run(fmt.Sprint("copy ", i), func(t *testing.T) {
			t.Parallel()
			db := open(t, postgres.DSN(t, prepared))
			if _, err := db.Exec(`INSERT INTO customer VALUES ('Paul Delmas')`); err != nil {
				t.Fatal(err)
			}
			var n int
			if err := db.QueryRow(`SELECT count(*) FROM customer`).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if n != 2 {
				t.Errorf("customers = %d, want 2: the prepared one and ours", n)
			}
			if runs.Load() != 1 {
				t.Errorf("prepared %d times, want once", runs.Load())
			}
		})
	}
}

func TestTheDatabaseGoesWithItsTest(t *testing.T) {
	t.Parallel()
	var dsn string
	t.Run("a test that leaves a connection open", func(t *testing.T) {
		dsn = postgres.DSN(t)
		if err := open(t, dsn).Ping(); err != nil {
			t.Fatal(err)
		}
	})

	if err := open(t, dsn).Ping(); err == nil {
		t.Error("the database is still there after its test")
	}
}

// TestDefaultCollation holds what makes a forgotten COLLATE "C" visible: French
// order puts an accent and a small letter where byte order does not.
func TestDefaultCollation(t *testing.T) {
	t.Parallel()
	db := open(t, postgres.DSN(t))
	rows, err := db.Query(`SELECT n FROM (VALUES ('zoé'), ('Émile'), ('Delmas'), ('arnaud')) v(n) ORDER BY n`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var got []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		got = append(got, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if want := []string{"arnaud", "Delmas", "Émile", "zoé"}; !slices.Equal(got, want) {
		t.Errorf("order = %v, want %v", got, want)
	}
}

func TestDurableKeepsFsync(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		options []postgres.Option
		want    string
	}{
		{name: "quick", want: "off"},
		{name: "durable", options: []postgres.Option{postgres.Durable()}, want: "on"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var fsync string
			if err := open(t, postgres.DSN(t, tt.options...)).QueryRow(`SHOW fsync`).Scan(&fsync); err != nil {
				t.Fatal(err)
			}
			if fsync != tt.want {
				t.Errorf("fsync = %s, want %s", fsync, tt.want)
			}
		})
	}
}
