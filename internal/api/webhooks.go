package api

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/webhook"
)

// Webhook is a receiver of events, without its secret.
type Webhook struct {
	ID           id.Webhook    `json:"id"`
	Name         string        `json:"name"`
	URL          string        `json:"url"`
	Kinds        []event.Kind  `json:"kinds" nullable:"false" doc:"None is all"`
	State        webhook.State `json:"state" enum:"active,paused,disabled"`
	Cause        webhook.Cause `json:"cause" enum:",unreachable,gone" doc:"Why it was disabled"`
	FailingSince *time.Time    `json:"failing_since"`
	LastOKAt     *time.Time    `json:"last_ok_at"`
	CreatedAt    time.Time     `json:"created_at"`
}

// WebhookInput is what a person says about a webhook.
type WebhookInput struct {
	Name  string       `json:"name" minLength:"1" maxLength:"100"`
	URL   string       `json:"url" maxLength:"2000" doc:"https; http only to networks that the operator named by --webhook-allow"`
	Kinds []event.Kind `json:"kinds,omitempty" nullable:"false" maxItems:"200" doc:"None is all"`
}

func (in WebhookInput) input() webhook.Input {
	return webhook.Input{Name: in.Name, URL: in.URL, Kinds: in.Kinds}
}

func shownWebhook(w webhook.Webhook) Webhook {
	return Webhook{
		ID: w.ID, Name: w.Name, URL: w.URL, Kinds: w.KindList(), State: w.State, Cause: w.Cause,
		FailingSince: instantOrNone(w.FailingSince), LastOKAt: instantOrNone(w.LastOKAt), CreatedAt: w.CreatedAt,
	}
}

type webhooksOut struct {
	Body struct {
		Items []Webhook    `json:"items" nullable:"false"`
		Kinds []event.Kind `json:"kinds" nullable:"false" doc:"All that can be asked for"`
	}
}

func (s *Server) webhooks(ctx context.Context, _ *struct{}) (*webhooksOut, error) {
	out := &webhooksOut{}
	out.Body.Items, out.Body.Kinds = []Webhook{}, event.Kinds()
	var list []webhook.Webhook
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = s.Hooks.List(tx, actor(ctx).Shop)
		return err
	})
	for _, w := range list {
		out.Body.Items = append(out.Body.Items, shownWebhook(w))
	}
	return out, err
}

type webhookIn struct {
	ID id.Webhook `path:"id"`
}

type webhookOut struct{ Body Webhook }

func (s *Server) webhook(ctx context.Context, in *webhookIn) (*webhookOut, error) {
	w, err := s.readWebhook(ctx, in.ID)
	return &webhookOut{Body: shownWebhook(w)}, err
}

func (s *Server) readWebhook(ctx context.Context, which id.Webhook) (w webhook.Webhook, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		w, err = s.Hooks.Get(tx, actor(ctx).Shop, which)
		return err
	})
	return w, err
}

type createWebhookIn struct{ Body WebhookInput }

// NewWebhook is a webhook with its secret, which is shown this once.
type NewWebhook struct {
	Webhook

	Secret string `json:"secret" doc:"Key of the signatures (Standard Webhooks 1.0)"`
}

type createWebhookOut struct{ Body NewWebhook }

func (s *Server) createWebhook(ctx context.Context, in *createWebhookIn) (*createWebhookOut, error) {
	made, secret, err := s.Hooks.Create(ctx, actor(ctx), in.Body.input())
	if err != nil {
		return nil, err
	}
	w, err := s.readWebhook(ctx, made)
	return &createWebhookOut{Body: NewWebhook{Webhook: shownWebhook(w), Secret: secret}}, err
}

type saveWebhookIn struct {
	ID   id.Webhook `path:"id"`
	Body WebhookInput
}

func (s *Server) saveWebhook(ctx context.Context, in *saveWebhookIn) (*webhookOut, error) {
	if err := s.Hooks.Save(ctx, actor(ctx), in.ID, in.Body.input()); err != nil {
		return nil, err
	}
	return s.webhook(ctx, &webhookIn{ID: in.ID})
}

func (s *Server) deleteWebhook(ctx context.Context, in *webhookIn) (*struct{}, error) {
	return nil, s.Hooks.Delete(ctx, actor(ctx), in.ID)
}

func (s *Server) pauseWebhook(ctx context.Context, in *webhookIn) (*webhookOut, error) {
	if err := s.Hooks.Pause(ctx, actor(ctx), in.ID); err != nil {
		return nil, err
	}
	return s.webhook(ctx, in)
}

type resumeWebhookIn struct {
	ID   id.Webhook `path:"id"`
	Body struct {
		SkipMissed bool `json:"skip_missed,omitempty" doc:"Go on from now instead of where it stopped"`
	}
}

func (s *Server) resumeWebhook(ctx context.Context, in *resumeWebhookIn) (*webhookOut, error) {
	if err := s.Hooks.Resume(ctx, actor(ctx), in.ID, in.Body.SkipMissed); err != nil {
		return nil, err
	}
	return s.webhook(ctx, &webhookIn{ID: in.ID})
}

type rotateWebhookOut struct {
	Body struct {
		Secret string `json:"secret" doc:"The old one signs too for 24 hours"`
	}
}

func (s *Server) rotateWebhook(ctx context.Context, in *webhookIn) (out *rotateWebhookOut, err error) {
	out = &rotateWebhookOut{}
	out.Body.Secret, err = s.Hooks.Rotate(ctx, actor(ctx), in.ID)
	return out, err
}

func (s *Server) testWebhook(ctx context.Context, in *webhookIn) (*struct{}, error) {
	return nil, s.Hooks.Test(ctx, actor(ctx), in.ID)
}

type replayWebhookIn struct {
	ID   id.Webhook `path:"id"`
	Body struct {
		Since time.Time `json:"since"`
	}
}

type replayWebhookOut struct {
	Body struct {
		Count int64 `json:"count" doc:"How many will be sent again"`
	}
}

func (s *Server) replayWebhook(ctx context.Context, in *replayWebhookIn) (out *replayWebhookOut, err error) {
	out = &replayWebhookOut{}
	out.Body.Count, err = s.Hooks.ReplaySince(ctx, actor(ctx), in.ID, in.Body.Since)
	return out, err
}
