package api

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Party is somebody whom the shop asks inside.
type Party struct {
	ID       id.Party `json:"id"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind" enum:"warehouse,workshop,supplier,carrier,other"`
	Address  string   `json:"address" doc:"Of mail"`
	Language string   `json:"language" enum:"fr,en" doc:"In which they are written to"`
	Archived bool     `json:"archived"`
}

type partiesOut struct {
	Body struct {
		Items []Party `json:"items" nullable:"false"`
	}
}

func (s *Server) parties(ctx context.Context, _ *struct{}) (*partiesOut, error) {
	out := &partiesOut{}
	out.Body.Items = []Party{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := s.Asks.Parties(tx, actor(ctx))
		for _, p := range all {
			out.Body.Items = append(out.Body.Items, Party{p.ID, p.Name, string(p.Kind), p.Address, p.Language, p.Archived})
		}
		return err
	})
	return out, err
}

// PartyInput is what a person says of an inside contact.
type PartyInput struct {
	Name     string `json:"name" maxLength:"200"`
	Kind     string `json:"kind" enum:"warehouse,workshop,supplier,carrier,other"`
	Address  string `json:"address" maxLength:"320"`
	Language string `json:"language" enum:"fr,en"`
	Archived bool   `json:"archived,omitempty"`
}

func (in PartyInput) party(p id.Party) ask.Party {
	return ask.Party{ID: p, Name: in.Name, Kind: ask.PartyKind(in.Kind), Address: in.Address, Language: in.Language, Archived: in.Archived}
}

type addPartyIn struct{ Body PartyInput }

func (s *Server) addParty(ctx context.Context, in *addPartyIn) (*partiesOut, error) {
	return s.changeParty(ctx, in.Body.party(0))
}

// PartyPath names an inside contact.
type PartyPath struct {
	ID int64 `path:"id"`
}

type savePartyIn struct {
	PartyPath

	Body PartyInput
}

func (s *Server) saveParty(ctx context.Context, in *savePartyIn) (*partiesOut, error) {
	return s.changeParty(ctx, in.Body.party(id.Party(in.ID)))
}

func (s *Server) changeParty(ctx context.Context, p ask.Party) (*partiesOut, error) {
	err := s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := s.Asks.SaveParty(tx, actor(ctx), p)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.parties(ctx, nil)
}

type askIn struct {
	ConversationPath

	Body struct {
		Key         string          `json:"key" minLength:"8" maxLength:"100"`
		Party       *id.Party       `json:"party,omitempty" nullable:"true" minimum:"1" doc:"An inside contact; null for a free address"`
		Name        string          `json:"name,omitempty" maxLength:"200" doc:"Of a free address"`
		Address     string          `json:"address,omitempty" maxLength:"320"`
		Language    string          `json:"language,omitempty" enum:"fr,en" doc:"Of a free address; fr without it"`
		Question    string          `json:"question" maxLength:"20000" doc:"Plain text"`
		DueAt       *time.Time      `json:"due_at,omitempty" nullable:"true" doc:"Until when they have time; null for one open day"`
		Messages    []id.Message    `json:"messages,omitempty" maxItems:"20" doc:"Messages of the conversation that are quoted to them"`
		Attachments []id.Attachment `json:"attachments,omitempty" maxItems:"20" doc:"Files of the conversation or uploaded ones"`
		Product     bool            `json:"product,omitempty" doc:"Show them the conversation's product"`
	}
}

func (s *Server) askInside(ctx context.Context, in *askIn) (*acted, error) {
	b := in.Body
	language := b.Language
	if language == "" {
		language = "fr"
	}
	_, err := s.Asks.Ask(ctx, actor(ctx), ask.New{
		Conversation: in.id(), Key: b.Key, Party: given(b.Party), To: ask.Party{Name: b.Name, Address: b.Address, Language: language},
		Question: b.Question, DueAt: given(b.DueAt), Messages: b.Messages, Attachments: b.Attachments, ShowProduct: b.Product,
	})
	if err != nil {
		return nil, err
	}
	return s.shown(ctx, in.id())
}

// AskPath names a question to somebody inside.
type AskPath struct {
	ID int64 `path:"id"`
}

func (s *Server) withdrawAsk(ctx context.Context, in *AskPath) (*acted, error) {
	return s.actFound(ctx, func(tx *store.Tx, by team.Actor) (id.Conversation, error) {
		return s.Asks.Withdraw(tx, by, id.Ask(in.ID))
	})
}

// actFound runs an act that finds its conversation itself, and shows that one.
func (s *Server) actFound(ctx context.Context, do func(tx *store.Tx, by team.Actor) (id.Conversation, error)) (*acted, error) {
	var c id.Conversation
	err := s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		c, err = do(tx, actor(ctx))
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.shown(ctx, c)
}

func (s *Server) shown(ctx context.Context, c id.Conversation) (*acted, error) {
	head, err := s.Views.Head(ctx, actor(ctx), c)
	if err != nil {
		return nil, err
	}
	return &acted{Acted{head, nil}}, nil
}
