package view

import (
	"encoding/json"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// What messages and promises show by themselves is told once, there. Of opened
// promises only a question passed to the lead is a deed of somebody.
var selectEvents = store.SQL(`
	select seq, at, kind, promise_id, delivery_id, person_id, data,
		coalesce((select k.name from api_key k where k.id = event.api_key_id), '') as api_key from event
	where conversation_id = $1 and seq < $2 and (kind in (
		'` + string(event.ConversationAssigned) + `', '` + string(event.ConversationSnoozed) + `', '` + string(event.ConversationClosed) + `',
		'` + string(event.ConversationReopened) + `', '` + string(event.ConversationMerged) + `', '` + string(event.TrayMoved) + `',
		'` + string(event.ConversationSplit) + `', '` + string(event.ConversationLinked) + `',
		'` + string(event.SenderBlocked) + `', '` + string(event.PromiseEnded) + `',
		'` + string(event.AskReminded) + `', '` + string(event.AskWithdrawn) + `', '` + string(event.ReadingAsked) + `',
		'` + string(event.ReadingApproved) + `', '` + string(event.ReadingReturned) + `', '` + string(event.ReadingWithdrawn) + `',
		'` + string(event.TextLeftOut) + `', '` + string(event.PromiseWaived) + `', '` + string(event.PromiseBroken) + `',
		'` + string(event.DeliveryFailed) + `', '` + string(event.DeliveryUncertain) + `', '` + string(event.DeliveryHeld) + `')
		or (kind = '` + string(event.PromiseOpened) + `' and data like '%"kind":"lead"%'))
	order by seq desc limit $3`)

type eventRow struct {
	Seq      int64       `db:"seq"`
	At       time.Time   `db:"at"`
	Kind     string      `db:"kind"`
	Promise  id.Promise  `db:"promise_id"`
	Delivery id.Delivery `db:"delivery_id"`
	Person   id.Person   `db:"person_id"`
	Data     string      `db:"data"`
	APIKey   string      `db:"api_key"` // its name; "" for a person

	facts map[string]any // Data, read
}

// to is the person that a conversation was given to.
func (e eventRow) to() id.Person {
	if n, ok := e.facts["to"].(float64); ok && (e.Kind == string(event.ConversationAssigned) || e.Kind == string(event.ReadingAsked)) {
		return id.Person(n)
	}
	return 0
}

// toTeam is the team that a conversation was given to.
func (e eventRow) toTeam() id.Team {
	if n, ok := e.facts["team"].(float64); ok && e.Kind == string(event.ConversationAssigned) {
		return id.Team(n)
	}
	return 0
}

type promiseWords struct {
	ID     id.Promise `db:"id"`
	Title  string     `db:"title"`
	Reason string     `db:"reason"`
}

type deliveryWords struct {
	ID     id.Delivery `db:"id"`
	Detail string      `db:"detail"`
}

// tellEvents adds to the facts of events, which carry no personal text, what
// the rows that they name say: who, why, what was asked.
func (r *reading) tellEvents(events []eventRow) ([]Entry, error) {
	for i := range events {
		events[i].facts = map[string]any{}
		_ = json.Unmarshal([]byte(events[i].Data), &events[i].facts) // what can't be read tells nothing
	}
	names, err := r.peopleOf(append(
		distinct(events, func(e eventRow) id.Person { return e.Person }),
		distinct(events, eventRow.to)...))
	if err != nil {
		return nil, err
	}
	teams, err := teamsOf(r.tx, distinct(events, eventRow.toTeam))
	if err != nil {
		return nil, err
	}
	promises, err := byIDs[promiseWords](r.tx, `select id, title, reason from promise where id in `,
		distinct(events, func(e eventRow) id.Promise { return e.Promise }), ``)
	if err != nil {
		return nil, err
	}
	deliveries, err := byIDs[deliveryWords](r.tx, `select id, detail from delivery where id in `,
		distinct(events, func(e eventRow) id.Delivery { return e.Delivery }), ``)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, 0, len(events))
	for _, e := range events {
		if to := e.to(); to != 0 {
			e.facts["to_name"] = names[to]
		}
		if name := teams[e.toTeam()]; name != "" {
			e.facts["team_name"] = name
		}
		for _, p := range promises {
			if p.ID == e.Promise {
				e.facts["title"], e.facts["reason"] = p.Title, p.Reason
			}
		}
		for _, d := range deliveries {
			if d.ID == e.Delivery {
				e.facts["detail"] = d.Detail
			}
		}
		told := Event{Kind: e.Kind, Data: e.facts}
		if name := names[e.Person]; e.APIKey != "" {
			name = "API: " + e.APIKey
			told.Person = &name
		} else if name != "" {
			told.Person = &name
		}
		entries = append(entries, Entry{Type: "event", At: e.At, Event: &told, order: e.Seq})
	}
	return entries, nil
}
