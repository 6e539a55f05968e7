package view

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	secondreading "github.com/comptoir-desk/comptoir/internal/reading"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Ask is a question to somebody inside, as its conversation shows it.
type Ask struct {
	ID         id.Ask       `json:"id"`
	Message    id.Message   `json:"message" doc:"The note that says what was asked"`
	Promise    id.Promise   `json:"promise"`
	Name       string       `json:"name"`
	Kind       string       `json:"kind" enum:"warehouse,workshop,supplier,carrier,other"`
	Address    string       `json:"address"`
	Party      id.Party     `json:"party" doc:"In the shop's inside contacts; 0 for a free address"`
	Language   string       `json:"language" enum:"fr,en"`
	By         Ref          `json:"by" doc:"Who asked"`
	State      string       `json:"state" enum:"open,answered,withdrawn"`
	Late       bool         `json:"late" doc:"Their time has passed"`
	DueAt      time.Time    `json:"due_at"`
	Product    string       `json:"product" doc:"What was shown to them of the conversation's product"`
	AnsweredAt *time.Time   `json:"answered_at"`
	RemindedAt *time.Time   `json:"reminded_at"`
	Answers    []id.Message `json:"answers" nullable:"false" doc:"The notes that hold their answers"`
}

type askRow struct {
	ask.Ask

	RemindedAt time.Time `db:"reminded_at"`
}

type askAnswer struct {
	Ask     id.Ask     `db:"ask_id"`
	Message id.Message `db:"message_id"`
}

// readAsks tells what was asked inside, the newest first. Each question has its
// promise among those of the conversation.
func (r *reading) readAsks(h *Head, found []promise.Promise) error {
	h.Asks = []Ask{}
	var of []id.Promise
	for _, p := range found {
		if p.Kind == promise.Ask {
			of = append(of, p.ID)
		}
	}
	rows, err := byIDs[askRow](r.tx, `select a.id, a.message_id, a.promise_id, a.person_id, a.party_id, a.name, a.kind, a.address, a.language, a.product,
		a.answered_at, (select m.at from ask_mail m where m.ask_id = a.id and m.reminder = true) as reminded_at
		from ask a where a.promise_id in `, of, ` order by a.id desc`)
	if err != nil || len(rows) == 0 {
		return err
	}
	names, err := r.peopleOf(distinct(rows, func(a askRow) id.Person { return a.Person }))
	if err != nil {
		return err
	}
	answers, err := byIDs[askAnswer](r.tx, `select ask_id, message_id from ask_answer where ask_id in `,
		distinct(rows, func(a askRow) id.Ask { return a.ID }), ` order by ask_id, message_id`)
	if err != nil {
		return err
	}
	for _, a := range rows {
		shown := Ask{
			ID: a.ID, Message: a.Message, Promise: a.Promise, Name: a.Name, Kind: string(a.Kind), Address: a.Address, Party: a.Party,
			Language: a.Language, By: Ref{ID: a.Person, Name: names[a.Person]}, Product: a.Product, AnsweredAt: orNull(a.AnsweredAt),
			RemindedAt: orNull(a.RemindedAt), Answers: []id.Message{},
		}
		for _, p := range found {
			if p.ID == a.Promise {
				shown.DueAt, shown.State = p.DueAt, askState(p)
				shown.Late = p.State == promise.Open && p.DueAt.Before(r.now)
			}
		}
		for _, m := range answers {
			if m.Ask == a.ID {
				shown.Answers = append(shown.Answers, m.Message)
			}
		}
		h.Asks = append(h.Asks, shown)
	}
	return nil
}

func askState(p promise.Promise) string {
	switch p.State {
	case promise.Open:
		return "open"
	case promise.Kept:
		return "answered"
	}
	return "withdrawn"
}

// DraftReading is the second reading for which a draft waits.
type DraftReading struct {
	_ struct{} `json:"-" nullable:"true"`

	ID         id.Reading `json:"id"`
	Author     Ref        `json:"author"`
	Reader     Ref        `json:"reader" doc:"Who was asked"`
	DueAt      time.Time  `json:"due_at"`
	SendAt     *time.Time `json:"send_at" doc:"When it leaves once approved; null for at once"`
	PassReason string     `json:"pass_reason" doc:"Why its author passes a stop of the guard"`
	Promises   int        `json:"promises" doc:"How many promises its author confirmed"`
}

var selectReading = store.SQL(`
	select r.id, r.author_id, r.reader_id, r.pass_reason, r.promises, r.send_at, p.due_at
	from reading r join promise p on p.id = r.promise_id where r.id = $1`)

type readingRow struct {
	secondreading.Reading

	DueAt time.Time `db:"due_at"`
}

// readingOf tells for whom a draft waits; nil for nobody.
func readingOf(tx *store.Tx, d reply.Draft) (*DraftReading, error) {
	if d.Reading == 0 {
		return nil, nil //nolint:nilnil // null is the answer
	}
	r, err := store.One[readingRow](tx, selectReading, d.Reading)
	if err != nil {
		return nil, err
	}
	names, err := peopleOf(tx, []id.Person{r.Author, r.Reader})
	return &DraftReading{
		ID: r.ID, Author: Ref{ID: r.Author, Name: names[r.Author]}, Reader: Ref{ID: r.Reader, Name: names[r.Reader]}, DueAt: r.DueAt,
		SendAt: orNull(r.SendAt), PassReason: r.PassReason, Promises: r.Confirmed(),
	}, err
}

// noteOf makes an entry of a note: a colleague's, or what was asked inside and
// came back.
func (m messageRow) noteOf(names people, files []Attachment, d *Delivery) *Note {
	out := &Note{
		ID: m.ID, Kind: m.Kind, Author: names.ref(m.Person), Text: m.Body, HTML: m.HTML, HasQuote: m.HasQuote, Attachments: files, Delivery: d,
	}
	if out.Attachments == nil {
		out.Attachments = []Attachment{}
	}
	if m.Kind == string(desk.KindAskAnswer) {
		out.From = &Addr{Name: m.FromName, Address: m.FromAddress}
	}
	return out
}
