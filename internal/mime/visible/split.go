package visible

import (
	"strings"
	"unicode"
)

// Input is the body of one mail: its text part, its HTML part, or both, as
// UTF-8. When Text is blank, the text is taken from HTML.
type Input struct{ Text, HTML string }

// Result is the body in two: what is shown and what is folded.
type Result struct {
	// Text is what the person wrote, as plain text with "\n" line ends.
	Text string
	// HTML is the visible part of Input.HTML as a fragment: not sanitised, and
	// empty when no HTML came in.
	HTML string
	// Quote is the folded rest as plain text, "" when nothing is folded.
	Quote string
}

// Split separates the visible part of a mail from its quoted history. The text
// and the HTML part are judged each by itself, since programs write them
// differently.
func Split(in Input) Result {
	var out Result
	if in.HTML != "" {
		doc, err := readHTML(in.HTML)
		if err != nil {
			return unreadable(in)
		}
		plan := fold(doc.lines)
		out.Text, out.Quote = assemble(doc.lines, plan)
		out.HTML = doc.render(plan)
	}
	if in.HTML == "" || strings.TrimSpace(in.Text) != "" {
		lines := readText(in.Text)
		out.Text, out.Quote = assemble(lines, fold(lines))
	}
	return out
}

// unreadable shows everything: HTML nested too deep for the parser is passed
// through for the sanitiser to judge.
func unreadable(in Input) Result {
	out := Result{Text: in.Text, HTML: in.HTML}
	if strings.TrimSpace(in.Text) == "" {
		out.Text = tokenText(in.HTML)
	} else {
		lines := readText(in.Text)
		out.Text, out.Quote = assemble(lines, fold(lines))
	}
	return out
}

// plan says for each line from which byte on it is folded: 0 the whole line,
// -1 nothing.
type plan []int

func newPlan(n int) plan {
	p := make(plan, n)
	for i := range p {
		p[i] = -1
	}
	return p
}

func (p plan) foldsAnything() bool {
	for _, from := range p {
		if from >= 0 {
			return true
		}
	}
	return false
}

// assemble writes the visible and the folded lines in their order. Blank lines
// directly after a fold go with it, so that the hole does not show.
func assemble(lines []line, p plan) (text, quote string) {
	var shown, folded strings.Builder
	afterFold := false
	for i, l := range lines {
		switch from := p[i]; {
		case from == 0:
			folded.WriteString(l.text + "\n")
			afterFold = true
		case from > 0:
			shown.WriteString(strings.TrimRight(l.text[:from], " \t") + "\n")
			folded.WriteString(l.text[from:] + "\n")
			afterFold = true
		case l.blank() && afterFold:
			folded.WriteString(l.text + "\n")
		default:
			shown.WriteString(l.text + "\n")
			afterFold = false
		}
	}
	return trimBlankLines(shown.String()), trimBlankLines(folded.String())
}

// trimBlankLines drops leading blank lines and trailing white space; the
// indent of the first line stays.
func trimBlankLines(s string) string {
	s = strings.TrimRightFunc(s, unicode.IsSpace)
	for {
		end := strings.IndexByte(s, '\n')
		if end < 0 || strings.TrimSpace(s[:end]) != "" {
			return s
		}
		s = s[end+1:]
	}
}
