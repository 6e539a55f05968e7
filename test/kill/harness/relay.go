package harness

import (
	"context"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// relay hands mail to the desk's SMTP listener as a mail server does: it keeps
// each mail until it hears 250, and tries again when it hears nothing.
type relay struct {
	program *Program
	mu      sync.Mutex
	queue   [][]byte
	done    chan struct{}
}

func newRelay(p *Program) *relay { return &relay{program: p, done: make(chan struct{})} }

func (r *relay) add(raw []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.queue = append(r.queue, raw)
}

func (r *relay) left() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.queue)
}

// run works until ctx ends.
func (r *relay) run(ctx context.Context) {
	defer close(r.done)
	every := time.NewTicker(20 * time.Millisecond)
	defer every.Stop()
	for {
		for r.next() {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// next hands over the oldest mail; false when there is none or it failed.
func (r *relay) next() bool {
	r.mu.Lock()
	if len(r.queue) == 0 {
		r.mu.Unlock()
		return false
	}
	raw := r.queue[0]
	r.mu.Unlock()
	if err := hand(r.program.SMTP, raw); err != nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.queue = r.queue[1:]
	return true
}

// hand gives one mail over; nil when the desk said 250.
func hand(addr string, raw []byte) error {
	return mailserver.Hand(addr, "bounce@client.example", Own, raw)
}
