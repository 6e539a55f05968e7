package render

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

// variable is one {{…}} as it was read.
type variable struct {
	name       string // "customer.first_name", "date"
	args       []string
	from       string // the variable that a date is counted from
	fallback   string // what stands when there is no value
	defaulted  bool
	understood bool
}

var (
	inBraces = pattern.Of(`\{\{[^{}\n]{1,300}\}\}`)
	parts    = pattern.Of(`^([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)((?: "[^"]*")*)(?: from ([a-z][a-z0-9_.]*))?(?: ?\| ?"([^"]*)")?$`)
	quoted   = pattern.Of(`"([^"]*)"`)
	// Word processors and phones write other quotes and spaces than programmers.
	plain = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "« ", `"`, " »", `"`, "«", `"`, "»", `"`)
	gaps  = pattern.Of(`[ \x{00a0}\x{202f}\x{2009}\t]+`)
)

// readVariable reads what stands in braces, such as
// {{customer.first_name|"Madame, Monsieur"}} or {{date "14 days" from received}}.
func readVariable(token string) variable {
	inner := strings.TrimSuffix(strings.TrimPrefix(token, "{{"), "}}")
	inner = plain.Replace(strings.TrimSpace(gaps.ReplaceAllString(inner, " ")))
	m := parts.FindStringSubmatchIndex(inner)
	if m == nil {
		return variable{}
	}
	v := variable{name: inner[m[2]:m[3]], understood: true}
	for _, q := range quoted.FindAllStringSubmatch(inner[m[4]:m[5]], -1) {
		v.args = append(v.args, q[1])
	}
	if m[6] >= 0 {
		v.from = inner[m[6]:m[7]]
	}
	if m[8] >= 0 {
		v.fallback, v.defaulted = inner[m[8]:m[9]], true
	}
	return v
}
