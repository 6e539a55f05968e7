package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
)

// maxGroup bounds how many operations share one commit, so that the first of
// them doesn't wait long for the last.
const maxGroup = 64

// errClosed says that the store was closed while an operation waited.
var errClosed = errors.New("store is closed")

// writer is SQLite's single writer. It takes the operations that wait into one
// transaction, a savepoint each, and tells them of success only after the
// commit: one sync of the disk serves them all.
type writer struct {
	conn   *sql.Conn
	db     *sql.DB
	stmts  statementCache
	queue  chan *operation
	closed chan struct{}
	done   chan struct{}
	wake   func(topics []string)
}

type operation struct {
	ctx    context.Context //nolint:containedctx // travels with the operation through the queue
	fn     func(*Tx) error
	topics []string
	result chan error
}

func newWriter(conn *sql.Conn, db *sql.DB, wake func([]string)) *writer {
	w := &writer{
		conn: conn, db: db, wake: wake,
		stmts:  newStatementCache(conn),
		queue:  make(chan *operation, 4*maxGroup),
		closed: make(chan struct{}),
		done:   make(chan struct{}),
	}
	go w.run()
	return w
}

func (w *writer) do(ctx context.Context, fn func(*Tx) error) error {
	op := &operation{ctx: ctx, fn: fn, result: make(chan error, 1)}
	select {
	case w.queue <- op:
	case <-w.closed:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-op.result:
		return err
	case <-w.done:
		return errClosed
	}
}

// shrink is an operation that frees the pages and statements kept for the next.
func (w *writer) shrink(tx *Tx) error {
	_, err := w.stmts.ExecContext(tx.ctx, "pragma shrink_memory")
	w.stmts.close()
	return err
}

func (w *writer) close() error {
	close(w.closed)
	<-w.done
	w.stmts.close()
	err := w.conn.Close()
	if e := w.db.Close(); err == nil {
		err = e
	}
	return err
}

func (w *writer) run() {
	defer close(w.done)
	for {
		select {
		case op := <-w.queue:
			w.group(op)
		case <-w.closed:
			return
		}
	}
}

// group runs the first operation and those that wait behind it in one
// transaction.
func (w *writer) group(first *operation) {
	// A statement interrupted half-way makes SQLite roll the whole transaction
	// back, the neighbours' savepoints included; so nothing interrupts one.
	ctx := context.Background()
	if err := w.exec(ctx, "begin immediate"); err != nil {
		first.result <- fold(err)
		return
	}
	var written []*operation
	for op := first; op != nil; op = w.nextOf(len(written)) {
		if err := w.one(ctx, op); err != nil {
			op.result <- err
			continue
		}
		written = append(written, op)
	}
	err := w.exec(ctx, "commit")
	if err != nil {
		_ = w.exec(ctx, "rollback")
	}
	topics := []string{}
	for _, op := range written {
		op.result <- fold(err)
		topics = append(topics, op.topics...)
	}
	if err == nil {
		w.wake(topics)
	}
}

func (w *writer) nextOf(taken int) *operation {
	if taken >= maxGroup {
		return nil
	}
	select {
	case op := <-w.queue:
		return op
	default:
		return nil
	}
}

func (w *writer) one(ctx context.Context, op *operation) (err error) {
	if op.ctx.Err() != nil {
		return op.ctx.Err()
	}
	if err := w.exec(ctx, "savepoint op"); err != nil {
		return fold(err)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("operation panicked: %v\n%s", p, debug.Stack())
		}
		if err != nil {
			_ = w.exec(ctx, "rollback to op")
		}
		if e := w.exec(ctx, "release op"); err == nil && e != nil {
			err = fold(e)
		}
	}()
	tx := &Tx{ctx: context.WithoutCancel(op.ctx), dialect: SQLite, q: &w.stmts}
	if err := op.fn(tx); err != nil {
		return err
	}
	op.topics = tx.topics
	return nil
}

func (w *writer) exec(ctx context.Context, query string) error {
	_, err := w.stmts.ExecContext(ctx, query)
	return err
}

// statementCache keeps the statements of one connection prepared: the same few
// dozen texts come again with every message.
type statementCache struct {
	conn  *sql.Conn
	known map[string]*sql.Stmt
}

func newStatementCache(conn *sql.Conn) statementCache {
	return statementCache{conn: conn, known: map[string]*sql.Stmt{}}
}

// maxPrepared bounds the cache against texts put together at run time.
const maxPrepared = 512

func (c *statementCache) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := c.known[query]; ok {
		return s, nil
	}
	if len(c.known) >= maxPrepared {
		c.close()
	}
	s, err := c.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	c.known[query] = s
	return s, nil
}

func (c *statementCache) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := c.prepared(ctx, query) //nolint:sqlclosecheck // kept for the next time; close ends it
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

func (c *statementCache) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := c.prepared(ctx, query) //nolint:sqlclosecheck // kept for the next time; close ends it
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (c *statementCache) close() {
	for _, s := range c.known {
		_ = s.Close()
	}
	c.known = map[string]*sql.Stmt{}
}
