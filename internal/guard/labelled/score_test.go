package labelled_test

import (
	"path/filepath"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/guard/labelled"
)

// The bars of each rule that stops, and of all rules together on ordinary
// answers. The blind third is scored by `make guard-blind` and never here, so
// that nothing is tuned on it.
func TestTheGuardOnLabelledDrafts(t *testing.T) {
	t.Parallel()
	table, err := labelled.Measure(filepath.Join("..", "testdata", "labelled", "dev"))
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
