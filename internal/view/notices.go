package view

import (
	"context"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Notice is one entry of what is there for a person to see.
type Notice struct {
	ID           id.Notice       `json:"id"`
	Kind         string          `json:"kind" enum:"mention,message,note,ask_answered,ask_late,ask_failed,reading_asked,reading_returned,reading_sent,rule_demoted,rule_doubted"`
	Conversation id.Conversation `json:"conversation"`
	Subject      string          `json:"subject"`
	Customer     string          `json:"customer"`
	By           *Ref            `json:"by" doc:"Who wrote, of us or inside; null for the customer"`
	Snippet      string          `json:"snippet"`
	Rule         *RuleTold       `json:"rule" doc:"Of rule_demoted and rule_doubted; else null"`
	At           time.Time       `json:"at"`
	Seen         bool            `json:"seen"`
}

// RuleTold is what leads are told of a rule of the guard.
type RuleTold struct {
	Name    string `json:"name"`
	Wrong   int    `json:"wrong" doc:"False alarms, as a lead judged them"`
	Firings int    `json:"firings"`
}

// Notices is a part of them, the newest first, with how many are unseen.
type Notices struct {
	Page[Notice]

	Unseen int `json:"unseen" doc:"1000 stands for 999+"`
}

type noticeRow struct {
	ID           id.Notice       `db:"id"`
	Kind         string          `db:"kind"`
	Conversation id.Conversation `db:"conversation_id"`
	Message      id.Message      `db:"message_id"`
	About        string          `db:"about"`
	At           time.Time       `db:"at"`
	Seen         bool            `db:"seen"`
}

type saidRow struct {
	ID     id.Message `db:"id"`
	Person id.Person  `db:"person_id"`
	From   string     `db:"from_name"`
	Kind   string     `db:"kind"`
	Body   string     `db:"body"`
}

var (
	selectNotices = store.SQL(`
		select id, kind, conversation_id, message_id, about, at, seen from notice
		where person_id = $1 and shop_id = $2 and (at, id) < ($3, $4) order by at desc, id desc limit $5`)
	selectUnseen = store.SQL(`
		select id, kind, conversation_id, message_id, about, at, seen from notice
		where person_id = $1 and shop_id = $2 and seen = false and (at, id) < ($3, $4) order by at desc, id desc limit $5`)
	countUnseen = store.SQL(`select count(*) from (select 1 from notice where person_id = $1 and shop_id = $2 and seen = false limit 1000) few`)
)

// NoticesAsked says which part of the notices is wanted.
type NoticesAsked struct {
	Cursor string
	Limit  int
	Unseen bool // only what was not seen yet
}

// Notices reads what is there for the actor, the newest first. Invalid faults:
// cursor.
func (l *Lists) Notices(ctx context.Context, by Actor, asked NoticesAsked) (Notices, error) {
	out := Notices{Page: Page[Notice]{Items: []Notice{}}}
	from, err := readCursor("notices", asked.Cursor, true)
	if err != nil {
		return out, err
	}
	limit, which := bounded(asked.Limit), selectNotices
	if asked.Unseen {
		which = selectUnseen
	}
	err = l.DB.Read(ctx, func(tx *store.Tx) error {
		at, err := event.Position(tx)
		if err != nil {
			return err
		}
		out.Position = at.String()
		if out.Unseen, err = store.One[int](tx, countUnseen, by.Person, by.Shop); err != nil {
			return err
		}
		rows, err := store.All[noticeRow](tx, which, by.Person, by.Shop, from.at, from.id, limit+1)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			last := rows[limit-1]
			out.Next = place{last.At.UnixMicro(), int64(last.ID)}.cursor("notices")
		}
		out.Items, err = noticesOf(tx, rows)
		return err
	})
	return out, failed("notices", err)
}

func noticesOf(tx *store.Tx, rows []noticeRow) ([]Notice, error) {
	convs, err := byIDs[conversation](tx, `select id, customer_id, subject from conversation where id in `,
		distinct(rows, func(n noticeRow) id.Conversation { return n.Conversation }), ``)
	if err != nil {
		return nil, err
	}
	names, err := customersOf(tx, distinct(convs, func(c conversation) id.Customer { return c.Customer }))
	if err != nil {
		return nil, err
	}
	said, err := byIDs[saidRow](tx, `select id, person_id, from_name, kind, body from message where id in `,
		distinct(rows, func(n noticeRow) id.Message { return n.Message }), ``)
	if err != nil {
		return nil, err
	}
	people, err := peopleOf(tx, distinct(said, func(s saidRow) id.Person { return s.Person }))
	if err != nil {
		return nil, err
	}
	out := make([]Notice, 0, len(rows))
	for _, n := range rows {
		shown := Notice{ID: n.ID, Kind: n.Kind, Conversation: n.Conversation, At: n.At, Seen: n.Seen}
		if n.About != "" {
			shown.Rule = &RuleTold{}
			_, _ = fmt.Sscan(n.About, &shown.Rule.Name, &shown.Rule.Wrong, &shown.Rule.Firings) // what can't be read names none
		}
		for _, c := range convs {
			if c.ID == n.Conversation {
				shown.Subject, shown.Customer = c.Subject, names[c.Customer].Name
			}
		}
		for _, s := range said {
			if s.ID == n.Message {
				shown.By, shown.Snippet = people.ref(s.Person), desk.Snippet(s.Body)
				if s.Kind == string(desk.KindAskAnswer) {
					shown.By = &Ref{Name: s.From}
				}
			}
		}
		out = append(out, shown)
	}
	return out, nil
}
