package calendar

import "time"

// AddOpenDays is the same time of day on the nth open day after from (P02: "24
// hours" is the same time on the next open day). Counting starts at the next
// opening when from is outside the hours. Where that time of day is not open on
// the target day, the due time is the last closing before it on that day, if
// any, else the next opening: promised early rather than late. The time of day
// is that of the clock on the wall, whatever summer time does in between. The
// zero time when the hours never open again; n below 1 gives the start.
func (h Hours) AddOpenDays(from time.Time, n int) time.Time {
	start := h.NextOpening(from)
	if start.IsZero() || n < 1 {
		return start
	}
	target, ok := h.openDayAfter(DateOf(start), n)
	if !ok {
		return time.Time{}
	}
	due := target.At(h.location(), timeOfDay(start))
	if h.Open(due) {
		return due
	}
	if closing, ok := h.closingBefore(target, due); ok {
		return closing
	}
	return h.NextOpening(due)
}

func (h Hours) openDayAfter(d Date, n int) (Date, bool) {
	if h.Always {
		return d.AddDays(n), true
	}
	holidays := yearHolidays{zone: h.Holidays}
	for n > 0 {
		d = d.AddDays(1)
		if d.Year > lastYear {
			return Date{}, false
		}
		if c, closed := h.ClosingOn(d); closed {
			d = c.Last
			continue
		}
		if len(h.Week[d.Weekday()]) > 0 && !holidays.has(d) {
			n--
		}
	}
	return d, true
}

func (h Hours) closingBefore(d Date, t time.Time) (time.Time, bool) {
	var last time.Time
	for s := range h.spans(d.In(h.location())) {
		if s.end.After(t) {
			break
		}
		last = s.end
	}
	return last, !last.IsZero()
}

func timeOfDay(t time.Time) time.Duration {
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute +
		time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond())
}
