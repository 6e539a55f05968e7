package knowledge

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

var (
	setArchived = store.SQL(`update saved_answer set archived_at = $2, updated_at = $3, revision = revision + 1 where id = $1`)
	countUse    = store.SQL(`
		update saved_answer set uses = uses + 1, used_at = $4
		where id = $1 and shop_id = $2 and (personal = false or owner_id = $3)`)
)

// Archive puts an answer away. A second time changes nothing.
func (s *Service) Archive(tx *store.Tx, by team.Actor, answer id.SavedAnswer) error {
	return s.setArchived(tx, by, answer, s.now())
}

// Restore undoes Archive; wrong is the shortcut when another answer took it.
func (s *Service) Restore(tx *store.Tx, by team.Actor, answer id.SavedAnswer) error {
	return s.setArchived(tx, by, answer, time.Time{})
}

func (s *Service) setArchived(tx *store.Tx, by team.Actor, answer id.SavedAnswer, at time.Time) error {
	now, err := get(tx, selectAnswerLocked, by, answer)
	if err != nil {
		return err
	}
	if err := s.mayWrite(by, now.Personal, now.Owner); err != nil {
		return err
	}
	if now.Archived() == !at.IsZero() {
		return nil
	}
	what := "archived"
	if at.IsZero() {
		what = "restored"
		if err := hasRoom(tx, by.Shop, Input{Personal: now.Personal, Owner: now.Owner}); err != nil {
			return err
		}
	}
	if _, err := store.Exec(tx, setArchived, answer, at, s.now()); err != nil {
		return taken(err)
	}
	return s.changed(tx, by, what, answer)
}

// Used counts that an answer was put into a draft. It is no change of the
// answer: no event, and nobody's revision is stale by it.
func (s *Service) Used(tx *store.Tx, by team.Actor, answer id.SavedAnswer) error {
	n, err := store.Exec(tx, countUse, answer, by.Shop, by.Person, s.now())
	if err == nil && n == 0 {
		return fault.Missing("saved answer")
	}
	return err
}
