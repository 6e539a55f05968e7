package team

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Morning says whether a person is mailed each open morning what is owed today.
type Morning string

// The choices. Where none was made, those who lead are mailed and others aren't.
const (
	MorningOff    Morning = "off"
	MorningOn     Morning = "on"     // when something is owed
	MorningAlways Morning = "always" // also to say that nothing is
)

// WantsMorning is the person's choice, or that of the role.
func (m Member) WantsMorning() Morning {
	switch {
	case m.Morning != "":
		return m.Morning
	case m.Role == Owner || m.Role == Lead:
		return MorningOn
	}
	return MorningOff
}

// Hours are those in which the person wants to be told things, on the clock of
// location; false when they are the shop's.
func (p Person) Hours(location *time.Location) (calendar.Hours, bool) {
	h, err := parseWeek(p.OwnHours, location.String())
	return h, err == nil && p.OwnHours != ""
}

func parseWeek(week, zone string) (calendar.Hours, error) {
	if len(week) > 4<<10 {
		return calendar.Hours{}, fmt.Errorf("week: %d bytes", len(week))
	}
	return calendar.ParseHours([]byte(`{"timezone":` + strconv.Quote(zone) + `,"week":` + week + `}`))
}

// Telling is how and when a person is told what is owed.
type Telling struct {
	Morning  Morning
	OwnHours string // JSON week as calendar.ParseHours reads it, "" as the shop
}

var (
	updateOwnHours = store.SQL(`update person set own_hours = $2 where id = $1`)
	updateMorning  = store.SQL(`update membership set morning = $3 where person_id = $1 and shop_id = $2`)
)

// SaveTelling changes how the actor is told, in this shop, and when, in all.
func (s *Service) SaveTelling(ctx context.Context, by Actor, in Telling) error {
	if in.OwnHours != "" {
		if _, err := parseWeek(in.OwnHours, "UTC"); err != nil {
			return fault.Wrong("own_hours", "These hours never open, or cannot be read.")
		}
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, updateOwnHours, by.Person, in.OwnHours); err != nil {
			return err
		}
		return s.saveMorning(tx, by.Person, by.Shop, in.Morning)
	})
}

// SaveMorning changes whether a person is mailed in the morning; by the person,
// or by whoever has the link in such a mail.
func (s *Service) SaveMorning(ctx context.Context, person id.Person, shop id.Shop, m Morning) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error { return s.saveMorning(tx, person, shop, m) })
}

func (s *Service) saveMorning(tx *store.Tx, person id.Person, shop id.Shop, m Morning) error {
	switch m {
	case MorningOff, MorningOn, MorningAlways:
	default:
		return fault.Wrong("morning", "The morning mail must be off, on or always.")
	}
	n, err := store.Exec(tx, updateMorning, person, shop, m)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Missing("person")
	}
	return s.changed(tx, person, shop, person, "telling")
}
