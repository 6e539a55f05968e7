package incident

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// State is where one conversation's answer stands in a round.
type State string

// The states of an answer. The first four are worked out whenever it is looked
// at; the others are kept.
const (
	Ready    State = "ready"
	Stopped  State = "stopped"  // by the guard, or by something that is missing: see Why
	Excluded State = "excluded" // by hand
	Answered State = "answered" // by somebody else meanwhile
	Waiting  State = "waiting"  // it leaves at SendAt
	Sent     State = "sent"     // the desk has it: see Delivery
	LeftOut  State = "left_out" // when its turn came it could not leave: see Why
)

// Why an answer doesn't leave, beside the codes of faults of package reply.
const (
	ByGuard       = "guard"
	NoText        = "no_text"        // in the customer's language
	Merged        = "merged"         // into another conversation
	CustomerWrote = "customer_wrote" // after what was shown
	AnsweredSince = "answered"       // by somebody else, after it was started
	TriedInVain   = "failed"         // by a fault of ours
)

// Line is one conversation of a round, with its own answer.
type Line struct {
	Conversation id.Conversation
	Subject      string
	Customer     string
	Language     string
	DueAt        time.Time // what is owed first; zero when nothing is
	Asked        string    // what the customer wrote last
	State        State
	Why          string
	HTML         string // filled in
	Own          bool   // edited alone
	PassReason   string
	To           []string
	Findings     []guard.Finding
	Promises     []reply.Promised
	SeenThrough  id.Message
	SendAt       time.Time
	Message      id.Message
	Delivery     id.Delivery
	Left         string // state of the delivery
	Detail       string // and what its server said
	UndoUntil    time.Time
}

// answer is the kept part.
type answer struct {
	Conversation id.Conversation `db:"conversation_id"`
	State        string          `db:"state"`
	Why          string          `db:"why"`
	Excluded     bool            `db:"excluded"`
	Included     bool            `db:"included"`
	OwnHTML      string          `db:"own_html"`
	PassReason   string          `db:"pass_reason"`
	SentHTML     string          `db:"sent_html"`
	SeenThrough  id.Message      `db:"seen_through"`
	SendAt       time.Time       `db:"send_at"`
	Tries        int             `db:"tries"`
	Message      id.Message      `db:"message_id"`
	Delivery     id.Delivery     `db:"delivery_id"`
	Left         string          `db:"left_as"`
	Detail       string          `db:"detail"`
	NotBefore    time.Time       `db:"not_before"`
}

const answerColumns = `a.conversation_id, a.state, a.why, a.excluded, a.included, a.own_html, a.pass_reason, a.sent_html, a.seen_through, a.send_at,
	a.tries, a.message_id, a.delivery_id, coalesce(d.state, '') as left_as, coalesce(d.detail, '') as detail, d.not_before`

var (
	selectAnswers = store.SQL(`
		select ` + answerColumns + ` from incident_answer a left join delivery d on d.id = a.delivery_id where a.round_id = $1`)
	// What a round of an incident sent is no answer "meanwhile".
	selectAnsweredSince = store.SQL(`
		select count(*) from message m
		where m.conversation_id = $1 and m.direction = 'out' and m.kind in ('answer', 'holding') and m.arrived_at > $2
			and not exists (select 1 from incident_answer a where a.message_id = m.id)
			and not exists (select 1 from delivery d where d.message_id = m.id and d.state = 'undone')`)
	selectLastAsked = store.SQL(`
		select body from message where conversation_id = $1 and direction = 'in' and kind = 'customer' order by id desc limit 1`)
)

// Preview is what each conversation of the newest round would be sent now, and
// what would stop it: the guard reads each. It changes nothing.
func (s *Service) Preview(ctx context.Context, by team.Actor, i id.Incident) (r Round, lines []Line, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := Get(tx, by, i); err != nil {
			return err
		}
		if r, err = Newest(tx, i); err != nil {
			return err
		}
		members, err := store.All[member](tx, selectMembers, i)
		if err != nil {
			return err
		}
		kept, err := keptAnswers(tx, r.ID)
		if err != nil {
			return err
		}
		lines = make([]Line, 0, len(members))
		for _, m := range members {
			l, err := s.line(tx, by, r, m, kept[m.Conversation])
			if err != nil {
				return fmt.Errorf("preview conversation %d: %w", m.Conversation, err)
			}
			lines = append(lines, l)
		}
		return nil
	})
	return r, lines, err
}

func keptAnswers(tx *store.Tx, r id.IncidentRound) (map[id.Conversation]answer, error) {
	rows, err := store.All[answer](tx, selectAnswers, r)
	out := map[id.Conversation]answer{}
	for _, a := range rows {
		out[a.Conversation] = a
	}
	return out, err
}

func (s *Service) line(tx *store.Tx, by team.Actor, r Round, m member, a answer) (Line, error) {
	conv, err := desk.Get(tx, m.Conversation)
	if err != nil {
		return Line{}, err
	}
	l := Line{
		Conversation: conv.ID, Subject: conv.Subject, Language: conv.Language, DueAt: conv.NextDueAt, SeenThrough: conv.LastMessage,
		PassReason: a.PassReason, Own: a.OwnHTML != "",
	}
	if conv.Customer != 0 {
		file, err := customer.Get(tx, conv.Customer)
		if err != nil {
			return l, err
		}
		l.Customer = file.Name
	}
	if l.Asked, _, err = store.Maybe[string](tx, selectLastAsked, conv.ID); err != nil {
		return l, err
	}
	switch a.State {
	case string(Waiting):
		l.State, l.HTML, l.SendAt, l.SeenThrough = Waiting, a.SentHTML, a.SendAt, a.SeenThrough
		return l, nil
	case string(Sent):
		l.State, l.HTML, l.Message, l.Delivery, l.Left, l.Detail = Sent, a.SentHTML, a.Message, a.Delivery, a.Left, a.Detail
		l.UndoUntil = a.NotBefore
		return l, nil
	}
	html, why, err := s.filled(tx, by, r, conv, a)
	if err != nil {
		return l, err
	}
	l.HTML = html
	switch {
	case a.State == string(LeftOut):
		l.State, l.Why = LeftOut, a.Why
		return l, nil
	case a.Excluded:
		l.State = Excluded
		return l, nil
	case conv.MergedInto != 0:
		l.State, l.Why = Stopped, Merged
		return l, nil
	}
	if answered, err := answeredSince(tx, conv.ID, later(r.CreatedAt, m.AddedAt), a); err != nil || answered {
		l.State = Answered
		return l, err
	}
	if why != "" {
		l.State, l.Why = Stopped, why
		return l, nil
	}
	err = s.judge(tx, by, r, &l)
	return l, err
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func answeredSince(tx *store.Tx, c id.Conversation, since time.Time, a answer) (bool, error) {
	if a.Included {
		return false, nil
	}
	n, err := store.One[int](tx, selectAnsweredSince, c, since)
	return n > 0, err
}

// filled is the text of one answer: its own, else the round's in the customer's
// language with their facts.
func (s *Service) filled(tx *store.Tx, by team.Actor, r Round, conv desk.Conversation, a answer) (html, why string, err error) {
	about, err := reply.About(tx, by, conv.ID)
	if err != nil {
		return "", "", err
	}
	bodies := r.bodies()
	if a.OwnHTML != "" {
		bodies = map[string]string{"fr": a.OwnHTML, "en": a.OwnHTML}
	}
	f, err := s.Answers.Fill(tx, by, bodies, "", about)
	if err != nil {
		return "", "", err
	}
	if f.Missing != "" {
		why = NoText
	}
	return f.HTML, why, nil
}

// judge asks what Send would say.
func (s *Service) judge(tx *store.Tx, by team.Actor, r Round, l *Line) error {
	p, err := s.Reply.Preview(tx, by, reply.Answer{
		Conversation: l.Conversation, Key: "preview", HTML: l.HTML, SeenThrough: l.SeenThrough, HoldingUntil: r.HoldingUntil, PassReason: l.PassReason,
	})
	var f *fault.Fault
	switch {
	case errors.As(err, &f) && f.Kind != fault.Internal:
		l.State, l.Why = Stopped, whyOf(f)
		return nil
	case err != nil:
		return err
	}
	l.State, l.Findings, l.Promises = Ready, p.Findings, p.Promises
	for _, to := range p.To {
		l.To = append(l.To, to.Address)
	}
	if len(p.Held) > 0 {
		l.State, l.Why = Stopped, ByGuard
	}
	return nil
}

// whyOf is the word of a fault: its code, or the field that is wrong.
func whyOf(f *fault.Fault) string {
	if f.Kind == fault.Invalid {
		return "no_" + f.Field
	}
	return f.Code
}
