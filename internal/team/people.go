package team

import (
	"context"
	"errors"
	"slices"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	insertPerson = store.SQL(`
		insert into person (name, email, password, language, created_at) values ($1, $2, $3, $4, $5) returning id`)
	insertMembership = store.SQL(`insert into membership (person_id, shop_id, role) values ($1, $2, $3)`)
	setRole          = store.SQL(`update membership set role = $3 where person_id = $1 and shop_id = $2`)
	setActive        = store.SQL(`update person set active = $2 where id = $1`)
	selectOwners     = store.SQL(`
		select p.id from membership m join person p on p.id = m.person_id
		where m.shop_id = $1 and m.role = 'owner' and p.active = true order by p.id {for update}`)
	deleteSessions = store.SQL(`delete from session where person_id = $1`)
	markFirst      = store.SQL(`insert into meta (name, value) values ('first_person', $1)`)
)

// Hash is the stored form of a password.
type Hash string

// HashPassword checks a password and hashes it, before any transaction: it
// takes tens of milliseconds on purpose.
func (s *Service) HashPassword(ctx context.Context, n NewPerson, password string) (Hash, error) {
	if err := checkPassword("password", password, normalEmail(n.Email), n.Name); err != nil {
		return "", err
	}
	hash, err := s.hasher.hash(ctx, password)
	return Hash(hash), err
}

// NewPerson is somebody to be added to a shop.
type NewPerson struct {
	Name, Email, Language string
	Role                  Role
	Password              Hash // "" for somebody who is yet to set one
}

func (n NewPerson) checked() (NewPerson, error) {
	var err error
	if n.Name, err = checkedName(n.Name); err != nil {
		return n, err
	}
	if n.Email, err = checkedEmail(n.Email); err != nil {
		return n, err
	}
	if n.Language, err = checkedLanguage(n.Language); err != nil {
		return n, err
	}
	if !n.Role.Known() {
		return n, fault.Wrong("role", "The role must be owner, lead or agent.")
	}
	return n, nil
}

// FirstPerson makes the owner with whom set-up begins; a Conflict fault when
// there is somebody already, so that set-up cannot be run twice.
func (s *Service) FirstPerson(tx *store.Tx, shop id.Shop, n NewPerson) (id.Person, error) {
	done := fault.New(fault.Conflict, "conflict", "This desk is set up already.")
	anybody, err := s.Anybody(tx)
	if err != nil {
		return 0, err
	}
	if anybody {
		return 0, done
	}
	// Two set-ups at once both see nobody: the second stumbles over this row.
	if _, err := store.Exec(tx, markFirst, n.Email); errors.Is(err, store.ErrDuplicate) {
		return 0, done
	} else if err != nil {
		return 0, err
	}
	n.Role = Owner
	return s.AddTx(tx, Console(shop), n)
}

// Add makes a person with a password, from the console.
func (s *Service) Add(ctx context.Context, by Actor, n NewPerson) (id.Person, error) {
	var made id.Person
	err := s.db.InTx(ctx, func(tx *store.Tx) (err error) {
		made, err = s.AddTx(tx, by, n)
		return err
	})
	return made, err
}

// AddTx adds a person to the actor's shop in the caller's transaction. Somebody
// who works in another shop already keeps name and password.
func (s *Service) AddTx(tx *store.Tx, by Actor, n NewPerson) (id.Person, error) {
	if err := by.Need(SettingsPeople); err != nil {
		return 0, err
	}
	n, err := n.checked()
	if err != nil {
		return 0, err
	}
	p, known, err := store.Maybe[Person](tx, selectByEmail, n.Email)
	if err != nil {
		return 0, err
	}
	if !known {
		p.ID, err = store.One[id.Person](tx, insertPerson, n.Name, n.Email, string(n.Password), n.Language, s.clock.Now())
	}
	if err == nil {
		_, err = store.Exec(tx, insertMembership, p.ID, by.Shop, n.Role)
	}
	if errors.Is(err, store.ErrDuplicate) {
		return 0, fault.Wrong("email", "Somebody with this address is in the team already.")
	}
	if err != nil {
		return 0, err
	}
	return p.ID, s.changed(tx, by.Person, by.Shop, p.ID, "added")
}

// SetRole changes what a person does in the actor's shop.
func (s *Service) SetRole(ctx context.Context, by Actor, person id.Person, role Role) error {
	if err := by.Need(SettingsPeople); err != nil {
		return err
	}
	if !role.Known() {
		return fault.Wrong("role", "The role must be owner, lead or agent.")
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if role != Owner {
			if err := s.notTheLastOwner(tx, by.Shop, person, "role"); err != nil {
				return err
			}
		}
		n, err := store.Exec(tx, setRole, person, by.Shop, role)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing("person")
		}
		return s.changed(tx, by.Person, by.Shop, person, "role")
	})
}

// SetActive lets a person in or out. Who is out is signed out everywhere and in
// charge of nothing; what they answered stays theirs.
func (s *Service) SetActive(ctx context.Context, by Actor, person id.Person, active bool) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if err := s.mayChange(tx, by, person); err != nil {
			return err
		}
		what := "activated"
		if !active {
			what = "deactivated"
			shops, err := s.Shops(tx, person)
			if err != nil {
				return err
			}
			for _, a := range shops {
				if err := s.notTheLastOwner(tx, a.Shop, person, "active"); err != nil {
					return err
				}
			}
			if err := s.signedOut(tx, person); err != nil {
				return err
			}
		}
		if _, err := store.Exec(tx, setActive, person, active); err != nil {
			return err
		}
		return s.changed(tx, by.Person, by.Shop, person, what)
	})
}

func (s *Service) signedOut(tx *store.Tx, person id.Person) error {
	if _, err := store.Exec(tx, deleteSessions, person); err != nil {
		return err
	}
	_, err := store.Exec(tx, dropResets, person)
	return err
}

// notTheLastOwner refuses to leave a shop without one. The owners' rows stay
// locked, so that two owners cannot remove each other at once.
func (s *Service) notTheLastOwner(tx *store.Tx, shop id.Shop, person id.Person, field string) error {
	owners, err := store.All[id.Person](tx, selectOwners, shop)
	if err != nil {
		return err
	}
	if len(owners) == 1 && owners[0] == person {
		return fault.Wrong(field, "A shop needs an owner: make somebody else owner first.")
	}
	return nil
}

// Owners are the active owners of a shop.
func (s *Service) Owners(tx *store.Tx, shop id.Shop) ([]id.Person, error) {
	return store.All[id.Person](tx, selectOwners, shop)
}

// mayChange asks whether the actor may touch the person's account, which is the
// same in all their shops: only who manages people in each of these may.
func (s *Service) mayChange(tx *store.Tx, by Actor, person id.Person) error {
	if err := by.Need(SettingsPeople); err != nil {
		return err
	}
	shops, err := s.Shops(tx, person)
	if err != nil {
		return err
	}
	if by.Person == 0 { // the console
		_, err := s.Get(tx, person)
		return err
	}
	if !slices.ContainsFunc(shops, func(a Access) bool { return a.Shop == by.Shop }) {
		return fault.Missing("person")
	}
	for _, a := range shops {
		if a.Shop == by.Shop {
			continue
		}
		m, err := s.Member(tx, a.Shop, by.Person)
		if fault.KindOf(err) == fault.NotFound || err == nil && !Can(m.Role, SettingsPeople) {
			return fault.New(fault.Forbidden, "forbidden", "This person also works in a shop that isn't yours.")
		}
		if err != nil {
			return err
		}
	}
	return nil
}
