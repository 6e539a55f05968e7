package audit

import (
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/mime"
)

// Header is one mail as the mailbox gave it.
type Header struct {
	Sent      bool      // it lies in the Sent folder
	ArrivedAt time.Time // as the mailbox noted it, never the Date header
	Bytes     []byte
}

// kind is what a mail is in the findings.
type kind int

const (
	other    kind = iota // newsletters, bounces, automatic mail, our own copies
	customer             // waits for an answer
	answer               // a person's, from the Sent folder
)

// letter is what pairing needs of a mail.
type letter struct {
	kind    kind
	at      time.Time
	id      string
	refs    []string // In-Reply-To and References
	who     []string // of a customer's mail: who wrote; of an answer: to whom
	subject string   // as written
	matter  string   // without "Re:", folded
}

// read makes a letter of a header; false for what no mail begins with.
func read(h Header, own []string) (letter, bool) {
	m, err := mime.Parse(h.Bytes, mime.Options{Own: own})
	if err != nil {
		return letter{}, false
	}
	l := letter{
		at: h.ArrivedAt, id: m.MessageID, refs: append(slices.Clone(m.References), m.InReplyTo), subject: m.Subject, matter: matterOf(m.Subject),
	}
	automatic := m.AutoSubmitted != "" && m.AutoSubmitted != "no"
	switch {
	case h.Sent && m.Class == mime.ClassOwn && !automatic:
		l.kind = answer
		for _, a := range slices.Concat(m.To, m.Cc) {
			l.who = append(l.who, strings.ToLower(a.Address))
		}
	case !h.Sent && m.Class == mime.ClassCustomer && !automatic && !robot(m):
		l.kind = customer
		l.who = []string{strings.ToLower(m.Author().Address)}
	}
	return l, true
}

var robotName = pattern.Of(`^(no-?_?reply|ne-?pas-?repondre|do-?not-?reply|notifications?|mailer-daemon|bounces?|postmaster)([+.@-]|$)`)

// robot: an address that says itself that nobody reads there; unless it writes
// in somebody's name, as contact forms do.
func robot(m *mime.Mail) bool {
	return robotName.MatchString(strings.ToLower(m.Author().Address))
}

// Prefixes of answers and forwards, as mail programs of our languages write
// them; any number of them, with counters ("Re[2]:").
var prefixes = pattern.Of(`^((re|r[ée]p|ref|tr|fw|fwd|aw|wg|sv|vs|rv|i|enc)(\[\d{1,3}\])?\s{0,3}:\s*)+`)

// matterOf is a subject by which mails of one matter are alike.
func matterOf(subject string) string {
	s := strings.ToLower(strings.Join(strings.Fields(subject), " "))
	for {
		cut := strings.TrimSpace(prefixes.ReplaceAllString(s, ""))
		if cut == s {
			return lang.Fold(cut)
		}
		s = cut
	}
}
