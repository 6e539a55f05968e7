package api

import (
	"context"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// BulkList is a list of which all is meant.
type BulkList struct {
	_ struct{} `json:"-" nullable:"true"`

	View   string        `json:"view"`
	Order  string        `json:"order,omitempty" enum:"due,rank"`
	Team   *id.Team      `json:"team,omitempty" nullable:"true"`
	Tag    *id.Tag       `json:"tag,omitempty" nullable:"true"`
	Saved  *id.SavedView `json:"saved,omitempty" nullable:"true"`
	Cursor string        `json:"cursor,omitempty" maxLength:"200" doc:"As the answer before said"`
}

type bulkIn struct {
	Body struct {
		Key    string            `json:"key,omitempty" minLength:"8" maxLength:"100" doc:"Of this press: repeated under it after a cut, it is done once and tells of all"`
		IDs    []id.Conversation `json:"ids,omitempty" nullable:"true" maxItems:"200"`
		List   *BulkList         `json:"list,omitempty" doc:"In place of ids: all of a list, at most 200 a request; go on with next"`
		Known  *time.Time        `json:"known,omitempty" nullable:"true" doc:"When the list was read: what has a newer message is refused"`
		Action BulkAction        `json:"action"`
	}
}

// BulkRefused is a conversation that stays as it is, and why.
type BulkRefused struct {
	ID     id.Conversation `json:"id"`
	Code   string          `json:"code"`
	Detail string          `json:"detail"`
}

// BulkDone says what became of each.
type BulkDone struct {
	Done    []id.Conversation `json:"done" nullable:"false"`
	Refused []BulkRefused     `json:"refused" nullable:"false"`
	Next    string            `json:"next" doc:"Cursor of the list's rest; empty at its end"`
	Undo    *Undo             `json:"undo" doc:"The request that takes back what can be; null when nothing can"`
}

type bulkOut struct{ Body BulkDone }

func (s *Server) bulk(ctx context.Context, in *bulkIn) (*bulkOut, error) {
	b := in.Body
	act, err := s.bulkAct(ctx, b.Action)
	if err != nil {
		return nil, err
	}
	done, next, err := s.Desk.BulkOnce(ctx, actor(ctx), desk.BulkPress{Key: b.Key, Act: act, Known: given(b.Known), List: func() ([]id.Conversation, string, error) {
		if b.List != nil {
			return s.bulkList(ctx, *b.List)
		}
		return b.IDs, "", nil
	}})
	if err != nil && len(done.Done) == 0 {
		return nil, err
	}
	// What was done before a failure is told, with its way back.
	return &bulkOut{bulkDone(done, next, b.Key)}, nil
}

func (s *Server) bulkList(ctx context.Context, l BulkList) (ids []id.Conversation, next string, err error) {
	page, err := s.Views.Conversations(ctx, actor(ctx), view.Asked{
		View: view.View(l.View), Order: view.Order(l.Order), Team: given(l.Team), Tag: given(l.Tag), Saved: given(l.Saved),
		Cursor: l.Cursor, Limit: desk.BulkAtOnce,
	})
	for _, r := range page.Items {
		ids = append(ids, r.ID)
	}
	return ids, page.Next, err
}

func bulkDone(r desk.BulkResult, next, key string) BulkDone {
	out := BulkDone{Done: append([]id.Conversation{}, r.Done...), Refused: []BulkRefused{}, Next: next}
	for _, f := range r.Refused {
		out.Refused = append(out.Refused, BulkRefused{f.ID, f.Why.Code, f.Why.Detail})
	}
	if len(r.Undo) > 0 {
		out.Undo = &Undo{Method: "POST", Path: base + "/bulk/undo", Body: map[string]any{"steps": stepsOf(r.Undo)}}
		if key != "" {
			out.Undo.Body["key"] = "back-" + key
		}
	}
	return out
}

// BulkStep is an action and whom it is for.
type BulkStep struct {
	Action BulkAction        `json:"action"`
	IDs    []id.Conversation `json:"ids" nullable:"false" maxItems:"200"`
}

type bulkUndoIn struct {
	Body struct {
		Key   string     `json:"key,omitempty" minLength:"8" maxLength:"105" doc:"Of this press, as of the act"`
		Steps []BulkStep `json:"steps" nullable:"false" maxItems:"200" doc:"As the answer named them"`
	}
}

func (s *Server) bulkUndo(ctx context.Context, in *bulkUndoIn) (*bulkOut, error) {
	var all desk.BulkResult
	for i, step := range in.Body.Steps {
		act, err := s.bulkAct(ctx, step.Action)
		if err != nil {
			return nil, err
		}
		press := desk.BulkPress{Act: act, List: func() ([]id.Conversation, string, error) { return step.IDs, "", nil }}
		if in.Body.Key != "" {
			press.Key = fmt.Sprintf("%s %d", in.Body.Key, i)
		}
		done, _, err := s.Desk.BulkOnce(ctx, actor(ctx), press)
		if err != nil {
			return nil, err
		}
		all.Done, all.Refused = append(all.Done, done.Done...), append(all.Refused, done.Refused...)
	}
	return &bulkOut{bulkDone(all, "", "")}, nil
}
