package reading

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Service holds the operations. It is safe for use by many goroutines.
type Service struct {
	DB    *store.DB
	Clock clock.Clock
	Log   *event.Log
	Desk  *desk.Desk
	Reply *reply.Service
	Shops *shop.Service
	Team  *team.Service
}

// State is where a second reading stands.
type State string

// The states. All but Open are ends.
const (
	Open      State = "open"
	Approved  State = "approved"
	Returned  State = "returned"
	Withdrawn State = "withdrawn"
)

// Reading is a draft that a colleague is asked to read. Its promise says in which
// conversation it stands, and until when.
type Reading struct {
	ID         id.Reading `db:"id"`
	Shop       id.Shop    `db:"shop_id"`
	Promise    id.Promise `db:"promise_id"`
	Author     id.Person  `db:"author_id"`
	Reader     id.Person  `db:"reader_id"`
	State      State      `db:"state"`
	PassReason string     `db:"pass_reason"`
	Promises   string     `db:"promises"` // JSON, see promised
	SendAt     time.Time  `db:"send_at"`
	Note       string     `db:"note"`
	Message    id.Message `db:"message_id"`
	EndedBy    id.Person  `db:"ended_by"`
	CreatedAt  time.Time  `db:"created_at"`
	EndedAt    time.Time  `db:"ended_at"`
}

const columns = `id, shop_id, promise_id, author_id, reader_id, state, pass_reason, promises, send_at, note, message_id, ended_by, created_at, ended_at`

var (
	insertReading = store.SQL(`
		insert into reading (shop_id, promise_id, author_id, reader_id, pass_reason, promises, send_at, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`)
	selectReading = store.SQL(`select ` + columns + ` from reading where id = $1`)
	endReading    = store.SQL(`
		update reading set state = $2, note = $3, message_id = $4, ended_by = $5, ended_at = $6 where id = $1 and state = 'open'`)
	// The revision grows so that an open editor reads the draft anew.
	parkDraft = store.SQL(`update draft set reading_id = $2, person_id = $3, revision = revision + 1, updated_at = $4 where conversation_id = $1`)
	freeDraft = store.SQL(`update draft set reading_id = null, revision = revision + 1, updated_at = $3 where conversation_id = $1 and reading_id = $2`)
)

// promised reads what the text promises, as its author confirmed it.
func (r Reading) promised() (list []reply.Promised) {
	_ = json.Unmarshal([]byte(r.Promises), &list)
	return list
}

// Confirmed is how many promises its author confirmed in the text.
func (r Reading) Confirmed() int { return len(r.promised()) }

// errOver: it was sent, returned or taken back already.
var errOver = fault.New(fault.Conflict, "read", "The draft does not wait for a second reading any more.")

// get reads a reading of the actor's shop. One of another shop doesn't exist.
func get(tx *store.Tx, by team.Actor, r id.Reading) (Reading, error) {
	found, err := store.One[Reading](tx, selectReading, r)
	if errors.Is(err, store.ErrNone) || err == nil && found.Shop != by.Shop {
		return Reading{}, fault.Missing("reading")
	}
	return found, err
}

// open holds the conversation of a reading that is still open, which a merge may
// move while we wait for it.
func open(tx *store.Tx, by team.Actor, r id.Reading) (Reading, id.Conversation, error) {
	found, err := get(tx, by, r)
	if err != nil {
		return found, 0, err
	}
	for {
		p, err := promise.Read(tx, found.Promise)
		if err != nil {
			return found, 0, err
		}
		if _, err := desk.Lock(tx, p.Conversation); err != nil {
			return found, 0, err
		}
		again, err := promise.Read(tx, found.Promise)
		if err != nil {
			return found, 0, err
		}
		if again.Conversation != p.Conversation {
			continue
		}
		if found, err = get(tx, by, r); err == nil && found.State != Open {
			err = errOver
		}
		return found, p.Conversation, err
	}
}

// end closes a reading in the transaction of whatever ended it.
func (s *Service) end(tx *store.Tx, r Reading, as State, by id.Person, note string, m id.Message) error {
	n, err := store.Exec(tx, endReading, r.ID, as, note, m, by, s.Clock.Now())
	if err == nil && n == 0 {
		err = errOver
	}
	if err != nil {
		return err
	}
	p, err := promise.Get(tx, r.Promise)
	if err != nil {
		return err
	}
	if as == Withdrawn {
		return s.Desk.Ledger.Waive(tx, p, by, string(Withdrawn))
	}
	return s.Desk.Ledger.Done(tx, p, by)
}

func (s *Service) tell(tx *store.Tx, r Reading, k event.Kind, c id.Conversation, by id.Person, m id.Message) error {
	return s.Log.Append(tx, event.Event{
		Shop: r.Shop, Kind: k, Conversation: c, Promise: r.Promise, Person: by, Message: m,
	}.With(map[string]any{"reading": int64(r.ID), "to": r.Reader, "author": r.Author}))
}
