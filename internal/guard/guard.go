package guard

import (
	"cmp"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// DeliveryKind is what a delivery is for (I3).
type DeliveryKind string

// The kinds of delivery.
const (
	KindAnswer          DeliveryKind = "answer"
	KindAssistant       DeliveryKind = "assistant"
	KindAcknowledgement DeliveryKind = "acknowledgement"
	KindLegalReceipt    DeliveryKind = "legal_receipt"
	KindNotice          DeliveryKind = "notice"
	KindSystem          DeliveryKind = "system"
)

// Severity says what a finding asks for.
type Severity string

// The severities, mildest first.
const (
	Warns       Severity = "warn"         // shown, the draft goes
	Stops       Severity = "stop"         // goes with a reason, which the lead reads
	NeverPassed Severity = "never_passed" // goes only when mended
)

// Draft is what the author wrote, and what goes with it. Quoted lines, the
// customer's own words and the signature may stand in Text: they are left out.
type Draft struct {
	Text        string
	Attachments []string // file names
	Kind        DeliveryKind
	Channel     string // mail, chat…
	Lang        string // the customer's language: "fr" or "en"; "" is unknown, and advice is in French
}

// Facts are what the desk knows around a draft. The zero value knows nothing,
// and a rule that needs more stays silent.
type Facts struct {
	Now       time.Time
	Zone      *time.Location // of the dates in the text; nil is UTC
	Hours     calendar.Hours // for "jours ouvrés"; without a week, Monday to Friday
	Author    Person
	Signature string // what the app appends for this author and shop; "" is none
	// SignatureUnknown tells that nobody looked what will be appended.
	SignatureUnknown bool
	Shop             Shop
	Customer         Customer
	Message          string    // the customer's message that is answered, without its quote
	Orders           []string  // numbers of the customer's own orders
	Others           []string  // names, e-mail and postal addresses and order numbers of other customers
	Promised         time.Time // the date that is known for what a vague delay speaks of; zero for none
	Forbidden        []Forbidden
	Preferred        map[string]string // words of the shop: what stands there, what it says instead
	DeadLinks        []string          // addresses that no longer answer
	Answered         []string          // questions of Message, by their words, that the author ticked by hand
	Dismissed        []string          // warnings, by their Key, that the author called a false alarm
	Demoted          map[string]int    // rules of this shop that stepped back, and how far; see Steps
}

// Person is who writes.
type Person struct{ Name string }

// Shop is the shop that the draft speaks for.
type Shop struct {
	Name   string
	Phones []string
	SIRET  string // SIREN, SIRET or another company number, spaces allowed
}

// Customer is whom the draft goes to.
type Customer struct{ Name, Email, Kind string }

// Forbidden are words that the shop doesn't write. Severity "" stops.
type Forbidden struct {
	Words    string
	Severity Severity
}

// Finding is one thing to look at. Start and End are code points of Draft.Text,
// end exclusive; both 0 when the finding is about the whole draft.
type Finding struct {
	Rule     string
	Severity Severity
	Start    int
	End      int
	Words    string // the draft from Start to End
	Advice   string // what to do, in the draft's language
	French   string // the same, in French
	English  string // and in English
	Fix      string // what may stand in place of Words; "" when a person must think
}

// Key names what a finding is about, whatever was written around it since: by it
// a false alarm stays dismissed while the draft grows.
func (f Finding) Key() string { return f.Rule + ": " + cmp.Or(f.Words, f.French) }

// hit is what a rule found. What is "" or zero is the rule's own.
type hit struct {
	phrase.Span

	fix             string
	french, english string
	severity        Severity
}

// rule is one thing the guard looks for. Its kinds are listed rather than left
// out, so that a new kind of delivery is guarded only on purpose.
type rule struct {
	name     string
	severity Severity
	kinds    []DeliveryKind
	french   string
	english  string
	find     func(*reading) []hit
}

var (
	everyKind    = []DeliveryKind{KindAnswer, KindAssistant, KindAcknowledgement, KindNotice, KindSystem}
	answersKinds = []DeliveryKind{KindAnswer, KindAssistant}
	personsKinds = []DeliveryKind{KindAnswer}
)

// rules is the one list, the gravest first; among warnings this order decides
// which are shown. A legal receipt is in none: it leaves whatever stands in it,
// since the law counts the hours (I3); its own template is tested.
var rules = []rule{
	holeRule, cardNumberRule, wrongCustomerRule,
	signatureRule, attachmentMissingRule, forbiddenRule,
	languageRule, angerRule, unansweredRule, promiseUnconfirmedRule, deadLinkRule, vagueDelayRule, preferredRule,
}

// Rules are the names of all rules, the gravest first.
func Rules() []string {
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r.name
	}
	return names
}

const (
	// mostRead bounds what the slower rules read of a draft, in bytes; holes and
	// card numbers are looked for in all of it.
	mostRead     = 100_000
	mostOfRule   = 20 // findings of one rule
	mostWarnings = 3
)

// Check gives the findings on a draft, by place. A draft without a kind is an
// answer. Of warnings it gives three at most: the first of each rule in the order
// of the list, then the second of each, and so on.
func Check(d Draft, f Facts) []Finding { return newReading(d, f).findings() }

// Review is all that the guard has to say of a draft.
type Review struct {
	Findings  []Finding
	Promises  []Promise
	Questions []Question
}

// Read gives findings, promises and questions from one reading of the draft, as
// Check, Promises and Questions do one by one.
func Read(d Draft, f Facts) Review {
	r := newReading(d, f)
	return Review{r.findings(), r.promiseList(), r.questions()}
}

func (r *reading) findings() []Finding {
	kind := cmp.Or(r.draft.Kind, KindAnswer)
	var findings []Finding
	for _, rule := range rules {
		if !slices.Contains(rule.kinds, kind) {
			continue
		}
		hits := rule.find(r)
		for _, h := range hits[:min(len(hits), mostOfRule)] {
			it, silent := demoted(r.finding(rule, h), r.facts.Demoted[rule.name])
			if !silent && (it.Severity != Warns || !slices.Contains(r.facts.Dismissed, it.Key())) {
				findings = append(findings, it)
			}
		}
	}
	findings = capped(findings)
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return findings
}

// capped keeps three warnings, which come in the order of the rules.
func capped(findings []Finding) []Finding {
	type rank struct{ turn, index int }
	var warns []rank
	turns := map[string]int{}
	for i, f := range findings {
		if f.Severity == Warns {
			warns = append(warns, rank{turns[f.Rule], i})
			turns[f.Rule]++
		}
	}
	if len(warns) <= mostWarnings {
		return findings
	}
	slices.SortStableFunc(warns, func(a, b rank) int { return cmp.Compare(a.turn, b.turn) })
	dropped := map[int]bool{}
	for _, w := range warns[mostWarnings:] {
		dropped[w.index] = true
	}
	kept := findings[:0]
	for i, f := range findings {
		if !dropped[i] {
			kept = append(kept, f)
		}
	}
	return kept
}

// Advice is what a rule advises, in French or English; "" for no such rule.
func Advice(ruleName, lang string) string {
	for _, r := range rules {
		if r.name == ruleName {
			if lang == "en" {
				return r.english
			}
			return r.french
		}
	}
	return ""
}

// Blocks tells whether a finding forbids sending until the draft is mended.
func Blocks(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Severity == NeverPassed })
}

// disjoint sorts spans and drops those that overlap an earlier one.
func disjoint(spans []phrase.Span) []phrase.Span {
	slices.SortFunc(spans, func(a, b phrase.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	var kept []phrase.Span
	for _, s := range spans {
		if n := len(kept); n > 0 && s.Start < kept[n-1].End {
			continue
		}
		kept = append(kept, s)
	}
	return kept
}
