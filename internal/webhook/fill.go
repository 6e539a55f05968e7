package webhook

import (
	"context"
	"errors"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	selectPosition = store.SQL(`select position from webhook where id = $1`)
	insertDelivery = store.SQL(`
		insert into webhook_delivery (webhook_id, event_seq, name, kind, payload, next_at, created_at) values ($1, $2, $3, $4, $5, $6, $6)
		on conflict (webhook_id, name) do nothing`)
)

// fill makes deliveries of the next part of the feed, and moves the webhook's
// place behind it in the same transaction. False: nothing new was there.
func (s *Service) fill(ctx context.Context, w Webhook) (more bool, err error) {
	var text string
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		text, err = store.One[string](tx, selectPosition, w.ID)
		return err
	})
	if err != nil {
		return false, err
	}
	at, err := event.ParseCursor(text)
	var events []event.Event
	if err == nil {
		events, at, err = s.Events.Since(ctx, at, atOnce)
	}
	if errors.Is(err, event.ErrResync) {
		return false, s.startOver(ctx, w)
	}
	if err != nil || len(events) == 0 {
		return false, err
	}
	now := s.Clock.Now()
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := holds(tx, w); err != nil {
			return err
		}
		for _, e := range events {
			if !w.wants(e) {
				continue
			}
			body, err := payload(e, s.URL)
			if err != nil {
				return err
			}
			if _, err := store.Exec(tx, insertDelivery, w.ID, e.Seq, messageName(w.ID, e.Seq), string(e.Kind), body, now); err != nil {
				return err
			}
		}
		_, err := store.Exec(tx, movePosition, w.ID, at.String())
		return err
	})
	return err == nil, err
}

// startOver goes on from now: the database was restored or moved, and its feed
// is another one.
func (s *Service) startOver(ctx context.Context, w Webhook) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := holds(tx, w); err != nil {
			return err
		}
		at, err := event.Position(tx)
		if err != nil {
			return err
		}
		_, err = store.Exec(tx, movePosition, w.ID, at.String())
		return err
	})
}
