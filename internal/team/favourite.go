package team

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// mostFavourites is what one still finds at a glance.
const mostFavourites = 30

// listName is a list by its number, as the app's addresses name it.
var listName = pattern.Of(`^(team|tag)-[1-9][0-9]{0,15}$`)

var (
	selectFavourites = store.SQL(`select favourites from membership where person_id = $1 and shop_id = $2`)
	updateFavourites = store.SQL(`update membership set favourites = $3 where person_id = $1 and shop_id = $2`)
)

// Favourites are the lists that a person put first in a shop, in their order.
// They may name what is archived by now.
func Favourites(tx *store.Tx, by Actor) ([]string, error) {
	raw, _, err := store.Maybe[string](tx, selectFavourites, by.Person, by.Shop)
	out := []string{}
	if err == nil && raw != "" {
		err = json.Unmarshal([]byte(raw), &out)
	}
	return out, err
}

// SetFavourite puts a team's or a tag's list first for the actor, or no longer.
// Invalid fault: list.
func (s *Service) SetFavourite(ctx context.Context, by Actor, list string, on bool) error {
	if !listName.MatchString(list) {
		return fault.Wrong("list", "Only the lists of teams and tags can stand first.")
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		all, err := Favourites(tx, by)
		if err != nil || slices.Contains(all, list) == on {
			return err
		}
		all = slices.DeleteFunc(all, func(it string) bool { return it == list })
		if on {
			all = append(all, list)
		}
		if len(all) > mostFavourites {
			return fault.New(fault.Conflict, "full", "There are 30 favourites already; take one away first.")
		}
		raw, err := json.Marshal(all)
		if err != nil {
			return err
		}
		if _, err := store.Exec(tx, updateFavourites, by.Person, by.Shop, string(raw)); err != nil {
			return err
		}
		return s.viewChanged(tx, by, 0)
	})
}
