package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"sync"
)

// maxReaders bounds how many reads run at once on SQLite.
const maxReaders = 4

// readers are SQLite's reading connections, each with its own prepared
// statements: compiling a text costs more than most reads. The one used last is
// used next, so that a quiet desk keeps one warm. PostgreSQL's driver prepares
// by itself.
type readers struct {
	db    *sql.DB
	slots chan struct{}
	mu    sync.Mutex
	free  []*reader
}

type reader struct {
	conn  *sql.Conn
	stmts statementCache
}

func newReaders(db *sql.DB) *readers {
	db.SetMaxOpenConns(maxReaders)
	db.SetMaxIdleConns(-1) // a reader given up is closed; the others are kept here
	return &readers{db: db, slots: make(chan struct{}, maxReaders)}
}

// read runs fn in a read transaction of its own connection.
func (p *readers) read(ctx context.Context, fn func(querier) error) error {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-p.slots }()
	r, err := p.take(ctx)
	if err != nil {
		return fmt.Errorf("begin read: %w", err)
	}
	whole := false
	defer func() { p.give(r, whole) }()
	if _, err := r.stmts.ExecContext(ctx, "begin"); err != nil {
		return fmt.Errorf("begin read: %w", err)
	}
	err = fn(&r.stmts)
	// A read has nothing to lose, but its end must not depend on its context.
	_, e := r.stmts.ExecContext(context.WithoutCancel(ctx), "rollback")
	whole = e == nil
	return err
}

func (p *readers) take(ctx context.Context) (*reader, error) {
	p.mu.Lock()
	if n := len(p.free); n > 0 {
		r := p.free[n-1]
		p.free = p.free[:n-1]
		p.mu.Unlock()
		return r, nil
	}
	p.mu.Unlock()
	conn, err := p.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &reader{conn: conn, stmts: newStatementCache(conn)}, nil
}

// give takes a connection back; one whose transaction didn't end in order (a
// panic, a failed rollback) is thrown away.
func (p *readers) give(r *reader, whole bool) {
	if !whole {
		r.stmts.close()
		_ = r.conn.Raw(func(any) error { return errBroken })
		_ = r.conn.Close()
		return
	}
	p.mu.Lock()
	p.free = append(p.free, r)
	p.mu.Unlock()
}

// shrink closes the connections that nobody uses: opening one again takes a
// millisecond.
func (p *readers) shrink() {
	p.mu.Lock()
	idle := p.free
	p.free = nil
	p.mu.Unlock()
	for _, r := range idle {
		r.stmts.close()
		_ = r.conn.Close() // goes back to the pool, which keeps none
	}
}

// close waits for the reads under way.
func (p *readers) close() error {
	for range maxReaders {
		p.slots <- struct{}{}
	}
	for _, r := range p.free {
		r.stmts.close()
		_ = r.conn.Close()
	}
	return p.db.Close()
}

var errBroken = fmt.Errorf("connection in an unknown state: %w", driver.ErrBadConn) // makes the pool drop it
