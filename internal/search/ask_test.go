package search_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/search"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func parse(t *testing.T, q string) search.Ask {
	t.Helper()
	a, err := search.Parse(q, monday, time.UTC)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return a
}

func TestAQuestionIsReadInBothLanguages(t *testing.T) {
	t.Parallel()
	for q, want := range map[string]string{
		`bague Échangée`:                 `[{ [bague] false false} { [echangee] false false}]`,
		`"Où est mon colis"`:             `[{ [ou est mon colis] true false}]`,
		`« trop petite » bracel*`:        `[{ [trop petite] true false} { [bracel] false true}]`,
		`ML-2026-0418`:                   `[{ [ml 2026 0418] true false}]`,
		`#20418`:                         `[{ [20418] false false}]`,
		`de:Camille from:"Paul Delmas"`:  `[{from [camille] false false} {from [paul delmas] false false}]`,
		`objet:facture fichier:photo`:    `[{subject [facture] false false} {file [photo] false false}]`,
		`https://example.org/a?b:c`:      `[{ [https example org a b c] false false}]`,
		`"unclosed phrase`:               `[{ [unclosed phrase] true false}]`,
		`: :: "" «» * - ' \ % _ ; -- $1`: `[{ [1] false false}]`,
		"\x00\xff\xfe nul":               `[{ [nul] false false}]`,
	} {
		if got := fmt.Sprint(parse(t, q).Terms); got != want {
			t.Errorf("%s: %s, want %s", q, got, want)
		}
	}
	a := parse(t, `est:en-retard is:owed dans:à-trier étiquette:"très urgent" confiée:moi avant:01/11/2026 après:2026-10`)
	if fmt.Sprintf("%s %s %s %s", a.Is, a.In, a.Tags, a.Assignee) != "[late owed] sort [très urgent] me" ||
		a.Before != time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC) || a.After != time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC) {
		t.Errorf("%+v", a)
	}
	if a := parse(t, "after:7j"); !a.After.Equal(time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("seven days ago is %s", a.After)
	}
}

func TestAWrongValueIsNamed(t *testing.T) {
	t.Parallel()
	for q, want := range map[string]string{
		"is:purple": "In “is:”, “purple” is not known.", "avant:demain-peut-être": "In “avant:”, “demain-peut-être” is not known.",
		"from:": "Behind “from:” something is missing.", "has:hat": "In “has:”, “hat” is not known.", "canal:pigeon": "In “canal:”, “pigeon” is not known.",
		"before:2026-02-31": "In “before:”, “2026-02-31” is not known.", "after:2026 before:2025": "Nothing lies after the one date and before the other.",
		strings.Repeat("a", 401): "This search is too long.", strings.Repeat("a ", 30): "This search has too many words.",
	} {
		_, err := search.Parse(q, monday, time.UTC)
		if fault.KindOf(err) != fault.Invalid || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%.30s: %v, want %s", q, err, want)
		}
	}
	if _, err := parse(t, "de la").Match(monday); fault.KindOf(err) != fault.Invalid {
		t.Errorf("words of every message: %v", err)
	}
}

func TestAnExcerptShowsWhereItWasFound(t *testing.T) {
	t.Parallel()
	body := strings.Repeat("Bonjour, je vous écris au sujet de ma commande. ", 20) + "La bague 💍 est TROP petite,\n\npouvez-vous l’échanger ? " + strings.Repeat("Merci. ", 60)
	m := parse(t, "echange bague").Marker()
	got := m.Excerpt(body)
	units := utf16.Encode([]rune(got.Text))
	var hits []string
	for _, h := range got.Hits {
		hits = append(hits, string(utf16.Decode(units[h[0]:h[1]])))
	}
	if fmt.Sprint(hits) != "[bague échanger]" || strings.Contains(got.Text, "\n") || len(got.Text) > 300 {
		t.Errorf("%v in %q", hits, got.Text)
	}
	if got := m.Excerpt("rien\nici"); got.Text != "rien ici" || len(got.Hits) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestAPhraseIsWordsInARow(t *testing.T) {
	t.Parallel()
	m := parse(t, `"a a b"`).Marker()
	for body, want := range map[string]bool{"a a a b": true, "a b a": false, "A, Á — b!": true, "": false} {
		if m.Phrases("", body) != want {
			t.Errorf("%q: not %t", body, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, q := range []string{
		`"phrase" from:a is:owed`, "before:2026-02-31", "«»“”\"\"", "in:\x00", "a*b* :", "𝕏 指輪 \u202e مرحبا", "' or 1=1 --", `"*" AND NEAR(a b)`, "§bx", "from:§",
	} {
		f.Add(q, "La bague est trop petite, merci de l’échanger 💍")
	}
	f.Fuzz(func(t *testing.T, q, body string) {
		a, err := search.Parse(q, monday, time.UTC)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		if _, err := a.Match(monday); err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatal(err)
		}
		marker := a.Marker()
		marker.Phrases(body, body, body)
		marker.Score(body, body)
		for _, m := range []search.Marked{marker.Excerpt(body), marker.Subject(body), marker.Sender(body)} {
			last, length := 0, len(utf16.Encode([]rune(m.Text)))
			for _, h := range m.Hits {
				if h[0] < last || h[1] < h[0] || h[1] > length {
					t.Fatalf("%v in %q", m.Hits, m.Text)
				}
				last = h[1]
			}
		}
	})
}
