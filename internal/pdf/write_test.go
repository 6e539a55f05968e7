package pdf_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/comptoir-desk/comptoir/internal/pdf"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func lost() pdf.Document {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	return pdf.Document{
		Language: "fr", Zone: paris, Number: 10432, Subject: "Colis jamais arrivé", Customer: "Camille Renaud",
		Addresses: []string{"camille.renaud@example.com"}, PrintedAt: monday, PrintedBy: "Véronica",
		Shop:     pdf.Shop{Name: "Maison Lila", Address: "3 rue des Lilas\n44000 Nantes", Contact: "maison-lila.example"},
		Promises: []pdf.Promise{{What: "Rembourser 89,00\u202f€", State: "à tenir", Basis: "L216-7", DueAt: monday.AddDate(0, 0, 5)}},
		Entries: []pdf.Entry{
			{
				At: monday.Add(-time.Hour), Author: "Camille Renaud", By: "par mail", Text: "Où est mon colis ?\n\nMerci",
				Name: "<m1@example.com>", SHA256: strings.Repeat("ab", 32),
				Files: []pdf.File{{Name: "reçu œuvre.jpg", Type: "image/jpeg", Size: 1234567, SHA256: strings.Repeat("0f", 32)}},
			},
			{Note: true, At: monday, Author: "Marc", Text: "Introuvable chez le transporteur."},
		},
	}
}

func written(t *testing.T, d pdf.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := pdf.Write(&out, d); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(out.Bytes(), []byte("%PDF-")) {
		t.Fatalf("it begins %q", out.Bytes()[:20])
	}
	return out.Bytes()
}

// said tells whether a line of the document has these words, as the PDF holds
// them: UTF-16 in its compressed streams.
func said(t *testing.T, content []byte, words string) bool {
	t.Helper()
	var wanted []byte
	for _, unit := range utf16.Encode([]rune(words)) {
		wanted = append(wanted, byte(unit>>8), byte(unit))
	}
	escaped := strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`, "\r", `\r`).Replace(string(wanted))
	for rest := content; ; {
		_, after, found := bytes.Cut(rest, []byte("stream\n"))
		if !found {
			return false
		}
		rest = after
		z, err := zlib.NewReader(bytes.NewReader(after))
		if err != nil {
			continue // the end of a stream, or one that isn't compressed
		}
		plain, err := io.ReadAll(z)
		if err == nil && bytes.Contains(plain, []byte(escaped)) {
			return true
		}
	}
}

func TestAConversationIsPrintedWhole(t *testing.T) {
	t.Parallel()
	content := written(t, lost())
	for _, words := range []string{
		"Maison Lila", "3 rue des Lilas", "Demande n° 10432", "Colis jamais arrivé", "Client\u00a0: Camille Renaud · camille.renaud@example.com",
		"Rembourser 89,00\u00a0€", "échéance 28/11/2026 10:00 · à tenir · L216-7", "23/11/2026 09:00 · par mail", "Où est mon colis ?",
		"reçu œuvre.jpg · image/jpeg · 1\u00a0234\u00a0567 octets", "SHA-256 " + strings.Repeat("0f", 32), "Note interne · Marc",
		"Imprimé le 23/11/2026 10:00 par Véronica",
	} {
		if !said(t, content, words) {
			t.Errorf("nowhere: %q", words)
		}
	}
	if said(t, content, "Certains signes") {
		t.Error("nothing was missing from the font")
	}
}

func TestSignsThatTheFontHasNotAreNamedAndToldOf(t *testing.T) {
	t.Parallel()
	for text, shown := range map[string]string{
		"Merci \U0001F60A":                   "Merci [U+1F60A]",
		"Bravo \u2764\ufe0f":                 "Bravo ♥",
		"\U0001F44D\U0001F3FD d\u2019accord": "[U+1F44D] d’accord",
		"Cafe\u0301 nai\u0308f":              "Café naïf",
		"Ελληνικά, Привет, Łódź":             "Ελληνικά, Привет, Łódź",
		"a\x00b\u200bc\xff":                  "abc\ufffd",
	} {
		d := lost()
		d.Entries[0].Text = text
		content := written(t, d)
		if !said(t, content, shown) || said(t, content, "Certains signes") != strings.Contains(shown, "[U+") {
			t.Errorf("%q does not stand as %q", text, shown)
		}
	}
}

func TestAWordLongerThanTheLineBreaks(t *testing.T) {
	t.Parallel()
	d := lost()
	d.Entries[0].Text = strings.Repeat("https://suivi.example/colis/", 40)
	d.Subject = strings.Repeat("ŒUVRE", 60)
	content := written(t, d)
	if said(t, content, strings.Repeat("https://suivi.example/colis/", 10)) || !said(t, content, "https://suivi.example/colis/https://") {
		t.Error("a line runs over the edge")
	}
}

func TestFiveHundredMessagesHaveNumberedPages(t *testing.T) {
	t.Parallel()
	d := lost()
	one := d.Entries[0]
	d.Entries = nil
	for n := range 500 {
		one.Text = fmt.Sprintf("Message %d. %s", n, strings.Repeat("Où est mon colis ? ", 40))
		d.Entries = append(d.Entries, one)
	}
	content := written(t, d)
	pages := bytes.Count(content, []byte("/Type /Page\n"))
	if pages < 80 || !said(t, content, "Message 499.") || !said(t, content, fmt.Sprintf("page %d sur %d", pages, pages)) {
		t.Errorf("%d pages", pages)
	}
	if !said(t, content, "Maison Lila · Demande n° 10432") {
		t.Error("the pages don't say whose they are")
	}
}

func TestALogoThatIsNoneIsLeftOut(t *testing.T) {
	t.Parallel()
	d := lost()
	d.Shop.Logo = []byte("no picture")
	if !said(t, written(t, d), "Maison Lila") {
		t.Error("the shop's name is gone with it")
	}
}

// Whatever customers write can be printed.
func FuzzWrite(f *testing.F) {
	for _, text := range []string{"Où est mon colis ?", "\U0001F60A\u202e\u0000", strings.Repeat("x", 5000), "{pages} %d \\ ( )", "مرحبا 你好"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := lost()
		d.Subject, d.Customer, d.Entries[0].Text, d.Entries[0].Quote, d.Entries[0].Files[0].Name = text, text, text, text, text
		if err := pdf.Write(io.Discard, d); err != nil {
			t.Fatal(err)
		}
	})
}
