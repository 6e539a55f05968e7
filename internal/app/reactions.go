package app

import (
	"encoding/json"
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/notify"
	"github.com/comptoir-desk/comptoir/internal/promise"
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
			if err := readAnger(tx, q, e); err != nil {
				return err
			}
			return acknowledge(tx, q, e)
		case event.PromiseNear, event.PromiseBroken:
			switch {
			case isOf(e, promise.Wait):
				return remindCustomer(tx, q, e)
			case isOf(e, promise.Ask):
				return remindInside(tx, q, e)
			}
			return tellPerson(tx, q, e)
		case event.DeliveryFailed, event.DeliveryHeld:
			return tellAsker(tx, q, e)
		case event.NoteAdded:
			return ringMentioned(tx, q, e)
		case event.ReadingAsked:
			return ringReader(tx, q, e)
		case event.WebhookDisabled:
			return tellOwners(tx, q, e)
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

func tellOwners(tx *store.Tx, q jobs.Queue, e event.Event) error {
	var w notify.WebhookArgs
	if err := json.Unmarshal([]byte(e.Data), &w); err != nil {
		return err
	}
	w.Shop = e.Shop
	return q.Put(tx, jobs.Add{Kind: notify.WebhookJob, Args: w})
}

func tellPerson(tx *store.Tx, q jobs.Queue, e event.Event) error {
	return q.Put(tx, jobs.Add{
		Kind: notify.PromiseJob, Key: string(e.Kind) + ":" + e.Promise.String(),
		Args: notify.PromiseArgs{Promise: e.Promise, Broken: e.Kind == event.PromiseBroken},
	})
}

// ringReader: a draft waits for a colleague's eyes.
func ringReader(tx *store.Tx, q jobs.Queue, e event.Event) error {
	var r struct {
		To id.Person `json:"to"`
	}
	if err := json.Unmarshal([]byte(e.Data), &r); err != nil {
		return err
	}
	return q.Put(tx, jobs.Add{
		Kind: notify.MentionJob, Args: notify.MentionArgs{Shop: e.Shop, Conversation: e.Conversation, By: e.Person, Reader: r.To},
	})
}

func ringMentioned(tx *store.Tx, q jobs.Queue, e event.Event) error {
	return q.Put(tx, jobs.Add{
		Kind: notify.MentionJob, Key: e.Message.String(),
		Args: notify.MentionArgs{Shop: e.Shop, Conversation: e.Conversation, Message: e.Message, By: e.Person},
	})
}

// readAnger: of a customer's message that waits for an answer.
func readAnger(tx *store.Tx, q jobs.Queue, e event.Event) error {
	var r received
	if err := json.Unmarshal([]byte(e.Data), &r); err != nil {
		return err
	}
	if r.Class != "customer" || r.Tray != "main" || r.History {
		return nil
	}
	return q.Put(tx, jobs.Add{Kind: desk.AngerJob, Key: e.Message.String(), Args: desk.AngerArgs{Message: e.Message}})
}

// isOf tells the kind of promise that came due. With a wait for the customer, or
// for somebody inside, nobody here is late.
func isOf(e event.Event, k promise.Kind) bool {
	var p struct {
		Kind promise.Kind `json:"kind"`
	}
	return json.Unmarshal([]byte(e.Data), &p) == nil && p.Kind == k
}

// remindInside: once their time has passed, not when it comes near.
func remindInside(tx *store.Tx, q jobs.Queue, e event.Event) error {
	if e.Kind != event.PromiseBroken {
		return nil
	}
	return q.Put(tx, jobs.Add{Kind: ask.LateJob, Key: e.Promise.String(), Args: ask.LateArgs{Promise: e.Promise}})
}

// tellAsker: a mail of the system's own in a conversation is a question's.
func tellAsker(tx *store.Tx, q jobs.Queue, e event.Event) error {
	var d struct {
		Kind delivery.Kind `json:"kind"`
	}
	if err := json.Unmarshal([]byte(e.Data), &d); err != nil || d.Kind != delivery.System || e.Conversation == 0 {
		return err
	}
	return q.Put(tx, jobs.Add{Kind: ask.FailedJob, Key: e.Delivery.String(), Args: ask.FailedArgs{Delivery: e.Delivery}})
}

func remindCustomer(tx *store.Tx, q jobs.Queue, e event.Event) error {
	return q.Put(tx, jobs.Add{
		Kind: reply.RemindJob, Key: e.Promise.String(), Args: reply.RemindArgs{Conversation: e.Conversation, Promise: e.Promise},
	})
}
