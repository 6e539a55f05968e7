package guard

import "time"

// PromiseKind is what a promise in a draft is to do.
type PromiseKind string

// The kinds of promises in a text.
const (
	PromiseCallBack PromiseKind = "call_back"
	PromiseRefund   PromiseKind = "refund"
	PromiseSend     PromiseKind = "send"
	PromiseAnswer   PromiseKind = "answer"
	PromiseOther    PromiseKind = "other"
)

// Promise is what a draft promises: somebody's act, with its date or amount as
// far as the text tells them. Start and End are code points of the draft, end
// exclusive.
type Promise struct {
	Kind PromiseKind
	// Due is zero where the text names no date, or none that is known yet.
	Due time.Time
	// Exact tells that Due is a time of day or a number of hours; else it is the
	// last second of a day, and the shop's own closing time may be meant.
	Exact bool
	// Conditional waits for something ("dès réception de votre colis").
	Conditional bool
	Amount      Amount
	Start, End  int
	Words       string
}

// promised is a promise with its place in bytes.
type promised struct {
	Promise

	span span
}

// Promises gives what the author promises in a draft, from first to last.
// Questions and offers promise nothing. Dates are resolved from Facts.Now on the
// clock of Facts.Zone; without Now they stay zero.
func Promises(d Draft, f Facts) []Promise {
	return newReading(d, f).promiseList()
}

func (r *reading) promiseList() []Promise {
	found := r.promisesIn()
	list := make([]Promise, len(found))
	for i, p := range found {
		p.Start = codePoints(r.draft.Text[:p.span.start])
		p.Words = r.draft.Text[p.span.start:p.span.end]
		p.End = p.Start + codePoints(p.Words)
		list[i] = p.Promise
	}
	return list
}

const mostPromises = 20

// promisesIn finds the acts of each sentence, and gives each the date and the
// amount that stand behind it, up to the next act, or else before it.
func (r *reading) promisesIn() []promised {
	if r.havePromises {
		return r.promises
	}
	r.havePromises = true
	found := acts.find(r.tokens)
	for i, m := range found {
		part, from := sentenceOf(r.tokens, m.first)
		end := from + len(part)
		if i+1 < len(found) {
			end = min(end, found[i+1].first)
		}
		begin := from
		if i > 0 && found[i-1].last >= from {
			begin = m.first
		}
		if p, ok := r.promiseOf(m, part, begin, end); ok && len(r.promises) < mostPromises {
			r.promises = append(r.promises, p)
		}
	}
	return r.promises
}

func (r *reading) promiseOf(m match, part []token, begin, end int) (promised, bool) {
	s := m.span(r.tokens)
	if part[len(part)-1].word == "?" || r.quoted(s) || r.isNoPromise(m) {
		return promised{}, false
	}
	p := promised{span: s}
	kind, needsDate := m.name, false
	if n := len(kind) - 1; kind[n] == '?' {
		kind, needsDate = kind[:n], true
	}
	p.Kind = PromiseKind(kind)
	p.Conditional = isConditional(part)
	dated := false
	if w, ok := r.firstWhen(m.last+1, end); ok {
		p.Due, p.Exact, dated = w.due, w.exact, true
		p.span.end = r.tokens[w.last].end
	} else if w, ok := r.firstWhen(begin, m.first); ok {
		p.Due, p.Exact, dated = w.due, w.exact, true
		p.span.start = r.tokens[w.first].start
	}
	for i := begin; i < end; i++ {
		if a, last, ok := amountAt(r.tokens[:end], i); ok && (p.Kind == PromiseRefund || i > m.last) {
			p.Amount = a
			p.span.start, p.span.end = min(p.span.start, r.tokens[i].start), max(p.span.end, r.tokens[last].end)
			break
		}
	}
	if needsDate && !dated {
		return promised{}, false
	}
	p.span.start = r.promiseStart(m, p.span.start)
	if p.Conditional {
		p.Due, p.Exact = time.Time{}, false
	}
	return p, true
}

// promiseStart leaves out the "et" before an act, and takes in the "votre" before
// a parcel.
func (r *reading) promiseStart(m match, start int) int {
	if start != r.tokens[m.first].start {
		return start
	}
	if isOneOf(word(r.tokens, m.first), "et", "puis", "and", "then") {
		return r.tokens[m.first+1].start
	}
	for i := m.first - 1; i >= 0 && r.tokens[i].sentence == r.tokens[m.first].sentence; i-- {
		if !isOneOf(r.tokens[i].word, "votre", "vos", "le", "la", "les", "l", "un", "une", "nouveau", "nouvelle", "your", "the", "our", "new", "notre", "ce", "cette") {
			break
		}
		start = r.tokens[i].start
	}
	return start
}

func (r *reading) firstWhen(from, to int) (when, bool) {
	for i := from; i < to; i++ {
		if w, ok := r.whenAt(r.tokens[:to], i); ok {
			return w, true
		}
	}
	return when{}, false
}

// isNoPromise: "je vous rappelle que…" reminds, "ne … pas" denies.
func (r *reading) isNoPromise(m match) bool {
	before, after := word(r.tokens, m.first-1), word(r.tokens, m.last+1)
	if isOneOf(before, "ne", "n", "pas", "not", "never") || isOneOf(after, "pas", "jamais", "not") {
		return true
	}
	last := word(r.tokens, m.last)
	if !isOneOf(last, "rappelle", "rappelons", "rappellerai", "confirme", "confirmons") {
		return false
	}
	next := word(r.tokens, m.last+2)
	switch after {
	case "la":
		return next != "semaine"
	case "que", "qu", "l", "les", "notre", "nos", "votre", "vos", "cependant", "egalement", "simplement", "toutefois", "neanmoins", "donc", "bien":
		return true
	case "de", "d":
		return next != "ici"
	case "le":
		_, month := monthNames[next]
		_, weekday := weekdayNames[next]
		return !weekday && !month && (next == "" || next[0] < '0' || next[0] > '9')
	}
	return false
}

var conditions = phrasesOf(`
	des|a|apres|sous|suivant|suivants _3 reception|retour|validation|expertise|accord|confirmation
	des que|lors|l|son|sa|leur
	des reception|retour|validation|accord|acceptation|confirmation|paiement
	des qu
	une fois que|qu|le|la|les|l|votre|vos|recu|recue|ce|cette|son
	lorsque|lorsqu
	quand nous|il|elle|le|la|vous|votre
	suite|apres a? la|votre|son|sa? reception
	a compter de|du la? reception|retour
	si vous|le|la|les|l|il|elle|nous|votre|jamais|besoin|necessaire|tout|c|ce|cela
	s il|ils
	sous reserve
	en cas de
	a condition
	as soon as your|the|it|we|you|this
	once your|the|it|we|you|this
	when we|it|your|the|you
	after we|receiving|receipt|your
	upon|on receipt|receiving|arrival|return|reception
	of|after receipt|receiving
	if you|we|the|it|your|not|needed|necessary
	provided|unless
	subject to`)

// isConditional: "encore une fois" and "dès que possible" are no conditions.
func isConditional(part []token) bool {
	for i := range part {
		m, ok := conditions.at(part, i)
		if !ok || word(part, i-1) == "encore" || word(part, m.last+1) == "possible" {
			continue
		}
		return true
	}
	return false
}
