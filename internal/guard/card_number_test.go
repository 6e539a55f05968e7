package guard_test

import "testing"

// The cards are test numbers that brands publish, or made up to check.
func TestCardNumbersOnLabelledDrafts(t *testing.T) {
	t.Parallel()
	measure(t, "card_number", casesOf(t, "card_number", "cards.txt"), casesOf(t, "card_number", "other_numbers.txt"), 0.98)
}
