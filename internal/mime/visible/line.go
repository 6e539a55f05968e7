package visible

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"golang.org/x/net/html"
)

// line is one line of a mail, from its text part or from a block of its HTML.
type line struct {
	text  string // as it is shown
	plain string // text with every odd space and invisible sign blanked, byte for byte
	trim  string // plain without the blanks around it

	quoted  bool   // begins with ">" or stands inside a quoting element
	marked  bool   // quoted by the program's own markup, not by a bare <blockquote>
	toEnd   bool   // the program's markup says: from here on it is history
	picture bool   // holds an image or a rule, so it is not blank
	parts   []part // where it stands in the DOM; nil for text
}

// part is the share of one DOM node in a line: text[from:to].
type part struct {
	node     *html.Node
	from, to int
}

func (l line) blank() bool { return l.trim == "" && !l.picture }

// byAngle says that the line itself carries the ">" of a text quote.
func (l line) byAngle() bool { return strings.HasPrefix(l.trim, ">") }

// maxMatch bounds what the patterns look at in one line, so that one line of a
// megabyte costs what it weighs and no more.
const maxMatch = 1000

func (l line) head() string {
	if len(l.trim) > maxMatch {
		return l.trim[:maxMatch]
	}
	return l.trim
}

// readText cuts a text part into lines.
func readText(text string) []line {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	rows := strings.Split(text, "\n")
	lines := make([]line, len(rows))
	for i, row := range rows {
		lines[i] = newLine(row)
		lines[i].quoted = lines[i].byAngle()
	}
	return lines
}

func newLine(text string) line {
	plain := blankOdd(text)
	return line{text: text, plain: plain, trim: strings.TrimSpace(plain)}
}

// oddSigns are the spaces and marks that mail programs put into the lines we
// look for: no-break and narrow spaces (French before a colon, Apple before
// AM), zero-width and direction marks.
var oddSigns = pattern.Of("[\u00a0\u2000-\u200f\u2028-\u202f\u2060\ufeff\u3000\t\v\f]")

// blankOdd keeps the length in bytes: a place found in the result is the same
// place in the text.
func blankOdd(s string) string {
	if hasNoOdd(s) {
		return s
	}
	return oddSigns.ReplaceAllStringFunc(s, func(sign string) string {
		return strings.Repeat(" ", len(sign))
	})
}

// hasNoOdd is a quick look at the bytes that the odd signs begin with.
func hasNoOdd(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < 0x20, c == 0xe2, c == 0xe3, c == 0xef:
			return false
		case c == 0xc2 && i+1 < len(s) && s[i+1] == 0xa0:
			return false
		}
	}
	return true
}

// nextContent is the first line at or after i that is not blank, or len(lines).
func nextContent(lines []line, i int) int {
	for i < len(lines) && lines[i].blank() {
		i++
	}
	return i
}

// previousContent is the last line before i that is not blank, or -1.
func previousContent(lines []line, i int) int {
	i--
	for i >= 0 && lines[i].blank() {
		i--
	}
	return i
}
