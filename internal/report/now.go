package report

import (
	"context"
	"sort"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

var (
	selectDue = store.SQL(`
		select next_due_at, reason_id, next_kind, holding from conversation
		where shop_id = $1 and next_due_at is not null and tray = 'main' and next_due_at <= $2 order by next_due_at, id limit $3`)
	countNear = store.SQL(`
		select count(*) from (select 1 from conversation
			where shop_id = $1 and near_at <= $2 and next_due_at > $2 and next_due_at is not null and tray = 'main' limit $3) near`)
	// What people did: kept, waived, or put off by a holding answer.
	selectEnded = store.SQL(`
		select coalesce(closed_by, 0) as person, count(*) as n from promise
		where shop_id = $1 and closed_at is not null and closed_at > $2 and closed_at <= $3
			and (state in ('kept', 'waived') or state = 'passed' and delivery_id is not null) and kind not in ('wait', 'ask', 'courtesy', 'sort')
		group by coalesce(closed_by, 0)`)
)

const (
	mostDue  = 2000 // rows that a forecast looks at
	mostNear = 1000
)

// paceWindows are the stretches of open time that a pace is taken from: the
// last three hours, or longer while they hold too little.
var paceWindows = []time.Duration{3 * time.Hour, 9 * time.Hour, 45 * time.Hour}

// Now makes the forecast for the shop, whatever is narrowed elsewhere: the
// queue is one.
func (s *Service) Now(ctx context.Context, by team.Actor) (out Forecast, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		hours, _, err := s.Shops.HoursAndDelay(tx, by.Shop, "mail")
		if err != nil {
			return err
		}
		p := Pace{Now: s.Clock.Now(), Hours: hours}
		end := closing(hours, p.Now)
		if end.IsZero() {
			end = p.Now
		}
		if p.Owed, err = store.All[Due](tx, selectDue, by.Shop, end, mostDue); err != nil {
			return err
		}
		if err := pace(tx, by.Shop, &p); err != nil {
			return err
		}
		out = Predict(p)
		out.More = len(p.Owed) == mostDue
		near, err := store.One[int64](tx, countNear, by.Shop, p.Now, mostNear)
		if err != nil {
			return err
		}
		out.Near = int(near)
		names, err := readNames(tx, by.Shop)
		if err != nil {
			return err
		}
		for i := range out.Help.Reasons {
			out.Help.Reasons[i].Name = names.reason(out.Help.Reasons[i].Reason)
		}
		return nil
	})
	return out, err
}

// pace looks at the shortest window that holds enough.
func pace(tx *store.Tx, of id.Shop, p *Pace) error {
	type share struct {
		Person id.Person `db:"person"`
		N      int64     `db:"n"`
	}
	for _, window := range paceWindows {
		p.Window, p.Ended, p.People = window, 0, 0
		rows, err := store.All[share](tx, selectEnded, of, openBefore(p.Hours, p.Now, window), p.Now)
		if err != nil {
			return err
		}
		for _, r := range rows {
			p.Ended += int(r.N)
			if r.Person != 0 {
				p.People++
			}
		}
		if p.Ended >= enoughEnded {
			break
		}
	}
	return nil
}

// openBefore is the instant since when there was so much open time; at most
// five weeks back.
func openBefore(h calendar.Hours, now time.Time, window time.Duration) time.Time {
	const weeks = 5 * 7 * 24 * 60 // minutes
	n := sort.Search(weeks, func(minutes int) bool {
		return h.Elapsed(now.Add(-time.Duration(minutes)*time.Minute), now) >= window
	})
	return now.Add(-time.Duration(n) * time.Minute)
}

func (n names) reason(r id.Reason) string {
	for _, each := range n[byReason] {
		if each.ID == int64(r) {
			return each.Name
		}
	}
	return ""
}
