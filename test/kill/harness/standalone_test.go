package harness_test

import (
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/test/kill/harness"
)

func TestAStoryOutsideOfATestEndsAndIsCounted(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	var order []string
	faults := harness.Standalone(&out, func(tb testing.TB) {
		tb.Helper()
		tb.Cleanup(func() { order = append(order, "first made") })
		tb.Cleanup(func() { order = append(order, "last made") })
		tb.Errorf("lost: %d", 1)
		tb.Fatal("the desk does not start")
	})
	if faults != 2 || out.String() != "lost: 1\nthe desk does not start\n" || strings.Join(order, ", ") != "last made, first made" {
		t.Errorf("%d faults, %q, cleaned %v", faults, out.String(), order)
	}
}
