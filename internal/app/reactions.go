package app

import (
	"encoding/json"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/notify"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// reactions says who reacts to which event. Each reaction is a job written in
// the transaction of the event, and may fail alone: what must not fail alone
// (promises, deliveries) is called directly by desk and delivery instead.
func reactions(q jobs.Queue) event.React {
	return func(tx *store.Tx, e event.Event) error {
		switch e.Kind {
		case event.MessageReceived:
			return acknowledge(tx, q, e)
		case event.PromiseNear, event.PromiseBroken:
			return tellPerson(tx, q, e)
		default:
			return nil
		}
	}
}

// received is what desk.Receive says of a message.
type received struct {
	Class     string `json:"class"`
	Tray      string `json:"tray"`
	Fresh     bool   `json:"fresh"`
	History   bool   `json:"history"`
	Automatic bool   `json:"automatic"`
	Late      bool   `json:"late"`
}

// acknowledge: the first message of a customer, never one that a program sent
// (RFC 3834, 2).
func acknowledge(tx *store.Tx, q jobs.Queue, e event.Event) error {
	var r received
	if err := json.Unmarshal([]byte(e.Data), &r); err != nil {
		return err
	}
	if r.Class != "customer" || r.Tray != "main" || r.History || r.Automatic || !r.Fresh {
		return nil
	}
	var at time.Time
	if r.Late { // after an outage the Sent folder may hold the answer already
		at = e.At.Add(3 * time.Minute)
	}
	return q.Put(tx, jobs.Add{
		Kind: reply.AcknowledgeJob, Key: e.Conversation.String(), At: at,
		Args: reply.AcknowledgeArgs{Conversation: e.Conversation, Message: e.Message},
	})
}

func tellPerson(tx *store.Tx, q jobs.Queue, e event.Event) error {
	return q.Put(tx, jobs.Add{
		Kind: notify.PromiseJob, Key: string(e.Kind) + ":" + e.Promise.String(),
		Args: notify.PromiseArgs{Promise: e.Promise, Broken: e.Kind == event.PromiseBroken},
	})
}
