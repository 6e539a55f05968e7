package team

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	updateProfile   = store.SQL(`update person set name = $2, language = $3, theme = $4, list_order = $5, tour = $6 where id = $1`)
	updateSignature = store.SQL(`update membership set role_line = $3, first_name_only = $4 where person_id = $1 and shop_id = $2`)
)

var tourStates = pattern.Of(`^([1-9]?|skipped|done)$`)

// Profile is what people change about themselves; nil stays as it is.
type Profile struct{ Name, Language, Theme, ListOrder, Tour *string }

// SaveProfile changes one's own name, language, theme and order of lists.
func (s *Service) SaveProfile(ctx context.Context, person id.Person, in Profile) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		p, err := s.Get(tx, person)
		if err != nil {
			return err
		}
		if in.Name != nil {
			if p.Name, err = checkedName(*in.Name); err != nil {
				return err
			}
		}
		if in.Language != nil {
			if p.Language, err = checkedLanguage(*in.Language); err != nil {
				return err
			}
		}
		if in.Theme != nil {
			if p.Theme = *in.Theme; p.Theme != "system" && p.Theme != "light" && p.Theme != "dark" {
				return fault.Wrong("theme", "The theme must be system, light or dark.")
			}
		}
		if in.ListOrder != nil {
			if p.ListOrder = *in.ListOrder; p.ListOrder != "due" && p.ListOrder != "rank" {
				return fault.Wrong("list_order", "The order must be due or rank.")
			}
		}
		if in.Tour != nil {
			if p.Tour = *in.Tour; !tourStates.MatchString(p.Tour) {
				return fault.Wrong("tour", "The tour must be at a step, skipped or done.")
			}
		}
		if _, err := store.Exec(tx, updateProfile, person, p.Name, p.Language, p.Theme, p.ListOrder, p.Tour); err != nil {
			return err
		}
		return s.changed(tx, person, 0, person, "profile")
	})
}

// SaveSignature changes how the actor signs in this shop (P04).
func (s *Service) SaveSignature(ctx context.Context, by Actor, roleLine string, firstNameOnly bool) error {
	roleLine = strings.TrimSpace(roleLine)
	if utf8.RuneCountInString(roleLine) > 120 || strings.ContainsFunc(roleLine, unicode.IsControl) {
		return fault.Wrong("role_line", "The line under the name must be at most 120 characters on one line.")
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		n, err := store.Exec(tx, updateSignature, by.Person, by.Shop, roleLine, firstNameOnly)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing("person")
		}
		return s.changed(tx, by.Person, by.Shop, by.Person, "signature")
	})
}
