package visible

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// document is an HTML body read as lines, so that text and HTML are judged by
// the same rules; each line remembers the nodes that it came from.
type document struct {
	body  *html.Node
	lines []line
}

// readHTML fails only when the elements nest deeper than the parser accepts.
func readHTML(body string) (*document, error) {
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r := reader{quotes: holdersOfQuotes(root)}
	doc := &document{body: find(root, atom.Body)}
	if doc.body == nil {
		doc.body = root
	}
	r.children(doc.body)
	r.endLine()
	doc.lines = r.lines
	return doc, nil
}

func find(n *html.Node, a atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == a {
			return d
		}
	}
	return nil
}

// reader walks the DOM and writes lines. The parser bounds the depth (512).
type reader struct {
	lines  []line
	quotes map[*html.Node]bool // elements with a <blockquote> inside

	text    strings.Builder
	parts   []part
	picture bool
	open    bool // the line holds something, if only an image
	gap     bool // a paragraph ended: a blank line before the next content

	quoted, marked int
	pre            int
	toEnd          bool
}

func (r *reader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
}

func (r *reader) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.words(n)
	case html.ElementNode:
		r.element(n)
	case html.DocumentNode:
		r.children(n)
	case html.ErrorNode, html.CommentNode, html.DoctypeNode, html.RawNode:
	}
}

func (r *reader) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript, atom.Iframe, atom.Noembed, atom.Noframes:
		return
	case atom.Br:
		r.object(n)
		r.newLine()
		return
	case atom.Hr:
		r.endLine()
		if startsHistory(n) {
			r.toEnd = true
		}
		r.object(n)
		r.newLine()
		return
	case atom.Img:
		r.picture = r.picture || !isPixel(n)
		r.object(n)
		return
	case atom.Td, atom.Th:
		r.space()
		r.children(n)
		return
	}
	kind, history := quoteKind(n, r.quotes[n]), startsHistory(n)
	if kind == notQuoted && !history && !isBlock(n.DataAtom) {
		r.children(n)
		return
	}
	r.endLine()
	r.gap = r.gap || hasGap(n)
	r.toEnd = r.toEnd || history
	r.enter(kind, n.DataAtom == atom.Pre, 1)
	r.children(n)
	r.endLine()
	r.enter(kind, n.DataAtom == atom.Pre, -1)
	r.gap = r.gap || hasGap(n)
}

func (r *reader) enter(kind quoteSign, pre bool, by int) {
	if kind != notQuoted {
		r.quoted += by
	}
	if kind == markedQuote {
		r.marked += by
	}
	if pre {
		r.pre += by
	}
}

// words adds a text node; white space folds as a browser folds it.
func (r *reader) words(n *html.Node) {
	if r.pre > 0 {
		for i, row := range strings.Split(n.Data, "\n") {
			if i > 0 {
				r.newLine()
			}
			r.add(n, row)
		}
		return
	}
	var b strings.Builder
	space := false
	for i := range len(n.Data) {
		switch c := n.Data[i]; c {
		case ' ', '\t', '\n', '\r', '\f':
			space = true
		default:
			if space && (b.Len() > 0 || r.wantsSpace()) {
				b.WriteByte(' ')
			}
			space = false
			b.WriteByte(c)
		}
	}
	if space && (b.Len() > 0 || r.wantsSpace()) {
		b.WriteByte(' ')
	}
	r.add(n, b.String())
}

func (r *reader) wantsSpace() bool {
	s := r.text.String()
	return s != "" && s[len(s)-1] != ' '
}

func (r *reader) space() {
	if r.wantsSpace() {
		r.text.WriteByte(' ')
	}
}

func (r *reader) add(n *html.Node, s string) {
	if s == "" {
		return
	}
	from := r.text.Len()
	r.text.WriteString(s)
	r.parts = append(r.parts, part{n, from, r.text.Len()})
	r.open = true
}

func (r *reader) object(n *html.Node) {
	at := r.text.Len()
	r.parts = append(r.parts, part{n, at, at})
	r.open = true
}

// endLine closes the line if it holds anything; newLine closes it anyway.
func (r *reader) endLine() {
	if r.open {
		r.newLine()
	}
}

func (r *reader) newLine() {
	text := r.text.String()
	if strings.TrimSpace(text) == "" {
		text = "" // a lone no-break space is a blank line in most programs
	}
	l := newLine(text)
	l.parts, l.picture = r.parts, r.picture
	if r.gap && !l.blank() && len(r.lines) > 0 && !r.lines[len(r.lines)-1].blank() {
		r.lines = append(r.lines, line{})
	}
	l.marked = r.marked > 0
	l.quoted = r.quoted > 0 || l.byAngle()
	if l.toEnd = r.toEnd && (!l.blank() || len(l.parts) > 0); l.toEnd {
		r.toEnd = false
	}
	r.gap = r.gap && l.blank()
	r.lines = append(r.lines, l)
	r.text.Reset()
	r.parts, r.picture, r.open = nil, false, false
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Pre, atom.Address, atom.Section, atom.Article,
		atom.Header, atom.Footer, atom.Center, atom.Form, atom.Fieldset, atom.Figure, atom.Figcaption, atom.Main, atom.Nav, atom.Aside,
		atom.Body, atom.Html, atom.Caption, atom.Details, atom.Summary:
		return true
	}
	return false
}

// hasGap says whether a browser sets the element off by a blank line.
func hasGap(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P:
		return !strings.Contains(attr(n, "class"), "MsoNormal")
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Ul, atom.Ol, atom.Dl, atom.Pre:
		return true
	}
	return false
}

func isPixel(n *html.Node) bool {
	small := func(s string) bool { return s == "0" || s == "1" || s == "1px" || s == "0px" }
	return small(attr(n, "width")) || small(attr(n, "height"))
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// tokenText is the text of HTML that the parser refuses, tag by tag.
func tokenText(body string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(body))
	skip := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return trimBlankLines(b.String())
		case html.TextToken:
			if skip == 0 {
				b.Write(z.Text())
			}
		case html.StartTagToken:
			if name, _ := z.TagName(); string(name) == "script" || string(name) == "style" {
				skip = 1
			} else {
				b.WriteByte('\n')
			}
		case html.EndTagToken:
			skip = 0
		case html.SelfClosingTagToken, html.CommentToken, html.DoctypeToken:
		}
	}
}
