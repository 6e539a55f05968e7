package api

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Team is a group of people of the shop.
type Team struct {
	ID        id.Team      `json:"id"`
	Name      string       `json:"name"`
	Lead      *id.Person   `json:"lead" doc:"In charge where nobody was named; null: the shop's lead"`
	Members   []id.Person  `json:"members" nullable:"false"`
	Mailboxes []id.Mailbox `json:"mailboxes" nullable:"false" doc:"What comes in by these is the team's"`
	Archived  bool         `json:"archived"`
}

type teamsOut struct {
	Body struct {
		Items []Team `json:"items" nullable:"false"`
	}
}

func (s *Server) teams(ctx context.Context, _ *struct{}) (*teamsOut, error) {
	out := &teamsOut{}
	shop := actor(ctx).Shop
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		out.Body.Items = []Team{}
		list, err := s.Team.Teams(tx, shop)
		if err != nil {
			return err
		}
		boxes, err := s.Shops.MailboxTeams(tx, shop)
		if err != nil {
			return err
		}
		for _, t := range list {
			shown := Team{ID: t.ID, Name: t.Name, Members: append([]id.Person{}, t.Members...), Mailboxes: []id.Mailbox{}, Archived: t.Archived}
			if t.Lead != 0 {
				shown.Lead = &t.Lead
			}
			for _, b := range boxes {
				if b.Team == t.ID {
					shown.Mailboxes = append(shown.Mailboxes, b.Mailbox)
				}
			}
			out.Body.Items = append(out.Body.Items, shown)
		}
		return nil
	})
	return out, err
}

// TeamInput is what a person says of a team.
type TeamInput struct {
	Name      string       `json:"name" maxLength:"500"`
	Lead      *id.Person   `json:"lead" nullable:"true"`
	Members   []id.Person  `json:"members" nullable:"false" maxItems:"200"`
	Mailboxes []id.Mailbox `json:"mailboxes" nullable:"false" maxItems:"200"`
}

func (in TeamInput) input() team.Input {
	return team.Input{Name: in.Name, Lead: given(in.Lead), Members: in.Members}
}

type addTeamIn struct{ Body TeamInput }

func (s *Server) addTeam(ctx context.Context, in *addTeamIn) (*teamsOut, error) {
	by := actor(ctx)
	return s.changeTeams(ctx, func(tx *store.Tx) error {
		made, err := s.Team.CreateTeam(tx, by, in.Body.input())
		if err != nil {
			return err
		}
		return s.Shops.GiveMailboxes(tx, by.Shop, made, in.Body.Mailboxes)
	})
}

type saveTeamIn struct {
	ID   int64 `path:"id"`
	Body TeamInput
}

func (s *Server) saveTeam(ctx context.Context, in *saveTeamIn) (*teamsOut, error) {
	by := actor(ctx)
	return s.changeTeams(ctx, func(tx *store.Tx) error {
		if err := s.Team.SaveTeam(tx, by, id.Team(in.ID), in.Body.input()); err != nil {
			return err
		}
		return s.Shops.GiveMailboxes(tx, by.Shop, id.Team(in.ID), in.Body.Mailboxes)
	})
}

// archiveTeam takes the team's mailboxes from it: what comes in by them is
// nobody's in particular again.
func (s *Server) archiveTeam(ctx context.Context, in *archiveIn) (*teamsOut, error) {
	by := actor(ctx)
	return s.changeTeams(ctx, func(tx *store.Tx) error {
		if err := s.Team.ArchiveTeam(tx, by, id.Team(in.ID), in.Body.Archived); err != nil || !in.Body.Archived {
			return err
		}
		return s.Shops.GiveMailboxes(tx, by.Shop, id.Team(in.ID), nil)
	})
}

func (s *Server) changeTeams(ctx context.Context, do func(tx *store.Tx) error) (*teamsOut, error) {
	if err := s.DB.InTx(ctx, do); err != nil {
		return nil, err
	}
	return s.teams(ctx, nil)
}
