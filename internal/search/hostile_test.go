package search_test

import (
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/testkit/effort"
)

// pieces are said again and again, by whoever wants a search to be slow.
var pieces = []string{
	"a", "a ", "é", "ab ", "e\u0301", "\"", "\"a ", "a* ", "* ", "-a ", "--", "(", "from:", "from:a ", "is:owed ", "before:2026-01-01 ", "tag:\"", "a-", "a'", "0", "1 2 ",
	"06 12 34 56 78 ", "ML-20417 ", "\u200b", "\u202e", "👩‍👩‍👧 ", "ﷺ", "\xff", "%", "_", "'; ", "a@b.c ", "colis colis ", "anticonstitutionnellement ", "ements", "issement ",
}

// A question is read, and a text is looked through for the longest one that may
// be asked, with work that grows as the text does.
func TestHostileTextsAreReadInTime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for _, piece := range pieces {
		effort.Linear(t, piece, func(text string) { _, _ = search.Parse(text, now, time.UTC) })
		effort.Linear(t, piece, func(text string) { search.Analyse(search.Text{Subject: text, Body: text}) })
		for _, q := range []string{piece + piece, strings.Repeat(strings.TrimSpace(piece)+" ", 8), `"` + strings.TrimSpace(piece) + ` colis"`, "colis bague ML-20417"} {
			ask, err := search.Parse(q, now, time.UTC)
			if err != nil {
				continue
			}
			m := ask.Marker()
			effort.Linear(t, piece, func(text string) {
				m.Subject(text)
				m.Excerpt(text)
				m.Score(text, text)
				m.Phrases(text, text)
			})
		}
	}
}
