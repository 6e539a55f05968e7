package view

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Person is a member of the team.
type Person struct {
	ID          id.Person  `json:"id"`
	Name        string     `json:"name"`
	Email       string     `json:"email"`
	Role        string     `json:"role" enum:"owner,lead,agent"`
	Active      bool       `json:"active"`
	AbsentUntil *time.Time `json:"absent_until" doc:"End of the last day of an absence that has begun; null for who is there"`
	Substitute  *Ref       `json:"substitute" doc:"Who stands in, of an absence begun or to come"`
	Locked      bool       `json:"locked" doc:"After too many wrong passwords"`
}

// People reads everybody in a shop, those who left too, the longest there first.
func (l *Lists) People(ctx context.Context, shop id.Shop) ([]Person, error) {
	out := []Person{}
	now := l.Clock.Now()
	err := l.DB.Read(ctx, func(tx *store.Tx) error {
		members, err := l.Team.Members(tx, shop)
		if err != nil {
			return err
		}
		facts, err := store.One[shopFacts](tx, selectShop, shop)
		if err != nil {
			return err
		}
		zone, err := calendar.LoadLocation(facts.Timezone)
		if err != nil {
			zone = time.UTC
		}
		names := people{}
		for _, m := range members {
			names[m.ID] = m.Name
		}
		today := calendar.DateOf(now.In(zone))
		for _, m := range members {
			out = append(out, personOf(m, names, today, now, zone))
		}
		return nil
	})
	return out, failed("people", err)
}

func personOf(m team.Member, names people, today calendar.Date, now time.Time, zone *time.Location) Person {
	p := Person{
		ID: m.ID, Name: m.Name, Email: m.Email, Role: string(m.Role), Active: m.Active, Locked: m.LockedUntil.After(now),
	}
	last, err := calendar.ParseDate(m.AbsentTo)
	if err != nil || last.Before(today) { // none, or over
		return p
	}
	if m.AbsentOn(today.String()) {
		end := last.AddDays(1).In(zone).Add(-time.Second).UTC()
		p.AbsentUntil = &end
	}
	p.Substitute = names.ref(m.Substitute)
	return p
}
