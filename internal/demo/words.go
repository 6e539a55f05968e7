package demo

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// dated are the dates in the story's texts, told from the moment at which they
// are written: {-5} is the date five days before, {jour-5} its weekday, {o2} the
// second open day after, {p1} the first open day before, {samedi} the first
// Saturday at least three days ahead.
var dated = regexp.MustCompile(`\{(?:([+-]\d+)|jour([+-]\d+)|o(\d+)|p(\d+)|(samedi))\}`)

var weekdays = [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}

func (t *telling) words(text string) string {
	today := calendar.DateOf(t.Clock.Now().In(t.frame.hours.Location))
	return dated.ReplaceAllStringFunc(text, func(mark string) string {
		m := dated.FindStringSubmatch(mark)
		switch {
		case m[1] != "":
			return short(today.AddDays(number(m[1])))
		case m[2] != "":
			return weekdays[today.AddDays(number(m[2])).Weekday()]
		case m[3] != "":
			d := today
			for range number(m[3]) {
				for d = d.AddDays(1); !t.frame.hours.OpenDay(d); {
					d = d.AddDays(1)
				}
			}
			return short(d)
		case m[4] != "":
			d := today
			for range number(m[4]) {
				d = t.frame.hours.LastOpenDayBefore(d)
			}
			return short(d)
		}
		d := today.AddDays(3)
		for d.Weekday() != time.Saturday {
			d = d.AddDays(1)
		}
		return short(d)
	})
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // digits by the pattern
	return n
}

func short(d calendar.Date) string { return fmt.Sprintf("%02d/%02d/%d", d.Day, int(d.Month), d.Year) }

// The steps that most stories are made of.

func mail(at moment, text string) step { return step{at, writes{text: text}} }

// again is the customer's answer to ours, with the quote.
func again(at moment, text string) step { return step{at, writes{text: text, replies: true}} }

func answer(at moment, by who, text string) step { return step{at, answers{by: by, text: text}} }

// late is an answer after its due time.
func late(at moment, by who, text string) step {
	return step{at, answers{by: by, text: text, late: true}}
}

func note(at moment, by who, text string) step { return step{at, notes{by, text}} }

func give(at moment, to who) step { return step{at, assigns{julien, to}} }

const (
	minute = time.Minute
	hour   = time.Hour
)

// stories are all that is to be seen in detail.
func stories() []story {
	var all []story
	for _, part := range [][]story{parcels(), returns(), questions(), repairs(), voices(), thanks(), others(), strikes(), secondLooks()} {
		all = append(all, part...)
	}
	return all
}
