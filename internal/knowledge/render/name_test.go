package render_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/knowledge/render"
)

func TestAGreetingGuessesNobodysCivility(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, french, english string }{
		{"Camille Renaud", "Bonjour Camille Renaud,", "Hello Camille Renaud,"},
		{"Mme Camille Renaud", "Bonjour Madame Renaud,", "Hello Ms Renaud,"},
		{"Madame RENAUD Camille", "Bonjour Madame Renaud,", "Hello Ms Renaud,"},
		{"Mme Renaud", "Bonjour Madame Renaud,", "Hello Ms Renaud,"},
		{"M. Paul Delmas", "Bonjour Monsieur Delmas,", "Hello Mr Delmas,"},
		{"Mr Paul Delmas", "Bonjour Monsieur Delmas,", "Hello Mr Delmas,"},
		{"M Delmas", "Bonjour M Delmas,", "Hello M Delmas,"}, // an initial, perhaps
		{"Dr Inès Belkacem", "Bonjour Inès Belkacem,", "Hello Inès Belkacem,"},
		{"M. et Mme Renaud", "Bonjour M. et Mme Renaud,", "Hello M. et Mme Renaud,"},
		{"Camille", "Bonjour Camille,", "Hello Camille,"},
		{"camille renaud", "Bonjour Camille Renaud,", "Hello Camille Renaud,"},
		{"CAMILLE RENAUD", "Bonjour Camille Renaud,", "Hello Camille Renaud,"},
		{"RENAUD Marie-Claude", "Bonjour Marie-Claude Renaud,", "Hello Marie-Claude Renaud,"},
		{"Renaud, Camille", "Bonjour Camille Renaud,", "Hello Camille Renaud,"},
		{"C. Renaud", "Bonjour C. Renaud,", "Hello C. Renaud,"},
		{"Jean de La Tour", "Bonjour Jean de La Tour,", "Hello Jean de La Tour,"},
		{"山田 太郎", "Bonjour 山田 太郎,", "Hello 山田 太郎,"},
		{"✨ Léa 💍✨", "Bonjour Léa,", "Hello Léa,"},
		{"❤️", "Bonjour,", "Hello,"},
		{"", "Bonjour,", "Hello,"},
		{"camille@example.org", "Bonjour,", "Hello,"},
		{"Contact", "Bonjour,", "Hello,"},
		{"Service Clients", "Bonjour,", "Hello,"},
		{"null undefined", "Bonjour,", "Hello,"},
		{"Nom Prénom", "Bonjour,", "Hello,"},
		{"12345", "Bonjour,", "Hello,"},
		{"Atelier Brun S.A.R.L.", "Bonjour,", "Hello,"},
		{"Smith & Sons Ltd", "Bonjour,", "Hello,"},
		{strings.Repeat("Marie-Charlotte ", 12), "Bonjour Marie-Charlotte,", "Hello Marie-Charlotte,"},
		{strings.Repeat("x", 200), "Bonjour,", "Hello,"},
		{"{{order.number}} <b>[nom]</b>", "Bonjour Order.number b nom b,", "Hello Order.number b nom b,"},
	} {
		f := render.Facts{Customer: render.Customer{Name: tt.name}}
		if got := f.Greeting(); got != tt.french {
			t.Errorf("%q: %q, want %q", tt.name, got, tt.french)
		}
		f.Lang = "en"
		if got := f.Greeting(); got != tt.english {
			t.Errorf("%q: %q, want %q", tt.name, got, tt.english)
		}
	}
}

func TestParseName(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]render.Name{
		"Mlle Léa-Rose DUPONT": {Civility: render.Madame, First: "Léa-Rose", Last: "Dupont", Full: "Léa-Rose Dupont"},
		"C. Renaud":            {Last: "Renaud", Full: "C. Renaud"},
		"Paul McDonald":        {First: "Paul", Last: "McDonald", Full: "Paul McDonald"},
		"d'Artagnan":           {First: "D'Artagnan", Full: "D'Artagnan"},
		"Bijouterie Roux SAS":  {Full: "Bijouterie Roux SAS", Company: true},
	} {
		if got := render.ParseName(written); got != want {
			t.Errorf("%q: %+v, want %+v", written, got, want)
		}
	}
}

func FuzzParseName(f *testing.F) {
	for _, s := range []string{"Mme Camille Renaud", "RENAUD, Camille", "✨", "M. et Mme", "{{x}}", "\xff", "’ - .", "A\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, written string) {
		n := render.ParseName(written)
		if strings.ContainsAny(n.Full+n.First+n.Last, "{}[]<>\"\n@") {
			t.Errorf("%q: %+v", written, n)
		}
		if !utf8.ValidString(n.Full) {
			t.Errorf("%q: %q is no text", written, n.Full)
		}
	})
}
