package notify

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// MorningJob mails a person what is owed today.
var MorningJob = jobs.Kind{Name: "notify.morning", Pool: jobs.PoolReact}

type morningArgs struct {
	Shop   id.Shop   `json:"shop"`
	Person id.Person `json:"person"`
	Day    string    `json:"day"`
}

// morningFor is how long after the shop opened it is still morning: a desk that
// was down until then sends the mail late, or not at all.
const morningFor = 3 * time.Hour

var (
	hadMorning    = store.SQL(`select person_id from morning_mail where shop_id = $1 and day = $2`)
	insertMorning = store.SQL(`
		insert into morning_mail (person_id, shop_id, day) values ($1, $2, $3) on conflict (person_id, shop_id, day) do nothing`)
	sweepMornings = store.SQL(`delete from morning_mail where day < $1`)
)

// Mornings queues the mail of this morning for everybody whose day has begun
// and who has not had it. It is called every minute, on any node: the row says
// who had it, and is written with the job.
func (s *Service) Mornings(ctx context.Context) error {
	var due []morningArgs
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		due = nil
		shops, err := s.Shops.List(tx)
		if err != nil {
			return err
		}
		for _, sh := range shops {
			list, err := s.morningOf(tx, sh.ID)
			if err != nil {
				return err
			}
			due = append(due, list...)
		}
		return nil
	})
	if err != nil || len(due) == 0 {
		return err
	}
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		for _, a := range due {
			n, err := store.Exec(tx, insertMorning, a.Person, a.Shop, a.Day)
			if err != nil {
				return err
			}
			if n == 0 { // another node was first
				continue
			}
			if err := s.Queue.Put(tx, jobs.Add{Kind: MorningJob, Args: a}); err != nil {
				return err
			}
		}
		return nil
	})
	failpoint.Hit("notify.mornings")
	return err
}

// morningOf are those of a shop whose mail is due now.
func (s *Service) morningOf(tx *store.Tx, shop id.Shop) ([]morningArgs, error) {
	hours, _, err := s.Shops.HoursAndDelay(tx, shop, "")
	if err != nil {
		return nil, err
	}
	location, err := s.Shops.Location(tx, shop)
	if err != nil {
		return nil, err
	}
	now := s.Clock.Now()
	day := calendar.DateOf(now.In(location))
	if !dayBegan(hours, day.In(location), now) {
		return nil, nil
	}
	if ok, err := s.canMail(tx, shop); err != nil || !ok {
		return nil, err
	}
	had, err := store.All[id.Person](tx, hadMorning, shop, day.String())
	if err != nil {
		return nil, err
	}
	members, err := s.Team.Members(tx, shop)
	if err != nil {
		return nil, err
	}
	var out []morningArgs
	for _, m := range members {
		if mornings(m, had, day.String()) && ownDayBegan(m, hours, location, now) {
			out = append(out, morningArgs{Shop: shop, Person: m.ID, Day: day.String()})
		}
	}
	return out, nil
}

// dayBegan: the first opening of the day was, and not long ago. Open round the
// clock, a day begins at eight.
func dayBegan(h calendar.Hours, midnight, now time.Time) bool {
	opening := midnight.Add(8 * time.Hour)
	if !h.Always {
		opening = h.NextOpening(midnight)
	}
	return !opening.IsZero() && !now.Before(opening) && now.Before(opening.Add(morningFor))
}

func mornings(m team.Member, had []id.Person, day string) bool {
	for _, p := range had {
		if p == m.ID {
			return false
		}
	}
	return m.Active && m.Joined && m.WantsMorning() != team.MorningOff && !m.AbsentOn(day)
}

// ownDayBegan: with hours of their own, a person's day begins when both are open.
func ownDayBegan(m team.Member, hours calendar.Hours, location *time.Location, now time.Time) bool {
	own, has := m.Hours(location)
	return !has || own.Open(now) && hours.Open(now)
}

// Morning is the handler of MorningJob.
func (s *Service) Morning(ctx context.Context, j jobs.Job) error {
	var a morningArgs
	if err := j.Decode(&a); err != nil {
		return err
	}
	var today today
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		today, err = s.readToday(tx, a)
		return err
	})
	if errors.Is(err, errQuiet) {
		return nil
	}
	if err != nil {
		return err
	}
	m := mailTo(a.Shop, today.person.Person, today.subject(), today.text(s.URL, s.UnsubscribeURL(a.Shop, a.Person)))
	m.Unsubscribe = s.UnsubscribeURL(a.Shop, a.Person)
	return s.Reply.SendSystem(ctx, m, j.Finish)
}

// owedRow is a promise of the list, with who has its conversation.
type owedRow struct {
	ID           id.Promise      `db:"id"`
	Conversation id.Conversation `db:"conversation_id"`
	Kind         promise.Kind    `db:"kind"`
	Basis        promise.Basis   `db:"basis"`
	DueAt        time.Time       `db:"due_at"`
	BrokenAt     time.Time       `db:"broken_at"`
	Person       id.Person       `db:"person_id"`
	Assignee     id.Person       `db:"assignee_id"`
}

func (r owedRow) broken() bool { return !r.BrokenAt.IsZero() }

func (r owedRow) law() bool { return promise.Promise{Kind: r.Kind, Basis: r.Basis}.Ringing() }

func (r owedRow) of(p id.Person) bool { return r.Person == p || r.Person == 0 && r.Assignee == p }

const owedColumns = `
	select p.id, p.conversation_id, p.kind, p.basis, p.due_at, p.broken_at, p.person_id, c.assignee_id
	from promise p left join conversation c on c.id = p.conversation_id where p.shop_id = $1 and p.state = 'open' and p.kind not in ('courtesy', 'wait') and `

// Counts end at a thousand, as everywhere (I12).
var (
	owedBroken = store.SQL(owedColumns + `p.broken_at is not null order by p.due_at, p.id limit 1000`)
	owedToday  = store.SQL(owedColumns + `p.broken_at is null and p.due_at < $2 order by p.due_at, p.id limit 1000`)
)

func (s *Service) readToday(tx *store.Tx, a morningArgs) (t today, err error) {
	if ok, err := s.canMail(tx, a.Shop); err != nil || !ok {
		return t, quiet(err)
	}
	if t.person, err = s.Team.Member(tx, a.Shop, a.Person); err != nil {
		return t, err
	}
	if t.location, err = s.Shops.Location(tx, a.Shop); err != nil {
		return t, err
	}
	day, err := calendar.ParseDate(a.Day)
	if err != nil {
		return t, err
	}
	broken, err := store.All[owedRow](tx, owedBroken, a.Shop)
	if err != nil {
		return t, err
	}
	due, err := store.All[owedRow](tx, owedToday, a.Shop, day.AddDays(1).In(t.location))
	if err != nil {
		return t, err
	}
	t.owed = slices.Concat(broken, due)
	t.order()
	wants := t.person.WantsMorning()
	if wants == team.MorningOff || len(t.owed) == 0 && wants != team.MorningAlways {
		return t, errQuiet
	}
	return t, nil
}

// SweepMornings forgets who had the mails of two months ago.
func (s *Service) SweepMornings(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, sweepMornings, calendar.DateOf(s.Clock.Now().AddDate(0, -2, 0)).String())
		return err
	})
}
