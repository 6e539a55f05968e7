package lang_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// casesOf reads one message a line, \n for the end of a line.
func casesOf(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "courtesy", name))
	if err != nil {
		t.Fatal(err)
	}
	var cases []string
	for line := range strings.Lines(string(data)) {
		cases = append(cases, strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `\n`, "\n"))
	}
	return cases
}

// A question taken for a thank-you is answered last: no case of owed.txt may
// ever pass. A thank-you taken for a question costs one gesture.
func TestCourtesy(t *testing.T) {
	t.Parallel()
	thanks, owed := casesOf(t, "thanks.txt"), casesOf(t, "owed.txt")
	missed := 0
	for _, text := range thanks {
		if !lang.Courtesy(text) {
			missed++
			t.Logf("missed: %q", text)
		}
	}
	for _, text := range owed {
		if lang.Courtesy(text) {
			t.Errorf("%q is taken for a thank-you", text)
		}
	}
	t.Logf("%d of %d thank-yous seen, %d look-alikes", len(thanks)-missed, len(thanks), len(owed))
	if missed > len(thanks)/20 {
		t.Errorf("%d of %d thank-yous missed", missed, len(thanks))
	}
}

func TestCourtesyIsShort(t *testing.T) {
	t.Parallel()
	if lang.Courtesy(strings.Repeat("Merci beaucoup ! ", 60)) {
		t.Error("a page of thanks is no evident courtesy")
	}
}

// Whatever the rest, a question mark or a digit asks to be read.
func FuzzCourtesy(f *testing.F) {
	f.Add("Merci beaucoup, bonne journée")
	f.Add("👍🏻\nCamille Renaud a réagi via Gmail")
	f.Fuzz(func(t *testing.T, text string) {
		if lang.Courtesy(text) && strings.Contains(text, "?") {
			t.Fatalf("%q asks something", text)
		}
		if lang.Courtesy(text + " pas reçu") {
			t.Fatalf("%q and nothing received", text)
		}
	})
}

func BenchmarkCourtesy(b *testing.B) {
	for b.Loop() {
		lang.Courtesy("Bonjour,\n\nMerci beaucoup pour votre réponse.\n\nCordialement,\nPaul Delmas")
	}
}
