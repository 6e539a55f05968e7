package compose

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// TextFromHTML says a fragment in plain text: paragraphs apart by an empty
// line, lists with "- " or numbers, quotes behind "> ", links as "texte
// (https://…)", pictures by their alternative text. It has no trailing line
// break and never fails; what cannot be parsed gives an empty text.
func TextFromHTML(fragment string) string {
	nodes, err := parseFragment(fragment)
	if err != nil {
		return ""
	}
	w := &textWriter{}
	for _, n := range nodes {
		w.node(n)
	}
	return w.b.String()
}

var block = map[atom.Atom]int{ // line ends around the element
	atom.P: 2, atom.Ul: 2, atom.Ol: 2, atom.Blockquote: 2, atom.Pre: 2, atom.Table: 2, atom.Dl: 2, atom.Figure: 2,
	atom.H1: 2, atom.H2: 2, atom.H3: 2, atom.H4: 2, atom.H5: 2, atom.H6: 2,
	atom.Div: 1, atom.Li: 1, atom.Tr: 1, atom.Dt: 1, atom.Dd: 1, atom.Section: 1, atom.Article: 1, atom.Header: 1,
	atom.Footer: 1, atom.Address: 1, atom.Figcaption: 1, atom.Caption: 1, atom.Center: 1, atom.Form: 1,
}

func (w *textWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
	case html.ElementNode:
		w.element(n)
	}
}

func (w *textWriter) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript:
		return
	case atom.Br:
		w.breaks++
		return
	case atom.Hr:
		w.lineBreak(1)
		w.text("---")
		w.lineBreak(1)
		return
	case atom.Img:
		w.text(attribute(n, "alt"))
		return
	}
	around := block[n.DataAtom]
	if n.Parent != nil && n.Parent.DataAtom == atom.Li && around == 2 {
		around = 1 // a list in a list, or a paragraph in an item, stays close
	}
	w.lineBreak(around)
	if n.DataAtom == atom.Div && attribute(n, "class") == signatureClass {
		w.lineBreak(2)
		w.word(signatureMark)
		w.lineBreak(1)
	}
	w.inside(n)
	w.lineBreak(around)
}

// inside writes the content with what the element adds to it.
func (w *textWriter) inside(n *html.Node) {
	switch n.DataAtom {
	case atom.Blockquote:
		w.indented("> ", "", n)
	case atom.Li:
		bullet := itemMark(n)
		w.indented(strings.Repeat(" ", len(bullet)), bullet, n)
	case atom.Pre:
		was := w.pre
		w.pre = true
		w.children(n)
		w.pre = was
	case atom.Td, atom.Th:
		w.space = w.space || n.PrevSibling != nil
		w.children(n)
	case atom.A:
		w.link(n)
	default:
		w.children(n)
	}
}

func (w *textWriter) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

// itemMark is "- " or the item's number.
func itemMark(li *html.Node) string {
	if li.Parent == nil || li.Parent.DataAtom != atom.Ol {
		return "- "
	}
	n, err := strconv.Atoi(attribute(li.Parent, "start"))
	if err != nil || n < 0 || n > 1_000_000 {
		n = 1
	}
	for s := li.PrevSibling; s != nil; s = s.PrevSibling {
		if s.DataAtom == atom.Li {
			n++
		}
	}
	return strconv.Itoa(n) + ". "
}

// link writes the address behind the words, unless the words are the address.
func (w *textWriter) link(n *html.Node) {
	w.children(n)
	href := strings.TrimSpace(attribute(n, "href"))
	_, bare, found := strings.Cut(href, "//")
	if !found {
		bare = strings.TrimPrefix(href, "mailto:")
	}
	said := strings.Join(strings.Fields(wordsOf(n)), " ")
	if said == href || strings.TrimSuffix(said, "/") == strings.TrimSuffix(bare, "/") {
		return
	}
	switch {
	case strings.HasPrefix(href, "mailto:"):
		w.text(" (" + bare + ")")
	case strings.HasPrefix(href, "https://"), strings.HasPrefix(href, "http://"):
		w.text(" (" + href + ")")
	}
}

func wordsOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
