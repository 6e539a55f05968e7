package report

import (
	"context"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Blocks are the parts of the page, in the order that nobody changed. The key
// figures stand above them and stay.
var Blocks = []string{"pace", "promises", "times", "volume", "backlog", "hours", "reasons", "mailboxes", "people"}

// PageBlock is a part of the page as a person placed it.
type PageBlock struct {
	Name   string `json:"name" enum:"pace,promises,times,volume,backlog,hours,reasons,mailboxes,people"`
	Hidden bool   `json:"hidden,omitempty"`
}

var (
	selectArrangement = store.SQL(`select blocks from report_arrangement where person_id = $1 and shop_id = $2`)
	saveArrangement   = store.SQL(`
		insert into report_arrangement (person_id, shop_id, blocks) values ($1, $2, $3)
		on conflict (person_id, shop_id) do update set blocks = excluded.blocks`)
)

// Arrangement is how the actor placed the blocks in this shop (P39). Blocks
// that came later stand at the end.
func (s *Service) Arrangement(ctx context.Context, by team.Actor) (list []PageBlock, err error) {
	words := ""
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		words, _, err = store.Maybe[string](tx, selectArrangement, by.Person, by.Shop)
		return err
	})
	list = []PageBlock{}
	for word := range strings.FieldsSeq(words) {
		name, hidden := strings.CutPrefix(word, "-")
		if slices.Contains(Blocks, name) {
			list = append(list, PageBlock{name, hidden})
		}
	}
	for _, name := range Blocks {
		if !slices.ContainsFunc(list, func(b PageBlock) bool { return b.Name == name }) {
			list = append(list, PageBlock{Name: name})
		}
	}
	return list, err
}

// Arrange keeps how the actor placed the blocks; an empty list forgets it.
func (s *Service) Arrange(ctx context.Context, by team.Actor, list []PageBlock) error {
	words := make([]string, 0, len(list))
	seen := map[string]bool{}
	for _, b := range list {
		if !slices.Contains(Blocks, b.Name) || seen[b.Name] {
			return fault.Wrong("blocks", "Name each part of the page once.")
		}
		seen[b.Name] = true
		if b.Hidden {
			b.Name = "-" + b.Name
		}
		words = append(words, b.Name)
	}
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, saveArrangement, by.Person, by.Shop, strings.Join(words, " "))
		return err
	})
}
