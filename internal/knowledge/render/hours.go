package render

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/lang"
)

// hoursToday says today's opening hours in words, or when the shop opens next.
func (f Facts) hoursToday() string {
	if f.Now.IsZero() {
		return ""
	}
	if f.Hours.Always {
		return f.say("24 heures sur 24", "24 hours a day")
	}
	today := f.today()
	if f.Hours.OpenDay(today) {
		return f.say("aujourd’hui ", "today ") + f.periods(f.Hours.Week[today.Weekday()])
	}
	next := f.Hours.NextOpening(f.Now)
	if next.IsZero() {
		return ""
	}
	return f.say("fermé aujourd’hui, de nouveau ouvert le ", "closed today, open again on ") + lang.SpokenDate(next, f.Lang)
}

// hoursWeek says the hours of an ordinary week: days with the same hours
// together, from Monday on.
func (f Facts) hoursWeek() string {
	if f.Hours.Always {
		return f.say("24 heures sur 24, 7 jours sur 7", "24 hours a day, 7 days a week")
	}
	var said []string
	for i := 0; i < 7; {
		periods := f.Hours.Week[weekday(i)]
		last := i
		for last < 6 && slices.Equal(f.Hours.Week[weekday(last+1)], periods) {
			last++
		}
		if len(periods) > 0 {
			said = append(said, f.days(i, last)+" "+f.periods(periods))
		}
		i = last + 1
	}
	return strings.Join(said, ", ")
}

// weekday counts from Monday.
func weekday(i int) time.Weekday { return time.Weekday((i + 1) % 7) }

func (f Facts) days(first, last int) string {
	a, b := f.dayName(first), f.dayName(last)
	switch {
	case first == last:
		return f.say("le ", "on ") + a
	case f.english():
		return a + " to " + b
	}
	return "du " + a + " au " + b
}

// dayName takes the name from a date of that day: 5 January 2026 was a Monday.
func (f Facts) dayName(i int) string {
	name, _, _ := strings.Cut(longDate(calendar.Date{Year: 2026, Month: time.January, Day: 5 + i}, f.Lang), " ")
	return name
}

func (f Facts) periods(list []calendar.Period) string {
	said := make([]string, len(list))
	for i, p := range list {
		said[i] = f.say("de ", "from ") + f.timeOfDay(p.From) + f.say(" à ", " to ") + f.timeOfDay(p.To)
	}
	if n := len(said) - 1; n > 0 {
		return strings.Join(said[:n], ", ") + f.say(" et ", " and ") + said[n]
	}
	return strings.Join(said, "")
}

func (f Facts) timeOfDay(minute int) string {
	hour, rest := minute/60, minute%60
	switch {
	case f.english():
		return fmt.Sprintf("%02d:%02d", hour, rest)
	case rest == 0:
		return fmt.Sprintf("%d%sh", hour, nbsp)
	}
	return fmt.Sprintf("%d%sh%s%02d", hour, nbsp, nbsp, rest)
}

// closingAhead is how long before a closing an answer announces it.
const closingAhead = 30

// nextClosing is the closing of today, else the first of those that begin
// within a month.
func (f Facts) nextClosing() (calendar.Closing, bool) {
	if f.Now.IsZero() || f.Hours.Always {
		return calendar.Closing{}, false
	}
	today := f.today()
	for day := today; !day.After(today.AddDays(closingAhead)); day = day.AddDays(1) {
		if c, closed := f.Hours.ClosingOn(day); closed {
			return c, true
		}
	}
	return calendar.Closing{}, false
}

// closing is the text of the closing as the shop wrote it, or its dates for who
// reads another language; nothing when none is near.
func (f Facts) closing() string {
	c, found := f.nextClosing()
	switch {
	case !found:
		return ""
	case c.Text != "" && (f.Lang == f.Shop.Language || f.Shop.Language == ""):
		return c.Text
	case c.First == c.Last:
		return fmt.Sprintf(f.say("Nous sommes fermés le %s.", "We are closed on %s."), shortDate(c.First))
	}
	return fmt.Sprintf(f.say("Nous sommes fermés du %s au %s inclus.", "We are closed from %s to %s inclusive."), shortDate(c.First), shortDate(c.Last))
}

// back is the first open day after the closing.
func (f Facts) back() string {
	c, found := f.nextClosing()
	if !found {
		return ""
	}
	day := f.openDayAfter(c.Last, 1)
	if day.IsZero() {
		return ""
	}
	return longDate(day, f.Lang)
}

func (f Facts) say(french, english string) string {
	if f.english() {
		return english
	}
	return french
}
