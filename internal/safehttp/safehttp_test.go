package safehttp_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/comptoir-desk/comptoir/internal/safehttp"
)

func TestPublic(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"93.184.215.14": true, "2606:4700::1111": true, "2a01:e0a::1": true, "::ffff:93.184.215.14": true,
		"64:ff9b::5db8:d70e": true, "2002:5db8:d70e::1": true,

		"127.0.0.1": false, "127.8.9.1": false, "0.0.0.0": false, "0.1.2.3": false, "10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false,
		"192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "100.100.100.200": false, "192.0.0.192": false, "198.18.0.1": false,
		"224.0.0.1": false, "240.0.0.1": false, "255.255.255.255": false, "203.0.113.7": false,
		"::": false, "::1": false, "fe80::1": false, "fe80::1%eth0": false, "fd00:ec2::254": false, "fc00::1": false, "fec0::1": false, "ff02::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:169.254.169.254": false, "::127.0.0.1": false, "64:ff9b::7f00:1": false,
		"64:ff9b::a9fe:a9fe": false, "64:ff9b:1::7f00:1": false, "2002:7f00:1::": false, "2002:c0a8:101::1": false, "2001::1": false, "2001:db8::1": false,
	} {
		if got := safehttp.Public(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s: public %v, want %v", text, got, want)
		}
	}
	if safehttp.Public(netip.Addr{}) {
		t.Error("no address is none of the Internet")
	}
}

func call(t *testing.T, c *safehttp.Client, url string) (safehttp.Answer, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	return c.Do(r, 16)
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

func TestOurOwnNetworkIsOutOfReach(t *testing.T) {
	t.Parallel()
	var hits atomic.Int32
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	defer inside.Close()
	_, port, _ := net.SplitHostPort(inside.Listener.Addr().String())
	c := safehttp.New(safehttp.Config{})
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1", "2130706433", "0x7f.1"} {
		if _, err := call(t, c, "http://"+host+":"+port+"/"); err == nil {
			t.Errorf("%s was reached", host)
		}
	}
	for _, url := range []string{"http://127.0.0.1:" + port, "https://127.0.0.1:" + port, "file:///etc/passwd", "gopher://127.0.0.1:" + port, "http://u:p@127.0.0.1/"} {
		if _, err := call(t, c, url); !errors.Is(err, safehttp.ErrForbidden) {
			t.Errorf("%s: %v", url, err)
		}
	}
	if hits.Load() != 0 {
		t.Errorf("%d requests came through", hits.Load())
	}
	if got, err := call(t, safehttp.New(safehttp.Config{Allow: loopback}), inside.URL); err != nil || got.Status != http.StatusOK {
		t.Errorf("a network that the operator named: %v %v", got, err)
	}
}

// An allowed address sends us on to one that isn't.
func TestARedirectIsJudgedToo(t *testing.T) {
	t.Parallel()
	var hits atomic.Int32
	inside := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.2:0")
	if err != nil {
		t.Fatal(err)
	}
	inside.Listener = l
	inside.Start()
	defer inside.Close()
	outside := httptest.NewServer(http.RedirectHandler(inside.URL, http.StatusTemporaryRedirect))
	defer outside.Close()
	only := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	if _, err := call(t, safehttp.New(safehttp.Config{Allow: only, Redirects: 3}), outside.URL); !errors.Is(err, safehttp.ErrForbidden) {
		t.Errorf("followed: %v", err)
	}
	got, err := call(t, safehttp.New(safehttp.Config{Allow: only}), outside.URL)
	if err != nil || got.Status != http.StatusTemporaryRedirect {
		t.Errorf("not followed: %v %v", got, err)
	}
	if hits.Load() != 0 {
		t.Error("the inside was reached")
	}
}

// A name that answers with a public address first and with ours later gets no
// further: what counts is the address that is connected to.
func TestANameThatChangesItsAnswer(t *testing.T) {
	t.Parallel()
	var asked, hits atomic.Int32
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	defer inside.Close()
	_, port, _ := net.SplitHostPort(inside.Listener.Addr().String())
	resolver := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go answerNames(theirs, &asked)
		return ours, nil
	}}
	c := safehttp.New(safehttp.Config{Resolver: resolver, Timeout: 3 * time.Second})
	for range 3 {
		if _, err := call(t, c, "http://rebind.example:"+port+"/"); !errors.Is(err, safehttp.ErrForbidden) {
			t.Errorf("got through: %v", err)
		}
	}
	if asked.Load() == 0 || hits.Load() != 0 {
		t.Errorf("%d questions, %d hits", asked.Load(), hits.Load())
	}
}

// answerNames says 127.0.0.1 to every question for an IPv4 address (RFC 1035,
// over a stream: two bytes of length before each).
func answerNames(c net.Conn, asked *atomic.Int32) {
	defer c.Close()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		raw := make([]byte, int(size[0])<<8|int(size[1]))
		if _, err := io.ReadFull(c, raw); err != nil {
			return
		}
		var m dnsmessage.Message
		if err := m.Unpack(raw); err != nil {
			return
		}
		asked.Add(1)
		m.Response, m.Additionals = true, nil
		if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
			m.Answers = []dnsmessage.Resource{{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 0}, Body: &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}},
			}}
		}
		out, err := m.Pack()
		if err != nil {
			return
		}
		if _, err := c.Write(append([]byte{byte(len(out) >> 8), byte(len(out))}, out...)); err != nil {
			return
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/endless" {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
			return
		}
		<-release
	}))
	defer slow.Close()
	defer close(release)
	if _, err := call(t, safehttp.New(safehttp.Config{Allow: loopback, Timeout: 50 * time.Millisecond}), slow.URL); err == nil {
		t.Error("waited for ever")
	}
	got, err := call(t, safehttp.New(safehttp.Config{Allow: loopback}), slow.URL+"/endless")
	if err != nil || len(got.Body) != 16 {
		t.Errorf("%d bytes, %v", len(got.Body), err)
	}
}

func TestParseNetworks(t *testing.T) {
	t.Parallel()
	got, err := safehttp.ParseNetworks([]string{" 10.0.0.7 ", "192.168.1.9/24", "", "fd00::/8"})
	if err != nil || len(got) != 3 || got[0].String() != "10.0.0.7/32" || got[1].String() != "192.168.1.0/24" {
		t.Errorf("%v %v", got, err)
	}
	for _, wrong := range []string{"warehouse", "10.0.0.0/99", "::ffff:10.0.0.0/104"} {
		if _, err := safehttp.ParseNetworks([]string{wrong}); err == nil {
			t.Errorf("%q was taken", wrong)
		}
	}
}

func FuzzCheckURL(f *testing.F) {
	for _, seed := range []string{"https://example.org/hook", "http://[::1]:80", "https://a@b", "//x", "https:x", "https://exa mple", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if safehttp.CheckURL(text) != nil {
			return
		}
		if !strings.HasPrefix(strings.ToLower(text), "http") || strings.ContainsAny(text, "\x00\r\n") {
			t.Errorf("%q was taken", text)
		}
	})
}
