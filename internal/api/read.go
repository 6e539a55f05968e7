package api

import (
	"context"
	"errors"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/view"
)

type countsOut struct{ Body view.Counts }

func (s *Server) counts(ctx context.Context, _ *struct{}) (*countsOut, error) {
	by := actor(ctx)
	n, err := s.Views.Counts(ctx, by.Shop, by.Person)
	return &countsOut{n}, err
}

type listIn struct {
	View   string `query:"view" enum:"owed,mine,unassigned,team,waiting,snoozed,scheduled,sent,closed,to_read,tag,courtesy,sort,spam,saved" default:"owed"`
	Order  string `query:"order" enum:"due,rank" default:"due" doc:"Of owed, mine, unassigned and team: by due time, or law, anger and reminders first"`
	Team   int64  `query:"team" doc:"Of the view team; without it all teams of the person"`
	Tag    int64  `query:"tag" doc:"Of the view tag; of the view owed, what has this tag"`
	Saved  int64  `query:"saved" doc:"Of the view saved"`
	Cursor string `query:"cursor" maxLength:"200"`
	Limit  int    `query:"limit" minimum:"0" maximum:"200"`
}

type listOut struct{ Body view.Page[view.Row] }

func (s *Server) conversations(ctx context.Context, in *listIn) (*listOut, error) {
	by := actor(ctx)
	page, err := s.Views.Conversations(ctx, by, view.Asked{
		View: view.View(in.View), Order: view.Order(in.Order), Team: id.Team(in.Team), Tag: id.Tag(in.Tag), Saved: id.SavedView(in.Saved),
		Cursor: in.Cursor, Limit: in.Limit,
	})
	return &listOut{page}, err
}

type nextIn struct {
	After int64  `query:"after"`
	Order string `query:"order" enum:"due,rank" default:"due"`
}

type nextOut struct {
	Body struct {
		ID *id.Conversation `json:"id" doc:"null when nothing else is owed"`
	}
}

func (s *Server) next(ctx context.Context, in *nextIn) (*nextOut, error) {
	next, found, err := s.Views.Next(ctx, actor(ctx), id.Conversation(in.After), view.Order(in.Order))
	out := &nextOut{}
	if found {
		out.Body.ID = &next
	}
	return out, err
}

type conversationOut struct{ Body view.Conversation }

func (s *Server) conversation(ctx context.Context, in *ConversationPath) (*conversationOut, error) {
	shown, err := s.Views.Conversation(ctx, actor(ctx), in.id())
	return &conversationOut{shown}, err
}

type olderIn struct {
	ConversationPath

	Before string `query:"before" maxLength:"200"`
}

type olderOut struct{ Body view.Timeline }

func (s *Server) older(ctx context.Context, in *olderIn) (*olderOut, error) {
	part, err := s.Views.Older(ctx, actor(ctx), in.id(), in.Before)
	return &olderOut{part}, called("before", err)
}

type readIn struct {
	ConversationPath

	Body struct {
		Through id.Message `json:"through" minimum:"1"`
	}
}

func (s *Server) markRead(ctx context.Context, in *readIn) (*struct{}, error) {
	return nil, s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := s.Desk.MarkSeen(tx, actor(ctx), in.id(), in.Body.Through); err != nil {
			return err
		}
		return s.Desk.SeeNotices(tx, actor(ctx), in.id())
	})
}

type messageIn struct {
	ID int64 `path:"id"`
}

type quoteOut struct {
	Body struct {
		Text string `json:"text"`
	}
}

func (s *Server) quote(ctx context.Context, in *messageIn) (*quoteOut, error) {
	body, err := s.Views.MessageBody(ctx, actor(ctx).Shop, id.Message(in.ID))
	out := &quoteOut{}
	out.Body.Text = body.Quote
	return out, err
}

type customersIn struct {
	Q string `query:"q" maxLength:"200"`
}

type customersOut struct {
	Body struct {
		Items []view.FoundCustomer `json:"items" nullable:"false"`
	}
}

func (s *Server) customers(ctx context.Context, in *customersIn) (*customersOut, error) {
	found, err := s.Views.Customers(ctx, actor(ctx).Shop, in.Q)
	out := &customersOut{}
	out.Body.Items = append([]view.FoundCustomer{}, found...)
	return out, err
}

type peopleOut struct {
	Body struct {
		Items []view.Person `json:"items" nullable:"false"`
	}
}

func (s *Server) people(ctx context.Context, _ *struct{}) (*peopleOut, error) {
	found, err := s.Views.People(ctx, actor(ctx).Shop)
	out := &peopleOut{}
	out.Body.Items = append([]view.Person{}, found...)
	return out, err
}

type outboxIn struct {
	State  string `query:"state" enum:"all,held,local,failed,uncertain" default:"all"`
	Cursor string `query:"cursor" maxLength:"200"`
	Limit  int    `query:"limit" minimum:"0" maximum:"200"`
}

type outboxOut struct{ Body view.Page[view.Outgoing] }

func (s *Server) outbox(ctx context.Context, in *outboxIn) (*outboxOut, error) {
	page, err := s.Views.Outbox(ctx, actor(ctx).Shop, in.State, in.Cursor, in.Limit)
	return &outboxOut{page}, err
}

type pageIn struct {
	Cursor string `query:"cursor" maxLength:"200"`
	Limit  int    `query:"limit" minimum:"0" maximum:"200"`
}

type quarantineOut struct{ Body view.Page[view.Unreadable] }

func (s *Server) quarantine(ctx context.Context, in *pageIn) (*quarantineOut, error) {
	page, err := s.Views.Quarantine(ctx, actor(ctx).Shop, in.Cursor, in.Limit)
	return &quarantineOut{page}, err
}

// ItemPath names a raw item.
type ItemPath struct {
	ID int64 `path:"id"`
}

type replayOut struct {
	Body struct {
		Conversation *id.Conversation `json:"conversation"`
		Error        string           `json:"error"`
	}
}

func (s *Server) replay(ctx context.Context, in *ItemPath) (*replayOut, error) {
	// The raw bytes of another shop's item don't exist for this person.
	if _, err := s.Views.QuarantineRaw(ctx, actor(ctx).Shop, id.Item(in.ID)); err != nil {
		return nil, err
	}
	c, reason, err := s.Mail.Replay(ctx, id.Item(in.ID))
	out := &replayOut{}
	if c != 0 {
		out.Body.Conversation = &c
	}
	out.Body.Error = reason
	return out, err
}

type setAsideIn struct {
	ItemPath

	Body struct {
		Reason string `json:"reason" maxLength:"500"`
	}
}

func (s *Server) setAside(ctx context.Context, in *setAsideIn) (*struct{}, error) {
	by := actor(ctx)
	err := s.Intake.SetAside(ctx, by.Shop, id.Item(in.ID), by.Person, in.Body.Reason)
	if errors.Is(err, intake.ErrNoItem) {
		err = fault.Missing("item")
	}
	return nil, err
}
