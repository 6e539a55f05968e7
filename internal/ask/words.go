package ask

import (
	"html"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/reply"
)

// wordsOf are what the mails say around a question.
type wordsOf struct {
	subject, product, open, or, by, hello, remind, customer, shop string
}

var said = map[string]wordsOf{
	"fr": {
		subject: "Question", product: "Produit : ", hello: "Bonjour,",
		open: "Répondre en ligne, sans compte ni mot de passe :", or: "Vous pouvez aussi répondre simplement à ce mail.",
		by:       "Réponse attendue avant le ",
		remind:   "Nous attendions votre réponse avant le {due}. Pouvez-vous répondre dès que possible ? Voici la question :",
		customer: "Message du client, ", shop: "Notre message, ",
	},
	"en": {
		subject: "Question", product: "Product: ", hello: "Hello,",
		open: "Answer online, without account or password:", or: "You can also simply reply to this email.",
		by:       "Answer expected by ",
		remind:   "We expected your answer by {due}. Could you answer as soon as possible? Here is the question:",
		customer: "The customer's message, ", shop: "Our message, ",
	},
}

// shownInSubject is how much of the question its subject shows, in code points.
const shownInSubject = 60

func subjectOf(language, question string, c id.Conversation) string {
	first := []rune(oneLine(question))
	if len(first) > shownInSubject {
		first = first[:shownInSubject]
		// Not within a word or a number, unless it has no end.
		if space := strings.LastIndexByte(string(first), ' '); space > shownInSubject/2 {
			first = []rune(strings.TrimRight(string(first)[:space], " ,;:"))
		}
		first = append(first, '…')
	}
	sep := " : "
	if language == "en" {
		sep = ": "
	}
	return said[language].subject + sep + string(first) + " (n° " + c.String() + ")"
}

// quotes are the chosen messages as text: when they came and whose side wrote,
// never the customer's name or address.
func (a asking) quotes() string {
	w := said[a.to.Language]
	var parts []string
	for _, m := range a.quoted {
		whose := w.customer
		if m.Direction == desk.Out {
			whose = w.shop
		}
		at := m.ArrivedAt.In(a.location)
		parts = append(parts, whose+lang.ShortDate(at)+" "+at.Format("15:04")+"\n"+strings.TrimSpace(m.Body))
	}
	return strings.Join(parts, "\n\n")
}

// mail writes the question as a mail, with the link by which it is answered.
func (a asking) mail(by id.Person, link string) reply.Question {
	w := said[a.to.Language]
	parts := []string{w.hello, a.Question}
	if a.product != "" {
		parts = append(parts, w.product+a.product)
	}
	if q := a.quotes(); q != "" {
		parts = append(parts, "« "+strings.ReplaceAll(q, "\n", "\n  ")+" »")
	}
	due := w.by + lang.SpokenDate(a.DueAt.In(a.location), a.to.Language) + "."
	q := reply.Question{
		Conversation: a.conv, By: by, To: mime.Address{Name: a.to.Name, Address: a.to.Address}, Author: a.Question, Language: a.to.Language,
		Subject: subjectOf(a.to.Language, a.Question, a.conv.ID), Files: alongside(a.files),
	}
	sign := []string{a.asker + "\n" + a.shop}
	q.Text, q.HTML = letter(parts, w, due, link, sign)
	return q
}

// letter joins the parts of a mail, as text and as HTML.
func letter(parts []string, w wordsOf, due, link string, sign []string) (text, asHTML string) {
	before := append(append([]string{}, parts...), due)
	text = strings.Join(append(append(append([]string{}, before...), w.open+"\n"+link, w.or), sign...), "\n\n")
	asHTML = paragraphs(strings.Join(before, "\n\n")) +
		`<p>` + html.EscapeString(w.open) + `<br><a href="` + html.EscapeString(link) + `">` + html.EscapeString(link) + `</a></p>` +
		paragraphs(strings.Join(append([]string{w.or}, sign...), "\n\n"))
	return text, asHTML
}

// alongside are the files that go with the mail: all or none, since half of them
// would look like all.
func alongside(files []desk.File) []desk.File {
	total := int64(0)
	for _, f := range files {
		total += f.Size
	}
	if total > maxAttached {
		return nil
	}
	return files
}

// paragraphs makes HTML of plain text.
func paragraphs(text string) string {
	var b strings.Builder
	for p := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(strings.TrimSpace(p)), "\n", "<br>") + "</p>")
	}
	return b.String()
}

// reminder is the mail to who hasn't answered in time.
func reminder(a Ask, note desk.Message, shop string, due time.Time, link string) (text, asHTML string) {
	w := said[a.Language]
	late := strings.ReplaceAll(w.remind, "{due}", lang.SpokenDate(due, a.Language))
	parts := []string{w.hello, late, note.Body}
	text = strings.Join(append(parts, w.open+"\n"+link, w.or, shop), "\n\n")
	asHTML = paragraphs(strings.Join(parts, "\n\n")) +
		`<p>` + html.EscapeString(w.open) + `<br><a href="` + html.EscapeString(link) + `">` + html.EscapeString(link) + `</a></p>` +
		paragraphs(w.or+"\n\n"+shop)
	return text, asHTML
}
