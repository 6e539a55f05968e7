package api

import (
	"container/list"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/comptoir-desk/comptoir/internal/clock"
)

// limits keeps a bucket a caller and class in memory. Each class has its own
// table, so that nobody can push sign-in's buckets out by asking for something
// else.
type limits struct {
	clock  clock.Clock
	mu     sync.Mutex
	tables map[rateOf]*buckets
}

// buckets are the most recently used ones of a class, newest in front.
type buckets struct {
	by    map[caseKey]*list.Element
	order *list.List
}

// caseKey has a fixed size: a stranger chooses what stands in the cookie.
type caseKey [sha256.Size]byte

type bucket struct {
	*rate.Limiter

	key caseKey
}

// maxBuckets bounds the memory that strangers can make us use, for each class:
// there are never more, the one that was not used for longest goes.
const maxBuckets = 20_000

var perMinute = map[rateOf]int{often: 1200, rare: 60, entry: 20}

func newLimits(c clock.Clock) *limits {
	l := &limits{clock: c, tables: map[rateOf]*buckets{}}
	for class := range perMinute {
		l.tables[class] = &buckets{by: map[caseKey]*list.Element{}, order: list.New()}
	}
	return l
}

func (l *limits) allow(class rateOf, c *caller) bool {
	who := "remote " + network(c.remote)
	if class != entry && c.key != "" {
		who = "key " + c.key
	} else if class != entry && c.token != "" {
		who = "token " + c.token
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.tables[class].of(sha256.Sum256([]byte(who)), perMinute[class]).AllowN(l.clock.Now(), 1)
}

// waitOf is how many seconds it takes until a caller may ask again.
func waitOf(class rateOf) int { return max(1, 60/perMinute[class]) }

// of finds or makes the bucket of a caller.
func (b *buckets) of(key caseKey, perMinute int) *bucket {
	if found := b.by[key]; found != nil {
		b.order.MoveToFront(found)
		return found.Value.(*bucket) //nolint:errcheck,forcetypeassert // only buckets are put in
	}
	made := &bucket{Limiter: rate.NewLimiter(rate.Every(time.Minute/time.Duration(perMinute)), perMinute), key: key}
	b.by[key] = b.order.PushFront(made)
	if b.order.Len() > maxBuckets {
		oldest := b.order.Remove(b.order.Back()).(*bucket) //nolint:errcheck,forcetypeassert // as above
		delete(b.by, oldest.key)
	}
	return made
}

// network is what one stranger has: an IPv4 address, or the 64 bits that an
// IPv6 line is given (RFC 6177).
func network(remote string) string {
	ip, err := netip.ParseAddr(remote)
	if err != nil || ip.Is4() {
		return remote
	}
	whole, err := ip.Prefix(64)
	if err != nil {
		return remote
	}
	return whole.String()
}
