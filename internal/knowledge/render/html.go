package render

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// Result is a filled answer.
type Result struct {
	HTML string
	// Holes are the variables that stand as they are, each once, in order:
	// "{{order.number}}".
	Holes []string
}

// HTML fills the body of a saved answer, a fragment as the composer writes it.
// In French it also sets the spaces of French typography. A paragraph or list
// entry that held nothing but variables whose value is empty goes.
func HTML(body string, f Facts) Result {
	nodes, err := html.ParseFragment(strings.NewReader(body), &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"})
	if err != nil {
		return Result{HTML: html.EscapeString(body)}
	}
	root := &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	w := &filler{facts: f}
	w.fill(root)
	var out strings.Builder
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		if err := html.Render(&out, n); err != nil {
			return Result{HTML: html.EscapeString(body)}
		}
	}
	return Result{HTML: out.String(), Holes: w.holes}
}

type filler struct {
	facts Facts
	holes []string
}

func (w *filler) fill(n *html.Node) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		switch {
		case child.Type == html.TextNode:
			w.text(child)
		case child.Type == html.ElementNode:
			w.fill(child)
		}
		child = next
	}
}

// text puts values in place of the variables of one text node, and cleans up
// behind those that are empty.
func (w *filler) text(n *html.Node) {
	at := inBraces.FindAllStringIndex(n.Data, -1)
	pieces := make([]*html.Node, 0, 2*len(at)+1)
	emptied, last := false, 0
	for _, m := range at {
		token := n.Data[m[0]:m[1]]
		value, ok := w.facts.resolve(readVariable(token))
		if !ok {
			if !slices.Contains(w.holes, token) {
				w.holes = append(w.holes, token)
			}
			continue // it stays in the text
		}
		pieces = appendText(pieces, n.Data[last:m[0]])
		pieces = append(pieces, valueNodes(value, within(n, atom.A))...)
		emptied = emptied || value == ""
		last = m[1]
	}
	pieces = appendText(pieces, n.Data[last:])
	parent := n.Parent
	pieces = joined(pieces)
	for _, p := range pieces {
		w.typography(p, n)
		parent.InsertBefore(p, n)
	}
	parent.RemoveChild(n)
	if emptied {
		dropEmpty(parent)
	}
}

func appendText(pieces []*html.Node, s string) []*html.Node {
	if s == "" {
		return pieces
	}
	return append(pieces, &html.Node{Type: html.TextNode, Data: s})
}

// joined makes one text node of neighbours, so that typography sees the words
// on both sides of a value.
func joined(pieces []*html.Node) []*html.Node {
	var out []*html.Node
	for _, p := range pieces {
		if n := len(out); n > 0 && p.Type == html.TextNode && out[n-1].Type == html.TextNode {
			out[n-1].Data += p.Data
			continue
		}
		out = append(out, p)
	}
	return out
}

// valueNodes are a value as nodes: lines apart by breaks, a web address as a
// link unless it stands in one.
func valueNodes(value string, inLink bool) []*html.Node {
	var nodes []*html.Node
	for i, line := range strings.Split(value, "\n") {
		if i > 0 {
			nodes = append(nodes, &html.Node{Type: html.ElementNode, DataAtom: atom.Br, Data: "br"})
		}
		line = strings.TrimSpace(line)
		if inLink || !isAddress(line) {
			nodes = appendText(nodes, line)
			continue
		}
		link := &html.Node{Type: html.ElementNode, DataAtom: atom.A, Data: "a", Attr: []html.Attribute{{Key: "href", Val: line}}}
		link.AppendChild(&html.Node{Type: html.TextNode, Data: line})
		nodes = append(nodes, link)
	}
	return nodes
}

func isAddress(s string) bool {
	return (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && !strings.ContainsAny(s, " \t<>\"")
}

func within(n *html.Node, tag atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == tag {
			return true
		}
	}
	return false
}

// typography sets the spaces of a French text. Text after something in bold
// begins in the middle of a line, which a letter before it says.
func (w *filler) typography(p, at *html.Node) {
	if w.facts.english() || p.Type != html.TextNode || within(at, atom.Code) || within(at, atom.Pre) {
		return
	}
	if at.PrevSibling != nil && at.PrevSibling.DataAtom != atom.Br {
		p.Data = strings.TrimPrefix(lang.Typography("a"+p.Data), "a")
		return
	}
	p.Data = lang.Typography(p.Data)
}

// dropEmpty removes the paragraph or list entry around n when nothing is left
// in it, and the list that held only it.
func dropEmpty(n *html.Node) {
	for n != nil && n.Parent != nil && isEmpty(n) {
		parent := n.Parent
		parent.RemoveChild(n)
		n = parent
	}
}

func isEmpty(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode && c.DataAtom != atom.Br || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			return false
		}
	}
	return true
}
