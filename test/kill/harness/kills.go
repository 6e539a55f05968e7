package harness

import (
	"fmt"
	"math/rand/v2"
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

// with adds a boundary.
func (b boundaries) with(name string, most int) boundaries {
	out := boundaries{name: most}
	for k, v := range b {
		out[k] = v
	}
	return out
}

// kill is one end of the desk: at a named place, or by itself after a while.
type kill struct {
	failpoint string
	after     time.Duration
}

// plan lays out n kills: each boundary in turn, and every third at random.
func (b boundaries) plan(n int, dice *rand.Rand) []kill {
	var names []string
	for name := range b {
		names = append(names, name)
	}
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

// patience is how long a kill waits for its failpoint before it is a random
// one.
const patience = 3 * time.Second

// suffer waits for the desk's death by this kill.
func (k kill) suffer(tb testing.TB, p *Program, t *Tally) {
	tb.Helper()
	wait := patience
	if k.failpoint == "" {
		wait = k.after
	}
	named := p.DiesWithin(wait)
	p.Kill()
	t.Kills++
	switch {
	case named && k.failpoint == "":
		tb.Errorf("the desk ended by itself:\n%s", p.Log())
	case named:
		name, _, _ := cutLast(k.failpoint)
		t.At[name]++
	default:
		t.At["random"]++
	}
}

func cutLast(s string) (before, after string, found bool) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == ':' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}
