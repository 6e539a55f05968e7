package demo

import (
	"fmt"
	"html"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

var (
	shortMonths = [...]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."}
	shortDays   = [...]string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."}
)

// body of the answer that a customer quotes, with the name under it.
func (l letter) quoted() []string {
	return append(strings.Split(l.answered.Body, "\n"), "", l.answered.Name, ShopName)
}

// attribution is the line above a quote: "Le … a écrit :".
func (l letter) attribution() string {
	at := l.answered.At.In(l.date.Location())
	name := l.answered.Name + " · " + ShopName
	if l.from.english {
		return fmt.Sprintf("On %s, %s <%s> wrote:", at.Format("Mon, 2 Jan 2006 at 15:04"), name, Address)
	}
	day := fmt.Sprintf("%s %d %s %d", shortDays[at.Weekday()], at.Day(), shortMonths[at.Month()-1], at.Year())
	return fmt.Sprintf("Le %s à %s, %s <%s> a écrit :", day, at.Format("15:04"), name, Address)
}

// quote is our mail under the customer's words, as text.
func (l letter) quote() string {
	at := l.answered.At.In(l.date.Location())
	lines := l.quoted()
	switch l.from.program {
	case robot:
		return ""
	case outlook:
		return l.headed("De : %s <%s>\r\nEnvoyé : %s\r\nÀ : %s\r\nObjet : %s", lines)
	case laPoste:
		return l.headed("De : %q <%s>\r\nEnvoyé : %s\r\nA : %s\r\nObjet : %s", lines)
	case samsung:
		return "-------- Message d'origine --------\r\n" + l.headed("De : %s <%s>\r\nDate : %s\r\nÀ : %s\r\nObjet : %s", lines)
	case orange:
		top := []string{
			"Message du " + at.Format("02/01/06 15:04"), fmt.Sprintf("De : %q <%s>", ShopName, Address),
			"A : " + l.from.address, "Copie à : ", "Objet : " + l.subject, "",
		}
		return angled(append(top, lines...))
	}
	return l.attribution() + "\r\n\r\n" + angled(lines)
}

// headed is a quote under a block of header lines.
func (l letter) headed(format string, lines []string) string {
	at := l.answered.At.In(l.date.Location())
	return fmt.Sprintf(format, ShopName, Address, lang.SpokenDate(at, "fr"), l.from.name, l.subject) + "\r\n\r\n" + strings.Join(lines, "\r\n")
}

func angled(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimRight("> "+line, " ") + "\r\n")
	}
	return b.String()
}

func (l letter) gmailQuote() string {
	if l.answered == nil {
		return ""
	}
	return `<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">` + html.EscapeString(l.attribution()) +
		`<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">` +
		strings.Join(escaped(l.quoted()), "<br>") + `</blockquote></div>`
}

func (l letter) outlookQuote() string {
	if l.answered == nil {
		return ""
	}
	at := lang.SpokenDate(l.answered.At.In(l.date.Location()), "fr")
	return `<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>De&nbsp;:</b> ` +
		ShopName + ` &lt;` + Address + `&gt;<br><b>Envoyé&nbsp;:</b> ` + at + `<br><b>À&nbsp;:</b> ` + html.EscapeString(l.from.name) +
		`<br><b>Objet&nbsp;:</b> ` + html.EscapeString(l.subject) + `<o:p></o:p></p></div></div><div>` +
		strings.Join(escaped(l.quoted()), "<br>") + `</div>`
}

func escaped(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = html.EscapeString(line)
	}
	return out
}
