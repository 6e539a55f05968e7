package team

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Invitation is a person who was invited.
type Invitation struct {
	Person id.Person
	// Token goes into the link by which the person sets a password, for seven
	// days; "" for somebody who has one from another shop.
	Token string
}

// Invite adds somebody to the actor's shop and mails them the link to set a
// password. ConfirmReset takes its token.
func (s *Service) Invite(ctx context.Context, by Actor, n NewPerson) (Invitation, error) {
	n.Password = ""
	token := newToken()
	var out Invitation
	err := s.db.InTx(ctx, func(tx *store.Tx) error {
		made, err := s.AddTx(tx, by, n)
		if err != nil {
			return err
		}
		out, err = s.invite(tx, by.Shop, made, token)
		return err
	})
	return out, err
}

// InviteAgain makes a new link for somebody who has not set a password yet.
func (s *Service) InviteAgain(ctx context.Context, by Actor, person id.Person) (Invitation, error) {
	token := newToken()
	var out Invitation
	err := s.db.InTx(ctx, func(tx *store.Tx) error {
		if err := s.mayChange(tx, by, person); err != nil {
			return err
		}
		if _, err := store.Exec(tx, dropResets, person); err != nil {
			return err
		}
		var err error
		out, err = s.invite(tx, by.Shop, person, token)
		if err == nil && out.Token == "" {
			err = fault.New(fault.Conflict, "conflict", "This person has a password already.")
		}
		return err
	})
	return out, err
}

func (s *Service) invite(tx *store.Tx, shop id.Shop, person id.Person, token string) (Invitation, error) {
	p, err := s.Get(tx, person)
	if err != nil || p.Joined {
		return Invitation{Person: person}, err
	}
	if err := s.newLink(tx, person, token, invitationLife); err != nil {
		return Invitation{}, err
	}
	if s.mailer != nil {
		if err := s.mailer.SendInvite(tx, p, shop, token); err != nil {
			return Invitation{}, err
		}
	}
	return Invitation{Person: person, Token: token}, nil
}
