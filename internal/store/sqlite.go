package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // driver "sqlite", pure Go
)

// openSQLite opens one file: a pool of readers and one writer, write-ahead log,
// synchronous=FULL so that "committed" survives a power cut (I1).
func openSQLite(ctx context.Context, path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, fmt.Errorf("folder of the data file: %w", err)
	}
	write, err := sql.Open("sqlite", sqliteDSN(path, "rwc"))
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	conn, err := write.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	read, err := sql.Open("sqlite", sqliteDSN(path, "rw")+"&_pragma=query_only(1)&_pragma=cache_size(-8000)") // given up when nothing happens: the kernel caches the file too
	if err != nil {
		return nil, err
	}
	db := &DB{dialect: SQLite, readers: newReaders(read), dsn: path}
	db.writer = newWriter(conn, write, db.wake)
	return db, nil
}

func sqliteDSN(path, mode string) string {
	q := url.Values{}
	q.Set("mode", mode)
	for _, p := range []string{
		"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "busy_timeout(10000)",
		"temp_store(MEMORY)", "cache_size(-8000)", "journal_size_limit(67108864)",
	} {
		q.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// openSQLiteForMigrations opens the file a second time: the writer keeps its
// only connection, and nobody writes yet.
func openSQLiteForMigrations(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", sqliteDSN(path, "rw"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}
