package delivery

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// SendJob carries one delivery to the channel.
var SendJob = jobs.Kind{Name: "delivery.send", Pool: jobs.PoolSend}

// sendArgs are the arguments of SendJob.
type sendArgs struct {
	Delivery id.Delivery `json:"delivery"`
}

// Outcome of one try for one recipient.
type Outcome string

// The outcomes that a Sender reports.
const (
	OutcomeAccepted  Outcome = "accepted"
	OutcomeSoft      Outcome = "soft"      // later may work
	OutcomeHard      Outcome = "hard"      // this address will never take it
	OutcomeUncertain Outcome = "uncertain" // cut between the last byte and the answer
)

// Result is what became of one recipient in one try.
type Result struct {
	Address  string
	Outcome  Outcome
	Code     int
	Enhanced string
	Text     string
}

// Route says how a mailbox's mail leaves.
type Route string

// The routes.
const (
	RouteServer Route = "server" // by the shop's own mail server
	RouteLocal  Route = "local"  // a demo shop without one: kept here and shown
	RouteNone   Route = "none"   // a real shop without one: held
)

// Sender is the channel's edge that carries bytes away.
type Sender interface {
	// Route says how mail of this mailbox leaves.
	Route(ctx context.Context, shop id.Shop, m id.Mailbox) (Route, error)
	// Send carries the bytes. beforeDot is called after the last byte of the
	// content and before the final dot; when it fails nothing was accepted.
	Send(ctx context.Context, m id.Mailbox, from string, to []string, raw []byte, beforeDot func(context.Context) error) ([]Result, error)
}

// Post is where deliveries are kept and carried.
type Post struct {
	DB     *store.DB
	Blobs  blob.Store
	Clock  clock.Clock
	Log    *event.Log
	Queue  jobs.Queue
	Desk   *desk.Desk
	Sender Sender
}

// New describes a mail to be sent. Its bytes are in the blob store already.
type New struct {
	Shop         id.Shop
	Mailbox      id.Mailbox
	Conversation id.Conversation
	Message      id.Message
	Kind         Kind
	MessageID    string
	Raw          blob.Hash
	Sender       string
	Subject      string
	SeenThrough  id.Message
	HoldingUntil time.Time
	PassedRules  []string  // rules of the guard whose stop was passed
	PassReason   string    // and why
	Acts         string    // JSON of package reply: what sending it did beside it
	NotBefore    time.Time // zero for now; undo and schedule are this
	NotAfter     time.Time // zero for always; after it the mail would say something untrue
	Scheduled    bool
	Recipients   []Recipient
}

// Create writes the record and the job that carries it, in the caller's
// transaction. Only package reply calls it (I3).
func (p *Post) Create(tx *store.Tx, n New) (Delivery, error) {
	now := p.Clock.Now()
	if n.NotBefore.Before(now) {
		n.NotBefore = now
	}
	d := Delivery{
		Shop: n.Shop, Mailbox: n.Mailbox, Conversation: n.Conversation, Message: n.Message, Kind: n.Kind, State: Queued,
		MessageID: n.MessageID, Raw: n.Raw, Sender: n.Sender, Subject: n.Subject, SeenThrough: n.SeenThrough,
		HoldingUntil: n.HoldingUntil, PassedRules: "[]", PassReason: n.PassReason, Acts: n.Acts, Scheduled: n.Scheduled,
		NotBefore: n.NotBefore, NotAfter: n.NotAfter, CreatedAt: now,
	}
	if len(n.PassedRules) > 0 {
		rules, err := json.Marshal(n.PassedRules)
		if err != nil {
			return d, fmt.Errorf("create delivery: %w", err)
		}
		d.PassedRules = string(rules)
	}
	var err error
	d.ID, err = store.One[id.Delivery](tx, insertDelivery, d.Shop, d.Mailbox, d.Conversation, d.Message, d.Kind, d.MessageID,
		d.Raw, d.Sender, d.Subject, d.SeenThrough, d.HoldingUntil, d.PassedRules, d.PassReason, d.Scheduled,
		d.NotBefore, d.NotAfter, d.CreatedAt, d.Acts)
	if err != nil {
		return d, fmt.Errorf("create delivery: %w", err)
	}
	for _, r := range n.Recipients {
		if _, err := store.Exec(tx, insertRecipient, d.ID, r.Address, r.Name, r.Role, r.Customer); err != nil {
			return d, fmt.Errorf("create delivery: %w", err)
		}
	}
	if err := p.enqueue(tx, d, d.NotBefore); err != nil {
		return d, err
	}
	return d, p.tell(tx, d, event.DeliveryQueued, 0)
}

func (p *Post) enqueue(tx *store.Tx, d Delivery, at time.Time) error {
	return p.Queue.Put(tx, jobs.Add{Kind: SendJob, Args: sendArgs{d.ID}, Key: d.ID.String(), At: at})
}

func (p *Post) tell(tx *store.Tx, d Delivery, k event.Kind, by id.Person) error {
	return p.Log.Append(tx, event.Event{
		Shop: d.Shop, Kind: k, Conversation: d.Conversation, Message: d.Message, Delivery: d.ID, Person: by,
	}.With(map[string]any{"kind": d.Kind}))
}
