package compose_test

import (
	"bytes"
	"net/mail"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jhillyerd/enmime/v2"

	"github.com/comptoir-desk/comptoir/internal/mime/compose"
)

// clean says what a reader should see of a hostile line: one line, valid
// UTF-8, runs of spaces as one.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	words := strings.Split(s, " ")
	kept := words[:0]
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// FuzzBuild: whatever a customer calls himself, his mail, his file or his
// Message-ID, it reads back as written, and no header is there that we did not
// write.
func FuzzBuild(f *testing.F) {
	f.Add("Colis jamais arrivé", "Camille Renaud", "Étiquette.pdf", "<p>Bonjour</p>", "CAF1@x")
	f.Add("a\r\nBcc: x@y\r\n\r\nbody", "\"<x@y>\", b", "a\"; filename=b", "--=_alt\r\n</body>", "x> <y")
	f.Add("=?utf-8?q?ruse?= \xff\xfe", "=?x", "..", "From me\n.\n", "é")
	f.Add(strings.Repeat("long", 300), strings.Repeat("é", 119), strings.Repeat("à ", 90), strings.Repeat("<div>", 600), "")
	f.Fuzz(func(t *testing.T, subject, name, file, body, reference string) {
		m := compose.Message{
			MessageID: "m@x", Date: tuesday, From: compose.Address{Address: "bonjour@maison-lila.example"},
			To: []compose.Address{{Name: name, Address: "camille@example.net"}}, Subject: subject,
			References: []string{reference}, InReplyTo: reference, HTML: body + "x",
			Quote: &compose.Quote{Intro: name, HTML: body, Text: body},
			Files: []compose.File{{Name: file, Type: subject, Content: []byte(body)}},
		}
		raw, err := compose.Build(m)
		if err != nil {
			t.Fatalf("a customer's words stopped the answer: %v", err)
		}
		for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
			if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") {
				t.Fatalf("bad line %q", line)
			}
		}
		onlyOurHeaders(t, raw)
		env, err := enmime.ReadEnvelope(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if want := clean(subject); utf8.RuneCountInString(want) <= 500 && env.GetHeader("Subject") != want {
			t.Errorf("subject %q read back as %q", want, env.GetHeader("Subject"))
		}
		if len(env.Attachments) != 1 || !bytes.Equal(env.Attachments[0].Content, []byte(body)) {
			t.Errorf("attachment lost or changed: %v", env.Attachments)
		}
		to, err := env.AddressList("To")
		if want := clean(name); err != nil || len(to) != 1 || to[0].Address != "camille@example.net" ||
			utf8.RuneCountInString(want) <= 120 && to[0].Name != want {
			t.Errorf("name %q read back as %v, %v", want, to, err)
		}
	})
}

func onlyOurHeaders(t *testing.T, raw []byte) {
	t.Helper()
	msg, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for key, values := range msg.Header {
		switch key {
		case "Date", "From", "To", "Subject", "Message-Id", "In-Reply-To", "References", "Mime-Version", "Content-Type":
		default:
			t.Errorf("header %q was injected", key)
		}
		if len(values) != 1 {
			t.Errorf("header %q stands there %d times", key, len(values))
		}
	}
}

func FuzzTextFromHTML(f *testing.F) {
	f.Add("<ol start=3><li><ul><li>a</ul><li>b</ol><blockquote><pre>x\n y</pre></blockquote>")
	f.Add("<a href='https://x'>y</a><table><tr><td>1<td>2</table>")
	f.Fuzz(func(t *testing.T, fragment string) {
		text := compose.TextFromHTML(fragment)
		if strings.HasSuffix(text, "\n") || len(text) > 100+600*len(fragment) {
			t.Errorf("%d bytes of text from %d", len(text), len(fragment))
		}
	})
}
