package intake

import (
	"context"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Only the inbox is settled, and history stays as its owner left it.
var updateTaken = store.SQL(`
	update item set state = 'taken', message_id = $2, reason = '', after_intake = case
		when after_intake = '' and source = 'imap' and role = 'inbox' and not history
			and exists (select 1 from mailbox where mailbox.id = item.mailbox_id and mailbox.after_intake in ('flag', 'move')) then 'due'
		else after_intake end
	where id = $1 returning after_intake`)

// MarkTaken says which message the item became or joined. settle tells that its
// source is to be flagged or moved now, see Due.
func (s *Intake) MarkTaken(tx *store.Tx, item id.Item, message id.Message) (settle bool, err error) {
	after, found, err := store.Maybe[string](tx, updateTaken, item, message)
	if err == nil && !found {
		err = ErrNoItem
	}
	if err != nil {
		return false, fmt.Errorf("take item: %w", err)
	}
	return after == "due", nil
}

var updateQuarantined = store.SQL(`
	update item set state = 'quarantined', reason = $2 where id = $1 and state <> 'taken' and not (state = 'quarantined' and reason = $2)
	returning shop_id`)

// Quarantine puts an item that cannot be parsed where people see it. The
// reason is a code and its facts, not text of the mail. What was taken already
// stays taken.
func (s *Intake) Quarantine(tx *store.Tx, item id.Item, reason string) error {
	shop, changed, err := store.Maybe[id.Shop](tx, updateQuarantined, item, reason)
	if err != nil {
		return fmt.Errorf("quarantine: %w", err)
	}
	if !changed {
		return nil
	}
	return s.announce(tx, event.QuarantineAdded, shop, item, 0)
}

var updateReplayed = store.SQL(`
	update item set state = 'stored' where id = $1 and shop_id = $2 and state in ('quarantined', 'set_aside') returning id`)

// Replay has a quarantined item parsed once more; pressed twice it is one job.
// ErrNoItem when the shop has no such item in quarantine.
func (s *Intake) Replay(ctx context.Context, shop id.Shop, item id.Item, person id.Person) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, found, err := store.Maybe[id.Item](tx, updateReplayed, item, shop)
		if err != nil {
			return fmt.Errorf("replay item: %w", err)
		}
		if !found {
			return ErrNoItem
		}
		if err := s.announce(tx, QuarantineReplayed, shop, item, person); err != nil {
			return err
		}
		return s.queueParse(tx, item)
	})
}

var updateSetAside = store.SQL(`
	update item set state = 'set_aside', reason = $3 where id = $1 and shop_id = $2 and state = 'quarantined' returning id`)

// SetAside takes an item out of the quarantine's list because a person saw it
// and says why; its bytes stay. ErrNoItem when it is not in quarantine.
func (s *Intake) SetAside(ctx context.Context, shop id.Shop, item id.Item, person id.Person, reason string) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, found, err := store.Maybe[id.Item](tx, updateSetAside, item, shop, reason)
		if err != nil {
			return fmt.Errorf("set item aside: %w", err)
		}
		if !found {
			return ErrNoItem
		}
		return s.announce(tx, QuarantineSetAside, shop, item, person)
	})
}

var (
	selectQuarantined = store.SQL(`select ` + itemColumns + ` from item
		where shop_id = $1 and state = 'quarantined' and id < $2 order by id desc limit $3`)
	countQuarantined = store.SQL(`select count(*) from (select 1 from item where shop_id = $1 and state = 'quarantined' limit 1000) as capped`)
	countStored      = store.SQL(`select count(*) from (select 1 from item where state = 'stored' limit $1) as capped`)
)

// Quarantined lists a shop's quarantine, newest first, below the item before
// (0 for the first page).
func Quarantined(tx *store.Tx, shop id.Shop, before id.Item, limit int) ([]Item, error) {
	end := int64(before)
	if end == 0 {
		end = 1<<63 - 1
	}
	return store.All[Item](tx, selectQuarantined, shop, end, limit)
}

// CountQuarantined counts a shop's quarantine; 1000 stands for "999+".
func CountQuarantined(tx *store.Tx, shop id.Shop) (int, error) {
	return store.One[int](tx, countQuarantined, shop)
}

// CountStored counts items that wait to be parsed, of all shops, at most limit.
func CountStored(tx *store.Tx, limit int) (int, error) {
	return store.One[int](tx, countStored, limit)
}

var selectForgotten = store.SQL(`select id from item where state = 'stored' and stored_at < $1 order by id limit $2`)

// Requeue gives items that were stored before the instant and still aren't
// parsed a job again, at most limit of them: their job was parked, or an
// operator deleted it. One that still waits is not doubled.
func (s *Intake) Requeue(ctx context.Context, before time.Time, limit int) (n int, err error) {
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		items, err := store.All[id.Item](tx, selectForgotten, before, limit)
		if err != nil {
			return err
		}
		for _, item := range items {
			if err := s.queueParse(tx, item); err != nil {
				return err
			}
		}
		n = len(items)
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("requeue items: %w", err)
	}
	return n, nil
}
