package guard

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// forbiddenRule holds what the shop has decided not to write, as gravely as the
// shop says. Where the shop also says what it writes instead, that is the fix.
var forbiddenRule = rule{
	name:     "forbidden",
	severity: Stops,
	kinds:    answersKinds,
	french:   "La boutique n'écrit pas ces mots : dites-le autrement.",
	english:  "The shop doesn't write these words: say it otherwise.",
	find: func(r *reading) []hit {
		var hits []hit
		for _, f := range r.facts.Forbidden {
			for _, s := range r.wordsLike(f.Words) {
				hits = append(hits, hit{Span: s, severity: f.Severity, fix: r.preferredTo(f.Words, s)})
			}
		}
		return apart(hits)
	},
}

// preferredRule offers the shop's own word for another.
var preferredRule = rule{
	name:     "preferred",
	severity: Warns,
	kinds:    answersKinds,
	french:   "La boutique a un autre mot pour cela.",
	english:  "The shop has another word for this.",
	find: func(r *reading) []hit {
		taken := forbiddenRule.find(r)
		var hits []hit
		for _, instead := range slices.Sorted(maps.Keys(r.facts.Preferred)) {
			for _, s := range r.wordsLike(instead) {
				if !slices.ContainsFunc(taken, func(t hit) bool { return t.Start < s.End && s.Start < t.End }) {
					hits = append(hits, hit{Span: s, fix: r.preferredTo(instead, s)})
				}
			}
		}
		hits = apart(hits)
		for i, h := range hits {
			if h.fix != "" {
				hits[i].french = "La boutique écrit plutôt « " + h.fix + " »."
				hits[i].english = "The shop writes “" + h.fix + "” instead."
			}
		}
		return hits
	},
}

// apart sorts hits by place, the longest first, and drops what overlaps.
func apart(hits []hit) []hit {
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.fix, b.fix))
	})
	var kept []hit
	for _, h := range hits {
		if n := len(kept); n == 0 || h.Start >= kept[n-1].End {
			kept = append(kept, h)
		}
	}
	return kept
}

// preferredTo gives the replacement, with the capital of what it replaces.
func (r *reading) preferredTo(words string, s phrase.Span) string {
	for _, instead := range slices.Sorted(maps.Keys(r.facts.Preferred)) {
		better := r.facts.Preferred[instead]
		if collapsed(instead) != collapsed(words) || better == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(r.short[s.Start:s.End])
		if capital, size := utf8.DecodeRuneInString(better); unicode.IsUpper(first) {
			return string(unicode.ToUpper(capital)) + better[size:]
		}
		return better
	}
	return ""
}

// wordsLike finds the shop's words as whole words, in any case and number; never
// in addresses of pages and mailboxes.
func (r *reading) wordsLike(words string) []phrase.Span {
	wanted := phrase.Tokens(cutAt(words, 200))
	wanted = slices.DeleteFunc(wanted, func(t phrase.Token) bool { return t.Word == "!" || t.Word == "?" })
	if len(wanted) == 0 {
		return nil
	}
	var found []phrase.Span
	if short := strings.ReplaceAll(words, "-", ""); len(wanted) == 2 && short != words && len(wanted[0].Word) == 1 {
		found = r.wordsLike(short) // "email" is "e-mail"
	}
	for i := 0; i+len(wanted) <= len(r.tokens); i++ {
		s := phrase.Span{Start: r.tokens[i].Start, End: r.tokens[i+len(wanted)-1].End}
		if r.sameWords(i, words, wanted) && !r.inLink(s) {
			found = append(found, s)
		}
	}
	return found
}

func (r *reading) sameWords(i int, words string, wanted []phrase.Token) bool {
	for j, w := range wanted {
		got := r.tokens[i+j]
		if got.Sentence != r.tokens[i].Sentence && !r.wrapped(i+j) || !isLike(got.Word, w.Word, len(wanted) > 1) {
			return false
		}
		if !sameAccents(r.short[got.Start:got.End], words[w.Start:w.End], len(wanted) == 1) {
			return false
		}
		if j > 0 && strings.ContainsAny(r.short[r.tokens[i+j-1].End:got.Start], ",:()") {
			return false
		}
	}
	return true
}

// wrapped tells whether only the end of a line stands before a token.
func (r *reading) wrapped(i int) bool {
	between := r.short[r.tokens[i-1].End:r.tokens[i].Start]
	return strings.Count(between, "\n") == 1 && strings.TrimSpace(between) == ""
}

// isLike takes the plural and the feminine too. A word of three letters has them
// only among others ("bons d'achat").
func isLike(got, wanted string, amongOthers bool) bool {
	if got == wanted {
		return true
	}
	if got[0] != wanted[0] || len(wanted) < 3 {
		return false
	}
	if len(wanted) == 3 && !amongOthers {
		return got == wanted+"s"
	}
	if added, ok := strings.CutPrefix(got, wanted); ok && (phrase.OneOf(added, "s", "e", "es") || added == "x" && strings.HasSuffix(wanted, "u")) {
		return true
	}
	for _, e := range endings {
		if stem, ok := strings.CutSuffix(wanted, e.of); ok && stem != "" && strings.HasPrefix(got, stem) && phrase.OneOf(got[len(stem):], e.become...) {
			return true
		}
	}
	return false
}

// endings of French words, folded, whose feminine or plural is more than a letter.
var endings = []struct {
	of     string
	become []string
}{
	{"al", []string{"aux"}},
	{"ail", []string{"aux"}},
	{"eau", []string{"elle", "elles"}},
	{"eux", []string{"euse", "euses"}},
	{"eur", []string{"euse", "euses", "rice", "rices"}},
	{"teur", []string{"trice", "trices"}},
	{"f", []string{"ve", "ves"}},
	{"el", []string{"elle", "elles"}},
	{"il", []string{"ille", "illes"}},
	{"en", []string{"enne", "ennes"}},
	{"on", []string{"onne", "onnes"}},
	{"et", []string{"ette", "ettes"}},
	{"s", []string{"sse", "sses"}},
	{"y", []string{"ies"}}, // English
	{"ies", []string{"y"}},
}

// sameAccents: accents may be left out, never changed or added: "côté" is not
// "côte", and neither is "mais" for "maïs", being a word of its own. The endings,
// where inflection changes them (cher, chère), don't count.
func sameAccents(got, wanted string, alone bool) bool {
	got, wanted = strings.ToLower(got), strings.ToLower(wanted)
	if lang.Fold(got) == got {
		return got == wanted || !alone || !ownWordsWithout[got]
	}
	g, w := []rune(got), []rune(wanted)
	for i, r := range g {
		plain := lang.Fold(string(r))
		switch {
		case i >= len(w):
			if plain != string(r) {
				return false // gratuité
			}
		case r != w[i] && plain == lang.Fold(string(w[i])) && !(i == len(w)-2 && strings.HasSuffix(wanted, "er")):
			return false
		}
	}
	return true
}

// ownWordsWithout are common words that another has once its accents are gone.
var ownWordsWithout = phrase.Words(`mais du la a ou sur des pres`)

// inLink tells whether a span is part of an address.
func (r *reading) inLink(s phrase.Span) bool {
	before, after := tail(r.short[:s.Start]), head(r.short[s.End:])
	before = before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
	if i := strings.IndexFunc(after, unicode.IsSpace); i >= 0 {
		after = after[:i]
	}
	return strings.Contains(before, "://") || strings.HasPrefix(before, "www.") || strings.Contains(before+after, "@") && !strings.HasPrefix(before, "@")
}
