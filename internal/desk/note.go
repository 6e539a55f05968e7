package desk

import (
	"errors"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var selectByKey = store.SQL(`select ` + MessageColumns + ` from message where conversation_id = $1 and send_key = $2`)

// ByKey finds the message that an earlier press of the same button made.
func ByKey(tx *store.Tx, c id.Conversation, key string) (Message, bool, error) {
	return store.Maybe[Message](tx, selectByKey, c, key)
}

// AddNote writes an internal note, which tells those whom it mentions and who
// follow the conversation. A second press with the same key changes nothing.
func (d *Desk) AddNote(tx *store.Tx, by Actor, c id.Conversation, key, html string, mentions ...id.Person) (Message, error) {
	html = sanitise.Fragment(html)
	text := compose.TextFromHTML(html)
	if text == "" {
		return Message{}, fault.Wrong("html", "The note is empty.")
	}
	var note Message
	_, err := d.act(tx, by, c, func(conv *Conversation) error {
		before, found, err := ByKey(tx, c, key)
		if err != nil || found {
			note = before
			return err
		}
		note, err = d.Append(tx, Message{
			Shop: conv.Shop, Conversation: c, Direction: Note, Kind: KindNote, Channel: conv.Channel, Person: by.Person,
			Body: text, HTML: html, SendKey: key, ArrivedAt: d.Clock.Now(), Recipients: "{}",
		})
		if err != nil {
			return err
		}
		if err := d.mention(tx, conv, note.ID, by.Person, mentions); err != nil {
			return err
		}
		if err := d.tellFollowers(tx, conv, NoticeNote, note.ID, by.Person); err != nil {
			return err
		}
		if err := Findable(tx, note); err != nil {
			return err
		}
		return d.Log.Append(tx, event.Event{
			Shop: conv.Shop, Kind: event.NoteAdded, Conversation: c, Message: note.ID, Person: by.Person,
		})
	})
	if errors.Is(err, store.ErrDuplicate) {
		return note, fault.New(fault.Conflict, "twice", "The note is being written already.")
	}
	return note, err
}
