package api

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/incident"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// IncidentInput is what a person says of an incident.
type IncidentInput struct {
	Name     string     `json:"name" maxLength:"500"`
	BeginsAt *time.Time `json:"begins_at,omitempty" nullable:"true" doc:"Who wrote from then on may be concerned; now by default"`
	EndsAt   *time.Time `json:"ends_at,omitempty" nullable:"true" doc:"Expected: its banner is said no longer"`
	Tag      *id.Tag    `json:"tag,omitempty" nullable:"true" doc:"Later ones are suggested by it"`
	Reason   *id.Reason `json:"reason,omitempty" nullable:"true" doc:"Or by it"`
	Words    string     `json:"words,omitempty" maxLength:"1000" doc:"Or by these, several apart by commas"`
	BannerFR string     `json:"banner_fr,omitempty" maxLength:"5000" doc:"What acknowledgements say while it lasts"`
	BannerEN string     `json:"banner_en,omitempty" maxLength:"5000"`
	Hint     bool       `json:"hint,omitempty" doc:"The banner is offered beside the composer"`
}

func (in IncidentInput) input() incident.Input {
	return incident.Input{
		Name: in.Name, BeginsAt: given(in.BeginsAt), EndsAt: given(in.EndsAt), Tag: given(in.Tag), Reason: given(in.Reason), Words: in.Words,
		BannerFR: in.BannerFR, BannerEN: in.BannerEN, Hint: in.Hint,
	}
}

// Incident is a matter that concerns many customers.
type Incident struct {
	ID            id.Incident `json:"id"`
	Name          string      `json:"name"`
	BeginsAt      time.Time   `json:"begins_at"`
	EndsAt        *time.Time  `json:"ends_at" nullable:"true"`
	EndedAt       *time.Time  `json:"ended_at" nullable:"true" doc:"By hand; null while it goes on"`
	Lasts         bool        `json:"lasts" doc:"Its banner is said now"`
	OpenedAt      time.Time   `json:"opened_at"`
	OpenedBy      id.Person   `json:"opened_by"`
	Tag           *id.Tag     `json:"tag" nullable:"true"`
	Reason        *id.Reason  `json:"reason" nullable:"true"`
	Words         string      `json:"words"`
	BannerFR      string      `json:"banner_fr"`
	BannerEN      string      `json:"banner_en"`
	Hint          bool        `json:"hint"`
	Conversations int         `json:"conversations"`
	Revision      int64       `json:"revision"`
}

func (s *Server) shownIncident(i incident.Incident, size int) Incident {
	return Incident{
		ID: i.ID, Name: i.Name, BeginsAt: i.BeginsAt, EndsAt: unlessZero(i.EndsAt), EndedAt: unlessZero(i.EndedAt), Lasts: i.LastsAt(s.Clock.Now()),
		OpenedAt: i.OpenedAt, OpenedBy: i.OpenedBy, Tag: unlessNone(i.Tag), Reason: unlessNone(i.Reason), Words: i.Words,
		BannerFR: i.BannerFR, BannerEN: i.BannerEN, Hint: i.Hint, Conversations: size, Revision: i.Revision,
	}
}

func unlessZero(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// IncidentPath names an incident.
type IncidentPath struct {
	ID int64 `path:"id"`
}

func (in IncidentPath) id() id.Incident { return id.Incident(in.ID) }

type incidentsOut struct {
	Body struct {
		Incidents []Incident `json:"incidents" nullable:"false"`
	}
}

func (s *Server) incidents(ctx context.Context, _ *struct{}) (*incidentsOut, error) {
	by := actor(ctx)
	out := &incidentsOut{}
	out.Body.Incidents = []Incident{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		list, err := incident.List(tx, by)
		if err != nil {
			return err
		}
		sizes, err := incident.Sizes(tx, by.Shop)
		for _, i := range list {
			out.Body.Incidents = append(out.Body.Incidents, s.shownIncident(i, sizes[i.ID]))
		}
		return err
	})
	return out, err
}

type incidentOut struct{ Body Incident }

func (s *Server) incident(ctx context.Context, in *IncidentPath) (*incidentOut, error) {
	return s.oneIncident(ctx, in.id())
}

func (s *Server) oneIncident(ctx context.Context, i id.Incident) (*incidentOut, error) {
	by := actor(ctx)
	out := &incidentOut{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := incident.Get(tx, by, i)
		if err != nil {
			return err
		}
		sizes, err := incident.Sizes(tx, by.Shop)
		out.Body = s.shownIncident(found, sizes[i])
		return err
	})
	return out, err
}

// onIncident runs one act on an incident and reads it anew.
func (s *Server) onIncident(ctx context.Context, i id.Incident, do func(tx *store.Tx, by team.Actor) error) (*incidentOut, error) {
	if err := s.DB.InTx(ctx, func(tx *store.Tx) error { return do(tx, actor(ctx)) }); err != nil {
		return nil, err
	}
	return s.oneIncident(ctx, i)
}

type openIncidentIn struct {
	Body struct {
		IncidentInput

		Conversations []id.Conversation `json:"conversations,omitempty" nullable:"true" maxItems:"200"`
	}
}

func (s *Server) openIncident(ctx context.Context, in *openIncidentIn) (*incidentOut, error) {
	var made id.Incident
	err := s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		if made, err = s.Incidents.Open(tx, actor(ctx), in.Body.input()); err != nil || len(in.Body.Conversations) == 0 {
			return err
		}
		_, err = s.Incidents.Add(tx, actor(ctx), made, in.Body.Conversations)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.oneIncident(ctx, made)
}

type saveIncidentIn struct {
	IncidentPath

	Body struct {
		IncidentInput

		Revision int64 `json:"revision" doc:"That the incident had when it was read"`
	}
}

func (s *Server) saveIncident(ctx context.Context, in *saveIncidentIn) (*incidentOut, error) {
	return s.onIncident(ctx, in.id(), func(tx *store.Tx, by team.Actor) error {
		return s.Incidents.Save(tx, by, in.id(), in.Body.Revision, in.Body.input())
	})
}

func (s *Server) endIncident(ctx context.Context, in *IncidentPath) (*incidentOut, error) {
	return s.onIncident(ctx, in.id(), func(tx *store.Tx, by team.Actor) error { return s.Incidents.End(tx, by, in.id()) })
}

func (s *Server) reopenIncident(ctx context.Context, in *IncidentPath) (*incidentOut, error) {
	return s.onIncident(ctx, in.id(), func(tx *store.Tx, by team.Actor) error { return s.Incidents.Reopen(tx, by, in.id()) })
}

type gatherIn struct {
	IncidentPath

	Body struct {
		IDs    []id.Conversation `json:"ids,omitempty" nullable:"true" maxItems:"200"`
		List   *BulkList         `json:"list,omitempty" doc:"In place of ids: all of a list, at most 200 a request; go on with next"`
		Search string            `json:"search,omitempty" maxLength:"2000" doc:"In place of ids: the newest 100 that a search finds"`
	}
}

type gatheredOut struct {
	Body struct {
		Added int    `json:"added" doc:"Those that were not there yet"`
		Next  string `json:"next" doc:"Cursor of the list's rest; empty at its end"`
		Undo  *Undo  `json:"undo" doc:"Null when none was added"`
	}
}

// gather adds conversations to an incident: named, those of a list, or those
// that a search finds.
func (s *Server) gather(ctx context.Context, in *gatherIn) (*gatheredOut, error) {
	ids, next := in.Body.IDs, ""
	var err error
	switch {
	case in.Body.List != nil:
		ids, next, err = s.bulkList(ctx, *in.Body.List)
	case in.Body.Search != "":
		ids, err = s.foundBy(ctx, in.Body.Search)
		err = called("search", err)
	}
	if err != nil {
		return nil, err
	}
	var added []id.Conversation
	err = s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		added, err = s.Incidents.Add(tx, actor(ctx), in.id(), ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := &gatheredOut{}
	out.Body.Added, out.Body.Next = len(added), next
	if len(added) > 0 {
		out.Body.Undo = &Undo{Method: "POST", Path: base + "/incidents/" + in.id().String() + "/remove", Body: map[string]any{"ids": added}}
	}
	return out, nil
}

func (s *Server) foundBy(ctx context.Context, q string) (ids []id.Conversation, err error) {
	found, err := s.Views.Search(ctx, actor(ctx), view.Asking{Q: q, Order: view.ByNewest, Limit: 100})
	for _, f := range found.Conversations {
		ids = append(ids, f.Conversation.ID)
	}
	return ids, err
}

type removeIn struct {
	IncidentPath

	Body struct {
		IDs []id.Conversation `json:"ids" nullable:"false" maxItems:"500"`
	}
}

func (s *Server) ungather(ctx context.Context, in *removeIn) (*incidentOut, error) {
	return s.onIncident(ctx, in.id(), func(tx *store.Tx, by team.Actor) error { return s.Incidents.Remove(tx, by, in.id(), in.Body.IDs) })
}

// SuggestedConversation may belong to an incident.
type SuggestedConversation struct {
	ID       id.Conversation `json:"id"`
	Subject  string          `json:"subject"`
	Snippet  string          `json:"snippet"`
	Customer string          `json:"customer"`
	At       time.Time       `json:"at"`
	By       string          `json:"by" enum:"tag,reason,words" doc:"What it is known by"`
}

type suggestedOut struct {
	Body struct {
		Conversations []SuggestedConversation `json:"conversations" nullable:"false"`
	}
}

func (s *Server) suggested(ctx context.Context, in *IncidentPath) (*suggestedOut, error) {
	by := actor(ctx)
	out := &suggestedOut{}
	out.Body.Conversations = []SuggestedConversation{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		i, err := incident.Get(tx, by, in.id())
		if err != nil {
			return err
		}
		list, err := incident.Suggest(tx, by, i)
		for _, c := range list {
			out.Body.Conversations = append(out.Body.Conversations, SuggestedConversation{
				ID: c.Conversation, Subject: c.Subject, Snippet: c.Snippet, Customer: c.Customer, At: c.At, By: c.By,
			})
		}
		return err
	})
	return out, err
}

// IncidentHint is an incident that lasts while somebody answers.
type IncidentHint struct {
	ID     id.Incident `json:"id"`
	Name   string      `json:"name"`
	Text   string      `json:"text" doc:"The banner in the conversation's language, else empty"`
	Joined bool        `json:"joined" doc:"The conversation belongs to it"`
}

type hintsOut struct {
	Body struct {
		Incidents []IncidentHint `json:"incidents" nullable:"false"`
	}
}

// hints are the incidents that last, for who answers in a conversation.
func (s *Server) hints(ctx context.Context, in *ConversationPath) (*hintsOut, error) {
	by := actor(ctx)
	out := &hintsOut{}
	out.Body.Incidents = []IncidentHint{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		list, err := incident.Hints(tx, by, in.id(), s.Clock.Now())
		for _, h := range list {
			out.Body.Incidents = append(out.Body.Incidents, IncidentHint(h))
		}
		return err
	})
	return out, err
}
