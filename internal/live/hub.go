package live

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Hub wakes the subscribers whenever events were written, here or on another
// node.
type Hub struct {
	db   *store.DB
	log  *slog.Logger
	mu   sync.Mutex
	subs map[chan struct{}]bool
}

// NewHub listens to the store.
func NewHub(db *store.DB, log *slog.Logger) *Hub {
	h := &Hub{db: db, log: log, subs: map[chan struct{}]bool{}}
	db.OnWrite(func(topics []string) {
		for _, t := range topics {
			if t == event.Topic {
				h.Wake()
				return
			}
		}
	})
	return h
}

// Run carries other nodes' announcements until ctx ends.
func (h *Hub) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := h.db.Listen(ctx)
		if err == nil || ctx.Err() != nil || errors.Is(err, context.Canceled) {
			return
		}
		h.log.Warn("listening to the other nodes was cut; trying again", "error", err)
		h.Wake()
		select {
		case <-ctx.Done():
		case <-time.After(2 * time.Second):
		}
	}
}

// Wake makes every subscriber look at the feed.
func (h *Hub) Wake() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.subs {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}

// Subscribe gives a channel that is written to after events; leave ends it.
func (h *Hub) Subscribe() (woken <-chan struct{}, leave func()) {
	ch := make(chan struct{}, 1)
	h.mu.Lock()
	h.subs[ch] = true
	h.mu.Unlock()
	return ch, func() {
		h.mu.Lock()
		delete(h.subs, ch)
		h.mu.Unlock()
	}
}
