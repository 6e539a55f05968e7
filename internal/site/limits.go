package site

import (
	"container/list"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/comptoir-desk/comptoir/internal/clock"
)

// limits keeps a bucket a network address, the most recently used ones: there
// are never more than maxBuckets, whoever asks.
type limits struct {
	clock     clock.Clock
	perMinute int
	mu        sync.Mutex
	by        map[netip.Prefix]*list.Element
	order     *list.List // newest in front
}

const maxBuckets = 10_000

type bucket struct {
	*rate.Limiter

	key netip.Prefix
}

func newLimits(c clock.Clock, perMinute int) *limits {
	return &limits{clock: c, perMinute: perMinute, by: map[netip.Prefix]*list.Element{}, order: list.New()}
}

func (l *limits) allow(remote string) bool {
	key := network(remote)
	l.mu.Lock()
	defer l.mu.Unlock()
	if found := l.by[key]; found != nil {
		l.order.MoveToFront(found)
		return found.Value.(*bucket).AllowN(l.clock.Now(), 1) //nolint:errcheck,forcetypeassert // only buckets are put in
	}
	made := &bucket{Limiter: rate.NewLimiter(rate.Every(time.Minute/time.Duration(l.perMinute)), l.perMinute), key: key}
	l.by[key] = l.order.PushFront(made)
	if l.order.Len() > maxBuckets {
		oldest := l.order.Remove(l.order.Back()).(*bucket) //nolint:errcheck,forcetypeassert // as above
		delete(l.by, oldest.key)
	}
	return made.AllowN(l.clock.Now(), 1)
}

// network is what one stranger has: an IPv4 address, or the 64 bits that an
// IPv6 line is given (RFC 6177). Whoever can't be told shares one.
func network(remote string) netip.Prefix {
	ip, err := netip.ParseAddr(remote)
	if err != nil {
		return netip.Prefix{}
	}
	bits := 64
	if ip.Is4() {
		bits = 32
	}
	whole, err := ip.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return whole
}
