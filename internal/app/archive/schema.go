package archive

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"

	"github.com/comptoir-desk/comptoir/internal/store"
)

// LatestSchema is the number of this program's last migration. It is read from
// an empty database made for the purpose: what the program would make counts.
func LatestSchema(ctx context.Context) (int64, error) {
	dir, err := os.MkdirTemp("", "comptoir-schema-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	path := filepath.Join(dir, databasePart)
	db, err := store.Open(ctx, path)
	if err != nil {
		return 0, err
	}
	if err := db.Close(); err != nil {
		return 0, err
	}
	return SchemaOf(ctx, Place{Store: path})
}

// SchemaOf is the number of the last migration of the desk at p, without changing
// it; an error when there is none.
func SchemaOf(ctx context.Context, p Place) (int64, error) {
	var db *sql.DB
	var err error
	if p.postgres() {
		db, err = sql.Open("pgx", p.Store)
	} else {
		db, err = openSQLite(p.Store, "&_pragma=query_only(1)")
	}
	if err != nil {
		return 0, err
	}
	defer db.Close()
	return schemaOf(ctx, db)
}

// Whole asks the database at p whether it is intact; "" when it is, else what it
// found first. PostgreSQL watches over its files itself.
func Whole(ctx context.Context, p Place) string {
	if p.postgres() {
		return ""
	}
	db, err := openSQLite(p.Store, "&_pragma=query_only(1)")
	if err != nil {
		return err.Error()
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRowContext(ctx, `pragma quick_check(1)`).Scan(&verdict); err != nil {
		return err.Error()
	}
	if verdict == "ok" {
		return ""
	}
	return verdict
}
