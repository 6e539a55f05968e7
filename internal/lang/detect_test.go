package lang_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

func linesOf(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "lines", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func TestDetectOnShortLines(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		lines, want string
		least       float64 // share that is right
		mostWrong   int     // lines given a language that they are not in
	}{
		{"fr", "fr", 0.95, 0},
		{"en", "en", 0.95, 0},
		{"de", "", 0.98, 1},
		{"es", "", 0.98, 1},
		{"it", "", 0.98, 1},
		{"nl", "", 0.98, 1},
		{"pt", "", 0.98, 1},
		{"none", "", 1, 0},
	} {
		t.Run(tt.lines, func(t *testing.T) {
			t.Parallel()
			lines := linesOf(t, tt.lines)
			right, wrong := 0, 0
			for _, line := range lines {
				switch got := lang.Detect(line); got {
				case tt.want:
					right++
				case "":
					t.Logf("unsure: %q", line)
				default:
					wrong++
					t.Logf("wrong, %s: %q", got, line)
				}
			}
			share := float64(right) / float64(len(lines))
			t.Logf("%s: %d of %d right (%.3f), %d wrong", tt.lines, right, len(lines), share, wrong)
			if share < tt.least || wrong > tt.mostWrong {
				t.Errorf("%.3f right, want %.2f; %d wrong, want at most %d", share, tt.least, wrong, tt.mostWrong)
			}
		})
	}
}

func TestDetectLongerMails(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"Bonjour,\n\nJ'ai commandé le collier « Golden Hour » (ref. Shiny Love Necklace) le 3 novembre et je n'ai toujours rien reçu.\n\nCordialement,\nInès Belkacem", "fr"},
		{"Hello,\n\nI ordered the \"Collier Fleur de Lys\" from Maison Lila three weeks ago and it hasn't arrived yet.\n\nKind regards,\nCamille Renaud", "en"},
		{"Voir https://www.the-post.example/track/where-is-my-parcel svp", "fr"},
		{strings.Repeat("Où en est ma commande ? ", 5000), "fr"},
		{"\xff\xfe bonjour, o\xf9 est mon colis", "fr"},
	}
	for _, tt := range tests {
		if got := lang.Detect(tt.text); got != tt.want {
			t.Errorf("Detect(%.60q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("où est mon colis ?")
	f.Add("Hi, any news?")
	f.Fuzz(func(t *testing.T, text string) {
		if got := lang.Detect(text); got != "" && got != "fr" && got != "en" {
			t.Fatalf("Detect(%q) = %q", text, got)
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	text := strings.Repeat("Bonjour, je n'ai toujours pas reçu mon colis ML-20417. ", 10)
	for b.Loop() {
		lang.Detect(text)
	}
}
