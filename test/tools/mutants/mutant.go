package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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
	kept    string   // what an earlier table says of it
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

// listLiterals finds what gremlins doesn't: a law is made of numbers.
func listLiterals(dir string) ([]mutant, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var mutants []mutant
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file) //nolint:gosec // a source of the project
		if err != nil {
			return nil, err
		}
		positions := token.NewFileSet()
		syntax, err := parser.ParseFile(positions, file, source, 0)
		if err != nil {
			return nil, err
		}
		ast.Inspect(syntax, func(n ast.Node) bool {
			if from, to := literal(n); to != "" {
				at := positions.Position(n.Pos())
				lines := strings.Split(string(source), "\n")
				mutants = append(mutants, mutant{
					file: filepath.Base(file), kind: "LITERAL", line: at.Line, code: strings.TrimSpace(lines[at.Line-1]), from: from, to: to,
					source: slices.Concat(source[:at.Offset], []byte(to), source[at.Offset+len(from):]),
				})
			}
			return true
		})
	}
	return mutants, nil
}

// literal is a number and one more, or true and false; "" for anything else.
func literal(n ast.Node) (from, to string) {
	switch n := n.(type) {
	case *ast.BasicLit:
		if value, err := strconv.ParseInt(n.Value, 0, 64); n.Kind == token.INT && err == nil {
			return n.Value, strconv.FormatInt(value+1, 10)
		}
	case *ast.Ident:
		if n.Name == "true" {
			return n.Name, "false"
		}
		if n.Name == "false" {
			return n.Name, "true"
		}
	}
	return "", ""
}

// change is "< → <=".
func (m mutant) change() string { return m.from + " → " + m.to }

// key names a mutant by what is written there, so that its reason outlives lines
// that are added above.
func (m mutant) key() string { return m.file + " " + m.change() + " " + cell(m.code) }

// place names a mutant by where it stands.
func (m mutant) place() string { return fmt.Sprint(m.line, " ", m.key()) }

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
