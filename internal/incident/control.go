package incident

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

var (
	selectWaiting = store.SQL(`
		select conversation_id from incident_answer where round_id = $1 and state = 'waiting' order by send_at, conversation_id`)
	setSendAt   = store.SQL(`update incident_answer set send_at = $3 where round_id = $1 and conversation_id = $2 and state = 'waiting'`)
	openWaiting = store.SQL(`update incident_answer set state = 'open', send_at = null where round_id = $1 and state = 'waiting'`)
	// The delivery's own time to undo still runs.
	selectCallable = store.SQL(`
		select a.delivery_id from incident_answer a join delivery d on d.id = a.delivery_id
		where a.round_id = $1 and a.state = 'sent' and d.state = 'queued' and d.attempts = 0 and d.not_before > $2`)
	openCalledBack = store.SQL(`
		update incident_answer set state = 'open', tries = tries + 1, message_id = null, delivery_id = null, send_at = null
		where round_id = $1 and delivery_id = $2 and state = 'sent'`)
)

// Pause stops sending after the answer that is just leaving.
func (s *Service) Pause(tx *store.Tx, by team.Actor, i id.Incident) error {
	r, err := s.running(tx, by, i)
	if err != nil || r.State == Paused {
		return err
	}
	if _, err := store.Exec(tx, setRound, r.ID, Paused); err != nil {
		return err
	}
	return s.changed(tx, by.Person, by.Shop, i, "paused")
}

// Resume goes on sending, at the same pace from now on.
func (s *Service) Resume(tx *store.Tx, by team.Actor, i id.Incident) error {
	r, err := s.running(tx, by, i)
	if err != nil || r.State == Sending {
		return err
	}
	waiting, err := store.All[id.Conversation](tx, selectWaiting, r.ID)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	for n, c := range waiting {
		if _, err := store.Exec(tx, setSendAt, r.ID, c, now.Add(time.Duration(n)*pace(r))); err != nil {
			return err
		}
	}
	if _, err := store.Exec(tx, setRound, r.ID, Sending); err != nil {
		return err
	}
	if err := s.next(tx, r.ID, now); err != nil {
		return err
	}
	return s.changed(tx, by.Person, by.Shop, i, "resumed")
}

func (s *Service) running(tx *store.Tx, by team.Actor, i id.Incident) (Round, error) {
	if _, err := s.own(tx, by, i); err != nil {
		return Round{}, err
	}
	r, err := newest(tx, i)
	if err == nil && r.State == Open {
		err = fault.New(fault.Conflict, "not_sending", "Nothing is being sent.")
	}
	return r, err
}

// Canceled says what Cancel could still stop.
type Canceled struct {
	Waiting int // had not begun to leave
	Undone  int // called back in their time to undo
}

// Cancel calls back what has not left: those that wait, and those in their time
// to undo, whose text comes back as the conversation's draft.
func (s *Service) Cancel(ctx context.Context, by team.Actor, i id.Incident) (out Canceled, err error) {
	var callable []id.Delivery
	var round id.IncidentRound
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		r, err := s.cancellable(tx, by, i)
		if err != nil {
			return err
		}
		round = r.ID
		n, err := store.Exec(tx, openWaiting, r.ID)
		if err != nil {
			return err
		}
		out = Canceled{Waiting: int(n)}
		if callable, err = store.All[id.Delivery](tx, selectCallable, r.ID, s.Clock.Now()); err != nil {
			return err
		}
		if _, err := store.Exec(tx, setRound, r.ID, Open); err != nil {
			return err
		}
		return s.changed(tx, by.Person, by.Shop, i, "canceled")
	})
	if err != nil {
		return out, err
	}
	for _, d := range callable {
		err := s.DB.InTx(ctx, func(tx *store.Tx) error {
			if _, err := s.Reply.Undo(tx, by, d); err != nil {
				return err
			}
			if _, err := store.Exec(tx, openCalledBack, round, d); err != nil {
				return err
			}
			return s.changed(tx, by.Person, by.Shop, i, "undone")
		})
		switch {
		case err == nil:
			out.Undone++
		case fault.KindOf(err) == fault.Internal:
			return out, err
		}
	}
	return out, nil
}

// cancellable: the last answers of a round may be in their time to undo when
// nothing waits any more.
func (s *Service) cancellable(tx *store.Tx, by team.Actor, i id.Incident) (Round, error) {
	if _, err := s.own(tx, by, i); err != nil {
		return Round{}, err
	}
	r, err := newest(tx, i)
	if err != nil || r.State != Open {
		return r, err
	}
	callable, err := store.All[id.Delivery](tx, selectCallable, r.ID, s.Clock.Now())
	if err == nil && len(callable) == 0 {
		err = fault.New(fault.Conflict, "not_sending", "Nothing is being sent.")
	}
	return r, err
}
