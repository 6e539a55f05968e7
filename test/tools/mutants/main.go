// Command mutants asks whether the tests of one package would notice a mistake
// in it: `mutants ./internal/law` changes one operator at a time, runs the
// package's tests and writes MUTATIONS.md beside them, one line a mutant, with
// the test that failed.
//
// go-gremlins finds the operators and names their changes; numbers (one more)
// and true and false are found here. All are made and run
// here, by `go test -overlay`, because gremlins doesn't say which test failed,
// takes the condition of a `case` for code without a test, and copies the whole
// project for each run. The files themselves are never touched.
//
// `mutants ./internal/law increase.go` tries the mutants of that file alone and
// keeps what the table says of the others.
//
// A mutant that no test notices needs a reason in the table, which is kept from
// one run to the next; without one the command fails.
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// found is what `gremlins unleash --dry-run --output` writes.
type found struct {
	Files []struct {
		Name      string `json:"file_name"`
		Mutations []struct {
			Type   string `json:"type"`
			Line   int    `json:"line"`
			Column int    `json:"column"`
		} `json:"mutations"`
	} `json:"files"`
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: mutants ./internal/PACKAGE [FILE…]")
		os.Exit(2)
	}
	survivors, err := run(filepath.ToSlash(filepath.Clean(os.Args[1])), os.Args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(2)
	}
	if survivors > 0 {
		fmt.Fprintf(os.Stderr, "mutants: %d survive without a reason\n", survivors)
		os.Exit(1)
	}
}

func run(dir string, only []string) (unexplained int, err error) {
	work, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(work) }()
	mutants, err := list(dir, work)
	if err != nil {
		return 0, err
	}
	table := filepath.Join(dir, "MUTATIONS.md")
	page, err := os.ReadFile(table) //nolint:gosec // the package that its operator names
	if err != nil && !os.IsNotExist(err) {
		return 0, err
	}
	old := readTable(string(page))
	for i := range mutants {
		if len(only) > 0 && !slices.Contains(only, mutants[i].file) && old.keep(&mutants[i]) {
			continue
		}
		if err := try(dir, work, &mutants[i]); err != nil {
			return 0, err
		}
		fmt.Fprintf(os.Stderr, "%d/%d %s:%d %s %s\n", i+1, len(mutants), mutants[i].file, mutants[i].line, mutants[i].change(), mutants[i].outcome)
	}
	text, unexplained := write(dir, mutants, old.why)
	return unexplained, os.WriteFile(table, []byte(text), 0o644) //nolint:gosec // a page of the project
}

// list asks gremlins for the places of all its kinds of mistake.
func list(dir, work string) ([]mutant, error) {
	out := filepath.Join(work, "found.json")
	//nolint:gosec // a tool of the project's developers
	gremlins := exec.Command("gremlins", "unleash", "--dry-run", "--output", out, "--tags", "nodynamic",
		"--invert-assignments", "--invert-bitwise", "--invert-bwassign", "--invert-logical", "--invert-loopctrl", "--remove-self-assignments", "./"+dir)
	if said, err := gremlins.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("gremlins: %w\n%s", err, said)
	}
	data, err := os.ReadFile(out) //nolint:gosec // written above
	if err != nil {
		return nil, err
	}
	var all found
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, err
	}
	var mutants []mutant
	for _, file := range all.Files {
		source, err := os.ReadFile(filepath.Join(dir, file.Name)) //nolint:gosec // a source of the project
		if err != nil {
			return nil, err
		}
		for _, m := range file.Mutations {
			one, err := newMutant(file.Name, m.Type, m.Line, m.Column, source)
			if err != nil {
				return nil, err
			}
			mutants = append(mutants, one)
		}
	}
	literals, err := listLiterals(dir)
	mutants = append(mutants, literals...)
	slices.SortFunc(mutants, mutant.compare)
	return mutants, err
}

// try runs the package's tests with one mutant in the place of its file.
func try(dir, work string, m *mutant) error {
	source := filepath.Join(dir, m.file)
	absolute, err := filepath.Abs(source)
	if err != nil {
		return err
	}
	changed, overlay := filepath.Join(work, m.file), filepath.Join(work, "overlay.json")
	if err := os.WriteFile(changed, m.source, 0o600); err != nil {
		return err
	}
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {absolute: changed}})
	if err != nil {
		return err
	}
	if err := os.WriteFile(overlay, replace, 0o600); err != nil {
		return err
	}
	arguments := []string{"test", "-vet=off", "-count=1", "-timeout=10s", "-overlay", overlay, "./" + dir}
	if usesRapid(dir) {
		// It would search for the smallest failure, and leave it among the tests' data.
		arguments = append(arguments, "-rapid.nofailfile", "-rapid.shrinktime=0s")
	}
	test := exec.Command("go", arguments...) //nolint:gosec // a tool of the project's developers
	said, err := test.CombinedOutput()
	m.judge(string(said), err)
	return nil
}

func usesRapid(dir string) bool {
	tests, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	return err == nil && slices.ContainsFunc(tests, func(file string) bool {
		text, err := os.ReadFile(file) //nolint:gosec // a test of the project
		return err == nil && strings.Contains(string(text), `"pgregory.net/rapid"`)
	})
}

// failing are the tests that failed, those that compare a whole text last: they
// notice everything and explain little.
func failing(said string) []string {
	var tests []string
	for line := range strings.Lines(said) {
		if rest, ok := strings.CutPrefix(line, "--- FAIL: "); ok {
			tests = append(tests, strings.Fields(rest)[0])
		}
	}
	slices.SortFunc(tests, func(a, b string) int {
		return cmp.Or(cmp.Compare(wholeText(a), wholeText(b)), strings.Compare(a, b))
	})
	return tests
}

func wholeText(test string) int {
	if strings.Contains(test, "Reason") || strings.Contains(test, "Sentence") {
		return 1
	}
	return 0
}
