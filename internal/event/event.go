package event

import (
	"context"
	"encoding/json"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
)

// Kind names what happened, as "thing.verb" in the past tense.
type Kind string

// What happens in the desk. docs/GLOSSARY.md says each in a sentence.
const (
	MessageReceived      Kind = "message.received"
	MessageSent          Kind = "message.sent"
	NoteAdded            Kind = "note.added"
	ContactNoted         Kind = "contact.noted"
	PromiseOpened        Kind = "promise.opened"
	PromiseJoined        Kind = "promise.joined"
	PromiseNear          Kind = "promise.near"
	PromiseBroken        Kind = "promise.broken"
	PromiseKept          Kind = "promise.kept"
	PromiseWaived        Kind = "promise.waived"
	PromisePassed        Kind = "promise.passed"
	PromiseEnded         Kind = "promise.ended"
	ConversationAssigned Kind = "conversation.assigned"
	ConversationSnoozed  Kind = "conversation.snoozed"
	ConversationWoken    Kind = "conversation.unsnoozed"
	ConversationClosed   Kind = "conversation.closed"
	ConversationReopened Kind = "conversation.reopened"
	ConversationMerged   Kind = "conversation.merged"
	TrayMoved            Kind = "conversation.tray_moved"
	ConversationChanged  Kind = "conversation.changed"
	ConversationTagged   Kind = "conversation.tagged"
	ConversationFollowed Kind = "conversation.followed"
	ConversationSplit    Kind = "conversation.split"
	ConversationLinked   Kind = "conversation.linked"
	SenderBlocked        Kind = "sender.blocked"
	NoticesSeen          Kind = "notices.seen"
	LabelsChanged        Kind = "labels.changed"
	TeamChanged          Kind = "team.changed"
	DeliveryQueued       Kind = "delivery.queued"
	DeliveryAccepted     Kind = "delivery.accepted"
	DeliveryRetrying     Kind = "delivery.retrying"
	DeliveryFailed       Kind = "delivery.failed"
	DeliveryUncertain    Kind = "delivery.uncertain"
	DeliveryHeld         Kind = "delivery.held"
	DeliveryUndone       Kind = "delivery.undone"
	GuardPassed          Kind = "guard.passed"
	GuardDoubted         Kind = "guard.false_alarm"
	GuardJudged          Kind = "guard.judged"
	GuardDemoted         Kind = "guard.demoted"
	GuardRestored        Kind = "guard.restored"
	TextLeftOut          Kind = "acknowledgement.text_left_out"
	DraftSaved           Kind = "draft.saved"
	SuggestionMade       Kind = "suggestion.made"
	MailboxChanged       Kind = "mailbox.changed"
	QuarantineAdded      Kind = "quarantine.added"
	PersonChanged        Kind = "person.changed"
	ShopChanged          Kind = "shop.changed"
	SavedAnswersChanged  Kind = "saved_answers.changed"
	ViewsChanged         Kind = "views.changed"
	APIKeyChanged        Kind = "api_key.changed"
	WebhookChanged       Kind = "webhook.changed"
	WebhookDisabled      Kind = "webhook.disabled"
	AskSent              Kind = "ask.sent"
	AskAnswered          Kind = "ask.answered"
	AskReminded          Kind = "ask.reminded"
	AskWithdrawn         Kind = "ask.withdrawn"
	PartiesChanged       Kind = "parties.changed"
	ReadingAsked         Kind = "reading.asked"
	ReadingApproved      Kind = "reading.approved"
	ReadingReturned      Kind = "reading.returned"
	ReadingWithdrawn     Kind = "reading.withdrawn"
	IncidentChanged      Kind = "incident.changed"
)

// Kinds lists every kind, in the order above.
func Kinds() []Kind {
	return []Kind{
		MessageReceived,
		MessageSent,
		NoteAdded,
		ContactNoted,
		PromiseOpened,
		PromiseJoined,
		PromiseNear,
		PromiseBroken,
		PromiseKept,
		PromiseWaived,
		PromisePassed,
		PromiseEnded,
		ConversationAssigned,
		ConversationSnoozed,
		ConversationWoken,
		ConversationClosed,
		ConversationReopened,
		ConversationMerged,
		TrayMoved,
		ConversationChanged,
		ConversationTagged,
		ConversationFollowed,
		ConversationSplit,
		ConversationLinked,
		SenderBlocked,
		NoticesSeen,
		LabelsChanged,
		TeamChanged,
		DeliveryQueued,
		DeliveryAccepted,
		DeliveryRetrying,
		DeliveryFailed,
		DeliveryUncertain,
		DeliveryHeld,
		DeliveryUndone,
		GuardPassed,
		GuardDoubted,
		GuardJudged,
		GuardDemoted,
		GuardRestored,
		TextLeftOut,
		DraftSaved,
		SuggestionMade,
		MailboxChanged,
		QuarantineAdded,
		PersonChanged,
		ShopChanged,
		SavedAnswersChanged,
		ViewsChanged,
		APIKeyChanged,
		WebhookChanged,
		WebhookDisabled,
		AskSent,
		AskAnswered,
		AskReminded,
		AskWithdrawn,
		PartiesChanged,
		ReadingAsked,
		ReadingApproved,
		ReadingReturned,
		ReadingWithdrawn,
		IncidentChanged,
	}
}

// Event is one fact.
type Event struct {
	Seq          int64           `db:"seq"`
	XID          int64           `db:"xid"` // PostgreSQL's transaction number; 0 on SQLite
	At           time.Time       `db:"at"`
	Shop         id.Shop         `db:"shop_id"`
	Kind         Kind            `db:"kind"`
	Conversation id.Conversation `db:"conversation_id"`
	Message      id.Message      `db:"message_id"`
	Promise      id.Promise      `db:"promise_id"`
	Delivery     id.Delivery     `db:"delivery_id"`
	Person       id.Person       `db:"person_id"`  // who did it; none for the program itself
	Data         string          `db:"data"`       // JSON object of ids, enums, instants and amounts
	Cause        int64           `db:"cause"`      // the event whose reaction wrote this one
	Depth        int             `db:"depth"`      // length of the chain of causes
	APIKey       id.APIKey       `db:"api_key_id"` // by which Person's wish came; Append fills it in
	Request      id.Request      `db:"request_id"` // the named request that did it; Append fills it in
}

// Origin is by which way a wish came, beside whose it is.
type Origin struct {
	APIKey  id.APIKey  // none for a person in the web app
	Request id.Request // none for a request without a name of its own
}

type originKey struct{}

// WithOrigin makes every event that is written under the context tell of o.
func WithOrigin(ctx context.Context, o Origin) context.Context {
	return context.WithValue(ctx, originKey{}, o)
}

// With gives e the further facts in data. Values are ids, enums, instants,
// counts and amounts, never text that a person wrote.
func (e Event) With(data map[string]any) Event {
	raw, err := json.Marshal(data)
	if err == nil {
		e.Data = string(raw)
	}
	return e
}
