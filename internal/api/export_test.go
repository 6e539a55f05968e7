package api

import (
	"maps"
	"net/http"
	"slices"

	"github.com/comptoir-desk/comptoir/internal/clock"
)

// MaxBuckets is the bound of a class.
const MaxBuckets = maxBuckets

// OriginOf gives what a request's origin is taken for.
func (p Proxies) OriginOf(r *http.Request) (remote string, secure, local bool) {
	o := p.originOf(r)
	return o.remote, o.secure, o.local
}

// Door counts attempts to sign in.
type Door struct{ *limits }

// NewDoor makes one.
func NewDoor(c clock.Clock) Door { return Door{newLimits(c)} }

// Knock tells whether somebody at an address may try.
func (d Door) Knock(remote string) bool { return d.allow(entry, &caller{remote: remote}) }

// Ask tells whether somebody with a cookie may ask for something else.
func (d Door) Ask(token string) bool { return d.allow(rare, &caller{token: token}) }

// Kept is how many callers each class remembers.
func (d Door) Kept() (sum int) {
	for _, t := range d.tables {
		sum += max(len(t.by), t.order.Len())
	}
	return sum
}

// Summary is what an operation does, in a line.
func Summary(operation string) string { return summaries[operation] }

// Summarised are the operations that have a line.
func Summarised() []string { return slices.Collect(maps.Keys(summaries)) }
