package mime_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/mime"
)

const head = "From: a@example.fr\r\nSubject: x\r\n"

// hostileMails are cheap to send and were, in some parser, dear to read.
func hostileMails() map[string]string {
	many := strings.Repeat
	return map[string]string{
		"forty thousand parts":      head + "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + many("--x\r\n\r\na\r\n", 40_000),
		"ten thousand alternatives": head + "Content-Type: multipart/alternative; boundary=x\r\n\r\n" + many("--x\r\n\r\nautre texte\r\n", 10_000),
		"nested a thousand deep":    head + nested(1000),
		"same boundary nested":      head + many("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n", 50_000),
		"a million encoded words":   head + "X-A: y\r\nSubject: " + many("=?utf-8?q?a?= ", 200_000) + "\r\n\r\nx",
		"words never closed":        head + "To: " + many("=?a?q?", 300_000) + "\r\n\r\nx",
		"a crowd":                   head + "To: " + many("a@example.fr, ", 300_000) + "\r\n\r\nx",
		"open brackets":             head + "References: " + many("<", 1_000_000) + "\r\nTo: " + many("<(\"", 300_000) + "\r\n\r\nx",
		"folded for ever":           head + "X-A: b\r\n" + many(" c\r\n", 500_000) + "\r\nx",
		"a hundred thousand fields": many("X-A: b\r\n", 100_000) + head + "\r\nx",
		"parameters":                head + "Content-Type: text/plain; " + many("a*1*=b; ", 200_000) + "\r\n\r\nx",
		"html nested":               head + "Content-Type: text/html\r\n\r\n" + many("<blockquote><ul><li>", 100_000) + "x",
		"html hidden":               head + "Content-Type: text/html\r\n\r\n" + many("<p hidden><div style='display:none'>", 100_000) + "bonjour",
		"html open tags":            head + "Content-Type: text/html\r\n\r\n" + many("<a ", 300_000),
		"pictures":                  head + "Content-Type: text/html\r\n\r\n" + many("<img src=cid:a@b>", 200_000),
		"soft breaks":               head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + many("= ", 1_000_000),
		"utf-7 shifts":              head + "Content-Type: text/plain; charset=utf-7\r\n\r\n" + many("+A", 1_000_000),
		"bounce of addresses":       "From: MAILER-DAEMON@example.fr\r\nSubject: failure notice\r\n\r\n" + many("<a@example.fr>:\r\n", 200_000),
		"status groups":             head + "Content-Type: message/delivery-status\r\n\r\n" + many("Action: failed\r\nFinal-Recipient: rfc822;a@b.fr\r\n\r\n", 50_000),
		"dashes":                    head + "Content-Type: multipart/mixed\r\n\r\n" + many("--a\r\n", 300_000),
		"signed, open brackets":     signedMail(pkcs7, "\x30\x80"+oidSignedData+"\xa0\x80\x30\x80"+version1+many("\x31\x80", 1_000_000)),
		"signed in tiny pieces":     signedMail(pkcs7, signed("\x24\x80"+many("\x04\x00", 1_000_000))),
		"signed parts":              head + "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + many("--x\r\nContent-Type: "+pkcs7+"\r\n\r\n"+signed(der(0x04, "Content-Type: text/plain\r\n\r\na"))+"\r\n", 10_000),
		"shifted for ever":          head + "Content-Type: text/plain; charset=iso-2022-kr\r\n\r\n" + many("\x0e\x1b$)C", 500_000),
		"tnef of empty files":       head + "Content-Type: application/ms-tnef\r\n\r\n\x78\x9f\x3e\x22\x00\x00" + many("\x02\x02\x90\x06\x00\x00\x00\x00\x00\x00\x00", 200_000),
	}
}

func nested(depth int) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	return b.String() + "\r\nbonjour"
}

func TestHostileMailIsReadInTime(t *testing.T) {
	t.Parallel()
	for name, raw := range hostileMails() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			m, err := mime.Parse([]byte(raw), mime.Options{})
			if err != nil {
				t.Fatal(err)
			}
			// Each is 0.4 to 4 MB; what grows with the square takes minutes.
			if took := time.Since(start); took > 8*time.Second {
				t.Errorf("took %s", took)
			}
			checkStorable(t, m)
		})
	}
}

// checkStorable is what both stores and every screen rely on.
func checkStorable(t *testing.T, m *mime.Mail) {
	t.Helper()
	texts := []string{m.Subject, m.Text, m.HTML, m.MessageID, m.InReplyTo, m.From.Name, m.From.Address, m.Language, m.AutoSubmitted, m.Precedence}
	texts = append(texts, m.References...)
	texts = append(texts, m.DeliveredTo...)
	texts = append(texts, m.Warnings...)
	for _, list := range [][]mime.Address{m.ReplyTo, m.To, m.Cc} {
		for _, a := range list {
			texts = append(texts, a.Name, a.Address)
		}
	}
	for _, a := range m.Attachments {
		texts = append(texts, a.Name, a.Type, a.ContentID)
		if n := utf8.RuneCountInString(a.Name); n == 0 || n > 120 || strings.ContainsAny(a.Name, "/\\\x00\r\n") {
			t.Errorf("unsafe attachment name %q", a.Name)
		}
		if a.Size != len(a.Content) {
			t.Errorf("size %d of %d bytes", a.Size, len(a.Content))
		}
	}
	for _, r := range m.Reports {
		texts = append(texts, r.OriginalMessageID, r.Recipient, r.Action, r.Status)
	}
	for _, s := range texts {
		if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
			t.Errorf("not storable: %.80q", s)
		}
	}
	if m.Class == "" || len(m.Fingerprint) != 64 {
		t.Errorf("class %q, fingerprint %q", m.Class, m.Fingerprint)
	}
}

func FuzzParse(f *testing.F) {
	for _, raw := range sampleMails(f) {
		f.Add(raw)
	}
	f.Add([]byte(head + nested(30)))
	f.Add([]byte(head + "Content-Type: " + pkcs7 + "\r\n\r\n" + signed(der(0x24, der(0x04, "Content-Type: text/plain\r\n\r\nBonjour")))))
	f.Add([]byte(head + "Content-Type: text/plain; charset=iso-2022-kr\r\n\r\n\x1b$)C\x0e9]Av\x0f"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := mime.Parse(raw, mime.Options{Own: []string{"contact@maison-lila.fr"}})
		if err != nil {
			return
		}
		checkStorable(t, m)
		again, err := mime.Parse(bytes.Clone(raw), mime.Options{})
		if err != nil || again.Fingerprint != m.Fingerprint {
			t.Errorf("the same bytes gave another fingerprint (%v)", err)
		}
	})
}
