package law

import (
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// Place is where a consumer lives. The zero Place is mainland France.
type Place struct {
	Zone     calendar.Zone  // in France; "" means FR
	Country  string         // ISO 3166-1, "" or "FR" for France
	Location *time.Location // abroad: the clock there, nil when unknown
}

var paris = calendar.France.Location()

func (p Place) abroad() bool { return p.Country != "" && p.Country != "FR" }

func (p Place) zone() calendar.Zone {
	if p.abroad() || p.Zone == calendar.NoZone {
		return calendar.France
	}
	return p.Zone
}

// Clock is the location whose clocks hang on the consumer's walls, as far as it
// is known; Paris otherwise.
func (p Place) Clock() *time.Location {
	switch {
	case !p.abroad():
		return p.zone().Location()
	case p.Location != nil:
		return p.Location
	}
	return paris
}

var weekend = Text{"un jour de week-end", "a weekend day"}

// rest says why d is no working day in the sense of Reg. 1182/71, article 2(2):
// neither holiday, Sunday nor Saturday. False on a working day.
func (s Settings) rest(d calendar.Date, p Place) (Text, bool) {
	zone := p.zone()
	h, holiday := zone.HolidayOn(d)
	if !s.LocalHolidays {
		h, holiday = calendar.France.HolidayOn(d)
	}
	switch {
	case holiday:
		return Text{"un jour férié (" + h.Name + ")", "a public holiday (" + h.NameEN + ")"}, true
	case slices.Contains(s.ExtraHolidays[zone], d):
		return Text{"un jour chômé", "a day not worked"}, true
	case d.Weekday() == time.Saturday || d.Weekday() == time.Sunday:
		return weekend, true
	}
	return Text{}, false
}

// roll is d, or the first working day after it (L221-19, Reg. 1182/71 article
// 3(4)).
func (s Settings) roll(d calendar.Date, p Place) calendar.Date {
	for {
		if _, rests := s.rest(d, p); !rests {
			return d
		}
		d = d.AddDays(1)
	}
}

// rolled is roll, with the reason when the day moved.
func (s Settings) rolled(g *Grounds, d calendar.Date, p Place) calendar.Date {
	why, rests := s.rest(d, p)
	if !rests {
		return d
	}
	last := s.roll(d, p)
	g.say("Le %s est %s : le délai va jusqu'à la fin du premier jour ouvrable suivant, le %s.",
		"%s is %s: the period runs to the end of the next working day, %s.", d, why, last)
	g.cite("L221-19 c. conso", "Règl. 1182/71 art. 3(4)")
	return last
}

// sayAbroad admits that the calendar of another country isn't known.
func (p Place) sayAbroad(g *Grounds) {
	if p.abroad() {
		g.say("Les jours fériés de ce pays nous sont inconnus : ceux de la France comptent.",
			"The holidays of that country are unknown to us: those of France count.")
	}
}

// traderDay is a date of the trader's: as it is, or moved when the settings say
// that it may be.
func (s Settings) traderDay(d calendar.Date) calendar.Date {
	if s.RollTrader {
		return s.roll(d, Place{})
	}
	return d
}

// endOf is the instant at which a day is over for a consumer, exclusive.
func (s Settings) endOf(d calendar.Date, p Place) time.Time {
	next := d.AddDays(1)
	end := next.In(paris)
	if local := next.In(p.Clock()); s.Period.LocalMidnight && local.After(end) {
		end = local
	}
	return end.UTC()
}
