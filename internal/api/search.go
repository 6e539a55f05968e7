package api

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/view"
)

type searchIn struct {
	Q      string `query:"q" maxLength:"2000" doc:"Words, \"phrases\", beginnings*, and operators such as from:, is:, before:"`
	Order  string `query:"order" enum:"newest,relevance" default:"newest"`
	Cursor string `query:"cursor" maxLength:"200"`
	Limit  int    `query:"limit" minimum:"0" maximum:"100"`
}

type searchOut struct{ Body view.Results }

func (s *Server) search(ctx context.Context, in *searchIn) (*searchOut, error) {
	found, err := s.Views.Search(ctx, actor(ctx), view.Asking{Q: in.Q, Order: view.HitOrder(in.Order), Cursor: in.Cursor, Limit: in.Limit})
	return &searchOut{found}, err
}

type suggestIn struct {
	Q string `query:"q" maxLength:"2000"`
}

type suggestOut struct{ Body view.Suggestions }

func (s *Server) suggest(ctx context.Context, in *suggestIn) (*suggestOut, error) {
	offered, err := s.Views.Suggest(ctx, actor(ctx), in.Q)
	return &suggestOut{offered}, err
}
