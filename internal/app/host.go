package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Host keeps the one desk that is served, and changes it when somebody leaves
// the demo shop for a real one: each has its own store.
type Host struct {
	config Config
	log    *slog.Logger
	clock  clock.Clock
	token  string // opens the first-run page from another machine

	mu      sync.Mutex // one change at a time
	current atomic.Pointer[running]
	stop    context.Context //nolint:containedctx // ends every desk this host starts
}

// running is a desk at work.
type running struct {
	*App

	cancel context.CancelFunc
	done   chan struct{}
}

// NewHost opens the desk that was served last: the demo shop while a marker
// says so, else the real one.
func NewHost(ctx context.Context, c Config, clk clock.Clock, log *slog.Logger) (*Host, error) {
	if err := os.MkdirAll(c.Data, 0o750); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	h := &Host{config: c, log: log, clock: clk, token: newToken(), stop: ctx}
	at := c.shopPlace()
	if h.demoMarked() {
		at = c.demoPlace()
	}
	a, err := h.open(ctx, at)
	if err != nil {
		return nil, err
	}
	h.start(a)
	return h, nil
}

func newToken() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

func (h *Host) open(ctx context.Context, p place) (*App, error) {
	a, err := newApp(ctx, h.config, p, h.clock, h.log)
	if err != nil {
		return nil, err
	}
	a.host = h
	a.mode.Store(modeFresh)
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		shops, err := a.shops.List(tx)
		if len(shops) > 0 {
			a.mode.Store(modeShop)
			if p.demo {
				a.mode.Store(modeDemo)
			}
		}
		return err
	})
	if err != nil {
		_ = a.close()
		return nil, err
	}
	a.handler = a.newHandler()
	return a, nil
}

// What a host serves.
const (
	modeFresh = "fresh"
	modeDemo  = "demo"
	modeShop  = "shop"
)

func (h *Host) start(a *App) {
	ctx, cancel := context.WithCancel(h.stop)
	r := &running{App: a, cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(r.done)
		a.run(ctx)
	}()
	h.current.Store(r)
}

// swap serves another desk and ends the one before.
func (h *Host) swap(a *App) {
	old := h.current.Load()
	h.start(a)
	end(old, h.log)
}

func end(r *running, log *slog.Logger) {
	r.cancel()
	<-r.done
	if err := r.close(); err != nil {
		log.Error("close desk", "error", err)
	}
}

// Close ends the desk: jobs under way are finished first.
func (h *Host) Close() { end(h.current.Load(), h.log) }

// ServeHTTP answers with the desk that is served now.
func (h *Host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.current.Load().handler.ServeHTTP(w, r)
}

// TokenOK compares with the token that was printed at start.
func (h *Host) TokenOK(token string) bool {
	return subtle.ConstantTimeCompare([]byte(strings.TrimSpace(token)), []byte(h.token)) == 1
}

func (h *Host) marker() string { return filepath.Join(h.config.Data, "demo", "SERVED") }

func (h *Host) demoMarked() bool {
	_, err := os.Stat(h.marker())
	return err == nil
}

func (h *Host) mark(demo bool) error {
	if demo {
		return os.WriteFile(h.marker(), []byte("This demo shop is served until somebody leaves it.\n"), 0o600)
	}
	if err := os.Remove(h.marker()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
