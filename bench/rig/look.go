package rig

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	_ "modernc.org/sqlite"             // driver "sqlite"
)

// Look reads the store beside the desk; it never writes.
type Look struct{ db *sql.DB }

func openLook(driver, dsn string) (*Look, error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return &Look{db}, nil
}

// Close ends it.
func (l *Look) Close() { _ = l.db.Close() }

// Number is the answer of a query for one number.
func (l *Look) Number(ctx context.Context, query string) (n int64, err error) {
	err = l.db.QueryRowContext(ctx, query).Scan(&n)
	return n, err
}

// Progress is when how much was there.
type Progress struct {
	At   time.Duration
	Done int64
}

// Follow asks the query again and again until it answers goal, and tells when
// it answered what, counted from the start.
func (l *Look) Follow(ctx context.Context, query string, goal int64, start time.Time, limit time.Duration) ([]Progress, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var seen []Progress
	for {
		n, err := l.Number(ctx, query)
		if ctx.Err() != nil {
			return seen, fmt.Errorf("%w or too slow: %d of %d", errInterrupted, n, goal)
		}
		if err != nil {
			return seen, err
		}
		seen = append(seen, Progress{time.Since(start), n})
		if n >= goal {
			return seen, nil
		}
		pause(ctx, 25*time.Millisecond)
	}
}

// When tells the time at which n were done, between two looks by rule of three.
func When(seen []Progress, n int64) time.Duration {
	var last Progress
	for _, p := range seen {
		if p.Done >= n {
			if p.Done == last.Done {
				return p.At
			}
			share := float64(n-last.Done) / float64(p.Done-last.Done)
			return last.At + time.Duration(share*float64(p.At-last.At))
		}
		last = p
	}
	return last.At
}

// FolderSize is the bytes of all files below a folder.
func FolderSize(root string) (total int64) {
	_ = filepath.WalkDir(root, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}
