package view

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Row is a conversation in a list.
type Row struct {
	ID            id.Conversation `json:"id"`
	Number        int64           `json:"number" doc:"What people call the conversation by"`
	Subject       string          `json:"subject"`
	Snippet       string          `json:"snippet" doc:"First visible words of the newest message"`
	Customer      RowCustomer     `json:"customer"`
	Channel       string          `json:"channel" enum:"mail,phone,counter,letter,form"`
	DueAt         *time.Time      `json:"due_at" doc:"When the first of what is owed is due; null when nothing is"`
	NearAt        *time.Time      `json:"near_at" doc:"When its due time comes near"`
	State         string          `json:"state" enum:"open,near,broken,none" doc:"Of what is owed, at the time of reading"`
	PromiseKind   promise.Kind    `json:"promise_kind" doc:"What is due first; empty when nothing is"`
	Reminders     int             `json:"reminders" doc:"How often the customer asked again"`
	Assignee      *Ref            `json:"assignee"`
	Team          *TeamRef        `json:"team"`
	Priority      int             `json:"priority" doc:"1 before others, -1 can wait"`
	Angry         bool            `json:"angry" doc:"The customer, in words that wait for an answer"`
	Reason        *ReasonRef      `json:"reason"`
	Tags          []TagRef        `json:"tags" nullable:"false"`
	LastMessageAt time.Time       `json:"last_message_at"`
	LastOutAt     *time.Time      `json:"last_out_at" doc:"Our last answer"`
	SendsAt       *time.Time      `json:"sends_at" doc:"In the list of scheduled answers: when this one leaves"`
	SnoozedUntil  *time.Time      `json:"snoozed_until"`
	UnreadByMe    bool            `json:"unread_by_me"`
	HasDraft      bool            `json:"has_draft"`
	Law           bool            `json:"law" doc:"Something that is owed has its basis in law"`
	Holding       bool            `json:"holding" doc:"A holding answer was given"`
	Tray          string          `json:"tray" enum:"main,courtesy,sort,spam"`
}

// RowCustomer is who a conversation is with; id 0 when nobody is known.
type RowCustomer struct {
	ID      id.Customer `json:"id"`
	Name    string      `json:"name"`
	Address string      `json:"address" doc:"Mail address, else phone number"`
}

// Ref names a person.
type Ref struct {
	ID   id.Person `json:"id"`
	Name string    `json:"name"`
}

// conversation is what a list reads of one.
type conversation struct {
	ID            id.Conversation `db:"id"`
	Customer      id.Customer     `db:"customer_id"`
	Channel       string          `db:"channel"`
	Subject       string          `db:"subject"`
	Snippet       string          `db:"snippet"`
	Tray          string          `db:"tray"`
	Assignee      id.Person       `db:"assignee_id"`
	Team          id.Team         `db:"team_id"`
	Priority      int             `db:"priority"`
	Angry         bool            `db:"angry"`
	Reason        id.Reason       `db:"reason_id"`
	Tags          int             `db:"tags"`
	Rank          int             `db:"rank"`
	SnoozedUntil  time.Time       `db:"snoozed_until"`
	NextDueAt     time.Time       `db:"next_due_at"`
	NearAt        time.Time       `db:"near_at"`
	NextKind      promise.Kind    `db:"next_kind"`
	Holding       bool            `db:"holding"`
	Law           bool            `db:"law"`
	Reminders     int             `db:"reminders"`
	LastMessageAt time.Time       `db:"last_message_at"`
	LastMessage   id.Message      `db:"last_message_id"`
	LastIn        id.Message      `db:"last_in_id"`
	LastOutAt     time.Time       `db:"last_out_at"`
	// The place in a list over other rows than conversations.
	PlaceAt time.Time `db:"place_at"`
	PlaceID int64     `db:"place_id"`
}

// newest is the newest message that its reader should have seen: the
// customer's, where one wrote.
func (c conversation) newest() id.Message {
	if c.LastIn != 0 {
		return c.LastIn
	}
	return c.LastMessage
}

// rowsOf dresses a page with what other tables know of it.
func rowsOf(page []conversation, around around, seen map[id.Conversation]id.Message, now time.Time) []Row {
	rows := make([]Row, 0, len(page))
	for _, c := range page {
		who := around.customers[c.Customer]
		rows = append(rows, Row{
			ID: c.ID, Number: int64(c.ID), Subject: c.Subject, Snippet: c.Snippet,
			Customer: RowCustomer{ID: c.Customer, Name: who.Name, Address: who.Address}, Channel: c.Channel,
			DueAt: orNull(c.NextDueAt), NearAt: orNull(c.NearAt), State: dueState(c.NextDueAt, c.NearAt, now), PromiseKind: c.NextKind,
			Reminders: c.Reminders, Assignee: around.people.ref(c.Assignee), LastMessageAt: c.LastMessageAt,
			SnoozedUntil: orNull(c.SnoozedUntil), UnreadByMe: seen[c.ID] < c.newest(), HasDraft: around.drafts[c.ID],
			Law: c.Law, Holding: c.Holding, Tray: c.Tray, Team: around.labels.team(c.Team), Priority: c.Priority, Angry: c.Angry,
			Reason: around.labels.reason(c.Reason), Tags: around.labels.tagsOf(c.ID),
			LastOutAt: orNull(c.LastOutAt), SendsAt: orNull(c.PlaceAt),
		})
	}
	return rows
}

// dressed are conversations found by other ways than a list, as its rows.
func dressed(tx *store.Tx, person id.Person, found []conversation, now time.Time) ([]Row, error) {
	around, err := aroundOf(tx, found)
	if err != nil {
		return nil, err
	}
	seen, err := seenBy(tx, person, found)
	return rowsOf(found, around, seen, now), err
}

// dueState tells how a due time stands at an instant, whether the sweeper has
// said so yet or not.
func dueState(due, near, now time.Time) string {
	switch {
	case due.IsZero():
		return "none"
	case due.Before(now):
		return "broken"
	case !near.IsZero() && !near.After(now):
		return "near"
	default:
		return "open"
	}
}

// around is what stands beside a page of conversations.
type around struct {
	customers map[id.Customer]known
	people    people
	drafts    map[id.Conversation]bool
	labels    labels
}

type known struct {
	ID      id.Customer `db:"id"`
	Name    string      `db:"name"`
	Address string      `db:"address"`
}

type seenRow struct {
	Conversation id.Conversation `db:"conversation_id"`
	Through      id.Message      `db:"through"`
}

func aroundOf(tx *store.Tx, page []conversation) (a around, err error) {
	if a.customers, err = customersOf(tx, distinct(page, func(c conversation) id.Customer { return c.Customer })); err != nil {
		return a, err
	}
	if a.people, err = peopleOf(tx, distinct(page, func(c conversation) id.Person { return c.Assignee })); err != nil {
		return a, err
	}
	drafts, err := byIDs[id.Conversation](tx, `select conversation_id from draft where conversation_id in `, conversationsOf(page), ``)
	a.drafts = make(map[id.Conversation]bool, len(drafts))
	for _, c := range drafts {
		a.drafts[c] = true
	}
	if err != nil {
		return a, err
	}
	a.labels, err = labelsOf(tx, page)
	return a, err
}

func conversationsOf(page []conversation) []id.Conversation {
	return distinct(page, func(c conversation) id.Conversation { return c.ID })
}

// seenBy is up to which message a person has seen each conversation.
func seenBy(tx *store.Tx, person id.Person, page []conversation) (map[id.Conversation]id.Message, error) {
	rows, err := byIDs[seenRow](tx, `select conversation_id, through from seen where person_id = $1 and conversation_id in `, conversationsOf(page), ``, person)
	seen := make(map[id.Conversation]id.Message, len(rows))
	for _, s := range rows {
		seen[s.Conversation] = s.Through
	}
	return seen, err
}

func customersOf(tx *store.Tx, ids []id.Customer) (map[id.Customer]known, error) {
	rows, err := byIDs[known](tx, `select id, name, address from customer where id in `, ids, ``)
	out := make(map[id.Customer]known, len(ids))
	for _, k := range rows {
		out[k.ID] = k
	}
	return out, err
}

// people are names of people by id.
type people map[id.Person]string

type named struct {
	ID   id.Person `db:"id"`
	Name string    `db:"name"`
}

func peopleOf(tx *store.Tx, ids []id.Person) (people, error) {
	found, err := byIDs[named](tx, `select id, name from person where id in `, ids, ``)
	out := make(people, len(found))
	for _, p := range found {
		out[p.ID] = p.Name
	}
	return out, err
}

func (p people) ref(person id.Person) *Ref {
	if person == 0 {
		return nil
	}
	return &Ref{ID: person, Name: p[person]}
}
