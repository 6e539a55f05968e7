package labelled

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/guard"
)

// Draft is one labelled draft.
type Draft struct {
	ID      string          `json:"id"`
	Lang    string          `json:"lang"`
	Text    string          `json:"text"`
	Context json.RawMessage `json:"context"`
	Expect  []string        `json:"expect"`
}

// Score is how one rule did on its file.
type Score struct {
	Rule                 string
	Positives, Others    int
	Hits, Missed, Alarms int
	Wrong                []string // id and text of what was missed or a false alarm
}

// Precision is the share of firings that were right, 1 without any.
func (s Score) Precision() float64 { return share(s.Hits, s.Hits+s.Alarms) }

// Recall is the share of positives that were found, 1 without any.
func (s Score) Recall() float64 { return share(s.Hits, s.Hits+s.Missed) }

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// Table is how the guard did on a folder.
type Table struct {
	Scores  []Score // by rule
	Clean   int
	Stopped []string // clean answers that were stopped: rule, words, id, text
	Warned  []string // and those that got a warning
}

// Measure reads the files of a folder whose names match (as path.Match does) and
// scores every rule that has one.
func Measure(dir, names string) (Table, error) {
	files, err := filepath.Glob(filepath.Join(dir, names))
	if err != nil || len(files) == 0 {
		return Table{}, fmt.Errorf("no labelled drafts in %s", dir)
	}
	var t Table
	for _, file := range files {
		drafts, err := Read(file)
		if err != nil {
			return Table{}, err
		}
		rule, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".jsonl"), "-")
		if rule == "clean" {
			err = t.AddClean(drafts)
		} else {
			err = t.addRule(rule, drafts)
		}
		if err != nil {
			return Table{}, fmt.Errorf("%s: %w", file, err)
		}
	}
	slices.SortFunc(t.Scores, func(a, b Score) int { return cmp.Compare(a.Rule, b.Rule) })
	return t, nil
}

// Read reads a file of labelled drafts.
func Read(file string) ([]Draft, error) {
	f, err := os.Open(file) //nolint:gosec // the caller names the file
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var drafts []Draft
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var d Draft
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
		drafts = append(drafts, d)
	}
	return drafts, lines.Err()
}

// Check runs the guard over a labelled draft.
func (d Draft) Check() ([]guard.Finding, error) {
	context := d.Context
	if len(context) == 0 {
		context = json.RawMessage("{}")
	}
	draft, facts, err := guard.ParseContext(context)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.ID, err)
	}
	draft.Text, draft.Lang = d.Text, cmp.Or(draft.Lang, d.Lang)
	return guard.Check(draft, facts), nil
}

func (t *Table) addRule(rule string, drafts []Draft) error {
	index := slices.IndexFunc(t.Scores, func(s Score) bool { return s.Rule == rule })
	if index < 0 {
		index, t.Scores = len(t.Scores), append(t.Scores, Score{Rule: rule})
	}
	s := &t.Scores[index]
	for _, d := range drafts {
		found, err := d.Check()
		if err != nil {
			return err
		}
		at := slices.IndexFunc(found, func(f guard.Finding) bool { return f.Rule == rule })
		switch expected := slices.Contains(d.Expect, rule); {
		case expected && at >= 0:
			s.Hits++
		case expected:
			s.Missed++
			s.Wrong = append(s.Wrong, fmt.Sprintf("missed %s: %q", d.ID, d.Text))
		case at >= 0:
			s.Alarms++
			s.Wrong = append(s.Wrong, fmt.Sprintf("false alarm %s on %q: %q", d.ID, found[at].Words, d.Text))
		}
		if slices.Contains(d.Expect, rule) {
			s.Positives++
		} else {
			s.Others++
		}
	}
	return nil
}

// AddClean scores ordinary answers, which nothing may stop.
func (t *Table) AddClean(drafts []Draft) error {
	for _, d := range drafts {
		found, err := d.Check()
		if err != nil {
			return err
		}
		t.Clean++
		stop, warn := "", ""
		for _, f := range found {
			line := fmt.Sprintf("%s on %q, %s: %q", f.Rule, f.Words, d.ID, d.Text)
			if f.Severity == guard.Warns {
				warn = line
			} else {
				stop = line
			}
		}
		if stop != "" {
			t.Stopped = append(t.Stopped, stop)
		}
		if warn != "" {
			t.Warned = append(t.Warned, warn)
		}
	}
	return nil
}

// String is the table in Markdown.
func (t Table) String() string {
	var out strings.Builder
	out.WriteString("| rule | must fire | look-alikes | missed | false alarms | precision | recall |\n|---|--:|--:|--:|--:|--:|--:|\n")
	for _, s := range t.Scores {
		fmt.Fprintf(&out, "| %s | %d | %d | %d | %d | %.3f | %.3f |\n", s.Rule, s.Positives, s.Others, s.Missed, s.Alarms, s.Precision(), s.Recall())
	}
	fmt.Fprintf(&out, "\n%d ordinary answers: %d stopped (%.2f per 1,000), %d with a warning (%.1f %%).\n",
		t.Clean, len(t.Stopped), 1000*share(len(t.Stopped), max(1, t.Clean)), len(t.Warned), 100*share(len(t.Warned), max(1, t.Clean)))
	return out.String()
}
