package guard

import "github.com/comptoir-desk/comptoir/internal/pledge"

// Promise is what a draft promises. Start and End are code points of the draft,
// end exclusive.
type Promise struct {
	pledge.Promise

	Start, End int
	Words      string
}

// Promises gives what the author promises in a draft, from first to last. Dates
// are resolved from Facts.Now on the clock of Facts.Zone; without Now they stay
// zero.
func Promises(d Draft, f Facts) []Promise {
	return newReading(d, f).promiseList()
}

func (r *reading) promiseList() []Promise {
	found := r.promisesIn()
	list := make([]Promise, len(found))
	for i, p := range found {
		list[i].Promise = p.Promise
		list[i].Start, list[i].End, list[i].Words = r.inDraft(p.At)
	}
	return list
}

func (r *reading) clock() pledge.Clock {
	return pledge.Clock{Now: r.facts.Now, Zone: r.facts.Zone, Hours: r.facts.Hours}
}

func (r *reading) promisesIn() []pledge.Found {
	if !r.havePromises {
		r.havePromises = true
		r.promises = pledge.Text{Tokens: r.tokens, Clock: r.clock(), Quoted: r.quoted}.Promises()
	}
	return r.promises
}
