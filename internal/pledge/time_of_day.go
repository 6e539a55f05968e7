package pledge

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// timeOfDay reads "à 10 h 30", "avant 17h", "entre 9 h et 12 h", "at 10", "by 5
// pm", "midi". Of a stretch of time its end counts.
func (p whenParser) timeOfDay(i int) (clock time.Duration, end int, ok bool) {
	bare := false
	for n := 0; n < 3 && phrase.OneOf(p.word(i), "a", "vers", "avant", "des", "at", "around", "before", "by", "d", "ici", "jusqu", "until", "about", "just", "environ"); n++ {
		bare = phrase.OneOf(p.word(i), "at", "by", "before")
		i++
	}
	if phrase.OneOf(p.word(i), "entre", "between", "from", "de") {
		first, middle, ok := p.clock(i+1, true)
		if !ok || !phrase.OneOf(p.word(middle), "et", "and", "a", "to") {
			return 0, 0, false
		}
		second, end, ok := p.clock(middle+1, true)
		if !ok || second < first {
			second, end, ok = p.clockPM(middle + 1)
		}
		return second, end, ok && second > first
	}
	return p.clock(i, bare)
}

func (p whenParser) clockPM(i int) (time.Duration, int, bool) {
	c, end, ok := p.clock(i, true)
	return c + 12*time.Hour, end, ok && c < 12*time.Hour
}

func (p whenParser) isClock(i int) bool {
	_, _, ok := p.clock(i, false)
	return ok
}

// clock reads a time of day at i: "10h30", "10 h", "10:30", "10 am", "midi"; a
// bare hour only where one is expected.
func (p whenParser) clock(i int, bare bool) (time.Duration, int, bool) {
	w := p.word(i)
	switch w {
	case "midi", "noon":
		return 12 * time.Hour, i + 1, true
	case "minuit", "midnight":
		return endOfDay, i + 1, true
	}
	hour, rest, ok := leadingNumber(w)
	if !ok || hour > 24 {
		return 0, 0, false
	}
	minute, marked, end := 0, false, i+1
	switch {
	case rest == "":
		if phrase.OneOf(p.word(end), "h", "heure", "heures", "o") {
			marked = true
			if end++; p.word(end) == "clock" {
				end++
			}
			if m, tail, ok := leadingNumber(p.word(end)); ok && tail == "" && len(p.word(end)) == 2 && m < 60 {
				minute = m
				end++
			}
		}
	case rest[0] == 'h' || rest[0] == ':':
		marked = true
		m, tail, ok := leadingNumber(rest[1:])
		if rest != "h" && (!ok || m > 59) {
			return 0, 0, false
		}
		minute, rest = m, tail
		if rest != "" && rest != "am" && rest != "pm" {
			return 0, 0, false
		}
	}
	half := rest
	if half != "am" && half != "pm" {
		if half = p.word(end); half == "am" || half == "pm" {
			end++
		}
	}
	switch {
	case half == "pm" && hour < 12:
		hour += 12
	case half != "am" && half != "pm" && !marked && (!bare || rest != "" || hour > 23 || isUnit(p.word(end)) || p.word(end) == "%"):
		return 0, 0, false
	}
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute, end, true
}

func leadingNumber(w string) (n int, rest string, ok bool) {
	i := 0
	for i < len(w) && i < 3 && w[i] >= '0' && w[i] <= '9' {
		n = n*10 + int(w[i]-'0')
		i++
	}
	return n, w[i:], i > 0 && i < 3
}
