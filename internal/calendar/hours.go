package calendar

import (
	"time"
)

// Hours are the opening hours of a shop, a channel or a person. Times of day
// are those that a clock in Location shows.
type Hours struct {
	Location *time.Location // nil is UTC
	Holidays Zone           // public holidays on which nobody answers; NoZone for none
	Week     [7][]Period    // by time.Weekday; sorted, without overlap
	Closed   []Closing
	// Always is open round the clock: week, holidays and closings are not
	// looked at.
	Always bool
}

// Period is a stretch of a day, in minutes since midnight; To is exclusive and
// at most 1440.
type Period struct{ From, To int }

// Closing is a stretch of days without opening, both ends included. Text is
// what the customer reads in the acknowledgement.
type Closing struct {
	First, Last Date
	Text        string
}

const (
	minutesPerDay = 24 * 60
	// lastYear bounds every search: hours that open only after it never open.
	lastYear = 9999
)

// Open tells whether t is in the opening hours.
func (h Hours) Open(t time.Time) bool {
	if h.Always {
		return true
	}
	local := t.In(h.location())
	if !h.OpenDay(DateOf(local)) {
		return false
	}
	minute := local.Hour()*60 + local.Minute()
	for _, p := range h.Week[local.Weekday()] {
		if p.From <= minute && minute < p.To {
			return true
		}
	}
	return false
}

// OpenDay tells whether the shop opens at all on d.
func (h Hours) OpenDay(d Date) bool {
	if h.Always {
		return true
	}
	if len(h.Week[d.Weekday()]) == 0 {
		return false
	}
	if _, closed := h.ClosingOn(d); closed {
		return false
	}
	holidays := yearHolidays{zone: h.Holidays}
	return !holidays.has(d)
}

// ClosingOn finds the closing that covers d, the longest-lasting when several
// do: its text tells the customer when somebody is back.
func (h Hours) ClosingOn(d Date) (Closing, bool) {
	var found Closing
	var ok bool
	for _, c := range h.Closed {
		if d.Before(c.First) || d.After(c.Last) {
			continue
		}
		if !ok || c.Last.After(found.Last) {
			found, ok = c, true
		}
	}
	return found, ok
}

// LastOpenDayBefore is the nearest open day before d, where a legal due time is
// announced. The zero Date when there is none in the ten years before.
func (h Hours) LastOpenDayBefore(d Date) Date {
	const tenYears = 3653
	for day := d.AddDays(-1); !day.Before(d.AddDays(-tenYears)); day = day.AddDays(-1) {
		if h.OpenDay(day) {
			return day
		}
	}
	return Date{}
}

func (h Hours) location() *time.Location {
	if h.Location == nil {
		return time.UTC
	}
	return h.Location
}

func (h Hours) neverOpens() bool {
	if h.Always {
		return false
	}
	for _, periods := range h.Week {
		if len(periods) > 0 {
			return false
		}
	}
	return true
}
