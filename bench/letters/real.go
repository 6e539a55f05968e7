package letters

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"mime"
	"mime/quotedprintable"
	"strings"
)

// head writes the header that every mail has, as it looks after two servers.
func (w *Writer) head(b *strings.Builder, t *thread) {
	own := fmt.Sprintf("<%d.%d.%08x@client.example>", t.number, len(t.ids)+1, w.rnd.Uint32())
	subject := t.subject
	if len(t.ids) > 0 {
		subject = "Re: " + subject
	}
	day := w.at.Format("Mon, 02 Jan 2006 15:04:05 -0700")
	fmt.Fprintf(b, "Return-Path: <%s>\r\nDelivered-To: %s\r\n", t.address, Address)
	fmt.Fprintf(b, "Received: from mx.client.example (mx.client.example [192.0.2.7])\r\n\tby mail.maison-lila.example (Postfix) with ESMTPS id %08X\r\n\tfor <%s>; %s\r\n",
		w.rnd.Uint32(), Address, day)
	fmt.Fprintf(b, "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=client.example; s=s2026;\r\n\th=from:to:subject:date:message-id; bh=%s;\r\n\tb=%s\r\n",
		w.noise(32), w.noise(96))
	fmt.Fprintf(b, "From: %s <%s>\r\nTo: Maison Lila <%s>\r\n", mime.QEncoding.Encode("utf-8", t.who), t.address, Address)
	fmt.Fprintf(b, "Subject: %s\r\nDate: %s\r\nMessage-ID: %s\r\n", mime.QEncoding.Encode("utf-8", subject), day, own)
	if n := len(t.ids); n > 0 {
		fmt.Fprintf(b, "In-Reply-To: %s\r\nReferences: %s\r\n", t.ids[n-1], strings.Join(t.ids, "\r\n\t"))
	}
	b.WriteString("MIME-Version: 1.0\r\n")
	t.ids = append(t.ids, own)
}

func (w *Writer) noise(n int) string {
	raw := make([]byte, n)
	for i := range raw {
		raw[i] = byte(w.rnd.Uint32())
	}
	return base64.StdEncoding.EncodeToString(raw)
}

// realSized is a mail with a text of its own above the quoted history: HTML
// beside plain text mostly, HTML alone in one of four, a file in one of ten.
func (w *Writer) realSized(t *thread) []byte {
	own := w.text(t, 250+w.rnd.IntN(700))
	size := w.htmlSize()
	page := w.page(t, own, size)
	text := own + w.quotedText(t)
	t.history = append([]string{own}, t.history...)

	var b strings.Builder
	w.head(&b, t)
	file := w.attachment()
	if file != nil {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=\"m%s\"\r\n\r\n--m%s\r\n", t.boundary, t.boundary)
	}
	if w.rnd.IntN(4) == 0 {
		writePart(&b, "text/html", page)
	} else {
		fmt.Fprintf(&b, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n--%s\r\n", t.boundary, t.boundary)
		writePart(&b, "text/plain", text)
		fmt.Fprintf(&b, "\r\n--%s\r\n", t.boundary)
		writePart(&b, "text/html", page)
		fmt.Fprintf(&b, "\r\n--%s--\r\n", t.boundary)
	}
	if file != nil {
		fmt.Fprintf(&b, "\r\n--m%s\r\n", t.boundary)
		writeFile(&b, fmt.Sprintf("photo-%d.jpg", w.number), file)
		fmt.Fprintf(&b, "\r\n--m%s--\r\n", t.boundary)
	}
	return []byte(b.String())
}

func writePart(b *strings.Builder, kind, text string) {
	fmt.Fprintf(b, "Content-Type: %s; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", kind)
	var out bytes.Buffer
	q := quotedprintable.NewWriter(&out)
	_, _ = q.Write([]byte(strings.ReplaceAll(text, "\n", "\r\n"))) // a buffer takes everything
	_ = q.Close()
	b.Write(out.Bytes())
}

func writeFile(b *strings.Builder, name string, content []byte) {
	fmt.Fprintf(b, "Content-Type: image/jpeg; name=\"%s\"\r\nContent-Disposition: attachment; filename=\"%s\"\r\nContent-Transfer-Encoding: base64\r\n\r\n", name, name)
	const line = 57 // 76 characters
	for len(content) > 0 {
		n := min(line, len(content))
		b.WriteString(base64.StdEncoding.EncodeToString(content[:n]))
		b.WriteString("\r\n")
		content = content[n:]
	}
}

// quotedText is the history as a mail program quotes it in plain text.
func (w *Writer) quotedText(t *thread) string {
	var b strings.Builder
	for depth, earlier := range w.exchange(t) {
		fmt.Fprintf(&b, "\n%sLe %s, %s a écrit :\n", strings.Repeat("> ", depth), w.at.Format("02/01/2006 15:04"), earlier.who)
		for line := range strings.SplitSeq(earlier.text, "\n") {
			b.WriteString(strings.Repeat("> ", depth+1) + line + "\n")
		}
	}
	return b.String()
}

// exchange is the history, newest first: the shop's answers between the
// customer's mails. The first mail of a thread quotes the shop's last letter.
func (w *Writer) exchange(t *thread) []said {
	all := []said{{"Maison Lila <" + Address + ">", answerText}}
	for _, h := range t.history {
		all = append(all, said{t.who + " <" + t.address + ">", h}, said{"Maison Lila <" + Address + ">", answerText})
	}
	return all
}

type said struct{ who, text string }

const answerText = `Bonjour,

Merci de votre message. Nous avons regardé votre commande ce matin : elle a été remise au transporteur et son suivi sera à jour dans la journée. Si rien n'arrive d'ici vendredi, écrivez-nous et nous vous renverrons un bijou neuf le jour même.

Bien à vous,
Véronica Lambert
Maison Lila, service clients
12 rue Mercière, 69002 Lyon
`

// page is the mail as HTML of about size bytes: what mail programs write, with
// a style sheet, a paragraph element a line and the history in nested quotes.
func (w *Writer) page(t *thread, own string, size int) string {
	var b strings.Builder
	b.WriteString(sheet)
	b.WriteString(paragraphs(own))
	depth := 0
	for b.Len() < size {
		for _, earlier := range w.exchange(t) {
			fmt.Fprintf(&b, "<div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">Le %s, %s a écrit :<br></div>\n"+
				"<blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex\">\n",
				w.at.Format("02/01/2006 15:04"), html.EscapeString(earlier.who))
			b.WriteString(paragraphs(earlier.text))
			if depth%3 == 0 {
				b.WriteString(signature)
			}
			depth++
			if b.Len() >= size {
				break
			}
		}
	}
	b.WriteString(strings.Repeat("</blockquote></div>\n", depth))
	b.WriteString("</body></html>\n")
	return b.String()
}

func paragraphs(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			b.WriteString("<p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>\n")
			continue
		}
		fmt.Fprintf(&b, "<p class=\"MsoNormal\"><span style=\"font-size:11.0pt;font-family:&quot;Calibri&quot;,sans-serif;color:#1F497D\">%s</span></p>\n",
			html.EscapeString(line))
	}
	return b.String()
}

const sheet = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<style><!--
@font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;}
p.MsoNormal, li.MsoNormal, div.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;}
a:link, span.MsoHyperlink {color:#0563C1; text-decoration:underline;}
div.WordSection1 {page:WordSection1;}
--></style></head><body lang="FR" link="#0563C1" vlink="#954F72">
`

const signature = `<table border="0" cellspacing="0" cellpadding="0"><tr><td style="padding:6px"><b>Maison Lila</b><br>Bijoux faits main à Lyon<br>
<a href="https://maison-lila.example/">maison-lila.example</a></td></tr></table>
`
