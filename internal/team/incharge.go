package team

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// InCharge finds who answers for something at an instant: the candidate, or the
// substitute of one who is absent, and that one's in turn; else a lead, else an
// owner, the longest there first. It is never somebody absent, gone or of
// another shop: with everybody away it is nobody (0), and the thing is the
// shop's. candidate may be 0; zone is the shop's, nil is UTC.
func (s *Service) InCharge(tx *store.Tx, shop id.Shop, candidate id.Person, at time.Time, zone *time.Location) (id.Person, error) {
	return s.InChargeFor(tx, Charge{Shop: shop, Person: candidate}, at, zone)
}

// Charge is what is to be answered for: given to a person, to a team, or to
// neither.
type Charge struct {
	Shop   id.Shop
	Person id.Person
	Team   id.Team
}

// InChargeFor is InCharge where a team may answer, too: its lead, or the lead's
// substitute, comes between the person and the shop's leads. A team that was
// archived answers for nothing.
func (s *Service) InChargeFor(tx *store.Tx, c Charge, at time.Time, zone *time.Location) (id.Person, error) {
	members, err := s.Members(tx, c.Shop)
	if err != nil {
		return 0, err
	}
	if zone == nil {
		zone = time.UTC
	}
	there := roll{members: members, day: calendar.DateOf(at.In(zone)).String()}
	if p := there.standing(c.Person); p != 0 {
		return p, nil
	}
	if c.Team != 0 {
		t, found, err := store.Maybe[Team](tx, selectTeam, c.Team, c.Shop)
		if err != nil {
			return 0, err
		}
		if found && !t.Archived {
			if p := there.standing(t.Lead); p != 0 {
				return p, nil
			}
		}
	}
	return there.lead(), nil
}

// roll is who is in a shop on a day.
type roll struct {
	members []Member
	day     string
}

// standing is the person, or who stands in on that day; 0 for nobody.
func (r roll) standing(person id.Person) id.Person {
	// Bounded, since two people may stand in for each other.
	for range r.members {
		m, ok := r.member(person)
		if !ok || !m.Active {
			return 0
		}
		if !m.AbsentOn(r.day) {
			return m.ID
		}
		person = m.Substitute
	}
	return 0
}

func (r roll) member(person id.Person) (Member, bool) {
	for _, m := range r.members {
		if m.ID == person {
			return m, true
		}
	}
	return Member{}, false
}

func (r roll) lead() id.Person {
	for _, role := range []Role{Lead, Owner} {
		for _, m := range r.members {
			if m.Role == role && m.Active && !m.AbsentOn(r.day) {
				return m.ID
			}
		}
	}
	return 0
}
