package api

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// change runs an act whose undo depends on how the conversation was before.
func (s *Server) change(ctx context.Context, c id.Conversation, undo func(before desk.Conversation) *Undo, do func(tx *store.Tx, by team.Actor) error) (*acted, error) {
	var before desk.Conversation
	out, err := s.act(ctx, c, nil, func(tx *store.Tx, by team.Actor) error {
		now, err := desk.Get(tx, c)
		if err != nil || now.Shop != by.Shop {
			return fault.Missing("conversation")
		}
		before = now
		return do(tx, by)
	})
	if err == nil {
		out.Body.Undo = undo(before)
	}
	return out, err
}

type assignTeamIn struct {
	ConversationPath

	Body struct {
		Team   *id.Team   `json:"team" nullable:"true" doc:"null takes it back"`
		Person *id.Person `json:"person,omitempty" nullable:"true" doc:"Who is in charge then; left out, a member stays so"`
	}
}

func (s *Server) assignTeam(ctx context.Context, in *assignTeamIn) (*acted, error) {
	undo := func(before desk.Conversation) *Undo {
		return undoBy(in.id(), "team", map[string]any{"team": nullable(before.Team), "person": nullable(before.Assignee)})
	}
	return s.change(ctx, in.id(), undo, func(tx *store.Tx, by team.Actor) error {
		if in.Body.Team != nil {
			if err := s.usableTeam(tx, by, *in.Body.Team); err != nil {
				return err
			}
		}
		if _, err := s.Desk.AssignTeam(tx, by, in.id(), given(in.Body.Team)); err != nil || in.Body.Person == nil {
			return err
		}
		if _, err := s.Team.Member(tx, by.Shop, *in.Body.Person); err != nil {
			return err
		}
		_, err := s.Desk.Assign(tx, by, in.id(), *in.Body.Person)
		return err
	})
}

// usableTeam says whether a team may be given work.
func (s *Server) usableTeam(tx *store.Tx, by team.Actor, wanted id.Team) error {
	t, err := s.Team.TeamOf(tx, by.Shop, wanted)
	if err == nil && t.Archived {
		err = fault.Wrong("team", "This team is not in use any more.")
	}
	return err
}

type classifyIn struct {
	ConversationPath

	Body struct {
		Reason  *id.Reason `json:"reason" nullable:"true"`
		Product string     `json:"product,omitempty" maxLength:"500"`
		Cause   string     `json:"cause,omitempty" maxLength:"500"`
	}
}

func (s *Server) classify(ctx context.Context, in *classifyIn) (*acted, error) {
	undo := func(before desk.Conversation) *Undo {
		return undoBy(in.id(), "reason", map[string]any{
			"reason": nullable(before.Reason), "product": before.Product, "cause": before.Cause,
		})
	}
	return s.change(ctx, in.id(), undo, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Classify(tx, by, in.id(), desk.Class{
			Reason: given(in.Body.Reason), Product: in.Body.Product, Cause: in.Body.Cause,
		})
		return err
	})
}

type priorityIn struct {
	ConversationPath

	Body struct {
		Priority int `json:"priority" minimum:"-1" maximum:"1"`
	}
}

func (s *Server) prioritise(ctx context.Context, in *priorityIn) (*acted, error) {
	undo := func(before desk.Conversation) *Undo {
		return undoBy(in.id(), "priority", map[string]any{"priority": before.Priority})
	}
	return s.change(ctx, in.id(), undo, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Prioritise(tx, by, in.id(), in.Body.Priority)
		return err
	})
}

type languageIn struct {
	ConversationPath

	Body struct {
		Language string `json:"language" maxLength:"2" doc:"Two letters; empty for what is detected"`
	}
}

func (s *Server) setLanguage(ctx context.Context, in *languageIn) (*acted, error) {
	undo := func(before desk.Conversation) *Undo {
		language := before.Language
		if !before.LanguageSet {
			language = ""
		}
		return undoBy(in.id(), "language", map[string]any{"language": language})
	}
	return s.change(ctx, in.id(), undo, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.SetLanguage(tx, by, in.id(), in.Body.Language)
		return err
	})
}

type tagIn struct {
	ConversationPath

	Body struct {
		Tag  *id.Tag `json:"tag,omitempty" nullable:"true"`
		Name string  `json:"name,omitempty" maxLength:"500" doc:"Instead of tag: what was typed"`
		On   bool    `json:"on"`
	}
}

func (s *Server) tag(ctx context.Context, in *tagIn) (*acted, error) {
	tag := given(in.Body.Tag)
	out, err := s.act(ctx, in.id(), nil, func(tx *store.Tx, by team.Actor) (err error) {
		if in.Body.Tag == nil {
			if tag, err = s.labels().TagNamed(tx, by, in.Body.Name); err != nil {
				return err
			}
		}
		_, err = s.Desk.Tag(tx, by, in.id(), tag, in.Body.On)
		return err
	})
	if err == nil {
		out.Body.Undo = undoBy(in.id(), "tag", map[string]any{"tag": tag, "on": !in.Body.On})
	}
	return out, err
}

type fieldValueIn struct {
	ConversationPath

	Body struct {
		Field id.Field `json:"field"`
		Value string   `json:"value" maxLength:"5000" doc:"Empty takes it away; a day is YYYY-MM-DD, yes or no"`
	}
}

func (s *Server) setField(ctx context.Context, in *fieldValueIn) (*acted, error) {
	before := ""
	out, err := s.act(ctx, in.id(), nil, func(tx *store.Tx, by team.Actor) (err error) {
		before, err = s.Desk.SetField(tx, by, in.id(), in.Body.Field, in.Body.Value)
		return err
	})
	if err == nil {
		out.Body.Undo = undoBy(in.id(), "field", map[string]any{"field": in.Body.Field, "value": before})
	}
	return out, err
}

type followIn struct {
	ConversationPath

	Body struct {
		On bool `json:"on"`
	}
}

func (s *Server) follow(ctx context.Context, in *followIn) (*acted, error) {
	undo := undoBy(in.id(), "follow", map[string]any{"on": !in.Body.On})
	return s.act(ctx, in.id(), undo, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Follow(tx, by, in.id(), in.Body.On)
		return err
	})
}

type linkIn struct {
	ConversationPath

	Body struct {
		Other id.Conversation `json:"other" doc:"Its number"`
		On    bool            `json:"on"`
	}
}

func (s *Server) link(ctx context.Context, in *linkIn) (*acted, error) {
	undo := undoBy(in.id(), "link", map[string]any{"other": in.Body.Other, "on": !in.Body.On})
	return s.act(ctx, in.id(), undo, func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Link(tx, by, in.id(), in.Body.Other, in.Body.On)
		return err
	})
}

type splitIn struct {
	ConversationPath

	Body struct {
		Messages []id.Message `json:"messages" minItems:"1" maxItems:"200" nullable:"false"`
		Onwards  bool         `json:"onwards,omitempty" doc:"The first of these and all after it"`
	}
}

// split answers the new conversation.
func (s *Server) split(ctx context.Context, in *splitIn) (*acted, error) {
	var made id.Conversation
	by := actor(ctx)
	err := s.DB.InTx(ctx, func(tx *store.Tx) error {
		conv, err := s.Desk.Split(tx, by, in.id(), in.Body.Messages, in.Body.Onwards)
		made = conv.ID
		return err
	})
	if err != nil {
		return nil, err
	}
	shown, err := s.Views.Head(ctx, by, made)
	if err != nil {
		return nil, err
	}
	return &acted{Acted{shown, undoBy(made, "merge", map[string]any{"into": in.id()})}}, nil
}

func (s *Server) block(ctx context.Context, in *ConversationPath) (*acted, error) {
	return s.act(ctx, in.id(), undoBy(in.id(), "rescue", nil), func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.Block(tx, by, in.id())
		return err
	})
}

func (s *Server) snoozeUntilAnswer(ctx context.Context, in *ConversationPath) (*acted, error) {
	return s.act(ctx, in.id(), undoBy(in.id(), "unsnooze", nil), func(tx *store.Tx, by team.Actor) error {
		_, err := s.Desk.SnoozeUntilAnswer(tx, by, in.id())
		return err
	})
}

func (s *Server) labels() *label.Service { return &label.Service{Clock: s.Clock, Events: s.Events} }
