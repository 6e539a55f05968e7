package guard

import "slices"

// legalRules see to rights that the law gives the customer. They never step
// back: that many authors disagree makes no right smaller (I6).
var legalRules = []string{"right_refused", "voucher_for_money", "surcharged_number"}

// Steps is how far a rule may step back where it is wrong too often: two for one
// that stops (it warns, then is silent), one for one that warns. Rules that are
// never passed, legal ones and unknown ones never do: 0.
func Steps(ruleName string) int {
	if slices.Contains(legalRules, ruleName) {
		return 0
	}
	for _, r := range rules {
		if r.name != ruleName {
			continue
		}
		switch r.severity {
		case Stops:
			return 2
		case Warns:
			return 1
		}
	}
	return 0
}

// demoted is what is left of a finding of a rule that stepped back.
func demoted(f Finding, steps int) (left Finding, silent bool) {
	if steps <= 0 || f.Severity == NeverPassed || Steps(f.Rule) == 0 {
		return f, false
	}
	if f.Severity == Stops && steps == 1 {
		f.Severity = Warns
		return f, false
	}
	return f, true
}
