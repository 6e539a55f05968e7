package law

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// Purpose is why somebody is called.
type Purpose int

// A call about a contract under way (a delivery, a repair, a complaint) is no
// sales call; an upsell in it, or winning back a past customer, is.
const (
	SalesCall Purpose = iota
	PerformanceCall
)

const (
	mostAttempts    = 4  // answered or not (D223-9)
	attemptsWithin  = 30 // calendar days
	searchedForward = 60 // days in which the next hour to call is looked for
)

// callWindows of D223-9, on the consumer's clock; ends are exclusive.
var callWindows = [...]struct{ from, to time.Duration }{{10 * time.Hour, 13 * time.Hour}, {14 * time.Hour, 20 * time.Hour}}

// callingArticle is in force since 11 August 2026 (loi 2025-594, décret 2026-662).
const callingArticle = "D223-9 c. conso"

// CallFacts are what is known of a call that somebody is about to make.
type CallFacts struct {
	At       time.Time
	Purpose  Purpose
	Place    Place
	Consent  PhoneConsent
	Accepted bool        // the consumer accepted this very date and time
	Attempts []time.Time // earlier calls and attempts to this consumer
}

// Call is whether one may call now, and else when.
type Call struct {
	Allowed bool
	Next    time.Time // the next instant at which one may, UTC; zero when allowed now or never
	Grounds
}

// Call says whether a call may be made (L223-1, D223-9).
func (s Settings) Call(f CallFacts) Call {
	var c Call
	c.cite("L223-1 c. conso")
	clock := f.Place.Clock()
	if f.Purpose == PerformanceCall {
		c.Allowed = true
		c.say("L'appel concerne un contrat en cours : ce n'est pas du démarchage.", "The call is about a contract being performed: it is no sales call.")
		return c
	}
	if !s.consented(&c, f, clock) {
		return c
	}
	c.cite(callingArticle)
	fitsHours := f.Accepted
	if f.Accepted {
		c.say("Le consommateur a accepté cette date et cette heure précises.", "The consumer accepted this very date and time.")
	} else {
		fitsHours = s.callingHours(&c, f, clock)
	}
	fitsCount := attemptsBefore(f.Attempts, f.At, clock) < mostAttempts
	if !fitsCount {
		c.say("Quatre appels ou tentatives en trente jours : c'est le maximum.", "Four calls or attempts in thirty days: that is the most.")
	}
	c.Allowed = fitsHours && fitsCount
	if !c.Allowed {
		c.Next = s.nextCall(f, clock)
	}
	return c
}

// consented: without a consent that holds on that day there is no sales call at
// all.
func (s Settings) consented(c *Call, f CallFacts, clock *time.Location) bool {
	if f.Consent.Usable(calendar.DateOf(f.At.In(clock))) {
		return true
	}
	c.say("Pas de consentement préalable valable ce jour-là : le démarchage est interdit.",
		"No prior consent that holds on that day: sales calls are forbidden.")
	return false
}

// callingHours tells whether an instant is in the hours for sales calls, with
// the reason.
func (s Settings) callingHours(c *Call, f CallFacts, clock *time.Location) bool {
	local := f.At.In(clock)
	day := calendar.DateOf(local)
	if why, ok := s.callingDay(day, f.Place); !ok {
		c.say("Chez le consommateur, le %s est %s : pas de démarchage.", "Where the consumer is, %s is %s: no sales calls.", day, why)
		return false
	}
	for _, w := range callWindows {
		if !f.At.Before(day.At(clock, w.from)) && f.At.Before(day.At(clock, w.to)) {
			c.say("Chez le consommateur, c'est l'heure : lundi à vendredi, 10 h à 13 h et 14 h à 20 h.",
				"Where the consumer is, it is the time: Monday to Friday, 10:00 to 13:00 and 14:00 to 20:00.")
			return true
		}
	}
	c.say("Chez le consommateur, il est %s : le démarchage se fait de 10 h à 13 h et de 14 h à 20 h.",
		"Where the consumer is, it is %s: sales calls are made from 10:00 to 13:00 and 14:00 to 20:00.", local.Format("15:04"))
	return false
}

// callingDay is Monday to Friday and no holiday of L3133-1.
func (s Settings) callingDay(d calendar.Date, p Place) (Text, bool) {
	zone := calendar.France
	if s.Calls.LocalHolidays {
		zone = p.zone()
	}
	s.LocalHolidays, s.ExtraHolidays = true, nil // rest is asked for that zone's own
	why, rests := s.rest(d, Place{Zone: zone})
	return why, !rests
}

// attemptsBefore counts those of the thirty calendar days that end with at.
func attemptsBefore(attempts []time.Time, at time.Time, clock *time.Location) int {
	today, n := calendar.DateOf(at.In(clock)), 0
	for _, a := range attempts {
		if !a.After(at) && today.DaysSince(calendar.DateOf(a.In(clock))) < attemptsWithin {
			n++
		}
	}
	return n
}

// nextCall is the first instant after At at which hours, attempts and consent
// allow a call; the zero time when there is none soon.
func (s Settings) nextCall(f CallFacts, clock *time.Location) time.Time {
	day := calendar.DateOf(f.At.In(clock))
	for range searchedForward {
		_, works := s.callingDay(day, f.Place)
		for _, w := range callWindows {
			at := day.At(clock, w.from)
			if at.Before(f.At) {
				at = f.At
			}
			if works && at.Before(day.At(clock, w.to)) && f.Consent.Usable(day) &&
				attemptsBefore(f.Attempts, at, clock) < mostAttempts {
				return at.UTC()
			}
		}
		day = day.AddDays(1)
	}
	return time.Time{}
}

// RequestedCallUntil is the last of the five "jours ouvrables" in which somebody
// who asked to be called may be (R223-4, the renovation sectors alone): Saturdays
// count, Sundays and holidays don't.
func RequestedCallUntil(asked calendar.Date) (calendar.Date, Grounds) {
	var g Grounds
	day := asked
	for n := 0; n < 5; {
		day = day.AddDays(1)
		if _, holiday := calendar.France.HolidayOn(day); !holiday && day.Weekday() != time.Sunday {
			n++
		}
	}
	g.say("Demandé le %s : cinq jours ouvrables, samedis compris, jusqu'au %s.", "Asked for on %s: five days, Saturdays included, until %s.", asked, day)
	g.cite("R223-4 c. conso")
	return day, g
}
