package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// mutant is one change of one operator.
type mutant struct {
	file     string
	kind     string // gremlins' name: CONDITIONALS_NEGATION
	line     int
	code     string // the line, as it is
	from, to string
	source   []byte // the whole file, changed

	outcome outcome
	tests   []string // that failed
}

type outcome string

const (
	killed   outcome = "killed"
	lived    outcome = "lived"
	timedOut outcome = "timed out" // it ran for ever, which fails the tests, too
	unbuilt  outcome = "doesn't compile"
)

// changes are the operators that each of gremlins' kinds exchanges.
var changes = map[string]map[string]string{
	"CONDITIONALS_BOUNDARY":   {"<": "<=", "<=": "<", ">": ">=", ">=": ">"},
	"CONDITIONALS_NEGATION":   {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"},
	"ARITHMETIC_BASE":         {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*"},
	"INCREMENT_DECREMENT":     {"++": "--", "--": "++"},
	"INVERT_NEGATIVES":        {"-": "+"},
	"INVERT_LOGICAL":          {"&&": "||", "||": "&&"},
	"INVERT_LOOPCTRL":         {"break": "continue", "continue": "break"},
	"INVERT_ASSIGNMENTS":      {"+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "%=": "*="},
	"REMOVE_SELF_ASSIGNMENTS": {"+=": "=", "-=": "=", "*=": "=", "/=": "=", "%=": "="},
	"INVERT_BITWISE":          {"&": "|", "|": "&", "^": "&", "&^": "&", "<<": ">>", ">>": "<<"},
	"INVERT_BWASSIGN":         {"&=": "|=", "|=": "&=", "^=": "&=", "<<=": ">>=", ">>=": "<<="},
}

func newMutant(file, kind string, line, column int, source []byte) (mutant, error) {
	lines := strings.SplitAfter(string(source), "\n")
	m := mutant{file: file, kind: kind, line: line}
	if line < 1 || line > len(lines) || column < 1 || column > len(lines[line-1]) {
		return m, fmt.Errorf("%s has no %d:%d", file, line, column)
	}
	text := lines[line-1]
	m.code = strings.TrimSpace(text)
	// The longest operator that stands there: "<=" and not "<".
	for from, to := range changes[kind] {
		if strings.HasPrefix(text[column-1:], from) && len(from) > len(m.from) {
			m.from, m.to = from, to
		}
	}
	if m.from == "" {
		return m, fmt.Errorf("%s:%d:%d: no operator of %s in %q", file, line, column, kind, m.code)
	}
	lines[line-1] = text[:column-1] + m.to + text[column-1+len(m.from):]
	m.source = []byte(strings.Join(lines, ""))
	return m, nil
}

// change is "< → <=".
func (m mutant) change() string { return m.from + " → " + m.to }

// key names a mutant by what is written there, so that its reason outlives lines
// that are added above.
func (m mutant) key() string { return m.file + " " + m.change() + " " + cell(m.code) }

func (m mutant) compare(other mutant) int {
	return cmp.Or(cmp.Compare(m.file, other.file), cmp.Compare(m.line, other.line), cmp.Compare(m.change(), other.change()), slices.Compare(m.source, other.source))
}

func (m *mutant) judge(said string, err error) {
	m.tests = failing(said)
	switch {
	case err == nil:
		m.outcome = lived
	case strings.Contains(said, "[build failed]"):
		m.outcome = unbuilt
	case strings.Contains(said, "panic: test timed out"):
		m.outcome = timedOut
	default:
		m.outcome = killed
	}
}
