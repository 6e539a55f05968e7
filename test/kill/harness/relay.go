package harness

import (
	"context"
	"net"
	"net/smtp"
	"sync"
	"time"
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
	conn, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // the answer to the dot is what counts
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	c, err := smtp.NewClient(conn, "relay.example")
	if err != nil {
		return err
	}
	if err := c.Mail("bounce@client.example"); err != nil {
		return err
	}
	if err := c.Rcpt(Own); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	return w.Close()
}
