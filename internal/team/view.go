package team

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// SavedView is a list that a person made, for themselves or for everybody.
// What its filter means is package view's; here it is a text.
type SavedView struct {
	ID     id.SavedView `db:"id"`
	Shop   id.Shop      `db:"shop_id"`
	Person id.Person    `db:"person_id"` // who made it
	Shared bool         `db:"shared"`
	Name   string       `db:"name"`
	Icon   string       `db:"icon"` // an emoji, or none
	Base   string       `db:"base"`
	Filter string       `db:"filter"`
}

// mostViews bounds the views of a shop that one person can see.
const mostViews = 100

const viewColumns = `id, shop_id, person_id, shared, name, icon, base, filter`

var (
	selectViews = store.SQL(`select ` + viewColumns + ` from saved_view
		where shop_id = $1 and deleted_at is null and (shared or person_id = $2) order by position, id limit $3`)
	selectView  = store.SQL(`select ` + viewColumns + ` from saved_view where id = $1 and shop_id = $2 and deleted_at is null`)
	deletedView = store.SQL(`select ` + viewColumns + ` from saved_view where id = $1 and shop_id = $2 and deleted_at is not null`)
	insertView  = store.SQL(`insert into saved_view (shop_id, person_id, shared, name, icon, base, filter, position, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, 0, $8) returning id`)
	updateView = store.SQL(`update saved_view set shared = $2, name = $3, icon = $4, base = $5, filter = $6 where id = $1`)
	markView   = store.SQL(`update saved_view set deleted_at = $2 where id = $1`)
)

// Views lists those that the actor sees: their own and the shared ones.
func Views(tx *store.Tx, by Actor) ([]SavedView, error) {
	return store.All[SavedView](tx, selectViews, by.Shop, by.Person, mostViews)
}

// ViewFor reads one that the actor sees.
func ViewFor(tx *store.Tx, by Actor, v id.SavedView) (SavedView, error) {
	return viewBy(tx, selectView, by, v)
}

func viewBy(tx *store.Tx, s store.Statement, by Actor, v id.SavedView) (SavedView, error) {
	got, err := store.One[SavedView](tx, s, v, by.Shop)
	if errors.Is(err, store.ErrNone) || err == nil && !got.Shared && got.Person != by.Person {
		return SavedView{}, fault.Missing("view")
	}
	return got, err
}

// SaveView keeps a view: a new one without an id. A shared one may be changed
// by who made it and by a lead. Invalid faults: name, icon.
func (s *Service) SaveView(ctx context.Context, by Actor, v SavedView) (out SavedView, err error) {
	v.Name, v.Icon = strings.TrimSpace(v.Name), strings.TrimSpace(v.Icon)
	switch {
	case v.Name == "" || utf8.RuneCountInString(v.Name) > 60 || strings.ContainsFunc(v.Name, unicode.IsControl):
		return out, fault.Wrong("name", "Give the view a name of at most 60 characters.")
	case utf8.RuneCountInString(v.Icon) > 8 || strings.ContainsFunc(v.Icon, func(r rune) bool { return unicode.IsControl(r) || unicode.IsLetter(r) }):
		return out, fault.Wrong("icon", "The icon is one emoji.")
	}
	err = s.db.InTx(ctx, func(tx *store.Tx) error {
		out = v
		out.Shop, out.Person = by.Shop, by.Person
		if v.ID == 0 {
			if out.ID, err = store.One[id.SavedView](tx, insertView, by.Shop, by.Person, v.Shared, v.Name, v.Icon, v.Base, v.Filter, s.clock.Now()); err != nil {
				return err
			}
			return s.viewChanged(tx, by, out.ID)
		}
		old, err := s.changeable(tx, selectView, by, v.ID)
		if err != nil {
			return err
		}
		out.Person = old.Person
		if !v.Shared && old.Person != by.Person {
			return fault.New(fault.Forbidden, "forbidden", "Only who made it can keep this view to themselves.")
		}
		if _, err := store.Exec(tx, updateView, v.ID, v.Shared, v.Name, v.Icon, v.Base, v.Filter); err != nil {
			return err
		}
		return s.viewChanged(tx, by, v.ID)
	})
	return out, err
}

// DeleteView takes a view away; RestoreView brings it back.
func (s *Service) DeleteView(ctx context.Context, by Actor, v id.SavedView) error {
	return s.markView(ctx, by, v, selectView, s.clock.Now())
}

// RestoreView brings back a view that was deleted.
func (s *Service) RestoreView(ctx context.Context, by Actor, v id.SavedView) error {
	return s.markView(ctx, by, v, deletedView, time.Time{})
}

func (s *Service) markView(ctx context.Context, by Actor, v id.SavedView, which store.Statement, at time.Time) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := s.changeable(tx, which, by, v); err != nil {
			return err
		}
		if _, err := store.Exec(tx, markView, v, at); err != nil {
			return err
		}
		return s.viewChanged(tx, by, v)
	})
}

func (s *Service) changeable(tx *store.Tx, which store.Statement, by Actor, v id.SavedView) (SavedView, error) {
	old, err := viewBy(tx, which, by, v)
	if err == nil && old.Person != by.Person && by.Role == Agent {
		return old, fault.New(fault.Forbidden, "forbidden", "Only who made it, or a lead, can change this view.")
	}
	return old, err
}

func (s *Service) viewChanged(tx *store.Tx, by Actor, v id.SavedView) error {
	return s.events.Append(tx, event.Event{Shop: by.Shop, Kind: event.ViewsChanged, Person: by.Person}.With(map[string]any{"view": v}))
}
