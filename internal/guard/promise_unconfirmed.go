package guard

import "github.com/comptoir-desk/comptoir/internal/lang"

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
			if !p.Due.IsZero() || p.Conditional || r.datedIn(p.span) {
				continue
			}
			hits = append(hits, hit{span: p.span, fix: r.withDate(p)})
		}
		return hits
	},
}

// datedIn: without Now a date stands there all the same.
func (r *reading) datedIn(s span) bool {
	for i, t := range r.tokens {
		if t.start < s.start || t.end > s.end {
			continue
		}
		if _, ok := r.whenAt(r.tokens, i); ok {
			return true
		}
	}
	return false
}

// withDate offers an answer or a call for the second open day from now. Where a
// vague delay stands beside it, that one has the fix.
func (r *reading) withDate(p promised) string {
	part := r.short[p.span.start:min(len(r.short), p.span.end+near)]
	if r.facts.Now.IsZero() || p.Kind != PromiseAnswer && p.Kind != PromiseCallBack || vagueWords.in(tokensOf(part)) || weakVague.in(tokensOf(part)) {
		return ""
	}
	day := r.openDays(2)
	if r.draft.Lang == "en" || r.written() == "en" {
		return r.short[p.span.start:p.span.end] + " by " + day.Format("Monday 2 January")
	}
	return r.short[p.span.start:p.span.end] + " d'ici le " + lang.ShortDate(day)
}
