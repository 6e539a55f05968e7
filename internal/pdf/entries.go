package pdf

import "strings"

func (p *page) entries() {
	p.section(p.words.said)
	for _, e := range p.doc.Entries {
		p.entry(e)
	}
}

// entry writes who, when and what, then the files. A private note has straw
// beside it and says what it is, so that no one hands it on by mistake.
func (p *page) entry(e Entry) {
	p.keepTogether(18)
	p.rule()
	p.Ln(2)
	p.font("B", sizeText, ink)
	who := e.Author
	if e.Note {
		who = p.words.note + " · " + who
	}
	p.line(who, lineHigh)
	p.font("", sizeText-1, faint)
	p.line(joined(" · ", p.doc.at(e.At, p.words), e.Address, e.By, e.State), 4.2)
	if len(e.To) > 0 {
		p.line(p.words.to+p.words.colon+strings.Join(e.To, ", "), 4.2)
	}
	if e.Subject != "" {
		p.line(p.words.subject+p.words.colon+e.Subject, 4.2)
	}
	p.Ln(1)
	p.body(e)
	p.quote(e.Quote)
	p.files(e)
	p.Ln(3)
}

func (p *page) body(e Entry) {
	p.font("", sizeText, ink)
	text := strings.TrimSpace(e.Text)
	if text == "" {
		text = p.words.noWords
	}
	if e.Note {
		p.SetFillColor(251, 243, 213)
		p.MultiCell(0, lineHigh, p.fit(text), "", "L", true)
		return
	}
	p.line(text, lineHigh)
}

func (p *page) quote(text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	p.Ln(1)
	p.font("", sizeSmall, faint)
	p.line(p.words.quote, 3.8)
	p.SetLeftMargin(margin + 5)
	p.SetX(margin + 5)
	p.line(text, 3.8)
	p.SetLeftMargin(margin)
	p.SetX(margin)
}

// files lists each with what proves it: its size and the SHA-256 of its bytes.
func (p *page) files(e Entry) {
	if len(e.Files) > 0 {
		p.Ln(1)
		p.font("B", sizeSmall, ink)
		p.line(p.words.files, 3.8)
	}
	p.font("", sizeSmall, faint)
	for _, f := range e.Files {
		p.line(joined(" · ", f.Name, f.Type, p.words.size(f.Size)), 3.6)
		p.line("SHA-256 "+f.SHA256, 3.6)
	}
	if e.SHA256 != "" {
		p.Ln(0.8)
		p.line(joined(" · ", p.words.mail+" "+e.Name, "SHA-256 "+e.SHA256), 3.6)
	}
}

func joined(by string, parts ...string) string {
	var there []string
	for _, s := range parts {
		if s = strings.TrimSpace(s); s != "" {
			there = append(there, s)
		}
	}
	return strings.Join(there, by)
}
