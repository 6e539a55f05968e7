package sanitise

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cleaner is our own pass over the parsed document.
type cleaner struct {
	rules   *rules
	options Options
	final   bool // pictures have been rewritten by CIDURL already
	blocked int
}

// round parses, cleans, writes and passes the second wall. It fails when the
// elements nest deeper than the parser accepts.
func (c *cleaner) round(in string) (string, error) {
	in = strings.ReplaceAll(strings.ToValidUTF8(in, "\ufffd"), "\x00", "")
	root, err := html.Parse(strings.NewReader(in))
	if err != nil {
		return "", fmt.Errorf("parse: %w", err)
	}
	c.countDropped(root)
	body := bodyOf(root)
	if body == nil {
		return "", nil
	}
	frame := c.frame(body)
	c.children(body)
	if frame != nil {
		for child := body.FirstChild; child != nil; child = body.FirstChild {
			body.RemoveChild(child)
			frame.AppendChild(child)
		}
		body.AppendChild(frame)
	}
	out, err := written(body)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(c.rules.wall.Sanitize(out)), nil
}

// written is the content of the body as HTML.
func written(body *html.Node) (string, error) {
	var b strings.Builder
	for child := body.FirstChild; child != nil; child = child.NextSibling {
		if err := html.Render(&b, child); err != nil {
			return "", fmt.Errorf("write: %w", err)
		}
	}
	return b.String(), nil
}

// isStable: parsed and written again the fragment is the same, so every
// browser sees the elements that we saw.
func isStable(fragment string) bool {
	root, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		return false
	}
	body := bodyOf(root)
	if body == nil {
		return fragment == ""
	}
	again, err := written(body)
	return err == nil && strings.TrimSpace(again) == fragment
}

func bodyOf(root *html.Node) *html.Node {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (n.DataAtom == atom.Body || n.DataAtom == atom.Frameset) && n.Namespace == "" {
			return n
		}
	}
	return nil
}

// frame is a <div> with the look of the <body>, or nil when it has none.
func (c *cleaner) frame(body *html.Node) *html.Node {
	if !c.rules.styles {
		return nil
	}
	style := value(body, "style")
	if colour := value(body, "bgcolor"); safeWord(colour) {
		style = "background-color:" + colour + ";" + style
	}
	if colour := value(body, "text"); safeWord(colour) {
		style = "color:" + colour + ";" + style
	}
	div := &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div", Attr: []html.Attribute{{Key: "style", Val: style}}}
	if isRemote(value(body, "background")) {
		c.block(div)
	}
	c.attributes(div)
	if len(div.Attr) == 0 {
		return nil
	}
	return div
}

func (c *cleaner) children(n *html.Node) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		switch child.Type {
		case html.TextNode:
		case html.ElementNode:
			if unwrapped := c.element(n, child); unwrapped != nil {
				next = unwrapped
			}
		case html.ErrorNode, html.DocumentNode, html.CommentNode, html.DoctypeNode, html.RawNode:
			n.RemoveChild(child)
		}
		child = next
	}
}

// element cleans one child of n. When it leaves only its content behind, the
// first node of that content is the answer, to be cleaned next.
func (c *cleaner) element(n, child *html.Node) *html.Node {
	name := child.Data
	if child.Namespace != "" || dropped[name] {
		n.RemoveChild(child)
		return nil
	}
	if as, found := c.rules.renamed[name]; found {
		child.Data, child.DataAtom = as, atom.Lookup([]byte(as))
	} else if _, known := c.rules.elements[name]; !known {
		return unwrap(n, child)
	}
	c.attributes(child)
	if child.DataAtom == atom.Img && !c.rules.pictures && value(child, "src") == "" {
		n.RemoveChild(child)
		return nil
	}
	c.children(child)
	return nil
}

// unwrap puts the content of child in its place.
func unwrap(n, child *html.Node) *html.Node {
	first := child.FirstChild
	for g := child.FirstChild; g != nil; g = child.FirstChild {
		child.RemoveChild(g)
		n.InsertBefore(g, child)
	}
	if first == nil {
		first = child.NextSibling
	}
	n.RemoveChild(child)
	return first
}

// attributes keeps what is on the lists and judges every address.
func (c *cleaner) attributes(n *html.Node) {
	allowed := c.rules.elements[n.Data]
	var kept []html.Attribute
	remote := false
	for _, a := range n.Attr {
		if a.Namespace != "" || (!slices.Contains(allowed, a.Key) && !slices.Contains(c.rules.everywhere, a.Key)) {
			remote = remote || loads[a.Key] && hasRemote(a.Val)
			continue
		}
		val, ok := c.attribute(a, &remote)
		if ok && !slices.ContainsFunc(kept, func(k html.Attribute) bool { return k.Key == a.Key }) {
			kept = append(kept, html.Attribute{Key: a.Key, Val: val})
		}
	}
	n.Attr = kept
	if remote {
		c.block(n)
	}
	if n.DataAtom == atom.A && c.rules.linkRel {
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "rel" || a.Key == "target" })
		if value(n, "href") != "" {
			n.Attr = append(n.Attr, html.Attribute{Key: "rel", Val: "noopener noreferrer nofollow"}, html.Attribute{Key: "target", Val: "_blank"})
		}
	}
	// The parser sorts the attributes of some elements; in one order from the
	// start, the first round is the last.
	slices.SortFunc(n.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
}

func (c *cleaner) attribute(a html.Attribute, remote *bool) (string, bool) {
	switch a.Key {
	case "href":
		return link(a.Val)
	case "src":
		return c.picture(a.Val, remote)
	case "srcset":
		if hasRemote(a.Val) && !c.options.AllowRemote {
			*remote = true
		}
		return "", false // src is enough, and one address less to judge
	case "background":
		return c.background(a.Val, remote)
	case "style":
		val, fetches := style(a.Val, c.options.AllowRemote)
		*remote = *remote || fetches
		return val, val != ""
	case "data-blocked":
		return a.Val, a.Val == "remote"
	case "rel", "target":
		return a.Val, true
	}
	return a.Val, !strings.ContainsAny(a.Val, "\x00")
}

// block marks an element whose remote address was removed, and counts it.
func (c *cleaner) block(n *html.Node) {
	if c.options.AllowRemote {
		return
	}
	c.blocked++
	if slices.Contains(c.rules.elements[n.Data], "data-blocked") && value(n, "data-blocked") == "" {
		n.Attr = append(n.Attr, html.Attribute{Key: "data-blocked", Val: "remote"})
	}
}

// countDropped counts the remote addresses of elements that are dropped whole.
func (c *cleaner) countDropped(root *html.Node) {
	if c.options.AllowRemote || !c.rules.styles {
		return
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch {
		case n.DataAtom == atom.Style:
			if n.FirstChild != nil {
				c.blocked += countFetches(n.FirstChild.Data)
			}
		case n.DataAtom == atom.Link && isRemote(value(n, "href")):
			c.blocked++
		case n.Data == "image" && (isRemote(value(n, "href")) || isRemote(value(n, "xlink:href"))):
			c.blocked++
		case dropped[n.Data] && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return loads[a.Key] && hasRemote(a.Val) }):
			c.blocked++
		}
	}
}

func value(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// parsedURL reads an address as browsers do: without the controls and blanks
// by which "java\nscript:" is smuggled past a filter.
func parsedURL(raw string) (*url.URL, bool) {
	raw = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.TrimSpace(raw))
	u, err := url.Parse(raw)
	return u, err == nil && raw != ""
}
