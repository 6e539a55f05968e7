package promise

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
)

// Kind says what is owed.
type Kind string

// What a shop owes.
const (
	Answer   Kind = "answer"    // an answer to the customer's messages
	Courtesy Kind = "courtesy"  // a look at a "thank you"
	Sort     Kind = "sort"      // a look through the tray of mail that no customer wrote
	CallBack Kind = "call_back" // a phone call that a person announced
	Send     Kind = "send"      // something to be sent
	Refund   Kind = "refund"    // money to be paid back
	Lead     Kind = "lead"      // the lead's answer to a colleague's question
	Wait     Kind = "wait"      // ours to remind the customer, who writes next: no due time of the shop's
	Ask      Kind = "ask"       // somebody inside owes us an answer: a due time of theirs, not of the shop's
	Reading  Kind = "reading"   // a colleague's second look at a draft
	Other    Kind = "other"     // anything else that a person said we would do
)

// State is where a promise stands. All but Open and Proposed are ends.
type State string

// The states.
const (
	Open   State = "open"
	Kept   State = "kept"
	Waived State = "waived"
	Passed State = "passed"
	Ended  State = "ended"

	Proposed State = "proposed" // in an answer that hasn't arrived yet: owed to nobody
	Void     State = "void"     // its answer never arrived
)

// Basis says where the promise comes from; an article of law stands here as
// it is cited ("L221-24").
type Basis string

// The bases that are no articles.
const (
	Policy Basis = "policy" // the delay that the shop announces
	Word   Basis = "word"   // a person said so
)

// Promise is one row of the ledger. Times are UTC.
type Promise struct {
	ID           id.Promise      `db:"id"`
	Shop         id.Shop         `db:"shop_id"`
	Conversation id.Conversation `db:"conversation_id"`
	Kind         Kind            `db:"kind"`
	Title        string          `db:"title"`
	Basis        Basis           `db:"basis"`
	DueAt        time.Time       `db:"due_at"`
	NearAt       time.Time       `db:"near_at"`
	OpenedAt     time.Time       `db:"opened_at"`
	State        State           `db:"state"`
	Cause        string          `db:"cause"`
	Reason       string          `db:"reason"`
	BrokenAt     time.Time       `db:"broken_at"`
	Person       id.Person       `db:"person_id"`
	PassedTo     id.Promise      `db:"passed_to"`
	Reopens      id.Promise      `db:"reopens"`
	Message      id.Message      `db:"message_id"`
	Holdings     int             `db:"holdings"`
	ClosedAt     time.Time       `db:"closed_at"`
	ClosedBy     id.Person       `db:"closed_by"`
}

// Late tells whether it was kept after its due time.
func (p Promise) Late() bool {
	return p.State == Kept && p.ClosedAt.After(p.DueAt)
}

// Ours tells whether the shop owes it: not what the customer or somebody inside
// is expected to do.
func (k Kind) Ours() bool { return k != Wait && k != Ask }

// Ringing tells whether an alarm is due at once when it breaks: law and money
// don't wait for the hourly digest.
func (p Promise) Ringing() bool {
	return p.Kind == Refund || (p.Basis != Policy && p.Basis != Word)
}
