package pdf

import "time"

// Document is a conversation as it is printed.
type Document struct {
	Language  string         // of the words around the text: "fr", else English
	Zone      *time.Location // of the times; nil is UTC
	Shop      Shop
	Number    int64
	Subject   string
	Customer  string
	Addresses []string // mail addresses and phone numbers of the customer
	PrintedAt time.Time
	PrintedBy string
	Promises  []Promise
	Entries   []Entry // oldest first
	Shortened bool    // older entries were left out
}

// Shop is whose conversation it is, as the head of the page says it.
type Shop struct {
	Name    string
	Address string // may have several lines
	Contact string // site, phone
	Logo    []byte // PNG; none is fine
}

// Promise is something that was owed.
type Promise struct {
	What  string // in words: "Rembourser 89,00 €"
	State string // in words: "tenu"
	Basis string // the article, or why it is owed; may be empty
	DueAt time.Time
	EndAt time.Time // zero while it is open
}

// Entry is something that was said: a message, or a private note.
type Entry struct {
	Note    bool
	Ours    bool
	At      time.Time
	Author  string
	Address string
	To      []string
	Subject string // where it differs from the conversation's
	By      string // the channel in words: "par mail"
	State   string // of a mail of ours, in words: "reçu par son serveur"
	Text    string
	Quote   string // the quoted history, where asked for
	Files   []File
	Name    string // Message-ID of the mail; may be empty
	SHA256  string // of the mail as it came or left; may be empty
}

// File is an attachment.
type File struct {
	Name   string
	Type   string
	Size   int64 // bytes
	SHA256 string
}
