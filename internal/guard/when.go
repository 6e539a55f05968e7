package guard

import (
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// when is a date or a delay in a text: the tokens first to last, last included.
type when struct {
	due         time.Time // zero without Facts.Now
	exact       bool      // a time of day or a number of hours was named
	first, last int
}

const endOfDay = 24*time.Hour - time.Second

// whenAt reads a date, a time of day or a delay that begins at token i. Dates
// that tell of something else ("votre commande du 12/11") or lie in the past are
// none.
func (r *reading) whenAt(tokens []token, i int) (when, bool) {
	if isReference(tokens, i) {
		return when{}, false
	}
	p := whenParser{r: r, tokens: tokens, sentence: tokens[i].sentence}
	if due, exact, end, ok := p.delay(i); ok {
		return when{due, exact, i, end - 1}, true
	}
	return p.dayAndTime(i)
}

// isReference: what stands before a date that is no due date.
func isReference(tokens []token, i int) bool {
	switch word(tokens, i-1) {
	case "de", "du", "of", "from", "since", "depuis", "dated", "passee", "fermes", "ferme", "fermee", "closed", "sauf", "except", "n", "no":
		return !isOneOf(word(tokens, i-2), "partir", "compter", "cours", "fin", "milieu", "debut", "end", "lors")
	case "le":
		return isOneOf(word(tokens, i-2), "passee", "expediee", "expedie", "recu", "recue", "commande", "envoye", "envoyee", "parti", "partie", "livre", "livree", "depuis", "fermes", "ferme", "fermee") &&
			!isOneOf(word(tokens, i-3), "sera", "seront", "est", "etre", "serons")
	}
	return false
}

type whenParser struct {
	r        *reading
	tokens   []token
	sentence int
}

func (p whenParser) word(i int) string {
	if i < 0 || i >= len(p.tokens) || p.tokens[i].sentence != p.sentence {
		return ""
	}
	return p.tokens[i].word
}

func (p whenParser) now() time.Time { return p.r.facts.Now.In(p.r.facts.Zone) }

func (p whenParser) today() calendar.Date { return calendar.DateOf(p.now()) }

// smallNumbers are the numbers that people spell out.
var smallNumbers = map[string]int{
	"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
	"douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
	"seven": 7, "eight": 8, "nine": 9, "ten": 10, "fourteen": 14, "fifteen": 15,
}

// delay reads "sous 48 h", "dans 3 à 5 jours ouvrés", "within two weeks".
func (p whenParser) delay(i int) (due time.Time, exact bool, end int, ok bool) {
	switch p.word(i) {
	case "sous", "dans", "in", "within", "under", "avant":
		i++
	case "d":
		if p.word(i+1) != "ici" {
			return due, false, 0, false
		}
		i += 2
		if p.word(i) == "a" {
			i++
		}
	default:
		return due, false, 0, false
	}
	if isOneOf(p.word(i), "huitaine", "quinzaine") {
		days := map[string]int{"huitaine": 8, "quinzaine": 15}[p.word(i)]
		return p.endOf(p.today().AddDays(days)), false, i + 1, true
	}
	for isOneOf(p.word(i), "les", "le", "l", "la", "the", "next", "prochains", "prochaines", "about", "environ", "max", "maximum") {
		i++
	}
	n, unit, i := p.count(i)
	if n == 0 && isOneOf(p.word(i-1), "l", "the") && isOneOf(p.word(i), "heure", "hour") {
		n = 1
	}
	if n == 0 {
		return due, false, 0, false
	}
	for isOneOf(p.word(i), "a", "to", "ou", "or", "et") || p.isNumber(i) {
		if !p.isNumber(i) && !p.isNumber(i+1) {
			break
		}
		if !p.isNumber(i) {
			i++
		}
		n, unit, i = p.count(i)
		if n == 0 {
			return due, false, 0, false
		}
	}
	return p.unit(n, unit, i)
}

func (p whenParser) isNumber(i int) bool {
	n, _, _ := p.count(i)
	return n > 0 && i < len(p.tokens) && p.tokens[i].number
}

// count reads a number, spelt out or with its unit stuck to it ("48h").
func (p whenParser) count(i int) (n int, unit string, end int) {
	w := p.word(i)
	if small, ok := smallNumbers[w]; ok {
		return small, "", i + 1
	}
	for len(w) > 0 && w[0] >= '0' && w[0] <= '9' && n < 10_000 {
		n = n*10 + int(w[0]-'0')
		w = w[1:]
	}
	if n == 0 || n > 1000 || w != "" && !isOneOf(w, "h", "j", "d", "min", "mn", "hrs", "hr") {
		return 0, "", i
	}
	return n, w, i + 1
}

func (p whenParser) unit(n int, unit string, i int) (due time.Time, exact bool, end int, ok bool) {
	open, saturdays := false, false
	if isOneOf(p.word(i), "business", "working", "open", "clear") {
		open = true
		i++
	}
	if unit == "" {
		unit = p.word(i)
		i++
	}
	switch p.word(i) {
	case "ouvres", "ouvre", "ouvrees", "ouvree":
		open = true
		i++
	case "ouvrables", "ouvrable":
		open, saturdays = true, true
		i++
	case "calendaires", "francs", "pleins", "maximum", "max":
		i++
	}
	switch unit {
	case "minute", "minutes", "min", "mn":
		return p.after(time.Duration(n) * time.Minute), true, i, true
	case "heure", "heures", "h", "hour", "hours", "hr", "hrs":
		if open {
			return p.endOf(p.r.openDay(max(1, n/24), saturdays)), false, i, true
		}
		return p.after(time.Duration(n) * time.Hour), true, i, true
	case "jour", "jours", "j", "day", "days", "d":
		if open {
			return p.endOf(p.r.openDay(n, saturdays)), false, i, true
		}
		return p.endOf(p.today().AddDays(n)), false, i, true
	case "semaine", "semaines", "week", "weeks":
		return p.endOf(p.today().AddDays(7 * n)), false, i, true
	case "mois", "month", "months":
		return p.endOf(calendar.DateOf(p.now().AddDate(0, n, 0))), false, i, true
	}
	return due, false, 0, false
}

func (p whenParser) after(d time.Duration) time.Time {
	if p.r.facts.Now.IsZero() {
		return time.Time{}
	}
	return p.now().Add(d)
}

func (p whenParser) endOf(d calendar.Date) time.Time { return p.at(d, endOfDay) }

func (p whenParser) at(d calendar.Date, timeOfDay time.Duration) time.Time {
	if p.r.facts.Now.IsZero() {
		return time.Time{}
	}
	return d.At(p.r.facts.Zone, timeOfDay)
}

// openDay is the nth open day after today: of the shop's hours where they are
// known, else Monday to Friday, or to Saturday for "jours ouvrables".
func (r *reading) openDay(n int, saturdays bool) calendar.Date {
	d := calendar.DateOf(r.facts.Now.In(r.facts.Zone))
	const farthest = 3000 // days
	for range farthest {
		if n <= 0 {
			return d
		}
		d = d.AddDays(1)
		if r.isOpen(d, saturdays) {
			n--
		}
	}
	return d
}

func (r *reading) isOpen(d calendar.Date, saturdays bool) bool {
	for _, day := range r.facts.Hours.Week {
		if len(day) > 0 {
			return r.facts.Hours.OpenDay(d)
		}
	}
	weekday := d.Weekday()
	return weekday != time.Sunday && (saturdays || weekday != time.Saturday)
}

// dayAndTime reads a day, a time of day, or both in either order.
func (p whenParser) dayAndTime(i int) (when, bool) {
	w := when{first: i, last: i}
	day, clock, end, ok := p.day(p.skipBefore(i))
	if ok {
		if minutes, behind, timed := p.timeOfDay(end); timed {
			clock, end, w.exact = minutes, behind, true
		} else {
			w.exact = clock < endOfDay
		}
		w.due, w.last = p.at(day, clock), end-1
		return w, p.isAhead(day)
	}
	clock, end, ok = p.timeOfDay(i)
	if !ok {
		return when{}, false
	}
	w.exact, w.last = true, end-1
	if day, _, behind, ok := p.day(p.skipBefore(end)); ok {
		w.due, w.last = p.at(day, clock), behind-1
		return w, p.isAhead(day)
	}
	w.due = p.at(p.today(), clock)
	if !w.due.IsZero() && w.due.Before(p.now()) {
		w.due = p.at(p.today().AddDays(1), clock)
	}
	return w, true
}

func (p whenParser) isAhead(day calendar.Date) bool {
	return p.r.facts.Now.IsZero() || !day.Before(p.today())
}

// skipBefore passes over "d'ici", "avant le", "by next".
func (p whenParser) skipBefore(i int) int {
	for n := 0; n < 4 && isOneOf(p.word(i), "le", "des", "avant", "pour", "d", "ici", "au", "on", "by", "before", "until", "the", "next", "this", "courant", "dans", "en", "jusqu", "no", "later", "than"); n++ {
		if isOneOf(p.word(i), "this", "next", "the", "dans", "en", "au") && p.dayWord(i) {
			break
		}
		i++
	}
	return i
}

// dayWord: "this week" and "next week" are read with their first word.
func (p whenParser) dayWord(i int) bool { return namedDays.starts(p.tokens, i) }

func (p *phrases) starts(tokens []token, i int) bool {
	if i >= len(tokens) {
		return false
	}
	_, ok := p.at(tokens, i)
	return ok
}

var namedDays = func() *phrases {
	p := &phrases{}
	p.add("today", "aujourd hui\n ce jour\n today\n later today\n dans la journee\n cette journee")
	p.add("day end", "en fin de journee\n fin de journee\n end of the? day\n the end of the? day\n eod\n close of business\n ce soir meme?")
	p.add("tonight", "ce soir\n tonight\n this evening\n dans la soiree")
	p.add("this morning", "ce matin\n this morning\n dans la matinee\n en fin de matinee")
	p.add("this noon", "ce midi")
	p.add("this afternoon", "cet|cette apres midi\n this afternoon\n dans l apres midi")
	p.add("tomorrow", "demain\n tomorrow\n tmrw")
	p.add("after tomorrow", "apres demain\n surlendemain\n day after tomorrow\n the day after tomorrow")
	p.add("this week", "cette semaine\n this week\n fin de la? semaine\n en fin de semaine\n end of the|this week\n the end of the|this week\n dans la semaine\n courant de? la? semaine")
	p.add("next week", "la semaine prochaine\n semaine prochaine\n next week\n debut de la? semaine prochaine\n end of next week\n fin de la? semaine prochaine")
	p.add("month end", "fin du mois\n end of the month\n the end of the month")
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
	if m, named := namedDays.at(p.tokens, i); named {
		d, clock = p.namedDay(m.name)
		clock, end = p.partOfDay(m.last+1, clock)
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
	for n := 0; n < 4 && isOneOf(p.word(j), "dans", "la", "l", "en", "fin", "debut", "de", "au", "a", "courant", "in", "the", "at"); n++ {
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
	if isOneOf(p.word(end), "prochain", "next") {
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
		alone := isOneOf(p.word(i-1), "le", "the") && !p.isClock(i) && !isUnit(p.word(i+1)) || strings.HasSuffix(w, "th") || strings.HasSuffix(w, "rd") || strings.HasSuffix(w, "nd")
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
	if i+2 < len(p.tokens) && len(w) == 4 && p.tokens[i].number && p.tokens[i+2].end-p.tokens[i].start == len("2026-11-27") {
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
	if w := p.word(i); len(w) == 4 && digitsOf(w) == w && w[:2] == "20" {
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
	if len(w) == 0 || len(w) > 2 || digitsOf(w) != w {
		return 0, false
	}
	n := 0
	for _, c := range w {
		n = n*10 + int(c-'0')
	}
	return n, n >= 1 && n <= 31
}

func isUnit(w string) bool {
	return isOneOf(w, "h", "heure", "heures", "jour", "jours", "j", "semaine", "semaines", "mois", "minutes", "min", "€", "euros", "eur", "days", "hours", "weeks", "rue", "bis", "avenue")
}
