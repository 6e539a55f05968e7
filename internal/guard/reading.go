package guard

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// reading is a draft made ready for the rules: only what its author wrote, its
// words, and what more than one rule asks for, found once.
type reading struct {
	draft Draft
	facts Facts
	own   string // Draft.Text with what isn't the author's blotted out
	short string // own, at most mostRead bytes of it

	tokens  []token // of short
	message []token // of the customer's message

	promises     []promised
	havePromises bool
	language     string // in which the draft is written, as far as it shows
	haveLanguage bool
}

// written is the language of the draft itself.
func (r *reading) written() string {
	if !r.haveLanguage {
		const enough = 1500 // bytes: an answer tells its language at once
		r.language, r.haveLanguage = lang.Detect(cutAt(r.short, enough)), true
	}
	return r.language
}

func newReading(d Draft, f Facts) *reading {
	r := &reading{draft: d, facts: f}
	r.facts.Message = cutAt(f.Message, mostRead)
	r.own = ownWords(d.Text, r.facts.Message, f.Signature)
	r.short = cutAt(r.own, mostRead)
	r.tokens = tokensOf(r.short)
	r.message = tokensOf(r.facts.Message)
	if r.facts.Zone == nil {
		r.facts.Zone = time.UTC
	}
	return r
}

// cutAt ends a text after n bytes, on a whole letter.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func (r *reading) finding(rule rule, h hit) Finding {
	f := Finding{
		Rule: rule.name, Severity: cmp.Or(h.severity, rule.severity), Fix: h.fix,
		Start: codePoints(r.draft.Text[:h.start]), Words: r.draft.Text[h.start:h.end],
		French: cmp.Or(h.french, rule.french), English: cmp.Or(h.english, rule.english),
	}
	f.End = f.Start + codePoints(f.Words)
	f.Advice = f.French
	if r.draft.Lang == "en" {
		f.Advice = f.English
	}
	return f
}

// codePoints counts them, an invalid byte being one.
func codePoints(s string) int { return utf8.RuneCountInString(s) }

// sentenceOf gives the tokens of the sentence around token i, and the index of the
// first.
func sentenceOf(tokens []token, i int) (part []token, from int) {
	from, to := i, i
	for from > 0 && tokens[from-1].sentence == tokens[i].sentence {
		from--
	}
	for to < len(tokens) && tokens[to].sentence == tokens[i].sentence {
		to++
	}
	return tokens[from:to], from
}

func (m match) span(tokens []token) span { return span{tokens[m.first].start, tokens[m.last].end} }

// word is the folded word at i, "" outside the text.
func word(tokens []token, i int) string {
	if i < 0 || i >= len(tokens) {
		return ""
	}
	return tokens[i].word
}

func isOneOf(w string, list ...string) bool { return slices.Contains(list, w) }

// quoted tells whether a span stands between quotes on its line, as words that
// somebody else said do.
func (r *reading) quoted(s span) bool {
	line := r.short[max(0, s.start-2*near):s.start]
	line = line[strings.LastIndexByte(line, '\n')+1:]
	return strings.Count(line, "«") > strings.Count(line, "»") ||
		strings.Count(line, "“") > strings.Count(line, "”") ||
		strings.Count(line, `"`)%2 == 1
}

func hitsOf(spans []span) []hit {
	hits := make([]hit, len(spans))
	for i, s := range spans {
		hits[i] = hit{span: s}
	}
	return hits
}
