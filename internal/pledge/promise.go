package pledge

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// Kind is what a promise in a text is to do.
type Kind string

// The kinds of promises in a text.
const (
	CallBack Kind = "call_back"
	Refund   Kind = "refund"
	Send     Kind = "send"
	Answer   Kind = "answer"
	Other    Kind = "other"
)

// Promise is somebody's act that a text promises, with its date or amount as far
// as the text tells them.
type Promise struct {
	Kind Kind
	// Due is zero where the text names no date, or none that is known yet.
	Due time.Time
	// Exact tells that Due is a time of day or a number of hours; else it is the
	// last second of a day, and the shop's own closing time may be meant.
	Exact bool
	// Conditional waits for something ("dès réception de votre colis").
	Conditional bool
	Amount      Amount
}

// Found is a promise with its place in the text.
type Found struct {
	Promise

	At phrase.Span
}

// Text is what is read for promises and dates.
type Text struct {
	Tokens []phrase.Token
	Clock  Clock
	Quoted func(phrase.Span) bool // tells the words that somebody else said
}

const mostPromises = 20

// Promises gives what the text promises, from first to last, twenty at most:
// each act with the date and the amount that stand behind it, up to the next act,
// or else before it. Questions and offers promise nothing.
func (t Text) Promises() []Found {
	var list []Found
	found := acts.Find(t.Tokens)
	for i, m := range found {
		part, from := phrase.Sentence(t.Tokens, m.First)
		end := from + len(part)
		if i+1 < len(found) {
			end = min(end, found[i+1].First)
		}
		begin := from
		if i > 0 && found[i-1].Last >= from {
			begin = m.First
		}
		if p, ok := t.promiseOf(m, part, begin, end); ok && len(list) < mostPromises {
			list = append(list, p)
		}
	}
	return list
}

// Acts tells whether words stand among the tokens by which somebody promises.
func Acts(tokens []phrase.Token) bool { return acts.In(tokens) }

func (t Text) promiseOf(m phrase.Match, part []phrase.Token, begin, end int) (Found, bool) {
	s := m.Span(t.Tokens)
	if part[len(part)-1].Word == "?" || t.Quoted(s) || t.isNoPromise(m) {
		return Found{}, false
	}
	p := Found{At: s}
	kind, needsDate := m.Name, false
	if n := len(kind) - 1; kind[n] == '?' {
		kind, needsDate = kind[:n], true
	}
	p.Kind = Kind(kind)
	p.Conditional = isConditional(part)
	dated := false
	if w, ok := t.firstWhen(m.Last+1, end); ok {
		p.Due, p.Exact, dated = w.due, w.exact, true
		p.At.End = t.Tokens[w.last].End
	} else if w, ok := t.firstWhen(begin, m.First); ok {
		p.Due, p.Exact, dated = w.due, w.exact, true
		p.At.Start = t.Tokens[w.first].Start
	}
	for i := begin; i < end; i++ {
		if a, last, ok := AmountAt(t.Tokens[:end], i); ok && (p.Kind == Refund || i > m.Last) {
			p.Amount = a
			p.At.Start, p.At.End = min(p.At.Start, t.Tokens[i].Start), max(p.At.End, t.Tokens[last].End)
			break
		}
	}
	if needsDate && !dated {
		return Found{}, false
	}
	p.At.Start = t.promiseStart(m, p.At.Start)
	if p.Conditional {
		p.Due, p.Exact = time.Time{}, false
	}
	return p, true
}

// promiseStart leaves out the "et" before an act, and takes in the "votre" before
// a parcel.
func (t Text) promiseStart(m phrase.Match, start int) int {
	if start != t.Tokens[m.First].Start {
		return start
	}
	if phrase.OneOf(phrase.Word(t.Tokens, m.First), "et", "puis", "and", "then") {
		return t.Tokens[m.First+1].Start
	}
	for i := m.First - 1; i >= 0 && t.Tokens[i].Sentence == t.Tokens[m.First].Sentence; i-- {
		if !phrase.OneOf(t.Tokens[i].Word, "votre", "vos", "le", "la", "les", "l", "un", "une", "nouveau", "nouvelle", "your", "the", "our", "new", "notre", "ce", "cette") {
			break
		}
		start = t.Tokens[i].Start
	}
	return start
}

func (t Text) firstWhen(from, to int) (when, bool) {
	for i := from; i < to; i++ {
		if w, ok := t.Clock.whenAt(t.Tokens[:to], i); ok {
			return w, true
		}
	}
	return when{}, false
}

// isNoPromise: "je vous rappelle que…" reminds, "ne … pas" denies.
func (t Text) isNoPromise(m phrase.Match) bool {
	before, after := phrase.Word(t.Tokens, m.First-1), phrase.Word(t.Tokens, m.Last+1)
	if phrase.OneOf(before, "ne", "n", "pas", "not", "never") || phrase.OneOf(after, "pas", "jamais", "not") {
		return true
	}
	last := phrase.Word(t.Tokens, m.Last)
	if !phrase.OneOf(last, "rappelle", "rappelons", "rappellerai", "confirme", "confirmons") {
		return false
	}
	next := phrase.Word(t.Tokens, m.Last+2)
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

var conditions = phrase.Of(`
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
func isConditional(part []phrase.Token) bool {
	for i := range part {
		m, ok := conditions.At(part, i)
		if !ok || phrase.Word(part, i-1) == "encore" || phrase.Word(part, m.Last+1) == "possible" {
			continue
		}
		return true
	}
	return false
}
