package smtpin

import (
	"maps"
	"net"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// gate bounds how many connections are open, in all and from one address.
type gate struct {
	net.Listener
	all, each int

	mu    sync.Mutex
	open  map[*counted]string
	count map[string]int
}

// Accept gives the next connection for which there is room; the others are
// told to come again.
func (g *gate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if in := g.enter(c); in != nil {
			return in, nil
		}
		go turnAway(c)
	}
}

func turnAway(c net.Conn) {
	_ = c.SetDeadline(time.Now().Add(5 * time.Second)) //nolint:forbidigo // a deadline of the network
	_, _ = c.Write([]byte("421 4.7.0 Too many connections, try again later\r\n"))
	_ = c.Close()
}

func (g *gate) enter(c net.Conn) *counted {
	remote := hostOf(c.RemoteAddr())
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.open) >= g.all || g.count[remote] >= g.each {
		return nil
	}
	in := &counted{Conn: c, gate: g}
	g.open[in] = remote
	g.count[remote]++
	return in
}

func (g *gate) left(c *counted) {
	g.mu.Lock()
	defer g.mu.Unlock()
	remote, ok := g.open[c]
	if !ok {
		return
	}
	delete(g.open, c)
	if g.count[remote]--; g.count[remote] == 0 {
		delete(g.count, remote)
	}
}

func (g *gate) closeAll() {
	g.mu.Lock()
	all := slices.Collect(maps.Keys(g.open))
	g.mu.Unlock()
	for _, c := range all {
		_ = c.Close()
	}
}

// counted is a connection that makes room when it closes.
type counted struct {
	net.Conn
	gate *gate
}

// Close closes the connection.
func (c *counted) Close() error {
	c.gate.left(c)
	return c.Conn.Close()
}

func hostOf(a net.Addr) string {
	host, _, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	return host
}

// rates bounds how many mails a minute an address may hand over.
type rates struct {
	perMinute int

	mu sync.Mutex
	of map[string]*rate.Limiter
}

// maxRates bounds how many addresses are remembered; then all start afresh.
const maxRates = 10_000

func newRates(perMinute int) *rates {
	return &rates{perMinute: perMinute, of: map[string]*rate.Limiter{}}
}

func (r *rates) allow(remote string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	l, ok := r.of[remote]
	if !ok {
		if len(r.of) >= maxRates {
			clear(r.of)
		}
		l = rate.NewLimiter(rate.Limit(float64(r.perMinute)/60), r.perMinute)
		r.of[remote] = l
	}
	return l.AllowN(now, 1)
}
