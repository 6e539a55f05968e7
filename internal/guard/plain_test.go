package guard_test

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/guard"
)

// What looks like a hole or a card is one, and its place is that of the words
// as they were written.
func TestLookAlikesAreRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, rule, words string }{
		{"Bonjour ｛｛prénom｝｝, merci.", "hole", "｛｛prénom｝｝"},
		{"Bonjour 【nom】, merci.", "hole", "【nom】"},
		{"Bonjour {pre\u0301nom}, merci.", "hole", "{pre\u0301nom}"},
		{"Carte ４２４２ ４２４２ ４２４２ ４２４２.", "card_number", "４２４２ ４２４２ ４２４２ ４２４２"},
		{"Carte 4242\u200b4242\u200b4242\u200b4242.", "card_number", "4242\u200b4242\u200b4242\u200b4242"},
		{"Carte 𝟒𝟐𝟒𝟐 𝟒𝟐𝟒𝟐 𝟒𝟐𝟒𝟐 𝟒𝟐𝟒𝟐.", "card_number", "𝟒𝟐𝟒𝟐 𝟒𝟐𝟒𝟐 𝟒𝟐𝟒𝟐 𝟒𝟐𝟒𝟐"},
	} {
		found := guard.Check(guard.Draft{Text: tt.text, Lang: "fr"}, signed())
		if len(found) != 1 || found[0].Rule != tt.rule || found[0].Words != tt.words {
			t.Errorf("%q: %+v, want %s on %q", tt.text, found, tt.rule, tt.words)
		}
		if points := []rune(tt.text); len(found) == 1 && string(points[found[0].Start:found[0].End]) != found[0].Words {
			t.Errorf("%q: %d to %d is not %q", tt.text, found[0].Start, found[0].End, found[0].Words)
		}
	}
}
