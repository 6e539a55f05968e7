package ask

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var insertAnswer = store.SQL(`insert into ask_answer (message_id, ask_id) values ($1, $2)`)

// given is an answer from inside, however it came.
type given struct {
	key         string // the same answer twice is one note
	name        string
	address     string
	text, quote string
	files       []desk.File
	messageID   string
	inReplyTo   string
	fingerprint string
	raw         blob.Hash
	words       *search.Words
	at          time.Time
	sentAt      time.Time
	automatic   bool // a machine's: it answers nothing
}

// take makes a note of an answer, keeps the promise and tells the asker and who
// follows the conversation. again is true when it was here already.
func (s *Service) take(tx *store.Tx, a Ask, g given) (note desk.Message, again bool, err error) {
	c, err := s.held(tx, a.Promise)
	if err != nil {
		return note, false, err
	}
	_, err = s.Desk.Change(tx, c, func(conv *desk.Conversation) error {
		if note, again, err = desk.ByKey(tx, c, g.key); err != nil || again {
			return err
		}
		if note, err = s.append(tx, conv, a, g); err != nil {
			return err
		}
		if !g.automatic {
			conv.SnoozedUntil = time.Time{} // what was waited for is here
			if err := s.keep(tx, a, g.at); err != nil {
				return err
			}
		}
		if err := s.Desk.Notice(tx, conv, desk.NoticeAskAnswered, note.ID, a.Person); err != nil {
			return err
		}
		if err := s.Desk.NoticeFollowers(tx, conv, desk.NoticeAskAnswered, note.ID, a.Person); err != nil {
			return err
		}
		return s.Log.Append(tx, event.Event{
			Shop: a.Shop, Kind: event.AskAnswered, Conversation: c, Message: note.ID, Promise: a.Promise,
		}.With(map[string]any{"ask": int64(a.ID), "automatic": g.automatic}))
	})
	return note, again, err
}

func (s *Service) append(tx *store.Tx, conv *desk.Conversation, a Ask, g given) (desk.Message, error) {
	note, err := s.Desk.Append(tx, desk.Message{
		Shop: a.Shop, Conversation: conv.ID, Direction: desk.Note, Kind: desk.KindAskAnswer, Channel: desk.ChannelMail,
		FromName: g.name, FromAddress: g.address, Recipients: "{}", Body: g.text, Quote: g.quote, HTML: paragraphs(g.text),
		Language: a.Language, MessageID: g.messageID, InReplyTo: g.inReplyTo, Fingerprint: g.fingerprint, Raw: g.raw,
		SendKey: g.key, ArrivedAt: g.at, SentAt: g.sentAt,
	})
	if err != nil {
		return note, err
	}
	if _, err := store.Exec(tx, insertAnswer, note.ID, a.ID); err != nil {
		return note, err
	}
	for _, f := range g.files {
		if _, err := s.Desk.Attach(tx, a.Shop, note.ID, 0, f); err != nil {
			return note, err
		}
	}
	if g.words != nil {
		return note, search.Put(tx, note.ID, *g.words)
	}
	return note, desk.Findable(tx, note, g.files...)
}

// keep ends the question's promise by its first answer.
func (s *Service) keep(tx *store.Tx, a Ask, at time.Time) error {
	if _, err := store.Exec(tx, setAnswered, a.ID, at); err != nil {
		return err
	}
	p, err := promise.Get(tx, a.Promise)
	if err != nil || p.State != promise.Open {
		return err
	}
	return s.Desk.Ledger.Done(tx, p, id.Person(0))
}
