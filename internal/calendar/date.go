package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a civil day without time or zone, in the Gregorian calendar. The zero
// Date is no day at all.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

const secondsPerDay = 24 * 60 * 60

// ParseDate reads YYYY-MM-DD. A day that doesn't exist, such as 2026-02-29, is
// an error.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is no date, YYYY-MM-DD expected", s)
	}
	return DateOf(t), nil
}

// DateOf is the day that t shows in its own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Year: y, Month: m, Day: d}
}

// String gives YYYY-MM-DD.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// IsZero tells whether d is no day at all.
func (d Date) IsZero() bool { return d == Date{} }

// AddDays gives the day n days later; n may be negative.
func (d Date) AddDays(n int) Date { return dateOfDays(d.days() + int64(n)) }

// AddMonths gives the same date n months later, or the last day of a month that
// lacks it (Regulation (EEC, Euratom) 1182/71, article 3(2)(c)). n may be
// negative.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date{Year: first.Year(), Month: first.Month(), Day: min(d.Day, last)}
}

// DaysSince counts the days from earlier to d; negative when d comes first.
func (d Date) DaysSince(earlier Date) int { return int(d.days() - earlier.days()) }

// Weekday of the day.
func (d Date) Weekday() time.Weekday { return weekdayOfDays(d.days()) }

// Compare is negative when d comes before other, 0 on the same day.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// Before tells whether d comes before other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After tells whether d comes after other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// In is the first instant of the day in loc: midnight, or the end of the gap
// where summer time skips midnight (Cairo, Beirut).
func (d Date) In(loc *time.Location) time.Time { return d.At(loc, 0) }

// At is the instant when a clock in loc shows the given time of day on d. A
// time shown twice means the first; a time that summer time skips is read with
// the offset in force before the gap (02:30 becomes 03:30), as RFC 5545 section
// 3.3.5 has it.
func (d Date) At(loc *time.Location, timeOfDay time.Duration) time.Time {
	wall := time.Unix(d.days()*secondsPerDay, 0).UTC().Add(timeOfDay)
	_, before := wall.AddDate(0, 0, -1).In(loc).Zone()
	_, after := wall.AddDate(0, 0, 1).In(loc).Zone()

	first := wall.Add(-time.Duration(before) * time.Second).In(loc)
	if before == after {
		return first
	}
	for _, offset := range [...]int{before, after} {
		t := wall.Add(-time.Duration(offset) * time.Second).In(loc)
		if _, shown := t.Zone(); shown == offset {
			return t
		}
	}
	return first
}

// days counts from 1970-01-01, so that a day can be reached without a calendar.
func (d Date) days() int64 {
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	return floorDiv(t.Unix(), secondsPerDay)
}

func dateOfDays(days int64) Date { return DateOf(time.Unix(days*secondsPerDay, 0).UTC()) }

// weekdayOfDays: 1970-01-01 was a Thursday.
func weekdayOfDays(days int64) time.Weekday {
	w := (days + int64(time.Thursday)) % 7
	if w < 0 {
		w += 7
	}
	return time.Weekday(w)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
