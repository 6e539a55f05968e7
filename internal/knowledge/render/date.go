package render

import (
	"strconv"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/lang"
)

// maxCount bounds the arithmetic: ten years of days.
const maxCount = 3653

// date answers {{date "3 open_days"}}: today and a distance, or the distance
// from a day that is a fact: {{date "14 days" from received}}. A second argument
// "short" gives DD/MM/YYYY in place of "mercredi 25 novembre 2026". Today itself
// is not counted. The units:
//
//	days, weeks, months, years   on the calendar
//	open_days                    days on which the shop opens
//	legal_days                   days; an end on a Saturday, Sunday or public
//	                             holiday moves on to the next working day, as
//	                             that of a consumer's period does (Regulation
//	                             1182/71, article 3(4)). What the shop itself
//	                             owes is better counted in days.
//	open_hours                   opening time; gives a day and a time of day
func (f Facts) date(v variable) string {
	if len(v.args) == 0 || len(v.args) > 2 {
		return ""
	}
	short := len(v.args) == 2 && v.args[1] == "short"
	if len(v.args) == 2 && !short {
		return ""
	}
	number, unit, _ := strings.Cut(strings.TrimSpace(v.args[0]), " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n > maxCount {
		return ""
	}
	unit = strings.TrimSuffix(unit, "s") + "s"
	if unit == "open_hours" {
		return f.openHours(n, v.from)
	}
	start := f.startOf(v.from)
	if start.IsZero() {
		return ""
	}
	end := f.count(start, n, unit)
	switch {
	case end.IsZero():
		return ""
	case short:
		return shortDate(end)
	}
	return longDate(end, f.Lang)
}

// startOf is the day that a distance is counted from; none for a day that isn't
// known.
func (f Facts) startOf(from string) calendar.Date {
	switch from {
	case "", "today":
		if f.Now.IsZero() {
			return calendar.Date{}
		}
		return f.today()
	case "received":
		return f.receivedOn()
	}
	return f.More[from].day
}

func (f Facts) receivedOn() calendar.Date {
	if f.Received.IsZero() {
		return calendar.Date{}
	}
	return calendar.DateOf(f.Received.In(f.location()))
}

func (f Facts) count(d calendar.Date, n int, unit string) calendar.Date {
	switch unit {
	case "days":
		return d.AddDays(n)
	case "weeks":
		return d.AddDays(7 * n)
	case "months":
		return d.AddMonths(n)
	case "years":
		return d.AddMonths(12 * n)
	case "open_days":
		return f.openDayAfter(d, n)
	case "legal_days":
		return f.workingDay(d.AddDays(n))
	}
	return calendar.Date{}
}

// openDayAfter is the nth day after d on which the shop opens, however late it
// is on d; none when it doesn't open that often in ten years.
func (f Facts) openDayAfter(d calendar.Date, n int) calendar.Date {
	for end := d.AddDays(maxCount); n > 0; {
		if d = d.AddDays(1); d.After(end) {
			return calendar.Date{}
		}
		if f.Hours.OpenDay(d) {
			n--
		}
	}
	return d
}

// workingDay is d, or the first day after it that is neither Saturday, Sunday
// nor a public holiday (Regulation 1182/71, article 2). A shop without a zone of
// holidays has those of France.
func (f Facts) workingDay(d calendar.Date) calendar.Date {
	zone := f.Hours.Holidays
	if zone == calendar.NoZone {
		zone = calendar.France
	}
	for {
		_, holiday := zone.HolidayOn(d)
		if !holiday && d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			return d
		}
		d = d.AddDays(1)
	}
}

func (f Facts) openHours(n int, from string) string {
	if f.Now.IsZero() || from != "" && from != "today" {
		return ""
	}
	due := f.Hours.Add(f.Now, time.Duration(n)*time.Hour)
	if due.IsZero() {
		return ""
	}
	return lang.SpokenDate(due, f.Lang)
}
