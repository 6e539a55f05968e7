package delivery

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Kind says what sort of mail it is; guard rules name the kinds they are for.
type Kind string

// The kinds of deliveries.
const (
	Answer          Kind = "answer"
	Assistant       Kind = "assistant"
	Acknowledgement Kind = "acknowledgement"
	LegalReceipt    Kind = "legal_receipt"
	Notice          Kind = "notice"
	System          Kind = "system"
)

// State is where a delivery stands; doc.go draws it.
type State string

// The states.
const (
	Queued     State = "queued"
	Claimed    State = "claimed"
	DotPending State = "dot_pending"
	Accepted   State = "accepted"
	Soft       State = "soft"
	Hard       State = "hard"
	Uncertain  State = "uncertain"
	Held       State = "held"
	Undone     State = "undone"
	Local      State = "local" // a demo shop's mail, kept here and shown
)

// Delivery is one mail that leaves.
type Delivery struct {
	ID           id.Delivery     `db:"id"`
	Shop         id.Shop         `db:"shop_id"`
	Mailbox      id.Mailbox      `db:"mailbox_id"`
	Conversation id.Conversation `db:"conversation_id"`
	Message      id.Message      `db:"message_id"`
	Kind         Kind            `db:"kind"`
	State        State           `db:"state"`
	MessageID    string          `db:"rfc_message_id"`
	Raw          blob.Hash       `db:"raw"`
	Sender       string          `db:"sender"`
	Subject      string          `db:"subject"`
	SeenThrough  id.Message      `db:"seen_through"`
	HoldingUntil time.Time       `db:"holding_until"`
	PassedRules  string          `db:"passed_rules"` // JSON: rules of the guard whose stop its author passed
	PassReason   string          `db:"pass_reason"`
	Acts         string          `db:"acts"` // JSON of package reply: what sending it did beside it
	Scheduled    bool            `db:"scheduled"`
	NotBefore    time.Time       `db:"not_before"`
	NotAfter     time.Time       `db:"not_after"` // of a mail that names a date: later it would be untrue
	Attempts     int             `db:"attempts"`
	Uncertainty  int             `db:"uncertain"`
	Token        int64           `db:"token"`
	NextAt       time.Time       `db:"next_at"`
	Detail       string          `db:"detail"`
	CreatedAt    time.Time       `db:"created_at"`
	AcceptedAt   time.Time       `db:"accepted_at"`
	FinishedAt   time.Time       `db:"finished_at"`
}

// Columns are the columns of Delivery, for packages that read it.
const Columns = `id, shop_id, mailbox_id, conversation_id, message_id, kind, state, rfc_message_id, raw, sender, subject,
	seen_through, holding_until, passed_rules, pass_reason, acts, scheduled, not_before, not_after, attempts, uncertain, token, next_at, detail, created_at, accepted_at, finished_at`

// Recipient is one address of a delivery, with its own result. The customer's
// decides for the promise; a colleague's copy decides nothing.
type Recipient struct {
	Delivery id.Delivery `db:"delivery_id"`
	Address  string      `db:"address"`
	Name     string      `db:"name"`
	Role     string      `db:"role"` // to, cc, bcc
	Customer bool        `db:"customer"`
	State    string      `db:"state"` // waiting, accepted, soft, hard, uncertain, bounced
	Code     int         `db:"code"`
	Enhanced string      `db:"enhanced"`
	Detail   string      `db:"detail"`
}

const recipientColumns = `delivery_id, address, name, role, customer, state, code, enhanced, detail`

var (
	selectDelivery   = store.SQL(`select ` + Columns + ` from delivery where id = $1`)
	lockDelivery     = store.SQL(`select ` + Columns + ` from delivery where id = $1 {for update}`)
	selectByRFC      = store.SQL(`select ` + Columns + ` from delivery where rfc_message_id = $1`)
	selectRecipients = store.SQL(`select ` + recipientColumns + ` from delivery_recipient where delivery_id = $1 order by customer desc, role desc, address`)
	insertDelivery   = store.SQL(`
		insert into delivery (shop_id, mailbox_id, conversation_id, message_id, kind, state, rfc_message_id, raw, sender, subject,
			seen_through, holding_until, passed_rules, pass_reason, scheduled, not_before, not_after, created_at, acts)
		values ($1, $2, $3, $4, $5, 'queued', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) returning id`)
	insertRecipient = store.SQL(`
		insert into delivery_recipient (delivery_id, address, name, role, customer) values ($1, $2, $3, $4, $5) on conflict do nothing`)
	setRecipient = store.SQL(`
		update delivery_recipient set state = $3, code = $4, enhanced = $5, detail = $6 where delivery_id = $1 and address = $2`)
	insertAttempt = store.SQL(`insert into delivery_attempt (delivery_id, at, outcome, detail) values ($1, $2, $3, $4)`)

	claimDelivery = store.SQL(`
		update delivery set state = 'claimed', attempts = attempts + 1, token = token + 1, next_at = null
		where id = $1 and state in ('queued', 'soft', 'uncertain', 'claimed') returning token`)
	markDot     = store.SQL(`update delivery set state = 'dot_pending' where id = $1 and token = $2 and state = 'claimed'`)
	moveTo      = store.SQL(`update delivery set state = $2, detail = $3, next_at = $4, uncertain = uncertain + $5, finished_at = $6 where id = $1`)
	setAccepted = store.SQL(`update delivery set state = $2, detail = $3, accepted_at = $4, finished_at = $4, next_at = null where id = $1`)
)

// Get reads one delivery; store.ErrNone when it isn't there.
func Get(tx *store.Tx, d id.Delivery) (Delivery, error) {
	return store.One[Delivery](tx, selectDelivery, d)
}

// IsSystemMail tells whether a Message-ID is that of a mail to the shop's own
// people: many mail servers keep a copy in the Sent folder, where the desk
// would read links that are for one person's eyes.
func IsSystemMail(tx *store.Tx, shop id.Shop, messageID string) (bool, error) {
	if messageID == "" {
		return false, nil
	}
	d, found, err := store.Maybe[Delivery](tx, selectByRFC, messageID)
	return found && d.Shop == shop && d.Kind == System, err
}

// Recipients reads its recipients, the customer first.
func Recipients(tx *store.Tx, d id.Delivery) ([]Recipient, error) {
	return store.All[Recipient](tx, selectRecipients, d)
}
