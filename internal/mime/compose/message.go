package compose

import (
	"time"
)

// Address is a person or a shop at an addr-spec. Name may hold anything; it is
// encoded. A domain outside ASCII is written in its xn-- form.
type Address struct{ Name, Address string }

// File is an attachment, or with Inline and a ContentID a picture that the
// HTML shows by cid:. ContentID comes without <>.
type File struct {
	Name, Type string
	Content    []byte
	ContentID  string
	Inline     bool
}

// Quote is the history below an answer. Intro is one line in plain text ("Le
// 12/11/2026 à 10:32, Camille Renaud a écrit :"). Where only one of HTML and
// Text is given the other is derived from it.
type Quote struct{ Intro, HTML, Text string }

// Message is a mail of ours before it is bytes. Everything in it is an input,
// the identity and the date too.
type Message struct {
	MessageID  string    // without <>; must contain @
	Date       time.Time // written in its own zone
	From       Address
	ReplyTo    *Address
	To, Cc     []Address
	Bcc        []Address // counts as a recipient, is never written
	Subject    string
	InReplyTo  string   // without <>; dropped when it cannot stand in a header
	References []string // oldest first; shortened to the first and the last nine, 900 bytes at most
	HTML       string   // the body we wrote, an already sanitised fragment
	Text       string   // derived from HTML when empty
	Quote      *Quote
	Files      []File
	Language   string // BCP 47, e.g. "fr"
	// AutoSubmitted is "auto-replied" for an acknowledgement, "auto-generated"
	// for mail of the system, empty for what a person wrote (RFC 3834, 5).
	AutoSubmitted string
	// Headers are extra fields. A name that this package writes itself, or a
	// value with a line break in it, is an error.
	Headers map[string]string
}

// Limits for text that others wrote: what is longer is cut, since an answer
// must not fail because of a customer's subject.
const (
	maxSubject  = 500 // runes
	maxName     = 120 // runes
	maxFileName = 200 // runes
)
