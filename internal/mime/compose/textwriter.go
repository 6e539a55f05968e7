package compose

import (
	"strings"

	"golang.org/x/net/html"
)

// textWriter writes words and remembers the breaks asked for until the next
// word comes, so that empty blocks leave no trace.
type textWriter struct {
	b      strings.Builder
	prefix string // of each line inside quotes and lists
	last   string // prefix of the line written last
	bullet string // stands once in place of the end of prefix
	breaks int    // line ends owed before the next word
	space  bool   // a space is owed before the next word
	pre    bool   // line breaks of the source count
}

// lineBreak asks for n line ends before the next word; asks do not add up.
func (w *textWriter) lineBreak(n int) {
	w.breaks = max(w.breaks, n)
	if n > 0 {
		w.space = false
	}
}

// indented writes the content of n with a prefix on each line; the first has
// bullet in its place.
func (w *textWriter) indented(prefix, bullet string, n *html.Node) {
	was := w.prefix
	w.prefix, w.bullet = was+prefix, bullet
	w.children(n)
	w.prefix, w.bullet = was, ""
}

// text writes running text: white space of the source is one space.
func (w *textWriter) text(s string) {
	if w.pre {
		w.lines(s)
		return
	}
	for s != "" {
		i := strings.IndexAny(s, " \t\r\n\f")
		switch i {
		case 0:
			w.space = true
			s = s[1:]
		case -1:
			w.word(s)
			s = ""
		default:
			w.word(s[:i])
			s = s[i:]
		}
	}
}

func (w *textWriter) lines(s string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			w.breaks++
		}
		if strings.TrimSpace(line) != "" {
			w.word(strings.TrimRight(line, " \t\r"))
		}
	}
}

func (w *textWriter) word(s string) {
	switch {
	case w.b.Len() == 0:
		w.startLine()
	case w.breaks > 0:
		w.b.WriteByte('\n')
		if w.breaks > 1 {
			w.b.WriteString(strings.TrimRight(shared(w.last, w.prefix), " ") + "\n")
		}
		w.startLine()
	case w.space:
		w.b.WriteByte(' ')
	}
	w.breaks, w.space = 0, false
	w.b.WriteString(s)
}

func (w *textWriter) startLine() {
	w.b.WriteString(w.prefix[:len(w.prefix)-len(w.bullet)] + w.bullet)
	w.last, w.bullet = w.prefix, ""
}

// shared is what two prefixes begin with: between two quotes an empty line has
// the mark of both.
func shared(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return a[:i]
}
