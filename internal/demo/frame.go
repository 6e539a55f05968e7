package demo

import (
	"hash/fnv"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// frame is the shop's time around the instant at which a newcomer looks in.
type frame struct {
	now   time.Time // UTC
	open  time.Time // now, or the next opening: from here on people answer
	hours calendar.Hours
	delay calendar.Delay

	arrivals []arrival
	agos     map[time.Duration]time.Time
}

func newFrame(now time.Time, hours calendar.Hours, delay calendar.Delay) *frame {
	f := &frame{now: now, open: hours.NextOpening(now), hours: hours, delay: delay, agos: map[time.Duration]time.Time{}}
	f.readArrivals()
	return f
}

// latest is when the last customer wrote: long enough ago that somebody may
// have done something about it since.
func (f *frame) latest() time.Time { return f.now.Add(-6 * time.Minute) }

// day is the nth open day before the one in view.
func (f *frame) day(n int) calendar.Date {
	d := calendar.DateOf(f.open.In(f.hours.Location))
	for range n {
		d = f.hours.LastOpenDayBefore(d)
	}
	return d
}

// onDay is a time of day, in minutes, on the nth open day before the one in
// view.
func (f *frame) onDay(n, minutes int) time.Time {
	return f.day(n).At(f.hours.Location, time.Duration(minutes)*time.Minute)
}

// openAgo is the latest instant with d of open time between it and now.
func (f *frame) openAgo(d time.Duration) time.Time {
	if t, known := f.agos[d]; known {
		return t
	}
	t := f.now
	for f.hours.Elapsed(t, f.now) < d {
		t = t.Add(-time.Minute)
	}
	f.agos[d] = t
	return t
}

// fromNow is the instant with d of open time before it: behind now when d is
// negative.
func (f *frame) fromNow(d time.Duration) time.Time {
	if d < 0 {
		return f.openAgo(-d)
	}
	return f.hours.Add(f.open, d)
}

const (
	arrivalStep = 10 * time.Minute
	// arrivalReach covers a delay of one open day across public holidays.
	arrivalReach = 10 * 24 * time.Hour
)

// arrival is an instant at which somebody may have written, and when the answer
// to them is due.
type arrival struct{ at, due time.Time }

func (f *frame) readArrivals() {
	for at := f.latest(); f.now.Sub(at) < arrivalReach; at = at.Add(-arrivalStep) {
		f.arrivals = append(f.arrivals, arrival{at, f.delay.Due(f.hours, at)})
	}
}

// arriving is when somebody must write so that the answer is due as near as can
// be to d of open time from now, on the same side of it. Not every instant can
// be a due time (after a closed Monday morning nothing is due on a Tuesday
// morning), and many arrivals lead to the same one: name picks among those.
func (f *frame) arriving(d time.Duration, name string) time.Time {
	target := f.fromNow(d)
	var best []time.Time
	var bestGap time.Duration
	for _, a := range f.arrivals {
		if a.due.After(f.now) != (d >= 0) {
			continue
		}
		gap := a.due.Sub(target).Abs()
		if len(best) == 0 || gap < bestGap {
			best, bestGap = best[:0], gap
		}
		if gap == bestGap {
			best = append(best, a.at)
		}
	}
	if len(best) == 0 {
		return f.latest()
	}
	best = f.awake(best)
	return best[pick(name, len(best))]
}

// awake keeps the instants at which people write to shops, if there are any.
func (f *frame) awake(list []time.Time) []time.Time {
	var out []time.Time
	for _, t := range list {
		if h := t.In(f.hours.Location).Hour(); h >= 7 && h < 23 {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return list
	}
	return out
}

// after is d of open time later, when somebody of the shop gets to it, but
// never later than now: then halfway there.
func (f *frame) after(t time.Time, d time.Duration) time.Time {
	next := f.hours.Add(t, d)
	if next.Add(undoMargin).Before(f.now) {
		return next
	}
	return t.Add(f.now.Sub(t) / 2)
}

// undoMargin is the time an answer takes to leave, and a little more.
const undoMargin = 30 * time.Second

// pick is a number below n that belongs to a name: the same in each run.
func pick(name string, n int) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return int(h.Sum32() % uint32(n)) //nolint:gosec // n is a small positive length
}
