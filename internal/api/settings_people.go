package api

import (
	"context"
	"net/url"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
)

type personOut struct{ Body view.Person }

func (s *Server) person(ctx context.Context, person id.Person) (*personOut, error) {
	list, err := s.Views.People(ctx, actor(ctx).Shop)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		if p.ID == person {
			return &personOut{Body: p}, nil
		}
	}
	return nil, fault.Missing("person")
}

type inviteIn struct {
	Body struct {
		Name     string    `json:"name" maxLength:"500"`
		Email    string    `json:"email" maxLength:"320"`
		Role     team.Role `json:"role" enum:"owner,lead,agent"`
		Language string    `json:"language,omitempty" enum:"fr,en"`
	}
}

// Invited is somebody new. The link is for when the mail doesn't arrive: for
// seven days whoever has it chooses the password.
type Invited struct {
	view.Person

	InviteLink string `json:"invite_link" doc:"Empty for somebody who has a password from another shop"`
}

type invitedOut struct{ Body Invited }

// invite adds somebody and mails them a link. Pressed again for somebody who
// has not joined yet, it makes a new link.
func (s *Server) invite(ctx context.Context, in *inviteIn) (*invitedOut, error) {
	by := actor(ctx)
	waiting, err := s.invitedAs(ctx, by.Shop, in.Body.Email)
	if err != nil {
		return nil, err
	}
	var made team.Invitation
	if waiting != 0 {
		made, err = s.Team.InviteAgain(ctx, by, waiting)
	} else {
		made, err = s.Team.Invite(ctx, by, team.NewPerson{
			Name: in.Body.Name, Email: in.Body.Email, Role: in.Body.Role, Language: in.Body.Language,
		})
	}
	if err != nil {
		return nil, err
	}
	p, err := s.person(ctx, made.Person)
	if err != nil {
		return nil, err
	}
	out := &invitedOut{Body: Invited{Person: p.Body}}
	if made.Token != "" {
		out.Body.InviteLink = s.URL + "/reset?token=" + url.QueryEscape(made.Token)
	}
	return out, nil
}

// invitedAs finds somebody of the shop who was invited at the address and has
// not joined yet.
func (s *Server) invitedAs(ctx context.Context, sh id.Shop, email string) (found id.Person, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		p, err := s.Team.ByEmail(tx, email)
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		if err != nil || p.Joined {
			return err
		}
		m, err := s.Team.Member(tx, sh, p.ID)
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		found = m.ID
		return err
	})
	return found, err
}

type savePersonIn struct {
	ID   int64 `path:"id"`
	Body struct {
		Role   *team.Role `json:"role,omitempty" enum:"owner,lead,agent"`
		Active *bool      `json:"active,omitempty"`
	}
}

func (s *Server) savePerson(ctx context.Context, in *savePersonIn) (*personOut, error) {
	by, person := actor(ctx), id.Person(in.ID)
	if in.Body.Role != nil {
		if err := s.Team.SetRole(ctx, by, person, *in.Body.Role); err != nil {
			return nil, err
		}
	}
	if in.Body.Active != nil {
		if err := s.Team.SetActive(ctx, by, person, *in.Body.Active); err != nil {
			return nil, err
		}
	}
	return s.person(ctx, person)
}

type setAbsenceIn struct {
	ID   int64 `path:"id"`
	Body struct {
		From       string     `json:"from" format:"date"`
		To         string     `json:"to" format:"date"`
		Substitute *id.Person `json:"substitute" required:"false" doc:"null: the lead, else the owner"`
	}
}

// setAbsence is for oneself, or for somebody whom one manages.
func (s *Server) setAbsence(ctx context.Context, in *setAbsenceIn) (*personOut, error) {
	a := team.Absence{Person: id.Person(in.ID)}
	var err error
	if a.First, err = calendar.ParseDate(in.Body.From); err != nil {
		return nil, fault.Wrong("from", "This is no day of the calendar.")
	}
	if a.Last, err = calendar.ParseDate(in.Body.To); err != nil {
		return nil, fault.Wrong("to", "This is no day of the calendar.")
	}
	if in.Body.Substitute != nil {
		a.Substitute = *in.Body.Substitute
	}
	if err := s.Team.SetAbsence(ctx, actor(ctx), a); err != nil {
		return nil, err
	}
	return s.person(ctx, a.Person)
}

type absenceIn struct {
	ID int64 `path:"id"`
}

func (s *Server) clearAbsence(ctx context.Context, in *absenceIn) (*personOut, error) {
	if err := s.Team.ClearAbsence(ctx, actor(ctx), id.Person(in.ID)); err != nil {
		return nil, err
	}
	return s.person(ctx, id.Person(in.ID))
}
