package explain_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/app/explain"
)

// bodyFile writes a sample and gives its path.
func bodyFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

type replyAnswer struct {
	File        string
	OK          bool
	Error       string
	Visible     string
	VisibleHTML *string `json:"visible_html"`
	HiddenQuote string  `json:"hidden_quote"`
}

func TestReply(t *testing.T) {
	t.Parallel()
	const text = "Merci !\n\nLe 12/11/2026 à 14:05, Marc <marc@maison-lila.example> a écrit :\n> Bonjour Camille\n"
	const page = `<p>Merci&nbsp;!<img src="https://evil.example/p.gif"></p><blockquote type="cite">Bonjour Camille</blockquote>`
	const mail = "From: camille@exemple.example\r\nSubject: Re: bague\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text
	clean := `<p>Merci !<img data-blocked="remote"/></p>`
	tests := map[string]struct {
		name, content, visible, quote string
		html                          *string
	}{
		"text":              {"a.txt", text, "Merci !", "Bonjour Camille", nil},
		"html by name":      {"a.HTM", page, "Merci !", "Bonjour Camille", &clean},
		"html by tag":       {"a.txt", "\ufeff\n" + page, "Merci !", "Bonjour Camille", &clean},
		"address, not tag":  {"a.txt", "<camille@exemple.example> est mon adresse", "<camille@exemple.example> est mon adresse", "", nil},
		"whole mail":        {"a.eml", mail, "Merci !", "Bonjour Camille", nil},
		"nothing":           {"a.txt", "", "", "", nil},
		"phone line, alone": {"a.txt", "Bonjour\n\nEnvoyé de mon iPhone\n", "Bonjour\n\nEnvoyé de mon iPhone", "", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			path := bodyFile(t, tt.name, tt.content)
			if code := explain.Reply([]string{path}, nil, &out); code != explain.ExitOK {
				t.Fatalf("exit code %d: %s", code, out.String())
			}
			var got replyAnswer
			if err := json.Unmarshal(out.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			if got.File != path || !got.OK || got.Visible != tt.visible || !strings.Contains(got.HiddenQuote, tt.quote) || (tt.quote == "") != (got.HiddenQuote == "") {
				t.Errorf("got %+v", got)
			}
			if (got.VisibleHTML == nil) != (tt.html == nil) || tt.html != nil && *got.VisibleHTML != *tt.html {
				t.Errorf("visible_html in %s", out.String())
			}
			if !strings.Contains(out.String(), `"visible_html":`) {
				t.Error("a named key is missing")
			}
		})
	}
}

func TestReplyGoesOnAfterABadItem(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	missing := filepath.Join(t.TempDir(), "missing.txt")
	code := explain.Reply([]string{missing, "-"}, strings.NewReader("Bonjour <Marc>"), &out)
	rows := strings.Split(strings.TrimSpace(out.String()), "\n")
	if code != explain.ExitSomeBad || len(rows) != 2 || !strings.Contains(rows[0], `"ok":false`) {
		t.Fatalf("code %d, %q", code, rows)
	}
	if want := `{"file":"-","ok":true,"visible":"Bonjour <Marc>","visible_html":null,"hidden_quote":""}`; rows[1] != want {
		t.Errorf("got %s", rows[1])
	}
}
