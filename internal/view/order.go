package view

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// topRank is the highest rank of a conversation: law or money.
const topRank = 3

// ranked reads a page in the order of a Monday: rank by rank from the highest,
// each by due time. So each part is one range of the index, and the last page
// costs what the first does.
func (r look) ranked(list *listing, cursor string) (found, error) {
	name := r.nameOf(list) + "^"
	rank, from, err := readRanked(name, cursor)
	if err != nil {
		return found{}, err
	}
	var rows []conversation
	for ; rank >= 0 && len(rows) <= r.limit; rank-- {
		more, err := store.All[conversation](r.tx, *list.byRank, append(r.args(list, from, r.limit+1-len(rows)), rank)...)
		if err != nil {
			return found{}, err
		}
		rows, from = append(rows, more...), beginning
	}
	return cut(rows, r.limit, func(last conversation) string {
		return list.placeOf(last).cursor(name + strconv.Itoa(last.Rank))
	}), nil
}

// readRanked reads a cursor whose name ends with the rank that it is in.
func readRanked(name, cursor string) (rank int, at place, err error) {
	if cursor == "" {
		return topRank, beginning, nil
	}
	for rank := range topRank + 1 {
		if at, err = readCursor(name+strconv.Itoa(rank), cursor, false); err == nil {
			return rank, at, nil
		}
	}
	return 0, place{}, err
}

var teamsOfPerson = store.SQL(`
	select m.team_id from team_member m cross join team t
	where m.person_id = $1 and t.id = m.team_id and t.shop_id = $2 and t.archived = false order by m.team_id limit 50`)

// myTeams merges the lists of the teams that a person is in: a page of each, of
// which the first rows are the page of all.
func (r look) myTeams(a Asked) (found, error) {
	teams, err := store.All[id.Team](r.tx, teamsOfPerson, r.by.Person, r.by.Shop)
	if err != nil {
		return found{}, err
	}
	name, rank := "teams", topRank
	var from place
	if a.Order == ByRank {
		name += "^"
		rank, from, err = readRanked(name, a.Cursor)
	} else {
		from, err = readCursor(name, a.Cursor, false)
	}
	if err != nil {
		return found{}, err
	}
	list := listings[Team]
	var rows []conversation
	for _, t := range teams {
		one := r
		one.team, one.limit = t, r.limit+1 // one more than the page, so that cut knows of it
		read, cursor := one.plain, from.cursor(one.nameOf(list))
		if a.Order == ByRank {
			read, cursor = one.ranked, from.cursor(one.nameOf(list)+"^"+strconv.Itoa(rank))
		}
		part, err := read(list, cursor)
		if err != nil {
			return found{}, err
		}
		rows = append(rows, part.rows...)
	}
	slices.SortFunc(rows, func(x, y conversation) int {
		if a.Order == ByRank && x.Rank != y.Rank {
			return y.Rank - x.Rank
		}
		return cmp.Or(x.NextDueAt.Compare(y.NextDueAt), cmp.Compare(x.ID, y.ID))
	})
	return cut(rows, r.limit, func(last conversation) string {
		if a.Order == ByRank {
			return list.placeOf(last).cursor(name + strconv.Itoa(last.Rank))
		}
		return list.placeOf(last).cursor(name)
	}), nil
}
