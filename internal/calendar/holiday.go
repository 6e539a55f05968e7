package calendar

import (
	"slices"
	"time"
)

// Holiday is a public holiday, with its French and English names.
type Holiday struct {
	Date   Date
	Name   string
	NameEN string
}

// holidayRule is a fixed day, or a day counted from Easter Sunday when month is
// zero.
type holidayRule struct {
	month        time.Month
	day          int
	name, nameEN string
}

// nationalHolidays are the eleven of Code du travail, art. L3133-1. One that
// falls on a weekend is not moved to Monday.
var nationalHolidays = []holidayRule{
	{time.January, 1, "Jour de l'an", "New Year's Day"},
	{0, 1, "Lundi de Pâques", "Easter Monday"},
	{time.May, 1, "Fête du Travail", "Labour Day"},
	{time.May, 8, "Victoire 1945", "Victory Day 1945"},
	{0, 39, "Ascension", "Ascension Day"},
	{0, 50, "Lundi de Pentecôte", "Whit Monday"},
	{time.July, 14, "Fête nationale", "Bastille Day"},
	{time.August, 15, "Assomption", "Assumption Day"},
	{time.November, 1, "Toussaint", "All Saints' Day"},
	{time.November, 11, "Armistice 1918", "Armistice Day 1918"},
	{time.December, 25, "Noël", "Christmas Day"},
}

// alsaceMoselleHolidays come from Code du travail, art. L3134-13. Good Friday is
// a holiday in communes that have a Protestant or a shared church; nothing tells
// us the commune, and a day too many closed harms nobody.
var alsaceMoselleHolidays = []holidayRule{
	{0, -2, "Vendredi saint", "Good Friday"},
	{time.December, 26, "Saint-Étienne", "St Stephen's Day"},
}

// abolitionDays commemorate the end of slavery: Code du travail, art. L3422-2,
// and décret 83-1003. For Saint-Martin the text says 27 May; since 2018 the
// collectivité celebrates on the 28th, which a shop there adds as a closing.
var abolitionDays = map[Zone]holidayRule{
	Mayotte:         abolition(time.April, 27),
	Martinique:      abolition(time.May, 22),
	Guadeloupe:      abolition(time.May, 27),
	SaintMartin:     abolition(time.May, 27),
	Guyane:          abolition(time.June, 10),
	SaintBarthelemy: abolition(time.October, 9),
	Reunion:         abolition(time.December, 20),
}

func abolition(month time.Month, day int) holidayRule {
	return holidayRule{month, day, "Abolition de l'esclavage", "Abolition of Slavery"}
}

// Holidays lists the public holidays of the year in z, by date; none for no
// zone. Two may share a date (Ascension on 1 May 2008). Today's list is applied
// to every year.
func Holidays(z Zone, year int) []Holiday {
	rules := z.holidayRules()
	easter := Easter(year)
	days := make([]Holiday, 0, len(rules))
	for _, r := range rules {
		days = append(days, Holiday{Date: r.in(year, easter), Name: r.name, NameEN: r.nameEN})
	}
	slices.SortStableFunc(days, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
	return days
}

// HolidayOn is the public holiday that d is in z; false when it is none.
func (z Zone) HolidayOn(d Date) (Holiday, bool) {
	easter := Easter(d.Year)
	for _, r := range z.holidayRules() {
		if r.in(d.Year, easter) == d {
			return Holiday{Date: d, Name: r.name, NameEN: r.nameEN}, true
		}
	}
	return Holiday{}, false
}

// Easter Sunday of the Gregorian calendar, by the anonymous computation printed
// in Nature of 20 April 1876 (Meeus, Astronomical Algorithms, chapter 8). Right
// from 1583 on.
func Easter(year int) Date {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return Date{Year: year, Month: time.Month(n / 31), Day: n%31 + 1}
}

func (z Zone) holidayRules() []holidayRule {
	if z == NoZone {
		return nil
	}
	rules := slices.Clone(nationalHolidays)
	if z.alsaceMoselle() {
		rules = append(rules, alsaceMoselleHolidays...)
	}
	if r, ok := abolitionDays[z]; ok {
		rules = append(rules, r)
	}
	return rules
}

func (r holidayRule) in(year int, easter Date) Date {
	if r.month == 0 {
		return easter.AddDays(r.day)
	}
	return Date{Year: year, Month: r.month, Day: r.day}
}

// yearHolidays remembers one year's holidays while days are walked in order.
type yearHolidays struct {
	zone  Zone
	year  int
	dates []Date
}

func (y *yearHolidays) has(d Date) bool {
	if y.zone == NoZone {
		return false
	}
	if y.dates == nil || y.year != d.Year {
		y.year, y.dates = d.Year, y.dates[:0]
		easter := Easter(d.Year)
		for _, r := range y.zone.holidayRules() {
			y.dates = append(y.dates, r.in(d.Year, easter))
		}
	}
	return slices.Contains(y.dates, d)
}
