package team

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Team is a group of people who answer for some conversations of a shop.
type Team struct {
	ID       id.Team   `db:"id"`
	Shop     id.Shop   `db:"shop_id"`
	Name     string    `db:"name"`
	Lead     id.Person `db:"lead_id"`
	Archived bool      `db:"archived"`

	Members []id.Person
}

// Input is what a person says of a team. The lead is a member.
type Input struct {
	Name    string
	Lead    id.Person // none: the shop's
	Members []id.Person
}

const (
	maxTeams    = 50
	maxTeamName = 60
)

var (
	selectTeams = store.SQL(`select id, shop_id, name, lead_id, archived from team where shop_id = $1 order by name, id`)
	selectTeam  = store.SQL(`select id, shop_id, name, lead_id, archived from team where id = $1 and shop_id = $2`)
	lockTeam    = store.SQL(`select id, shop_id, name, lead_id, archived from team where id = $1 and shop_id = $2 {for update}`)
	selectMates = store.SQL(`
		select m.team_id, m.person_id from team_member m join team t on t.id = m.team_id where t.shop_id = $1 order by m.team_id, m.person_id`)
	insertTeam  = store.SQL(`insert into team (shop_id, name, lead_id, created_at) values ($1, $2, $3, $4) returning id`)
	updateTeam  = store.SQL(`update team set name = $2, lead_id = $3 where id = $1`)
	archiveTeam = store.SQL(`update team set archived = $2 where id = $1`)
	insertMate  = store.SQL(`insert into team_member (team_id, person_id) values ($1, $2)`)
	deleteMates = store.SQL(`delete from team_member where team_id = $1`)
	inTeam      = store.SQL(`select count(*) from team_member where team_id = $1 and person_id = $2`)
)

type mate struct {
	Team   id.Team   `db:"team_id"`
	Person id.Person `db:"person_id"`
}

// Teams reads a shop's teams with their members by name, the archived ones too.
func (s *Service) Teams(tx *store.Tx, shop id.Shop) ([]Team, error) {
	teams, err := store.All[Team](tx, selectTeams, shop)
	if err != nil {
		return nil, err
	}
	mates, err := store.All[mate](tx, selectMates, shop)
	for i := range teams {
		for _, m := range mates {
			if m.Team == teams[i].ID {
				teams[i].Members = append(teams[i].Members, m.Person)
			}
		}
	}
	return teams, err
}

// TeamOf reads one team of a shop without its members; a NotFound fault when
// there is none.
func (s *Service) TeamOf(tx *store.Tx, shop id.Shop, team id.Team) (Team, error) {
	t, found, err := store.Maybe[Team](tx, selectTeam, team, shop)
	if err == nil && !found {
		err = fault.Missing("team")
	}
	return t, err
}

// InTeam tells whether a person is a member of a team.
func InTeam(tx *store.Tx, team id.Team, person id.Person) (bool, error) {
	n, err := store.One[int64](tx, inTeam, team, person)
	return n > 0, err
}

// CreateTeam makes a team; for who manages people.
func (s *Service) CreateTeam(tx *store.Tx, by Actor, in Input) (id.Team, error) {
	in, err := s.checkedTeam(tx, by, in)
	if err != nil {
		return 0, err
	}
	there, err := s.Teams(tx, by.Shop)
	if err != nil {
		return 0, err
	}
	if len(there) >= maxTeams {
		return 0, fault.New(fault.Conflict, "full", "There are 50 teams already.")
	}
	made, err := store.One[id.Team](tx, insertTeam, by.Shop, in.Name, in.Lead, s.clock.Now())
	if err != nil {
		return 0, sameTeamName(err)
	}
	return made, s.fillTeam(tx, by, made, in.Members)
}

// SaveTeam changes a team's name, lead and members.
func (s *Service) SaveTeam(tx *store.Tx, by Actor, team id.Team, in Input) error {
	in, err := s.checkedTeam(tx, by, in)
	if err != nil {
		return err
	}
	if err := s.ownTeam(tx, by, team); err != nil {
		return err
	}
	if _, err := store.Exec(tx, updateTeam, team, in.Name, in.Lead); err != nil {
		return sameTeamName(err)
	}
	if _, err := store.Exec(tx, deleteMates, team); err != nil {
		return err
	}
	return s.fillTeam(tx, by, team, in.Members)
}

// ArchiveTeam takes a team out of use, or back into it. What was given to it
// keeps its name; nobody is in charge through it any more.
func (s *Service) ArchiveTeam(tx *store.Tx, by Actor, team id.Team, archived bool) error {
	if err := by.Need(SettingsPeople); err != nil {
		return err
	}
	if err := s.ownTeam(tx, by, team); err != nil {
		return err
	}
	if _, err := store.Exec(tx, archiveTeam, team, archived); err != nil {
		return sameTeamName(err)
	}
	return s.teamChanged(tx, by, team)
}

// ownTeam holds a team: two people who change its members take turns.
func (s *Service) ownTeam(tx *store.Tx, by Actor, team id.Team) error {
	_, found, err := store.Maybe[Team](tx, lockTeam, team, by.Shop)
	if err == nil && !found {
		err = fault.Missing("team")
	}
	return err
}

func (s *Service) fillTeam(tx *store.Tx, by Actor, team id.Team, members []id.Person) error {
	for _, p := range members {
		if _, err := store.Exec(tx, insertMate, team, p); err != nil {
			return err
		}
	}
	return s.teamChanged(tx, by, team)
}

func (s *Service) teamChanged(tx *store.Tx, by Actor, team id.Team) error {
	e := event.Event{Kind: event.TeamChanged, Shop: by.Shop, Person: by.Person}
	return s.events.Append(tx, e.With(map[string]any{"team": team}))
}

func (s *Service) checkedTeam(tx *store.Tx, by Actor, in Input) (Input, error) {
	if err := by.Need(SettingsPeople); err != nil {
		return in, err
	}
	in.Name = strings.Join(strings.Fields(in.Name), " ")
	switch {
	case in.Name == "":
		return in, fault.Wrong("name", "The team needs a name.")
	case utf8.RuneCountInString(in.Name) > maxTeamName:
		return in, fault.Wrong("name", "The name is longer than 60 characters.")
	}
	if in.Lead != 0 {
		in.Members = append(slices.Clone(in.Members), in.Lead)
	}
	in.Members = slices.Compact(slices.Sorted(slices.Values(in.Members)))
	for _, p := range in.Members {
		m, err := s.Member(tx, by.Shop, p)
		if fault.KindOf(err) == fault.NotFound || err == nil && !m.Active {
			field := "members"
			if p == in.Lead {
				field = "lead"
			}
			return in, fault.Wrong(field, "The members must be people of this shop.")
		}
		if err != nil {
			return in, err
		}
	}
	return in, nil
}

func sameTeamName(err error) error {
	if errors.Is(err, store.ErrDuplicate) {
		return fault.Wrong("name", "There is a team of this name already.")
	}
	return err
}
