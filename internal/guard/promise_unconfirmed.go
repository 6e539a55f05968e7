package guard

import (
	"slices"

	"github.com/comptoir-desk/comptoir/internal/lang"

	"github.com/comptoir-desk/comptoir/internal/phrase"
	"github.com/comptoir-desk/comptoir/internal/pledge"
)

// promiseUnconfirmedRule warns of a promise without a date: nobody is reminded
// of it. What waits for an event waits rightly.
var promiseUnconfirmedRule = rule{
	name:     "promise_unconfirmed",
	severity: Warns,
	kinds:    personsKinds,
	french:   "Une promesse sans date : dites pour quand, et la maison vous le rappellera.",
	english:  "A promise without a date: say by when, and you will be reminded.",
	find: func(r *reading) []hit {
		var hits []hit
		for _, p := range r.promisesIn() {
			if !p.Due.IsZero() || p.Conditional || r.datedIn(p.At) {
				continue
			}
			hits = append(hits, hit{Span: p.At, fix: r.withDate(p)})
		}
		return hits
	},
}

// datedIn: without Now a date stands there all the same.
func (r *reading) datedIn(s phrase.Span) bool {
	from, _ := slices.BinarySearchFunc(r.tokens, s.Start, func(t phrase.Token, at int) int { return t.Start - at })
	to := from
	for to < len(r.tokens) && r.tokens[to].End <= s.End {
		to++
	}
	return r.clock().Dated(r.tokens[from:to])
}

// withDate offers an answer or a call for the second open day from now. Where a
// vague delay stands beside it, that one has the fix.
func (r *reading) withDate(p pledge.Found) string {
	part := r.short[p.At.Start:min(len(r.short), p.At.End+near)]
	if r.facts.Now.IsZero() || p.Kind != pledge.Answer && p.Kind != pledge.CallBack || vagueWords.In(phrase.Tokens(part)) || weakVague.In(phrase.Tokens(part)) {
		return ""
	}
	day := r.openDay()
	if r.draft.Lang == "en" || r.written() == "en" {
		return r.short[p.At.Start:p.At.End] + " by " + day.Format("Monday 2 January")
	}
	return r.short[p.At.Start:p.At.End] + " d'ici le " + lang.ShortDate(day)
}
