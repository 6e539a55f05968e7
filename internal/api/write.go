package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// Addr is a mail address with a name.
type Addr = view.Addr

func addresses(list []Addr) []mime.Address {
	out := make([]mime.Address, 0, len(list))
	for _, a := range list {
		out = append(out, mime.Address{Name: a.Name, Address: a.Address})
	}
	return out
}

type draftIn struct {
	ConversationPath

	Body struct {
		HTML         string          `json:"html" maxLength:"500000"`
		To           []Addr          `json:"to,omitempty" maxItems:"50"`
		Cc           []Addr          `json:"cc,omitempty" maxItems:"50"`
		Bcc          []Addr          `json:"bcc,omitempty" maxItems:"50"`
		Attachments  []id.Attachment `json:"attachments,omitempty" maxItems:"50"`
		Revision     int64           `json:"revision"`
		SeenThrough  id.Message      `json:"seen_through"`
		Kind         string          `json:"kind" enum:"answer,note"`
		HoldingUntil *time.Time      `json:"holding_until,omitempty" nullable:"true"`
		Options      reply.Options   `json:"options,omitempty"`
	}
}

type draftOut struct{ Body view.Draft }

func (s *Server) saveDraft(ctx context.Context, in *draftIn) (*draftOut, error) {
	b := in.Body
	attachments, err := json.Marshal(append([]id.Attachment{}, b.Attachments...))
	if err != nil {
		return nil, err
	}
	d := reply.Draft{
		Conversation: in.id(), HTML: b.HTML, Kind: b.Kind, Attachments: string(attachments), Revision: b.Revision, SeenThrough: b.SeenThrough, Options: b.Options.JSON(),
		Recipients: desk.Recipients{To: addresses(b.To), Cc: addresses(b.Cc), Bcc: addresses(b.Bcc)}.JSON(),
	}
	d.HoldingUntil = given(b.HoldingUntil)
	err = s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		_, err = s.Reply.SaveDraft(tx, actor(ctx), d)
		return err
	})
	var stale reply.Stale
	if err != nil && !errors.As(err, &stale) {
		return nil, err
	}
	now, e := s.draftOf(ctx, in.id())
	if e != nil {
		return nil, e
	}
	if err != nil {
		return nil, staleDraft(now)
	}
	return &draftOut{now}, nil
}

func staleDraft(now view.Draft) error {
	return &Problem{
		Type: "about:blank", Title: "Conflict", Status: http.StatusConflict, Code: "stale",
		Detail: "Somebody else saved this draft meanwhile.", Current: now,
	}
}

func (s *Server) draftOf(ctx context.Context, c id.Conversation) (view.Draft, error) {
	head, err := s.Views.Head(ctx, actor(ctx), c)
	if err != nil || head.Draft == nil {
		return view.Draft{}, err
	}
	return *head.Draft, nil
}

func (s *Server) dropDraft(ctx context.Context, in *ConversationPath) (*struct{}, error) {
	return nil, s.DB.InTx(ctx, func(tx *store.Tx) error { return s.Reply.DropDraft(tx, actor(ctx), in.id()) })
}

// Finding is what the guard says of a draft, for the person who writes.
type Finding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity" enum:"block,stop,warn"`
	Start    int    `json:"start" doc:"Code points of the text, from the start"`
	End      int    `json:"end"`
	Words    string `json:"words"`
	AdviceFR string `json:"advice_fr"`
	AdviceEN string `json:"advice_en"`
	Fix      string `json:"fix" doc:"What may stand in place of words; empty when a person must think"`
	Key      string `json:"key" doc:"Names it, whatever is written around it; a draft's options.dismissed lists those of false alarms"`
}

func findings(list []guard.Finding) []Finding {
	severities := map[guard.Severity]string{guard.NeverPassed: "block", guard.Stops: "stop", guard.Warns: "warn"}
	out := make([]Finding, 0, len(list))
	for _, f := range list {
		out = append(out, Finding{
			Rule: f.Rule, Severity: severities[f.Severity], Start: f.Start, End: f.End, Words: f.Words,
			AdviceFR: f.French, AdviceEN: f.English, Fix: f.Fix, Key: f.Key(),
		})
	}
	return out
}

type sendIn struct {
	ConversationPath

	Body struct {
		Key          string          `json:"key" minLength:"8" maxLength:"100"`
		HTML         string          `json:"html" maxLength:"500000"`
		To           []Addr          `json:"to,omitempty" maxItems:"50"`
		Cc           []Addr          `json:"cc,omitempty" maxItems:"50"`
		Bcc          []Addr          `json:"bcc,omitempty" maxItems:"50"`
		Attachments  []id.Attachment `json:"attachments,omitempty" maxItems:"50"`
		SeenThrough  id.Message      `json:"seen_through"`
		HoldingUntil *time.Time      `json:"holding_until,omitempty" nullable:"true"`
		SendAt       *time.Time      `json:"send_at,omitempty" nullable:"true"`
		PassReason   *string         `json:"pass_reason,omitempty" nullable:"true" maxLength:"500"`
		Options      reply.Options   `json:"options,omitempty"`
		Promises     []PromiseInText `json:"promises,omitempty" maxItems:"20" doc:"What the text promises, as the author confirmed it"`
	}
}

type sendOut struct {
	Status int
	Body   struct {
		Message struct {
			ID id.Message `json:"id"`
		} `json:"message"`
		Delivery struct {
			ID        id.Delivery `json:"id"`
			State     string      `json:"state" enum:"queued,scheduled"`
			UndoUntil time.Time   `json:"undo_until" doc:"Until then it can be called back"`
		} `json:"delivery"`
	}
}

func (s *Server) send(ctx context.Context, in *sendIn) (*sendOut, error) {
	b := in.Body
	a := reply.Answer{
		Conversation: in.id(), Key: b.Key, HTML: b.HTML, To: addresses(b.To), Cc: addresses(b.Cc), Bcc: addresses(b.Bcc),
		Attachments: b.Attachments, SeenThrough: b.SeenThrough, PassReason: given(b.PassReason),
		HoldingUntil: given(b.HoldingUntil), SendAt: given(b.SendAt), Options: b.Options, Promises: promisesIn(b.Promises),
	}
	out, err := s.Reply.Send(ctx, actor(ctx), a)
	return sentOr(out, err)
}

type noteIn struct {
	ConversationPath

	Body struct {
		Key      string      `json:"key" minLength:"8" maxLength:"100"`
		HTML     string      `json:"html" maxLength:"200000"`
		Mentions []id.Person `json:"mentions,omitempty" maxItems:"50" doc:"Whom the note names"`
	}
}

func (s *Server) addNote(ctx context.Context, in *noteIn) (*acted, error) {
	return s.act(ctx, in.id(), nil, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.AddNote(tx, by, in.id(), in.Body.Key, in.Body.HTML, in.Body.Mentions...)
		return err
	})
}

// DeliveryPath names a delivery.
type DeliveryPath struct {
	ID int64 `path:"id"`
}

type undoOut struct {
	Body struct {
		Conversation id.Conversation `json:"conversation"`
		Draft        *view.Draft     `json:"draft"`
	}
}

func (s *Server) undo(ctx context.Context, in *DeliveryPath) (*undoOut, error) {
	var back reply.Draft
	err := s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		back, err = s.Reply.Undo(tx, actor(ctx), id.Delivery(in.ID))
		return err
	})
	if err != nil {
		return nil, err
	}
	out := &undoOut{}
	out.Body.Conversation = back.Conversation
	if back.Conversation != 0 {
		d, err := s.draftOf(ctx, back.Conversation)
		if err != nil {
			return nil, err
		}
		out.Body.Draft = &d
	}
	return out, nil
}

func (s *Server) retry(ctx context.Context, in *DeliveryPath) (*struct{}, error) {
	return nil, s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := s.Post.Retry(tx, actor(ctx), id.Delivery(in.ID))
		return err
	})
}

type cancelIn struct {
	DeliveryPath

	Body struct {
		Reason string `json:"reason" maxLength:"500"`
	}
}

func (s *Server) cancel(ctx context.Context, in *cancelIn) (*struct{}, error) {
	return nil, s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := s.Reply.Cancel(tx, actor(ctx), id.Delivery(in.ID), in.Body.Reason)
		return err
	})
}

type passedReasonsIn struct {
	Cursor string `query:"cursor" maxLength:"200"`
	Limit  int    `query:"limit" minimum:"0" maximum:"200"`
}

type passedReasonsOut struct {
	Body view.Page[view.PassedReason]
}

func (s *Server) passedReasons(ctx context.Context, in *passedReasonsIn) (*passedReasonsOut, error) {
	page, err := s.Views.PassedReasons(ctx, actor(ctx).Shop, in.Cursor, in.Limit)
	return &passedReasonsOut{page}, err
}
