package report

import (
	"context"
	"slices"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Figures is what the leader's page shows of a period.
type Figures struct {
	From       string        `json:"from" doc:"YYYY-MM-DD, in the shop's zone"`
	To         string        `json:"to"`
	Timezone   string        `json:"timezone"`
	Counting   bool          `json:"counting,omitempty" doc:"All is being counted anew: figures are still growing"`
	Behind     bool          `json:"behind,omitempty" doc:"Something happened that is not counted yet: ask again in a few seconds"`
	Total      PeriodFigures `json:"total"`
	Before     PeriodFigures `json:"before" doc:"The period of the same length before it"`
	BeforeFrom string        `json:"before_from"`
	BeforeTo   string        `json:"before_to"`
	Kinds      []PartFigures `json:"kinds" nullable:"false"`
	Days       []DayFigures  `json:"days" nullable:"false"`
	Hours      []HourFigures `json:"hours" nullable:"false" doc:"Of the day, 0 to 23, over the whole period"`
	Mailboxes  []PartFigures `json:"mailboxes" nullable:"false"`
	Teams      []PartFigures `json:"teams" nullable:"false"`
	Reasons    []PartFigures `json:"reasons" nullable:"false" doc:"A reason of the first level counts those below it"`
	People     []PartFigures `json:"people" nullable:"false" doc:"By name: no ranking. Answers alone; what broke is the shop's"`
	Backlog    []BacklogAt   `json:"backlog" nullable:"false" doc:"What stood open at the end of each day, or hour of a day"`
}

// PeriodFigures are the figures of a period.
type PeriodFigures struct {
	Asked    int64          `json:"asked" doc:"Matters that customers opened"`
	Arrived  int64          `json:"arrived" doc:"Messages of customers"`
	Answered int64          `json:"answered" doc:"Answers that left"`
	Promises PromiseFigures `json:"promises"`
	Times    AnswerTimes    `json:"times"`
}

// PartFigures are the figures of one mailbox, team, reason, person or kind of promise.
type PartFigures struct {
	PeriodFigures

	ID     int64  `json:"id" doc:"0 for none: no reason was named, say"`
	Parent int64  `json:"parent,omitempty" doc:"Of a reason of the second level"`
	Name   string `json:"name"`
}

// DayFigures are the figures of one day.
type DayFigures struct {
	PeriodFigures

	Day string `json:"day"`
}

// HourFigures counts what happened in one hour of the day.
type HourFigures struct {
	Hour     int   `json:"hour"`
	Arrived  int64 `json:"arrived"`
	Answered int64 `json:"answered"`
}

// BacklogAt is what stood open at an instant.
type BacklogAt struct {
	Day  string `json:"day"`
	Hour *int   `json:"hour,omitempty" nullable:"true" doc:"At its end; none: at the end of the day"`
	Open int64  `json:"open"`
}

// Read makes the page. An agent sees people's figures of nobody but themselves.
func (s *Service) Read(ctx context.Context, by team.Actor, f Filter) (out Figures, err error) {
	if err := f.check(); err != nil {
		return out, err
	}
	alone := !by.Can(team.ReportPeople)
	if alone && f.Person != 0 && f.Person != by.Person {
		return out, fault.New(fault.Forbidden, "forbidden", "Your role doesn't allow this.")
	}
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		out, err = s.read(tx, by, f, alone)
		return err
	})
	return out, err
}

func (s *Service) read(tx *store.Tx, by team.Actor, f Filter, alone bool) (out Figures, err error) {
	names, err := readNames(tx, by.Shop)
	if err != nil {
		return out, err
	}
	zone, err := s.Shops.Location(tx, by.Shop)
	if err != nil {
		return out, err
	}
	q := question{filter: f, reasons: names.below(f.Reason), days: true}
	out = Figures{
		From: f.From.String(), To: f.To.String(), Timezone: zone.String(),
		BeforeFrom: f.before().From.String(), BeforeTo: f.before().To.String(), Kinds: []PartFigures{},
	}
	if out.Counting, out.Behind, err = standingOf(tx); err != nil {
		return out, err
	}
	total, err := s.byDay(tx, by.Shop, q, &out)
	if err != nil {
		return out, err
	}
	q.days = false
	if err := s.standsOpen(tx, by.Shop, q, total); err != nil {
		return out, err
	}
	out.Total = total.summary()
	for _, kind := range total.kinds() {
		row := PartFigures{Name: kind, PeriodFigures: PeriodFigures{Promises: total.promises(kind)}}
		if kind == "answer" {
			row.Times = total.times()
		}
		out.Kinds = append(out.Kinds, row)
	}
	earlier := q
	earlier.filter = f.before()
	rows, err := ask(tx, by.Shop, earlier)
	if err != nil {
		return out, err
	}
	out.Before = together(rows).summary()
	if err := s.apart(tx, by, q, names, alone, &out); err != nil {
		return out, err
	}
	now := calendar.DateOf(s.Clock.Now().In(zone))
	out.Backlog, err = s.backlog(tx, by.Shop, q, total.of(standing), now, s.Clock.Now().In(zone).Hour())
	return out, err
}

// standingOf tells whether all is being counted anew, and whether the feed holds
// something that isn't counted yet.
func standingOf(tx *store.Tx) (recounts, behind bool, err error) {
	f, found, err := store.Maybe[folding](tx, selectFold)
	if err != nil {
		return false, false, err
	}
	at, err := event.Position(tx)
	if err != nil {
		return false, false, err
	}
	hidden, err := event.Hidden(tx)
	return found && f.State != folds, hidden || !found || f.Position != at.String(), err
}

// byDay fills in the days and hours, and gives the sums of all.
func (s *Service) byDay(tx *store.Tx, of id.Shop, q question, out *Figures) (*sums, error) {
	rows, err := ask(tx, of, q)
	if err != nil {
		return nil, err
	}
	days := map[int64]*sums{}
	for _, r := range rows {
		if days[r.Day] == nil {
			days[r.Day] = newSums()
		}
		days[r.Day].add(r)
	}
	total := newSums()
	for day := dayOf(q.filter.From); day <= dayOf(q.filter.To); day++ {
		d := days[day]
		if d == nil {
			d = newSums()
		}
		total.merge(d)
		out.Days = append(out.Days, DayFigures{Day: dateOf(day).String(), PeriodFigures: d.summary()})
	}
	for h := range 24 {
		out.Hours = append(out.Hours, HourFigures{Hour: h, Arrived: total.hour(arrived, h), Answered: total.hour(answered, h)})
	}
	return total, nil
}

// standsOpen adds what is open now.
func (s *Service) standsOpen(tx *store.Tx, of id.Shop, q question, total *sums) error {
	q.from, q.to, q.only = 0, 0, []measure{standing}
	rows, err := ask(tx, of, q)
	for _, r := range rows {
		total.add(r)
	}
	return err
}

func (s *sums) summary() PeriodFigures {
	return PeriodFigures{Asked: s.of(asked), Arrived: s.of(arrived), Answered: s.of(answered), Promises: s.promises(""), Times: s.times()}
}

func together(rows []figure) *sums {
	all := newSums()
	for _, r := range rows {
		all.add(r)
	}
	return all
}

// apart fills in the rows by mailbox, team, reason and person.
func (s *Service) apart(tx *store.Tx, by team.Actor, q question, names names, alone bool, out *Figures) error {
	for g, into := range map[grain]*[]PartFigures{byMailbox: &out.Mailboxes, byTeam: &out.Teams, byReason: &out.Reasons, byPerson: &out.People} {
		q.part = g
		asked := q
		if g == byPerson {
			asked.only = []measure{answered, kept, keptNear, onClock, whenOpen}
			if alone {
				asked.filter.Person = by.Person
			}
		}
		rows, err := ask(tx, by.Shop, asked)
		if err != nil {
			return err
		}
		split := map[int64]*sums{}
		for _, r := range rows {
			if split[r.Part] == nil {
				split[r.Part] = newSums()
			}
			split[r.Part].add(r)
		}
		*into = names.rows(g, split)
	}
	for i := range out.People { // answers and how long they took, no more
		p := &out.People[i]
		p.Promises = PromiseFigures{Kept: p.Promises.Kept}
	}
	return nil
}

// shortPeriod is the most days for which the backlog is told by the hour.
const shortPeriod = 2

// backlog goes back from what stands open now, by what was opened and closed.
func (s *Service) backlog(tx *store.Tx, of id.Shop, q question, open int64, today calendar.Date, hour int) ([]BacklogAt, error) {
	f := q.filter
	if f.Person != 0 { // a backlog is nobody's own
		return []BacklogAt{}, nil
	}
	q.from, q.to, q.only, q.days = dayOf(f.From), max(dayOf(today), dayOf(f.To)), []measure{opened, closed}, true
	rows, err := ask(tx, of, q)
	if err != nil {
		return nil, err
	}
	change := map[int64]*[24]int64{}
	for _, r := range rows {
		if change[r.Day] == nil {
			change[r.Day] = &[24]int64{}
		}
		if r.Measure == closed {
			r.N = -r.N
		}
		change[r.Day][min(max(r.Bucket, 0), 23)] += r.N
	}
	out := []BacklogAt{}
	for day := q.to; day >= q.from; day-- {
		inPeriod := day <= dayOf(f.To) && day <= dayOf(today)
		if inPeriod && f.days() > shortPeriod {
			out = append(out, BacklogAt{Day: dateOf(day).String(), Open: max(open, 0)})
		}
		for h := 23; h >= 0; h-- {
			if past := day < dayOf(today) || h <= hour; inPeriod && past && f.days() <= shortPeriod {
				out = append(out, BacklogAt{Day: dateOf(day).String(), Hour: &h, Open: max(open, 0)})
			}
			if c := change[day]; c != nil {
				open -= c[h]
			}
		}
	}
	slices.Reverse(out)
	return out, nil
}
