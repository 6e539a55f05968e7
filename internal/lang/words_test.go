package lang_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

func words(text string) string {
	var out []string
	lang.Words(text, func(w lang.Word) bool {
		out = append(out, w.Text)
		return true
	})
	return strings.Join(out, " ")
}

func TestWordsAreFoldedRunsOfLettersAndDigits(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"L’Échange de ma BAGUE, n°20418 !": "l echange de ma bague n 20418",
		"camille.renaud@example.org":       "camille renaud example org",
		"cœur_ÇA-et\tlà":                   "coeur ca et la",
		"e\u0301te\u0301":                  "ete",
		"指輪 ring":                          "指 輪 ring",
		"\xff\xfe\x00 a":                   "a",
		"":                                 "",
		strings.Repeat("x", 90):            strings.Repeat("x", 64),
	} {
		if got := words(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A person finds what was written in another form, with or without accents.
func TestFormsOfAWordShareAStem(t *testing.T) {
	t.Parallel()
	for _, forms := range []string{
		"commande commandes commandé commandée commandées commander",
		"retourné retournée retournées retourner retourne",
		"livré livrée livrés livrer livre livres",
		"reçu reçue reçus", "échange échanger échangé échanges échangée", "colis", "bracelet bracelets",
		"rembourser remboursé remboursée remboursés remboursez",
	} {
		want := ""
		for form := range strings.FieldsSeq(forms) {
			french, _ := lang.Stems(lang.Fold(form))
			if want == "" {
				want = french
			}
			if french != want {
				t.Errorf("%s is %q, not %q", form, french, want)
			}
		}
	}
	for _, forms := range []string{"order orders ordered ordering", "refund refunds refunded", "delivery deliveries", "necklace necklaces"} {
		want := ""
		for form := range strings.FieldsSeq(forms) {
			_, english := lang.Stems(form)
			if want == "" {
				want = english
			}
			if english != want {
				t.Errorf("%s is %q, not %q", form, english, want)
			}
		}
	}
}

func TestNumbersAreTheirOwnStem(t *testing.T) {
	t.Parallel()
	for _, w := range []string{"20418", "ml2024", "заказы", "xyz", ""} {
		if f, e := lang.Stems(w); f != w || e != w {
			t.Errorf("%q: %q, %q", w, f, e)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("L’Échange de ma BAGUE, n°20418 !")
	f.Add("\xff指輪e\u0301")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		lang.Words(text, func(w lang.Word) bool {
			if w.From < last || w.To <= w.From || w.To > len(text) || w.Text == "" || len(w.Text) > 64 || !utf8.ValidString(w.Text) {
				t.Fatalf("%+v of %q after %d", w, text, last)
			}
			if strings.ContainsAny(w.Text, "\x00\"' §") {
				t.Fatalf("%q is no word", w.Text)
			}
			last = w.To
			lang.Stems(w.Text)
			return true
		})
	})
}

func BenchmarkWords(b *testing.B) {
	text := strings.Repeat("Bonjour, la bague commandée le 12 novembre est arrivée trop petite, serait-il possible de l’échanger ? ", 10)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		lang.Words(text, func(w lang.Word) bool {
			if !lang.Small(w.Text) {
				lang.Stems(w.Text)
			}
			return true
		})
	}
}
