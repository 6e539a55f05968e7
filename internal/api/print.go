package api

import (
	"bytes"
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/pdf"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// printed writes a conversation as a PDF in the reader's language, to be shown
// and printed, or with ?save=1 to be saved. ?notes=1 puts private notes in,
// ?quotes=1 the quoted history.
func (s *Server) printed(w http.ResponseWriter, r *http.Request) error {
	var wanted id.Conversation
	if err := pathID(r, &wanted, "conversation"); err != nil {
		return err
	}
	by := actor(r.Context())
	whole, err := s.Views.Printed(r.Context(), by, wanted)
	if err != nil {
		return err
	}
	var reader team.Member
	err = s.DB.Read(r.Context(), func(tx *store.Tx) (err error) {
		reader, err = s.Team.Member(tx, by.Shop, by.Person)
		return err
	})
	if err != nil {
		return err
	}
	doc := onPaper(whole, printing{
		words: printWords[reader.Language], at: s.Clock.Now(), by: reader.Name, language: reader.Language,
		notes: r.FormValue("notes") == "1", quotes: r.FormValue("quotes") == "1",
	})
	if whole.Shop.Logo != "" {
		// Drawn by us when it came; a logo that is gone is no reason to print nothing.
		doc.Shop.Logo, _ = blob.ReadAll(r.Context(), s.Blobs, whole.Shop.Logo)
	}
	var out bytes.Buffer
	if err := pdf.Write(&out, doc); err != nil {
		return err
	}
	file := served{kind: "application/pdf", policy: "frame-ancestors 'self'", cache: "no-store"}
	if r.FormValue("save") == "1" {
		file.name = strings.ToLower(strings.Join(strings.Fields(whole.Shop.Name), "-")) + "-" + strconv.FormatInt(whole.Number, 10) + ".pdf"
	}
	file.head(w.Header())
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(out.Bytes()))
	return nil
}

// printing is how a conversation is put on paper.
type printing struct {
	words         map[string]string
	language      string
	at            time.Time
	by            string
	notes, quotes bool
}

// onPaper is a conversation as the paper has it.
func onPaper(c view.Printed, how printing) pdf.Document {
	zone, _ := calendar.LoadLocation(c.Shop.Timezone) // nil is UTC
	doc := pdf.Document{
		Language: how.language, Zone: zone, Number: c.Number, Subject: cmp.Or(c.Subject, how.words["no_subject"]),
		Customer: c.Customer.Name, Addresses: c.Customer.Addresses, PrintedAt: how.at, PrintedBy: how.by, Shortened: c.Shortened,
		Shop: pdf.Shop{Name: c.Shop.Name, Address: c.Shop.Address, Contact: strings.Trim(c.Shop.URL+" · "+c.Shop.Phone, " ·")},
	}
	for _, p := range c.Promises {
		if what := how.promised(p); what.What != "" {
			doc.Promises = append(doc.Promises, what)
		}
	}
	for _, e := range c.Entries {
		switch {
		case e.Message != nil:
			doc.Entries = append(doc.Entries, how.message(c, e))
		case e.Note != nil && how.notes:
			note := pdf.Entry{Note: true, At: e.At, Text: e.Note.Text}
			if e.Note.Author != nil {
				note.Author = e.Note.Author.Name
			}
			doc.Entries = append(doc.Entries, note)
		}
	}
	return doc
}

// promised is what was owed to the customer, or to a colleague where notes are
// shown; nothing for what only orders the desk's own day.
func (how printing) promised(p view.Promise) pdf.Promise {
	what := how.words["promise."+p.Kind]
	if what == "" || p.Kind == "lead" && !how.notes {
		return pdf.Promise{}
	}
	if p.Title != "" && p.Title != what {
		what += " · " + p.Title
	}
	state := p.State
	switch {
	case p.State == "open" && p.Mark == "broken":
		state = "broken"
	case p.Late:
		state = "kept_late"
	}
	out := pdf.Promise{What: what, State: how.words["state."+state], Basis: cmp.Or(how.words["basis."+p.Basis], p.Basis), DueAt: p.DueAt}
	if p.ClosedAt != nil {
		out.EndAt = *p.ClosedAt
	}
	return out
}

func (how printing) message(c view.Printed, e view.Entry) pdf.Entry {
	m, from := e.Message, c.Originals[e.Message.ID]
	out := pdf.Entry{
		Ours: m.Direction == "out", At: e.At, Author: cmp.Or(m.Author.Name, m.Author.Address), By: how.words["by."+m.Channel],
		Text: m.Text, Name: from.MessageID, SHA256: string(from.Raw),
	}
	if m.Author.Name != "" {
		out.Address = m.Author.Address
	}
	if kind := how.words["message."+m.Kind]; kind != "" {
		out.By += " · " + kind
	}
	if m.Subject != c.Subject {
		out.Subject = m.Subject
	}
	for _, to := range slices.Concat(m.To, m.Cc) {
		name := to.Address
		if to.Name != "" {
			name = to.Name + " <" + to.Address + ">"
		}
		out.To = append(out.To, name)
	}
	if m.Delivery != nil {
		out.State = how.words["delivery."+m.Delivery.State]
	}
	if how.quotes {
		out.Quote = from.Quote
	}
	for _, f := range m.Attachments {
		out.Files = append(out.Files, pdf.File{Name: f.Name, Type: f.Type, Size: f.Size, SHA256: string(c.Files[f.ID])})
	}
	return out
}
