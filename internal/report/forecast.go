package report

import (
	"math"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/id"
)

// Due is one conversation in which something is owed.
type Due struct {
	At      time.Time `db:"next_due_at"`
	Reason  id.Reason `db:"reason_id"`
	Kind    string    `db:"next_kind"`
	Holding bool      `db:"holding"` // a holding answer was given already
}

// Pace is what a forecast is made of.
type Pace struct {
	Now    time.Time
	Hours  calendar.Hours
	Owed   []Due         // by due time, those due before the closing and perhaps later ones
	Ended  int           // promises that people ended within Window
	People int           // who ended them
	Window time.Duration // of open time, up to now
}

// mostHelpers for each one at work is the most that is spoken of.
const mostHelpers = 3

// enoughEnded is the least sample that a pace is told of.
const enoughEnded = 5

// Forecast says who will be late at the closing, at the pace of the last hours.
type Forecast struct {
	Now       time.Time      `json:"now"`
	Open      bool           `json:"open" doc:"The shop is open now"`
	Until     *time.Time     `json:"until" nullable:"true" doc:"The closing that it looks at; none when the shop never opens"`
	OpenHours float64        `json:"open_hours" doc:"Until then"`
	Late      int            `json:"late" doc:"Past their due time now"`
	Near      int            `json:"near" doc:"Due soon now, not late"`
	DueBy     int            `json:"due_by" doc:"Due by then, with what is late already"`
	More      bool           `json:"more,omitempty" doc:"There are more than were looked at: figures are at least these"`
	Enough    bool           `json:"enough" doc:"The sample is large enough for a pace; else only what is due is told"`
	Sample    int            `json:"sample" doc:"Promises that people ended in the window"`
	Window    float64        `json:"window" doc:"Open hours that the pace was taken from"`
	People    int            `json:"people" doc:"Who ended them"`
	Pace      float64        `json:"pace" doc:"An open hour"`
	LateThen  int            `json:"late_then" doc:"Late at the closing at this pace, what is due first being answered first"`
	Steps     []ForecastStep `json:"steps" nullable:"false" doc:"Hour by hour"`
	Help      ForecastHelp   `json:"help"`
}

// ForecastStep is how many will be late at an hour.
type ForecastStep struct {
	At       time.Time `json:"at"`
	Due      int       `json:"due"`
	Answered int       `json:"answered"`
	Late     int       `json:"late"`
}

// ForecastHelp is what would keep anybody from being late at the closing.
type ForecastHelp struct {
	MorePerHour int           `json:"more_per_hour" doc:"Answers an hour, above the pace"`
	MorePeople  int           `json:"more_people" doc:"At the pace of one of those at work; 0 when that isn't known or makes no sense"`
	Holdable    int           `json:"holdable" doc:"Of those due: could still be given a holding answer with a date"`
	Reasons     []DueOfReason `json:"reasons" nullable:"false" doc:"Of those due: the three most frequent reasons, from two on"`
}

// DueOfReason is how many of those due are of a reason.
type DueOfReason struct {
	Reason id.Reason `json:"reason"`
	Name   string    `json:"name"`
	Count  int       `json:"count"`
}

// Predict is pure and simple on purpose: n answers an hour in open time, what
// is due first first, and nothing new that would be due before the closing.
func Predict(p Pace) Forecast {
	out := Forecast{Now: p.Now, Open: p.Hours.Open(p.Now), Sample: p.Ended, People: p.People, Window: p.Window.Hours(), Steps: []ForecastStep{}}
	out.Help.Reasons = []DueOfReason{}
	out.Late = dueBy(p.Owed, p.Now)
	until := closing(p.Hours, p.Now)
	if until.IsZero() {
		out.DueBy = out.Late
		return out
	}
	out.Until, out.DueBy = &until, dueBy(p.Owed, until)
	left := p.Hours.Elapsed(p.Now, until)
	out.OpenHours = left.Hours()
	due := p.Owed[:out.DueBy]
	out.Help.Reasons = frequent(due)
	for _, d := range due {
		if d.Kind == "answer" && !d.Holding {
			out.Help.Holdable++
		}
	}
	out.Enough = p.Ended >= enoughEnded && p.Window > 0
	if !out.Enough {
		return out
	}
	out.Pace = float64(p.Ended) / p.Window.Hours()
	for _, at := range hoursUntil(p.Hours, p.Now, until) {
		step := ForecastStep{At: at, Due: dueBy(p.Owed, at)}
		step.Answered = int(out.Pace * p.Hours.Elapsed(p.Now, at).Hours())
		step.Late = max(0, step.Due-step.Answered)
		out.Steps = append(out.Steps, step)
	}
	out.LateThen = out.Steps[len(out.Steps)-1].Late
	if out.LateThen > 0 && left > 0 {
		missing := float64(out.DueBy)/left.Hours() - out.Pace
		out.Help.MorePerHour = int(math.Ceil(missing))
		if p.People > 0 {
			out.Help.MorePeople = int(math.Ceil(missing / (out.Pace / float64(p.People))))
		}
		if out.Help.MorePeople > mostHelpers*p.People { // a pace so slow is nobody's full time
			out.Help.MorePeople = 0
		}
	}
	return out
}

// dueBy counts those due up to an instant; the list is by due time.
func dueBy(owed []Due, at time.Time) int {
	n, _ := slices.BinarySearchFunc(owed, at, func(d Due, at time.Time) int {
		if d.At.After(at) {
			return 1
		}
		return -1
	})
	return n
}

// closing is when the shop closes next for the day: today while there is open
// time left, else on the next open day. The zero time when it never opens.
func closing(h calendar.Hours, now time.Time) time.Time {
	opening := h.NextOpening(now)
	if opening.IsZero() {
		return opening
	}
	day, zone := calendar.DateOf(opening), opening.Location()
	if h.Always {
		return day.AddDays(1).In(zone)
	}
	periods := h.Week[day.Weekday()]
	return day.At(zone, time.Duration(periods[len(periods)-1].To)*time.Minute)
}

// hoursUntil are the full hours with open time before them, and the closing.
func hoursUntil(h calendar.Hours, now, until time.Time) (list []time.Time) {
	begin := now
	if opening := h.NextOpening(now); opening.After(now) {
		begin = opening
	}
	at := begin.Truncate(time.Hour)
	for at = at.Add(time.Hour); at.Before(until); at = at.Add(time.Hour) {
		if h.Elapsed(at.Add(-time.Hour), at) > 0 {
			list = append(list, at)
		}
	}
	return append(list, until)
}

// frequent are the reasons that most of those due share.
func frequent(due []Due) []DueOfReason {
	counts := map[id.Reason]int{}
	for _, d := range due {
		if d.Reason != 0 {
			counts[d.Reason]++
		}
	}
	out := []DueOfReason{}
	for reason, n := range counts {
		if n > 1 {
			out = append(out, DueOfReason{Reason: reason, Count: n})
		}
	}
	slices.SortFunc(out, func(a, b DueOfReason) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return int(a.Reason - b.Reason)
	})
	return out[:min(len(out), 3)]
}
