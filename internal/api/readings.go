package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/reading"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

type askReadingIn struct {
	ConversationPath

	Body struct {
		Reader     *id.Person      `json:"reader,omitempty" nullable:"true" minimum:"1" doc:"null for the lead"`
		Revision   int64           `json:"revision" doc:"Of the draft, as it was saved last"`
		PassReason string          `json:"pass_reason,omitempty" maxLength:"500" doc:"Why a stop of the guard is passed"`
		SendAt     *time.Time      `json:"send_at,omitempty" nullable:"true" doc:"When it leaves once approved; null for at once"`
		Promises   []PromiseInText `json:"promises,omitempty" maxItems:"20" doc:"What the text promises, as the author confirmed it"`
	}
}

func (s *Server) askReading(ctx context.Context, in *askReadingIn) (*acted, error) {
	b := in.Body
	out, err := s.act(ctx, in.id(), nil, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Readings.Park(tx, by, reading.New{
			Conversation: in.id(), Reader: given(b.Reader), Revision: b.Revision, PassReason: b.PassReason,
			SendAt: given(b.SendAt), Promises: promisesIn(b.Promises),
		})
		return err
	})
	var stale reply.Stale
	if !errors.As(err, &stale) {
		return out, err
	}
	now, e := s.draftOf(ctx, in.id())
	if e != nil {
		return nil, e
	}
	return nil, staleDraft(now)
}

// ReadingPath names a second reading.
type ReadingPath struct {
	ID int64 `path:"id"`
}

type approveIn struct {
	ReadingPath

	Body struct {
		SeenThrough id.Message `json:"seen_through" doc:"The newest message that the reader had on screen"`
		PassReason  string     `json:"pass_reason,omitempty" maxLength:"500" doc:"Why a stop of the guard is passed; without it the author's reason, or that it was read"`
	}
}

func (s *Server) approveReading(ctx context.Context, in *approveIn) (*sendOut, error) {
	out, err := s.Readings.Approve(ctx, actor(ctx), reading.Approval{
		Reading: id.Reading(in.ID), SeenThrough: in.Body.SeenThrough, PassReason: in.Body.PassReason,
	})
	return sentOr(out, err)
}

type returnIn struct {
	ReadingPath

	Body struct {
		Note string `json:"note" maxLength:"5000" doc:"What should be changed; it stands in the timeline"`
	}
}

func (s *Server) returnReading(ctx context.Context, in *returnIn) (*acted, error) {
	return s.actFound(ctx, func(tx *store.Tx, by team.Actor) (id.Conversation, error) {
		return s.Readings.Return(tx, by, id.Reading(in.ID), in.Body.Note)
	})
}

func (s *Server) withdrawReading(ctx context.Context, in *ReadingPath) (*acted, error) {
	return s.actFound(ctx, func(tx *store.Tx, by team.Actor) (id.Conversation, error) {
		return s.Readings.Withdraw(tx, by, id.Reading(in.ID))
	})
}

// sentOr answers what became of an answer: on its way, or why not.
func sentOr(out reply.Outcome, err error) (*sendOut, error) {
	var unseen reply.Unseen
	switch {
	case errors.As(err, &unseen):
		return nil, &Problem{
			Type: "about:blank", Title: "Conflict", Status: http.StatusConflict, Code: "unseen",
			Detail: "The customer wrote meanwhile; read it before you send.", Unseen: unseen.Messages,
		}
	case err != nil:
		return nil, err
	case len(out.Held) > 0:
		return nil, &Problem{
			Type: "about:blank", Title: "Conflict", Status: http.StatusConflict, Code: "held",
			Detail: "The guard holds this answer.", Findings: findings(out.Held),
		}
	}
	sent := &sendOut{Status: http.StatusAccepted}
	sent.Body.Message.ID = out.Message.ID
	d := &sent.Body.Delivery
	d.ID, d.State, d.UndoUntil = out.Delivery.ID, "queued", out.Delivery.NotBefore
	if out.Delivery.Scheduled {
		d.State = "scheduled"
	}
	return sent, nil
}
