package testkit_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	// Whoever registers statements is known to app.
	_ "github.com/comptoir-desk/comptoir/internal/app" // and through it every other
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
)

// Each statement is one text for two engines: what one of them refuses is seen
// here, not by the first customer whose mail needs it (I11).
func TestEachStatementOnSQLite(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "desk.db")
	testkit.OpenStore(t, path)
	db := connect(t, "sqlite", path)
	for _, s := range store.Statements() {
		text := s.For(store.SQLite)
		// The driver compiles a text only when it runs; explain runs nothing.
		rows, err := db.QueryContext(t.Context(), "explain "+text, make([]any, placeholders(text))...)
		if err != nil {
			t.Errorf("%v\n%s", err, text)
			continue
		}
		if err := rows.Close(); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
	}
}

func TestEachStatementOnPostgres(t *testing.T) {
	t.Parallel()
	if !postgres.Wanted() {
		return
	}
	dsn := postgres.DSN(t)
	testkit.OpenStore(t, dsn)
	db := connect(t, "pgx", dsn)
	for _, s := range store.Statements() {
		text := s.For(store.PostgreSQL)
		stmt, err := db.PrepareContext(t.Context(), text)
		if err != nil {
			t.Errorf("%v\n%s", err, text)
			continue
		}
		_ = stmt.Close()
	}
}

// A wrong statement must be seen, or the two tests above prove nothing.
func TestAWrongStatementIsSeen(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "desk.db")
	testkit.OpenStore(t, path)
	db := connect(t, "sqlite", path)
	for _, text := range []string{
		`select colour from person where id = $1`,
		`update membership set role = $1 where`,
	} {
		rows, err := db.QueryContext(t.Context(), "explain "+text, make([]any, placeholders(text))...)
		if err == nil {
			_ = rows.Close()
			t.Errorf("not refused: %s", text)
		}
	}
}

func connect(t *testing.T, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.PingContext(context.Background()); err != nil {
		t.Fatal(err)
	}
	return db
}

var placeholder = regexp.MustCompile(`\$(\d+)`)

func placeholders(text string) int {
	most := 0
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			most = max(most, n)
		}
	}
	return most
}
