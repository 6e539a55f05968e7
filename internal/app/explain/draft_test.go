package explain_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/app/explain"
)

const lilaContext = `{"now":"2026-11-23T09:30:00+01:00","zone":"Europe/Paris","lang":"fr","channel":"mail",
 "author":{"name":"Véronica"},"signature":"Véronica\nMaison Lila","customer":{"name":"Camille Renaud","email":"camille@example.org"},
 "orders":[{"number":"ML-20417","total":"49.90","currency":"EUR"}],"others":["Paul Delmas","ML-20418"],"forbidden":["avoir"]}`

func contextFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "context.json")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDraft(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{
			"nothing to say", "Bonjour Camille, la bague est en stock <taille 52>.",
			`{"file":"-","ok":true,"verdict":"pass","findings":[],"promises":[]}`,
		},
		{
			"a hole blocks, and is told in code points", "Été 🌸 {prenom}",
			`{"file":"-","ok":true,"verdict":"block","findings":[{"rule":"hole","severity":"block","start":6,"end":14,"words":"{prenom}",` +
				`"advice":"Un champ est resté vide : complétez ou effacez ces mots."}],"promises":[]}`,
		},
		{
			"a stop blocks too", "La facture est en pièce jointe.",
			`{"file":"-","ok":true,"verdict":"block","findings":[{"rule":"attachment_missing","severity":"stop","start":15,"end":30,"words":"en pièce jointe",` +
				`"advice":"Vous annoncez une pièce jointe et il n'y en a pas : ajoutez-la, ou changez ces mots."}],"promises":[]}`,
		},
		{
			"a warning", "Elle part sous peu.",
			`{"file":"-","ok":true,"verdict":"warn","findings":[{"rule":"vague_delay","severity":"warn","start":10,"end":18,"words":"sous peu",` +
				`"advice":"Donnez une date plutôt qu'un délai vague : c'est elle que le client attend."}],"promises":[]}`,
		},
		{
			"a call", "Je vous rappelle demain à 10 h.",
			`{"file":"-","ok":true,"verdict":"pass","findings":[],"promises":[{"kind":"call_back","due":"2026-11-24T09:00:00Z","amount":null,"words":"Je vous rappelle demain à 10 h"}]}`,
		},
		{
			"a refund", "Nous vous remboursons 49,90 € sous 5 jours ouvrés.",
			`{"file":"-","ok":true,"verdict":"pass","findings":[],"promises":[{"kind":"refund","due":"2026-11-30T22:59:59Z","amount":{"value":"49.90","currency":"EUR"},` +
				`"words":"Nous vous remboursons 49,90 € sous 5 jours ouvrés"}]}`,
		},
		{
			"what waits for an event has no date", "Dès réception de votre colis, nous vous remboursons.",
			`{"file":"-","ok":true,"verdict":"pass","findings":[],"promises":[{"kind":"refund","due":null,"amount":null,"words":"nous vous remboursons"}]}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			code := explain.Draft(contextFile(t, lilaContext), []string{"-"}, strings.NewReader(tt.text), &out, &errs)
			if code != explain.ExitOK || errs.Len() > 0 {
				t.Errorf("code %d, stderr %q", code, errs.String())
			}
			if diff := cmp.Diff(tt.want+"\n", out.String()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestDraftsGoOnAfterABadOne(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	missing := filepath.Join(t.TempDir(), "absent.txt")
	code := explain.Draft(contextFile(t, lilaContext), []string{missing, "-"}, strings.NewReader("La commande de Paul Delmas, un avoir."), &out, &errs)
	rows := strings.Split(strings.TrimSpace(out.String()), "\n")
	if code != explain.ExitSomeBad || len(rows) != 2 || !strings.Contains(rows[0], `"ok":false`) {
		t.Fatalf("code %d, %q", code, rows)
	}
	var line struct {
		Findings []struct{ Rule, Severity string }
	}
	if err := json.Unmarshal([]byte(rows[1]), &line); err != nil {
		t.Fatal(err)
	}
	if len(line.Findings) != 2 || line.Findings[0].Rule != "wrong_customer" || line.Findings[1].Rule != "forbidden" {
		t.Errorf("findings %+v", line.Findings)
	}
}

// Without a word about who signs, nobody can say that nobody does.
func TestDraftWithAnEmptyContext(t *testing.T) {
	t.Parallel()
	for context, want := range map[string]string{
		`{}`:                                   `"verdict":"pass"`,
		`{"signature":""}`:                     `"rule":"signature"`,
		`{"author":{"name":"Marc"}}`:           `"rule":"signature"`,
		`{"message":"Where is my order now?"}`: `"verdict":"warn"`,
	} {
		var out, errs bytes.Buffer
		explain.Draft(contextFile(t, context), []string{"-"}, strings.NewReader("Votre bague est prête, merci de votre patience."), &out, &errs)
		if !strings.Contains(out.String(), want) || errs.Len() > 0 {
			t.Errorf("%s: %s%s", context, out.String(), errs.String())
		}
	}
}

func TestDraftRefusesABadContext(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ path, names string }{
		"none":              {"", "--context"},
		"not there":         {filepath.Join(t.TempDir(), "absent.json"), "--context"},
		"no JSON":           {contextFile(t, `{"now":`), "context"},
		"an unknown key":    {contextFile(t, "{\"co\\nlour\":1}"), "unknown key"},
		"a bad date":        {contextFile(t, `{"orders":[{"placed":"hier"}]}`), "orders[0].placed"},
		"a bad zone":        {contextFile(t, `{"zone":"Mars/Olympus"}`), "zone"},
		"a name that isn't": {contextFile(t, `{"customer":{"name":["Camille"]}}`), "customer.name"},
	} {
		var out, errs bytes.Buffer
		code := explain.Draft(tt.path, []string{"-"}, strings.NewReader("Bonjour"), &out, &errs)
		line := errs.String()
		if code != explain.ExitBadUsage || out.Len() > 0 {
			t.Errorf("%s: code %d, stdout %q", name, code, out.String())
		}
		if strings.Count(line, "\n") != 1 || !strings.Contains(line, tt.names) {
			t.Errorf("%s: stderr %q, want one line naming %s", name, line, tt.names)
		}
	}
}
