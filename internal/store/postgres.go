package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
)

// conflictTries bounds how often an operation is run again after PostgreSQL
// chose it as the victim of a deadlock or a serialisation conflict.
const conflictTries = 12

// maxConnections are kept through a burst: opening one costs a process on the
// server and all its prepared statements. A quiet minute closes those unused.
const maxConnections = 16

func openPostgres(ctx context.Context, dsn string) (*DB, error) {
	pool, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(maxConnections)
	pool.SetMaxIdleConns(maxConnections)
	pool.SetConnMaxIdleTime(time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return nil, fmt.Errorf("reach PostgreSQL: %w", err)
	}
	db := &DB{dialect: PostgreSQL, pg: pool, dsn: dsn}
	db.notify = newAnnouncer(pool)
	return db, nil
}

func (db *DB) inPostgresTx(ctx context.Context, fn func(*Tx) error) error {
	var err error
	for try := range conflictTries {
		if err := rest(ctx, try); err != nil {
			return err
		}
		var topics []string
		topics, err = db.tryPostgresTx(ctx, fn)
		if err == nil {
			db.wake(topics)
			return nil
		}
		if !isConflict(err) {
			return err
		}
	}
	return err
}

// rest lets the winner of a conflict finish: at once the same two would meet
// again. It grows from nothing to a quarter of a second, with jitter.
func rest(ctx context.Context, try int) error {
	if try == 0 {
		return nil
	}
	t := time.NewTimer(rand.N(min(4*time.Millisecond<<try, 250*time.Millisecond))) //nolint:gosec // jitter, not a secret
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

func (db *DB) tryPostgresTx(ctx context.Context, fn func(*Tx) error) ([]string, error) {
	stx, err := db.pg.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	defer stx.Rollback() //nolint:errcheck // after a commit it does nothing
	tx := &Tx{ctx: ctx, dialect: PostgreSQL, q: stx}
	if err := fn(tx); err != nil {
		return nil, err
	}
	return tx.topics, fold(stx.Commit())
}

// SQLSTATE 40001 serialization_failure and 40P01 deadlock_detected: the
// transaction was rolled back whole and may run again.
func isConflict(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}
