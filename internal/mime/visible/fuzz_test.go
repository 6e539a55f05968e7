package visible_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/comptoir-desk/comptoir/internal/mime/visible"
)

// signs counts the characters of s that are not blank.
func signs(s string) map[rune]int {
	count := make(map[rune]int)
	for _, r := range s {
		if !unicode.IsSpace(r) {
			count[r]++
		}
	}
	return count
}

// mustKeepAll fails when a character of the mail is in neither half.
func mustKeepAll(t interface {
	Helper()
	Errorf(string, ...any)
}, text string,
) {
	t.Helper()
	got := visible.Split(visible.Input{Text: text})
	halves := signs(got.Text + got.Quote)
	for r, n := range signs(text) {
		if halves[r] != n {
			t.Errorf("%q: %d in the mail %q, %d in the halves %q and %q", r, n, text, halves[r], got.Text, got.Quote)
		}
	}
}

// TestNothingIsLost builds mails out of the pieces that the rules look for.
func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	pieces := []string{
		"Bonjour", "", "> cité", ">> deux fois", "-- ", "________________________________", "Envoyé de mon iPhone",
		"Le 12/11/2026 à 14:05, Marc <marc@maison-lila.example> a écrit :", "mots Le 12/11/2026 à 14:05, Marc <m@l.example>", "a écrit :",
		"De : Marc <marc@maison-lila.example>", "Envoyé : jeudi 12 novembre 2026 14:05", "À : Camille", "Objet : Bague",
		"-----Message d'origine-----", "---------- Forwarded message ---------", "##- Répondre au-dessus de cette ligne -##",
		"Bonjour. Envoyé depuis l'application Mail Orange ---- De: a@b.example Envoyé: 12/11/2026 14:05 À: c@d.example Objet: x suite",
		"> Message du 12/11/26 14:05", "<", "> wrote:", "\u00a0", "(http://x.example >", "\xff\xfe", "mes réponses en rouge ci-dessous",
	}
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 25).Draw(rt, "rows")
		mustKeepAll(rt, strings.Join(rows, "\n"))
	})
}

// TestHostileMailsEnd: repetitions that cost a quadratic reader minutes. Each
// is read as text and as HTML, and nothing of it is lost.
func TestHostileMailsEnd(t *testing.T) {
	t.Parallel()
	for _, row := range []string{
		"On 12/11/2026 <\n", "> x\ny\n", "De : a@b.example\n\n", "a ", "a écrit : @ ", "De: a@b.example Objet: ", "\n", ">", "-", "Le 1 ",
		"<blockquote>x</blockquote>y", "<hr>", "__\n",
	} {
		mail := strings.Repeat(row, 100_000/len(row))
		mustKeepAll(t, mail)
		visible.Split(visible.Input{HTML: mail})
	}
}

func FuzzSplit(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.*")
	for _, file := range files {
		if content, err := os.ReadFile(file); err == nil {
			f.Add(string(content))
		}
	}
	f.Add("<div><blockquote>x</blockquote><pre>a\nb</pre><hr><img>")
	f.Fuzz(func(t *testing.T, mail string) {
		mustKeepAll(t, mail)
		all := visible.PlainText(mail)
		got := visible.Split(visible.Input{HTML: mail})
		halves := signs(got.Text + got.Quote)
		for r, n := range signs(all) {
			if halves[r] != n {
				t.Errorf("%q: %d in the HTML %q, %d in %q and %q", r, n, mail, halves[r], got.Text, got.Quote)
			}
		}
		if shown := signs(visible.PlainText(got.HTML)); len(got.Quote) == 0 {
			for r, n := range signs(all) {
				if shown[r] != n {
					t.Errorf("%q: lost from the visible HTML %q", r, got.HTML)
				}
			}
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	content, err := os.ReadFile("testdata/outlook-desktop.html")
	if err != nil {
		b.Fatal(err)
	}
	html := string(content) + strings.Repeat(`<p class="MsoNormal">Votre <b>commande</b> 20418 est partie le 12 novembre 2026 à 14:05.</p>`, 150)
	text := visible.PlainText(html)
	b.SetBytes(int64(len(html)))
	for b.Loop() {
		visible.Split(visible.Input{Text: text, HTML: html})
	}
}
