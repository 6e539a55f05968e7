package desk

import (
	"errors"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Actor is who acts, in which shop, with which role.
type Actor = team.Actor

// own holds a conversation for an actor. One of another shop doesn't exist.
func (d *Desk) own(tx *store.Tx, by Actor, c id.Conversation) (Conversation, error) {
	conv, err := Lock(tx, c)
	if errors.Is(err, store.ErrNone) || err == nil && conv.Shop != by.Shop {
		return Conversation{}, fault.Missing("conversation")
	}
	if err != nil { // a store in trouble is no missing conversation
		return Conversation{}, err
	}
	if conv.MergedInto != 0 {
		return conv, fault.New(fault.Conflict, "merged", "It was merged into another conversation; go on there.")
	}
	return conv, nil
}

// act holds a conversation for an actor, lets fn change it, and writes it back.
func (d *Desk) act(tx *store.Tx, by Actor, c id.Conversation, fn func(c *Conversation) error) (Conversation, error) {
	conv, err := d.own(tx, by, c)
	if err != nil {
		return conv, err
	}
	before := conv.Tray
	if err := fn(&conv); err != nil {
		return conv, err
	}
	if err := d.refresh(tx, &conv); err != nil {
		return conv, err
	}
	err = d.leftSort(tx, before, &conv, by.Person)
	return conv, err
}
