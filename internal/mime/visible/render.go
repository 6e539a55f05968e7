package visible

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isRuleAbove says that the line is an <hr> that belongs to the old mail below
// it: one that a program writes, or one that stands in the same block as the
// text after it.
func (l line) isRuleAbove() bool {
	hr := l.rule()
	if hr == nil {
		return false
	}
	style := strings.ReplaceAll(attr(hr, "style"), " ", "")
	if attr(hr, "id") != "" || attr(hr, "tabindex") != "" || strings.Contains(style, "98%") || attr(hr, "width") == "98%" {
		return true
	}
	next := hr.NextSibling
	for next != nil && next.Type == html.TextNode && strings.TrimSpace(next.Data) == "" {
		next = next.NextSibling
	}
	return next != nil && (next.Type == html.TextNode || !isBlock(next.DataAtom))
}

func (l line) rule() *html.Node {
	if len(l.parts) == 1 && l.parts[0].node.DataAtom == atom.Hr {
		return l.parts[0].node
	}
	return nil
}

// render removes the folded parts from the DOM and writes the rest as a
// fragment. It changes the document: it is called once.
func (d *document) render(p plan) string {
	d.cut(p)
	var b strings.Builder
	for c := d.body.FirstChild; c != nil; c = c.NextSibling {
		if err := html.Render(&b, c); err != nil {
			continue // a raw node with content that can't be written safely
		}
	}
	return strings.TrimSpace(b.String())
}

func (d *document) cut(p plan) {
	if !p.foldsAnything() {
		return
	}
	kept := make(map[*html.Node]*strings.Builder)
	var touched []*html.Node
	for i, l := range d.lines {
		if p[i] < 0 {
			continue
		}
		for _, pt := range l.parts {
			if p[i] >= pt.to && pt.from < pt.to {
				continue
			}
			if kept[pt.node] == nil {
				kept[pt.node] = &strings.Builder{}
				touched = append(touched, pt.node)
			}
		}
	}
	d.keepWords(p, kept)
	emptied := make(map[*html.Node]bool)
	for _, n := range touched {
		for up := n.Parent; up != nil && up != d.body && !emptied[up]; up = up.Parent {
			emptied[up] = true
		}
		if words := kept[n].String(); n.Type == html.TextNode && words != "" {
			n.Data = words
		} else {
			n.Parent.RemoveChild(n)
		}
	}
	prune(d.body, emptied)
}

// keepWords collects, for the text nodes that lose words, the words that stay.
func (d *document) keepWords(p plan, kept map[*html.Node]*strings.Builder) {
	for i, l := range d.lines {
		for _, pt := range l.parts {
			b := kept[pt.node]
			if b == nil || p[i] == 0 || pt.from == pt.to {
				continue
			}
			to := pt.to
			if p[i] > 0 {
				to = max(pt.from, min(to, p[i]))
			}
			if b.Len() > 0 {
				b.WriteByte('\n') // rows of a <pre>
			}
			b.WriteString(l.text[pt.from:to])
		}
	}
}

// prune removes the elements that lost something and hold nothing any more. It
// says whether n still holds something to see.
func prune(n *html.Node, emptied map[*html.Node]bool) bool {
	holds := false
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch c.Type {
		case html.TextNode:
			holds = holds || strings.TrimSpace(c.Data) != ""
		case html.ElementNode:
			inside := prune(c, emptied) || standsAlone(c.DataAtom)
			if !inside && emptied[c] {
				n.RemoveChild(c)
			}
			holds = holds || inside
		case html.ErrorNode, html.DocumentNode, html.CommentNode, html.DoctypeNode, html.RawNode:
		}
		c = next
	}
	return holds
}

// standsAlone: elements that show something without any content.
func standsAlone(a atom.Atom) bool {
	switch a {
	case atom.Br, atom.Hr, atom.Img, atom.Input, atom.Video, atom.Audio, atom.Object, atom.Iframe, atom.Svg, atom.Canvas:
		return true
	}
	return false
}
