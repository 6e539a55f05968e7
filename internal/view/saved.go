package view

import (
	"context"
	"strconv"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// countCap stands for "999+".
const countCap = 1000

// budget is how many rows of the list below one request looks at. What isn't
// found in them is searched for by the next one, so that the cost of a screen
// doesn't grow with the archive (I12).
const budget = 5000

// Bases are the lists that a saved view can narrow.
var Bases = []View{Owed, Mine, Unassigned, Waiting, Snoozed, Sent, Closed, Courtesy, Sort, Spam}

// narrowed is a list with a filter over it.
type narrowed struct {
	list   *listing
	filter Filter
}

// narrow puts a filter over a list; Invalid faults: base, filter and places in
// it.
func narrow(base View, f Filter) (narrowed, error) {
	list := listings[base]
	if list == nil || list.where == "" || base == Team {
		return narrowed{}, wrong("base", "This list can't be narrowed.")
	}
	return narrowed{list, f}, f.Check()
}

type spot struct {
	At time.Time `db:"at"`
	ID int64     `db:"id"`
}

// window is where the budget of a search ends; last says that the list does.
func (n narrowed) window(r look, from place) (end place, last bool, err error) {
	c := n.begin(r)
	text := `select c.` + n.list.column + ` as at, c.id from conversation c` + n.behind(c, from) + n.order() + ` limit 1 offset ` + c.add(fixed(budget-1))
	at, found, err := store.Maybe[spot](r.tx, store.Dynamic(text), c.values(r)...)
	switch {
	case err != nil:
		return place{}, false, err
	case found:
		return place{at.At.UnixMicro(), at.ID}, false, nil
	case n.list.newest:
		return beginning, true, nil
	default:
		return ending, true, nil
	}
}

// begin takes the arguments that the list's own condition names.
func (n narrowed) begin(r look) *compiler {
	c := &compiler{first: 1}
	c.add(fixed(r.by.Shop))
	if n.list.of == ofPerson {
		c.add(fixed(r.by.Person))
	}
	return c
}

func (n narrowed) at() string { return `(c.` + n.list.column + `, c.id)` }

func (n narrowed) behind(c *compiler, from place) string {
	than := ` > `
	if n.list.newest {
		than = ` < `
	}
	return n.list.where + ` and ` + n.at() + than + `(` + c.add(fixed(from.at)) + `, ` + c.add(fixed(from.id)) + `)`
}

// between is the part of the list behind a place and up to another, filtered.
func (n narrowed) between(c *compiler, from, end place) (string, error) {
	upTo := ` <= `
	if n.list.newest {
		upTo = ` >= `
	}
	text := n.behind(c, from)
	at, row := c.add(fixed(end.at)), c.add(fixed(end.id))
	text += ` and c.` + n.list.column + upTo + at + ` and ` + n.at() + upTo + `(` + at + `, ` + row + `)`
	now := argument(func(r look) any { return r.now })
	switch n.list.view {
	case Owed, Mine, Unassigned, Waiting:
		text += ` and (c.snoozed_until is null or c.snoozed_until <= ` + c.add(now) + `)`
	case Snoozed:
		text += ` and c.snoozed_until > ` + c.add(now)
	}
	if n.filter.empty() {
		return text, nil
	}
	condition, err := c.node(n.filter, "filter", 1)
	return text + ` and ` + condition, err
}

func (n narrowed) order() string {
	if n.list.newest {
		return ` order by c.` + n.list.column + ` desc, c.id desc`
	}
	return ` order by c.` + n.list.column + `, c.id`
}

// rows are those of a part of the list, at most limit of them.
func (n narrowed) rows(r look, from, end place, limit int) ([]conversation, error) {
	c := n.begin(r)
	where, err := n.between(c, from, end)
	if err != nil {
		return nil, err
	}
	text := conversationRow + where + n.order() + ` limit ` + c.add(fixed(limit))
	return store.All[conversation](r.tx, store.Dynamic(text), c.values(r)...)
}

// read reads a page of a narrowed list.
func (n narrowed) read(r look, name, cursor string) (found, error) {
	from, err := readCursor(name, cursor, n.list.newest)
	if err != nil {
		return found{}, err
	}
	end, last, err := n.window(r, from)
	if err != nil {
		return found{}, err
	}
	rows, err := n.rows(r, from, end, r.limit+1)
	if err != nil {
		return found{}, err
	}
	out := cut(rows, r.limit, func(c conversation) string { return n.list.placeOf(c).cursor(name) })
	if out.next == "" && !last {
		out.next, out.further = end.cursor(name), true
	}
	return out, nil
}

// counted counts the first window of a narrowed list, up to 1000.
func (n narrowed) counted(r look) (Counted, error) {
	from := beginning
	if n.list.newest {
		from = ending
	}
	end, last, err := n.window(r, from)
	if err != nil {
		return Counted{}, err
	}
	c := n.begin(r)
	where, err := n.between(c, from, end)
	if err != nil {
		return Counted{}, err
	}
	text := `select count(*) from (select 1 from conversation c` + where + ` limit ` + c.add(fixed(countCap)) + `) as capped`
	count, err := store.One[int](r.tx, store.Dynamic(text), c.values(r)...)
	return Counted{Count: count, More: !last && count < countCap}, err
}

// Counted is how many conversations a saved view holds; 1000 stands for "999+".
type Counted struct {
	Count int  `json:"count"`
	More  bool `json:"more,omitempty" doc:"There may be more: not all of the list was looked at"`
}

// saved reads a page of a view that somebody made.
func (r look) saved(v id.SavedView, cursor string) (found, error) {
	n, err := r.savedView(v)
	if err != nil {
		return found{}, err
	}
	return n.read(r, "saved"+strconv.FormatInt(int64(v), 10), cursor)
}

func (r look) savedView(v id.SavedView) (narrowed, error) {
	kept, err := team.ViewFor(r.tx, r.by, v)
	if err != nil {
		return narrowed{}, err
	}
	f, err := ParseFilter(kept.Filter)
	if err != nil {
		return narrowed{}, err
	}
	return narrow(View(kept.Base), f)
}

// Preview counts what a filter would let through, before it is saved.
func (l *Lists) Preview(ctx context.Context, by Actor, base View, f Filter) (out Counted, err error) {
	n, err := narrow(base, f)
	if err != nil {
		return out, err
	}
	err = l.DB.Read(ctx, func(tx *store.Tx) error {
		out, err = n.counted(look{tx: tx, by: by, now: l.Clock.Now()})
		return err
	})
	return out, failed("preview of a view", err)
}

// CheckView says whether a view can be kept.
func CheckView(base View, f Filter) error {
	_, err := narrow(base, f)
	if err == nil && f.empty() {
		err = fault.Wrong("filter", "A view needs at least one condition.")
	}
	return err
}
