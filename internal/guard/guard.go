package guard

import (
	"cmp"
	"slices"
	"time"
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

// Draft is what the author wrote.
type Draft struct {
	Text        string
	Attachments []string // file names
	Kind        DeliveryKind
	Channel     string // mail, chat…
	Lang        string // "fr" or "en"; "" is French
}

// Facts are what the desk knows around a draft. The zero value knows nothing,
// and a rule that needs more stays silent.
type Facts struct {
	Now       time.Time
	Author    Person
	Signature string // what the app appends for this author and shop; "" is none
	Shop      Shop
	Customer  Customer
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

// Finding is one thing to look at. Start and End are code points of Draft.Text,
// end exclusive; both 0 when the finding is about the whole draft.
type Finding struct {
	Rule     string
	Severity Severity
	Start    int
	End      int
	Words    string // the draft from Start to End
	Advice   string // what to do, in the draft's language
}

// span is where a rule found something, in bytes of the text.
type span struct{ start, end int }

// rule is one thing the guard looks for. Its kinds are listed rather than left
// out, so that a new kind of delivery is guarded only on purpose.
type rule struct {
	name     string
	severity Severity
	kinds    []DeliveryKind
	french   string
	english  string
	find     func(Draft, Facts) []span
}

var (
	everyKind    = []DeliveryKind{KindAnswer, KindAssistant, KindAcknowledgement, KindNotice, KindSystem}
	personsKinds = []DeliveryKind{KindAnswer}
)

// rules is the one list. A legal receipt is in none: it leaves whatever stands
// in it, since the law counts the hours (I3); its own template is tested.
var rules = []rule{holeRule, cardNumberRule, signatureRule}

// Check gives the findings on a draft, by place. A draft without a kind is an
// answer.
func Check(d Draft, f Facts) []Finding {
	if d.Kind == "" {
		d.Kind = KindAnswer
	}
	var findings []Finding
	points := codePoints{text: d.Text}
	for _, r := range rules {
		if !slices.Contains(r.kinds, d.Kind) {
			continue
		}
		advice := r.french
		if d.Lang == "en" {
			advice = r.english
		}
		for _, s := range r.find(d, f) {
			findings = append(findings, Finding{
				Rule: r.name, Severity: r.severity, Advice: advice,
				Start: points.at(s.start), End: points.at(s.end), Words: d.Text[s.start:s.end],
			})
		}
	}
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return findings
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

// codePoints turns byte offsets into code points, an invalid byte being one.
type codePoints struct{ text string }

func (c codePoints) at(offset int) int {
	n := 0
	for range c.text[:offset] {
		n++
	}
	return n
}

// disjoint sorts spans and drops those that overlap an earlier one.
func disjoint(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	var kept []span
	for _, s := range spans {
		if n := len(kept); n > 0 && s.start < kept[n-1].end {
			continue
		}
		kept = append(kept, s)
	}
	return kept
}
