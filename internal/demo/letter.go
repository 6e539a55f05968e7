package demo

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"mime"
	"mime/quotedprintable"
	"strings"
	"time"
)

// writer is somebody who writes to the shop, with the program they use.
type writer struct {
	name, address string
	program       program
	english       bool
}

// program is a mail program: each quotes in its own way.
type program int

const (
	webGmail program = iota
	iPhone
	outlook
	orange
	laPoste
	thunderbird
	samsung
	robot // no quoting, no signature
)

// file is something attached.
type file struct {
	name, kind string
	content    []byte
	inline     string // Content-ID of a picture in the text
}

// letter is one mail of a customer, from which its bytes are made.
type letter struct {
	from       writer
	subject    string
	date       time.Time
	id         string
	references []string
	answered   *ours // quoted
	text       string
	html       string
	files      []file
	header     []string
}

// bytes are the mail as a customer's provider hands it over (RFC 5322).
func (l letter) bytes() []byte {
	var b bytes.Buffer
	put := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	put("From", mime.QEncoding.Encode("utf-8", l.from.name)+" <"+l.from.address+">")
	put("To", "Maison Lila <"+Address+">")
	put("Subject", mime.QEncoding.Encode("utf-8", l.subject))
	put("Date", l.date.Format(time.RFC1123Z))
	put("Message-ID", "<"+l.id+">")
	refs := l.references
	if l.answered != nil {
		put("In-Reply-To", "<"+l.answered.MessageID+">")
		refs = append(refs[:len(refs):len(refs)], l.answered.MessageID)
	}
	if len(refs) > 0 {
		put("References", "<"+strings.Join(refs, ">\r\n <")+">")
	}
	for _, line := range l.header {
		b.WriteString(line + "\r\n")
	}
	put("MIME-Version", "1.0")
	l.body().write(&b)
	return b.Bytes()
}

// part is a piece of a mail.
type part struct {
	kind    string // with its parameters
	header  []string
	content []byte // of a leaf
	encoded string // transfer encoding of a leaf
	parts   []part
}

func (p part) write(b *bytes.Buffer) {
	for _, h := range p.header {
		b.WriteString(h + "\r\n")
	}
	if len(p.parts) == 0 {
		fmt.Fprintf(b, "Content-Type: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n", p.kind, p.encoded)
		p.writeContent(b)
		return
	}
	// Boundaries need only differ between the levels of one mail.
	boundary := fmt.Sprintf("=_lila_%d_%s", len(p.parts), p.kind[len("multipart/"):][:3])
	fmt.Fprintf(b, "Content-Type: %s; boundary=\"%s\"\r\n\r\n", p.kind, boundary)
	for _, child := range p.parts {
		b.WriteString("--" + boundary + "\r\n")
		child.write(b)
		b.WriteString("\r\n")
	}
	b.WriteString("--" + boundary + "--\r\n")
}

func (p part) writeContent(b *bytes.Buffer) {
	if p.encoded == "base64" {
		text := base64.StdEncoding.EncodeToString(p.content)
		for len(text) > 76 { // RFC 2045, 6.8
			b.WriteString(text[:76] + "\r\n")
			text = text[76:]
		}
		b.WriteString(text + "\r\n")
		return
	}
	w := quotedprintable.NewWriter(b)
	_, _ = w.Write(p.content) // a buffer takes everything
	_ = w.Close()
}

func text(kind, content string) part {
	return part{kind: kind + "; charset=utf-8", encoded: "quoted-printable", content: []byte(content)}
}

func (l letter) body() part {
	body := text("text/plain", l.plain())
	if rich := l.rich(); rich != "" {
		body = part{kind: "multipart/alternative", parts: []part{body, text("text/html", rich)}}
	}
	related, mixed := []part{body}, []part{}
	for _, f := range l.files {
		p := part{kind: f.kind + `; name="` + f.name + `"`, encoded: "base64", content: f.content}
		if f.inline != "" {
			p.header = []string{"Content-Disposition: inline; filename=\"" + f.name + "\"", "Content-ID: <" + f.inline + ">"}
			related = append(related, p)
			continue
		}
		p.header = []string{"Content-Disposition: attachment; filename=\"" + f.name + "\""}
		mixed = append(mixed, p)
	}
	if len(related) > 1 {
		body = part{kind: "multipart/related", parts: related}
	}
	if len(mixed) > 0 {
		body = part{kind: "multipart/mixed", parts: append([]part{body}, mixed...)}
	}
	return body
}

// plain is the text part, signed and with its quote as the program does.
func (l letter) plain() string {
	words := strings.ReplaceAll(l.text, "\n", "\r\n")
	phone := map[bool]string{false: "Envoyé de mon iPhone", true: "Sent from my iPhone"}[l.from.english]
	switch l.from.program {
	case iPhone:
		words += "\r\n\r\n" + phone
	case samsung:
		words += "\r\n\r\n\r\nEnvoyé depuis mon appareil Galaxy\r\n"
	}
	if l.answered == nil {
		return words + "\r\n"
	}
	return words + "\r\n\r\n" + l.quote() + "\r\n"
}

// rich is the HTML part, "" for programs that write text.
func (l letter) rich() string {
	if l.html != "" {
		return l.html
	}
	lines := strings.Split(html.EscapeString(l.text), "\n")
	switch l.from.program {
	case webGmail:
		return `<div dir="ltr">` + strings.Join(lines, "<br>") + `</div>` + l.gmailQuote()
	case outlook:
		return outlookHTML(lines, l.pictures()) + l.outlookQuote() + "</div></body></html>"
	}
	return ""
}

func (l letter) pictures() string {
	var b strings.Builder
	for _, f := range l.files {
		if f.inline != "" {
			fmt.Fprintf(&b, `<p class="MsoNormal"><img width="320" src="cid:%s" alt="%s"></p>`, f.inline, f.name)
		}
	}
	return b.String()
}

func outlookHTML(lines []string, pictures string) string {
	var b strings.Builder
	b.WriteString(`<html><body lang="FR"><div class="WordSection1">`)
	for _, line := range lines {
		if line == "" {
			line = "&nbsp;"
		}
		b.WriteString(`<p class="MsoNormal">` + line + `<o:p></o:p></p>`)
	}
	return b.String() + pictures
}
