package calendar

import "time"

const (
	leastNear = 30 * time.Minute
	mostNear  = 4 * time.Hour
)

// Near is when a promise opened at an instant comes near its due time: the last
// quarter of the delay, between 30 minutes and 4 hours, counted in open time, so
// that a promise due on Monday at 9:30 is near on Friday and not on Sunday
// night. It falls in the hours (nothing rings outside them), never before
// opened nor after due. A delay that holds no open time at all is counted on
// the clock.
func Near(due, opened time.Time, h Hours) time.Time {
	if !due.After(opened) {
		return due
	}
	opened, delay := h.lastStretch(opened, due)
	if delay == 0 {
		lead := nearLead(due.Sub(opened))
		return due.Add(-lead)
	}
	lead := nearLead(delay)
	near := h.NextOpening(h.Add(opened, delay-lead))
	if near.IsZero() || near.After(due) {
		return due
	}
	return near
}

// lastStretch is the end of a delay, with its open time, that is long enough to
// tell when it is near: what is due in the year 9999 isn't counted day by day.
func (h Hours) lastStretch(opened, due time.Time) (time.Time, time.Duration) {
	for days := 15; ; days *= 4 {
		begun := due.AddDate(0, 0, -days)
		if !begun.After(opened) {
			return opened, h.Elapsed(opened, due)
		}
		if open := h.Elapsed(begun, due); open >= 4*mostNear {
			return begun, open
		}
	}
}

func nearLead(delay time.Duration) time.Duration {
	return min(delay, max(leastNear, min(mostNear, delay/4)))
}
