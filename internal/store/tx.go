package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// querier is what *sql.Tx, *sql.Conn and the SQLite writer's statement cache
// have in common.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Tx is a transaction lent to an operation.
type Tx struct {
	ctx     context.Context //nolint:containedctx // a Tx lives no longer than the call that it was lent to
	dialect Dialect
	q       querier
	topics  []string
}

// Context is the context of the operation.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Dialect tells which engine is underneath.
func (tx *Tx) Dialect() Dialect { return tx.dialect }

// Wake announces a topic to the listeners of OnWrite once the transaction has
// committed; nothing is announced when it fails.
func (tx *Tx) Wake(topic string) {
	if !slices.Contains(tx.topics, topic) {
		tx.topics = append(tx.topics, topic)
	}
}

// ErrNone says that One found no row.
var ErrNone = errors.New("no such row")

// Exec runs a statement and tells how many rows it touched.
func Exec(tx *Tx, s Statement, args ...any) (int64, error) {
	bound, err := bind(args)
	if err != nil {
		return 0, err
	}
	res, err := tx.q.ExecContext(tx.ctx, s.For(tx.dialect), bound...)
	if err != nil {
		return 0, fold(err)
	}
	return res.RowsAffected()
}

// One reads exactly the first row into T: a struct with `db` tags, or a single
// value. Without a row it returns ErrNone.
func One[T any](tx *Tx, s Statement, args ...any) (T, error) {
	out, found, err := Maybe[T](tx, s, args...)
	if err == nil && !found {
		err = ErrNone
	}
	return out, err
}

// Maybe reads the first row if there is one.
func Maybe[T any](tx *Tx, s Statement, args ...any) (out T, found bool, err error) {
	err = each(tx, s, args, func(v T) bool {
		out, found = v, true
		return false
	})
	return out, found, err
}

// All reads every row.
func All[T any](tx *Tx, s Statement, args ...any) ([]T, error) {
	out := []T{}
	err := each(tx, s, args, func(v T) bool {
		out = append(out, v)
		return true
	})
	return out, err
}

func each[T any](tx *Tx, s Statement, args []any, yield func(T) bool) error {
	bound, err := bind(args)
	if err != nil {
		return err
	}
	rows, err := tx.q.QueryContext(tx.ctx, s.For(tx.dialect), bound...)
	if err != nil {
		return fold(err)
	}
	defer rows.Close()
	scan, err := scannerFor[T](rows)
	if err != nil {
		return err
	}
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return fmt.Errorf("scan: %w", err)
		}
		if !yield(v) {
			break
		}
	}
	return fold(rows.Err())
}
