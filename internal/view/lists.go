package view

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
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

	counts counted
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
	Waiting    View = "waiting"    // the customer writes next: newest message first
	Snoozed    View = "snoozed"    // out of sight for a while: who wakes first
	Closed     View = "closed"     // nothing is owed: newest message first
	Courtesy   View = "courtesy"   // "thank you": newest message first
	Sort       View = "sort"       // mail that no customer wrote: newest first
	Spam       View = "spam"       // newest first
)

const (
	conversationRow = `select id, customer_id, channel, subject, snippet, tray, assignee_id, snoozed_until, next_due_at, near_at,
		next_kind, holding, law, reminders, team_id, priority, angry, reason_id, tags, last_message_at, last_message_id, last_in_id from conversation `
	// What a snooze hides comes back by the clock alone, sweeper or not.
	awake = ` and (snoozed_until is null or snoozed_until <= $5)`
	owed  = ` where shop_id = $1 and next_due_at is not null and tray = 'main'`
)

// listing is one list: its statement, and which column its cursor holds.
// Arguments: the shop, the cursor's instant and id, the limit, then the time
// where the list depends on it, then the person.
type listing struct {
	page         store.Statement
	newest       bool // newest first
	byTime, mine bool
	key          func(conversation) time.Time
}

func byDue(c conversation) time.Time     { return c.NextDueAt }
func byMessage(c conversation) time.Time { return c.LastMessageAt }
func byWaking(c conversation) time.Time  { return c.SnoozedUntil }

const newestFirst = ` and (last_message_at, id) < ($2, $3) order by last_message_at desc, id desc limit $4`

var listings = map[View]listing{
	Owed: {key: byDue, byTime: true, page: store.SQL(conversationRow + owed + awake + `
		and (next_due_at, id) > ($2, $3) order by next_due_at, id limit $4`)},
	Mine: {key: byDue, byTime: true, mine: true, page: store.SQL(conversationRow + owed + awake + `
		and assignee_id = $6 and (next_due_at, id) > ($2, $3) order by next_due_at, id limit $4`)},
	// PostgreSQL takes "is null" for no constant, so the order names the column.
	Unassigned: {key: byDue, byTime: true, page: store.SQL(conversationRow + owed + awake + `
		and assignee_id is null and (next_due_at, id) > ($2, $3) order by assignee_id, next_due_at, id limit $4`)},
	Snoozed: {key: byWaking, byTime: true, page: store.SQL(conversationRow + `
		where shop_id = $1 and snoozed_until is not null and snoozed_until > $5
		and (snoozed_until, id) > ($2, $3) order by snoozed_until, id limit $4`)},
	Waiting: {key: byMessage, newest: true, page: store.SQL(conversationRow + `
		where shop_id = $1 and state = 'waiting' and tray = 'main'` + newestFirst)},
	Closed: {key: byMessage, newest: true, page: store.SQL(conversationRow + `
		where shop_id = $1 and state = 'closed' and tray <> 'spam' and merged_into is null` + newestFirst)},
	Courtesy: {key: byMessage, newest: true, page: trayPage("courtesy")},
	Sort:     {key: byMessage, newest: true, page: trayPage("sort")},
	Spam: {key: byMessage, newest: true, page: store.SQL(conversationRow + `
		where shop_id = $1 and tray = 'spam'` + newestFirst)},
}

// trayPage says "not the main tray" in the words of the index besides: SQLite
// doesn't conclude it.
func trayPage(tray string) store.Statement {
	return store.SQL(conversationRow + `
		where shop_id = $1 and tray = '` + tray + `' and state <> 'closed' and tray <> 'main'` + newestFirst)
}

// Conversations reads a page of a list as person sees it. A cursor comes from
// the page before, "" for the first; limit 0 is 50, more than 200 is 200.
// Invalid faults: view, cursor.
func (l *Lists) Conversations(ctx context.Context, shop id.Shop, person id.Person, v View, cursor string, limit int) (Page[Row], error) {
	list, ok := listings[v]
	if !ok {
		return Page[Row]{}, wrong("view", "There is no such list.")
	}
	from, err := readCursor(string(v), cursor, list.newest)
	if err != nil {
		return Page[Row]{}, err
	}
	limit = bounded(limit)
	now := l.Clock.Now()
	page := Page[Row]{Items: []Row{}}
	err = l.DB.Read(ctx, func(tx *store.Tx) error {
		at, err := event.Position(tx)
		if err != nil {
			return err
		}
		page.Position = at.String()
		found, err := store.All[conversation](tx, list.page, list.args(shop, person, from, limit+1, now)...)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found = found[:limit]
			last := found[limit-1]
			page.Next = place{list.key(last).UnixMicro(), int64(last.ID)}.cursor(string(v))
		}
		page.Items, err = rowsOf(tx, person, found, now)
		return err
	})
	return page, failed("list of conversations", err)
}

func (li listing) args(shop id.Shop, person id.Person, from place, limit int, now time.Time) []any {
	args := []any{shop, from.at, from.id, limit}
	if li.byTime {
		args = append(args, now)
	}
	if li.mine {
		args = append(args, person)
	}
	return args
}
