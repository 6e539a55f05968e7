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
	members, err := s.Members(tx, shop)
	if err != nil {
		return 0, err
	}
	if zone == nil {
		zone = time.UTC
	}
	day := calendar.DateOf(at.In(zone)).String()
	byID := make(map[id.Person]Member, len(members))
	for _, m := range members {
		byID[m.ID] = m
	}
	// Bounded, since two people may stand in for each other.
	for range members {
		m, ok := byID[candidate]
		if !ok || !m.Active {
			break
		}
		if !m.AbsentOn(day) {
			return m.ID, nil
		}
		candidate = m.Substitute
	}
	for _, role := range []Role{Lead, Owner} {
		for _, m := range members {
			if m.Role == role && m.Active && !m.AbsentOn(day) {
				return m.ID, nil
			}
		}
	}
	return 0, nil
}
