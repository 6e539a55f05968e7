package incident

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

var (
	insertIncident = store.SQL(`
		insert into incident (shop_id, name, begins_at, ends_at, opened_at, opened_by, tag_id, reason_id, words, banner_fr, banner_en, hint)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`)
	updateIncident = store.SQL(`
		update incident set name = $2, begins_at = $3, ends_at = $4, tag_id = $5, reason_id = $6, words = $7, banner_fr = $8, banner_en = $9,
			hint = $10, revision = revision + 1 where id = $1`)
	setEnded     = store.SQL(`update incident set ended_at = $2, revision = revision + 1 where id = $1`)
	countLasting = store.SQL(`select count(*) from incident where shop_id = $1 and ended_at is null`)
)

// mostLasting: more at once are no incidents but a state of things.
const mostLasting = 20

// Open opens an incident with its first round, whose text is empty.
func (s *Service) Open(tx *store.Tx, by team.Actor, in Input) (id.Incident, error) {
	if err := by.Need(team.Reply); err != nil {
		return 0, err
	}
	in, err := in.checked(s.Clock.Now())
	if err != nil {
		return 0, err
	}
	if err := placed(tx, by, in); err != nil {
		return 0, err
	}
	n, err := store.One[int](tx, countLasting, by.Shop)
	if err != nil {
		return 0, err
	}
	if n >= mostLasting {
		return 0, fault.New(fault.Conflict, "full", "There are 20 incidents going on; end one first.")
	}
	now := s.Clock.Now()
	made, err := store.One[id.Incident](tx, insertIncident, by.Shop, in.Name, in.BeginsAt, in.EndsAt, now, by.Person, in.Tag, in.Reason,
		in.Words, in.BannerFR, in.BannerEN, in.Hint)
	if err != nil {
		return 0, err
	}
	if _, err := store.Exec(tx, insertRound, made, 1, perMinute, now); err != nil {
		return 0, err
	}
	return made, s.changed(tx, by.Person, by.Shop, made, "opened")
}

// placed: what the input names is the shop's.
func placed(tx *store.Tx, by team.Actor, in Input) error {
	if in.Tag != 0 {
		there, err := label.TagOf(tx, by.Shop, in.Tag)
		if err != nil {
			return err
		}
		if !there {
			return fault.Wrong("tag", "This tag is not there any more.")
		}
	}
	if in.Reason != 0 {
		there, err := label.UsableReason(tx, by.Shop, in.Reason)
		if err != nil {
			return err
		}
		if !there {
			return fault.Wrong("reason", "This reason is not there any more.")
		}
	}
	return nil
}

// Save changes an incident as its author read it at a revision; a Conflict fault
// "stale" when somebody was faster.
func (s *Service) Save(tx *store.Tx, by team.Actor, i id.Incident, revision int64, in Input) error {
	now, err := s.own(tx, by, i)
	if err != nil {
		return err
	}
	if in.BeginsAt.IsZero() {
		in.BeginsAt = now.BeginsAt
	}
	if in, err = in.checked(s.Clock.Now()); err != nil {
		return err
	}
	if now.Revision != revision {
		return errStale
	}
	if err := placed(tx, by, in); err != nil {
		return err
	}
	if _, err := store.Exec(tx, updateIncident, i, in.Name, in.BeginsAt, in.EndsAt, in.Tag, in.Reason, in.Words, in.BannerFR, in.BannerEN, in.Hint); err != nil {
		return err
	}
	return s.changed(tx, by.Person, by.Shop, i, "saved")
}

// errStale says that somebody changed it since it was read.
var errStale = fault.New(fault.Conflict, "stale", "Somebody else changed this incident meanwhile.")

// End ends an incident by hand: its banner is said no longer. What is being
// sent goes on; that is called back apart.
func (s *Service) End(tx *store.Tx, by team.Actor, i id.Incident) error {
	now, err := s.own(tx, by, i)
	if err != nil || !now.EndedAt.IsZero() {
		return err
	}
	if _, err := store.Exec(tx, setEnded, i, s.Clock.Now()); err != nil {
		return err
	}
	return s.changed(tx, by.Person, by.Shop, i, "ended")
}

// Reopen lets an incident go on that was ended by hand.
func (s *Service) Reopen(tx *store.Tx, by team.Actor, i id.Incident) error {
	now, err := s.own(tx, by, i)
	if err != nil || now.EndedAt.IsZero() {
		return err
	}
	if _, err := store.Exec(tx, setEnded, i, time.Time{}); err != nil {
		return err
	}
	return s.changed(tx, by.Person, by.Shop, i, "reopened")
}

// own holds an incident for an actor who may answer.
func (s *Service) own(tx *store.Tx, by team.Actor, i id.Incident) (Incident, error) {
	if err := by.Need(team.Reply); err != nil {
		return Incident{}, err
	}
	return found(store.Maybe[Incident](tx, lockIncident, i, by.Shop))
}
