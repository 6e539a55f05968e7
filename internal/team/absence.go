package team

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Absence is a stretch of days, both ends included, in the shop's zone.
type Absence struct {
	Person      id.Person
	First, Last calendar.Date
	Substitute  id.Person // none: the lead, else the owner
}

var (
	upsertAbsence = store.SQL(`
		insert into absence (person_id, first_day, last_day, substitute) values ($1, $2, $3, $4)
		on conflict (person_id) do update set first_day = excluded.first_day, last_day = excluded.last_day, substitute = excluded.substitute`)
	deleteAbsence = store.SQL(`delete from absence where person_id = $1`)
)

// SetAbsence notes when a person is away and who stands in: one's own, or
// somebody's whom the actor manages. A person has one at a time.
func (s *Service) SetAbsence(ctx context.Context, by Actor, a Absence) error {
	switch {
	case a.First.IsZero():
		return fault.Wrong("from", "The first day is missing.")
	case a.Last.Before(a.First):
		return fault.Wrong("to", "The absence ends before it begins.")
	case a.Substitute == a.Person:
		return fault.Wrong("substitute", "Nobody stands in for themselves.")
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if err := s.mayMoveDays(tx, by, a.Person); err != nil {
			return err
		}
		if a.Substitute != 0 {
			m, err := s.Member(tx, by.Shop, a.Substitute)
			if fault.KindOf(err) == fault.NotFound || err == nil && !m.Active {
				return fault.Wrong("substitute", "The substitute must be somebody of this shop.")
			}
			if err != nil {
				return err
			}
		}
		if _, err := store.Exec(tx, upsertAbsence, a.Person, a.First.String(), a.Last.String(), a.Substitute); err != nil {
			return err
		}
		return s.changed(tx, by.Person, by.Shop, a.Person, "absence")
	})
}

// ClearAbsence says that the person is back.
func (s *Service) ClearAbsence(ctx context.Context, by Actor, person id.Person) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if err := s.mayMoveDays(tx, by, person); err != nil {
			return err
		}
		if _, err := store.Exec(tx, deleteAbsence, person); err != nil {
			return err
		}
		return s.changed(tx, by.Person, by.Shop, person, "absence")
	})
}

func (s *Service) mayMoveDays(tx *store.Tx, by Actor, person id.Person) error {
	if by.Person != person {
		if err := by.Need(SettingsPeople); err != nil {
			return err
		}
	}
	_, err := s.Member(tx, by.Shop, person)
	return err
}
