package visible

// PlainText gives the tests the text of an HTML body as Split reads it, with
// nothing folded.
func PlainText(body string) string {
	doc, err := readHTML(body)
	if err != nil {
		return tokenText(body)
	}
	text, _ := assemble(doc.lines, newPlan(len(doc.lines)))
	return text
}
