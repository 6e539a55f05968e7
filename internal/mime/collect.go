package mime

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

// passage is one stretch of the body as the writer composed it: its plain form,
// its HTML form, or both (multipart/alternative).
type passage struct{ text, html string }

// collected is what walking the tree found.
type collected struct {
	root        *part
	reader      *reader
	text, html  string
	attachments []Attachment
	reaction    bool

	passages []passage
	notices  []*part // delivery-status, feedback-report, disposition-notification
	returned []*part // the message a notice speaks of, or its header
	spare    []*part // named text parts, which become the text if there is none
	links    []*part // part of each attachment, same order; nil for unpacked ones
}

// maxForms is how many alternatives are weighed against each other; a part with
// more is read as a mixed one.
const maxForms = 8

// maxCIDs bounds the pictures that a text is searched for.
const maxCIDs = 2000

// collect sorts the leaves into body and attachments (RFC 2046, 5.1).
func collect(root *part, r *reader) *collected {
	c := &collected{root: root, reader: r}
	if p, ok := c.walk(root); ok {
		c.passages = append(c.passages, p)
	}
	c.compose()
	c.markInline()
	return c
}

// walk returns the passage that a part stands for, or files it as attachment;
// a mixed part appends its passages itself.
func (c *collected) walk(p *part) (passage, bool) {
	switch {
	case p.kind.value == "multipart/alternative" && len(p.children) > 0 && len(p.children) <= maxForms:
		return c.alternative(p)
	case len(p.children) > 0:
		for _, child := range p.children {
			if found, ok := c.walk(child); ok {
				c.passages = append(c.passages, found)
			}
		}
		if p.maySign() {
			c.attach(p) // for who wants to check the signature
		}
		return passage{}, false
	case strings.HasPrefix(p.kind.value, "multipart/"):
		return passage{}, false
	}
	if c.isBody(p) {
		return c.bodyPassage(p)
	}
	c.attach(p)
	return passage{}, false
}

// alternative takes the plain and the HTML form; what else is offered (a
// calendar entry, a picture) is kept as attachment.
func (c *collected) alternative(p *part) (passage, bool) {
	outer := c.passages
	var result passage
	for _, child := range p.children {
		c.passages = nil
		if found, ok := c.walk(child); ok {
			c.passages = append(c.passages, found)
		}
		for _, found := range c.passages {
			result.text = joinForms(result.text, found.text)
			result.html = joinForms(result.html, found.html)
		}
	}
	c.passages = outer
	return result, result != passage{}
}

// joinForms puts two forms of the same type together: they should be one text,
// but some programs put different ones there, and no word may be lost.
func joinForms(have, more string) string {
	switch {
	case strings.TrimSpace(more) == "" || strings.Contains(have, strings.TrimSpace(more)):
		return have
	case strings.TrimSpace(have) == "" || strings.Contains(more, strings.TrimSpace(have)):
		return more
	}
	return strings.TrimRight(have, "\n") + "\n\n" + more
}

func (c *collected) isBody(p *part) bool {
	switch p.kind.value {
	case "text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html",
		"text/vnd.google.email-reaction+json", "text/x-plain", "text/markdown", "application/xhtml+xml":
	default:
		return false
	}
	if p.disposition.value == "attachment" {
		return false
	}
	if p.parent != nil && p.fileName() != "" && !p.inAlternative() {
		c.spare = append(c.spare, p)
		return false
	}
	return true
}

func (p *part) inAlternative() bool {
	return p.parent != nil && p.parent.kind.value == "multipart/alternative"
}

func (c *collected) bodyPassage(p *part) (passage, bool) {
	switch p.kind.value {
	case "text/vnd.google.email-reaction+json":
		c.reaction = true
		return passage{}, false
	case "text/x-amp-html", "text/watch-html": // only ever beside a text/html
		return passage{}, false
	case "text/html", "application/xhtml+xml":
		s := p.text(c.reader)
		return passage{html: s}, strings.TrimSpace(s) != ""
	case "text/enriched", "text/richtext":
		return passage{text: HTMLText(p.text(c.reader))}, true
	}
	s := p.text(c.reader)
	if p.kind.params["format"] == "flowed" {
		s = unflow(s, strings.EqualFold(p.kind.params["delsp"], "yes"))
	}
	return passage{text: s}, strings.TrimSpace(s) != ""
}

// compose joins the passages; once one has HTML all are given in HTML too.
func (c *collected) compose() {
	if len(c.passages) == 0 && len(c.spare) > 0 {
		c.promote(c.spare[0])
	}
	if len(c.passages) == 0 {
		c.readPreamble()
	}
	anyHTML := false
	for _, p := range c.passages {
		anyHTML = anyHTML || p.html != ""
	}
	var texts, htmls []string
	for _, p := range c.passages {
		if strings.TrimSpace(p.text) == "" {
			p.text = HTMLText(p.html)
		}
		texts = append(texts, strings.TrimRight(p.text, " \t\n"))
		if anyHTML && p.html == "" {
			p.html = "<div style=\"white-space:pre-wrap\">" + html.EscapeString(p.text) + "</div>"
		}
		htmls = append(htmls, p.html)
	}
	c.text = strings.TrimLeft(strings.Join(texts, "\n\n"), "\n")
	if anyHTML {
		c.html = strings.Join(htmls, "\n")
	}
}

// preambleNote is what mail programs write for others that know no MIME.
var preambleNote = pattern.Of(`(?i)^(this is (an? )?(multi-?part|mime|openpgp|s/mime|cryptographically|encrypted|signed)|ceci est un message|if you can see|your (mail reader|e-?mail client)|--)`)

// readPreamble takes words that a broken program put before the first part,
// when there are no others.
func (c *collected) readPreamble() {
	var kept []string
	for _, line := range strings.Split(tidy(toUTF8(c.root.preamble, "")), "\n") {
		line = strings.TrimRight(line, "\r \t")
		if !preambleNote.MatchString(line) {
			kept = append(kept, line)
		}
	}
	if s := strings.TrimSpace(strings.Join(kept, "\n")); s != "" {
		c.passages = append(c.passages, passage{text: s})
	}
}

// promote makes the body of a named text part that stands alone.
func (c *collected) promote(p *part) {
	found, ok := c.bodyPassage(p)
	if !ok {
		return
	}
	c.passages = append(c.passages, found)
	for i, link := range c.links {
		if link == p {
			c.links = append(c.links[:i], c.links[i+1:]...)
			c.attachments = append(c.attachments[:i], c.attachments[i+1:]...)
			return
		}
	}
}

func (c *collected) attach(p *part) {
	switch p.kind.value {
	case "message/delivery-status", "message/feedback-report", "message/disposition-notification", "message/global-delivery-status":
		c.notices = append(c.notices, p)
	case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/rfc822-headers":
		c.returned = append(c.returned, p)
	}
	content := p.body
	if !p.opaque {
		content = p.content(c.reader)
	}
	name := p.fileName()
	kind := p.kind.value
	if isTNEF(name, kind) {
		if t, err := parseTNEF(content); err == nil {
			c.unpack(t)
			return
		}
		c.reader.warn("winmail.dat could not be read and is kept as it is")
	}
	if len(bytes.TrimSpace(content)) == 0 && name == "" {
		return
	}
	c.keep(newAttachment(name, kind, content), p)
}

func (c *collected) keep(a Attachment, p *part) {
	if p != nil {
		a.Inline = p.disposition.value == "inline"
		a.ContentID = firstID(p.header.first("content-id"))
	}
	c.attachments = append(c.attachments, a)
	c.links = append(c.links, p)
}

func newAttachment(name, kind string, content []byte) Attachment {
	sum := sha256.Sum256(content)
	kind = clip(tidyLine(tidy(kind)), 120)
	return Attachment{
		Name: SafeName(name, kind), Type: kind, Size: len(content),
		SHA256: hex.EncodeToString(sum[:]), Content: content,
	}
}

// unpack files what Outlook put into winmail.dat.
func (c *collected) unpack(t *tnef) {
	// Beside a text part Outlook packs the same words once more.
	if len(c.passages) == 0 && (t.html != "" || strings.TrimSpace(t.text) != "") {
		c.passages = append(c.passages, passage{text: t.text, html: t.html})
	}
	for _, f := range t.files {
		a := newAttachment(f.name, f.kind, f.content)
		a.ContentID = firstID(f.contentID)
		c.keep(a, nil)
	}
}

// markInline marks pictures that the HTML shows by cid: (RFC 2392), whatever
// disposition their sender gave them.
func (c *collected) markInline() {
	if c.html == "" || !strings.Contains(c.html, "cid:") {
		return
	}
	shown := make(map[string]bool)
	for rest := c.html; len(shown) < maxCIDs; {
		_, after, found := strings.Cut(rest, "cid:")
		if !found {
			break
		}
		end := strings.IndexAny(after[:min(len(after), maxID)], "\"' )>\n&;")
		if end > 0 {
			shown[strings.ToLower(percentDecoded(after[:end]))] = true
		}
		rest = after
	}
	for i := range c.attachments {
		if id := c.attachments[i].ContentID; id != "" && shown[strings.ToLower(id)] {
			c.attachments[i].Inline = true
		}
	}
}

// unflow joins soft-broken lines (RFC 3676): a line that ends in a blank goes
// on in the next one of the same quote depth.
func unflow(s string, delsp bool) string {
	lines := strings.Split(s, "\n")
	var out strings.Builder
	out.Grow(len(s))
	open := -1 // quote depth of the line that goes on, or -1
	for i, line := range lines {
		depth := 0
		for depth < len(line) && line[depth] == '>' {
			depth++
		}
		body := strings.TrimPrefix(line[depth:], " ")
		soft := strings.HasSuffix(body, " ") && body != "-- "
		if soft && delsp {
			body = body[:len(body)-1]
		}
		if open == depth && body != "-- " {
			out.WriteString(body)
		} else {
			if i > 0 {
				out.WriteByte('\n')
			}
			out.WriteString(line[:depth])
			if depth > 0 && body != "" {
				out.WriteByte(' ')
			}
			out.WriteString(body)
		}
		open = -1
		if soft {
			open = depth
		}
	}
	return out.String()
}
