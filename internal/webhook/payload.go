package webhook

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
)

// Payload is the body of a message (Standard Webhooks 1.0, "Payload
// structure"): a kind, an instant and ids. What they name is read by the API,
// with a key, by whoever may.
type Payload struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      Data      `json:"data"`
}

// Data are the ids of an event.
type Data struct {
	Shop         id.Shop         `json:"shop"`
	Conversation id.Conversation `json:"conversation,omitempty"`
	Message      id.Message      `json:"message,omitempty"`
	Promise      id.Promise      `json:"promise,omitempty"`
	Delivery     id.Delivery     `json:"delivery,omitempty"`
	Person       id.Person       `json:"person,omitempty"`
	APIKey       id.APIKey       `json:"api_key,omitempty"`
	Facts        json.RawMessage `json:"facts,omitempty"` // ids, enums, instants and amounts by kind
	Link         string          `json:"link,omitempty"`  // where the API tells more
	Page         string          `json:"page,omitempty"`  // where the web app shows it
}

// payload writes an event for a receiver. It is made once: what is sent again
// is the same bytes.
func payload(e event.Event, url string) (string, error) {
	p := Payload{
		Type: string(e.Kind), Timestamp: e.At.UTC(),
		Data: Data{
			Shop: e.Shop, Conversation: e.Conversation, Message: e.Message, Promise: e.Promise, Delivery: e.Delivery, Person: e.Person,
			APIKey: e.APIKey,
		},
	}
	if e.Data != "" && e.Data != "{}" {
		p.Data.Facts = json.RawMessage(e.Data)
	}
	if e.Conversation != 0 {
		p.Data.Link = url + "/api/v1/conversations/" + e.Conversation.String()
		p.Data.Page = url + "/owed/" + e.Conversation.String()
	}
	raw, err := json.Marshal(p)
	return string(raw), err
}

// messageName is the webhook-id: the same however often an event is sent to a
// webhook, and of no other.
func messageName(w id.Webhook, seq int64) string {
	return "evt_" + w.String() + "_" + strconv.FormatInt(seq, 10)
}
