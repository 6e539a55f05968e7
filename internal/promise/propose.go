package promise

import (
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	insertProposed = store.SQL(`
		insert into promise (shop_id, conversation_id, kind, title, basis, due_at, near_at, opened_at, state, person_id, message_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 'proposed', $9, $10) returning id`)
	selectProposed = store.SQL(`
		select ` + columns + ` from promise where message_id = $1 and state in ('proposed', 'void') order by id {for update}`)
	// What the text of an answer promised and is not fulfilled yet: of these kinds
	// nothing else names a message of ours.
	selectUnkept = store.SQL(`
		select ` + columns + ` from promise where message_id = $1 and state in ('proposed', 'open')
			and kind in ('call_back', 'refund', 'send', 'other')
		order by id {for update}`)
	openProposed  = store.SQL(`update promise set state = 'open', opened_at = $2, near_at = $3, closed_at = null where id = $1`)
	setProposedAs = store.SQL(`update promise set state = $2, closed_at = $3 where id = $1`)
)

// Propose writes down what the text of an answer promises. It is owed to nobody
// while the answer hasn't arrived: OpenProposed opens it, VoidProposed drops it.
func (l *Ledger) Propose(tx *store.Tx, o Owed) (id.Promise, error) {
	p, err := store.One[id.Promise](tx, insertProposed, o.Shop, o.Conversation, o.Kind, o.Title, o.Basis,
		o.DueAt.UTC(), o.DueAt.UTC(), o.Since.UTC(), o.Person, o.Message)
	if err != nil {
		err = fmt.Errorf("propose promise: %w", err)
	}
	return p, err
}

// OpenProposed opens what an answer promises: the channel has accepted it, so the
// customer counts on it from now on.
func (l *Ledger) OpenProposed(tx *store.Tx, answer id.Message, channel string, at time.Time) error {
	proposed, err := store.All[Promise](tx, selectProposed, answer)
	if err != nil || len(proposed) == 0 {
		return err
	}
	hours, _, err := l.Hours(tx, proposed[0].Shop, channel)
	if err != nil {
		return fmt.Errorf("hours of shop %d: %w", proposed[0].Shop, err)
	}
	for _, p := range proposed {
		p.State, p.OpenedAt, p.NearAt = Open, at.UTC(), calendar.Near(p.DueAt, at, hours).UTC()
		if _, err := store.Exec(tx, openProposed, p.ID, p.OpenedAt, p.NearAt); err != nil {
			return err
		}
		if err := l.tell(tx, p, event.PromiseOpened, 0, p.Message); err != nil {
			return err
		}
	}
	return nil
}

// VoidProposed drops what an answer promised: it was called back, or never
// arrives. A late bounce too: what was open already was never said to anybody. What
// somebody fulfilled meanwhile stays kept. Sent again after all and accepted, the
// answer promises it again.
func (l *Ledger) VoidProposed(tx *store.Tx, answer id.Message) error {
	unkept, err := store.All[Promise](tx, selectUnkept, answer)
	if err != nil {
		return err
	}
	for _, p := range unkept {
		if _, err := store.Exec(tx, setProposedAs, p.ID, Void, l.Clock.Now()); err != nil {
			return err
		}
		if p.State != Open {
			continue
		}
		if err := l.tell(tx, p, event.PromiseEnded, 0, p.Message); err != nil {
			return err
		}
	}
	return nil
}
