package reading

import (
	"html"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Return gives the draft back to its author with a note, which stands in the
// timeline too. Invalid faults: note.
func (s *Service) Return(tx *store.Tx, by team.Actor, reading id.Reading, note string) (id.Conversation, error) {
	note = strings.TrimSpace(note)
	if note == "" {
		return 0, fault.Wrong("note", "Say what should be changed.")
	}
	r, c, err := open(tx, by, reading)
	if err != nil {
		return c, err
	}
	if r.Author == by.Person {
		return c, fault.New(fault.Forbidden, "own_draft", "Somebody else has to read it.")
	}
	if err := s.free(tx, r, c, Returned, by, note); err != nil {
		return c, err
	}
	said, err := s.Desk.AddNote(tx, by, c, "reading:returned:"+r.ID.String(), "<p>"+strings.ReplaceAll(html.EscapeString(note), "\n", "<br>")+"</p>")
	if err != nil {
		return c, err
	}
	_, err = s.Desk.Change(tx, c, func(conv *desk.Conversation) error {
		if err := s.Desk.Notice(tx, conv, desk.NoticeReadingReturned, said.ID, r.Author); err != nil {
			return err
		}
		return s.tell(tx, r, event.ReadingReturned, c, by.Person, said.ID)
	})
	return c, err
}

// Withdraw takes the draft back before it was read. For its author, and for who
// takes what was passed to the lead.
func (s *Service) Withdraw(tx *store.Tx, by team.Actor, reading id.Reading) (id.Conversation, error) {
	r, c, err := open(tx, by, reading)
	if err != nil {
		return c, err
	}
	if r.Author != by.Person {
		if err := by.Need(team.EscalateTake); err != nil {
			return c, err
		}
	}
	if err := s.free(tx, r, c, Withdrawn, by, ""); err != nil {
		return c, err
	}
	return c, s.tell(tx, r, event.ReadingWithdrawn, c, by.Person, 0)
}

// free ends a reading and lets the draft be written on.
func (s *Service) free(tx *store.Tx, r Reading, c id.Conversation, as State, by team.Actor, note string) error {
	_, err := s.Desk.Change(tx, c, func(*desk.Conversation) error {
		if err := s.end(tx, r, as, by.Person, note, 0); err != nil {
			return err
		}
		_, err := store.Exec(tx, freeDraft, c, r.ID, s.Clock.Now())
		return err
	})
	return err
}
