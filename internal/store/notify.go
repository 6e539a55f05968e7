package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"
)

// channel is the one PostgreSQL notification channel; the payload is a topic.
const channel = "comptoir"

// announcer tells the other nodes that topics were written. It speaks after
// the commit, folding many into one: a NOTIFY inside the transaction would
// make all commits queue behind one lock, each waiting for the disk. A lost
// announcement costs a poll interval, nothing else.
type announcer struct {
	pool    *sql.DB
	mu      sync.Mutex
	pending map[string]bool
	wake    chan struct{}
	done    chan struct{}
	stop    context.CancelFunc
}

func newAnnouncer(pool *sql.DB) *announcer {
	ctx, stop := context.WithCancel(context.Background())
	a := &announcer{pool: pool, pending: map[string]bool{}, wake: make(chan struct{}, 1), done: make(chan struct{}), stop: stop}
	go a.run(ctx)
	return a
}

func (a *announcer) add(topics []string) {
	a.mu.Lock()
	for _, t := range topics {
		a.pending[t] = true
	}
	a.mu.Unlock()
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// Announce tells the other nodes of something that is written nowhere, such as
// who is reading what. It may be lost, and two of them may come in another
// order. topic has at most 7,999 bytes (PostgreSQL). On SQLite there is nobody
// to tell.
func (db *DB) Announce(topic string) {
	if db.notify != nil {
		db.notify.add([]string{topic})
	}
}

func (a *announcer) run(ctx context.Context) {
	defer close(a.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-a.wake:
		}
		a.mu.Lock()
		topics := a.pending
		a.pending = map[string]bool{}
		a.mu.Unlock()
		for t := range topics {
			_, _ = a.pool.ExecContext(ctx, "select pg_notify($1, $2)", channel, t)
		}
	}
}

func (a *announcer) close() {
	a.stop()
	<-a.done
}

// Listen passes on what other nodes announce until ctx ends. On SQLite there
// is no other node and it only waits. It returns an error when the connection
// is lost; the caller calls again.
func (db *DB) Listen(ctx context.Context) error {
	if db.dialect == SQLite {
		<-ctx.Done()
		return ctx.Err()
	}
	conn, err := pgx.Connect(ctx, db.dsn)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // nothing is lost with it
	if _, err := conn.Exec(ctx, "listen "+channel); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return fmt.Errorf("listen: %w", err)
		}
		db.tellListeners([]string{n.Payload})
	}
}
