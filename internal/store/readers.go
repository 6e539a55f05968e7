package store

import (
	"context"
	"database/sql"
	"sync"
)

// readStatements keeps the readers' statements prepared on SQLite: compiling a
// text costs more than most reads. database/sql prepares each of them once a
// connection. PostgreSQL's driver does this by itself.
type readStatements struct {
	db    *sql.DB
	mu    sync.Mutex
	known map[string]*sql.Stmt
}

func (c *readStatements) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	c.mu.Lock()
	s, ok := c.known[query]
	c.mu.Unlock()
	if ok {
		return s, nil
	}
	// Only after the caller's transaction has ended is there always a free
	// connection: prepared there, it would wait for the readers that wait for it.
	return nil, nil //nolint:nilnil // not known yet, see learn
}

// learn prepares the texts that a read had to compile by itself.
func (c *readStatements) learn(ctx context.Context, queries []string) {
	for _, query := range queries {
		s, err := c.db.PrepareContext(ctx, query)
		if err != nil {
			return // the next read tries again
		}
		c.mu.Lock()
		if _, twice := c.known[query]; twice || len(c.known) >= maxPrepared {
			c.mu.Unlock()
			_ = s.Close()
			continue
		}
		c.known[query] = s
		c.mu.Unlock()
	}
}
