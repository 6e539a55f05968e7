package report

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
)

// matter is what is known of a conversation, or of a promise outside one.
type matter struct {
	ID        int64      `db:"id"`
	Shop      id.Shop    `db:"shop_id"`
	Mailbox   id.Mailbox `db:"mailbox_id"`
	Team      id.Team    `db:"team_id"`
	Reason    id.Reason  `db:"reason_id"`
	Channel   string     `db:"channel"`
	Tray      string     `db:"tray"`
	OwedSince time.Time  `db:"owed_since"` // what arrived before is history

	promises []promised
	messages []said
}

// promised is one promise as far as figures need it.
type promised struct {
	Shop         id.Shop `db:"shop_id"`
	Conversation int64   `db:"conversation_id"` // 0 outside one

	ID       id.Promise    `db:"id"`
	Kind     promise.Kind  `db:"kind"`
	State    promise.State `db:"state"`
	OpenedAt time.Time     `db:"opened_at"`
	NearAt   time.Time     `db:"near_at"`
	DueAt    time.Time     `db:"due_at"`
	BrokenAt time.Time     `db:"broken_at"`
	ClosedAt time.Time     `db:"closed_at"`
	ClosedBy id.Person     `db:"closed_by"`
	PassedTo id.Promise    `db:"passed_to"`
	Reopens  id.Promise    `db:"reopens"`
	Since    time.Time     `db:"since"` // arrival of the first message that it covers
}

// said is one message of a customer's, or an answer of ours.
type said struct {
	Conversation int64 `db:"conversation_id"`

	Direction string    `db:"direction"`
	Person    id.Person `db:"person_id"`
	ArrivedAt time.Time `db:"arrived_at"`
	State     string    `db:"delivery_state"` // "" without a delivery: found in the Sent folder
	LeftAt    time.Time `db:"accepted_at"`
}

// owed tells whether promises of a kind count. A wait is the customer's turn, a
// question asked inside somebody else's, and a "thank you" asks for nothing.
func owed(k promise.Kind) bool { return k != promise.Wait && k != promise.Ask && k != promise.Courtesy }

// counting makes the tally of one matter.
type counting struct {
	matter

	zone  *time.Location
	hours calendar.Hours
	known map[id.Promise]int // answer times in opening hours, measured before
	out   []entry
}

// count is pure: the same rows give the same tally. known keeps what was
// measured by the opening hours of its day.
func count(m matter, zone *time.Location, hours calendar.Hours, known map[id.Promise]int) tally {
	c := &counting{matter: m, zone: zone, hours: hours, known: known}
	for _, p := range m.promises {
		if owed(p.Kind) && p.State != promise.Proposed && p.State != promise.Void {
			c.promise(p)
		}
	}
	for _, s := range m.messages {
		c.message(s)
	}
	return tally{Mailbox: m.Mailbox, Team: m.Team, Reason: m.Reason, Entries: c.out}
}

func (c *counting) promise(p promised) {
	kind := string(p.Kind)
	c.hour(opened, kind, p.OpenedAt, 0)
	if p.Kind == promise.Answer && !c.takesOver(p) {
		c.hour(asked, kind, p.OpenedAt, 0)
	}
	if p.State == promise.Open {
		c.out = append(c.out, entry{Measure: standing, Kind: kind})
	} else {
		c.hour(closed, kind, p.ClosedAt, 0)
	}
	c.fate(p, kind)
}

// fate counts how it ended, or that its due time passed.
func (c *counting) fate(p promised, kind string) {
	if p.State == promise.Kept {
		switch {
		case c.reopened(p):
			c.day(takenBack, kind, p.ClosedAt, 0)
			return
		case !p.ClosedAt.After(p.DueAt): // also where the mark came first: an answer found late in the Sent folder was in time
			c.day(kept, kind, p.ClosedAt, p.ClosedBy)
			if !p.ClosedAt.Before(p.NearAt) {
				c.day(keptNear, kind, p.ClosedAt, p.ClosedBy)
			}
		default:
			c.day(broken, kind, p.DueAt, 0)
			c.day(keptLate, kind, p.DueAt, 0)
		}
		if p.Kind == promise.Answer {
			c.answerTime(p)
		}
		return
	}
	if !p.BrokenAt.IsZero() {
		c.day(broken, kind, p.DueAt, 0)
	}
	switch p.State {
	case promise.Waived:
		if c.reopened(p) {
			c.day(takenBack, kind, p.ClosedAt, 0)
		} else {
			c.day(waived, kind, p.ClosedAt, 0)
		}
	case promise.Passed:
		c.day(passed, kind, p.ClosedAt, 0)
	case promise.Ended:
		c.day(ended, kind, p.ClosedAt, 0)
	default:
	}
}

// answerTime counts how long the first message waited that the answer is to:
// a holding answer in between doesn't begin anew.
func (c *counting) answerTime(p promised) {
	since := p.Since
	if since.IsZero() || p.OpenedAt.Before(since) {
		since = p.OpenedAt
	}
	c.day(onClock, string(p.Kind), p.ClosedAt, p.ClosedBy)
	c.out[len(c.out)-1].Bucket = classOf(p.ClosedAt.Sub(since))
	class, measured := c.known[p.ID]
	if !measured {
		class = classOf(c.hours.Elapsed(since, p.ClosedAt))
	}
	c.day(whenOpen, string(p.Kind), p.ClosedAt, p.ClosedBy)
	last := &c.out[len(c.out)-1]
	last.Bucket, last.Promise = class, p.ID
}

// takesOver: it stands for one that was passed on to it or came back, so nobody
// asked anew.
func (c *counting) takesOver(p promised) bool {
	if p.Reopens != 0 {
		return true
	}
	for _, before := range c.promises {
		if before.PassedTo == p.ID && before.Kind == p.Kind {
			return true
		}
	}
	return false
}

func (c *counting) reopened(p promised) bool {
	for _, later := range c.promises {
		if later.Reopens == p.ID {
			return true
		}
	}
	return false
}

func (c *counting) message(s said) {
	switch {
	case s.Direction == "in":
		if (c.Tray == "main" || c.Tray == "courtesy") && !s.ArrivedAt.Before(c.OwedSince) {
			c.hour(arrived, "", s.ArrivedAt, 0)
		}
	case s.State == "": // an answer that was found in the Sent folder
		if !s.ArrivedAt.Before(c.OwedSince) {
			c.hour(answered, "", s.ArrivedAt, s.Person)
		}
	case !s.LeftAt.IsZero() && (s.State == "accepted" || s.State == "local"):
		c.hour(answered, "", s.LeftAt, s.Person)
	}
}

// day counts something on the day of an instant.
func (c *counting) day(m measure, kind string, at time.Time, by id.Person) {
	c.out = append(c.out, entry{Day: dayOf(calendar.DateOf(at.In(c.zone))), Measure: m, Kind: kind, Person: by})
}

// hour counts something in its hour.
func (c *counting) hour(m measure, kind string, at time.Time, by id.Person) {
	c.day(m, kind, at, by)
	c.out[len(c.out)-1].Bucket = at.In(c.zone).Hour()
}

const secondsPerDay = 24 * 60 * 60

// dayOf counts days since 1970.
func dayOf(d calendar.Date) int64 {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay
}

func dateOf(day int64) calendar.Date {
	return calendar.DateOf(time.Unix(day*secondsPerDay, 0).UTC())
}
