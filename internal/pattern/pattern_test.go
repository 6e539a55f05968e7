package pattern_test

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

// A typing mistake in a rule shows at its first use, loudly, and not as text
// that silently never matches.
func TestOneThatIsNonePanicsWhenUsed(t *testing.T) {
	t.Parallel()
	p := pattern.Of(`(`)
	defer func() {
		if recover() == nil {
			t.Error("an unclosed group matched as if it were one")
		}
	}()
	p.MatchString("Bonjour")
}

func TestOneIsCompiledOnceForAll(t *testing.T) {
	t.Parallel()
	p := pattern.Of(`^ML-(\d+)$`)
	for range 4 {
		t.Run("asked", func(t *testing.T) {
			t.Parallel()
			if got := p.FindStringSubmatch("ML-20417"); len(got) != 2 || got[1] != "20417" {
				t.Errorf("FindStringSubmatch = %q", got)
			}
		})
	}
}
