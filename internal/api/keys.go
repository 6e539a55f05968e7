package api

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// ShownKey is a key of a program, without its secret.
type ShownKey struct {
	ID         id.APIKey    `json:"id"`
	Name       string       `json:"name"`
	Hint       string       `json:"hint" doc:"How the key begins"`
	Scopes     []team.Scope `json:"scopes" nullable:"false"`
	Person     string       `json:"person" doc:"Who made it, and for whom it acts"`
	State      string       `json:"state" enum:"active,expired,revoked"`
	CreatedAt  time.Time    `json:"created_at"`
	ExpiresAt  *time.Time   `json:"expires_at"`
	LastUsedAt *time.Time   `json:"last_used_at" doc:"To within five minutes"`
}

// NewAPIKey is a key with its secret, which is shown this once.
type NewAPIKey struct {
	ShownKey

	Key string `json:"key" doc:"For the header Authorization: Bearer …"`
}

type keysOut struct {
	Body struct {
		Items  []ShownKey   `json:"items" nullable:"false" doc:"Newest first"`
		Scopes []team.Scope `json:"scopes" nullable:"false" doc:"All that a key may have"`
	}
}

func (s *Server) keys(ctx context.Context, _ *struct{}) (*keysOut, error) {
	out := &keysOut{}
	var list []team.APIKey
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = s.Team.Keys(tx, actor(ctx).Shop)
		return err
	})
	if err != nil {
		return nil, err
	}
	people, err := s.Views.People(ctx, actor(ctx).Shop)
	if err != nil {
		return nil, err
	}
	out.Body.Items, out.Body.Scopes = []ShownKey{}, team.AllScopes()
	for _, k := range list {
		out.Body.Items = append(out.Body.Items, s.shownKey(k, people))
	}
	return out, nil
}

func (s *Server) shownKey(k team.APIKey, people []view.Person) ShownKey {
	out := ShownKey{
		ID: k.ID, Name: k.Name, Hint: k.Hint, Scopes: k.Scopes.List(), State: "active", CreatedAt: k.CreatedAt,
		ExpiresAt: instantOrNone(k.ExpiresAt), LastUsedAt: instantOrNone(k.LastUsedAt),
	}
	for _, p := range people {
		if p.ID == k.Person {
			out.Person = p.Name
		}
	}
	switch {
	case !k.RevokedAt.IsZero():
		out.State = "revoked"
	case !k.ExpiresAt.IsZero() && !k.ExpiresAt.After(s.Clock.Now()):
		out.State = "expired"
	}
	return out
}

func instantOrNone(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type createKeyIn struct {
	Body struct {
		Name      string       `json:"name" minLength:"1" maxLength:"100"`
		Scopes    []team.Scope `json:"scopes" nullable:"false" minItems:"1" maxItems:"20"`
		ExpiresAt *time.Time   `json:"expires_at,omitempty" doc:"Without it the key holds until it is revoked"`
	}
}

type createKeyOut struct{ Body NewAPIKey }

func (s *Server) createKey(ctx context.Context, in *createKeyIn) (*createKeyOut, error) {
	n := team.NewAPIKey{Name: in.Body.Name, Scopes: in.Body.Scopes}
	if in.Body.ExpiresAt != nil {
		n.ExpiresAt = *in.Body.ExpiresAt
	}
	made, secret, err := s.Team.CreateKey(ctx, actor(ctx), n)
	if err != nil {
		return nil, err
	}
	people, err := s.Views.People(ctx, actor(ctx).Shop)
	if err != nil {
		return nil, err
	}
	return &createKeyOut{Body: NewAPIKey{ShownKey: s.shownKey(made, people), Key: secret}}, nil
}

type keyIn struct {
	ID int64 `path:"id"`
}

func (s *Server) revokeKey(ctx context.Context, in *keyIn) (*struct{}, error) {
	return nil, s.Team.RevokeKey(ctx, actor(ctx), id.APIKey(in.ID))
}
