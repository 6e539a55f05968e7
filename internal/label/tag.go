package label

import (
	"errors"
	"slices"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Tag is a word that conversations are marked with.
type Tag struct {
	ID       id.Tag `db:"id"`
	Name     string `db:"name"`
	Colour   string `db:"colour"` // one of Colours, "" for none
	Archived bool   `db:"archived"`
}

// Colours are names of colours; each screen draws them in its own theme.
var Colours = []string{"", "green", "blue", "amber", "brick", "violet", "grey"}

const maxTags = 500

var (
	selectTags  = store.SQL(`select id, name, colour, archived from tag where shop_id = $1 order by folded`)
	countTags   = store.SQL(`select count(*) from tag where shop_id = $1 and archived = false`)
	selectNamed = store.SQL(`select id, name, colour, archived from tag where shop_id = $1 and folded = $2`)
	insertTag   = store.SQL(`
		insert into tag (shop_id, name, folded) values ($1, $2, $3)
		on conflict (shop_id, folded) do update set archived = false returning id`)
	updateTag = store.SQL(`update tag set name = $3, folded = $4, colour = $5, archived = $6 where id = $1 and shop_id = $2`)
	tagExists = store.SQL(`select count(*) from tag where id = $1 and shop_id = $2`)
)

// Tags reads a shop's tags by name, archived ones too.
func (s *Service) Tags(tx *store.Tx, by team.Actor) ([]Tag, error) {
	return store.All[Tag](tx, selectTags, by.Shop)
}

// TagNamed finds the tag of a word, or makes it: typing is how tags are made.
// One that was archived is in use again.
func (s *Service) TagNamed(tx *store.Tx, by team.Actor, word string) (id.Tag, error) {
	word, err := name(word)
	if err != nil {
		return 0, err
	}
	folded := lang.Fold(word)
	there, found, err := store.Maybe[Tag](tx, selectNamed, by.Shop, folded)
	if err != nil || found && !there.Archived {
		return there.ID, err
	}
	n, err := store.One[int64](tx, countTags, by.Shop)
	if err != nil {
		return 0, err
	}
	if n >= maxTags {
		return 0, fault.New(fault.Conflict, "full", "There are 500 tags already; archive some first.")
	}
	made, err := store.One[id.Tag](tx, insertTag, by.Shop, word, folded)
	if err != nil {
		return 0, err
	}
	return made, s.changed(tx, by, "tag", int64(made))
}

// TagInput is what a person says of a tag.
type TagInput struct {
	Name, Colour string
	Archived     bool
}

// SaveTag renames, colours or archives a tag. For who may change the shop.
func (s *Service) SaveTag(tx *store.Tx, by team.Actor, tag id.Tag, in TagInput) error {
	if err := by.Need(team.SettingsShop); err != nil {
		return err
	}
	word, err := name(in.Name)
	if err != nil {
		return err
	}
	if !slices.Contains(Colours, in.Colour) {
		return fault.Wrong("colour", "There is no such colour.")
	}
	n, err := store.Exec(tx, updateTag, tag, by.Shop, word, lang.Fold(word), in.Colour, in.Archived)
	if errors.Is(err, store.ErrDuplicate) {
		return fault.Wrong("name", "There is a tag of this name already.")
	}
	if err == nil && n == 0 {
		err = fault.Missing("tag")
	}
	if err != nil {
		return err
	}
	return s.changed(tx, by, "tag", int64(tag))
}

// TagOf tells whether a tag is a shop's.
func TagOf(tx *store.Tx, shop id.Shop, tag id.Tag) (bool, error) {
	n, err := store.One[int64](tx, tagExists, tag, shop)
	return n > 0, err
}
