package main

import (
	"fmt"
	"strings"
)

const head = `# Mutants of %[1]s

One operator, number or true and false of the package is changed at a time, and its tests run: a change that no test notices is a mistake that none would notice either. Made by
` + "`make %[2]s`" + `, with the operators that [go-gremlins](https://github.com/go-gremlins/gremlins) finds; only the column *why* is written by hand and kept.

%[3]s

`

// write gives the page, and how many survivors have no reason.
func write(dir string, mutants []mutant, why map[string]string) (text string, unexplained int) {
	var survivors, rest strings.Builder
	count := map[outcome]int{}
	for _, m := range mutants {
		count[m.outcome]++
		switch m.outcome {
		case unbuilt:
		case lived:
			reason := why[m.key()]
			if reason == "" {
				unexplained++
			}
			fmt.Fprintf(&survivors, "| %s | %d | `%s` | `%s` | %s |\n", m.file, m.line, cell(m.change()), cell(m.code), reason)
		default:
			fmt.Fprintf(&rest, "| %s | %d | `%s` | `%s` | %s |\n", m.file, m.line, cell(m.change()), cell(m.code), noticed(m))
		}
	}
	noticedBy, all := count[killed]+count[timedOut], len(mutants)-count[unbuilt]
	figures := fmt.Sprintf("**%d of %d noticed (%.1f %%)**, %d of them by running for ever; %d live, each with its reason; %d more don't compile.",
		noticedBy, all, 100*float64(noticedBy)/float64(max(1, all)), count[timedOut], count[lived], count[unbuilt])
	var b strings.Builder
	fmt.Fprintf(&b, head, dir, "mutate-"+dir[strings.LastIndex(dir, "/")+1:], figures)
	if survivors.Len() > 0 {
		b.WriteString("## Those that live\n\n| file | line | change | in | why |\n|---|---|---|---|---|\n" + survivors.String() + "\n")
	}
	b.WriteString("## Those that a test notices\n\n| file | line | change | in | failing test |\n|---|---|---|---|---|\n" + rest.String())
	return b.String(), unexplained
}

const forEver = "runs for ever"

func noticed(m mutant) string {
	switch {
	case m.kept != "":
		return m.kept
	case m.outcome == timedOut:
		return forEver
	case len(m.tests) == 0:
		return "the tests don't start"
	case len(m.tests) == 1:
		return m.tests[0]
	}
	return fmt.Sprintf("%s and %d more", m.tests[0], len(m.tests)-1)
}

// table is what an earlier page says.
type table struct {
	why map[string]string // reasons of survivors, by key
	// rows are the last cells by place; equal changes of one line stand in order.
	lived, noticed map[string][]string
}

func readTable(page string) table {
	t := table{map[string]string{}, map[string][]string{}, map[string][]string{}}
	survivors, rest, _ := strings.Cut(page, "## Those that a test notices")
	for _, r := range rows(survivors) {
		t.why[r.key()] = r.last
		t.lived[r.line+" "+r.key()] = append(t.lived[r.line+" "+r.key()], r.last)
	}
	for _, r := range rows(rest) {
		t.noticed[r.line+" "+r.key()] = append(t.noticed[r.line+" "+r.key()], r.last)
	}
	return t
}

// keep takes a mutant's outcome from the table; false when it isn't there, as
// for what doesn't compile.
func (t table) keep(m *mutant) bool {
	if list := t.noticed[m.place()]; len(list) > 0 {
		m.outcome, m.kept, t.noticed[m.place()] = killed, list[0], list[1:]
		if m.kept == forEver {
			m.outcome = timedOut
		}
		return true
	}
	if list := t.lived[m.place()]; len(list) > 0 {
		m.outcome, t.lived[m.place()] = lived, list[1:]
		return true
	}
	return false
}

// row is one line of a table.
type row struct{ file, line, change, code, last string }

func (r row) key() string { return r.file + " " + r.change + " " + r.code }

func rows(page string) []row {
	var list []row
	for line := range strings.Lines(page) {
		inner, ok := strings.CutPrefix(strings.TrimSpace(line), "| ")
		cells := strings.Split(strings.TrimSuffix(inner, "|"), " | ")
		if !ok || len(cells) != 5 {
			continue
		}
		change := strings.ReplaceAll(strings.Trim(cells[2], "`"), `\|`, "|")
		list = append(list, row{cells[0], cells[1], change, strings.Trim(cells[3], "`"), strings.TrimSpace(cells[4])})
	}
	return list
}

// cell writes code into a cell of a table.
func cell(code string) string { return strings.ReplaceAll(code, "|", `\|`) }
