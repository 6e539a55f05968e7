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

func noticed(m mutant) string {
	switch {
	case m.outcome == timedOut:
		return "runs for ever"
	case len(m.tests) == 0:
		return "the tests don't start"
	case len(m.tests) == 1:
		return m.tests[0]
	}
	return fmt.Sprintf("%s and %d more", m.tests[0], len(m.tests)-1)
}

// reasons reads the column why of an earlier page, by key.
func reasons(page string) map[string]string {
	why := map[string]string{}
	_, page, _ = strings.Cut(page, "## Those that live")
	page, _, _ = strings.Cut(page, "## Those that a test notices")
	for line := range strings.Lines(page) {
		cells := strings.Split(strings.TrimSpace(line), " | ")
		if len(cells) != 5 || !strings.HasPrefix(line, "| ") {
			continue
		}
		change, code := strings.Trim(cells[2], "`"), strings.Trim(cells[3], "`")
		why[strings.TrimPrefix(cells[0], "| ")+" "+strings.ReplaceAll(change, `\|`, "|")+" "+code] = strings.TrimSuffix(strings.TrimSuffix(cells[4], "|"), " ")
	}
	return why
}

// cell writes code into a cell of a table.
func cell(code string) string { return strings.ReplaceAll(code, "|", `\|`) }
