package search

import (
	"strings"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// Marker finds in a text what a question asked for.
type Marker struct {
	plain   map[string]bool // stems and words, in any field
	subject map[string]bool
	from    map[string]bool
	begin   []string
	phrases []Term
	starts  [1 << 16 / 64]uint64 // of all words wanted: most words of a text need no stem to be told apart
}

// Marker of the question.
func (a Ask) Marker() *Marker {
	m := &Marker{plain: map[string]bool{}, subject: map[string]bool{}, from: map[string]bool{}}
	for _, t := range a.Terms {
		if t.Phrase {
			m.phrases = append(m.phrases, t)
		}
		set := m.plain
		switch t.Field {
		case "subject":
			set = m.subject
		case "from":
			set = m.from
		case "to", "file":
			continue
		}
		for i, w := range t.Words {
			if t.Prefix && i == len(t.Words)-1 {
				m.begin = append(m.begin, w)
			}
			if lang.Small(w) {
				continue
			}
			french, english := lang.Stems(w)
			for _, s := range []string{w, french, english} {
				set[s] = true
				n := start(s)
				m.starts[n/64] |= 1 << (n % 64)
			}
		}
	}
	return m
}

// start is the beginning that a word shares with its stem: two bytes.
func start(word string) uint16 {
	switch len(word) {
	case 0:
		return 0
	case 1:
		return uint16(word[0])
	}
	return uint16(word[0]) | uint16(word[1])<<8
}

// Span is where a hit stands in a text, in UTF-16 units: what browsers count.
type Span [2]int

// Marked is a piece of text with its hits. It is text: whoever shows it escapes it.
type Marked struct {
	Text string `json:"text"`
	Hits []Span `json:"hits" nullable:"false" doc:"Beginning and end of each hit, in UTF-16 units"`
}

// Subject marks a whole subject.
func (m *Marker) Subject(text string) Marked {
	return mark(text, m.spans(text, m.subject))
}

// Sender marks a name.
func (m *Marker) Sender(text string) Marked {
	return mark(text, m.spans(text, m.from))
}

// How much of a message is shown, and how much of it is looked through.
const (
	excerptBytes = 220
	leadBytes    = 60
	lookedBytes  = 100_000
)

// Excerpt gives the part of a text with most of what was asked for, on one line.
func (m *Marker) Excerpt(text string) Marked {
	text = cut(text, lookedBytes)
	hits := m.spans(text, nil)
	from := 0
	if len(hits) > 0 {
		from = densest(hits)
	}
	to := min(len(text), from+excerptBytes)
	from, to = atWord(text, from, -1), atWord(text, to, 1)
	var inside []lang.Word
	for _, h := range hits {
		if h.From >= from && h.To <= to {
			h.From, h.To = h.From-from, h.To-from
			inside = append(inside, h)
		}
	}
	return oneLine(text[from:to], inside, from > 0, to < len(text))
}

// densest is where the excerpt begins that holds most different hits.
func densest(hits []lang.Word) int {
	best, most := 0, 0
	for i := range hits {
		seen := map[string]bool{}
		for _, h := range hits[i:] {
			if h.To > hits[i].From+excerptBytes-leadBytes {
				break
			}
			seen[h.Text] = true
		}
		if len(seen) > most {
			best, most = i, len(seen)
		}
		if i == 200 { // a text full of hits shows one as well as another
			break
		}
	}
	return max(0, hits[best].From-leadBytes)
}

// spans are the words of a text that were asked for.
func (m *Marker) spans(text string, also map[string]bool) (out []lang.Word) {
	text = cut(text, lookedBytes)
	lang.Words(text, func(w lang.Word) bool {
		if m.wanted(w.Text, also) {
			out = append(out, w)
		}
		return len(out) < 1000
	})
	return out
}

func (m *Marker) wanted(word string, also map[string]bool) bool {
	for _, b := range m.begin {
		if strings.HasPrefix(word, b) {
			return true
		}
	}
	if n := start(word); m.starts[n/64]&(1<<(n%64)) == 0 {
		return m.number(word)
	}
	french, english := lang.Stems(word)
	if m.plain[word] || m.plain[french] || m.plain[english] || also[word] || also[french] || also[english] {
		return true
	}
	return m.number(word)
}

func (m *Marker) number(word string) (found bool) {
	number(word, func(digits string) { found = found || m.plain[digits] })
	return found
}

// Phrases tells whether a message has every phrase asked for: in its subject,
// its text, its author or an attachment's name.
func (m *Marker) Phrases(subject, body string, others ...string) bool {
	for _, p := range m.phrases {
		if inRow(subject, p.Words) {
			continue
		}
		if p.Field == "subject" || !inRow(cut(body, lookedBytes), p.Words) && !anyInRow(others, p.Words) {
			return false
		}
	}
	return true
}

func anyInRow(texts, words []string) bool {
	for _, t := range texts {
		if inRow(t, words) {
			return true
		}
	}
	return false
}

// inRow looks for words in a row. It keeps every beginning that still goes on,
// so that its time is bounded by the text times the words.
func inRow(text string, words []string) (found bool) {
	open := make([]int, 0, len(words)) // how many words of each beginning are there
	lang.Words(text, func(w lang.Word) bool {
		if len(open) == 0 && words[0] != w.Text { // nearly every word of a text
			return true
		}
		kept := open[:0]
		for _, n := range append(open, 0) {
			if words[n] != w.Text {
				continue
			}
			if n+1 == len(words) {
				found = true
				return false
			}
			kept = append(kept, n+1)
		}
		open = kept
		return true
	})
	return found
}

// Score is how much a message is about what was asked for: its subject says
// more than its text, two words of the question more than one word often.
func (m *Marker) Score(subject, body string) int {
	seen := map[string]int{}
	for _, w := range m.spans(subject, m.subject) {
		seen[w.Text] += 4
	}
	for _, w := range m.spans(body, nil) {
		seen[w.Text]++
	}
	score := 0
	for _, n := range seen {
		score += 10 + 5*min(n, 8)
	}
	return score * 100 / (100 + min(len(body), 4000)/40)
}

func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// atWord moves a place in a text to the nearest blank in a direction, at most
// 20 bytes away, and never into a letter.
func atWord(text string, at, step int) int {
	for i := 0; i < 20 && at > 0 && at < len(text); i++ {
		if text[at] == ' ' || text[at] == '\n' {
			break
		}
		at += step
	}
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

func mark(text string, hits []lang.Word) Marked { return oneLine(text, hits, false, false) }

// oneLine writes a text with single blanks and counts its hits as browsers do.
func oneLine(text string, hits []lang.Word, before, after bool) Marked {
	var b strings.Builder
	out := Marked{Hits: []Span{}}
	units := 0
	put := func(r rune) {
		b.WriteRune(r)
		units++
		if r > 0xFFFF {
			units++
		}
	}
	if before {
		put('…')
	}
	blank, next, begun := false, 0, 0
	for i, r := range text {
		if next < len(hits) && i == hits[next].To {
			out.Hits = append(out.Hits, Span{begun, units})
			next++
		}
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00a0' || r < ' ' {
			blank = b.Len() > 0
			continue
		}
		if blank {
			put(' ')
			blank = false
		}
		if next < len(hits) && i == hits[next].From {
			begun = units
		}
		put(r)
	}
	if next < len(hits) && hits[next].To == len(text) {
		out.Hits = append(out.Hits, Span{begun, units})
	}
	if after {
		put('…')
	}
	out.Text = b.String()
	return out
}
