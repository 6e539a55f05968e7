package reply

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// showsInline tells whether a text shows a picture by its Content-ID (RFC 2392).
func showsInline(html, contentID string) bool {
	return contentID != "" && strings.Contains(html, "cid:"+contentID)
}

var selectAnswered = store.SQL(`
	select id from message where conversation_id = $1 and direction = 'in' and kind = 'customer' and id <= $2 order by id desc limit 1`)

// readQuoted reads the message that goes along below the author's words: the one
// that is handed on, or where it is asked for the one that is answered.
func (b *basis) readQuoted(tx *store.Tx, _ desk.Actor, a Answer) error {
	wanted := a.Options.Forward
	if wanted == 0 && a.Options.Quote {
		var err error
		if wanted, _, err = store.Maybe[id.Message](tx, selectAnswered, b.conv.ID, int64(a.SeenThrough)); err != nil {
			return err
		}
	}
	if wanted == 0 {
		return nil
	}
	m, err := desk.GetMessage(tx, wanted)
	// Only mail that came or went is shown to others: never an internal note.
	if err != nil || m.Conversation != b.conv.ID || m.Direction != desk.In && m.Direction != desk.Out {
		return fault.Wrong("forward", "This message is not there any more.")
	}
	b.quoted = m
	return nil
}

// history is what stands below the author's words.
func (b basis) history(forward bool) *compose.Quote {
	if b.quoted.ID == 0 {
		return nil
	}
	m, english := b.quoted, b.language() == "en"
	at := m.ArrivedAt.In(b.location)
	who := m.FromName
	if who == "" {
		who = m.FromAddress
	}
	if !forward {
		intro := "Le " + lang.ShortDate(at) + " à " + at.Format("15:04") + ", " + who + " a écrit :"
		if english {
			intro = "On " + lang.ShortDate(at) + " at " + at.Format("15:04") + ", " + who + " wrote:"
		}
		return &compose.Quote{Intro: intro, Text: m.Body}
	}
	words := [5]string{"Message transféré", "De : ", "Date : ", "Objet : ", "À : "}
	if english {
		words = [5]string{"Forwarded message", "From: ", "Date: ", "Subject: ", "To: "}
	}
	head := []string{words[1] + shownAddress(mime.Address{Name: m.FromName, Address: m.FromAddress})}
	if to := desk.ParseRecipients(m.Recipients).To; len(to) > 0 {
		shown := make([]string, len(to))
		for i, r := range to {
			shown[i] = shownAddress(r)
		}
		head = append(head, words[4]+strings.Join(shown, ", "))
	}
	head = append(head, words[2]+lang.ShortDate(at)+" "+at.Format("15:04"), words[3]+m.Subject)
	text := strings.Join(head, "\n") + "\n\n" + m.Body
	if m.Quote != "" {
		text += "\n\n" + m.Quote
	}
	return &compose.Quote{Intro: "---------- " + words[0] + " ----------", Text: text}
}

func shownAddress(a mime.Address) string {
	if a.Name == "" {
		return a.Address
	}
	return a.Name + " <" + a.Address + ">"
}
