package visible_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/mime/visible"
)

// TestFrenchMailPrograms runs our own samples of the programs that French
// customers write with. Each file holds a mail, the line "#### visible" and
// what must stay visible; "*" means all of it.
func TestFrenchMailPrograms(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 25 {
		t.Fatalf("only %d samples found", len(files))
	}
	right := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		mail, want, found := strings.Cut(string(content), "\n#### visible\n")
		if !found {
			t.Fatalf("%s: no expectation", file)
		}
		in := visible.Input{Text: mail}
		if filepath.Ext(file) == ".html" {
			in = visible.Input{HTML: mail}
		}
		got := visible.Split(in)
		want = strings.TrimRight(want, "\n")
		if want == "*" {
			if got.Quote != "" {
				t.Errorf("%s: hidden although all must stay visible: %q", file, got.Quote)
				continue
			}
		} else if strings.TrimRight(got.Text, " \n") != want {
			t.Errorf("%s\n got %q\nwant %q\nfolded %q", file, got.Text, want, got.Quote)
			continue
		}
		right++
	}
	t.Logf("French mail programs: %d of %d right", right, len(files))
}
