package id

import (
	"database/sql/driver"
	"fmt"
	"strconv"
)

// ID is an identifier of the kind named by T.
type ID[T any] int64

// Value stores "none" as NULL.
func (i ID[T]) Value() (driver.Value, error) {
	if i == 0 {
		return nil, nil //nolint:nilnil // NULL is the value here
	}
	return int64(i), nil
}

// Scan reads NULL as "none".
func (i *ID[T]) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*i = 0
	case int64:
		*i = ID[T](v)
	default:
		return fmt.Errorf("id: cannot read %T", src)
	}
	return nil
}

// String is the decimal form, as in a URL.
func (i ID[T]) String() string { return strconv.FormatInt(int64(i), 10) }

// Parse reads the decimal form of a positive identifier.
func Parse[T any](s string) (ID[T], error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0, fmt.Errorf("id: %q is not an identifier", s)
	}
	return ID[T](n), nil
}

// The kinds of rows.
type (
	shop         struct{}
	mailbox      struct{}
	person       struct{}
	session      struct{}
	savedView    struct{}
	item         struct{}
	customer     struct{}
	conversation struct{}
	message      struct{}
	attachment   struct{}
	suggestion   struct{}
	promise      struct{}
	delivery     struct{}
	job          struct{}
	savedAnswer  struct{}
	savedFolder  struct{}
	teamRow      struct{}
	reason       struct{}
	tag          struct{}
	field        struct{}
	notice       struct{}
	falseAlarm   struct{}
	apiKey       struct{}
	request      struct{}
	webhook      struct{}
	hookDelivery struct{}
	party        struct{}
	ask          struct{}
	reading      struct{}
	incident     struct{}
	round        struct{}
	pushDevice   struct{}
)

// Identifiers, one type a kind of row.
type (
	// Shop identifies a shop.
	Shop = ID[shop]
	// Mailbox identifies a mailbox.
	Mailbox = ID[mailbox]
	// Person identifies a person.
	Person = ID[person]
	// SavedView identifies a list that a person made.
	SavedView = ID[savedView]
	// Session identifies a person's session.
	Session = ID[session]
	// Item identifies a raw item taken in (package intake).
	Item = ID[item]
	// Customer identifies a customer.
	Customer = ID[customer]
	// Conversation identifies a conversation.
	Conversation = ID[conversation]
	// Message identifies a message.
	Message = ID[message]
	// Attachment identifies an attachment.
	Attachment = ID[attachment]
	// Suggestion identifies a "same matter?" question.
	Suggestion = ID[suggestion]
	// Promise identifies a promise.
	Promise = ID[promise]
	// Delivery identifies a delivery.
	Delivery = ID[delivery]
	// Job identifies a job.
	Job = ID[job]
	// SavedAnswer identifies a saved answer.
	SavedAnswer = ID[savedAnswer]
	// SavedAnswerFolder identifies a folder of saved answers.
	SavedAnswerFolder = ID[savedFolder]
	// Team identifies a team of people.
	Team = ID[teamRow]
	// Reason identifies a reason for contact.
	Reason = ID[reason]
	// Tag identifies a tag.
	Tag = ID[tag]
	// Field identifies a field that a shop defined for its conversations.
	Field = ID[field]
	// Notice identifies an entry of "for me".
	Notice = ID[notice]
	// FalseAlarm identifies a finding of the guard that its author called wrong.
	FalseAlarm = ID[falseAlarm]
	// APIKey identifies a key of a program.
	APIKey = ID[apiKey]
	// Request identifies a request that named itself (Idempotency-Key).
	Request = ID[request]
	// Webhook identifies a webhook.
	Webhook = ID[webhook]
	// WebhookDelivery identifies one event for one webhook.
	WebhookDelivery = ID[hookDelivery]
	// Party identifies somebody whom a shop asks inside.
	Party = ID[party]
	// Ask identifies a question to a party.
	Ask = ID[ask]
	// Reading identifies a second reading of a draft.
	Reading = ID[reading]
	// Incident identifies a matter that concerns many customers.
	Incident = ID[incident]
	// IncidentRound identifies one text sent to an incident's conversations.
	IncidentRound = ID[round]
	// PushSubscription identifies a device on which a person is told things.
	PushSubscription = ID[pushDevice]
)
