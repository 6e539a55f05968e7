package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// DelayKind says how a delay counts.
type DelayKind string

// The three ways to count.
const (
	OpenDays   DelayKind = "open_days"   // the same time of day, N open days later
	OpenHours  DelayKind = "open_hours"  // N hours of opening
	ClockHours DelayKind = "clock_hours" // N hours on the clock, nights and Sundays too
)

// Delay is what a shop promises: "1 open_days", "8 open_hours", "24 clock_hours".
type Delay struct {
	Kind DelayKind
	N    int
}

// maxDelay is a year of hours, far beyond any promise that is one.
const maxDelay = 8760

// ParseDelay reads "1 open_day", "8 open_hours" or "24 clock_hours"; the unit
// may be singular or plural, the number is 1 to 8760.
func ParseDelay(s string) (Delay, error) {
	number, unit, _ := strings.Cut(strings.TrimSpace(s), " ")
	kind := DelayKind(strings.TrimSuffix(strings.TrimSpace(unit), "s") + "s")
	switch kind {
	case OpenDays, OpenHours, ClockHours:
	default:
		return Delay{}, fmt.Errorf("delay %q: unit must be open_days, open_hours or clock_hours", s)
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > maxDelay {
		return Delay{}, fmt.Errorf("delay %q: number must be 1 to %d", s, maxDelay)
	}
	return Delay{Kind: kind, N: n}, nil
}

// String is what ParseDelay reads.
func (d Delay) String() string {
	unit := string(d.Kind)
	if d.N == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return strconv.Itoa(d.N) + " " + unit
}

// Due is when a promise made at from is due. The zero time when the hours never
// open again, or the kind is unknown.
func (d Delay) Due(h Hours, from time.Time) time.Time {
	switch d.Kind {
	case OpenDays:
		return h.AddOpenDays(from, d.N)
	case OpenHours:
		return h.Add(from, time.Duration(d.N)*time.Hour)
	case ClockHours:
		return from.In(h.location()).Add(time.Duration(d.N) * time.Hour)
	default:
		return time.Time{}
	}
}

// WarnOver48h tells whether somebody who writes in an ordinary week can wait
// longer than the 48 hours of P02, days without opening not counted: "1 open
// day" from Friday to Monday doesn't warn, "2 open days" does, since a mail of
// Monday evening starts on Tuesday. Holidays and closings are left out.
func (d Delay) WarnOver48h(h Hours) bool {
	const most = 48 * time.Hour
	if d.Kind == ClockHours {
		return time.Duration(d.N)*time.Hour > most
	}
	if h.neverOpens() {
		return true
	}
	// UTC: a clock change would lengthen one wait of the year by an hour.
	week := Hours{Location: time.UTC, Week: h.Week, Always: h.Always}
	monday := Date{Year: 2026, Month: time.June, Day: 1}
	for i := range 7 {
		day := monday.AddDays(i)
		if !week.OpenDay(day) {
			continue
		}
		for _, minute := range week.worstMinutes(day.Weekday()) {
			from := day.At(time.UTC, time.Duration(minute)*time.Minute)
			if week.waitOnOpenDays(from, d.Due(week, from)) > most {
				return true
			}
		}
	}
	return false
}

// worstMinutes are those of a day when a wait can be the longest: a wait only
// grows at an opening, a closing and midnight.
func (h Hours) worstMinutes(day time.Weekday) []int {
	minutes := []int{0, minutesPerDay - 1}
	for _, p := range h.Week[day] {
		minutes = append(minutes, p.From, p.To-1, min(p.To, minutesPerDay-1))
	}
	return minutes
}

// waitOnOpenDays is the time on the clock less the days without opening.
func (h Hours) waitOnOpenDays(from, due time.Time) time.Duration {
	wait := due.Sub(from)
	for d := DateOf(from).AddDays(1); d.Before(DateOf(due)); d = d.AddDays(1) {
		if !h.OpenDay(d) {
			wait -= 24 * time.Hour
		}
	}
	return wait
}
