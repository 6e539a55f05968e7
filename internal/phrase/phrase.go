package phrase

import "strings"

// element is one place of a phrase.
type element struct {
	exact    []string
	prefixes []string
	optional bool
	gap      int // up to so many words, any
	number   bool
}

// pattern is what is looked for, word by word within a sentence.
type pattern struct {
	elements []element
	name     string
}

// Set are phrases, compiled once and found in one pass over the tokens.
type Set struct {
	byWord   map[string][]*pattern
	byPrefix map[string][]*pattern // by the first three letters
}

// Add reads one phrase a line, in folded words: "a|b" is either, a
// trailing "?" makes a word optional, "rembours*" is a beginning, "_3" stands
// for up to three words, "#" for a number. A phrase begins with a word. name is
// what find gives back for each of them.
func (p *Set) Add(name, lines string) {
	if p.byWord == nil {
		p.byWord, p.byPrefix = map[string][]*pattern{}, map[string][]*pattern{}
	}
	for line := range strings.Lines(lines) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		ph := &pattern{name: name}
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

// Of makes a set of nameless phrases.
func Of(lines string) *Set {
	p := &Set{}
	p.Add("", lines)
	return p
}

// Match is a phrase found: the tokens from first to last, last included.
type Match struct {
	Name        string
	First, Last int
}

// At gives the longest phrase that begins at Token i.
func (p *Set) At(tokens []Token, i int) (Match, bool) {
	best := Match{Last: -1}
	try := func(list []*pattern) {
		for _, ph := range list {
			if end := ph.end(tokens, i); end-1 > best.Last {
				best = Match{ph.name, i, end - 1}
			}
		}
	}
	word := tokens[i].Word
	try(p.byWord[word])
	if len(word) >= 3 {
		try(p.byPrefix[word[:3]])
	}
	return best, best.Last >= i
}

// Find gives the phrases of a text from left to right, the longest at each
// place, none inside another.
func (p *Set) Find(tokens []Token) []Match {
	var found []Match
	for i := 0; i < len(tokens); i++ {
		if m, ok := p.At(tokens, i); ok {
			found = append(found, m)
			i = m.Last
		}
	}
	return found
}

// First gives the first phrase of a text; Last is less than First where there is
// none.
func (p *Set) First(tokens []Token) Match {
	for i := range tokens {
		if m, ok := p.At(tokens, i); ok {
			return m
		}
	}
	return Match{Last: -1}
}

// In tells whether a phrase stands among the tokens.
func (p *Set) In(tokens []Token) bool {
	m := p.First(tokens)
	return m.Last >= m.First
}

// end is behind the last Token of the phrase when it begins at i, else 0. The
// first element is known to fit its own index only by three letters.
func (ph *pattern) end(tokens []Token, i int) int {
	return fit(ph.elements, tokens, i, tokens[i].Sentence)
}

func fit(elements []element, tokens []Token, i, sentence int) int {
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
	if i < len(tokens) && tokens[i].Sentence == sentence && e.is(tokens[i]) {
		if end := fit(elements[1:], tokens, i+1, sentence); end > 0 {
			return end
		}
	}
	if e.optional {
		return fit(elements[1:], tokens, i, sentence)
	}
	return 0
}

func (e element) is(t Token) bool {
	if e.number {
		return t.Number
	}
	for _, w := range e.exact {
		if t.Word == w {
			return true
		}
	}
	for _, p := range e.prefixes {
		if strings.HasPrefix(t.Word, p) {
			return true
		}
	}
	return false
}

// Starts tells whether a phrase begins at token i.
func (p *Set) Starts(tokens []Token, i int) bool {
	if i >= len(tokens) {
		return false
	}
	_, ok := p.At(tokens, i)
	return ok
}

// Span is where a match stands in the text.
func (m Match) Span(tokens []Token) Span {
	return Span{Start: tokens[m.First].Start, End: tokens[m.Last].End}
}
