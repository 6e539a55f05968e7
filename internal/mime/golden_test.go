package mime_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/mime"
)

var update = flag.Bool("update", false, "write the golden files anew")

// facts is what a golden file holds of a mail.
type facts struct {
	Class       mime.Class
	MessageID   string         `json:",omitempty"`
	InReplyTo   string         `json:",omitempty"`
	References  []string       `json:",omitempty"`
	Subject     string         `json:",omitempty"`
	Author      mime.Address   `json:",omitzero"`
	From        mime.Address   `json:",omitzero"`
	To          []mime.Address `json:",omitempty"`
	DeliveredTo []string       `json:",omitempty"`
	Date        string         `json:",omitempty"`
	Language    string         `json:",omitempty"`
	Text        []string       // by line
	HasHTML     bool           `json:",omitempty"`
	Attachments []string       `json:",omitempty"`
	Reports     []mime.Report  `json:",omitempty"`
	Reaction    bool           `json:",omitempty"`
	Warnings    []string       `json:",omitempty"`
}

func newFacts(m *mime.Mail) facts {
	f := facts{
		Class: m.Class, MessageID: m.MessageID, InReplyTo: m.InReplyTo, References: m.References, Subject: m.Subject,
		Author: m.Author(), From: m.From, To: m.To, DeliveredTo: m.DeliveredTo, Language: m.Language,
		Text: strings.Split(m.Text, "\n"), HasHTML: m.HTML != "", Reports: m.Reports, Reaction: m.Reaction, Warnings: m.Warnings,
	}
	if m.HasDate {
		f.Date = m.Date.Format(time.RFC3339)
	}
	for _, a := range m.Attachments {
		line := a.Name + " | " + a.Type + " | " + a.SHA256[:12]
		if a.Inline {
			line += " | inline " + a.ContentID
		}
		f.Attachments = append(f.Attachments, line)
	}
	return f
}

func sampleMails(tb testing.TB) map[string][]byte {
	tb.Helper()
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) == 0 {
		tb.Fatal("no samples", err)
	}
	mails := make(map[string][]byte, len(files))
	for _, file := range files {
		raw, err := os.ReadFile(file) //nolint:gosec // our own test data
		if err != nil {
			tb.Fatal(err)
		}
		mails[strings.TrimSuffix(filepath.Base(file), ".eml")] = raw
	}
	return mails
}

// The mails of Maison Lila, a French jewellery shop, each with the facts that
// its agents Véronica and Marc count on.
func TestMailsOfTheShop(t *testing.T) {
	t.Parallel()
	for name, raw := range sampleMails(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, err := mime.Parse(raw, mime.Options{Own: []string{"contact@maison-lila.fr"}})
			if err != nil {
				t.Fatal(err)
			}
			checkStorable(t, m)
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			if err := enc.Encode(newFacts(m)); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden) //nolint:gosec // our own test data
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("facts differ (-want +got):\n%s", diff)
			}
		})
	}
}
