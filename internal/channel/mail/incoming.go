package mail

import (
	"bytes"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/visible"
)

// Bounds of what the database keeps; the raw mail is kept whole.
const (
	maxSubject = 1000    // runes
	maxBody    = 1 << 20 // bytes
)

// parsed is a mail with what the desk needs of it, before anything is stored.
type parsed struct {
	*mime.Mail

	text, quote string
	files       [][]byte
}

// parse reads a mail within the given time. What goes wrong is a reason for
// quarantine; a panic in a parser is one too.
func parse(raw []byte, own []string, patience time.Duration) (*parsed, error) {
	type result struct {
		m   *parsed
		err error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r = result{err: &quarantined{ReasonPanic, fmt.Errorf("%v\n%s", p, debug.Stack())}}
			}
			done <- r
		}()
		r.m, r.err = parseNow(raw, own)
	}()
	late := time.NewTimer(patience)
	defer late.Stop()
	timeout := &quarantined{ReasonTimeout, fmt.Errorf("no result after %s", patience)}
	select {
	case <-late.C:
		return nil, timeout
	case r := <-done:
		// On a busy machine both may be there: late is late.
		select {
		case <-late.C:
			return nil, timeout
		default:
			return r.m, r.err
		}
	}
}

func parseNow(raw []byte, own []string) (*parsed, error) {
	m, err := mime.Parse(raw, mime.Options{Own: own})
	switch {
	case errors.Is(err, mime.ErrEmpty):
		return nil, &quarantined{ReasonEmpty, err}
	case err != nil:
		return nil, &quarantined{ReasonNotMail, err}
	}
	p := &parsed{Mail: m}
	// The text decides what is visible wherever there is one; reading the HTML
	// again would only find its visible part, which nobody keeps.
	body := visible.Input{Text: m.Text}
	if strings.TrimSpace(m.Text) == "" {
		body = visible.Input{HTML: m.HTML}
	}
	shown := visible.Split(body)
	p.text, p.quote = bounded(shown.Text, maxBody), bounded(shown.Quote, maxBody)
	for _, a := range m.Attachments {
		p.files = append(p.files, a.Content)
	}
	return p, nil
}

func (p *parsed) incoming(it intake.Item, own []string) desk.Incoming {
	in := desk.Incoming{
		Shop: it.Shop, Mailbox: it.Mailbox, Item: it.ID, Channel: "mail", Role: string(it.Role),
		Class: p.classIn(it.Role), History: it.History,
		MessageID: p.MessageID, InReplyTo: p.InReplyTo, References: p.References, Fingerprint: p.Fingerprint,
		From: p.Author(), ReplyTo: p.ReplyTo, To: p.To, Cc: p.Cc, Own: own,
		Subject: shortened(bounded(p.Subject, 4*maxSubject), maxSubject), Text: p.text, Quote: p.quote, Language: p.Language,
		HasHTML: p.HTML != "", Rich: p.isRich(), Courtesy: p.isCourtesy(),
		AutoSubmitted: p.AutoSubmitted != "" && p.AutoSubmitted != "no",
		Reports:       p.Reports, ArrivedAt: it.ArrivedAt, Raw: it.Blob,
	}
	if p.HasDate {
		in.SentAt = p.Date.UTC()
	}
	for _, a := range p.Attachments {
		in.Files = append(in.Files, desk.IncomingFile{Name: a.Name, Type: a.Type, Size: int64(a.Size), Inline: a.Inline, ContentID: a.ContentID})
	}
	return in
}

// classIn: what lies in the Sent folder was written here, also under an
// address that the desk doesn't know as its own.
func (p *parsed) classIn(role intake.Role) mime.Class {
	if role == intake.RoleSent {
		switch p.Class {
		case mime.ClassCustomer, mime.ClassList, mime.ClassSpam:
			return mime.ClassOwn
		}
	}
	return p.Class
}

// isCourtesy: a mere thank-you brings no file.
func (p *parsed) isCourtesy() bool {
	if p.Reaction {
		return true
	}
	for _, a := range p.Attachments {
		if !a.Inline {
			return false
		}
	}
	return lang.Courtesy(p.text)
}

// richWithin is how far into an HTML body we look for its layout.
const richWithin = 256 << 10

// isRich guesses whether the layout carries meaning that the text lacks:
// pictures inside the text, or a table of several rows.
func (p *parsed) isRich() bool {
	if p.HTML == "" {
		return false
	}
	for _, a := range p.Attachments {
		if a.Inline && strings.HasPrefix(a.Type, "image/") {
			return true
		}
	}
	html := bytes.ToLower([]byte(p.HTML[:min(len(p.HTML), richWithin)]))
	return bytes.Count(html, []byte("<tr")) >= 4
}

// bounded is s as both stores take it: valid UTF-8 without NUL (PostgreSQL
// refuses both), at most limit bytes.
func bounded(s string, limit int) string {
	if len(s) > limit {
		s = s[:limit]
		for len(s) > 0 && !utf8.RuneStart(s[len(s)-1]) {
			s = s[:len(s)-1]
		}
		if r, size := utf8.DecodeLastRuneInString(s); r == utf8.RuneError && size == 1 {
			s = s[:len(s)-1]
		}
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return strings.ReplaceAll(s, "\x00", "")
}

// shortened is at most n runes of s.
func shortened(s string, n int) string {
	count := 0
	for i := range s {
		if count == n {
			return s[:i]
		}
		count++
	}
	return s
}
