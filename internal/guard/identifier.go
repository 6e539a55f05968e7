package guard

import (
	"slices"
	"strings"
	"unicode"

	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/phrase"
)

type identifierKind int

const (
	noIdentifier identifierKind = iota
	emailAddress
	orderNumber
	postalAddress
	personalName
	phoneNumber
)

// identifier is something by which a customer is known.
type identifier struct {
	kind   identifierKind
	text   string   // e-mail in lower case; order number without marks; digits of a phone
	words  []string // folded, of names and addresses
	family string   // of a name: its last word
	double bool     // the family's name has two parts
	digits string   // of an order number
	marks  string   // the marks inside it
}

// identifierOf tells what a text of the context is, by its looks.
func identifierOf(s string) identifier {
	s = strings.TrimSpace(cutAt(s, 300))
	hasDigit := strings.ContainsFunc(s, unicode.IsDigit)
	words := wordsOf(s)
	switch {
	case len(words) == 0:
		return identifier{}
	case strings.Contains(s, "@"):
		return identifier{kind: emailAddress, text: strings.ToLower(s)}
	case hasDigit && !strings.ContainsFunc(s, unicode.IsLetter) && isPhone(s):
		return identifier{kind: phoneNumber, text: significant(phrase.Digits(s))}
	case hasDigit && isAddress(s, words):
		return addressOf(s)
	case hasDigit:
		if text := compact(s); len(phrase.Digits(s)) >= 3 {
			return identifier{kind: orderNumber, text: text, digits: phrase.Digits(s), marks: marksIn(s)}
		}
		return identifier{}
	case strings.Contains(s, ",") && len(words) > 2:
		return addressOf(s)
	default: // a lone word may be anybody's first name; behind a title it is a family's
		words = words[:0]
		for _, t := range phrase.Tokens(s) {
			words = append(words, t.Word)
		}
		return identifier{kind: personalName, words: words, family: words[len(words)-1], double: len(words) > 2 && strings.LastIndexByte(s, '-') > strings.LastIndexByte(s, ' ')}
	}
}

func isPhone(s string) bool {
	n := len(phrase.Digits(s))
	return n >= 9 && n <= 15 && (s[0] == '0' || s[0] == '+' || s[0] == '(')
}

// significant are the last nine digits: +33 6… and 06… are one number.
func significant(digits string) string { return digits[max(0, len(digits)-9):] }

// isAddress: a number and at least two words, or words around a postal code.
func isAddress(s string, words []string) bool {
	letters := 0
	for _, w := range words {
		if len(w) > 1 && !strings.ContainsFunc(w, unicode.IsDigit) {
			letters++
		}
	}
	return letters >= 2 || letters == 1 && strings.Contains(s, " ") && len(words[0]) == 5 && len(phrase.Digits(words[0])) == 5
}

// addressOf keeps number and street, since towns are shared: the part between
// commas that has both, else what stands before the comma or the postal code, or
// everything where that leaves too little.
func addressOf(s string) identifier {
	from := 0
	for i, c := range s {
		if c != ',' {
			continue
		}
		part := wordsOf(s[from:i])
		if hasStreet(part) && isNumber(part[0]) {
			return identifier{kind: postalAddress, words: streetOf(part)}
		}
		if whole := wordsOf(s[:i]); hasStreet(whole) && from == 0 || hasStreet(whole) && isNumber(whole[0]) {
			return identifier{kind: postalAddress, words: streetOf(whole)}
		}
		from = i + 1
	}
	words := wordsOf(s)
	for i, w := range words {
		if hasStreet(words[:i]) && len(w) >= 4 && len(w) <= 6 && isNumber(w) {
			return identifier{kind: postalAddress, words: streetOf(words[:i])}
		}
	}
	return identifier{kind: postalAddress, words: streetOf(words)}
}

func isNumber(w string) bool { return w != "" && len(phrase.Digits(w)) == len(w) }

// streetOf leaves out the small words, which people add and drop.
func streetOf(words []string) []string {
	for i := len(words) - 1; i > 0; i-- {
		if again[words[i]] && isNumber(words[i-1]) {
			words = slices.Concat(words[:i-1], []string{words[i-1] + words[i]}, words[i+1:])
		}
	}
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return smallWords[w] })
}

// again stand behind the number of a second house: "12 bis" is "12bis".
var again = phrase.Words(`bis ter quater`)

var smallWords = phrase.Words(`de la le les des du d l n s the of rue`)

// hasStreet: a number and two words more.
func hasStreet(words []string) bool {
	numbered := slices.ContainsFunc(words, func(w string) bool { return strings.ContainsFunc(w, unicode.IsDigit) })
	return numbered && len(words) >= 3
}

func wordsOf(s string) []string {
	tokens := phrase.Tokens(s)
	words := make([]string, 0, len(tokens))
	for _, t := range tokens {
		words = append(words, streetWord(t.Word))
	}
	return words
}

// streetWord writes what is shortened in streets in one way.
func streetWord(w string) string {
	if long, ok := shortStreet[w]; ok {
		return long
	}
	return w
}

var shortStreet = map[string]string{
	"av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "boul": "boulevard", "blvd": "boulevard", "bvd": "boulevard",
	"pl": "place", "rte": "route", "chem": "chemin", "che": "chemin", "ch": "chemin", "imp": "impasse", "all": "allee", "sq": "square", "fg": "faubourg", "fbg": "faubourg",
	"rd": "road", "ln": "lane", "dr": "drive", "gal": "general", "gen": "general", "mal": "marechal", "cdt": "commandant", "pdt": "president", "r": "rue",
	"st": "st", "ste": "st", "saint": "st", "sainte": "st", "street": "st",
}

// compact is a number without its marks: "ML-20 417" is "ml20417".
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if phrase.IsWord(r) {
			return r
		}
		return -1
	}, lang.Fold(s))
}

// marksIn are the marks that a number may have inside: "10/43" is the number 1043
// for an order that is written so, and a date for any other.
func marksIn(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("/:,.", r) {
			return r
		}
		return -1
	}, s)
}
