package api

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/webhook"
)

// WebhookDelivery is one event for one webhook, with its last attempt.
type WebhookDelivery struct {
	ID        id.WebhookDelivery `json:"id"`
	Name      string             `json:"name" doc:"The header webhook-id: the same however often it is sent"`
	Kind      string             `json:"kind"`
	State     string             `json:"state" enum:"waiting,delivered,skipped"`
	Attempts  int                `json:"attempts"`
	NextAt    *time.Time         `json:"next_at" doc:"Of the next attempt; null when it was taken"`
	CreatedAt time.Time          `json:"created_at"`
	Last      *WebhookAttempt    `json:"last" doc:"null before the first attempt"`
}

// WebhookAttempt is one try to send.
type WebhookAttempt struct {
	At     time.Time `json:"at"`
	MS     int64     `json:"ms" doc:"How long it took"`
	Status int       `json:"status" doc:"HTTP status; 0 when no answer came"`
	Error  string    `json:"error" enum:",forbidden_address,unknown_host,timeout,tls,no_connection,address,secret"`
	Answer string    `json:"answer" doc:"The first kilobyte of what was answered"`
}

func shownAttempt(a webhook.Attempt) WebhookAttempt {
	return WebhookAttempt{At: a.At, MS: a.Duration / 1000, Status: a.Status, Error: a.Error, Answer: a.Answer}
}

func shownDelivery(d webhook.Logged) WebhookDelivery {
	out := WebhookDelivery{ID: d.ID, Name: d.Name, Kind: d.Kind, State: d.State, Attempts: d.Attempts, CreatedAt: d.CreatedAt}
	if d.State == "waiting" {
		out.NextAt = instantOrNone(d.NextAt)
	}
	if !d.LastAt.IsZero() {
		last := shownAttempt(webhook.Attempt{At: d.LastAt, Duration: d.Duration, Status: d.Status, Error: d.Error, Answer: d.Answer})
		out.Last = &last
	}
	return out
}

type webhookLogIn struct {
	ID     id.Webhook `path:"id"`
	Cursor string     `query:"cursor" maxLength:"100" doc:"next of the part before"`
	Limit  int        `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type webhookLogOut struct {
	Body struct {
		Items []WebhookDelivery `json:"items" nullable:"false" doc:"Newest first, of the last 30 days"`
		Next  string            `json:"next" doc:"Cursor of the next part; empty at the end"`
	}
}

func (s *Server) webhookLog(ctx context.Context, in *webhookLogIn) (*webhookLogOut, error) {
	at, last, err := readLogCursor(in.Cursor)
	if err != nil {
		return nil, err
	}
	var list []webhook.Logged
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := s.Hooks.Get(tx, actor(ctx).Shop, in.ID); err != nil {
			return err
		}
		list, err = s.Hooks.Log(tx, in.ID, at, last, in.Limit+1)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := &webhookLogOut{}
	out.Body.Items = []WebhookDelivery{}
	for i, d := range list {
		if i == in.Limit {
			before := list[i-1]
			out.Body.Next = strconv.FormatInt(before.CreatedAt.UnixMicro(), 36) + "-" + strconv.FormatInt(int64(before.ID), 36)
			break
		}
		out.Body.Items = append(out.Body.Items, shownDelivery(d))
	}
	return out, nil
}

func readLogCursor(text string) (at time.Time, last id.WebhookDelivery, err error) {
	if text == "" {
		return at, 0, nil
	}
	first, second, _ := strings.Cut(text, "-")
	micros, err1 := strconv.ParseInt(first, 36, 64)
	row, err2 := strconv.ParseInt(second, 36, 64)
	if err1 != nil || err2 != nil || micros <= 0 || row <= 0 {
		return at, 0, fault.Wrong("cursor", "This is no cursor of the list.")
	}
	return time.UnixMicro(micros), id.WebhookDelivery(row), nil
}

type webhookDeliveryIn struct {
	ID       id.Webhook         `path:"id"`
	Delivery id.WebhookDelivery `path:"delivery"`
}

type webhookDeliveryOut struct {
	Body struct {
		Attempts []WebhookAttempt `json:"attempts" nullable:"false" doc:"Newest first, 200 at most"`
		Payload  json.RawMessage  `json:"payload" doc:"What is sent"`
	}
}

func (s *Server) webhookDelivery(ctx context.Context, in *webhookDeliveryIn) (*webhookDeliveryOut, error) {
	out := &webhookDeliveryOut{}
	out.Body.Attempts = []WebhookAttempt{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := s.Hooks.Get(tx, actor(ctx).Shop, in.ID); err != nil {
			return err
		}
		body, err := s.Hooks.Payload(tx, in.ID, in.Delivery)
		if err != nil {
			return err
		}
		out.Body.Payload = json.RawMessage(body)
		list, err := s.Hooks.Attempts(tx, in.ID, in.Delivery)
		for _, a := range list {
			out.Body.Attempts = append(out.Body.Attempts, shownAttempt(a))
		}
		return err
	})
	return out, err
}

func (s *Server) replayDelivery(ctx context.Context, in *webhookDeliveryIn) (*struct{}, error) {
	return nil, s.Hooks.Replay(ctx, actor(ctx), in.ID, in.Delivery)
}
