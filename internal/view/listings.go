package view

import (
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/store"
)

const (
	conversationColumns = `c.id, c.customer_id, c.channel, c.subject, c.snippet, c.tray, c.assignee_id, c.team_id, c.priority, c.angry, c.reason_id, c.tags, c.rank,
		c.snoozed_until, c.next_due_at, c.near_at, c.next_kind, c.holding, c.law, c.reminders,
		c.last_message_at, c.last_message_id, c.last_in_id, c.last_out_at`
	conversationRow = `select ` + conversationColumns + ` from conversation c`
	// What a snooze hides comes back by the clock alone, sweeper or not.
	awake   = ` and (c.snoozed_until is null or c.snoozed_until <= $5)`
	isOwed  = ` where c.shop_id = $1 and c.next_due_at is not null and c.tray = 'main'`
	owed    = ` where shop_id = $1 and next_due_at is not null and tray = 'main'`
	dueNext = ` and (c.next_due_at, c.id) > ($2, $3) order by c.next_due_at, c.id limit $4`

	newestFirst = ` and (c.last_message_at, c.id) < ($2, $3) order by c.last_message_at desc, c.id desc limit $4`
)

// whose says which argument a list has besides the common ones.
type whose int

const (
	ofAll whose = iota
	ofPerson
	ofTeam
	ofTag
)

// listing is one list: its statement, and which column its cursor holds.
// Arguments: the shop, the cursor's instant and id, the limit, then the time
// where the list depends on it, then whose it is, then the rank.
type listing struct {
	view   View
	page   store.Statement
	byRank *store.Statement // the same list, one rank of it
	of     whose
	newest bool // newest first
	byTime bool
	key    func(conversation) time.Time

	// Where the list is, for a saved view that narrows it: the condition of
	// its index over conversation c (arguments: the shop, then whose it is), and
	// the column that it is ordered by.
	where, column string
}

func (li *listing) placeOf(c conversation) place {
	if c.PlaceID != 0 { // of a list over other rows
		return place{c.PlaceAt.UnixMicro(), c.PlaceID}
	}
	return place{li.key(c).UnixMicro(), int64(c.ID)}
}

func byDue(c conversation) time.Time     { return c.NextDueAt }
func byMessage(c conversation) time.Time { return c.LastMessageAt }
func byWaking(c conversation) time.Time  { return c.SnoozedUntil }
func byAnswer(c conversation) time.Time  { return c.LastOutAt }

// owing is a list of what is owed. PostgreSQL takes "is null" for no constant,
// so the order names the column there.
func owing(v View, of whose, condition, order string) *listing {
	if order != "" {
		order += ", "
	}
	page := store.SQL(conversationRow + isOwed + awake + condition +
		` and (c.next_due_at, c.id) > ($2, $3) order by ` + order + `c.next_due_at, c.id limit $4`)
	rank := `$6`
	if of != ofAll {
		rank = `$7`
	}
	ranked := store.SQL(conversationRow + isOwed + awake + condition + ` and c.rank = ` + rank + `
		and (c.next_due_at, c.id) > ($2, $3) order by ` + order + `c.next_due_at, c.id limit $4`)
	return &listing{
		view: v, page: page, byRank: &ranked, of: of, byTime: true, key: byDue,
		where: isOwed + strings.ReplaceAll(condition, "$6", "$2"), column: "next_due_at",
	}
}

// newest is a list by the newest message.
func newest(v View, condition string) *listing {
	where := ` where c.shop_id = $1` + condition
	return &listing{view: v, page: store.SQL(conversationRow + where + newestFirst), newest: true, key: byMessage, where: where, column: "last_message_at"}
}

// waiting leaves out what is snoozed, which stands in a list of its own.
func waiting() *listing {
	li := newest(Waiting, ` and c.state = 'waiting' and c.tray = 'main'`)
	li.page, li.byTime = store.SQL(conversationRow+li.where+awake+newestFirst), true
	return li
}

// inTray says "not the main tray" in the words of the index besides: SQLite
// doesn't conclude it.
func inTray(tray View) *listing {
	return newest(tray, ` and c.tray = '`+string(tray)+`' and c.state <> 'closed' and c.tray <> 'main'`)
}

var listings = map[View]*listing{
	Owed:       owing(Owed, ofAll, ``, ``),
	Mine:       owing(Mine, ofPerson, ` and c.assignee_id = $6`, ``),
	Unassigned: owing(Unassigned, ofAll, ` and c.assignee_id is null`, `c.assignee_id`),
	Team:       owing(Team, ofTeam, ` and c.team_id = $6`, ``),
	ToRead: {
		view: ToRead, key: byDue, of: ofPerson, where: ` where c.shop_id = $1 and c.reader_id is not null and c.reader_id = $2`, column: "next_due_at",
		page: store.SQL(conversationRow + ` where c.shop_id = $1 and c.reader_id = $5 and c.reader_id is not null and c.next_due_at is not null
			and (c.next_due_at, c.id) > ($2, $3) order by c.next_due_at, c.id limit $4`),
	},
	Snoozed: {
		view: Snoozed, key: byWaking, byTime: true, where: ` where c.shop_id = $1 and c.snoozed_until is not null`, column: "snoozed_until",
		page: store.SQL(conversationRow + ` where c.shop_id = $1 and c.snoozed_until is not null and c.snoozed_until > $5
			and (c.snoozed_until, c.id) > ($2, $3) order by c.snoozed_until, c.id limit $4`),
	},
	Scheduled: {
		view: Scheduled,
		page: store.SQL(`select d.not_before as place_at, d.id as place_id, ` + conversationColumns + `
			from delivery d cross join conversation c
			where d.shop_id = $1 and d.scheduled and d.state = 'queued' and c.id = d.conversation_id
			and (d.not_before, d.id) > ($2, $3) order by d.not_before, d.id limit $4`),
	},
	Sent: {
		view: Sent, newest: true, key: byAnswer, column: "last_out_at",
		where: ` where c.shop_id = $1 and c.last_out_at is not null and c.merged_into is null`,
		page: store.SQL(conversationRow + ` where c.shop_id = $1 and c.last_out_at is not null and c.merged_into is null
			and (c.last_out_at, c.id) < ($2, $3) order by c.last_out_at desc, c.id desc limit $4`),
	},
	Tagged: {
		view: Tagged, newest: true, of: ofTag, key: byMessage,
		page: store.SQL(`select ` + conversationColumns + ` from conversation_tag t cross join conversation c
			where t.tag_id = $5 and c.id = t.conversation_id and c.shop_id = $1 and c.merged_into is null
			and (t.last_message_at, t.conversation_id) < ($2, $3) order by t.last_message_at desc, t.conversation_id desc limit $4`),
	},
	Waiting:  waiting(),
	Closed:   newest(Closed, ` and c.state = 'closed' and c.tray <> 'spam' and c.merged_into is null`),
	Courtesy: inTray(Courtesy),
	Sort:     inTray(Sort),
	Spam:     newest(Spam, ` and c.tray = 'spam'`),
}

// owedWithTag is what is owed with one tag, by the columns that the tag keeps
// of it. Only trays and snoozes are asked of the conversation itself.
var owedWithTag = &listing{
	view: Owed, of: ofTag, byTime: true, key: byDue,
	page: store.SQL(`select ` + conversationColumns + ` from conversation_tag t cross join conversation c
		where t.tag_id = $6 and t.next_due_at is not null and c.id = t.conversation_id and c.shop_id = $1 and c.tray = 'main'` + awake + `
		and (t.next_due_at, t.conversation_id) > ($2, $3) order by t.next_due_at, t.conversation_id limit $4`),
}
