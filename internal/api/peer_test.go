package api_test

import (
	"bytes"
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// lines is a log that several requests may write to.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) count(word string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), word)
}

func proxies(t *testing.T, list ...string) api.Proxies {
	t.Helper()
	p, err := api.ParseProxies(list)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOnlyATrustedProxyIsBelieved(t *testing.T) {
	t.Parallel()
	trusted := proxies(t, "127.0.0.1", " 10.0.0.0/8", "", "2001:db8:7::/48")
	for name, tc := range map[string]struct {
		peer, host, proto string
		hops              []string
		remote            string
		secure, local     bool
	}{
		"a stranger":                             {peer: "203.0.113.7:1", remote: "203.0.113.7"},
		"a stranger's own words":                 {peer: "203.0.113.7:1", hops: []string{"198.51.100.4"}, proto: "https", remote: "203.0.113.7"},
		"nobody trusts this loopback":            {peer: "[::1]:1", host: "localhost", remote: "::1", local: true},
		"nor its words":                          {peer: "[::1]:1", host: "localhost", hops: []string{"198.51.100.4"}, proto: "https", remote: "::1"},
		"nor another name":                       {peer: "[::1]:1", host: "rebound.example", remote: "::1"},
		"a proxy":                                {peer: "127.0.0.1:1", hops: []string{"198.51.100.4"}, proto: "https", remote: "198.51.100.4", secure: true},
		"a proxy without a word is not local":    {peer: "127.0.0.1:1", host: "localhost", remote: "127.0.0.1"},
		"nor with loopback's":                    {peer: "127.0.0.1:1", host: "localhost", hops: []string{"127.0.0.1"}, remote: "127.0.0.1"},
		"nor with a loopback that none trusts":   {peer: "127.0.0.1:1", host: "localhost", hops: []string{"::1"}, remote: "::1"},
		"without TLS":                            {peer: "127.0.0.1:1", hops: []string{"198.51.100.4"}, proto: "http", remote: "198.51.100.4"},
		"what the sender invented":               {peer: "127.0.0.1:1", hops: []string{"192.0.2.1, 198.51.100.4"}, remote: "198.51.100.4"},
		"two proxies":                            {peer: "127.0.0.1:1", hops: []string{"192.0.2.1, 198.51.100.4, 10.2.3.4"}, remote: "198.51.100.4"},
		"on two lines":                           {peer: "127.0.0.1:1", hops: []string{"192.0.2.1,198.51.100.4", "10.2.3.4"}, remote: "198.51.100.4"},
		"only proxies":                           {peer: "127.0.0.1:1", hops: []string{"10.0.0.9, 10.2.3.4"}, remote: "10.0.0.9"},
		"no address":                             {peer: "127.0.0.1:1", hops: []string{"198.51.100.4, unknown"}, remote: "127.0.0.1"},
		"no address further left":                {peer: "127.0.0.1:1", hops: []string{"<b>, 10.2.3.4"}, remote: "10.2.3.4"},
		"with a port":                            {peer: "10.1.1.1:1", hops: []string{"198.51.100.4:6000"}, remote: "198.51.100.4"},
		"IPv6 with a port":                       {peer: "[2001:db8:7::1]:1", hops: []string{"[2001:db8::9]:6000"}, remote: "2001:db8::9"},
		"IPv6 in brackets":                       {peer: "[2001:db8:7::1]:1", hops: []string{"[2001:db8::9]"}, remote: "2001:db8::9"},
		"IPv4 in IPv6":                           {peer: "[::ffff:127.0.0.1]:1", hops: []string{"::ffff:198.51.100.4"}, remote: "198.51.100.4"},
		"the last protocol is what our own said": {peer: "127.0.0.1:1", proto: "https, http", remote: "127.0.0.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr, r.Host = tc.peer, tc.host
		for _, hop := range tc.hops {
			r.Header.Add("X-Forwarded-For", hop)
		}
		if tc.proto != "" {
			r.Header.Set("X-Forwarded-Proto", tc.proto)
		}
		remote, secure, local := trusted.OriginOf(r)
		if remote != tc.remote || secure != tc.secure || local != tc.local {
			t.Errorf("%s: %s secure %v local %v, want %s %v %v", name, remote, secure, local, tc.remote, tc.secure, tc.local)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.TLS = &tls.ConnectionState{}
	if _, secure, _ := trusted.OriginOf(r); !secure {
		t.Error("TLS of our own is not seen")
	}
}

func TestWhatIsNoProxy(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"nginx", "10.0.0.0/40", "127.0.0.1:80", "::ffff:10.0.0.0/104"} {
		if _, err := api.ParseProxies([]string{text}); err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestBehindATrustedProxy(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.handler = d.behind(proxies(t, "127.0.0.1"))
		by := func(address string) *browser {
			b := d.from("127.0.0.1")
			b.header = http.Header{"X-Forwarded-For": {address}, "X-Forwarded-Proto": {"https"}}
			return b
		}
		got := by("198.51.100.4").signIn("veronica@maison-lila.fr", veronicas).ok()
		if len(got.set) != 1 || !got.set[0].Secure {
			t.Errorf("the cookie is not secure: %v", got.set)
		}
		guesser := by("203.0.113.66")
		for range 20 {
			guesser.signIn("nobody@maison-lila.fr", "wrong")
		}
		guesser.signIn("nobody@maison-lila.fr", "wrong").want(http.StatusTooManyRequests, "too_many")
		by("198.51.100.5").signIn("marc@maison-lila.fr", marcs).ok()

		d.setup.state = api.SetupFresh
		shown := by("127.0.0.1")
		shown.host = "localhost:8080"
		if got := shown.do("GET", "/setup", nil).ok(); !strings.Contains(got.raw, `"allowed":false`) {
			t.Errorf("set-up is open through the proxy: %s", got.raw)
		}
		if d.log.count("trusted-proxies") != 0 {
			t.Error("told of a proxy that is trusted")
		}
	})
}

func TestAnUntrustedProxyIsToldOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.from("127.0.0.1")
		b.header = http.Header{"X-Forwarded-For": {"198.51.100.4"}, "X-Forwarded-Proto": {"https"}}
		for i := range 21 {
			b.header.Set("X-Forwarded-For", "198.51.100."+strconv.Itoa(i)) // a new address each time
			got := b.signIn("nobody@maison-lila.fr", "wrong")
			if over := got.status == http.StatusTooManyRequests; over != (i == 20) {
				t.Fatalf("try %d: %d", i+1, got.status)
			}
		}
		d.clock.Advance(time.Minute)
		if got := b.signIn("veronica@maison-lila.fr", veronicas).ok(); got.set[0].Secure {
			t.Error("an untrusted https was believed")
		}
		if n := d.log.count("trusted-proxies"); n != 1 {
			t.Errorf("told %d times", n)
		}
	})
}

func TestTheDoorsMemoryIsBounded(t *testing.T) {
	t.Parallel()
	door := api.NewDoor(clock.At(monday))
	for range 20 {
		door.Knock("203.0.113.66")
	}
	for i := range api.MaxBuckets + 500 {
		door.Ask("invented " + strconv.Itoa(i))
	}
	if door.Knock("203.0.113.66") {
		t.Error("invented cookies pushed the count of a guesser out")
	}
	if n := door.Kept(); n != api.MaxBuckets+1 {
		t.Errorf("%d callers kept", n)
	}
	if !door.Ask("invented 0") || door.Kept() != api.MaxBuckets+1 {
		t.Error("the oldest one did not make room")
	}
	for i := range 21 {
		if door.Knock("2001:db8:1:2::"+strconv.Itoa(i)) != (i < 20) {
			t.Errorf("an IPv6 line's address %d", i)
		}
	}
}
