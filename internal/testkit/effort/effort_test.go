package effort_test

import (
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/testkit/effort"
)

// A measure that couldn't fail would tell nothing.
func TestASquareIsSeen(t *testing.T) {
	t.Parallel()
	effort.Linear(t, "a", func(text string) { _ = strings.ToUpper(text) })
	if !effort.Outgrows("a", func(text string) {
		for range text {
			_ = strings.IndexByte(text, 'b')
		}
	}) {
		t.Error("a square passes for a line")
	}
}
