package audit

import (
	"cmp"
	"slices"
	"time"
)

// Findings are what a mailbox's history says. Durations are seconds, on the
// clock.
type Findings struct {
	Days         int       `json:"days"`
	Headers      int       `json:"headers" doc:"Mails whose headers were read"`
	Capped       bool      `json:"capped,omitempty" doc:"There were more; the newest were read"`
	LeftOut      int       `json:"left_out" doc:"Newsletters, bounces, automatic mail"`
	Customers    int       `json:"customers" doc:"Customers' mails"`
	Answered     int       `json:"answered"`
	Never        int       `json:"never" doc:"Older than two days and without an answer"`
	NeverReplies int       `json:"never_replies" doc:"Of them: replies to a mail of ours, often a mere thank-you"`
	Recent       int       `json:"recent" doc:"Without an answer, but no older than two days"`
	Median       *int64    `json:"median" nullable:"true" doc:"Of those answered"`
	P90          *int64    `json:"p90" nullable:"true"`
	Within24     *float64  `json:"within_24" nullable:"true" doc:"Share answered within 24 hours, of those answered or never answered"`
	Slowest      *WeekHour `json:"slowest,omitempty" doc:"The hour of the week whose mails wait longest, of those with three answers or more"`
}

// WeekHour is an hour of the week, by when mails arrived in it.
type WeekHour struct {
	Weekday int   `json:"weekday" doc:"0 is Sunday"`
	Hour    int   `json:"hour"`
	Median  int64 `json:"median"`
	Sample  int   `json:"sample"`
}

// Unanswered is one mail that was never answered.
type Unanswered struct {
	Subject string    `json:"subject"`
	At      time.Time `json:"at"`
}

const (
	// patience: a mail that waits no longer is not "never answered" yet.
	patience = 48 * time.Hour
	// Most is how many of the oldest are named.
	Most = 20
	// enough answers for an hour of the week to be spoken of.
	enough = 3
)

// Reading collects headers.
type Reading struct {
	Own  []string // the shop's own addresses
	Zone *time.Location
	Now  time.Time
	Days int

	letters []letter
	read    int
}

// Take notes one header. What can't be read as a mail is counted, no more.
func (r *Reading) Take(h Header) {
	r.read++
	if l, ok := read(h, r.Own); ok {
		r.letters = append(r.letters, l)
	}
}

// Read is how many headers were taken.
func (r *Reading) Read() int { return r.read }

// Findings pairs the mails and counts. The oldest never answered come beside,
// since they name their subject.
func (r *Reading) Findings() (f Findings, oldest []Unanswered) {
	f = Findings{Days: r.Days, Headers: r.read}
	p := newPairing(r.letters)
	var waits []time.Duration
	slots := map[[2]int][]time.Duration{}
	within := 0
	answers := 0
	for _, l := range r.letters {
		if l.kind == answer {
			answers++
		}
		if l.kind != customer {
			continue
		}
		f.Customers++
		left, found := p.answerTo(l)
		switch {
		case found:
			f.Answered++
			wait := left.Sub(l.at)
			waits = append(waits, wait)
			if wait <= 24*time.Hour {
				within++
			}
			local := l.at.In(r.Zone)
			slot := [2]int{int(local.Weekday()), local.Hour()}
			slots[slot] = append(slots[slot], wait)
		case r.Now.Sub(l.at) <= patience:
			f.Recent++
		case p.repliesToUs(l):
			f.Never++
			f.NeverReplies++
		default:
			f.Never++
			oldest = append(oldest, Unanswered{l.subject, l.at})
		}
	}
	f.LeftOut = f.Headers - f.Customers - answers
	if decided := f.Answered + f.Never; decided > 0 {
		share := float64(within) / float64(decided)
		f.Within24 = &share
	}
	f.Median, f.P90 = rank(waits, 50), rank(waits, 90)
	f.Slowest = slowest(slots)
	slices.SortStableFunc(oldest, func(a, b Unanswered) int { return a.At.Compare(b.At) })
	return f, oldest[:min(len(oldest), Most)]
}

// rank is the nearest-rank percentile in seconds, none of none.
func rank(list []time.Duration, percent int) *int64 {
	if len(list) == 0 {
		return nil
	}
	slices.Sort(list)
	seconds := int64(list[max(1, (len(list)*percent+99)/100)-1].Seconds())
	return &seconds
}

func slowest(slots map[[2]int][]time.Duration) *WeekHour {
	var found []WeekHour
	for slot, waits := range slots {
		if len(waits) >= enough {
			found = append(found, WeekHour{slot[0], slot[1], *rank(waits, 50), len(waits)})
		}
	}
	if len(found) == 0 {
		return nil
	}
	slices.SortFunc(found, func(a, b WeekHour) int {
		return cmp.Or(cmp.Compare(b.Median, a.Median), cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Hour, b.Hour))
	})
	return &found[0]
}
