package ask

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// PartyKind says what somebody is to the shop.
type PartyKind string

// The kinds of parties.
const (
	Warehouse PartyKind = "warehouse"
	Workshop  PartyKind = "workshop"
	Supplier  PartyKind = "supplier"
	Carrier   PartyKind = "carrier"
	Other     PartyKind = "other"
)

var kinds = []PartyKind{Warehouse, Workshop, Supplier, Carrier, Other}

// Party is somebody whom the shop asks inside: an entry of its address book.
type Party struct {
	ID       id.Party  `db:"id"`
	Shop     id.Shop   `db:"shop_id"`
	Name     string    `db:"name"`
	Kind     PartyKind `db:"kind"`
	Address  string    `db:"address"` // of mail, in lower case
	Language string    `db:"language"`
	Archived bool      `db:"archived"`
}

const partyColumns = `id, shop_id, name, kind, address, language, archived`

var (
	selectParties = store.SQL(`select ` + partyColumns + ` from party where shop_id = $1 order by id`)
	selectParty   = store.SQL(`select ` + partyColumns + ` from party where id = $1 and shop_id = $2`)
	insertParty   = store.SQL(`insert into party (shop_id, name, kind, address, language) values ($1, $2, $3, $4, $5) returning id`)
	updateParty   = store.SQL(`
		update party set name = $3, kind = $4, address = $5, language = $6, archived = $7 where id = $1 and shop_id = $2`)
)

// maxParties bounds an address book; a shop knows a few dozen.
const maxParties = 500

// Parties reads a shop's address book, archived entries too.
func (s *Service) Parties(tx *store.Tx, by team.Actor) ([]Party, error) {
	return store.All[Party](tx, selectParties, by.Shop)
}

// SaveParty adds an entry (ID 0) or changes one. For who may change the shop.
// Invalid faults: name, kind, address, language.
func (s *Service) SaveParty(tx *store.Tx, by team.Actor, p Party) (id.Party, error) {
	if err := by.Need(team.SettingsShop); err != nil {
		return 0, err
	}
	p.Shop = by.Shop
	err := s.check(tx, &p)
	if err != nil {
		return 0, err
	}
	if p.ID == 0 {
		all, err := s.Parties(tx, by)
		if err != nil {
			return 0, err
		}
		if len(all) >= maxParties {
			return 0, fault.New(fault.Conflict, "full", "There are 500 contacts already; archive some first.")
		}
		p.ID, err = store.One[id.Party](tx, insertParty, p.Shop, p.Name, p.Kind, p.Address, p.Language)
		return p.ID, s.partySaved(tx, by, p.ID, err)
	}
	n, err := store.Exec(tx, updateParty, p.ID, p.Shop, p.Name, p.Kind, p.Address, p.Language, p.Archived)
	if err == nil && n == 0 {
		return 0, fault.Missing("party")
	}
	return p.ID, s.partySaved(tx, by, p.ID, err)
}

func (s *Service) partySaved(tx *store.Tx, by team.Actor, p id.Party, err error) error {
	if errors.Is(err, store.ErrDuplicate) {
		return fault.Wrong("address", "There is a contact with this address already.")
	}
	if err != nil {
		return err
	}
	return s.Log.Append(tx, event.Event{Shop: by.Shop, Kind: event.PartiesChanged, Person: by.Person}.With(map[string]any{"party": int64(p)}))
}

// check brings what a person typed into its stored form.
func (s *Service) check(tx *store.Tx, p *Party) error {
	p.Name, p.Address = oneLine(p.Name), strings.ToLower(strings.TrimSpace(p.Address))
	switch {
	case p.Name == "":
		return fault.Wrong("name", "It needs a name.")
	case utf8.RuneCountInString(p.Name) > 60:
		return fault.Wrong("name", "It is longer than 60 characters.")
	case !slices.Contains(kinds, p.Kind):
		return fault.Wrong("kind", "There is no such kind.")
	case p.Language != "fr" && p.Language != "en":
		return fault.Wrong("language", "There is no such language.")
	}
	if _, err := compose.AddrSpec(p.Address); err != nil {
		return fault.Wrong("address", "This is no mail address.")
	}
	// A question to ourselves would come back as mail of the shop's own.
	own, err := s.Shops.OwnAddresses(tx, p.Shop)
	if err == nil && slices.Contains(own, p.Address) {
		return fault.Wrong("address", "This address is read by the desk itself: assign the conversation instead.")
	}
	return err
}
