package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
)

// Dialect names the engine underneath.
type Dialect int

// The two engines (I11).
const (
	SQLite Dialect = iota
	PostgreSQL
)

func (d Dialect) String() string {
	if d == PostgreSQL {
		return "postgres"
	}
	return "sqlite"
}

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	dialect Dialect
	readers *readers // SQLite only
	writer  *writer  // SQLite only: the one goroutine that writes
	pg      *sql.DB  // PostgreSQL only: the pool for both
	notify  *announcer
	dsn     string

	mu      sync.Mutex
	onWrite []func(topics []string)
}

// Open opens the database that target names and brings its schema up to date:
// "postgres://…" for PostgreSQL, anything else is the path of an SQLite file.
func Open(ctx context.Context, target string) (*DB, error) {
	db, err := openOnly(ctx, target)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := db.migrate(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("migrate store: %w", err)
	}
	return db, nil
}

func openOnly(ctx context.Context, target string) (*DB, error) {
	if strings.HasPrefix(target, "postgres://") || strings.HasPrefix(target, "postgresql://") {
		return openPostgres(ctx, target)
	}
	return openSQLite(ctx, target)
}

// Dialect tells which engine is underneath, for the few statements that differ.
func (db *DB) Dialect() Dialect { return db.dialect }

// Close waits for the write under way and closes the database.
func (db *DB) Close() error {
	if db.dialect == PostgreSQL {
		db.notify.close()
		return db.pg.Close()
	}
	err := db.writer.close()
	if e := db.readers.close(); err == nil {
		err = e
	}
	return err
}

// InTx runs fn in one write transaction and returns nil only after it is
// durable. fn may run more than once (a PostgreSQL conflict, a group commit
// that failed), so it must have no side effect and no result may be used
// before InTx returns. fn must not touch the network or the disk.
func (db *DB) InTx(ctx context.Context, fn func(tx *Tx) error) error {
	if db.dialect == PostgreSQL {
		return db.inPostgresTx(ctx, fn)
	}
	return db.writer.do(ctx, fn)
}

// Read runs fn on one snapshot of the database. fn must not write.
func (db *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	if db.dialect == SQLite {
		return db.readers.read(ctx, func(q querier) error {
			return fn(&Tx{ctx: ctx, dialect: SQLite, q: q})
		})
	}
	stx, err := db.pg.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return fmt.Errorf("begin read: %w", err)
	}
	defer stx.Rollback() //nolint:errcheck // a read has nothing to lose
	return fn(&Tx{ctx: ctx, dialect: PostgreSQL, q: stx})
}

// Shrink gives back the memory that SQLite keeps as a cache: for a quiet time
// after a busy one. PostgreSQL keeps its own house.
func (db *DB) Shrink(ctx context.Context) error {
	if db.dialect != SQLite {
		return nil
	}
	db.readers.shrink()
	if err := db.writer.do(ctx, db.writer.shrink); err != nil {
		return fmt.Errorf("shrink: %w", err)
	}
	return nil
}

// OnWrite registers f to be called after each commit that announced topics
// with Tx.Wake, on this node. Several calls may be folded into one.
func (db *DB) OnWrite(f func(topics []string)) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.onWrite = append(db.onWrite, f)
}

func (db *DB) wake(topics []string) {
	if len(topics) == 0 {
		return
	}
	db.tellListeners(topics)
	if db.notify != nil {
		db.notify.add(topics)
	}
}

func (db *DB) tellListeners(topics []string) {
	db.mu.Lock()
	listeners := db.onWrite
	db.mu.Unlock()
	for _, f := range listeners {
		f(topics)
	}
}
