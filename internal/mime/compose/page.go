package compose

import (
	"html"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page wraps the body in the smallest document that reads well: language and
// charset told, no colour set, so that a dark client may turn it dark.
func page(m Message) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html")
	if m.Language != "" {
		b.WriteString(` lang="` + m.Language + `"`)
	}
	b.WriteString(">\n<head>\n" +
		`<meta charset="utf-8">` + "\n" +
		`<meta name="viewport" content="width=device-width, initial-scale=1">` + "\n" +
		`<meta name="color-scheme" content="light dark">` + "\n" +
		`<meta name="supported-color-schemes" content="light dark">` + "\n" +
		"</head>\n<body>\n" +
		`<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5">` + "\n")
	b.WriteString(balanced(m.HTML))
	b.WriteString("\n</div>\n")
	if m.Quote != nil {
		b.WriteString(quoteHTML(*m.Quote))
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}

// quoteHTML marks the history as Apple Mail and Thunderbird do, so that
// clients fold it.
func quoteHTML(q Quote) string {
	content := balanced(q.HTML)
	if q.HTML == "" {
		content = strings.ReplaceAll(html.EscapeString(cleanText(q.Text)), "\n", "<br>\n")
	}
	return "<br>\n<div>" + html.EscapeString(oneLine(q.Intro)) + "</div>\n" +
		`<blockquote type="cite" style="margin:0 0 0 8px;padding:0 0 0 12px;border-left:1px solid #b5b5b5">` + "\n" +
		content + "\n</blockquote>\n"
}

// balanced closes what is open and drops what closes nothing: a stray </div>
// in a customer's history must not end our document.
func balanced(fragment string) string {
	nodes, err := parseFragment(fragment)
	if err != nil {
		return "<pre>" + html.EscapeString(cleanText(fragment)) + "</pre>"
	}
	var b strings.Builder
	for _, n := range nodes {
		// Rendering to memory fails only for trees that the parser never makes.
		if err := xhtml.Render(&b, n); err != nil {
			return "<pre>" + html.EscapeString(cleanText(fragment)) + "</pre>"
		}
	}
	return b.String()
}

func parseFragment(fragment string) ([]*xhtml.Node, error) {
	in := &xhtml.Node{Type: xhtml.ElementNode, Data: "body", DataAtom: atom.Body}
	return xhtml.ParseFragment(strings.NewReader(fragment), in)
}

// plainBody is the text/plain part: the body, then the history behind "> ".
func plainBody(m Message) string {
	text := m.Text
	if text == "" {
		text = TextFromHTML(m.HTML)
	}
	text = strings.TrimRight(cleanText(text), "\n \t") + "\n"
	if m.Quote == nil {
		return text
	}
	history := m.Quote.Text
	if history == "" {
		history = TextFromHTML(m.Quote.HTML)
	}
	var b strings.Builder
	b.WriteString(text + "\n" + oneLine(m.Quote.Intro) + "\n")
	for line := range strings.SplitSeq(strings.Trim(cleanText(history), "\n"), "\n") {
		b.WriteString(quoteLine(strings.TrimRight(line, " \t")) + "\n")
	}
	return b.String()
}

// quoteLine puts one more ">" before a line (RFC 3676, 4.5: no space between them).
func quoteLine(line string) string {
	if line == "" || line[0] == '>' {
		return ">" + line
	}
	return "> " + line
}
