package knowledge

import (
	"errors"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// A list is read whole, so it has an end: 400 answers of the shop and 100 of
// one's own.
const (
	maxShared   = 400
	maxPersonal = 100
)

var (
	countShared = store.SQL(`
		select count(*) from saved_answer where shop_id = $1 and personal = false and archived_at is null`)
	countPersonal = store.SQL(`
		select count(*) from saved_answer where shop_id = $1 and personal = true and owner_id = $2 and archived_at is null`)
	insertAnswer = store.SQL(`
		insert into saved_answer (shop_id, folder_id, title, shortcut, owner_id, personal, review_on, actions, words, ready, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) returning id`)
	updateAnswer = store.SQL(`
		update saved_answer set folder_id = $2, title = $3, shortcut = $4, owner_id = $5, personal = $6, review_on = $7, actions = $8,
			words = $9, updated_at = $10, revision = revision + 1
		where id = $1`)
	deleteBodies = store.SQL(`delete from saved_answer_body where answer_id = $1`)
	insertBody   = store.SQL(`insert into saved_answer_body (answer_id, language, html) values ($1, $2, $3)`)
)

// errStale says that somebody changed the answer since its author read it: the
// author looks at both and saves again.
var errStale = fault.New(fault.Conflict, "stale", "Somebody else changed this answer meanwhile.")

// Create writes a new answer: for everybody, which needs the permission
// SavedAnswers, or the actor's own.
func (s *Service) Create(tx *store.Tx, by team.Actor, in Input) (id.SavedAnswer, error) {
	in, err := in.checked()
	if err != nil {
		return 0, err
	}
	if in, err = s.placed(tx, by, in); err != nil {
		return 0, err
	}
	if err := s.mayWrite(by, in.Personal, in.Owner); err != nil {
		return 0, err
	}
	if err := hasRoom(tx, by.Shop, in); err != nil {
		return 0, err
	}
	made, err := store.One[id.SavedAnswer](tx, insertAnswer, by.Shop, in.Folder, in.Title, in.Shortcut, in.Owner, in.Personal, in.ReviewOn,
		actionsJSON(in.Actions), in.words(), "", s.now())
	if err == nil {
		err = writeBodies(tx, made, in.Bodies)
	}
	if err != nil {
		return 0, taken(err)
	}
	return made, s.changed(tx, by, "created", made)
}

// Save changes an answer as its author read it at a revision; a Conflict fault
// "stale" when somebody was faster.
func (s *Service) Save(tx *store.Tx, by team.Actor, answer id.SavedAnswer, revision int64, in Input) error {
	in, err := in.checked()
	if err != nil {
		return err
	}
	now, err := get(tx, selectAnswerLocked, by, answer)
	if err != nil {
		return err
	}
	if in, err = s.placed(tx, by, in); err != nil {
		return err
	}
	if err := s.mayWrite(by, now.Personal, now.Owner); err != nil {
		return err
	}
	if err := s.mayWrite(by, in.Personal, in.Owner); err != nil {
		return err
	}
	if now.Revision != revision {
		return errStale
	}
	if now.Personal != in.Personal && !now.Archived() {
		if err := hasRoom(tx, by.Shop, in); err != nil {
			return err
		}
	}
	if _, err := store.Exec(tx, updateAnswer, answer, in.Folder, in.Title, in.Shortcut, in.Owner, in.Personal, in.ReviewOn,
		actionsJSON(in.Actions), in.words(), s.now()); err != nil {
		return taken(err)
	}
	if _, err := store.Exec(tx, deleteBodies, answer); err != nil {
		return err
	}
	if err := writeBodies(tx, answer, in.Bodies); err != nil {
		return err
	}
	return s.changed(tx, by, "saved", answer)
}

// mayWrite: what everybody uses is written by those who may, one's own by
// oneself.
func (s *Service) mayWrite(by team.Actor, personal bool, owner id.Person) error {
	if personal {
		if owner == by.Person {
			return nil
		}
		return fault.New(fault.Forbidden, "forbidden", "An answer of one's own belongs to oneself.")
	}
	return by.Need(team.SavedAnswers)
}

// placed checks what the input names: its folder and its owner are the shop's.
// The folder stays locked, so that it isn't deleted meanwhile.
func (s *Service) placed(tx *store.Tx, by team.Actor, in Input) (Input, error) {
	if in.Personal && in.Owner == 0 {
		in.Owner = by.Person
	}
	if in.Folder != 0 {
		_, found, err := store.Maybe[id.SavedAnswerFolder](tx, selectFolderLocked, in.Folder, by.Shop)
		if err != nil {
			return in, err
		}
		if !found {
			return in, fault.Wrong("folder", "This folder is not there any more.")
		}
	}
	if in.Owner != 0 {
		_, err := s.Team.Member(tx, by.Shop, in.Owner)
		if fault.KindOf(err) == fault.NotFound {
			return in, fault.Wrong("owner", "The owner must be somebody of this shop.")
		}
		return in, err
	}
	return in, nil
}

func hasRoom(tx *store.Tx, shop id.Shop, in Input) error {
	statement, args, most := countShared, []any{shop}, maxShared
	if in.Personal {
		statement, args, most = countPersonal, []any{shop, in.Owner}, maxPersonal
	}
	n, err := store.One[int](tx, statement, args...)
	if err == nil && n >= most {
		return fault.New(fault.Conflict, "full", "There are as many saved answers as a list can hold; archive some first.")
	}
	return err
}

func writeBodies(tx *store.Tx, answer id.SavedAnswer, bodies map[string]string) error {
	for _, l := range languages {
		if bodies[l] == "" {
			continue
		}
		if _, err := store.Exec(tx, insertBody, answer, l, bodies[l]); err != nil {
			return err
		}
	}
	return nil
}

// taken: two answers that a person can use have no shortcut in common.
func taken(err error) error {
	if errors.Is(err, store.ErrDuplicate) {
		return fault.Wrong("shortcut", "Another answer has this shortcut.")
	}
	return err
}
