package desk

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// State is where a conversation stands for the shop.
type State string

// The states of a conversation.
const (
	StateOpen    State = "open"    // something is owed
	StateWaiting State = "waiting" // the customer is expected to write
	StateClosed  State = "closed"  // nothing is owed
)

// Tray is the pile that a conversation lies on.
type Tray string

// The trays.
const (
	TrayMain     Tray = "main"
	TrayCourtesy Tray = "courtesy" // "thank you", nothing asked
	TraySort     Tray = "sort"     // mail that no customer wrote
	TraySpam     Tray = "spam"
)

// Channels a conversation may come by.
const (
	ChannelMail    = "mail"
	ChannelPhone   = "phone"
	ChannelCounter = "counter"
	ChannelLetter  = "letter"
)

// Conversation is everything said with one customer about one matter. NextDueAt
// and NearAt are those of its open promise that is due first.
type Conversation struct {
	ID             id.Conversation `db:"id"`
	Shop           id.Shop         `db:"shop_id"`
	Mailbox        id.Mailbox      `db:"mailbox_id"`
	Customer       id.Customer     `db:"customer_id"`
	Channel        string          `db:"channel"`
	Subject        string          `db:"subject"`
	Snippet        string          `db:"snippet"`
	Language       string          `db:"language"`
	LanguageSet    bool            `db:"language_set"` // by a person: mail no longer changes it
	State          State           `db:"state"`
	Tray           Tray            `db:"tray"`
	Assignee       id.Person       `db:"assignee_id"`
	Team           id.Team         `db:"team_id"`
	Priority       int             `db:"priority"` // -1 can wait, 0, 1 before others
	Reason         id.Reason       `db:"reason_id"`
	Product        string          `db:"product"`
	Cause          string          `db:"cause"`
	Angry          bool            `db:"angry"` // the customer, in words that wait for an answer
	Rank           int             `db:"rank"`  // see rankOf
	Tags           int             `db:"tags"`  // how many
	SnoozedUntil   time.Time       `db:"snoozed_until"`
	UntilAnswer    bool            `db:"until_answer"` // snoozed until the customer writes
	NextDueAt      time.Time       `db:"next_due_at"`
	NearAt         time.Time       `db:"near_at"`
	NextKind       promise.Kind    `db:"next_kind"`
	Holding        bool            `db:"holding"`
	Law            bool            `db:"law"`
	Reader         id.Person       `db:"reader_id"` // asked to read its draft
	Reminders      int             `db:"reminders"`
	LastMessageAt  time.Time       `db:"last_message_at"`
	LastMessage    id.Message      `db:"last_message_id"`
	LastIn         id.Message      `db:"last_in_id"`
	LastOutAt      time.Time       `db:"last_out_at"`
	AcknowledgedAt time.Time       `db:"acknowledged_at"`
	Revision       int64           `db:"revision"`
	MergedInto     id.Conversation `db:"merged_into"`
	MergeMark      id.Message      `db:"merge_mark_id"` // in the conversation that it was merged into
	CreatedAt      time.Time       `db:"created_at"`
}

const conversationColumns = `id, shop_id, mailbox_id, customer_id, channel, subject, snippet, language, language_set, state, tray,
	assignee_id, team_id, priority, reason_id, product, cause, angry, rank, tags, snoozed_until, until_answer, next_due_at, near_at, next_kind, holding, law, reader_id, reminders, last_message_at,
	last_message_id, last_in_id, last_out_at, acknowledged_at, revision, merged_into, merge_mark_id, created_at`

// Desk is the place where conversations are kept.
type Desk struct {
	DB     *store.DB
	Clock  clock.Clock
	Log    *event.Log
	Queue  jobs.Queue
	Ledger *promise.Ledger
	Inside Inside // nil: nobody inside is asked anything
}

// Inside knows the mails by which people inside are asked. What comes back to
// one is no customer's.
type Inside interface {
	// Take keeps a mail that answers one, and says so; the transaction is the
	// one that receives it.
	Take(tx *store.Tx, in *Incoming) (got Received, taken bool, err error)
	// Asked finds the conversation of the one with this Message-ID.
	Asked(tx *store.Tx, shop id.Shop, messageID string) (c id.Conversation, found bool, err error)
}

var (
	selectConversation = store.SQL(`select ` + conversationColumns + ` from conversation where id = $1`)
	lockConversation   = store.SQL(`select ` + conversationColumns + ` from conversation where id = $1 {for update}`)
	insertConversation = store.SQL(`
		insert into conversation (shop_id, mailbox_id, customer_id, channel, subject, state, tray, last_message_at, created_at, team_id)
		values ($1, $2, $3, $4, $5, 'closed', $6, $7, $8, (select team_id from mailbox where id = $2)) returning id`)
)

// Get reads a conversation; store.ErrNone when it isn't there.
func Get(tx *store.Tx, c id.Conversation) (Conversation, error) {
	return store.One[Conversation](tx, selectConversation, c)
}

// lockLiving holds a conversation, or the one that it was merged into while the
// caller was on its way: nothing may be written where nobody looks.
func lockLiving(tx *store.Tx, c id.Conversation) (Conversation, error) {
	conv, err := Lock(tx, c)
	for err == nil && conv.MergedInto != 0 {
		conv, err = Lock(tx, conv.MergedInto)
	}
	return conv, err
}

// Lock reads a conversation and holds it until the transaction ends. Every
// operation that changes one begins so (conversation → promise → delivery).
func Lock(tx *store.Tx, c id.Conversation) (Conversation, error) {
	return store.One[Conversation](tx, lockConversation, c)
}
