package lang_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

func TestTypography(t *testing.T) {
	t.Parallel()
	// ~ stands for the narrow no-break space.
	tests := []struct{ in, want string }{
		{"Où est mon colis ?", "Où est mon colis~?"},
		{"Où est mon colis?", "Où est mon colis~?"},
		{"Où est mon colis\u00a0?", "Où est mon colis~?"},
		{"Merci ! À bientôt.", "Merci~! À bientôt."},
		{"Quoi ?!", "Quoi~?!"},
		{"Vraiment???", "Vraiment~???"},
		{"« Golden Hour »", "«~Golden Hour~»"},
		{"«Golden Hour»", "«~Golden Hour~»"},
		{"« Vraiment ? »", "«~Vraiment~?~»"},
		{"Adresse : 12 rue des Lilas ; Lyon", "Adresse~: 12 rue des Lilas~; Lyon"},
		{"Objet: retour", "Objet~: retour"},
		{"à 10:30", "à 10:30"},
		{"à 10:30 :", "à 10:30~:"},
		{"Suivi : https://maison-lila.example/suivi?n=12;x=3!", "Suivi~: https://maison-lila.example/suivi?n=12;x=3!"},
		{"https://maison-lila.example : voir", "https://maison-lila.example~: voir"},
		{"Écrivez à bonjour@maison-lila.example ; merci", "Écrivez à bonjour@maison-lila.example~; merci"},
		{"mailto:bonjour@maison-lila.example?subject=x", "mailto:bonjour@maison-lila.example?subject=x"},
		{"le code `a ? b : c` va ici : là", "le code `a ? b : c` va ici~: là"},
		{"```\nif a ? b : c;\n```\nVoilà !", "```\nif a ? b : c;\n```\nVoilà~!"},
		{"Super :) et ;-) et :D", "Super :) et ;-) et :D"},
		{"a != b", "a != b"},
		{"(vraiment ?)", "(vraiment~?)"},
		{"format 16:9 et C:\\temp", "format 16:9 et C:\\temp"},
		{"&eacute; ; &#39;", "&eacute;~; &#39;"},
		{"? seul en tête", "? seul en tête"},
		{"ligne\n! autre", "ligne\n! autre"},
		{"std::move", "std::move"},
		{"", ""},
		{"«", "«"},
		{"«\nmot\n»", "«\nmot\n»"},
	}
	for _, tt := range tests {
		want := strings.ReplaceAll(tt.want, "~", "\u202f")
		if got := lang.Typography(tt.in); got != want {
			t.Errorf("Typography(%q) = %q, want %q", tt.in, got, want)
		}
	}
}

func TestTypographyOnlyMovesSpaces(t *testing.T) {
	t.Parallel()
	alphabet := rapid.SampledFrom([]rune("ab1 .,;:!?«»()`@/\n\u00a0\u202f&é😊"))
	spaces := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\u2009", "")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(alphabet, 0, 40, -1).Draw(t, "s")
		once := lang.Typography(s)
		if spaces.Replace(once) != spaces.Replace(s) {
			t.Fatalf("%q became %q", s, once)
		}
		if twice := lang.Typography(once); twice != once {
			t.Fatalf("%q, then %q, then %q", s, once, twice)
		}
	})
}

func FuzzTypography(f *testing.F) {
	f.Add("« Où est mon colis ? »")
	f.Fuzz(func(t *testing.T, s string) {
		once := lang.Typography(s)
		if strings.Count(once, "?") != strings.Count(s, "?") {
			t.Fatalf("%q became %q", s, once)
		}
	})
}
