package team

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const (
	requestLife = 24 * time.Hour
	// runningLife is how long a twin believes that the first is still at work:
	// longer than any request takes.
	runningLife  = 2 * time.Minute
	sealedAnswer = "idempotent-answer"
)

// Request is a request that named itself, so that it can be sent again without
// being done again.
type Request struct {
	ID   id.Request
	Done *Answer // of the first time; nil when this is the first time
}

// Answer is what was answered.
type Answer struct {
	Status int
	Type   string // of the body
	Body   string
}

type requestRow struct {
	ID           id.Request `db:"id"`
	Fingerprint  string     `db:"fingerprint"`
	State        string     `db:"state"`
	Status       int        `db:"status"`
	Type         string     `db:"type"`
	Answer       string     `db:"answer"`
	CreatedAt    time.Time  `db:"created_at"`
	RunningUntil time.Time  `db:"running_until"`
}

var (
	insertRequest = store.SQL(`
		insert into idempotent_request (owner, name, fingerprint, created_at, running_until) values ($1, $2, $3, $4, $5)
		on conflict (owner, name) do nothing`)
	selectRequest = store.SQL(`
		select id, fingerprint, state, status, type, answer, created_at, running_until from idempotent_request
		where owner = $1 and name = $2 {for update}`)
	rerunRequest  = store.SQL(`update idempotent_request set running_until = $2 where id = $1`)
	finishRequest = store.SQL(`update idempotent_request set state = 'done', status = $2, type = $3, answer = $4 where id = $1`)
	deleteRequest = store.SQL(`delete from idempotent_request where id = $1`)
	sweepRequests = store.SQL(`delete from idempotent_request where created_at <= $1`)
)

// BeginRequest notes that a request with a name begins. The same name again
// within 24 hours: with the same content the first answer; with another one an
// Invalid fault; while the first is under way, or when it was done but died
// before it could answer, a Conflict fault.
func (s *Service) BeginRequest(ctx context.Context, by Actor, name string, content [sha256.Size]byte) (out Request, err error) {
	owner, mark := "person "+by.Person.String()+" shop "+by.Shop.String(), hex.EncodeToString(content[:])
	if by.APIKey != 0 {
		owner = "key " + by.APIKey.String()
	}
	now := s.clock.Now()
	err = s.db.InTx(ctx, func(tx *store.Tx) error {
		out = Request{}
		fresh, err := store.Exec(tx, insertRequest, owner, name, mark, now, now.Add(runningLife))
		if err != nil {
			return err
		}
		row, err := store.One[requestRow](tx, selectRequest, owner, name)
		if err != nil {
			return err
		}
		if fresh == 0 && !row.CreatedAt.Add(requestLife).After(now) {
			if _, err := store.Exec(tx, deleteRequest, row.ID); err != nil {
				return err
			}
			if _, err := store.Exec(tx, insertRequest, owner, name, mark, now, now.Add(runningLife)); err != nil {
				return err
			}
			row, err = store.One[requestRow](tx, selectRequest, owner, name)
			fresh = 1
			if err != nil {
				return err
			}
		}
		out.ID = row.ID
		if fresh > 0 {
			return nil
		}
		out.Done, err = s.again(tx, row, mark, now)
		return err
	})
	return out, err
}

// again decides about a name that was used before.
func (s *Service) again(tx *store.Tx, row requestRow, mark string, now time.Time) (*Answer, error) {
	switch {
	case row.Fingerprint != mark:
		return nil, fault.New(fault.Invalid, "idempotency_reused", "This Idempotency-Key was used for another request.")
	case row.State == "done":
		body, err := s.box.Unseal(row.Answer, sealedAnswer)
		return &Answer{Status: row.Status, Type: row.Type, Body: body}, err
	case row.RunningUntil.After(now):
		return nil, fault.New(fault.Conflict, "idempotency_running", "The first request with this Idempotency-Key is still under way.")
	}
	happened, err := event.Happened(tx, row.ID)
	if err != nil {
		return nil, err
	}
	if happened {
		return nil, fault.New(fault.Conflict, "idempotency_lost", "The first request was done, but its answer was lost. Read what it made.")
	}
	_, err = store.Exec(tx, rerunRequest, row.ID, now.Add(runningLife))
	return nil, err
}

// EndRequest keeps the answer for those who ask again. What was refused and
// changed nothing is forgotten, so that it may be tried again.
func (s *Service) EndRequest(ctx context.Context, r id.Request, a Answer) error {
	sealed, err := s.box.Seal(a.Body, sealedAnswer)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if a.Status >= 400 {
			// What was done before it failed must not be done again.
			happened, err := event.Happened(tx, r)
			if err != nil {
				return err
			}
			if !happened {
				_, err = store.Exec(tx, deleteRequest, r)
				return err
			}
		}
		_, err := store.Exec(tx, finishRequest, r, a.Status, a.Type, sealed)
		return err
	})
}
