package ask

import (
	"errors"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

var mailOf = store.SQL(`select id from delivery where message_id = $1`)

// withdrawn is the reason kept with the promise.
const withdrawn = "withdrawn"

// Withdraw takes a question back: its links end, and the mail doesn't leave if
// it hasn't yet. Of one that was answered or withdrawn already nothing changes.
func (s *Service) Withdraw(tx *store.Tx, by team.Actor, ask id.Ask) (id.Conversation, error) {
	a, c, err := s.own(tx, by, ask)
	if err != nil {
		return c, err
	}
	_, err = s.Desk.Change(tx, c, func(*desk.Conversation) error {
		p, err := promise.Get(tx, a.Promise)
		if err != nil || p.State != promise.Open {
			return err
		}
		if err := s.Desk.Ledger.Waive(tx, p, by.Person, withdrawn); err != nil {
			return err
		}
		if err := s.callBack(tx, by, a); err != nil {
			return err
		}
		return s.Log.Append(tx, event.Event{
			Shop: a.Shop, Kind: event.AskWithdrawn, Conversation: c, Message: a.Message, Promise: a.Promise, Person: by.Person,
		}.With(map[string]any{"ask": int64(a.ID)}))
	})
	return c, err
}

// callBack keeps the mail here while it hasn't left.
func (s *Service) callBack(tx *store.Tx, by team.Actor, a Ask) error {
	d, found, err := store.Maybe[id.Delivery](tx, mailOf, a.Message)
	if err != nil || !found {
		return err
	}
	_, err = s.Post.Undo(tx, by, d)
	if fault.Is(err, "too_late") {
		return nil
	}
	return err
}

// own finds a question of the actor's shop and holds its conversation.
func (s *Service) own(tx *store.Tx, by team.Actor, ask id.Ask) (Ask, id.Conversation, error) {
	a, err := store.One[Ask](tx, selectAsk, ask)
	if errors.Is(err, store.ErrNone) || err == nil && a.Shop != by.Shop {
		return a, 0, fault.Missing("question")
	}
	if err != nil {
		return a, 0, err
	}
	c, err := s.held(tx, a.Promise)
	return a, c, err
}
