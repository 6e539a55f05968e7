package team

import (
	"net/netip"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
)

// patience is how many failures are let pass before each next lock.
const patience = 5

// crowd is the same for a remote address, behind which a whole shop may sit.
const crowd = 20

var locks = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour}

// lockAfter is for how long the nth failure in a row locks: every fifth one
// (of five) does, longer each time.
func lockAfter(n, every int) time.Duration {
	if n == 0 || n%every != 0 {
		return 0
	}
	return locks[min(n/every, len(locks))-1]
}

// attempts counts failures that belong to no row: those of a remote address, and
// those for e-mail addresses nobody has, which must lock like the others or
// their locking would tell who is known. A restart forgets them.
type attempts struct {
	clock clock.Clock
	mu    sync.Mutex
	known map[string]*attempt
}

type attempt struct {
	failures int
	last     time.Time
	until    time.Time
}

const (
	forgetAfter = 24 * time.Hour
	maxAttempts = 20_000 // some 2 MB
)

func newAttempts(c clock.Clock) *attempts { return &attempts{clock: c, known: map[string]*attempt{}} }

// lockedUntil is when the key may try again; zero when it may now.
func (a *attempts) lockedUntil(key string) time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t := a.known[key]; t != nil && a.clock.Now().Before(t.until) {
		return t.until
	}
	return time.Time{}
}

// fail counts a failure and tells until when the key is locked by it.
func (a *attempts) fail(key string, every int) time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.clock.Now()
	t := a.known[key]
	if t == nil || now.Sub(t.last) > forgetAfter {
		a.makeRoom(now)
		t = &attempt{}
		a.known[key] = t
	}
	t.failures++
	t.last = now
	if lock := lockAfter(t.failures, every); lock > 0 {
		t.until = now.Add(lock)
	}
	if now.Before(t.until) {
		return t.until
	}
	return time.Time{}
}

func (a *attempts) forget(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.known, key)
}

// makeRoom drops what is old, and anything at all when that is not enough:
// memory is bounded, whatever comes in.
func (a *attempts) makeRoom(now time.Time) {
	if len(a.known) < maxAttempts {
		return
	}
	for key, t := range a.known {
		if now.Sub(t.last) > time.Hour && now.After(t.until) {
			delete(a.known, key)
		}
	}
	for key := range a.known {
		if len(a.known) < maxAttempts {
			return
		}
		delete(a.known, key)
	}
}

// remoteKey counts an IPv6 network as one: its owner has 2^64 addresses.
func remoteKey(remote string) string {
	if host, err := netip.ParseAddrPort(remote); err == nil {
		remote = host.Addr().String()
	}
	ip, err := netip.ParseAddr(remote)
	if err != nil {
		return "remote:" + remote
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if network, err := ip.Prefix(64); err == nil {
			return "remote:" + network.String()
		}
	}
	return "remote:" + ip.String()
}
