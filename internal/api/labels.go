package api

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Reason is a reason for contact as the settings show it.
type Reason struct {
	ID       id.Reason `json:"id"`
	Parent   id.Reason `json:"parent" doc:"The group that it belongs to; 0 for a group itself"`
	Name     string    `json:"name"`
	Position int       `json:"position"`
	Archived bool      `json:"archived"`
}

// Tag is a tag as the settings show it.
type Tag struct {
	ID       id.Tag `json:"id"`
	Name     string `json:"name"`
	Colour   string `json:"colour"`
	Archived bool   `json:"archived"`
}

// Field is one of the shop's own fields.
type Field struct {
	ID       id.Field        `json:"id"`
	Name     string          `json:"name"`
	Kind     label.FieldKind `json:"kind" enum:"text,number,date,choice,yes_no"`
	Choices  []string        `json:"choices" nullable:"false"`
	Position int             `json:"position"`
	Archived bool            `json:"archived"`
}

// Labels are all of a shop's words for its conversations.
type Labels struct {
	Reasons  []Reason `json:"reasons" nullable:"false"`
	Tags     []Tag    `json:"tags" nullable:"false"`
	Fields   []Field  `json:"fields" nullable:"false"`
	Products []string `json:"products" nullable:"false" doc:"Noted last, the newest first; at most 200"`
	Causes   []string `json:"causes" nullable:"false"`
}

type labelsOut struct{ Body Labels }

func (s *Server) readLabels(ctx context.Context, _ *struct{}) (*labelsOut, error) {
	by := actor(ctx)
	var out Labels
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		out = Labels{Reasons: []Reason{}, Tags: []Tag{}, Fields: []Field{}}
		reasons, err := s.labels().Reasons(tx, by)
		if err != nil {
			return err
		}
		for _, r := range reasons {
			out.Reasons = append(out.Reasons, Reason{r.ID, r.Parent, r.Name, r.Position, r.Archived})
		}
		tags, err := s.labels().Tags(tx, by)
		if err != nil {
			return err
		}
		for _, t := range tags {
			out.Tags = append(out.Tags, Tag(t))
		}
		fields, err := s.labels().Fields(tx, by)
		if err != nil {
			return err
		}
		for _, f := range fields {
			out.Fields = append(out.Fields, Field{f.ID, f.Name, f.Kind, append([]string{}, f.Choices()...), f.Position, f.Archived})
		}
		if out.Products, err = label.Words(tx, by.Shop, label.Product); err != nil {
			return err
		}
		out.Products = append([]string{}, out.Products...)
		out.Causes, err = label.Words(tx, by.Shop, label.Cause)
		out.Causes = append([]string{}, out.Causes...)
		return err
	})
	return &labelsOut{out}, err
}

// changeLabels runs one change of the shop's words and reads them anew.
func (s *Server) changeLabels(ctx context.Context, do func(tx *store.Tx) error) (*labelsOut, error) {
	if err := s.DB.InTx(ctx, do); err != nil {
		return nil, err
	}
	return s.readLabels(ctx, nil)
}

// ReasonInput is what a person says of a reason.
type ReasonInput struct {
	Name     string    `json:"name" maxLength:"500"`
	Parent   id.Reason `json:"parent,omitempty"`
	Position int       `json:"position,omitempty" minimum:"0" maximum:"1000"`
}

type addReasonIn struct{ Body ReasonInput }

func (s *Server) addReason(ctx context.Context, in *addReasonIn) (*labelsOut, error) {
	return s.changeLabels(ctx, func(tx *store.Tx) error {
		_, err := s.labels().CreateReason(tx, actor(ctx), label.ReasonInput(in.Body))
		return err
	})
}

type saveReasonIn struct {
	ID   int64 `path:"id"`
	Body ReasonInput
}

func (s *Server) saveReason(ctx context.Context, in *saveReasonIn) (*labelsOut, error) {
	return s.changeLabels(ctx, func(tx *store.Tx) error {
		return s.labels().SaveReason(tx, actor(ctx), id.Reason(in.ID), label.ReasonInput(in.Body))
	})
}

type archiveIn struct {
	ID   int64 `path:"id"`
	Body struct {
		Archived bool `json:"archived"`
	}
}

func (s *Server) archiveReason(ctx context.Context, in *archiveIn) (*labelsOut, error) {
	return s.changeLabels(ctx, func(tx *store.Tx) error {
		return s.labels().ArchiveReason(tx, actor(ctx), id.Reason(in.ID), in.Body.Archived)
	})
}

type saveTagIn struct {
	ID   int64 `path:"id"`
	Body struct {
		Name     string `json:"name" maxLength:"500"`
		Colour   string `json:"colour" maxLength:"20"`
		Archived bool   `json:"archived"`
	}
}

func (s *Server) saveTag(ctx context.Context, in *saveTagIn) (*labelsOut, error) {
	return s.changeLabels(ctx, func(tx *store.Tx) error {
		return s.labels().SaveTag(tx, actor(ctx), id.Tag(in.ID), label.TagInput{
			Name: in.Body.Name, Colour: in.Body.Colour, Archived: in.Body.Archived,
		})
	})
}

// FieldInput is what a person says of a field. Its kind is for good.
type FieldInput struct {
	Name     string          `json:"name" maxLength:"500"`
	Kind     label.FieldKind `json:"kind" enum:"text,number,date,choice,yes_no"`
	Choices  []string        `json:"choices,omitempty" maxItems:"100"`
	Position int             `json:"position,omitempty" minimum:"0" maximum:"1000"`
	Archived bool            `json:"archived,omitempty"`
}

type addFieldIn struct{ Body FieldInput }

func (s *Server) addField(ctx context.Context, in *addFieldIn) (*labelsOut, error) {
	return s.changeLabels(ctx, func(tx *store.Tx) error {
		_, err := s.labels().CreateField(tx, actor(ctx), label.FieldInput(in.Body))
		return err
	})
}

type saveFieldIn struct {
	ID   int64 `path:"id"`
	Body FieldInput
}

func (s *Server) saveField(ctx context.Context, in *saveFieldIn) (*labelsOut, error) {
	return s.changeLabels(ctx, func(tx *store.Tx) error {
		return s.labels().SaveField(tx, actor(ctx), id.Field(in.ID), label.FieldInput(in.Body))
	})
}

// BlockedAddress is a sender whose mail lies in the spam tray by a person's word.
type BlockedAddress struct {
	Address string    `json:"address"`
	At      time.Time `json:"at"`
}

type blockedOut struct {
	Body struct {
		Items []BlockedAddress `json:"items" nullable:"false"`
	}
}

func (s *Server) blockedSenders(ctx context.Context, _ *struct{}) (*blockedOut, error) {
	out := &blockedOut{}
	out.Body.Items = []BlockedAddress{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		list, err := customer.BlockedSenders(tx, actor(ctx).Shop)
		for _, b := range list {
			out.Body.Items = append(out.Body.Items, BlockedAddress{b.Address, b.At})
		}
		return err
	})
	return out, err
}

type unblockIn struct {
	Body struct {
		Address string `json:"address" maxLength:"320"`
	}
}

func (s *Server) unblock(ctx context.Context, in *unblockIn) (*blockedOut, error) {
	err := s.DB.InTx(ctx, func(tx *store.Tx) error { return s.Desk.Unblock(tx, actor(ctx), in.Body.Address) })
	if err != nil {
		return nil, err
	}
	return s.blockedSenders(ctx, nil)
}
