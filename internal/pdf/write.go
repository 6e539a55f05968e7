package pdf

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// Millimetres on A4, and points of the font.
const (
	margin    = 20.0
	foot      = 18.0
	lineHigh  = 4.8
	sizeText  = 9.5
	sizeSmall = 7.5
	sizeTitle = 15.0
	logoHigh  = 12.0
)

// Colours are those of print: black words, two greys, straw for a note.
type shade int

const (
	ink   shade = 26
	faint shade = 105
	hair  shade = 205
)

// page is a document being written.
type page struct {
	*fpdf.Fpdf
	fitter

	doc   Document
	words words
}

// Write writes a document as PDF 1.x, A4.
func Write(to io.Writer, d Document) error {
	p := &page{Fpdf: fpdf.New("P", "mm", "A4", ""), doc: d, words: wordsIn(d.Language)}
	p.AddUTF8FontFromBytes("go", "", goregular.TTF)
	p.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	p.SetMargins(margin, margin, margin)
	p.SetAutoPageBreak(true, foot+6)
	p.AliasNbPages("{pages}")
	p.SetTitle(p.fit(p.words.numbered(d.Number)+" · "+d.Subject), true)
	p.SetAuthor(p.fit(d.Shop.Name), true)
	p.SetCreationDate(d.PrintedAt)
	p.SetModificationDate(d.PrintedAt)
	p.SetCatalogSort(true)
	p.SetHeaderFunc(p.head)
	p.SetFooterFunc(p.foot)
	p.AddPage()
	p.title()
	p.promises()
	p.entries()
	p.remarks()
	if err := p.Output(to); err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	return nil
}

func (p *page) font(style string, size float64, s shade) {
	p.SetFont("go", style, size)
	p.SetTextColor(int(s), int(s), int(s))
}

// line writes text that wraps, in the font chosen.
func (p *page) line(text string, high float64) { p.MultiCell(0, high, p.fit(text), "", "L", false) }

func (p *page) rule() {
	p.SetDrawColor(int(hair), int(hair), int(hair))
	p.SetLineWidth(0.2)
	p.Line(margin, p.GetY(), 210-margin, p.GetY())
}

// head names shop and conversation on each page; the first has the whole head
// of the shop.
func (p *page) head() {
	if p.PageNo() == 1 {
		p.letterhead()
		return
	}
	p.SetY(10)
	p.font("", sizeSmall, faint)
	p.CellFormat(0, 4, p.fit(p.doc.Shop.Name+" · "+p.words.numbered(p.doc.Number)), "", 0, "L", false, 0, "")
	p.SetY(margin)
}

func (p *page) letterhead() {
	shop := p.doc.Shop
	left := margin
	if len(shop.Logo) > 0 {
		options := fpdf.ImageOptions{ImageType: "PNG"}
		if info := p.RegisterImageOptionsReader("logo", options, bytes.NewReader(shop.Logo)); info != nil && p.Ok() {
			p.ImageOptions("logo", margin, margin, 0, logoHigh, false, options, 0, "")
			left += info.Width()*logoHigh/info.Height() + 4
		}
		p.ClearError() // a picture that can't be read is no reason to print nothing
	}
	p.SetXY(left, margin)
	p.font("B", 11, ink)
	p.CellFormat(0, 5.5, p.fit(shop.Name), "", 2, "L", false, 0, "")
	p.font("", sizeSmall, faint)
	for _, l := range append(strings.Split(shop.Address, "\n"), shop.Contact) {
		if l = strings.TrimSpace(l); l != "" {
			p.SetX(left)
			p.CellFormat(0, 3.6, p.fit(l), "", 2, "L", false, 0, "")
		}
	}
	p.SetXY(margin, max(p.GetY(), margin+logoHigh)+4)
	p.rule()
	p.Ln(5)
}

func (p *page) foot() {
	p.SetY(-foot)
	p.font("", sizeSmall, faint)
	p.CellFormat(120, 4, p.fit(fmt.Sprintf(p.words.printed, p.doc.at(p.doc.PrintedAt, p.words), p.doc.PrintedBy)), "", 0, "L", false, 0, "")
	p.CellFormat(0, 4, fmt.Sprintf(p.words.page, p.PageNo()), "", 0, "R", false, 0, "")
}

func (p *page) title() {
	d := p.doc
	p.font("", sizeSmall, faint)
	p.line(p.words.numbered(d.Number), 4)
	p.font("B", sizeTitle, ink)
	p.line(d.Subject, 6.5)
	p.Ln(1)
	p.font("", sizeText, ink)
	p.line(p.words.customer+p.words.colon+strings.Join(append([]string{d.Customer}, d.Addresses...), " · "), lineHigh)
	p.Ln(3)
}

func (p *page) section(name string) {
	p.Ln(2)
	p.keepTogether(16)
	p.font("B", sizeText+1, ink)
	p.line(name, 6)
	p.Ln(1)
}

// keepTogether begins a page where less than so much of this one is left.
func (p *page) keepTogether(high float64) {
	if p.GetY()+high > 297-foot-6 {
		p.AddPage()
	}
}

func (p *page) promises() {
	if len(p.doc.Promises) == 0 {
		return
	}
	p.section(p.words.promises)
	for _, it := range p.doc.Promises {
		p.keepTogether(10)
		p.font("B", sizeText, ink)
		p.line(it.What, lineHigh)
		parts := []string{fmt.Sprintf(p.words.due, p.doc.at(it.DueAt, p.words))}
		if it.EndAt.IsZero() {
			parts = append(parts, it.State)
		} else {
			parts = append(parts, fmt.Sprintf(p.words.ended, it.State, p.doc.at(it.EndAt, p.words)))
		}
		if it.Basis != "" {
			parts = append(parts, it.Basis)
		}
		p.font("", sizeText-1, faint)
		p.line(strings.Join(parts, " · "), 4.2)
		p.Ln(1.5)
	}
}

// remarks say what the document could not show.
func (p *page) remarks() {
	p.font("", sizeSmall, faint)
	if p.doc.Shortened {
		p.Ln(2)
		p.line(p.words.shortened, 3.6)
	}
	if p.missing {
		p.Ln(2)
		p.line(p.words.missing, 3.6)
	}
}
