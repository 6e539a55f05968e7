package calendar

import (
	"iter"
	"math"
	"time"
)

// span is a stretch of open time on the time line; end is exclusive.
type span struct{ start, end time.Time }

// NextOpening is t itself when open, else the next instant that is. The zero
// time when the hours never open again.
func (h Hours) NextOpening(t time.Time) time.Time {
	if h.Always {
		return t.In(h.location())
	}
	for s := range h.spans(t) {
		return s.start
	}
	return time.Time{}
}

// Add counts d of open time from an instant on: the earliest instant with that
// much open time behind it. A due time that falls on a closing stays there
// (12:30, not 14:00). Adding nothing gives from itself when open, else the next
// opening; a negative d adds nothing. The zero time when the hours don't hold
// that much before the year 10000. The result is in the hours' location.
func (h Hours) Add(from time.Time, d time.Duration) time.Time {
	if d <= 0 {
		return h.NextOpening(from)
	}
	if h.Always {
		return from.In(h.location()).Add(d)
	}
	for s := range h.spans(from) {
		length := s.end.Sub(s.start)
		if d <= length {
			return s.start.Add(d)
		}
		d -= length
	}
	return time.Time{}
}

// Elapsed is the open time between two instants: 0 when to is not after from,
// and the longest duration when there is more (292 years).
func (h Hours) Elapsed(from, to time.Time) time.Duration {
	if !to.After(from) {
		return 0
	}
	if h.Always {
		return to.In(h.location()).Sub(from.In(h.location()))
	}
	var sum time.Duration
	for s := range h.spans(from) {
		if !s.start.Before(to) {
			break
		}
		end := s.end
		if end.After(to) {
			end = to
		}
		length := end.Sub(s.start)
		if sum > math.MaxInt64-length {
			return math.MaxInt64
		}
		sum += length
	}
	return sum
}

// spans walks the open time from an instant on, in order. Opening hours are
// local, so the walk goes by stretches of constant offset and by local days
// within: between two clock changes local time and the time line run alike, and
// a period cut by a change is cut here too.
func (h Hours) spans(from time.Time) iter.Seq[span] {
	return func(yield func(span) bool) {
		if h.neverOpens() {
			return
		}
		w := walk{hours: h, holidays: yearHolidays{zone: h.Holidays}, yield: yield}
		for t := from.In(h.location()); t.Year() <= lastYear; {
			_, next := t.ZoneBounds()
			if !w.stretch(t, next) || next.IsZero() {
				return
			}
			t = next
		}
	}
}

type walk struct {
	hours    Hours
	holidays yearHolidays
	yield    func(span) bool
}

// stretch walks the days from t to the next clock change (the zero time when
// there is none); false when the walk is over.
func (w *walk) stretch(t, next time.Time) bool {
	_, offset := t.Zone()
	day := floorDiv(t.Unix()+int64(offset), secondsPerDay)
	for {
		midnight := time.Unix(day*secondsPerDay-int64(offset), 0).In(t.Location())
		if !next.IsZero() && !midnight.Before(next) {
			return true
		}
		date := dateOfDays(day)
		if date.Year > lastYear {
			return false
		}
		if c, closed := w.hours.ClosingOn(date); closed {
			day = c.Last.days() + 1
			continue
		}
		if !w.day(day, date, midnight, span{t, next}) {
			return false
		}
		day++
	}
}

// day gives the periods of one day, cut to the stretch.
func (w *walk) day(day int64, date Date, midnight time.Time, stretch span) bool {
	periods := w.hours.Week[weekdayOfDays(day)]
	if len(periods) == 0 || w.holidays.has(date) {
		return true
	}
	for _, p := range periods {
		s := span{midnight.Add(time.Duration(p.From) * time.Minute), midnight.Add(time.Duration(p.To) * time.Minute)}
		if s.start.Before(stretch.start) {
			s.start = stretch.start
		}
		if !stretch.end.IsZero() && s.end.After(stretch.end) {
			s.end = stretch.end
		}
		if s.start.Before(s.end) && !w.yield(s) {
			return false
		}
	}
	return true
}
