package compose_test

import (
	"bytes"
	"errors"
	"flag"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jhillyerd/enmime/v2"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
)

var update = flag.Bool("update", false, "write the golden mails anew")

var paris = time.FixedZone("CET", 3600)

// tuesday is when Véronica answers Camille.
var tuesday = time.Date(2026, 11, 17, 10, 32, 5, 0, paris)

var logo = []byte("\x89PNG\r\n\x1a\n pretend picture of a shop sign")

func answer() compose.Message {
	return compose.Message{
		MessageID: "c10432.7f3a@desk.maison-lila.example",
		Date:      tuesday,
		From:      compose.Address{Name: "Véronica (Maison Lila)", Address: "bonjour@maison-lila.example"},
		To:        []compose.Address{{Name: "Camille Renaud", Address: "camille.renaud@example.net"}},
		Subject:   "Re: Colis jamais arrivé : commande 20418",
		InReplyTo: "CAF1@mail.example.net", References: []string{"CAF0@mail.example.net", "CAF1@mail.example.net"},
		HTML:     "<p>Bonjour Camille,</p><p>Votre bague part aujourd’hui, elle arrive le 19/11/2026. Vous la suivez <a href=\"https://suivi.example/6A1\">ici</a>.</p>",
		Language: "fr",
	}
}

func fullAnswer() compose.Message {
	m := answer()
	html, _, logoFile := compose.Signature(compose.SignatureData{
		Name: "Véronica", Role: "Service clients", Shop: "Maison Lila", Phone: "01 23 45 67 89",
		Address: "4 rue du Bac\n75007 Paris", URL: "https://maison-lila.example/", Logo: logo, LogoType: "image/png",
	})
	m.HTML += html
	m.Files = []compose.File{
		*logoFile,
		{Name: "Étiquette de retour n° 20418.pdf", Type: "application/pdf", Content: bytes.Repeat([]byte("%PDF-1.7 "), 20)},
	}
	m.Quote = &compose.Quote{
		Intro: "Le 16/11/2026 à 18:02, Camille Renaud a écrit :",
		HTML:  "<p>Bonjour,</p><p>mon colis n'est <b>jamais</b> arrivé.</p><blockquote><p>Votre commande est partie.</p></blockquote></div></blockquote>",
	}
	return m
}

func acknowledgement() compose.Message {
	return compose.Message{
		MessageID: "ack.10433@desk.maison-lila.example", Date: tuesday,
		From:    compose.Address{Name: "Maison Lila", Address: "bonjour@maison-lila.example"},
		To:      []compose.Address{{Address: "paul.delmas@example.org"}},
		Subject: "Re: Retractation", Text: "Bonjour,\n\nnous avons bien reçu votre message et vous répondons avant le 18/11/2026 à 10 h 32.\n",
		AutoSubmitted: "auto-replied", Language: "fr",
		Headers: map[string]string{"X-Auto-Response-Suppress": "All", "X-Comptoir-Delivery": "d-81"},
	}
}

func build(t *testing.T, m compose.Message) []byte {
	t.Helper()
	raw, err := compose.Build(m)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestBuildGolden(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]compose.Message{"answer": answer(), "full_answer": fullAnswer(), "acknowledgement": acknowledgement()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := build(t, m)
			file := filepath.Join("testdata", name+".eml")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("mail changed (-want +got):\n%s", diff)
			}
			if again := build(t, m); !bytes.Equal(got, again) {
				t.Error("the same message gave other bytes the second time")
			}
		})
	}
}

func TestFullAnswerReadBack(t *testing.T) {
	t.Parallel()
	env, err := enmime.ReadEnvelope(bytes.NewReader(build(t, fullAnswer())))
	if err != nil {
		t.Fatal(err)
	}
	if len(env.Errors) > 0 {
		t.Errorf("the reader complains: %v", env.Errors)
	}
	if got := env.GetHeader("Subject"); got != "Re: Colis jamais arrivé : commande 20418" {
		t.Errorf("subject = %q", got)
	}
	from, err := env.AddressList("From")
	if err != nil || from[0].Name != "Véronica (Maison Lila)" {
		t.Errorf("from = %v, %v", from, err)
	}
	if len(env.Attachments) != 1 || env.Attachments[0].FileName != "Étiquette de retour n° 20418.pdf" {
		t.Fatalf("attachments = %v", env.Attachments)
	}
	if len(env.Inlines) != 1 || !bytes.Equal(env.Inlines[0].Content, logo) || !strings.Contains(env.HTML, "cid:"+env.Inlines[0].ContentID) {
		t.Errorf("the logo did not arrive where the HTML points: %v", env.Inlines)
	}
	if !strings.Contains(env.HTML, `lang="fr"`) || strings.Contains(env.HTML, "color:#") {
		t.Error("no language, or a fixed colour that a dark client cannot turn")
	}
	if strings.Count(env.HTML, "<blockquote") != strings.Count(env.HTML, "</blockquote") || strings.Count(env.HTML, "<div") != strings.Count(env.HTML, "</div") {
		t.Error("the customer's stray end tags broke out of the quote")
	}
	wantText := "Bonjour Camille,\n\nVotre bague part aujourd’hui, elle arrive le 19/11/2026. Vous la suivez ici (https://suivi.example/6A1).\n\n" +
		"-- \nVéronica\nService clients\nMaison Lila\n01 23 45 67 89\n4 rue du Bac\n75007 Paris\nmaison-lila.example\n\n" +
		"Le 16/11/2026 à 18:02, Camille Renaud a écrit :\n> Bonjour,\n>\n> mon colis n'est jamais arrivé.\n>\n>> Votre commande est partie.\n"
	if diff := cmp.Diff(wantText, strings.ReplaceAll(env.Text, "\r\n", "\n")); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

// Only the levels that are needed: a text alone is no multipart.
func TestShape(t *testing.T) {
	t.Parallel()
	picture := compose.File{Name: "bague.png", Type: "image/png", Content: logo, ContentID: "bague@lila", Inline: true}
	tests := []struct {
		name  string
		html  string
		files []compose.File
		want  string
	}{
		{"text alone", "", nil, "text/plain"},
		{"html", "<p>Bonjour</p>", nil, "multipart/alternative"},
		{"picture by cid", "<p><img src=cid:bague@lila></p>", []compose.File{picture}, "multipart/related"},
		{"picture with nothing that shows it", "", []compose.File{picture}, "multipart/mixed"},
		{"attachment", "<p>Bonjour</p>", []compose.File{{Name: "a.txt", Type: "text/plain"}}, "multipart/mixed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := answer()
			m.HTML, m.Text, m.Files = tt.html, "Bonjour", tt.files
			msg, err := mail.ReadMessage(bytes.NewReader(build(t, m)))
			if err != nil {
				t.Fatal(err)
			}
			if got, _, _ := strings.Cut(msg.Header.Get("Content-Type"), ";"); got != tt.want {
				t.Errorf("content type = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBccIsNeverWritten(t *testing.T) {
	t.Parallel()
	m := answer()
	m.To, m.Bcc = nil, []compose.Address{{Name: "Marc", Address: "marc@maison-lila.example"}}
	if raw := build(t, m); bytes.Contains(bytes.ToLower(raw), []byte("marc@")) || bytes.Contains(raw, []byte("Bcc")) {
		t.Errorf("Marc can be seen:\n%s", raw)
	}
}

func TestReferencesStayShort(t *testing.T) {
	t.Parallel()
	var year []string
	for i := range 200 {
		year = append(year, strings.Repeat("a", i%7)+time.Duration(i).String()+"@mail.example.net")
	}
	huge := []string{strings.Repeat("r", 400) + "@x", strings.Repeat("s", 400) + "@x", strings.Repeat("t", 400) + "@x"}
	tests := []struct {
		name        string
		refs        []string
		parent      string
		first, last string
		count       int
	}{
		{"a year of mails", year, "dernier@x", "0s@mail.example.net", "dernier@x", 10},
		{"no history, only a parent", nil, "seul@x", "seul@x", "seul@x", 1},
		{"ids too long together", huge, "dernier@x", huge[0], "dernier@x", 3},
		{"ids that would break the header", []string{"a b@x", "<ok@x>", "é@x", "x>\r\nBcc: all"}, "", "ok@x", "ok@x", 1},
		{"each once", []string{"a@x", "a@x", "b@x"}, "a@x", "b@x", "a@x", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := answer()
			m.References, m.InReplyTo = tt.refs, tt.parent
			msg, err := mail.ReadMessage(bytes.NewReader(build(t, m)))
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Fields(msg.Header.Get("References"))
			if len(got) != tt.count || got[0] != "<"+tt.first+">" || got[len(got)-1] != "<"+tt.last+">" {
				t.Errorf("references = %v", got)
			}
			if n := len(msg.Header.Get("References")); n > 900 {
				t.Errorf("references take %d bytes", n)
			}
		})
	}
}

// What the caller got wrong is said with its field; no bytes come out.
func TestRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field string
		spoil func(m *compose.Message)
	}{
		{"date", func(m *compose.Message) { m.Date = time.Time{} }},
		{"to", func(m *compose.Message) { m.To = nil }},
		{"to", func(m *compose.Message) { m.To[0].Address = "camille@example.net>\r\nBcc: <all@example.net" }},
		{"to", func(m *compose.Message) { m.To[0].Address = "camille" }},
		{"to", func(m *compose.Message) { m.To[0].Address = "zoë@example.net" }},
		{"cc", func(m *compose.Message) { m.Cc = []compose.Address{{Address: "a@b..c"}} }},
		{"from", func(m *compose.Message) { m.From.Address = "@x" }},
		{"message_id", func(m *compose.Message) { m.MessageID = "no at sign" }},
		{"auto_submitted", func(m *compose.Message) { m.AutoSubmitted = "no\r\nX: y" }},
		{"language", func(m *compose.Message) { m.Language = `fr"><script>` }},
		{"headers", func(m *compose.Message) { m.Headers = map[string]string{"X-Note": "a\r\nBcc: all@example.net"} }},
		{"headers", func(m *compose.Message) { m.Headers = map[string]string{"bcc": "all@example.net"} }},
		{"headers", func(m *compose.Message) { m.Headers = map[string]string{"X Note": "a"} }},
		{"headers", func(m *compose.Message) { m.Headers = map[string]string{"Content-Type": "text/html"} }},
		{"files", func(m *compose.Message) {
			m.Files = []compose.File{{Inline: true, ContentID: "a b", Name: "x"}}
		}},
	}
	for _, tt := range tests {
		m := answer()
		tt.spoil(&m)
		raw, err := compose.Build(m)
		var f *fault.Fault
		if raw != nil || !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != tt.field {
			t.Errorf("%s: got %v", tt.field, err)
		}
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, address, want string }{
		{"Camille Renaud", "camille@example.net", "Camille Renaud <camille@example.net>"},
		{"", "camille@example.net", "camille@example.net"},
		{"Renaud, Camille", "camille@example.net", `"Renaud, Camille" <camille@example.net>`},
		{"Inès", "ines@bijoux-été.example", "=?utf-8?q?In=C3=A8s?= <ines@xn--bijoux-t-h1ab.example>"},
		{"", "jean..luc@example.net", `"jean..luc"@example.net`},
		{"=?utf-8?q?ruse?=", "x@example.net", "=?utf-8?q?=3D=3Futf-8=3Fq=3Fruse=3F=3D?= <x@example.net>"},
	}
	for _, tt := range tests {
		m := answer()
		m.To = []compose.Address{{Name: tt.name, Address: tt.address}}
		if raw := build(t, m); !bytes.Contains(raw, []byte("\r\nTo: "+tt.want+"\r\n")) {
			t.Errorf("%q <%s> was written otherwise:\n%s", tt.name, tt.address, raw[:400])
		}
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, want string }{
		{"facture.pdf", "facture.pdf"},
		{"Bon de retour été n° 20418 à coller sur le colis avant le 30 novembre 2026 — merci.pdf", "Bon de retour été n° 20418 à coller sur le colis avant le 30 novembre 2026 — merci.pdf"},
		{"../../etc/passwd", "_.._etc_passwd"},
		{`C:\Users\lila\photo.jpg`, "C:_Users_lila_photo.jpg"},
		{"a\r\nBcc: x.pdf", "a Bcc: x.pdf"},
		{`les "belles".jpg`, `les "belles".jpg`},
		{"", "file"},
	}
	for _, tt := range tests {
		m := answer()
		m.Files = []compose.File{{Name: tt.name, Type: "application/pdf", Content: []byte("x")}}
		env, err := enmime.ReadEnvelope(bytes.NewReader(build(t, m)))
		if err != nil || len(env.Attachments) != 1 {
			t.Fatalf("%q: %v", tt.name, err)
		}
		if got := env.Attachments[0].FileName; got != tt.want {
			t.Errorf("%q arrived as %q, want %q", tt.name, got, tt.want)
		}
	}
}
