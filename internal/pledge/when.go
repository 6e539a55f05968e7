package pledge

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// Clock is the time and the shop's hours by which dates are understood.
type Clock struct {
	Now   time.Time      // zero: dates are read and stay unknown
	Zone  *time.Location // of the dates in the text; nil is UTC
	Hours calendar.Hours // for "jours ouvrés"; without a week, Monday to Friday
}

func (c Clock) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// OpenDay is the nth open day from now.
func (c Clock) OpenDay(n int) calendar.Date { return c.openDay(n, false) }

// Dated tells whether a date, a time of day or a delay begins at a token of the
// list.
func (c Clock) Dated(tokens []phrase.Token) bool {
	for i := range tokens {
		if _, ok := c.whenAt(tokens, i); ok {
			return true
		}
	}
	return false
}

// when is a date or a delay in a text: the tokens first to last, last included.
type when struct {
	due         time.Time // zero without Clock.Now
	exact       bool      // a time of day or a number of hours was named
	first, last int
}

const endOfDay = 24*time.Hour - time.Second

// whenAt reads a date, a time of day or a delay that begins at token i. Dates
// that tell of something else ("votre commande du 12/11") or lie in the past are
// none.
func (c Clock) whenAt(tokens []phrase.Token, i int) (when, bool) {
	if isReference(tokens, i) {
		return when{}, false
	}
	p := whenParser{by: c, tokens: tokens, sentence: tokens[i].Sentence}
	if due, exact, end, ok := p.delay(i); ok {
		return when{due, exact, i, end - 1}, true
	}
	return p.dayAndTime(i)
}

// isReference: what stands before a date that is no due date.
func isReference(tokens []phrase.Token, i int) bool {
	switch phrase.Word(tokens, i-1) {
	case "de", "du", "of", "from", "since", "depuis", "dated", "passee", "fermes", "ferme", "fermee", "closed", "sauf", "except", "n", "no":
		return !phrase.OneOf(phrase.Word(tokens, i-2), "partir", "compter", "cours", "fin", "milieu", "debut", "end", "lors")
	case "le":
		return phrase.OneOf(phrase.Word(tokens, i-2), "passee", "expediee", "expedie", "recu", "recue", "commande", "envoye", "envoyee", "parti", "partie", "livre", "livree", "depuis", "fermes", "ferme", "fermee") &&
			!phrase.OneOf(phrase.Word(tokens, i-3), "sera", "seront", "est", "etre", "serons")
	}
	return false
}

type whenParser struct {
	by       Clock
	tokens   []phrase.Token
	sentence int
}

func (p whenParser) word(i int) string {
	if i < 0 || i >= len(p.tokens) || p.tokens[i].Sentence != p.sentence {
		return ""
	}
	return p.tokens[i].Word
}

func (p whenParser) now() time.Time { return p.by.Now.In(p.by.zone()) }

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
	if phrase.OneOf(p.word(i), "huitaine", "quinzaine") {
		days := map[string]int{"huitaine": 8, "quinzaine": 15}[p.word(i)]
		return p.endOf(p.today().AddDays(days)), false, i + 1, true
	}
	for phrase.OneOf(p.word(i), "les", "le", "l", "la", "the", "next", "prochains", "prochaines", "about", "environ", "max", "maximum") {
		i++
	}
	n, unit, i := p.count(i)
	if n == 0 && phrase.OneOf(p.word(i-1), "l", "the") && phrase.OneOf(p.word(i), "heure", "hour") {
		n = 1
	}
	if n == 0 {
		return due, false, 0, false
	}
	for phrase.OneOf(p.word(i), "a", "to", "ou", "or", "et") || p.isNumber(i) {
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
	return n > 0 && i < len(p.tokens) && p.tokens[i].Number
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
	if n == 0 || n > 1000 || w != "" && !phrase.OneOf(w, "h", "j", "d", "min", "mn", "hrs", "hr") {
		return 0, "", i
	}
	return n, w, i + 1
}

func (p whenParser) unit(n int, unit string, i int) (due time.Time, exact bool, end int, ok bool) {
	open, saturdays := false, false
	if phrase.OneOf(p.word(i), "business", "working", "open", "clear") {
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
			return p.endOf(p.by.openDay(max(1, n/24), saturdays)), false, i, true
		}
		return p.after(time.Duration(n) * time.Hour), true, i, true
	case "jour", "jours", "j", "day", "days", "d":
		if open {
			return p.endOf(p.by.openDay(n, saturdays)), false, i, true
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
	if p.by.Now.IsZero() {
		return time.Time{}
	}
	return p.now().Add(d)
}

func (p whenParser) endOf(d calendar.Date) time.Time { return p.at(d, endOfDay) }

func (p whenParser) at(d calendar.Date, timeOfDay time.Duration) time.Time {
	if p.by.Now.IsZero() {
		return time.Time{}
	}
	return d.At(p.by.zone(), timeOfDay)
}

// openDay is the nth open day after today: of the shop's hours where they are
// known, else Monday to Friday, or to Saturday for "jours ouvrables".
func (c Clock) openDay(n int, saturdays bool) calendar.Date {
	d := calendar.DateOf(c.Now.In(c.zone()))
	const farthest = 3000 // days
	for range farthest {
		if n <= 0 {
			return d
		}
		d = d.AddDays(1)
		if c.isOpen(d, saturdays) {
			n--
		}
	}
	return d
}

func (c Clock) isOpen(d calendar.Date, saturdays bool) bool {
	for _, day := range c.Hours.Week {
		if len(day) > 0 {
			return c.Hours.OpenDay(d)
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
	return p.by.Now.IsZero() || !day.Before(p.today())
}

// skipBefore passes over "d'ici", "avant le", "by next".
func (p whenParser) skipBefore(i int) int {
	for n := 0; n < 4 && phrase.OneOf(p.word(i), "le", "des", "avant", "pour", "d", "ici", "au", "on", "by", "before", "until", "the", "next", "this", "courant", "dans", "en", "jusqu", "no", "later", "than"); n++ {
		if phrase.OneOf(p.word(i), "this", "next", "the", "dans", "en", "au") && p.dayWord(i) {
			break
		}
		i++
	}
	return i
}

// dayWord: "this week" and "next week" are read with their first word.
func (p whenParser) dayWord(i int) bool { return namedDays.Starts(p.tokens, i) }
