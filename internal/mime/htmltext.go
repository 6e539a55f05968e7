package mime

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HTMLText gives what a reader would see of an HTML mail, as plain text with LF
// line ends: paragraphs and lists as lines, table cells side by side, quotes
// with "> ", links by their words. Styles, scripts and text hidden on purpose
// (the preview lines of newsletters) are left out. It reads the tokens once or
// twice and never builds a tree, so its cost is linear for any nesting.
func HTMLText(source string) string {
	text, unclosed := htmlText(source, true)
	if unclosed || text == "" {
		// Something left out was never closed, or was everything: better to show
		// too much than to lose a customer's words.
		text, _ = htmlText(source, false)
	}
	return text
}

func htmlText(source string, hide bool) (text string, unclosed bool) {
	w := &textWriter{atStart: true}
	z := html.NewTokenizer(strings.NewReader(source))
	skip := skipper{hide: hide}
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return w.String(), skip.depth > 0
		}
		switch kind {
		case html.TextToken:
			if skip.depth == 0 {
				w.words(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, hasAttr := z.TagName()
			tag := atom.Lookup(name)
			var a attributes
			if hasAttr {
				a = readAttributes(z, tag)
			}
			if skip.open(tag, a, kind == html.SelfClosingTagToken) {
				continue
			}
			w.open(tag, a)
		case html.EndTagToken:
			name, _ := z.TagName()
			if tag := atom.Lookup(name); !skip.close(tag) {
				w.close(tag)
			}
		}
	}
}

type attributes struct {
	hidden bool
	alt    string
}

// hiddenStyle finds what newsletters use to hide their preview line.
var hiddenStyle = pattern.Of(`(?i)(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*(?:;|!|$)|font-size\s*:\s*0(?:px)?\s*(?:;|!|$))`)

func readAttributes(z *html.Tokenizer, tag atom.Atom) (a attributes) {
	for {
		key, value, more := z.TagAttr()
		switch string(key) {
		case "style":
			a.hidden = a.hidden || (tag != atom.Body && tag != atom.Html && len(value) < 4096 && hiddenStyle.Match(value))
		case "hidden":
			a.hidden = a.hidden || (tag != atom.Body && tag != atom.Html)
		case "alt":
			if tag == atom.Img {
				a.alt = string(value)
			}
		}
		if !more {
			return a
		}
	}
}

// skipper leaves elements out until their end tag.
type skipper struct {
	hide  bool // also what is hidden by style, or could hold words
	tag   atom.Atom
	depth int
}

func (s *skipper) open(tag atom.Atom, a attributes, selfClosing bool) bool {
	if s.depth > 0 {
		if tag == s.tag && !selfClosing {
			s.depth++
		}
		if s.tag == atom.P && isBlock(tag) { // a block ends an open paragraph
			s.depth = 0
			return s.open(tag, a, selfClosing)
		}
		return true
	}
	if isVoid(tag) || selfClosing {
		return a.hidden && s.hide
	}
	if isSilent(tag) || (s.hide && (a.hidden || isMostlySilent(tag))) {
		s.tag, s.depth = tag, 1
		return true
	}
	return false
}

func (s *skipper) close(tag atom.Atom) bool {
	if s.depth == 0 {
		return false
	}
	if tag == s.tag {
		s.depth--
	}
	if (tag == atom.Head || tag == atom.Body) && isSilent(s.tag) { // <title> never closed
		s.depth = 0
	}
	return true
}

func isSilent(tag atom.Atom) bool {
	switch tag {
	case atom.Style, atom.Script, atom.Title:
		return true
	}
	return false
}

func isMostlySilent(tag atom.Atom) bool {
	switch tag {
	case atom.Template, atom.Object, atom.Svg, atom.Select, atom.Noscript:
		return true
	}
	return false
}

func isVoid(tag atom.Atom) bool {
	switch tag {
	case atom.Br, atom.Hr, atom.Img, atom.Input, atom.Meta, atom.Link, atom.Base, atom.Area, atom.Col, atom.Wbr, atom.Embed:
		return true
	}
	return false
}

func isBlock(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Div, atom.Table, atom.Tr, atom.Ul, atom.Ol, atom.Li, atom.Blockquote, atom.Pre, atom.Hr,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Address, atom.Section, atom.Article,
		atom.Header, atom.Footer, atom.Center, atom.Dl, atom.Dt, atom.Dd, atom.Fieldset, atom.Form, atom.Body, atom.Tbody,
		atom.Thead, atom.Caption, atom.Figure, atom.Main, atom.Nav, atom.Aside:
		return true
	}
	return false
}

// isSpaced names blocks that stand off by an empty line.
func isSpaced(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Ul, atom.Ol, atom.Blockquote, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dl:
		return true
	}
	return false
}

// textWriter lays words out in lines.
type textWriter struct {
	b       strings.Builder
	breaks  int // line breaks owed before the next word
	blank   bool
	atStart bool // at the start of a line
	quotes  int
	pre     int
	lists   []int // per open list: next number, or 0 for bullets
}

const maxQuotes = 8

func (w *textWriter) String() string { return strings.TrimRight(w.b.String(), " \n\t") }

func (w *textWriter) owe(n int) { w.breaks = max(w.breaks, n) }

func (w *textWriter) open(tag atom.Atom, a attributes) {
	switch tag {
	case atom.Br:
		w.breaks = min(w.breaks+1, 3)
		return
	case atom.Hr:
		w.owe(2)
		return
	case atom.Img:
		if isEmoji(a.alt) {
			w.word(a.alt)
		}
		return
	case atom.Td, atom.Th:
		w.blank = w.blank || !w.atStart
		return
	}
	if isBlock(tag) {
		w.owe(1)
	}
	if isSpaced(tag) && len(w.lists) == 0 {
		w.owe(2)
	}
	switch tag {
	case atom.Blockquote:
		w.quotes++
	case atom.Pre:
		w.pre++
	case atom.Ul:
		w.lists = append(w.lists, 0)
	case atom.Ol:
		w.lists = append(w.lists, 1)
	case atom.Li:
		w.item()
	}
}

func (w *textWriter) item() {
	mark := "- "
	depth := len(w.lists)
	if depth > 0 && w.lists[depth-1] > 0 {
		mark = strconv.Itoa(w.lists[depth-1]) + ". "
		w.lists[depth-1]++
	}
	w.word(strings.Repeat("  ", max(0, min(depth, 6)-1)) + mark)
	w.atStart = true // no blank between mark and words
}

func (w *textWriter) close(tag atom.Atom) {
	if isBlock(tag) {
		w.owe(1)
	}
	switch tag {
	case atom.Blockquote:
		w.owe(2)
		w.quotes = max(0, w.quotes-1)
	case atom.Pre:
		w.pre = max(0, w.pre-1)
	case atom.Ul, atom.Ol:
		w.lists = w.lists[:max(0, len(w.lists)-1)]
	}
	if isSpaced(tag) && len(w.lists) == 0 {
		w.owe(2)
	}
}

// words writes text with its blanks folded, as a browser shows it.
func (w *textWriter) words(s string) {
	if w.pre > 0 {
		w.preformatted(s)
		return
	}
	for len(s) > 0 {
		i := strings.IndexFunc(s, isFoldable)
		if i == 0 {
			w.blank = w.blank || (!w.atStart && w.breaks == 0)
			_, size := utf8.DecodeRuneInString(s)
			s = s[size:]
			continue
		}
		if i < 0 {
			i = len(s)
		}
		w.word(s[:i])
		s = s[i:]
	}
}

// isFoldable includes the no-break blank, with which editors pad lines, and
// the invisible ones with which newsletters fill their preview.
func isFoldable(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' || r == '\u200B' || r == '\u200C' ||
		r == '\u034F' || r == '\u00AD' || r == '\u00A0' || r == '\uFEFF'
}

func (w *textWriter) preformatted(s string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			w.breaks = min(w.breaks+1, 3)
		}
		if line != "" {
			w.word(strings.TrimRight(line, "\r"))
		}
	}
}

func (w *textWriter) word(s string) {
	if s == "" {
		return
	}
	if w.b.Len() == 0 {
		w.breaks = 0
	}
	prefix := strings.Repeat("> ", min(w.quotes, maxQuotes))
	if w.b.Len() == 0 || w.breaks > 0 {
		for i := range w.breaks {
			w.b.WriteByte('\n')
			if i < w.breaks-1 && prefix != "" {
				w.b.WriteString(strings.TrimRight(prefix, " "))
			}
		}
		w.b.WriteString(prefix)
		w.atStart, w.blank = true, false
	}
	if w.blank && !w.atStart {
		w.b.WriteByte(' ')
	}
	w.b.WriteString(s)
	w.breaks, w.blank, w.atStart = 0, false, false
}

// isEmoji says that a picture stands for a character: Gmail and Outlook send
// smileys as images with the emoji as their text.
func isEmoji(alt string) bool {
	if alt == "" || len(alt) > 32 {
		return false
	}
	for _, r := range alt {
		if r < 0x2000 || unicode.IsLetter(r) {
			return false
		}
	}
	return true
}
