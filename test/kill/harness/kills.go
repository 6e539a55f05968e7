package harness

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// boundaries are the failpoints of a story, with how many passages a kill may
// wait for.
type boundaries map[string]int

var (
	ingestBoundaries = boundaries{
		"intake.blob_put": 2, "intake.committed": 2, "imap.position_moved": 2, "parse.before_receive": 4, "parse.received": 4,
		"smtp.before_250": 1,
	}
	sendBoundaries = boundaries{
		"reply.composed": 2, "reply.committed": 2, "send.claimed": 3, "send.dot_pending": 3, "send.answered": 3,
	}
)

// throw makes the dice of one part of a story; the same seed tells it again.
func throw(seed, part uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, part)) //nolint:gosec // a story's dice, not a secret
}

// with adds a boundary.
func (b boundaries) with(name string, most int) boundaries {
	out := maps.Clone(b)
	out[name] = most
	return out
}

// kill is one end of the desk: at a named place, or at a random moment. after is
// how long it waits for either; patience where a place says nothing.
type kill struct {
	failpoint string
	after     time.Duration
}

// plan lays out n kills: each boundary in turn, and every third at random.
func (b boundaries) plan(n int, dice *rand.Rand) []kill {
	names := slices.Sorted(maps.Keys(b))
	out := make([]kill, n)
	next := 0
	for i := range out {
		if i%3 == 2 {
			out[i].after = time.Duration(30+dice.IntN(900)) * time.Millisecond
			continue
		}
		name := names[next%len(names)]
		next++
		out[i].failpoint = fmt.Sprintf("%s:%d", name, 1+dice.IntN(b[name]))
	}
	return out
}

// demand fails a run long enough to have met every boundary that met not each:
// a failpoint that is gone must not pass for one that does no harm.
func (b boundaries) demand(tb testing.TB, t *Tally) {
	tb.Helper()
	for name := range b {
		if t.Kills >= 5*len(b) && t.At[name] == 0 {
			tb.Errorf("no kill was met at %s: %s", name, t.where())
		}
	}
}

// patience is how long a kill waits for its failpoint before it is a random
// one.
const patience = 3 * time.Second

// suffer waits for the desk's death by this kill.
func (k kill) suffer(tb testing.TB, p *Program, t *Tally) {
	tb.Helper()
	wait := patience
	if k.after > 0 {
		wait = k.after
	}
	named := p.DiesWithin(wait)
	p.Kill()
	t.Kills++
	switch {
	case named && k.failpoint == "":
		tb.Errorf("the desk ended by itself:\n%s", p.Log())
	case named:
		name, _, _ := strings.Cut(k.failpoint, ":")
		t.At[name]++
	default:
		t.At["random"]++
	}
}
