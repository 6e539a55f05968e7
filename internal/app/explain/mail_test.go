package explain_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/app/explain"
)

const camilleAsks = "From: Camille Renaud <camille@example.fr>\r\nTo: contact@maison-lila.fr\r\nSubject: Bague\r\n" +
	"Date: Mon, 7 Dec 2026 10:00:00 +0100\r\nMessage-ID: <a1@example.fr>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
	"Bonjour, ma bague est <trop> petite.\r\n\r\nLe 6 déc. 2026 à 09:00, Maison Lila a écrit :\r\n> Merci de votre achat\r\n"

func explainMail(t *testing.T, stdin string, own []string, files ...string) (lines []map[string]any, raw string, code int) {
	t.Helper()
	var out bytes.Buffer
	code = explain.Mail(own, files, strings.NewReader(stdin), &out)
	for line := range strings.Lines(out.String()) {
		var v map[string]any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		lines = append(lines, v)
	}
	return lines, out.String(), code
}

func TestMailHasEveryKey(t *testing.T) {
	t.Parallel()
	lines, raw, code := explainMail(t, camilleAsks, nil, "-")
	if code != explain.ExitOK || len(lines) != 1 {
		t.Fatalf("code %d, %d lines", code, len(lines))
	}
	keys := make([]string, 0, len(lines[0]))
	for k := range lines[0] {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	want := strings.Fields("attachments cc class date error file from hidden_quote in_reply_to language message_id ok references reply_to report subject text to visible warnings")
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("keys (-want +got)\n%s", diff)
	}
	line := lines[0]
	for key, want := range map[string]any{
		"file": "-", "ok": true, "error": nil, "class": "customer", "message_id": "a1@example.fr", "in_reply_to": nil,
		"references": []any{}, "cc": []any{}, "attachments": []any{}, "report": []any{}, "warnings": []any{},
		"date": "2026-12-07T10:00:00+01:00", "from": map[string]any{"name": "Camille Renaud", "address": "camille@example.fr"},
	} {
		if diff := cmp.Diff(want, line[key]); diff != "" {
			t.Errorf("%s (-want +got)\n%s", key, diff)
		}
	}
	if !strings.Contains(raw, "<trop>") {
		t.Error("angle brackets are escaped")
	}
	if v := line["visible"].(string); !strings.Contains(v, "trop") || strings.Contains(v, "Merci de votre achat") {
		t.Errorf("visible %q", v)
	}
	if q := line["hidden_quote"].(string); !strings.Contains(q, "Merci de votre achat") {
		t.Errorf("hidden_quote %q", q)
	}
}

func TestBadMailNeverStopsTheRest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "bon.eml"), filepath.Join(dir, "vide.eml")
	for file, content := range map[string]string{good: camilleAsks, bad: ""} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lines, _, code := explainMail(t, "", nil, bad, filepath.Join(dir, "absent.eml"), good)
	if code != explain.ExitSomeBad || len(lines) != 3 {
		t.Fatalf("code %d, %d lines", code, len(lines))
	}
	for i, ok := range []bool{false, false, true} {
		if lines[i]["ok"] != ok {
			t.Errorf("line %d: ok %v", i, lines[i]["ok"])
		}
		if !ok && (lines[i]["error"] == "" || lines[i]["file"] == "") {
			t.Errorf("line %d says nothing: %v", i, lines[i])
		}
	}
}

// A contact form writes from the shop's own address in the customer's name.
func TestContactFormIsTheCustomers(t *testing.T) {
	t.Parallel()
	form := "From: Maison Lila <contact@maison-lila.fr>\nReply-To: Paul Delmas <paul@example.fr>\nSubject: Contact\n\nBonjour"
	for _, own := range []string{"contact@maison-lila.fr", "Contact@Maison-Lila.fr"} {
		lines, _, _ := explainMail(t, form, []string{own}, "-")
		from := lines[0]["from"].(map[string]any)
		if lines[0]["class"] != "customer" || from["address"] != "paul@example.fr" {
			t.Errorf("own %s: class %v from %v", own, lines[0]["class"], from)
		}
		if lines[0]["date"] != nil || lines[0]["message_id"] != nil {
			t.Errorf("unknown scalars aren't null: %v", lines[0])
		}
	}
}
