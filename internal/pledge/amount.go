package pledge

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// Amount is a sum as it goes out everywhere: {"49.90", "EUR"}. Value "" is none.
type Amount struct{ Value, Currency string }

var currencies = map[string]string{
	"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD", "dollars": "USD",
	"£": "GBP", "gbp": "GBP", "pounds": "GBP", "chf": "CHF", "francs": "CHF",
}

// AmountAt reads "49,90 €", "1 250 euros", "€49.90" at token i; last is its last
// token.
func AmountAt(tokens []phrase.Token, i int) (a Amount, last int, ok bool) {
	if i >= len(tokens) {
		return a, 0, false
	}
	currency, first := "", i
	if sign := tokens[i].Word; phrase.OneOf(sign, "€", "$", "£", "eur", "usd", "gbp", "chf") {
		currency, first = currencies[sign], i+1
	}
	if first >= len(tokens) || !tokens[first].Number {
		return a, 0, false
	}
	written, next := tokens[first].Word, first+1
	for next < len(tokens) && tokens[next].Number && groupOfThree(tokens[next].Word) && len(written) < 12 && len(strings.SplitN(written, ",", 2)) == 1 {
		written += tokens[next].Word
		next++
	}
	if currency == "" {
		if next >= len(tokens) || currencies[tokens[next].Word] == "" {
			return a, 0, false
		}
		currency = currencies[tokens[next].Word]
		next++
	}
	value, ok := decimal(written)
	return Amount{value, currency}, next - 1, ok
}

// groupOfThree: what follows a thousands space, "250" or "250,00".
func groupOfThree(w string) bool {
	whole, cents, _ := strings.Cut(w, ",")
	return len(whole) == 3 && phrase.Digits(whole) == whole && len(cents) <= 2
}

// decimal gives "1250.00" for "1 250", "1.250,00" and "1,250.00": the last mark
// with two digits behind it is the decimal one.
func decimal(written string) (string, bool) {
	cents := "00"
	if i := strings.LastIndexAny(written, ".,"); i >= 0 {
		switch len(written) - i - 1 {
		case 1:
			written, cents = written[:i], written[i+1:]+"0"
		case 2:
			written, cents = written[:i], written[i+1:]
		}
	}
	whole := strings.NewReplacer(".", "", ",", "").Replace(written)
	if whole == "" || len(whole) > 9 || phrase.Digits(whole) != whole || phrase.Digits(cents) != cents {
		return "", false
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	return whole + "." + cents, true
}
