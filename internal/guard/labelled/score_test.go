package labelled_test

import (
	"path/filepath"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/guard/labelled"
)

// The bars of each rule that stops, and of all rules together on ordinary
// answers. What is written blind is scored by `make guard-blind` and never here, so
// that nothing is tuned on it.
func TestTheGuardOnLabelledDrafts(t *testing.T) {
	t.Parallel()
	table, err := labelled.Measure(filepath.Join("..", "testdata", "labelled", "dev"), "*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	ordinary, err := labelled.Ordinary()
	if err != nil {
		t.Fatal(err)
	}
	if err := table.AddClean(ordinary); err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", table)
	for _, s := range table.Scores {
		for _, wrong := range s.Wrong {
			t.Logf("%s %s", s.Rule, wrong)
		}
		if s.Positives < 90 || s.Others < 120 {
			t.Errorf("%s: %d positives and %d look-alikes, want 90 and 120", s.Rule, s.Positives, s.Others)
		}
		if s.Precision() < 0.95 || s.Recall() < 0.95 {
			t.Errorf("%s: precision %.3f, recall %.3f, want 0.95", s.Rule, s.Precision(), s.Recall())
		}
	}
	for _, stopped := range table.Stopped {
		t.Logf("stopped: %s", stopped)
	}
	if len(table.Scores) != 6 || table.Clean < 2200 {
		t.Errorf("%d rules, %d ordinary answers", len(table.Scores), table.Clean)
	}
	if 1000*len(table.Stopped) > table.Clean {
		t.Errorf("%d of %d ordinary answers are stopped, want 1 in 1,000", len(table.Stopped), table.Clean)
	}
}

// Two sets were blind once and are seen now: each alone holds the bars, too.
func TestTheGuardOnWhatWasBlind(t *testing.T) {
	t.Parallel()
	for _, names := range []string{"*-9.jsonl", "*-10.jsonl"} {
		table, err := labelled.Measure(filepath.Join("..", "testdata", "labelled", "dev"), names)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range table.Scores {
			if s.Precision() < 0.95 || s.Recall() < 0.95 {
				t.Errorf("%s, %s: precision %.3f, recall %.3f, want 0.95: %q", names, s.Rule, s.Precision(), s.Recall(), s.Wrong)
			}
		}
		if len(table.Scores) != 6 || len(table.Stopped) > 0 {
			t.Errorf("%s: %d rules; stopped %q", names, len(table.Scores), table.Stopped)
		}
	}
}
