package reply

import (
	"encoding/json"
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// acts is what sending an answer did beside it, kept with its delivery so that
// calling it back takes that back too.
type acts struct {
	Actions []knowledge.Action `json:"actions,omitempty"` // as its author left them
	Tagged  []id.Tag           `json:"tagged,omitempty"`  // were not there before
	Given   bool               `json:"given,omitempty"`   // put in charge: To, after From
	To      id.Person          `json:"to,omitempty"`
	From    id.Person          `json:"from,omitempty"`
	Team    id.Team            `json:"team,omitempty"`
	WasTeam id.Team            `json:"was_team,omitempty"`
}

func (a acts) json() string {
	if len(a.Actions) == 0 {
		return ""
	}
	raw, err := json.Marshal(a)
	if err != nil { // cannot happen: numbers and words
		return ""
	}
	return string(raw)
}

var isTagged = store.SQL(`select count(*) from conversation_tag where conversation_id = $1 and tag_id = $2`)

// act does what the answer's saved text proposed and its author left in: tags,
// and who is in charge. What names somebody or something that is gone is passed
// over. Snoozing, waiting and closing come when the answer has arrived.
func (s *Service) act(tx *store.Tx, by desk.Actor, conv desk.Conversation, list []knowledge.Action) (done acts, err error) {
	for _, a := range list {
		switch a.Kind {
		case knowledge.Tag:
			err = s.actTag(tx, by, conv, a.Tag, &done)
		case knowledge.Assign:
			err = s.actAssign(tx, by, conv, a, &done)
		case knowledge.Snooze, knowledge.Wait, knowledge.Close:
		}
		if err != nil && fault.KindOf(err) == fault.Internal {
			return done, err
		}
		done.Actions = append(done.Actions, a)
	}
	return done, nil
}

func (s *Service) actTag(tx *store.Tx, by desk.Actor, conv desk.Conversation, word string, done *acts) error {
	words := &label.Service{Clock: s.Clock, Events: s.Log}
	tag, err := words.TagNamed(tx, by, word)
	if err != nil {
		return err
	}
	n, err := store.One[int](tx, isTagged, conv.ID, tag)
	if err != nil || n > 0 {
		return err
	}
	if _, err := s.Desk.Tag(tx, by, conv.ID, tag, true); err != nil {
		return err
	}
	done.Tagged = append(done.Tagged, tag)
	return nil
}

func (s *Service) actAssign(tx *store.Tx, by desk.Actor, conv desk.Conversation, a knowledge.Action, done *acts) error {
	if a.Team != 0 {
		to := id.Team(a.Team)
		if t, err := s.Team.TeamOf(tx, conv.Shop, to); err != nil || t.Archived {
			return err
		}
		done.Team, done.WasTeam, done.To, done.From = to, conv.Team, 0, conv.Assignee
		_, err := s.Desk.AssignTeam(tx, by, conv.ID, to)
		return err
	}
	who, err := s.Team.Member(tx, conv.Shop, a.Person)
	if err != nil || !who.Active {
		return err
	}
	done.Given, done.To, done.From = true, a.Person, conv.Assignee
	_, err = s.Desk.Assign(tx, by, conv.ID, a.Person)
	return err
}

// takeActsBack undoes what sending did, as far as nobody changed it since.
func (s *Service) takeActsBack(tx *store.Tx, by desk.Actor, c id.Conversation, kept string) ([]knowledge.Action, error) {
	var done acts
	if kept == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(kept), &done); err != nil {
		return nil, fmt.Errorf("what was done beside the answer: %w", err)
	}
	conv, err := desk.Get(tx, c)
	if err != nil {
		return nil, err
	}
	for _, tag := range done.Tagged {
		if _, err := s.Desk.Tag(tx, by, conv.ID, tag, false); err != nil && fault.KindOf(err) == fault.Internal {
			return nil, err
		}
	}
	if done.Team != 0 && conv.Team == done.Team {
		if _, err := s.Desk.AssignTeam(tx, by, conv.ID, done.WasTeam); err != nil {
			return nil, err
		}
		if conv.Assignee == 0 && done.From != 0 { // who was no member had left the charge
			done.Given, done.To = true, 0
		}
	}
	if done.Given && conv.Assignee == done.To {
		if _, err := s.Desk.Assign(tx, by, conv.ID, done.From); err != nil {
			return nil, err
		}
	}
	return done.Actions, nil
}
