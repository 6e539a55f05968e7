package api

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/view"
)

type noticesIn struct {
	Cursor string `query:"cursor" maxLength:"200"`
	Unseen bool   `query:"unseen" doc:"Only what was not seen yet"`
	Limit  int    `query:"limit" minimum:"0" maximum:"200"`
}

type noticesOut struct{ Body view.Notices }

func (s *Server) notices(ctx context.Context, in *noticesIn) (*noticesOut, error) {
	list, err := s.Views.Notices(ctx, actor(ctx), view.NoticesAsked{Cursor: in.Cursor, Limit: in.Limit, Unseen: in.Unseen})
	return &noticesOut{list}, err
}

type seeNoticesIn struct {
	Body struct {
		Conversation *id.Conversation `json:"conversation,omitempty" nullable:"true" doc:"null for all of them"`
	}
}

func (s *Server) seeNotices(ctx context.Context, in *seeNoticesIn) (*struct{}, error) {
	return nil, s.DB.InTx(ctx, func(tx *store.Tx) error {
		return s.Desk.SeeNotices(tx, actor(ctx), given(in.Body.Conversation))
	})
}
