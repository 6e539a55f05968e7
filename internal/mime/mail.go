package mime

import (
	"bytes"
	"errors"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// Class is what kind of mail this is; see classify for the rule.
type Class string

// The classes, in the order in which they are tried.
const (
	ClassReport    Class = "report"     // abuse feedback (RFC 5965), DMARC and TLS reports
	ClassDelay     Class = "delay"      // a notice on a message's way that is no failure
	ClassBounce    Class = "bounce"     // a message of ours could not be delivered
	ClassOwn       Class = "own"        // sent from one of the shop's own addresses
	ClassAutoReply Class = "auto_reply" // vacation, out of office, read receipt (RFC 3834, RFC 8098)
	ClassList      Class = "list"       // newsletters and mailing lists
	ClassSpam      Class = "spam"       // marked so by a filter on the way
	ClassCustomer  Class = "customer"   // everything else: somebody may wait for an answer
)

// Attachment is a part kept as a file. Name is safe to show and to store (no
// path, control or direction-override character, at most 120 runes, never
// empty); Type is a lower-case media type as the sender says it; Size and
// SHA256 (hex) are of the decoded Content. Inline: shown inside the text.
type Attachment struct {
	Name, Type string
	Size       int
	SHA256     string
	Inline     bool
	ContentID  string // without <>
	Content    []byte
}

// Report says what became of our message for one recipient (RFC 3464). Action
// is "failed", "delayed", "delivered", "relayed" or "expanded"; Status is an
// enhanced code ("5.1.1", RFC 3463). Unknown values are "".
type Report struct{ OriginalMessageID, Recipient, Action, Status string }

// Mail is what a mail says of itself. Ids are without <>, texts valid UTF-8
// with LF line ends.
type Mail struct {
	Class           Class
	MessageID       string // "" when missing
	InReplyTo       string
	References      []string
	Subject         string
	From            Address // as the header says; see Author
	ReplyTo, To, Cc []Address
	DeliveredTo     []string  // envelope recipients noted on the way, the last hop first
	Date            time.Time // with the sender's offset; see HasDate
	HasDate         bool
	Language        string // "fr", "en" or "" when unsure
	Text            string // from the text part, else from HTML
	HTML            string // "" if there is none; not cleaned
	Attachments     []Attachment
	Reports         []Report
	Warnings        []string
	AutoSubmitted   string // keyword of RFC 3834, lower case
	Precedence      string // lower case
	Fingerprint     string // hex; the same for two copies of one message (I1)
	Reaction        bool   // an emoji put on one of our messages, not a text

	own map[string]bool
}

// Options of Parse.
type Options struct {
	Own []string // the shop's own addresses
}

// Errors of Parse; such bytes are quarantined.
var (
	ErrEmpty   = errors.New("the mail is empty")
	ErrNotMail = errors.New("no mail header found: this is not a mail")
)

// Parse reads a mail. The only errors are ErrEmpty and ErrNotMail; every lesser
// defect is a warning. Attachment contents may share memory with raw.
func Parse(raw []byte, o Options) (*Mail, error) {
	raw = skipEnvelope(withLineFeeds(raw))
	if len(raw) == 0 {
		return nil, ErrEmpty
	}
	h, body, odd := readHeader(raw)
	if !h.isMail() {
		return nil, ErrNotMail
	}
	r := &reader{}
	if odd {
		r.warn("the header has malformed lines")
	}
	root := r.newPart(h, body, "text/plain", 0)
	m := &Mail{own: ownSet(o.Own)}
	m.readFields(h, r)
	c := collect(root, r)
	m.Text, m.HTML, m.Attachments, m.Reaction = c.text, c.html, c.attachments, c.reaction
	e := newEvidence(m, h, c)
	m.Class = classify(m, e)
	m.Reports = reportsOf(m, e)
	m.Reaction = m.Reaction || isReaction(m)
	m.Language = lang.Detect(ownWords(m.Text))
	m.Fingerprint = fingerprint(m, c)
	m.Warnings = r.warnings
	return m, nil
}

// ownWords is enough of a text to tell its language by, without quoted lines:
// a short French answer under an English notice is French.
func ownWords(text string) string {
	const enough = 4 << 10
	text = text[:min(len(text), 4*enough)]
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, ">") && b.Len() < enough {
			b.WriteString(line)
		}
	}
	if strings.TrimSpace(b.String()) == "" {
		return text
	}
	return b.String()
}

// Author is whom to answer: the Reply-To when a shop's own form or an address
// of ours relays somebody else's words, else From.
func (m *Mail) Author() Address {
	if m.isOwn(m.From) {
		if a, found := m.foreignReplyTo(); found {
			return a
		}
	}
	return m.From
}

func (m *Mail) isOwn(a Address) bool { return m.own[strings.ToLower(a.Address)] }

func (m *Mail) foreignReplyTo() (Address, bool) {
	for _, a := range m.ReplyTo {
		if a.Address != "" && !m.isOwn(a) {
			return a, true
		}
	}
	return Address{}, false
}

func ownSet(own []string) map[string]bool {
	set := make(map[string]bool, len(own))
	for _, a := range own {
		set[strings.ToLower(strings.TrimSpace(a))] = true
	}
	return set
}

func (m *Mail) readFields(h header, r *reader) {
	ids := parseIDs(h.first("message-id"))
	switch {
	case len(ids) == 0:
		r.warn("no usable Message-ID")
	default:
		m.MessageID = ids[0]
	}
	if n := len(h.all("message-id")); n > 1 {
		r.warn("several Message-ID fields: the first counts")
	}
	m.InReplyTo = firstID(h.first("in-reply-to"))
	m.References = parseIDs(strings.Join(h.all("references"), " "))
	m.Subject = clip(decodeWords(h.first("subject")), 2000)
	m.From = fromAddress(h, r)
	m.ReplyTo = addressesOf(h, "reply-to")
	m.To = addressesOf(h, "to")
	m.Cc = addressesOf(h, "cc")
	m.DeliveredTo = deliveredTo(h)
	if m.Date, m.HasDate = parseDate(h.first("date")); !m.HasDate {
		r.warn("no usable date")
	}
	m.AutoSubmitted = keyword(h.first("auto-submitted"))
	m.Precedence = keyword(h.first("precedence"))
}

// fromAddress takes From, else who else is named as the sender.
func fromAddress(h header, r *reader) Address {
	for i, name := range []string{"from", "sender", "x-original-from", "return-path"} {
		for _, v := range h.all(name) {
			for _, a := range parseAddresses(v) {
				if a.Address == "" && !(i == 0 && strings.Contains(v, "<>")) {
					continue
				}
				if i > 0 {
					r.warn("no usable From: taken from " + name)
				}
				return a
			}
		}
	}
	r.warn("no usable From")
	if list := parseAddresses(h.first("from")); len(list) > 0 {
		return list[0]
	}
	return Address{}
}

func addressesOf(h header, name string) []Address {
	var list []Address
	for _, v := range h.all(name) {
		list = append(list, parseAddresses(v)...)
		if len(list) > maxAddresses {
			return list[:maxAddresses]
		}
	}
	return list
}

func deliveredTo(h header) []string {
	var list []string
	seen := make(map[string]bool)
	for _, f := range h {
		switch f.name {
		case "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to":
			for _, a := range parseAddresses(f.value) {
				if a.Address != "" && !seen[a.Address] && len(list) < 50 {
					seen[a.Address] = true
					list = append(list, a.Address)
				}
			}
		}
	}
	return list
}

// keyword is the first word of a value, without parameters and comments.
func keyword(v string) string {
	v, _, _ = strings.Cut(v, ";")
	v, _, _ = strings.Cut(v, "(")
	return clip(strings.ToLower(tidyLine(toUTF8([]byte(v), ""))), 60)
}

// withLineFeeds turns a mail whose lines end in bare CR into one with LF.
func withLineFeeds(raw []byte) []byte {
	if bytes.IndexByte(raw, '\n') >= 0 {
		return raw
	}
	return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
}
