package desk

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Direction says which way a message went.
type Direction string

// The directions. A note stays inside; None is a mark of the program's own.
const (
	In   Direction = "in"
	Out  Direction = "out"
	Note Direction = "note"
	None Direction = "none"
)

// Kind says what sort of message it is. What came by mail has its mime.Class.
type Kind string

// The kinds of messages.
const (
	KindCustomer        Kind = "customer"
	KindAnswer          Kind = "answer"
	KindHolding         Kind = "holding"
	KindForward         Kind = "forward" // handed on to somebody else; answers nobody
	KindAcknowledgement Kind = "acknowledgement"
	KindAutoReply       Kind = "auto_reply"
	KindBounce          Kind = "bounce"
	KindDelay           Kind = "delay"
	KindReport          Kind = "report"
	KindOwn             Kind = "own"
	KindList            Kind = "list"
	KindSpam            Kind = "spam"
	KindContact         Kind = "contact" // a noted call, talk or letter
	KindNote            Kind = "note"
	KindAsk             Kind = "ask"        // what somebody inside was asked
	KindAskAnswer       Kind = "ask_answer" // what they say
	KindSystem          Kind = "system"
	KindReminder        Kind = "reminder" // ours, while the customer is expected to write
	KindMerged          Kind = "merged"   // the mark that a merge leaves: older messages came in here
)

// Recipients of a message.
type Recipients struct {
	To      []mime.Address `json:"to"`
	Cc      []mime.Address `json:"cc"`
	Bcc     []mime.Address `json:"bcc,omitempty"`
	ReplyTo []mime.Address `json:"reply_to,omitempty"`
}

// JSON is the stored form.
func (r Recipients) JSON() string {
	raw, err := json.Marshal(r)
	if err != nil { // cannot happen: strings only
		return "{}"
	}
	return string(raw)
}

// ParseRecipients reads the stored form; what it can't read is empty.
func ParseRecipients(s string) Recipients {
	var r Recipients
	_ = json.Unmarshal([]byte(s), &r)
	return r
}

// Message is one thing said, written or noted in a conversation.
type Message struct {
	ID           id.Message      `db:"id"`
	Shop         id.Shop         `db:"shop_id"`
	Conversation id.Conversation `db:"conversation_id"`
	Home         id.Conversation `db:"home_id"` // where it was written; a merge leaves it
	Direction    Direction       `db:"direction"`
	Kind         Kind            `db:"kind"`
	Channel      string          `db:"channel"`
	Person       id.Person       `db:"person_id"`
	Customer     id.Customer     `db:"customer_id"`
	FromName     string          `db:"from_name"`
	FromAddress  string          `db:"from_address"`
	Recipients   string          `db:"recipients"` // see ParseRecipients
	Subject      string          `db:"subject"`
	Body         string          `db:"body"`  // visible text
	Quote        string          `db:"quote"` // folded text
	HTML         string          `db:"html"`  // what a person here wrote
	HasHTML      bool            `db:"has_html"`
	Rich         bool            `db:"rich"`
	Language     string          `db:"language"`
	MessageID    string          `db:"rfc_message_id"`
	InReplyTo    string          `db:"in_reply_to"`
	Fingerprint  string          `db:"fingerprint"`
	Raw          blob.Hash       `db:"raw"`
	SendKey      string          `db:"send_key"`
	SeenThrough  id.Message      `db:"seen_through"`
	Forwards     id.Message      `db:"forwards_id"` // what a forward hands on
	ArrivedAt    time.Time       `db:"arrived_at"`  // INTERNALDATE, SMTP or HTTP time (I5)
	SentAt       time.Time       `db:"sent_at"`     // the Date header
	CreatedAt    time.Time       `db:"created_at"`
}

// MessageColumns are the columns of Message, for packages that read it.
const MessageColumns = `id, shop_id, conversation_id, home_id, direction, kind, channel, person_id, customer_id, from_name, from_address,
	recipients, subject, body, quote, html, has_html, rich, language, rfc_message_id, in_reply_to, fingerprint, raw,
	send_key, seen_through, forwards_id, arrived_at, sent_at, created_at`

var insertMessage = store.SQL(`
	insert into message (shop_id, conversation_id, home_id, direction, kind, channel, person_id, customer_id, from_name, from_address,
		recipients, subject, body, quote, html, has_html, rich, language, rfc_message_id, in_reply_to, fingerprint, raw,
		send_key, seen_through, forwards_id, arrived_at, sent_at, created_at)
	values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
	returning id`)

// Append writes a message into its conversation. It touches no promise.
func (d *Desk) Append(tx *store.Tx, m Message) (Message, error) {
	var key any
	if m.SendKey != "" {
		key = m.SendKey
	}
	m.CreatedAt, m.Home = d.Clock.Now(), m.Conversation
	var err error
	m.ID, err = store.One[id.Message](tx, insertMessage, m.Shop, m.Conversation, m.Direction, m.Kind, m.Channel, m.Person,
		m.Customer, m.FromName, m.FromAddress, m.Recipients, m.Subject, m.Body, m.Quote, m.HTML, m.HasHTML, m.Rich,
		m.Language, m.MessageID, m.InReplyTo, m.Fingerprint, m.Raw, key, m.SeenThrough, m.Forwards, m.ArrivedAt, m.SentAt, m.CreatedAt)
	if err != nil {
		return m, fmt.Errorf("append message: %w", err)
	}
	return m, nil
}

var insertAttachment = store.SQL(`
	insert into attachment (shop_id, message_id, person_id, blob, name, type, size, inline, content_id, created_at)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`)

// File is an attachment as it is kept.
type File struct {
	Name, Type string
	Size       int64
	Blob       blob.Hash
	Inline     bool
	ContentID  string
}

// Attach keeps a file with a message, or loose (message 0) while a person
// writes; then person says whose it is.
func (d *Desk) Attach(tx *store.Tx, shop id.Shop, m id.Message, person id.Person, f File) (id.Attachment, error) {
	return store.One[id.Attachment](tx, insertAttachment, shop, m, person, f.Blob, f.Name, f.Type, f.Size, f.Inline, f.ContentID, d.Clock.Now())
}

// snippetRunes is how much of a message a list shows.
const snippetRunes = 160

// Snippet is the first words of a text on one line.
func Snippet(text string) string {
	var b strings.Builder
	n := 0
	for _, word := range strings.Fields(firstBytes(text, 2000)) {
		if n > 0 {
			b.WriteByte(' ')
			n++
		}
		for _, r := range word {
			if n == snippetRunes {
				return b.String() + "…"
			}
			b.WriteRune(r)
			n++
		}
	}
	return b.String()
}

func firstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

var selectMessage = store.SQL(`select ` + MessageColumns + ` from message where id = $1`)

// GetMessage reads one message; store.ErrNone when it isn't there.
func GetMessage(tx *store.Tx, m id.Message) (Message, error) {
	return store.One[Message](tx, selectMessage, m)
}
