package phrase

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// Span is a stretch of a text, in bytes, end exclusive.
type Span struct{ Start, End int }

// Token is a word, a number with its inner marks ("49,90", "10:30",
// "27/11/2026"), or one of the signs € $ £ ? ! alone.
type Token struct {
	Word string // folded
	Span
	Sentence int
	Number   bool // begins with a digit
}

// longestSentence, in words: the rules look at whole sentences, and a draft
// without full stops must not make them look at everything from everywhere.
const longestSentence = 150

// Tokens reads a text once, from left to right: rules that look for words
// look at these, so that what they cost never grows faster than the draft.
// Elisions and hyphens part words: "j'ai" is "j ai", "ci-joint" is "ci joint".
func Tokens(text string) []Token {
	tokens := make([]Token, 0, len(text)/5+1)
	sentence, began := 0, 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case IsWord(r):
			end := wordEnd(text, i)
			if len(tokens)-began >= longestSentence {
				sentence, began = sentence+1, len(tokens)
			}
			tokens = append(tokens, Token{lang.Fold(text[i:end]), Span{Start: i, End: end}, sentence, unicode.IsDigit(r)})
			i = end
			continue
		case r == '€' || r == '$' || r == '£' || r == '?' || r == '!':
			tokens = append(tokens, Token{string(r), Span{Start: i, End: i + size}, sentence, false})
		}
		if endsSentence(text, i, r, tokens) && len(tokens) > 0 && tokens[len(tokens)-1].Sentence == sentence {
			sentence, began = sentence+1, len(tokens)
		}
		i += size
	}
	return tokens
}

// IsWord tells whether a letter, digit or accent belongs to a word.
func IsWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// wordEnd: marks between two digits belong to the number.
func wordEnd(text string, i int) int {
	digit := false
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		inNumber := digit && strings.ContainsRune(".,:/", r) && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9'
		if !IsWord(r) && !inNumber {
			break
		}
		digit = r >= '0' && r <= '9'
		i += size
	}
	return i
}

// shortened are the words after which a full stop ends nothing.
var shortened = Words(`m mr mrs ms mme mlle dr st ste no n ref tel av bd env approx cf ex p`)

func endsSentence(text string, i int, r rune, tokens []Token) bool {
	switch r {
	case '!', '?', '…', ';':
		return true
	case '.':
		rest := text[i+1:]
		if rest == "" || rest[0] == '\n' || rest[0] == '\r' {
			return true
		}
		after, _ := utf8.DecodeRuneInString(rest)
		return !IsWord(after) && (len(tokens) == 0 || !shortened[tokens[len(tokens)-1].Word])
	case '\n':
		rest := strings.TrimLeft(text[i+1:min(len(text), i+41)], " \t\u00a0")
		after, _ := utf8.DecodeRuneInString(rest)
		return !unicode.IsLower(after) // a wrapped line goes on in lower case
	}
	return false
}

// Sentence gives the tokens of the sentence around token i, and the index of the
// first.
func Sentence(tokens []Token, i int) (part []Token, from int) {
	from, to := i, i
	for from > 0 && tokens[from-1].Sentence == tokens[i].Sentence {
		from--
	}
	for to < len(tokens) && tokens[to].Sentence == tokens[i].Sentence {
		to++
	}
	return tokens[from:to], from
}

// Word is the folded word at i, "" outside the text.
func Word(tokens []Token, i int) string {
	if i < 0 || i >= len(tokens) {
		return ""
	}
	return tokens[i].Word
}

// OneOf tells whether a word is in a list.
func OneOf(w string, list ...string) bool { return slices.Contains(list, w) }

// Words makes a set of the words of a text.
func Words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// Digits leaves the digits of a text.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
