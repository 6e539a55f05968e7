package view

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/reply"
)

// Head is everything about a conversation but what was said in it.
type Head struct {
	ID           id.Conversation `json:"id"`
	Number       int64           `json:"number" doc:"What people call the conversation by"`
	Subject      string          `json:"subject"`
	Channel      string          `json:"channel" enum:"mail,phone,counter,letter,form"`
	State        string          `json:"state" enum:"open,waiting,closed"`
	Tray         string          `json:"tray" enum:"main,courtesy,sort,spam"`
	Revision     int64           `json:"revision" doc:"Grows with each change that an answer depends on"`
	Mailbox      *MailboxRef     `json:"mailbox"`
	Customer     CustomerFile    `json:"customer"`
	Assignee     *Ref            `json:"assignee"`
	SnoozedUntil *time.Time      `json:"snoozed_until"`
	Attributes
	Promises    []Promise        `json:"promises" nullable:"false" doc:"What is open by due time, then what is over, newest first; at most 100"`
	Asks        []Ask            `json:"asks" nullable:"false" doc:"What was asked inside, newest first"`
	Draft       *Draft           `json:"draft"`
	Suggestions []Suggestion     `json:"suggestions" nullable:"false"`
	MergedInto  *id.Conversation `json:"merged_into" doc:"Set when another conversation was asked for, which was merged into this one"`
	SeenThrough id.Message       `json:"seen_through" doc:"Newest message at the time of reading; an answer names it"`
	Signature   Signature        `json:"signature"`
	Reply       Reply            `json:"reply"`
	Previous    []Previous       `json:"previous" nullable:"false" doc:"The customer's other conversations, newest first; at most 10"`
	Position    string           `json:"position" doc:"Cursor of the event feed at which it was read"`
}

// Conversation is a conversation with what was said in it.
type Conversation struct {
	Head

	Timeline
}

// Timeline is what was said and done in a conversation, oldest first.
type Timeline struct {
	Entries []Entry `json:"timeline" nullable:"false" doc:"Oldest first"`
	Older   string  `json:"older" doc:"Cursor of the entries before these; empty at the beginning"`
}

// Entry is a message, a note or an event of a timeline; the other two are
// absent.
type Entry struct {
	Type    string    `json:"type" enum:"message,note,event"`
	At      time.Time `json:"at"`
	Message *Message  `json:"message,omitempty"`
	Note    *Note     `json:"note,omitempty"`
	Event   *Event    `json:"event,omitempty"`

	order int64 // among entries of one instant
}

// Message is one message of a timeline.
type Message struct {
	ID            id.Message   `json:"id"`
	Direction     string       `json:"direction" enum:"in,out"`
	Kind          string       `json:"kind" enum:"customer,answer,holding,forward,acknowledgement,reminder,auto_reply,bounce,delay,report,own,list,spam,contact,system"`
	Author        Author       `json:"author"`
	To            []Addr       `json:"to" nullable:"false"`
	Cc            []Addr       `json:"cc" nullable:"false"`
	Subject       string       `json:"subject"`
	Text          string       `json:"text" doc:"What its author wrote, without the quoted part"`
	HasQuote      bool         `json:"has_quote"`
	HasHTML       bool         `json:"has_html"`
	PreferHTML    bool         `json:"prefer_html" doc:"Its layout carries meaning"`
	RemoteBlocked bool         `json:"remote_blocked" doc:"Pictures from outside are left out until asked for"`
	Attachments   []Attachment `json:"attachments" nullable:"false"`
	At            time.Time    `json:"at"`
	Channel       string       `json:"channel" enum:"mail,phone,counter,letter,form"`
	Language      string       `json:"language"`
	Delivery      *Delivery    `json:"delivery"`
	Passed        *Passed      `json:"passed" doc:"Set, for who may read it, where a stop of the guard was passed"`
	Quarantined   bool         `json:"quarantined"`
}

// Passed is why an answer left past a stop of the guard.
type Passed struct {
	Rules  []string `json:"rules" nullable:"false" doc:"Names of the rules"`
	Reason string   `json:"reason" doc:"What its author said"`
}

// Author is who wrote a message; PersonID is set for one of us.
type Author struct {
	Name     string     `json:"name"`
	Address  string     `json:"address"`
	PersonID *id.Person `json:"person_id"`
}

// Addr is a mail address with its name.
type Addr struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

// Note is an internal note.
type Note struct {
	ID          id.Message   `json:"id"`
	Kind        string       `json:"kind" enum:"note,ask,ask_answer" doc:"ask: what somebody inside was asked; ask_answer: what they say"`
	Author      *Ref         `json:"author" doc:"Null for who is no colleague"`
	From        *Addr        `json:"from" doc:"Who answered, of an answer from inside; else null"`
	Text        string       `json:"text"`
	HTML        string       `json:"html"`
	HasQuote    bool         `json:"has_quote" doc:"There are quoted messages below"`
	Attachments []Attachment `json:"attachments" nullable:"false"`
	Delivery    *Delivery    `json:"delivery" doc:"Of a question: how its mail fares"`
}

// Event is something that was done with the conversation.
type Event struct {
	Kind   string         `json:"kind" doc:"As in the event feed; \"promise.opened\" stands for a question passed to the lead"`
	Person *string        `json:"person" doc:"Who did it, \"API: name\" for a key; null for the program itself"`
	Data   map[string]any `json:"data" doc:"Its facts, by kind"`
}

// Attachment is a file of a message or of a draft.
type Attachment struct {
	ID        id.Attachment `json:"id"`
	Name      string        `json:"name"`
	Type      string        `json:"type"`
	Size      int64         `json:"size" doc:"In bytes"`
	Inline    bool          `json:"inline" doc:"Shown within the text"`
	ContentID string        `json:"content_id,omitempty" doc:"By which the text of a draft shows it: cid:…"`
	Thumbnail bool          `json:"thumbnail" doc:"A small picture of it can be asked for"`
	Dangerous bool          `json:"dangerous" doc:"Of a kind that may run; never opened inline"`
}

// Delivery is how a mail of ours fares.
type Delivery struct {
	ID            id.Delivery `json:"id"`
	State         string      `json:"state" enum:"scheduled,queued,sending,accepted,retrying,failed,uncertain,held,undone,local"`
	NotBefore     *time.Time  `json:"not_before"`
	NextAttemptAt *time.Time  `json:"next_attempt_at"`
	Attempts      int         `json:"attempts"`
	Uncertain     int         `json:"uncertain" doc:"How often nobody could know whether it was taken: it may have arrived that many times more"`
	Detail        string      `json:"detail" doc:"Why it is held, late or failed"`
	Recipients    []Recipient `json:"recipients" nullable:"false"`
	UndoUntil     *time.Time  `json:"undo_until" doc:"Until when it can be called back; null when it has left"`
}

// Recipient is one address of a delivery with its own result.
type Recipient struct {
	Address string `json:"address"`
	Role    string `json:"role" enum:"to,cc,bcc"`
	State   string `json:"state" enum:"waiting,accepted,soft,hard,uncertain,bounced"`
	Text    string `json:"text" doc:"What the receiving server said"`
}

// Promise is something owed in the conversation.
type Promise struct {
	ID       id.Promise   `json:"id"`
	Kind     string       `json:"kind" enum:"answer,courtesy,sort,call_back,send,refund,lead,wait,ask,reading,other"`
	Title    string       `json:"title"`
	DueAt    time.Time    `json:"due_at"`
	NearAt   *time.Time   `json:"near_at"`
	State    string       `json:"state" enum:"open,kept,waived,passed,ended,proposed,void"`
	Mark     string       `json:"mark" doc:"near or broken; empty for neither"`
	Late     bool         `json:"late" doc:"Kept after its due time"`
	Basis    string       `json:"basis" doc:"policy, word, or an article of law as it is cited"`
	InCharge *Ref         `json:"in_charge" doc:"Of an open one who answers for it today, of a finished one who ended it"`
	OpenedAt time.Time    `json:"opened_at" doc:"When the wait began"`
	ClosedAt *time.Time   `json:"closed_at"`
	Reason   string       `json:"reason"`
	Covers   []id.Message `json:"covers" nullable:"false" doc:"The messages that it answers"`
}

// MailboxRef names a mailbox.
type MailboxRef struct {
	ID      id.Mailbox `json:"id" db:"id"`
	Name    string     `json:"name" db:"name"`
	Address string     `json:"address" db:"address"`
}

// CustomerFile is who the conversation is with; id 0 when nobody is known.
type CustomerFile struct {
	ID            id.Customer `json:"id"`
	Name          string      `json:"name"`
	Addresses     []string    `json:"addresses" nullable:"false" doc:"Mail addresses, then phone numbers"`
	Language      string      `json:"language"`
	Since         *time.Time  `json:"since"`
	Conversations int         `json:"conversations_count" doc:"1000 stands for 999+"`
	Kept          int         `json:"kept" doc:"Answers given in time, in the newest 200 conversations"`
	OwedTotal     int         `json:"owed_total" doc:"Answers that were owed and are so no more; what was waived or passed on is left out"`
}

// Draft is the answer or note being written.
type Draft struct {
	HTML         string        `json:"html"`
	To           []Addr        `json:"to" nullable:"false"`
	Cc           []Addr        `json:"cc" nullable:"false"`
	Bcc          []Addr        `json:"bcc" nullable:"false"`
	Attachments  []Attachment  `json:"attachments" nullable:"false"`
	Revision     int64         `json:"revision"`
	SeenThrough  id.Message    `json:"seen_through"`
	UpdatedAt    time.Time     `json:"updated_at"`
	UpdatedBy    Ref           `json:"updated_by"`
	Kind         string        `json:"kind" enum:"answer,note"`
	HoldingUntil *time.Time    `json:"holding_until"`
	Options      reply.Options `json:"options"`
	Reading      *DraftReading `json:"reading" doc:"The second reading that it waits for, which keeps it as it is; else null"`
}

// Suggestion asks whether another conversation is the same matter.
type Suggestion struct {
	ID           id.Suggestion `json:"id"`
	Conversation Suggested     `json:"conversation"`
	ReasonFR     string        `json:"reason_fr"`
	ReasonEN     string        `json:"reason_en"`
}

// Suggested is the other conversation of a suggestion.
type Suggested struct {
	ID            id.Conversation `json:"id"`
	Number        int64           `json:"number"`
	Subject       string          `json:"subject"`
	CustomerName  string          `json:"customer_name"`
	LastMessageAt time.Time       `json:"last_message_at"`
}

// Signature is how the reader signs an answer (P04).
type Signature struct {
	HTML    string  `json:"html"`
	Text    string  `json:"text"`
	LogoURL *string `json:"logo_url"`
}

// Reply is who an answer goes to unless its author says otherwise.
type Reply struct {
	To []Addr `json:"to" nullable:"false"`
	Cc []Addr `json:"cc" nullable:"false"`
}

// Previous is another conversation of the same customer.
type Previous struct {
	ID      id.Conversation `json:"id" db:"id"`
	Number  int64           `json:"number"`
	Subject string          `json:"subject" db:"subject"`
	At      time.Time       `json:"at" db:"last_message_at"`
	State   string          `json:"state" db:"state" enum:"open,waiting,closed"`
}
