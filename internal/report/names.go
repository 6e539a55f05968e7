package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var nameStatements = map[grain]store.Statement{
	byMailbox: store.SQL(`select id, name, cast(0 as bigint) as parent from mailbox where shop_id = $1 order by id`),
	byTeam:    store.SQL(`select id, name, cast(0 as bigint) as parent from team where shop_id = $1 order by id`),
	byReason:  store.SQL(`select id, name, coalesce(parent_id, 0) as parent from reason where shop_id = $1 order by coalesce(parent_id, 0), position, id`),
	byPerson: store.SQL(`
		select p.id, p.name, cast(0 as bigint) as parent from membership m join person p on p.id = m.person_id where m.shop_id = $1 order by p.id`),
}

// named is what figures are of.
type named struct {
	ID     int64  `db:"id"`
	Name   string `db:"name"`
	Parent int64  `db:"parent"`
}

type names map[grain][]named

func readNames(tx *store.Tx, of id.Shop) (names, error) {
	out := names{}
	for g, statement := range nameStatements {
		list, err := store.All[named](tx, statement, of)
		if err != nil {
			return nil, err
		}
		out[g] = list
	}
	return out, nil
}

// below is a reason with those of the second level; none for none.
func (n names) below(r id.Reason) (list []id.Reason) {
	if r == 0 {
		return nil
	}
	list = []id.Reason{r}
	for _, each := range n[byReason] {
		if each.Parent == int64(r) {
			list = append(list, id.Reason(each.ID))
		}
	}
	return list
}

// rows puts names to sums. Reasons of the first level take in those below them.
// Whoever left keeps their figures, under their name or none.
func (n names) rows(g grain, split map[int64]*sums) []PartFigures {
	rows := []PartFigures{}
	known := map[int64]bool{}
	for _, each := range n[g] {
		known[each.ID] = true
		of := newSums()
		some := split[each.ID] != nil
		if some {
			of.merge(split[each.ID])
		}
		for _, child := range n[g] {
			if child.Parent == each.ID && split[child.ID] != nil {
				of.merge(split[child.ID])
				some = true
			}
		}
		if some {
			rows = append(rows, PartFigures{ID: each.ID, Parent: each.Parent, Name: each.Name, PeriodFigures: of.summary()})
		}
	}
	rest := newSums()
	for part, of := range split {
		if !known[part] {
			rest.merge(of)
		}
	}
	switch g {
	case byPerson, byTeam: // by name: no ranking
		slices.SortStableFunc(rows, func(a, b PartFigures) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	case byReason:
		rows = inTree(rows)
	default:
	}
	if (rest.of(arrived) > 0 || rest.of(opened) > 0 || rest.of(answered) > 0) && g != byPerson {
		rows = append(rows, PartFigures{PeriodFigures: rest.summary()})
	}
	return rows
}

// inTree puts the reasons that most customers write for first, each followed by
// those below it.
func inTree(rows []PartFigures) []PartFigures {
	most := func(a, b PartFigures) int { return cmp.Or(cmp.Compare(b.Asked, a.Asked), cmp.Compare(a.ID, b.ID)) }
	out := make([]PartFigures, 0, len(rows))
	first := slices.DeleteFunc(slices.Clone(rows), func(r PartFigures) bool { return r.Parent != 0 })
	slices.SortFunc(first, most)
	for _, r := range first {
		out = append(out, r)
		children := slices.DeleteFunc(slices.Clone(rows), func(c PartFigures) bool { return c.Parent != r.ID })
		slices.SortFunc(children, most)
		out = append(out, children...)
	}
	return out
}
