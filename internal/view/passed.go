package view

import (
	"context"
	"encoding/json"
	"time"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// PassedReason is one answer that left past a stop of the guard.
type PassedReason struct {
	Delivery     id.Delivery     `json:"delivery"`
	Message      id.Message      `json:"message"`
	Conversation ConversationRef `json:"conversation"`
	Person       *Ref            `json:"person" doc:"Who sent it"`
	At           time.Time       `json:"at"`
	Passed       Passed          `json:"passed"`
}

// passedShown is how far back the list goes.
const passedShown = 30 * 24 * time.Hour

// What was called back was never said.
var selectPassed = store.SQL(`
	select d.id, d.message_id, d.conversation_id, d.created_at, d.passed_rules, d.pass_reason, c.subject, m.person_id
	from delivery d join message m on m.id = d.message_id join conversation c on c.id = d.conversation_id
	where d.shop_id = $1 and d.id < $2 and d.created_at >= $3 and d.pass_reason <> '' and d.state <> 'undone'
	order by d.id desc limit $4`)

type passedRow struct {
	ID           id.Delivery     `db:"id"`
	Message      id.Message      `db:"message_id"`
	Conversation id.Conversation `db:"conversation_id"`
	CreatedAt    time.Time       `db:"created_at"`
	Rules        string          `db:"passed_rules"`
	Reason       string          `db:"pass_reason"`
	Subject      string          `db:"subject"`
	Person       id.Person       `db:"person_id"`
}

// PassedReasons reads a page of why stops of the guard were passed in the last
// 30 days, newest first. Invalid faults: cursor.
func (l *Lists) PassedReasons(ctx context.Context, shop id.Shop, cursor string, limit int) (Page[PassedReason], error) {
	page := Page[PassedReason]{Items: []PassedReason{}}
	from, err := readCursor("passed", cursor, true)
	if err != nil {
		return page, err
	}
	limit = bounded(limit)
	since := l.Clock.Now().Add(-passedShown)
	err = l.DB.Read(ctx, func(tx *store.Tx) error {
		at, err := event.Position(tx)
		if err != nil {
			return err
		}
		page.Position = at.String()
		rows, err := store.All[passedRow](tx, selectPassed, shop, from.id, since, limit+1)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			page.Next = place{0, int64(rows[limit-1].ID)}.cursor("passed")
		}
		names, err := peopleOf(tx, distinct(rows, func(r passedRow) id.Person { return r.Person }))
		for _, r := range rows {
			page.Items = append(page.Items, PassedReason{
				Delivery: r.ID, Message: r.Message, At: r.CreatedAt, Person: names.ref(r.Person),
				Conversation: ConversationRef{ID: r.Conversation, Number: int64(r.Conversation), Subject: r.Subject},
				Passed:       *passedOf(delivery.Delivery{PassedRules: r.Rules, PassReason: r.Reason}),
			})
		}
		return err
	})
	return page, failed("passed reasons", err)
}

func passedOf(d delivery.Delivery) *Passed {
	p := &Passed{Rules: []string{}, Reason: d.PassReason}
	_ = json.Unmarshal([]byte(d.PassedRules), &p.Rules) // what can't be read names none
	return p
}
