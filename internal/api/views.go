package api

import (
	"context"
	"encoding/json"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
)

type besideOut struct{ Body view.Beside }

// views are the saved views and teams that the person sees.
func (s *Server) views(ctx context.Context, _ *struct{}) (*besideOut, error) {
	shown, err := s.Views.Beside(ctx, actor(ctx))
	return &besideOut{shown}, err
}

// ViewConfig is a saved view as somebody writes it.
type ViewConfig struct {
	Name   string      `json:"name" maxLength:"200"`
	Icon   string      `json:"icon,omitempty" maxLength:"40" doc:"An emoji"`
	Shared bool        `json:"shared,omitempty"`
	Base   string      `json:"base" enum:"owed,mine,unassigned,waiting,snoozed,sent,closed,courtesy,sort,spam"`
	Filter view.Filter `json:"filter"`
}

type addViewIn struct{ Body ViewConfig }

type savedViewOut struct {
	Body struct {
		ID id.SavedView `json:"id"`
	}
}

func (s *Server) addView(ctx context.Context, in *addViewIn) (*savedViewOut, error) {
	return s.keepView(ctx, 0, in.Body)
}

// ViewPath names a saved view.
type ViewPath struct {
	ID int64 `path:"id"`
}

type saveViewIn struct {
	ViewPath

	Body ViewConfig
}

func (s *Server) saveView(ctx context.Context, in *saveViewIn) (*savedViewOut, error) {
	return s.keepView(ctx, id.SavedView(in.ID), in.Body)
}

func (s *Server) keepView(ctx context.Context, v id.SavedView, c ViewConfig) (*savedViewOut, error) {
	if err := view.CheckView(view.View(c.Base), c.Filter); err != nil {
		return nil, err
	}
	filter, err := json.Marshal(c.Filter)
	if err != nil {
		return nil, err
	}
	kept, err := s.Team.SaveView(ctx, actor(ctx), team.SavedView{
		ID: v, Name: c.Name, Icon: c.Icon, Shared: c.Shared, Base: c.Base, Filter: string(filter),
	})
	out := &savedViewOut{}
	out.Body.ID = kept.ID
	return out, err
}

type deletedOut struct {
	Body struct {
		Undo *Undo `json:"undo"`
	}
}

func (s *Server) deleteView(ctx context.Context, in *ViewPath) (*deletedOut, error) {
	out := &deletedOut{}
	out.Body.Undo = &Undo{Method: "POST", Path: base + "/views/" + id.SavedView(in.ID).String() + "/restore", Body: map[string]any{}}
	return out, s.Team.DeleteView(ctx, actor(ctx), id.SavedView(in.ID))
}

func (s *Server) restoreView(ctx context.Context, in *ViewPath) (*struct{}, error) {
	return nil, s.Team.RestoreView(ctx, actor(ctx), id.SavedView(in.ID))
}

type previewIn struct {
	Body struct {
		Base   string      `json:"base" enum:"owed,mine,unassigned,waiting,snoozed,sent,closed,courtesy,sort,spam"`
		Filter view.Filter `json:"filter"`
	}
}

type previewOut struct{ Body view.Counted }

// previewView counts what a filter would let through. It is a POST for the
// body's sake and changes nothing.
func (s *Server) previewView(ctx context.Context, in *previewIn) (*previewOut, error) {
	n, err := s.Views.Preview(ctx, actor(ctx), view.View(in.Body.Base), in.Body.Filter)
	return &previewOut{n}, err
}

type choicesOut struct{ Body view.Choices }

// viewChoices are what the conditions of a view can name.
func (s *Server) viewChoices(ctx context.Context, _ *struct{}) (*choicesOut, error) {
	all, err := s.Views.Choices(ctx, actor(ctx).Shop)
	return &choicesOut{all}, err
}

type favouriteIn struct {
	Body struct {
		List string `json:"list" maxLength:"40" doc:"team-2, tag-7"`
		On   bool   `json:"on"`
	}
}

// setFavourite puts a list first beside the caller's screen.
func (s *Server) setFavourite(ctx context.Context, in *favouriteIn) (*besideOut, error) {
	if err := s.Team.SetFavourite(ctx, actor(ctx), in.Body.List, in.Body.On); err != nil {
		return nil, err
	}
	return s.views(ctx, nil)
}
