package api

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// Undo is the request that takes an act back.
type Undo struct {
	Method string         `json:"method"`
	Path   string         `json:"path"`
	Body   map[string]any `json:"body"`
}

// acted is what an act answers: the conversation as it is now, and how to take
// the act back where that is possible.
type acted struct{ Body Acted }

// Acted is a conversation's head after an act.
type Acted struct {
	view.Head

	Undo *Undo `json:"undo" doc:"The request that takes it back; null where there is none"`
}

// ConversationPath names a conversation. It is exported because huma reads no
// parameter of an embedded type that isn't.
type ConversationPath struct {
	ID int64 `path:"id"`
}

func (in ConversationPath) id() id.Conversation { return id.Conversation(in.ID) }

// act runs one operation of the desk and reads the conversation again.
func (s *Server) act(ctx context.Context, c id.Conversation, undo *Undo, do func(tx *store.Tx, by team.Actor) error) (*acted, error) {
	by := actor(ctx)
	if err := s.DB.InTx(ctx, func(tx *store.Tx) error { return do(tx, by) }); err != nil {
		return nil, err
	}
	shown, err := s.Views.Head(ctx, by, c)
	if err != nil {
		return nil, err
	}
	return &acted{Acted{shown, undo}}, nil
}

func undoBy(c id.Conversation, verb string, body map[string]any) *Undo {
	if body == nil {
		body = map[string]any{}
	}
	return &Undo{Method: "POST", Path: base + "/conversations/" + c.String() + "/" + verb, Body: body}
}

type assignIn struct {
	ConversationPath

	Body struct {
		Person *id.Person `json:"person" nullable:"true" doc:"null gives it back to all"`
	}
}

func (s *Server) assign(ctx context.Context, in *assignIn) (*acted, error) {
	var before id.Person
	out, err := s.act(ctx, in.id(), nil, func(tx *store.Tx, by team.Actor) error {
		if in.Body.Person != nil {
			who, err := s.Team.Member(tx, by.Shop, *in.Body.Person)
			if err != nil {
				return err
			}
			if !who.Active {
				return fault.Wrong("person", "This person has left the team.")
			}
		}
		now, err := desk.Get(tx, in.id())
		if err != nil {
			return err
		}
		before = now.Assignee
		_, err = s.Desk.Assign(tx, by, in.id(), given(in.Body.Person))
		return err
	})
	if err == nil {
		out.Body.Undo = undoBy(in.id(), "assign", map[string]any{"person": nullable(before)})
	}
	return out, err
}

type snoozeIn struct {
	ConversationPath

	Body struct {
		Until time.Time `json:"until,omitempty"`
		Delay string    `json:"delay,omitempty" maxLength:"40" doc:"In place of until: 2 open_days, 8 open_hours, 24 clock_hours"`
	}
}

func (s *Server) snooze(ctx context.Context, in *snoozeIn) (*acted, error) {
	return s.act(ctx, in.id(), undoBy(in.id(), "unsnooze", nil), func(tx *store.Tx, by team.Actor) error {
		until := in.Body.Until
		if in.Body.Delay != "" {
			delay, err := calendar.ParseDelay(in.Body.Delay)
			if err != nil {
				return fault.Wrong("delay", "Snooze needs a delay such as 2 open_days.")
			}
			hours, _, err := s.Shops.HoursAndDelay(tx, by.Shop, "mail")
			if err != nil {
				return err
			}
			until = delay.Due(hours, s.Clock.Now())
		}
		_, err := s.Desk.Snooze(tx, by, in.id(), until)
		return err
	})
}

func (s *Server) unsnooze(ctx context.Context, in *ConversationPath) (*acted, error) {
	return s.act(ctx, in.id(), nil, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Snooze(tx, by, in.id(), time.Time{})
		return err
	})
}

func (s *Server) closeIt(ctx context.Context, in *ConversationPath) (*acted, error) {
	return s.act(ctx, in.id(), nil, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Close(tx, by, in.id())
		return err
	})
}

func (s *Server) reopen(ctx context.Context, in *ConversationPath) (*acted, error) {
	return s.act(ctx, in.id(), nil, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Reopen(tx, by, in.id())
		return err
	})
}

func (s *Server) waitForCustomer(ctx context.Context, in *ConversationPath) (*acted, error) {
	return s.act(ctx, in.id(), undoBy(in.id(), "close", nil), func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Wait(tx, by, in.id())
		return err
	})
}

type waiveIn struct {
	ConversationPath

	Body struct {
		Promise id.Promise `json:"promise"`
		Reason  string     `json:"reason" maxLength:"500"`
	}
}

func (s *Server) waive(ctx context.Context, in *waiveIn) (*acted, error) {
	return s.act(ctx, in.id(), undoBy(in.id(), "reopen", nil), func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Waive(tx, by, in.id(), in.Body.Promise, in.Body.Reason)
		return err
	})
}

type doneIn struct {
	ConversationPath

	Body struct {
		Promise     id.Promise `json:"promise"`
		Unreachable bool       `json:"unreachable,omitempty" doc:"Of a call-back: nobody could be reached"`
	}
}

func (s *Server) done(ctx context.Context, in *doneIn) (*acted, error) {
	return s.act(ctx, in.id(), nil, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Done(tx, by, in.id(), in.Body.Promise, in.Body.Unreachable)
		return err
	})
}

type escalateIn struct {
	ConversationPath

	Body struct {
		Question string `json:"question" maxLength:"2000"`
	}
}

func (s *Server) escalate(ctx context.Context, in *escalateIn) (*acted, error) {
	return s.act(ctx, in.id(), nil, func(tx *store.Tx, by team.Actor) error {
		zone, err := s.Shops.Location(tx, by.Shop)
		if err != nil {
			return err
		}
		lead, err := s.Team.InCharge(tx, by.Shop, 0, s.Clock.Now(), zone)
		if err != nil {
			return err
		}
		_, err = s.Desk.Escalate(tx, by, in.id(), lead, in.Body.Question)
		return err
	})
}

func (s *Server) spam(ctx context.Context, in *ConversationPath) (*acted, error) {
	return s.putAway(ctx, in, desk.TraySpam, customer.Spam)
}

func (s *Server) neverWaits(ctx context.Context, in *ConversationPath) (*acted, error) {
	return s.putAway(ctx, in, desk.TraySort, customer.NeverWaits)
}

func (s *Server) putAway(ctx context.Context, in *ConversationPath, tray desk.Tray, rule customer.SenderRule) (*acted, error) {
	return s.act(ctx, in.id(), undoBy(in.id(), "rescue", nil), func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.PutAway(tx, by, in.id(), tray, rule)
		return err
	})
}

func (s *Server) rescue(ctx context.Context, in *ConversationPath) (*acted, error) {
	return s.act(ctx, in.id(), nil, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Rescue(tx, by, in.id())
		return err
	})
}

func (s *Server) sorted(ctx context.Context, in *ConversationPath) (*acted, error) {
	return s.act(ctx, in.id(), undoBy(in.id(), "rescue", nil), func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Sorted(tx, by, in.id())
		return err
	})
}

type mergeIn struct {
	ConversationPath

	Body struct {
		Into id.Conversation `json:"into"`
	}
}

func (s *Server) merge(ctx context.Context, in *mergeIn) (*acted, error) {
	return s.act(ctx, in.Body.Into, nil, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Merge(tx, by, in.id(), in.Body.Into)
		return err
	})
}

type suggestionIn struct {
	ID int64 `path:"id"`
}

func (s *Server) acceptSuggestion(ctx context.Context, in *suggestionIn) (*struct{}, error) {
	return s.answerSuggestion(ctx, in, true)
}

func (s *Server) declineSuggestion(ctx context.Context, in *suggestionIn) (*struct{}, error) {
	return s.answerSuggestion(ctx, in, false)
}

func (s *Server) answerSuggestion(ctx context.Context, in *suggestionIn, accept bool) (*struct{}, error) {
	return nil, s.DB.InTx(ctx, func(tx *store.Tx) error {
		return s.Desk.AnswerSuggestion(tx, actor(ctx), id.Suggestion(in.ID), accept)
	})
}

type waiveCourtesyIn struct {
	Body struct {
		IDs []id.Conversation `json:"ids" nullable:"true" maxItems:"1000" doc:"null for the whole tray, at most 1000"`
	}
}

type waivedCourtesy struct {
	Body struct {
		Count int               `json:"count"`
		IDs   []id.Conversation `json:"ids" nullable:"false"`
		Undo  *Undo             `json:"undo" doc:"The request that takes it back; null when nothing was done"`
	}
}

func (s *Server) waiveCourtesy(ctx context.Context, in *waiveCourtesyIn) (*waivedCourtesy, error) {
	done, err := s.Desk.WaiveCourtesy(ctx, actor(ctx), in.Body.IDs)
	if err != nil && len(done.Promises) == 0 {
		return nil, err
	}
	// What was done before a failure is told, with its way back; the rest is still in the tray.
	out := &waivedCourtesy{}
	out.Body.IDs, out.Body.Count = append([]id.Conversation{}, done.Conversations...), len(done.Conversations)
	if len(done.Promises) > 0 {
		out.Body.Undo = &Undo{Method: "POST", Path: base + "/courtesy/restore", Body: map[string]any{"promises": done.Promises}}
	}
	return out, nil
}

type restoreCourtesyIn struct {
	Body struct {
		Promises []id.Promise `json:"promises" nullable:"false" maxItems:"1000" doc:"As the waiving named them"`
	}
}

type restoredCourtesy struct {
	Body struct {
		Count int               `json:"count"`
		IDs   []id.Conversation `json:"ids" nullable:"false"`
	}
}

func (s *Server) restoreCourtesy(ctx context.Context, in *restoreCourtesyIn) (*restoredCourtesy, error) {
	back, err := s.Desk.RestoreCourtesy(ctx, actor(ctx), in.Body.Promises)
	out := &restoredCourtesy{}
	out.Body.IDs, out.Body.Count = append([]id.Conversation{}, back...), len(back)
	return out, err
}

type contactIn struct {
	Body struct {
		Key      string `json:"key" maxLength:"100"`
		Channel  string `json:"channel" enum:"phone,counter,letter"`
		Customer struct {
			ID      *id.Customer `json:"id,omitempty" nullable:"true"`
			Name    string       `json:"name,omitempty" maxLength:"200"`
			Address *string      `json:"address,omitempty" nullable:"true" maxLength:"320"`
			Phone   *string      `json:"phone,omitempty" nullable:"true" maxLength:"40"`
		} `json:"customer"`
		Text         string           `json:"text" maxLength:"20000"`
		Promised     *ContactPromise  `json:"promised,omitempty"`
		Answered     bool             `json:"answered,omitempty"`
		Conversation *id.Conversation `json:"conversation,omitempty" nullable:"true"`
		At           *time.Time       `json:"at,omitempty" nullable:"true"`
	}
}

// ContactPromise is what a person said that the shop would do; null for
// nothing.
type ContactPromise struct {
	_ struct{} `json:"-" nullable:"true"`

	Kind  string    `json:"kind" enum:"call_back,send,answer,other"`
	Text  string    `json:"text,omitempty" maxLength:"500"`
	DueAt time.Time `json:"due_at"`
}

type contactOut struct {
	Body struct {
		Conversation id.Conversation `json:"conversation"`
	}
}

func (s *Server) noteContact(ctx context.Context, in *contactIn) (*contactOut, error) {
	b := in.Body
	c := desk.Contact{
		Key: b.Key, Channel: b.Channel, Conversation: given(b.Conversation), Customer: given(b.Customer.ID), Name: b.Customer.Name,
		Address: given(b.Customer.Address), Phone: given(b.Customer.Phone), Text: b.Text, Answered: b.Answered, At: given(b.At),
	}
	if p := b.Promised; p != nil {
		c.Promised = desk.Promised{Kind: promise.Kind(p.Kind), Text: p.Text, DueAt: p.DueAt}
	}
	out := &contactOut{}
	note := func(tx *store.Tx) error {
		conv, err := s.Desk.NoteContact(tx, actor(ctx), c)
		out.Body.Conversation = conv.ID
		return err
	}
	err := s.DB.InTx(ctx, note)
	if fault.Is(err, "twice") { // the other press has won by now: answer what it made
		err = s.DB.InTx(ctx, note)
	}
	return out, err
}

// given is what an optional field holds, or the zero value.
func given[T any](v *T) (out T) {
	if v != nil {
		out = *v
	}
	return out
}

// nullable is null for "none".
func nullable[T any](i id.ID[T]) any {
	if i == 0 {
		return nil
	}
	return i
}
