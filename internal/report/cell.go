package report

import (
	"encoding/binary"
	"errors"

	"github.com/comptoir-desk/comptoir/internal/id"
)

// measure says what is counted. Numbers are kept in the store: never reuse one.
type measure int

// What is counted. Of a promise that broke, the day is that of its due time; of
// every other end, the day it came.
const (
	asked     measure = 1  // a matter that a customer opened, by hour
	opened    measure = 2  // a promise, by hour
	closed    measure = 3  // a promise, by hour
	standing  measure = 4  // open now; day 0
	kept      measure = 5  // in time
	keptNear  measure = 6  // of them: while it was due soon
	broken    measure = 7  // its due time passed
	keptLate  measure = 8  // of them: kept later
	waived    measure = 9  // by a person, with a reason
	passed    measure = 10 // on to another promise
	ended     measure = 11 // for a stated cause
	takenBack measure = 12 // kept or waived, and open again: a bounce, or second thoughts
	arrived   measure = 13 // messages of customers, by hour
	answered  measure = 14 // answers that left, by hour
	onClock   measure = 15 // answer times as the customer lived them, by class
	whenOpen  measure = 16 // the same in opening hours, by class
)

// hourly tells whether a measure's bucket is an hour of the day.
func hourly(m measure) bool {
	return m == asked || m == opened || m == closed || m == arrived || m == answered
}

// grain says what is told apart in a set of figures.
type grain int

const (
	byMailbox grain = 1 << iota
	byTeam
	byReason
	byPerson
	inFull = byMailbox | byTeam | byReason | byPerson
)

// grains are those that are kept: all together, each apart, everything apart.
var grains = []grain{0, byMailbox, byTeam, byReason, byPerson, inFull}

// grainFor is the coarsest kept grain that tells all of want apart.
func grainFor(want grain) grain {
	for _, g := range grains {
		if g&want == want {
			return g
		}
	}
	return inFull
}

// entry is one thing that is counted, of one conversation.
type entry struct {
	Day     int64
	Measure measure
	Kind    string
	Person  id.Person
	Bucket  int
	Promise id.Promise // of an answer time: what it was measured of
}

// tally is what one conversation adds to the figures.
type tally struct {
	Mailbox id.Mailbox
	Team    id.Team
	Reason  id.Reason
	Entries []entry
}

// cell names one row of figures.
type cell struct {
	Shop    id.Shop
	Grain   grain
	Day     int64
	Measure measure
	Kind    string
	Mailbox id.Mailbox
	Team    id.Team
	Reason  id.Reason
	Person  id.Person
	Bucket  int
}

// into adds the tally to cells, factor times.
func (t tally) into(cells map[cell]int64, shop id.Shop, factor int64) {
	for _, e := range t.Entries {
		for _, g := range grains {
			if g == byPerson && e.Person == 0 {
				continue
			}
			c := cell{Shop: shop, Grain: g, Day: e.Day, Measure: e.Measure, Kind: e.Kind, Bucket: e.Bucket}
			if hourly(e.Measure) && g != 0 && g != inFull { // nobody asks at which hours by mailbox without narrowing to one
				c.Bucket = 0
			}
			if g&byMailbox != 0 {
				c.Mailbox = t.Mailbox
			}
			if g&byTeam != 0 {
				c.Team = t.Team
			}
			if g&byReason != 0 {
				c.Reason = t.Reason
			}
			if g&byPerson != 0 {
				c.Person = e.Person
			}
			cells[c] += factor
		}
	}
}

// openTimes are the answer times in opening hours that were measured before, by
// promise.
func (t tally) openTimes() map[id.Promise]int {
	out := map[id.Promise]int{}
	for _, e := range t.Entries {
		if e.Measure == whenOpen {
			out[e.Promise] = e.Bucket
		}
	}
	return out
}

// encode writes a tally as a list of varints; kinds as their bytes.
func (t tally) encode() []byte {
	b := binary.AppendVarint(nil, int64(t.Mailbox))
	b = binary.AppendVarint(b, int64(t.Team))
	b = binary.AppendVarint(b, int64(t.Reason))
	for _, e := range t.Entries {
		b = binary.AppendVarint(b, e.Day)
		b = binary.AppendVarint(b, int64(e.Measure))
		b = binary.AppendUvarint(b, uint64(len(e.Kind)))
		b = append(b, e.Kind...)
		b = binary.AppendVarint(b, int64(e.Person))
		b = binary.AppendVarint(b, int64(e.Bucket))
		b = binary.AppendVarint(b, int64(e.Promise))
	}
	return b
}

var errTally = errors.New("what was counted of a conversation cannot be read")

// decodeTally reads what encode wrote; nothing is the empty tally.
func decodeTally(raw []byte) (t tally, err error) {
	if len(raw) == 0 {
		return t, nil
	}
	r := reading{rest: raw}
	t.Mailbox, t.Team, t.Reason = id.Mailbox(r.number()), id.Team(r.number()), id.Reason(r.number())
	for len(r.rest) > 0 && !r.bad {
		t.Entries = append(t.Entries, entry{
			Day: r.number(), Measure: measure(r.number()), Kind: r.word(),
			Person: id.Person(r.number()), Bucket: int(r.number()), Promise: id.Promise(r.number()),
		})
	}
	if r.bad {
		return tally{}, errTally
	}
	return t, nil
}

type reading struct {
	rest []byte
	bad  bool
}

func (r *reading) number() int64 {
	v, n := binary.Varint(r.rest)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *reading) word() string {
	size, n := binary.Uvarint(r.rest)
	if n <= 0 || size > uint64(len(r.rest)-n) {
		r.bad = true
		return ""
	}
	word := string(r.rest[n : n+int(size)]) //nolint:gosec // bounded by the length above
	r.rest = r.rest[n+int(size):]           //nolint:gosec // the same
	return word
}
