package guard_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/guard"
)

// casesOf reads one draft a line, \n for the end of a line.
func casesOf(t *testing.T, parts ...string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, parts...)...))
	if err != nil {
		t.Fatal(err)
	}
	var cases []string
	for line := range strings.Lines(string(data)) {
		cases = append(cases, strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `\n`, "\n"))
	}
	return cases
}

// signed are facts that leave the signature rule content.
func signed() guard.Facts {
	return guard.Facts{
		Author: guard.Person{Name: "Véronica"}, Signature: "Véronica\nMaison Lila",
		Shop: guard.Shop{Name: "Maison Lila", SIRET: "380 129 866 00012"},
	}
}

func found(t *testing.T, rule, text string) []guard.Finding {
	t.Helper()
	var of []guard.Finding
	for _, f := range guard.Check(guard.Draft{Text: text, Kind: guard.KindAnswer, Lang: "fr"}, signed()) {
		if f.Rule == rule {
			of = append(of, f)
		}
	}
	return of
}

// measure holds a rule to its labelled drafts.
func measure(t *testing.T, rule string, bad, good []string, least float64) {
	t.Helper()
	hits, falseAlarms := 0, 0
	for _, text := range bad {
		if len(found(t, rule, text)) > 0 {
			hits++
		} else {
			t.Logf("missed: %q", text)
		}
	}
	for _, text := range good {
		if of := found(t, rule, text); len(of) > 0 {
			falseAlarms++
			t.Logf("false alarm %q: %q", of[0].Words, text)
		}
	}
	recall := float64(hits) / float64(len(bad))
	precision := float64(hits) / float64(hits+falseAlarms)
	t.Logf("%s: %d drafts to stop, %d look-alikes; precision %.3f, recall %.3f", rule, len(bad), len(good), precision, recall)
	if precision < least || recall < least {
		t.Errorf("precision %.3f, recall %.3f, want %.2f", precision, recall, least)
	}
}
