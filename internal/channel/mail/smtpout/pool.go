package smtpout

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
)

// Clock tells the time for throttling and for the pause after a refused
// password. Network time limits hang on contexts.
type Clock interface{ Now() time.Time }

// Config of a Pool. Zero values mean what each line says.
type Config struct {
	PerServer       int           // connections at once to one server; 2
	IdleTimeout     time.Duration // an idle connection is closed after it; 30 s
	MailsPerSession int           // then a new connection: some servers count; 100
	PerDomainMinute int           // mails to one recipient domain within a minute; no limit
	PerDomainAtOnce int           // mails to one recipient domain at the same time; no limit
	SignInPause     time.Duration // after a refused sign-in nothing is tried with the same settings; 1 min
	AnswerGrace     time.Duration // how long a cancelled Send still waits for the answer to the dot; 5 s
	Clock           Clock         // the machine's
	Dial            func(ctx context.Context, network, address string) (net.Conn, error)
}

func (c Config) withDefaults() Config {
	c.PerServer = orElse(c.PerServer, 2)
	c.IdleTimeout = orElse(c.IdleTimeout, 30*time.Second)
	c.MailsPerSession = orElse(c.MailsPerSession, 100)
	c.SignInPause = orElse(c.SignInPause, time.Minute)
	c.AnswerGrace = orElse(c.AnswerGrace, 5*time.Second)
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.Dial == nil {
		c.Dial = (&net.Dialer{}).DialContext
	}
	return c
}

func orElse[T int | time.Duration](v, otherwise T) T {
	if v <= 0 {
		return otherwise
	}
	return v
}

// Pool keeps connections to the shops' servers. It is safe for use by many
// goroutines.
type Pool struct {
	cfg      Config
	throttle *throttle

	mu      sync.Mutex
	closed  bool
	servers map[key]*connections
}

// connections are those of one server.
type connections struct {
	places     chan struct{} // one for each connection in use
	idle       []*resting    // the longest idle first
	pauseUntil time.Time     // after a refused sign-in
	pause      verdict
}

type resting struct {
	session *session
	timer   *time.Timer
}

// NewPool makes a pool; Close ends it.
func NewPool(cfg Config) *Pool {
	cfg = cfg.withDefaults()
	return &Pool{cfg: cfg, throttle: newThrottle(cfg.PerDomainMinute, cfg.PerDomainAtOnce, cfg.Clock), servers: map[key]*connections{}}
}

// Close ends the idle connections. Mails under way end by themselves.
func (p *Pool) Close() {
	p.mu.Lock()
	p.closed = true
	var ended []*session
	for _, c := range p.servers {
		for _, r := range c.idle {
			if r.timer.Stop() {
				ended = append(ended, r.session)
			}
		}
		c.idle = nil
	}
	p.mu.Unlock()
	for _, s := range ended {
		s.quit()
	}
}

func (p *Pool) connections(s Server) *connections {
	p.mu.Lock()
	defer p.mu.Unlock()
	k := s.key()
	if p.servers[k] == nil {
		p.servers[k] = &connections{places: make(chan struct{}, p.cfg.PerServer)}
	}
	return p.servers[k]
}

// session gives a clean session: a kept one that still answers, else a new one.
func (p *Pool) session(ctx context.Context, s Server, c *connections) (*session, *failure) {
	for {
		kept := p.wake(c)
		if kept == nil {
			return open(ctx, p.cfg.Dial, s)
		}
		kept.server = s // the time limits and the token may have changed
		kept.kept = true
		if kept.reset(ctx) == nil {
			return kept, nil
		}
		kept.close() // the server was restarted, or grew tired of waiting
	}
}

// wake takes the connection that was used last.
func (p *Pool) wake(c *connections) *session {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(c.idle) > 0 {
		last := c.idle[len(c.idle)-1]
		c.idle = c.idle[:len(c.idle)-1]
		if last.timer.Stop() {
			return last.session
		}
	}
	return nil
}

// rest keeps a session for the next mail, for a while.
func (p *Pool) rest(c *connections, s *session) {
	p.mu.Lock()
	if p.closed || s.mails >= p.cfg.MailsPerSession {
		p.mu.Unlock()
		s.quit()
		return
	}
	defer p.mu.Unlock()
	r := &resting{session: s}
	r.timer = time.AfterFunc(p.cfg.IdleTimeout, func() {
		p.forget(c, r)
		s.quit()
	})
	c.idle = append(c.idle, r)
}

func (p *Pool) forget(c *connections, r *resting) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range c.idle {
		if c.idle[i] == r {
			c.idle = append(c.idle[:i], c.idle[i+1:]...)
			return
		}
	}
}

// paused gives the verdict of a sign-in that was refused a moment ago: thirty
// waiting mails must not be thirty wrong passwords, for which providers lock
// the account. New settings are another key, so they are tried at once.
func (p *Pool) paused(c *connections) (verdict, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return c.pause, p.cfg.Clock.Now().Before(c.pauseUntil)
}

func (p *Pool) notePause(c *connections, f *failure, v verdict) {
	if f.at != atAuth || f.reply.code < 500 || errors.Is(f.cause, errToken) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	c.pause, c.pauseUntil = v, p.cfg.Clock.Now().Add(p.cfg.SignInPause)
}
