package phrase_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/phrase"
	"github.com/comptoir-desk/comptoir/internal/testkit/effort"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"J'ai reçu ML-20417, à 10:30.", "j ai recu ml 20417 a 10:30"},
		{"49,90 € le 27/11/2026 ?", "49,90 € le 27/11/2026 ?"},
		{"M. Delmas est là. Merci !", "m delmas est la | merci !"},
		{"Une ligne\nqui continue.\nUne autre", "une ligne qui continue | une autre"},
	}
	for _, tt := range tests {
		var got strings.Builder
		sentence := 0
		for _, token := range phrase.Tokens(tt.text) {
			if token.Sentence != sentence {
				got.WriteString("| ")
			}
			sentence = token.Sentence
			got.WriteString(token.Word + " ")
			if token.Start < 0 || token.End > len(tt.text) || token.Start >= token.End {
				t.Errorf("%q: %+v is outside the text", tt.text, token)
			}
		}
		if diff := cmp.Diff(tt.want, strings.TrimSpace(got.String())); diff != "" {
			t.Errorf("%q (-want +got)\n%s", tt.text, diff)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	set := &phrase.Set{}
	set.Add("call", "je|nous vous rappelle|rappelons demain?")
	set.Add("pay", "rembours* _2 #")
	for _, tt := range []struct{ text, want string }{
		{"Je vous rappelle demain matin.", "call Je vous rappelle demain"},
		{"Nous vous rappelons.", "call Nous vous rappelons"},
		{"Remboursement de vos 49 euros", "pay Remboursement de vos 49"},
		{"Remboursement de vos deux achats, soit 49 euros", ""},
		{"Nous. Vous rappelons.", ""},
	} {
		got := ""
		tokens := phrase.Tokens(tt.text)
		for _, m := range set.Find(tokens) {
			s := m.Span(tokens)
			got += m.Name + " " + tt.text[s.Start:s.End]
		}
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Nothing that somebody pastes makes it slow.
func TestHostileTextsAreReadInTime(t *testing.T) {
	t.Parallel()
	set := phrase.Of("a _9 b _9 c _9 d\n je? je? je? je? vous")
	for _, piece := range []string{"a ", "je ", "É", "1,", "\xff", ". ", "\n", "a b c "} {
		effort.Linear(t, piece, func(text string) { set.Find(phrase.Tokens(text)) })
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("J'ai 49,90 € le 27/11. M. Delmas ?")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, token := range phrase.Tokens(text) {
			if token.Start < end || token.End <= token.Start || token.End > len(text) || token.Word == "" && text[token.Start:token.End] == "" {
				t.Fatalf("%+v", token)
			}
			end = token.End
		}
	})
}
