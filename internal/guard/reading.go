package guard

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/phrase"
	"github.com/comptoir-desk/comptoir/internal/pledge"
)

// reading is a draft made ready for the rules: only what its author wrote, its
// words, and what more than one rule asks for, found once.
type reading struct {
	draft Draft
	plain plain
	facts Facts
	own   string // Draft.Text with what isn't the author's blotted out
	short string // own, at most mostRead bytes of it

	tokens  []phrase.Token // of short
	message []phrase.Token // of the customer's message

	promises     []pledge.Found
	havePromises bool
	asking       map[int]bool        // by sentence: it asks the customer to write something
	requested    map[*phrase.Set]int // the token behind the first of these phrases
	language     string              // in which the draft is written, as far as it shows
	haveLanguage bool
}

// enoughToTell are the bytes in which a text tells its language.
const enoughToTell = 700

// written is the language of the draft itself.
func (r *reading) written() string {
	if !r.haveLanguage {
		r.language, r.haveLanguage = lang.Detect(cutAt(r.short, enoughToTell)), true
	}
	return r.language
}

func newReading(d Draft, f Facts) *reading {
	r := &reading{draft: d, facts: f, plain: plainOf(d.Text)}
	r.facts.Message = cutAt(f.Message, mostRead)
	r.own = ownWords(r.plain.text, r.facts.Message, plainOf(f.Signature).text)
	r.short = cutAt(r.own, mostRead)
	r.tokens = phrase.Tokens(r.short)
	r.message = phrase.Tokens(r.facts.Message)
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
		French: cmp.Or(h.french, rule.french), English: cmp.Or(h.english, rule.english),
	}
	f.Start, f.End, f.Words = r.inDraft(h.Span)
	f.Advice = f.French
	if r.draft.Lang == "en" {
		f.Advice = f.English
	}
	return f
}

// inDraft gives a stretch of the plain text as the draft has it: its code points
// and words.
func (r *reading) inDraft(s phrase.Span) (start, end int, words string) {
	if s == (phrase.Span{}) {
		return 0, 0, "" // the whole draft
	}
	from, to := r.plain.written(s.Start, s.End)
	words = r.draft.Text[from:to]
	start = codePoints(r.draft.Text[:from])
	return start, start + codePoints(words), words
}

// saidBefore tells whether one of the phrases stands before token i. Where the
// first ends is looked for once, however often this is asked.
func (r *reading) saidBefore(set *phrase.Set, i int) bool {
	end, known := r.requested[set]
	if !known {
		end = len(r.tokens) + 1
		if m := set.First(r.tokens); m.Last >= m.First {
			end = m.Last + 1
		}
		if r.requested == nil {
			r.requested = map[*phrase.Set]int{}
		}
		r.requested[set] = end
	}
	return end <= i
}

// codePoints counts them, an invalid byte being one.
func codePoints(s string) int { return utf8.RuneCountInString(s) }

// quoted tells whether a span stands between quotes on its line, as words that
// somebody else said do.
func (r *reading) quoted(s phrase.Span) bool {
	line := r.short[max(0, s.Start-2*near):s.Start]
	line = line[strings.LastIndexByte(line, '\n')+1:]
	return strings.Count(line, "«") > strings.Count(line, "»") ||
		strings.Count(line, "“") > strings.Count(line, "”") ||
		strings.Count(line, `"`)%2 == 1
}

func hitsOf(spans []phrase.Span) []hit {
	hits := make([]hit, len(spans))
	for i, s := range spans {
		hits[i] = hit{Span: s}
	}
	return hits
}
