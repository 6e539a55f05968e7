package safehttp

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// Config says how far a client goes.
type Config struct {
	Allow     []netip.Prefix // networks that are let through besides the public Internet
	Timeout   time.Duration  // of a whole exchange; 10 s when zero
	Redirects int            // followed, each judged anew; a further one is an error
	// Resolver answers for names; nil for the machine's own.
	Resolver *net.Resolver
}

// Client calls addresses that somebody else chose. It is safe for use by many
// goroutines.
type Client struct{ http *http.Client }

type plainKey struct{}

// New makes a client.
func New(c Config) *Client {
	if c.Timeout == 0 {
		c.Timeout = 10 * time.Second
	}
	dialer := &net.Dialer{
		Timeout: c.Timeout, KeepAlive: -1, Resolver: c.Resolver,
		ControlContext: func(ctx context.Context, network, address string, _ syscall.RawConn) error {
			return c.judge(ctx, network, address)
		},
	}
	transport := &http.Transport{
		Proxy: nil, // a proxy would resolve names in our place
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, address)
		},
		// A connection kept for the next call would outlive its judgement.
		DisableKeepAlives:      true,
		TLSHandshakeTimeout:    c.Timeout,
		ResponseHeaderTimeout:  c.Timeout,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true, // no bombs
		ForceAttemptHTTP2:      true,
	}
	return &Client{http: &http.Client{
		Transport: marked{transport}, Timeout: c.Timeout,
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > c.Redirects {
				return http.ErrUseLastResponse
			}
			return CheckURL(r.URL.String())
		},
	}}
}

// marked tells the dialer which requests go without TLS.
type marked struct{ next http.RoundTripper }

func (m marked) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "https" {
		r = r.WithContext(context.WithValue(r.Context(), plainKey{}, true))
	}
	return m.next.RoundTrip(r)
}

// judge sees the address that the kernel is about to connect to.
func (c Config) judge(ctx context.Context, network, address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || (network != "tcp4" && network != "tcp6") {
		return fmt.Errorf("%w: %s %s", ErrForbidden, network, address)
	}
	ip := at.Addr().Unmap().WithZone("")
	for _, allowed := range c.Allow {
		if allowed.Contains(ip) {
			return nil
		}
	}
	if !Public(ip) {
		return fmt.Errorf("%w: %s is not of the public Internet", ErrForbidden, ip)
	}
	if plain, ok := ctx.Value(plainKey{}).(bool); ok && plain {
		return fmt.Errorf("%w: https is needed outside one's own network", ErrForbidden)
	}
	return nil
}

// Answer is what came back, as much of it as was asked for.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte // at most the limit given; the rest was never read
}

// Do sends a request and reads at most limit bytes of the body that comes back.
func (c *Client) Do(r *http.Request, limit int64) (Answer, error) {
	if err := CheckURL(r.URL.String()); err != nil {
		return Answer{}, fmt.Errorf("%w: %w", ErrForbidden, err)
	}
	res, err := c.http.Do(r) //nolint:gosec // the address is judged when it is dialled: that is what this package is for
	if err != nil {
		return Answer{}, err
	}
	defer res.Body.Close()
	// The status counts, whatever becomes of the body.
	body, _ := io.ReadAll(io.LimitReader(res.Body, limit))
	return Answer{Status: res.StatusCode, Header: res.Header, Body: body}, nil
}
