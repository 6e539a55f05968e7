package compose_test

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/mime/compose"
)

// BenchmarkBuild writes an answer with logo, attachment and quoted history.
func BenchmarkBuild(b *testing.B) {
	m := fullAnswer()
	for b.Loop() {
		if _, err := compose.Build(m); err != nil {
			b.Fatal(err)
		}
	}
}
