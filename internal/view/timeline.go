package view

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// timelinePart is how many entries a part of a timeline has, unless messages
// came in so late that their order by arrival and by id differ: then more, up
// to twice as many, so that none falls between two parts.
const timelinePart = 200

// bound says which entries come next: messages and events below these.
type bound struct {
	message id.Message
	event   int64
}

var newestEntries = bound{math.MaxInt64, math.MaxInt64}

func readOlder(cursor string) (bound, error) {
	p, err := readCursor("timeline", cursor, true)
	return bound{id.Message(p.at), p.id}, err
}

func (b bound) cursor() string { return place{int64(b.message), b.event}.cursor("timeline") }

var selectMessages = store.SQL(`
	select id, direction, kind, channel, person_id, from_name, from_address, recipients, subject, body,
		case when direction = 'note' then html else '' end as html, quote <> '' as has_quote,
		(has_html or html <> '') as has_html, rich, language, arrived_at
	from message where conversation_id = $1 and id < $2 and direction <> 'none' order by id desc limit $3`) // a mark is told by its event

type messageRow struct {
	ID          id.Message `db:"id"`
	Direction   string     `db:"direction"`
	Kind        string     `db:"kind"`
	Channel     string     `db:"channel"`
	Person      id.Person  `db:"person_id"`
	FromName    string     `db:"from_name"`
	FromAddress string     `db:"from_address"`
	Recipients  string     `db:"recipients"`
	Subject     string     `db:"subject"`
	Body        string     `db:"body"`
	HTML        string     `db:"html"`
	HasQuote    bool       `db:"has_quote"`
	HasHTML     bool       `db:"has_html"`
	Rich        bool       `db:"rich"`
	Language    string     `db:"language"`
	ArrivedAt   time.Time  `db:"arrived_at"`
}

// isCustomersMail as selectNewestMail has it.
func (m messageRow) isCustomersMail() bool { return m.Direction == "in" && m.Kind == "customer" }

// timeline reads the newest entries below a bound, oldest first.
func (r *reading) timeline(below bound) (Timeline, error) {
	messages, err := store.All[messageRow](r.tx, selectMessages, r.conv.ID, below.message, timelinePart+1)
	if err != nil {
		return Timeline{}, err
	}
	if i := slices.IndexFunc(messages, messageRow.isCustomersMail); i >= 0 && below == newestEntries {
		r.newestMail = &mailRow{messages[i].FromName, messages[i].FromAddress, messages[i].Recipients}
	}
	events, err := store.All[eventRow](r.tx, selectEvents, r.conv.ID, below.event, timelinePart+1)
	if err != nil {
		return Timeline{}, err
	}
	messages, events, next := part(messages, events, below)
	out := Timeline{Entries: []Entry{}}
	if next != below {
		out.Older = next.cursor()
	}
	told, err := r.tellMessages(messages)
	if err != nil {
		return out, err
	}
	done, err := r.tellEvents(events)
	if err != nil {
		return out, err
	}
	out.Entries = append(append(out.Entries, told...), done...)
	slices.SortStableFunc(out.Entries, func(a, b Entry) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.order, b.order))
	})
	return out, nil
}

// part keeps the newest entries by time, and says below which messages and
// events the next part begins: below itself when nothing is left.
func part(messages []messageRow, events []eventRow, below bound) (m []messageRow, e []eventRow, next bound) {
	if len(messages)+len(events) <= timelinePart {
		return messages, events, below
	}
	type mark struct {
		at time.Time
		m  id.Message
		e  int64
	}
	var all []mark
	for _, m := range messages {
		all = append(all, mark{m.ArrivedAt, m.ID, math.MaxInt64})
	}
	for _, e := range events {
		all = append(all, mark{e.At, math.MaxInt64, e.Seq})
	}
	slices.SortStableFunc(all, func(a, b mark) int { return b.at.Compare(a.at) })
	next = below
	for _, a := range all[:timelinePart] {
		next.message, next.event = min(next.message, a.m), min(next.event, a.e)
	}
	m = slices.DeleteFunc(messages, func(m messageRow) bool { return m.ID < next.message })
	e = slices.DeleteFunc(events, func(e eventRow) bool { return e.Seq < next.event })
	if len(m)+len(e) == len(all) && len(messages) <= timelinePart && len(events) <= timelinePart {
		next = below // all of it was kept after all
	}
	return m, e, next
}
