package guard

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// token is a word, a number with its inner marks ("49,90", "10:30",
// "27/11/2026"), or one of the signs € $ £ ? ! alone.
type token struct {
	word       string // folded
	start, end int    // bytes of the text
	sentence   int
	number     bool // begins with a digit
}

// longestSentence, in words: the rules look at whole sentences, and a draft
// without full stops must not make them look at everything from everywhere.
const longestSentence = 150

// tokensOf reads a text once, from left to right: rules that look for words
// look at these, so that what they cost never grows faster than the draft.
// Elisions and hyphens part words: "j'ai" is "j ai", "ci-joint" is "ci joint".
func tokensOf(text string) []token {
	tokens := make([]token, 0, len(text)/5+1)
	sentence, began := 0, 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case isWord(r):
			end := wordEnd(text, i)
			if len(tokens)-began >= longestSentence {
				sentence, began = sentence+1, len(tokens)
			}
			tokens = append(tokens, token{lang.Fold(text[i:end]), i, end, sentence, unicode.IsDigit(r)})
			i = end
			continue
		case r == '€' || r == '$' || r == '£' || r == '?' || r == '!':
			tokens = append(tokens, token{string(r), i, i + size, sentence, false})
		}
		if endsSentence(text, i, r, tokens) && len(tokens) > 0 && tokens[len(tokens)-1].sentence == sentence {
			sentence, began = sentence+1, len(tokens)
		}
		i += size
	}
	return tokens
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// wordEnd: marks between two digits belong to the number.
func wordEnd(text string, i int) int {
	digit := false
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		inNumber := digit && strings.ContainsRune(".,:/", r) && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9'
		if !isWord(r) && !inNumber {
			break
		}
		digit = r >= '0' && r <= '9'
		i += size
	}
	return i
}

// shortened are the words after which a full stop ends nothing.
var shortened = wordSet(`m mr mrs ms mme mlle dr st ste no n ref tel av bd env approx cf ex p`)

func endsSentence(text string, i int, r rune, tokens []token) bool {
	switch r {
	case '!', '?', '…', ';':
		return true
	case '.':
		rest := text[i+1:]
		if rest == "" || rest[0] == '\n' || rest[0] == '\r' {
			return true
		}
		after, _ := utf8.DecodeRuneInString(rest)
		return !isWord(after) && (len(tokens) == 0 || !shortened[tokens[len(tokens)-1].word])
	case '\n':
		rest := strings.TrimLeft(text[i+1:min(len(text), i+41)], " \t\u00a0")
		after, _ := utf8.DecodeRuneInString(rest)
		return !unicode.IsLower(after) // a wrapped line goes on in lower case
	}
	return false
}

// element is one place of a phrase.
type element struct {
	exact    []string
	prefixes []string
	optional bool
	gap      int // up to so many words, any
	number   bool
}

// phrase is what a rule looks for, word by word within a sentence.
type phrase struct {
	elements []element
	name     string
}

// phrases are compiled once and found in one pass over the tokens.
type phrases struct {
	byWord   map[string][]*phrase
	byPrefix map[string][]*phrase // by the first three letters
}

// add reads one phrase a line, in folded words: "a|b" is either, a
// trailing "?" makes a word optional, "rembours*" is a beginning, "_3" stands
// for up to three words, "#" for a number. A phrase begins with a word. name is
// what find gives back for each of them.
func (p *phrases) add(name, lines string) {
	if p.byWord == nil {
		p.byWord, p.byPrefix = map[string][]*phrase{}, map[string][]*phrase{}
	}
	for line := range strings.Lines(lines) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		ph := &phrase{name: name}
		for _, f := range fields {
			ph.elements = append(ph.elements, elementOf(f))
		}
		for _, w := range ph.elements[0].exact {
			p.byWord[w] = append(p.byWord[w], ph)
		}
		for _, w := range ph.elements[0].prefixes {
			p.byPrefix[w[:min(3, len(w))]] = append(p.byPrefix[w[:min(3, len(w))]], ph)
		}
	}
}

func elementOf(field string) element {
	var e element
	if field == "#" {
		return element{number: true}
	}
	if n, ok := strings.CutPrefix(field, "_"); ok {
		return element{gap: int(n[0] - '0')}
	}
	field, e.optional = strings.CutSuffix(field, "?")
	for _, alternative := range strings.Split(field, "|") {
		if prefix, ok := strings.CutSuffix(alternative, "*"); ok {
			e.prefixes = append(e.prefixes, prefix)
		} else {
			e.exact = append(e.exact, alternative)
		}
	}
	return e
}

func phrasesOf(lines string) *phrases {
	p := &phrases{}
	p.add("", lines)
	return p
}

// match is a phrase found: the tokens from first to last, last included.
type match struct {
	name        string
	first, last int
}

// at gives the longest phrase that begins at token i.
func (p *phrases) at(tokens []token, i int) (match, bool) {
	best := match{last: -1}
	try := func(list []*phrase) {
		for _, ph := range list {
			if end := ph.end(tokens, i); end-1 > best.last {
				best = match{ph.name, i, end - 1}
			}
		}
	}
	word := tokens[i].word
	try(p.byWord[word])
	if len(word) >= 3 {
		try(p.byPrefix[word[:3]])
	}
	return best, best.last >= i
}

// find gives the phrases of a text from left to right, the longest at each
// place, none inside another.
func (p *phrases) find(tokens []token) []match {
	var found []match
	for i := 0; i < len(tokens); i++ {
		if m, ok := p.at(tokens, i); ok {
			found = append(found, m)
			i = m.last
		}
	}
	return found
}

// in tells whether a phrase stands among the tokens.
func (p *phrases) in(tokens []token) bool {
	for i := range tokens {
		if _, ok := p.at(tokens, i); ok {
			return true
		}
	}
	return false
}

// end is behind the last token of the phrase when it begins at i, else 0. The
// first element is known to fit its own index only by three letters.
func (ph *phrase) end(tokens []token, i int) int {
	return fit(ph.elements, tokens, i, tokens[i].sentence)
}

func fit(elements []element, tokens []token, i, sentence int) int {
	if len(elements) == 0 {
		return i
	}
	e := elements[0]
	if e.gap > 0 {
		for skip := 0; skip <= e.gap && i+skip < len(tokens); skip++ {
			if end := fit(elements[1:], tokens, i+skip, sentence); end > 0 {
				return end
			}
		}
		return 0
	}
	if i < len(tokens) && tokens[i].sentence == sentence && e.is(tokens[i]) {
		if end := fit(elements[1:], tokens, i+1, sentence); end > 0 {
			return end
		}
	}
	if e.optional {
		return fit(elements[1:], tokens, i, sentence)
	}
	return 0
}

func (e element) is(t token) bool {
	if e.number {
		return t.number
	}
	for _, w := range e.exact {
		if t.word == w {
			return true
		}
	}
	for _, p := range e.prefixes {
		if strings.HasPrefix(t.word, p) {
			return true
		}
	}
	return false
}
