package label

import (
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Reason says why people write. One without a parent groups those below it.
type Reason struct {
	ID       id.Reason `db:"id"`
	Parent   id.Reason `db:"parent_id"`
	Name     string    `db:"name"`
	Position int       `db:"position"`
	Archived bool      `db:"archived"`
}

// MostReasons is how many a shop has in use, both levels together: more are
// told apart by nobody.
const MostReasons = 25

var (
	selectReasons = store.SQL(`select id, parent_id, name, position, archived from reason where shop_id = $1 order by position, id`)
	lockReasons   = store.SQL(`select id, parent_id, name, position, archived from reason where shop_id = $1 order by id {for update}`)
	lockShop      = store.SQL(`select id from shop where id = $1 {for update}`)
	insertReason  = store.SQL(`insert into reason (shop_id, parent_id, name, position) values ($1, $2, $3, $4) returning id`)
	updateReason  = store.SQL(`update reason set name = $3, position = $4, parent_id = $5 where id = $1 and shop_id = $2`)
	archiveReason = store.SQL(`update reason set archived = $3 where shop_id = $2 and (id = $1 or parent_id = $1 and $3 = true)`)
	usableReason  = store.SQL(`select count(*) from reason where id = $1 and shop_id = $2 and archived = false`)
)

// Reasons reads a shop's reasons in their order, archived ones too.
func (s *Service) Reasons(tx *store.Tx, by team.Actor) ([]Reason, error) {
	return store.All[Reason](tx, selectReasons, by.Shop)
}

// ReasonInput is what a person says of a reason.
type ReasonInput struct {
	Name     string
	Parent   id.Reason // none: of the first level
	Position int
}

// CreateReason adds a reason. For who may change the shop.
func (s *Service) CreateReason(tx *store.Tx, by team.Actor, in ReasonInput) (id.Reason, error) {
	in, err := s.checkedReason(tx, by, 0, in)
	if err != nil {
		return 0, err
	}
	made, err := store.One[id.Reason](tx, insertReason, by.Shop, in.Parent, in.Name, in.Position)
	if err != nil {
		return 0, err
	}
	return made, s.changed(tx, by, "reason", int64(made))
}

// SaveReason renames or moves a reason.
func (s *Service) SaveReason(tx *store.Tx, by team.Actor, reason id.Reason, in ReasonInput) error {
	in, err := s.checkedReason(tx, by, reason, in)
	if err != nil {
		return err
	}
	if _, err := store.Exec(tx, updateReason, reason, by.Shop, in.Name, in.Position, in.Parent); err != nil {
		return err
	}
	return s.changed(tx, by, "reason", int64(reason))
}

// ArchiveReason takes a reason out of use with those below it, or puts it back.
// Conversations and figures keep it.
func (s *Service) ArchiveReason(tx *store.Tx, by team.Actor, reason id.Reason, archived bool) error {
	all, err := s.heldReasons(tx, by)
	if err != nil {
		return err
	}
	there, inUse := find(all, reason), 0
	for _, r := range all {
		if !r.Archived {
			inUse++
		}
	}
	if there == nil {
		return fault.Missing("reason")
	}
	if !archived && there.Archived {
		if inUse >= MostReasons {
			return tooManyReasons()
		}
		if up := find(all, there.Parent); up != nil && up.Archived {
			return fault.New(fault.Conflict, "parent_archived", "Put the group back first.")
		}
	}
	if _, err := store.Exec(tx, archiveReason, reason, by.Shop, archived); err != nil {
		return err
	}
	return s.changed(tx, by, "reason", int64(reason))
}

func (s *Service) checkedReason(tx *store.Tx, by team.Actor, reason id.Reason, in ReasonInput) (ReasonInput, error) {
	all, err := s.heldReasons(tx, by)
	if err != nil {
		return in, err
	}
	if in.Name, err = name(in.Name); err != nil {
		return in, err
	}
	inUse, hasChildren := 0, false
	for _, r := range all {
		if !r.Archived && r.ID != reason {
			inUse++
		}
		hasChildren = hasChildren || r.Parent == reason && reason != 0
		if !r.Archived && r.ID != reason && r.Parent == in.Parent && r.Name == in.Name {
			return in, fault.Wrong("name", "There is a reason of this name already.")
		}
	}
	parent := find(all, in.Parent)
	switch {
	case reason != 0 && find(all, reason) == nil:
		return in, fault.Missing("reason")
	case inUse >= MostReasons:
		return in, tooManyReasons()
	case in.Parent != 0 && (parent == nil || parent.Archived):
		return in, fault.Wrong("parent", "The group is not there any more.")
	case in.Parent != 0 && (parent.Parent != 0 || hasChildren || in.Parent == reason):
		return in, fault.Wrong("parent", "There are two levels of reasons.")
	}
	return in, nil
}

// heldReasons reads the reasons under the shop's lock: two people who add at
// once would each see room for one more.
func (s *Service) heldReasons(tx *store.Tx, by team.Actor) ([]Reason, error) {
	if err := by.Need(team.SettingsShop); err != nil {
		return nil, err
	}
	if _, err := store.One[id.Shop](tx, lockShop, by.Shop); err != nil {
		return nil, err
	}
	return store.All[Reason](tx, lockReasons, by.Shop)
}

func find(all []Reason, wanted id.Reason) *Reason {
	for i := range all {
		if all[i].ID == wanted {
			return &all[i]
		}
	}
	return nil
}

func tooManyReasons() error {
	return fault.New(fault.Conflict, "full", "There are 25 reasons already; archive one first.")
}

// UsableReason tells whether conversations of a shop may be given a reason.
func UsableReason(tx *store.Tx, shop id.Shop, reason id.Reason) (bool, error) {
	n, err := store.One[int64](tx, usableReason, reason, shop)
	return n > 0, err
}
