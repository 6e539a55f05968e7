package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // driver "sqlite", pure Go
)

// liteSnapshot is a copy of the database in a file of its own.
type liteSnapshot struct {
	*sql.DB // the copy

	desk *sql.DB
	path string
}

// openSQLite opens a file that must be there. The desk may be working on it:
// write-ahead logging lets it.
func openSQLite(path, options string) (*sql.DB, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no desk at %s", path)
	} else if err != nil {
		return nil, err
	}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=rw&_pragma=busy_timeout(10000)"+options)
}

// snapshotSQLite writes the copy into dir: VACUUM INTO reads in one transaction
// and writes nothing to the desk's own file.
func snapshotSQLite(ctx context.Context, path, dir string) (_ snapshot, err error) {
	s := &liteSnapshot{}
	if s.desk, err = openSQLite(path, ""); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	f, err := os.CreateTemp(dir, ".snapshot.*") // mode 0600; an empty file is what VACUUM INTO accepts
	if err != nil {
		return nil, err
	}
	s.path = f.Name()
	if err = f.Close(); err != nil {
		return nil, err
	}
	if _, err = s.desk.ExecContext(ctx, `vacuum into $1`, s.path); err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	s.DB, err = openSQLite(s.path, "&immutable=1")
	return s, err
}

func (s *liteSnapshot) live() querier { return s.desk }

func (s *liteSnapshot) addTo(_ context.Context, t *tarFile, _ *Manifest) error {
	return t.addFile(databasePart, s.path)
}

func (s *liteSnapshot) close() {
	if s.DB != nil {
		_ = s.Close()
	}
	_ = s.desk.Close()
	if s.path != "" {
		_ = os.Remove(s.path)
	}
}

// checkSQLite opens an unpacked database and asks whether it is whole.
func checkSQLite(ctx context.Context, dir string, m Manifest, has func(string) bool) error {
	db, err := openSQLite(filepath.Join(dir, databasePart), "&immutable=1")
	if err != nil {
		return err
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRowContext(ctx, `pragma integrity_check(1)`).Scan(&verdict); err != nil {
		return damaged(databasePart, "is no SQLite database")
	}
	if verdict != "ok" {
		return damaged(databasePart, verdict)
	}
	schema, err := schemaOf(ctx, db)
	if err != nil || schema != m.Schema {
		return damaged(databasePart, "its schema is not the manifest's")
	}
	return checkContents(ctx, db, m, has)
}

// checkContents compares a database with the manifest and with the stored files
// that came along.
func checkContents(ctx context.Context, q querier, m Manifest, has func(string) bool) error {
	counts, err := count(ctx, q)
	if err != nil {
		return err
	}
	if counts != m.Counts {
		return damaged(manifestPart, fmt.Sprintf("counts %s, the database holds %s", m.Counts, counts))
	}
	blobs, err := referenced(ctx, q, m.Store)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, h := range append(m.Missing, m.Gone...) {
		known[blobPart(h)] = true
	}
	for _, h := range blobs {
		if part := blobPart(h); !has(part) && !known[part] {
			return damaged(part, "is not in the archive")
		}
	}
	return nil
}
