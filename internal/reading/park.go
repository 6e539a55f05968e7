package reading

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// New is what an author asks for.
type New struct {
	Conversation id.Conversation
	Reader       id.Person        // 0: the lead
	Revision     int64            // of the draft, as its author last saved it
	PassReason   string           // why a stop of the guard is passed
	Promises     []reply.Promised // what the text promises, as its author confirmed it
	SendAt       time.Time        // zero: once it is approved
}

// Park asks a colleague, else the lead, to read the saved draft of a
// conversation, and leaves it as it is until then. Invalid faults: reader.
// Conflict: draft_gone, stale, parked.
func (s *Service) Park(tx *store.Tx, by team.Actor, n New) (id.Reading, error) {
	var made Reading
	conv, err := desk.Get(tx, n.Conversation)
	if err != nil || conv.Shop != by.Shop {
		return 0, fault.Missing("conversation")
	}
	_, err = s.Desk.Change(tx, n.Conversation, func(c *desk.Conversation) error {
		if c.MergedInto != 0 {
			return fault.New(fault.Conflict, "merged", "It was merged into another conversation; go on there.")
		}
		if err := s.ready(tx, n); err != nil {
			return err
		}
		reader, err := s.reader(tx, by, *c, n.Reader)
		if err != nil {
			return err
		}
		if made, err = s.park(tx, by, c, n, reader); err != nil {
			return err
		}
		if err := s.Desk.Notice(tx, c, desk.NoticeReadingAsked, c.LastMessage, reader); err != nil {
			return err
		}
		return s.tell(tx, made, event.ReadingAsked, c.ID, by.Person, 0)
	})
	return made.ID, err
}

func (s *Service) park(tx *store.Tx, by team.Actor, c *desk.Conversation, n New, reader id.Person) (made Reading, err error) {
	promises, err := json.Marshal(n.Promises)
	if err != nil {
		return made, err
	}
	p, err := s.Desk.Ledger.AskReading(tx, promise.Owed{Shop: c.Shop, Conversation: c.ID, Channel: c.Channel, Person: reader})
	if err != nil {
		return made, err
	}
	now := s.Clock.Now()
	made = Reading{
		Shop: c.Shop, Promise: p.ID, Author: by.Person, Reader: reader, State: Open, PassReason: strings.TrimSpace(n.PassReason),
		Promises: string(promises), SendAt: n.SendAt, CreatedAt: now,
	}
	made.ID, err = store.One[id.Reading](tx, insertReading, made.Shop, made.Promise, made.Author, made.Reader, made.PassReason,
		made.Promises, made.SendAt, now)
	if err != nil {
		return made, err
	}
	_, err = store.Exec(tx, parkDraft, c.ID, made.ID, by.Person, now)
	return made, err
}

// ready: there is an answer to read, as its author left it.
func (s *Service) ready(tx *store.Tx, n New) error {
	draft, found, err := reply.DraftOf(tx, n.Conversation)
	switch {
	case err != nil:
		return err
	case !found || draft.Kind != "answer":
		return fault.New(fault.Conflict, "draft_gone", "There is no draft to read.")
	case draft.Reading != 0:
		return fault.New(fault.Conflict, "parked", "The draft waits for a second reading; take it back to change it.")
	case draft.Revision != n.Revision:
		return reply.Stale{Current: draft}
	}
	return nil
}

// reader is whom it is given to: never the author, never somebody away.
func (s *Service) reader(tx *store.Tx, by team.Actor, c desk.Conversation, wanted id.Person) (id.Person, error) {
	if wanted == by.Person {
		return 0, fault.Wrong("reader", "Somebody else has to read it.")
	}
	if wanted != 0 {
		who, err := s.Team.Member(tx, by.Shop, wanted)
		if err != nil {
			return 0, err
		}
		if !who.Active {
			return 0, fault.Wrong("reader", "This person has left the team.")
		}
	}
	zone, err := s.Shops.Location(tx, by.Shop)
	if err != nil {
		return 0, err
	}
	reader, err := s.Team.InChargeFor(tx, team.Charge{Shop: by.Shop, Person: wanted, Team: c.Team}, s.Clock.Now(), zone)
	if err == nil && (reader == 0 || reader == by.Person) {
		err = fault.Wrong("reader", "Choose who reads it: the lead is you, or away.")
	}
	return reader, err
}
