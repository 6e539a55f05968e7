package pledge

import (
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/phrase"
)

var namedDays = func() *phrase.Set {
	p := &phrase.Set{}
	p.Add("today", "aujourd hui\n ce jour\n today\n later today\n dans la journee\n cette journee")
	p.Add("day end", "en fin de journee\n fin de journee\n end of the? day\n the end of the? day\n eod\n close of business")
	p.Add("tonight", "ce soir\n tonight\n this evening\n dans la soiree")
	p.Add("this morning", "ce matin\n this morning\n dans la matinee\n en fin de matinee")
	p.Add("this noon", "ce midi")
	p.Add("this afternoon", "cet|cette apres midi\n this afternoon\n dans l apres midi")
	p.Add("tomorrow", "demain\n tomorrow\n tmrw")
	p.Add("after tomorrow", "apres demain\n surlendemain\n day after tomorrow\n the day after tomorrow")
	p.Add("this week", "cette semaine\n this week\n fin de la? semaine\n en fin de semaine\n end of the|this week\n the end of the|this week\n dans la semaine\n courant de? la? semaine")
	p.Add("next week", "la semaine prochaine\n semaine prochaine\n next week\n debut de la? semaine prochaine\n end of next week\n fin de la? semaine prochaine")
	p.Add("month end", "fin du mois\n end of the month\n the end of the month")
	return p
}()

var (
	weekdayNames = map[string]time.Weekday{
		"lundi": 1, "mardi": 2, "mercredi": 3, "jeudi": 4, "vendredi": 5, "samedi": 6, "dimanche": 0,
		"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 0,
	}
	monthNames = map[string]time.Month{
		"janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "aout": 8, "septembre": 9, "octobre": 10,
		"novembre": 11, "decembre": 12, "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
		"september": 9, "october": 10, "november": 11, "december": 12, "nov": 11, "dec": 12, "jan": 1, "feb": 2, "sept": 9, "oct": 10,
	}
)

// day reads a day at i. clock is the time of day by which it means, the end of
// the day if it says none.
func (p whenParser) day(i int) (d calendar.Date, clock time.Duration, end int, ok bool) {
	if i >= len(p.tokens) || p.word(i) == "" {
		return d, 0, 0, false
	}
	if m, named := namedDays.At(p.tokens, i); named {
		d, clock = p.namedDay(m.Name)
		clock, end = p.partOfDay(m.Last+1, clock)
		return d, clock, end, true
	}
	d, end, ok = p.weekday(i)
	if !ok {
		d, end, ok = p.date(i)
	}
	if !ok {
		return d, 0, 0, false
	}
	clock, end = p.partOfDay(end, endOfDay)
	return d, clock, end, true
}

func (p whenParser) namedDay(name string) (calendar.Date, time.Duration) {
	today := p.today()
	toFriday := (int(time.Friday) - int(today.Weekday()) + 7) % 7
	switch name {
	case "tomorrow":
		return today.AddDays(1), endOfDay
	case "after tomorrow":
		return today.AddDays(2), endOfDay
	case "this week":
		return today.AddDays(toFriday), endOfDay
	case "next week":
		monday := (int(time.Monday)-int(today.Weekday())+6)%7 + 1
		return today.AddDays(monday + 4), endOfDay
	case "month end":
		first := calendar.Date{Year: today.Year, Month: today.Month, Day: 1}
		return calendar.DateOf(time.Date(first.Year, first.Month+1, 0, 0, 0, 0, 0, time.UTC)), endOfDay
	case "this morning", "this noon":
		return today, 12 * time.Hour
	case "this afternoon", "day end":
		return today, 18 * time.Hour
	}
	return today, endOfDay
}

// partOfDay reads "matin", "dans l'après-midi", "at noon" behind a day.
func (p whenParser) partOfDay(i int, clock time.Duration) (time.Duration, int) {
	j := i
	for n := 0; n < 4 && phrase.OneOf(p.word(j), "dans", "la", "l", "en", "fin", "debut", "de", "au", "a", "courant", "in", "the", "at"); n++ {
		j++
	}
	switch p.word(j) {
	case "matin", "matinee", "morning", "midi", "noon":
		return 12 * time.Hour, j + 1
	case "apres":
		if p.word(j+1) == "midi" {
			return 18 * time.Hour, j + 2
		}
	case "afternoon":
		return 18 * time.Hour, j + 1
	case "soir", "soiree", "evening":
		return endOfDay, j + 1
	case "journee":
		return min(clock, endOfDay), j + 1
	}
	return clock, i
}

// weekday reads "lundi", "lundi prochain", "mardi 24 novembre", "Friday, November 27th".
func (p whenParser) weekday(i int) (d calendar.Date, end int, ok bool) {
	weekday, ok := weekdayNames[p.word(i)]
	if !ok {
		return d, 0, false
	}
	if d, end, ok = p.date(i + 1); ok {
		return d, end, true
	}
	end = i + 1
	if p.word(end) == "the" {
		end++
	}
	if day, ok := dayNumber(p.word(end)); ok && !p.isClock(end) {
		return p.nextDayNumber(day), end + 1, true
	}
	end = i + 1
	if phrase.OneOf(p.word(end), "prochain", "next") {
		end++
	}
	today := p.today()
	ahead := (int(weekday)-int(today.Weekday())+6)%7 + 1
	return today.AddDays(ahead), end, true
}

// date reads "27 novembre", "1er décembre 2026", "November 27th", "27/11/2026",
// "2026-11-27", and "le 27".
func (p whenParser) date(i int) (d calendar.Date, end int, ok bool) {
	w := p.word(i)
	if day, ok := dayNumber(w); ok {
		j := i + 1
		if p.word(j) == "of" {
			j++
		}
		if month, ok := monthNames[p.word(j)]; ok {
			return p.withYear(day, month, j+1)
		}
		alone := phrase.OneOf(p.word(i-1), "le", "the") && !p.isClock(i) && !isUnit(p.word(i+1)) || strings.HasSuffix(w, "th") || strings.HasSuffix(w, "rd") || strings.HasSuffix(w, "nd")
		if alone {
			return p.nextDayNumber(day), i + 1, true
		}
	}
	if month, ok := monthNames[w]; ok {
		if day, ok := dayNumber(p.word(i + 1)); ok {
			return p.withYear(day, month, i+2)
		}
		return d, 0, false
	}
	if parts := strings.Split(w, "/"); len(parts) == 2 || len(parts) == 3 {
		return p.slashed(parts, i)
	}
	if i+2 < len(p.tokens) && len(w) == 4 && p.tokens[i].Number && p.tokens[i+2].End-p.tokens[i].Start == len("2026-11-27") {
		if d, err := calendar.ParseDate(w + "-" + p.word(i+1) + "-" + p.word(i+2)); err == nil {
			return d, i + 3, true
		}
	}
	return d, 0, false
}

func (p whenParser) slashed(parts []string, i int) (d calendar.Date, end int, ok bool) {
	day, okDay := dayNumber(parts[0])
	month, okMonth := dayNumber(parts[1])
	if !okDay || !okMonth || month > 12 {
		return d, 0, false
	}
	if len(parts) == 2 {
		d, _, ok = p.withYear(day, time.Month(month), len(p.tokens))
		return d, i + 1, ok
	}
	year := 0
	for _, c := range parts[2] {
		if c < '0' || c > '9' || len(parts[2]) > 4 {
			return d, 0, false
		}
		year = year*10 + int(c-'0')
	}
	if len(parts[2]) == 2 {
		year += 2000
	}
	return valid(calendar.Date{Year: year, Month: time.Month(month), Day: day}, i+1)
}

// withYear takes the year that is written, else the one that makes the date the
// next: half a year back is still this year's past.
func (p whenParser) withYear(day int, month time.Month, i int) (calendar.Date, int, bool) {
	if w := p.word(i); len(w) == 4 && phrase.Digits(w) == w && w[:2] == "20" {
		year := 2000 + int(w[2]-'0')*10 + int(w[3]-'0')
		return valid(calendar.Date{Year: year, Month: month, Day: day}, i+1)
	}
	today := p.today()
	d := calendar.Date{Year: today.Year, Month: month, Day: day}
	if d.Before(today.AddDays(-180)) {
		d.Year++
	}
	return valid(d, i)
}

func valid(d calendar.Date, end int) (calendar.Date, int, bool) {
	if _, err := calendar.ParseDate(d.String()); err != nil {
		return calendar.Date{}, 0, false
	}
	return d, end, true
}

// nextDayNumber is the next day of that number, today included.
func (p whenParser) nextDayNumber(day int) calendar.Date {
	d := p.today()
	for range 62 {
		if d.Day == day {
			return d
		}
		d = d.AddDays(1)
	}
	return d
}

// dayNumber reads 1 to 31, "1er", "27th".
func dayNumber(w string) (int, bool) {
	for _, suffix := range []string{"er", "st", "nd", "rd", "th"} {
		if bare, ok := strings.CutSuffix(w, suffix); ok && bare != "" {
			w = bare
			break
		}
	}
	if len(w) == 0 || len(w) > 2 || phrase.Digits(w) != w {
		return 0, false
	}
	n := 0
	for _, c := range w {
		n = n*10 + int(c-'0')
	}
	return n, n >= 1 && n <= 31
}

func isUnit(w string) bool {
	return phrase.OneOf(w, "h", "heure", "heures", "jour", "jours", "j", "semaine", "semaines", "mois", "minutes", "min", "€", "euros", "eur", "days", "hours", "weeks", "rue", "bis", "avenue")
}
