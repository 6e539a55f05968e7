package view

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Config is what the readers stand on.
type Config struct {
	DB    *store.DB
	Clock clock.Clock
	Team  *team.Service // tells who is in charge while somebody is away
	Blobs blob.Store    // first lines of mail in quarantine; nil leaves them out
	// LogoURL is where the app finds a shop's logo.
	LogoURL func(id.Shop) string
}

// Lists reads the desk's screens. It is safe for use by many goroutines.
type Lists struct {
	Config

	counts  counted
	besides besides
	pages   pages
	houses  houses
}

// New makes the readers.
func New(c Config) *Lists { return &Lists{Config: c} }

// Actor is who looks, in which shop.
type Actor = team.Actor

// View names a list of conversations.
type View string

// The lists, with what each is ordered by.
const (
	Owed       View = "owed"       // in the main tray and owed something: by due time
	Mine       View = "mine"       // of these, those in the person's charge
	Unassigned View = "unassigned" // of these, those in nobody's charge
	Team       View = "team"       // of these, those of a team, or of the person's teams
	Waiting    View = "waiting"    // the customer writes next: newest message first
	Snoozed    View = "snoozed"    // out of sight for a while: who wakes first
	Scheduled  View = "scheduled"  // an answer leaves later: the next to leave first
	Sent       View = "sent"       // answered: newest answer first
	Closed     View = "closed"     // nothing is owed: newest message first
	Tagged     View = "tag"        // with one tag, owed or not: newest message first
	Courtesy   View = "courtesy"   // "thank you": newest message first
	Sort       View = "sort"       // mail that no customer wrote: newest first
	Spam       View = "spam"       // newest first
	ToRead     View = "to_read"    // with a draft that the person is asked to read: by due time
	Saved      View = "saved"      // one that a person made
)

// Order is what the owed lists are ordered by.
type Order string

// The orders.
const (
	ByDue  Order = "due"  // what is due first
	ByRank Order = "rank" // of a Monday: law, anger, reminded, then what is due first
)

// Asked is a list as somebody asks for it.
type Asked struct {
	View   View
	Order  Order        // of the owed lists; "" is ByDue
	Team   id.Team      // of Team; 0 is those that the person is in
	Tag    id.Tag       // of Tagged; of Owed, those with it
	Saved  id.SavedView // of Saved
	Cursor string       // from the page before, "" for the first
	Limit  int          // 0 is 50, more than 200 is 200
}

// Conversations reads a page of a list as somebody sees it. Invalid faults:
// view, order, cursor.
func (l *Lists) Conversations(ctx context.Context, by Actor, a Asked) (Page[Row], error) {
	now := l.Clock.Now()
	page := Page[Row]{Items: []Row{}}
	err := l.DB.Read(ctx, func(tx *store.Tx) error {
		kept, err := l.page(tx, by, a, now)
		if err != nil {
			return err
		}
		page.Position, page.Next, page.Further = kept.seen.Position.String(), kept.next, kept.further
		seen, err := seenBy(tx, by.Person, kept.rows)
		page.Items = rowsOf(kept.rows, kept.around, seen, now)
		return err
	})
	return page, failed("list of conversations", err)
}

// found is a page before it is dressed.
type found struct {
	rows    []conversation
	next    string
	further bool // the search stopped by its budget, not by a full page
}

func findPage(tx *store.Tx, by Actor, a Asked, now time.Time) (found, error) {
	r := look{tx: tx, by: by, now: now, limit: bounded(a.Limit), team: a.Team, tag: a.Tag}
	switch {
	case a.View == Saved:
		return r.saved(a.Saved, a.Cursor)
	case a.View == Team && a.Team == 0:
		return r.myTeams(a)
	case a.View == Owed && a.Tag != 0:
		return r.plain(owedWithTag, a.Cursor)
	}
	list, ok := listings[a.View]
	if !ok {
		return found{}, wrong("view", "There is no such list.")
	}
	if a.Order == ByRank && list.byRank != nil {
		return r.ranked(list, a.Cursor)
	}
	return r.plain(list, a.Cursor)
}

// look is one look at a list.
type look struct {
	tx    *store.Tx
	by    Actor
	now   time.Time
	limit int
	team  id.Team
	tag   id.Tag
}

// plain reads a page of a list in its own order.
func (r look) plain(list *listing, cursor string) (found, error) {
	name := r.nameOf(list)
	from, err := readCursor(name, cursor, list.newest)
	if err != nil {
		return found{}, err
	}
	rows, err := store.All[conversation](r.tx, list.page, r.args(list, from, r.limit+1)...)
	if err != nil {
		return found{}, err
	}
	return cut(rows, r.limit, func(last conversation) string { return list.placeOf(last).cursor(name) }), nil
}

// cut ends a page of which one row too many was read.
func cut(rows []conversation, limit int, cursorAfter func(conversation) string) found {
	if len(rows) <= limit {
		return found{rows: rows}
	}
	rows = rows[:limit]
	return found{rows: rows, next: cursorAfter(rows[limit-1])}
}

// nameOf tells the cursors of two teams or two tags apart.
func (r look) nameOf(list *listing) string {
	switch list.of {
	case ofTeam:
		return string(list.view) + r.team.String()
	case ofTag:
		return string(list.view) + "#" + r.tag.String()
	default:
		return string(list.view)
	}
}

func (r look) args(list *listing, from place, limit int) []any {
	args := []any{r.by.Shop, from.at, from.id, limit}
	if list.byTime {
		args = append(args, r.now)
	}
	switch list.of {
	case ofPerson:
		args = append(args, r.by.Person)
	case ofTeam:
		args = append(args, r.team)
	case ofTag:
		args = append(args, r.tag)
	}
	return args
}
