package lang_test

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "colis": "colis", "COLIS": "colis", "Où est l'Œuvre ?": "ou est l'oeuvre ?",
		"Cœur, ex æquo, Straße": "coeur, ex aequo, strasse", "À ÉTÉ REÇU": "a ete recu", "Łódź Ørsted Đorđe": "lodz orsted dorde",
		"e\u0301te\u0301": "ete", "ﬁn de l’été": "fin de l’ete", "İstanbul ı": "istanbul i", "Привет": "привет", "n° 12 — 5 €": "n° 12 — 5 €",
		"Thị Hồng": "thi hong", "ẞ": "ss",
	} {
		if got := lang.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := lang.Fold(s)
		if twice := lang.Fold(once); twice != once {
			t.Fatalf("%q, then %q", once, twice)
		}
		if !utf8.ValidString(once) {
			t.Fatalf("%q is no UTF-8", once)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	s := "Bonjour, je n'ai toujours pas reçu le collier commandé à Noël."
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		lang.Fold(s)
	}
}
