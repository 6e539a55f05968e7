package report

import (
	"fmt"
	"slices"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Filter narrows the figures. Zero fields narrow nothing; both days count.
type Filter struct {
	From, To calendar.Date
	Mailbox  id.Mailbox
	Team     id.Team
	Reason   id.Reason // with the reasons below it
	Person   id.Person
	Kind     string // of promise
}

// longestPeriod bounds what a page reads (I12).
const longestPeriod = 400

// check refuses what no page asks for.
func (f Filter) check() error {
	switch {
	case f.From.IsZero() || f.To.IsZero() || f.To.Before(f.From):
		return fault.Wrong("to", "The period must end on the day it begins, or later.")
	case dayOf(f.To)-dayOf(f.From) >= longestPeriod:
		return fault.Wrong("from", "A period is 400 days at most.")
	}
	return nil
}

// days is how many the period has.
func (f Filter) days() int { return int(dayOf(f.To)-dayOf(f.From)) + 1 }

// before is the period of the same length that ends where this one begins.
func (f Filter) before() Filter {
	f.From, f.To = f.From.AddDays(-f.days()), f.From.AddDays(-1)
	return f
}

// parts are the columns by which figures can be told apart.
var parts = map[grain]string{byMailbox: "mailbox_id", byTeam: "team_id", byReason: "reason_id", byPerson: "person_id"}

// figure is one sum of counts.
type figure struct {
	Day     int64   `db:"day"`
	Part    int64   `db:"part"`
	Measure measure `db:"measure"`
	Kind    string  `db:"kind"`
	Bucket  int     `db:"bucket"`
	N       int64   `db:"n"`
}

// question is what is asked of the figures.
type question struct {
	filter  Filter
	reasons []id.Reason // filter.Reason and those below it
	part    grain       // told apart; 0 for none
	days    bool        // each day apart, and each hour of it
	from    int64       // instead of the filter's days
	to      int64
	only    []measure // none for all
}

// ask reads sums of counts: all text is constant, all values are arguments.
func ask(tx *store.Tx, of id.Shop, q question) ([]figure, error) {
	text, args := q.statement(of)
	rows, err := store.All[figure](tx, store.Dynamic(text), args...)
	if err != nil {
		err = fmt.Errorf("figures: %w", err)
	}
	return rows, err
}

func (q question) statement(of id.Shop) (text string, args []any) {
	f := q.filter
	from, to := q.from, q.to
	if from == 0 && to == 0 && !slices.Equal(q.only, []measure{standing}) {
		from, to = dayOf(f.From), dayOf(f.To)
	}
	want := q.part
	args = []any{of, nil, from, to}
	where := ""
	also := func(g grain, column string, value int64) {
		if value == 0 {
			return
		}
		want |= g
		args = append(args, value)
		where += fmt.Sprintf(" and %s = $%d", column, len(args))
	}
	also(byMailbox, "mailbox_id", int64(f.Mailbox))
	also(byTeam, "team_id", int64(f.Team))
	also(byPerson, "person_id", int64(f.Person))
	if len(q.reasons) > 0 {
		want |= byReason
		where += " and reason_id in " + store.In(len(args)+1, len(q.reasons))
		for _, r := range q.reasons {
			args = append(args, int64(r))
		}
	}
	if len(q.only) > 0 {
		where += " and measure in " + store.In(len(args)+1, len(q.only))
		for _, m := range q.only {
			args = append(args, int64(m))
		}
	}
	if f.Kind != "" { // messages are of no kind: they stay
		args = append(args, f.Kind)
		where += fmt.Sprintf(" and kind in ('', $%d)", len(args))
	}
	if q.days && want != 0 { // the grains between keep no hours
		want = inFull
	}
	args[1] = int64(grainFor(want))
	columns := "measure, kind, bucket"
	day, part := "0", "0"
	if q.days {
		day, columns = "day", columns+", day"
	}
	if q.part != 0 {
		part, columns = parts[q.part], columns+", "+parts[q.part]
	}
	return fmt.Sprintf(`select cast(%s as bigint) as day, cast(%s as bigint) as part, measure, kind, bucket, cast(sum(n) as bigint) as n from report_figure
		where shop_id = $1 and grain = $2 and day >= $3 and day <= $4%s group by %s`, day, part, where, columns), args
}
