package guard

import (
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// orderWords stand before the number of an order.
var orderWords = phrase.Words(`commande commandes order orders numero number no n ref reference references dossier facture invoice cde retour`)

// findOrder looks for the number as it is written, with other marks in it, or
// its digits alone behind a word for orders.
func (id identifier) findOrder(text string, tokens []phrase.Token) []phrase.Span {
	var found []phrase.Span
	bare := id.text == id.digits
	for i := range tokens {
		if id.inList(tokens, i) {
			found = append(found, phrase.Span{Start: tokens[i].Start, End: tokens[i].End})
		}
		if s, ok := id.orderAt(text, tokens, i); ok {
			if bare && len(id.digits) < 6 && !behindOrderWord(tokens, i) && !strings.HasSuffix(text[:s.Start], "#") {
				continue
			}
			found = append(found, s)
		}
	}
	return disjoint(found)
}

// inList: "ML-20417/20418" are two numbers.
func (id identifier) inList(tokens []phrase.Token, i int) bool {
	if !strings.Contains(tokens[i].Word, "/") || strings.Contains(id.marks, "/") || len(id.digits) < 4 {
		return false
	}
	return slices.Contains(strings.Split(tokens[i].Word, "/"), id.digits) && (behindOrderWord(tokens, i) || !isNumber(id.text))
}

func (id identifier) orderAt(text string, tokens []phrase.Token, i int) (phrase.Span, bool) {
	const mostParts = 4
	if w := tokens[i].Word; w[0] != id.text[0] && w[0] != id.digits[0] {
		return phrase.Span{}, false
	}
	written, found, ok := "", phrase.Span{}, false
	for j := i; j < len(tokens) && j < i+mostParts; j++ {
		if j > i && !joined(text[tokens[j-1].End:tokens[j].Start]) {
			break
		}
		part := compact(tokens[j].Word)
		if part == "" || strings.ContainsFunc(marksIn(tokens[j].Word), func(r rune) bool { return !strings.ContainsRune(id.marks, r) }) {
			break
		}
		written += part
		s := phrase.Span{Start: tokens[i].Start, End: tokens[j].End}
		if !strings.HasPrefix(id.text, written) && written != id.digits && !strings.HasPrefix(id.digits, written) {
			break
		}
		if written == id.text {
			return s, !id.moreFollows(text, tokens, i, j)
		}
		if written == id.digits && len(id.digits) >= 4 && behindOrderWord(tokens, i) {
			found, ok = s, !id.moreFollows(text, tokens, i, j)
		}
	}
	return found, ok
}

// joined: parts of one number stand side by side or have a mark between them.
func joined(between string) bool {
	return len(between) <= 3 && strings.Trim(between, " -_./#\u00a0\u202f–") == ""
}

// moreFollows tells whether the number is part of a longer one, an amount or a
// measure. Letters may stand before one that begins with letters ("FA-ML-20418").
func (id identifier) moreFollows(text string, tokens []phrase.Token, i, j int) bool {
	before, after := text[:tokens[i].Start], text[tokens[j].End:]
	if strings.HasSuffix(before, "-") && phrase.IsWord(lastRune(before[:len(before)-1])) && (isNumber(id.text) || tokens[i].Number || i > 0 && tokens[i-1].Number) {
		return true
	}
	if strings.HasPrefix(after, "-") && phrase.IsWord(firstRune(after[1:])) {
		return true
	}
	return measures[phrase.Word(tokens, j+1)] && strings.TrimLeft(after[:tokens[j+1].Start-tokens[j].End], " \u00a0\u202f") == "" && !strings.HasPrefix(text[tokens[j+1].End:], "'")
}

var measures = phrase.Words(`€ $ £ eur euros euro mm cm cm² cm³ m m² m³ km g gr kg mg ml cl l w kw v mah go gb mo px exemplaires pieces articles items dans`)

func behindOrderWord(tokens []phrase.Token, i int) bool {
	for j := i - 1; j >= 0 && j >= i-6 && tokens[j].Sentence == tokens[i].Sentence; j-- {
		if orderWords[tokens[j].Word] {
			return true
		}
		if j == i-1 && phrase.OneOf(tokens[j].Word, "la", "the") {
			part, from := phrase.Sentence(tokens, i)
			return slices.ContainsFunc(part[:i-from], func(t phrase.Token) bool { return phrase.OneOf(t.Word, "commande", "order", "facture", "invoice") })
		}
		if j == i-1 && phrase.OneOf(tokens[j].Word, "de", "du", "of", "from") {
			return false
		}
		if !tokens[j].Number && !phrase.OneOf(tokens[j].Word, "est", "is", "et", "and", "ou", "or", "la", "le", "the", "portant", "votre", "your", "ml") && len(tokens[j].Word) > 3 {
			return false
		}
	}
	return false
}
