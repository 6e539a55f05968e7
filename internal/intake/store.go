package intake

import (
	"context"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var insertItem = store.SQL(`
	insert into item (shop_id, mailbox_id, source, folder, role, uidvalidity, uid, envelope, blob, size, arrived_at, stored_at, history, state, reason)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
	on conflict do nothing returning id`)

// Store keeps the items durably: bytes first, then rows and parse jobs in one
// transaction. Only after it returned nil may the source be told "received".
// An item that is known already changes nothing (I1). Keep a batch small
// enough that the transaction stays under a second.
func (s *Intake) Store(ctx context.Context, raws []Raw) error {
	if len(raws) == 0 {
		return nil
	}
	contents := make([][]byte, len(raws))
	for i := range raws {
		contents[i] = raws[i].Content
	}
	hashes, err := s.Blobs.Put(ctx, contents...)
	if err != nil {
		return fmt.Errorf("store items: %w", err)
	}
	failpoint.Hit("intake.blob_put")
	now := s.Clock.Now()
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		for i := range raws {
			if err := s.insert(tx, &raws[i], hashes[i], now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store items: %w", err)
	}
	failpoint.Hit("intake.committed")
	return nil
}

func (s *Intake) insert(tx *store.Tx, r *Raw, hash blob.Hash, now time.Time) error {
	state := StateStored
	if r.Reason != "" {
		state = StateQuarantined
	}
	arrived := r.ArrivedAt
	if arrived.IsZero() || arrived.After(now) {
		arrived = now // a server's clock that runs ahead must not give us time
	}
	item, isNew, err := store.Maybe[id.Item](tx, insertItem, r.Shop, r.Mailbox, r.Source, r.Folder, r.Role, r.UIDValidity, r.UID,
		r.Envelope, hash, len(r.Content), arrived, now, r.History, state, r.Reason)
	if err != nil || !isNew {
		return err
	}
	if state == StateQuarantined {
		return s.announce(tx, event.QuarantineAdded, r.Shop, item, 0)
	}
	return s.queueParse(tx, item)
}

func (s *Intake) queueParse(tx *store.Tx, item id.Item) error {
	return s.Queue.Put(tx, jobs.Add{Kind: ParseJob, Args: ParseArgs{Item: item}, Key: item.String()})
}

func (s *Intake) announce(tx *store.Tx, kind event.Kind, shop id.Shop, item id.Item, person id.Person) error {
	e := event.Event{Shop: shop, Kind: kind, Person: person}
	return s.Events.Append(tx, e.With(map[string]any{"item": item}))
}
