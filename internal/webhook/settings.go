package webhook

import (
	"context"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

var (
	insertWebhook = store.SQL(`
		insert into webhook (shop_id, person_id, name, url, kinds, secret, position, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`)
	countWebhooks = store.SQL(`select count(*) from webhook where shop_id = $1`)
	selectOfShop  = store.SQL(`select ` + columns + ` from webhook where shop_id = $1 order by id`)
	selectOne     = store.SQL(`select ` + columns + ` from webhook where id = $1 and shop_id = $2`)
	lockOne       = store.SQL(`select ` + columns + ` from webhook where id = $1 and shop_id = $2 {for update}`)
	updateWebhook = store.SQL(`update webhook set name = $2, url = $3, kinds = $4 where id = $1`)
	// Whoever changes the state makes a run under way stop: its claim is old.
	updateState = store.SQL(`
		update webhook set state = $2, cause = $3, failing_since = null, failures = 0, claim = claim + 1, claimed_until = null where id = $1`)
	updateSecret   = store.SQL(`update webhook set secret = $2, old_secret = secret, old_until = $3 where id = $1`)
	movePosition   = store.SQL(`update webhook set position = $2 where id = $1`)
	hurryWaiting   = store.SQL(`update webhook_delivery set next_at = $2 where webhook_id = $1 and state = 'waiting'`)
	skipWaiting    = store.SQL(`update webhook_delivery set state = 'skipped' where webhook_id = $1 and state = 'waiting'`)
	deleteAttempts = store.SQL(`delete from webhook_attempt where delivery_id in (select id from webhook_delivery where webhook_id = $1)`)
	deleteSent     = store.SQL(`delete from webhook_delivery where webhook_id = $1`)
	deleteWebhook  = store.SQL(`delete from webhook where id = $1`)
)

// List gives the webhooks of a shop.
func (s *Service) List(tx *store.Tx, shop id.Shop) ([]Webhook, error) {
	return store.All[Webhook](tx, selectOfShop, shop)
}

// Get reads one webhook of a shop.
func (s *Service) Get(tx *store.Tx, shop id.Shop, w id.Webhook) (Webhook, error) {
	return found(store.Maybe[Webhook](tx, selectOne, w, shop))
}

func found(w Webhook, ok bool, err error) (Webhook, error) {
	if err == nil && !ok {
		err = fault.Missing("webhook")
	}
	return w, err
}

// Create makes a webhook that is sent what happens from now on. Its secret can
// be read again by nobody.
func (s *Service) Create(ctx context.Context, by team.Actor, in Input) (made id.Webhook, secret string, err error) {
	if err := by.Need(team.SettingsAPI); err != nil {
		return 0, "", err
	}
	kinds, err := in.check()
	if err != nil {
		return 0, "", err
	}
	secret = newSecret()
	sealed, err := s.Box.Seal(secret, sealedSecret)
	if err != nil {
		return 0, "", err
	}
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		n, err := store.One[int](tx, countWebhooks, by.Shop)
		if err != nil {
			return err
		}
		if n >= maxEach {
			return fault.New(fault.Conflict, "too_many_webhooks", "The shop has 20 webhooks; delete one first.")
		}
		at, err := event.Position(tx)
		if err != nil {
			return err
		}
		made, err = store.One[id.Webhook](tx, insertWebhook, by.Shop, by.Person, strings.TrimSpace(in.Name), in.URL, kinds, sealed, at.String(), s.Clock.Now())
		if err != nil {
			return err
		}
		return s.changed(tx, by, made, "created")
	})
	return made, secret, err
}

// Save changes a webhook's name, address and kinds.
func (s *Service) Save(ctx context.Context, by team.Actor, w id.Webhook, in Input) error {
	kinds, err := in.check()
	if err != nil {
		return err
	}
	return s.change(ctx, by, w, "saved", func(tx *store.Tx, _ Webhook) error {
		_, err := store.Exec(tx, updateWebhook, w, strings.TrimSpace(in.Name), in.URL, kinds)
		return err
	})
}

// Pause stops sending. What happens meanwhile is sent on resuming.
func (s *Service) Pause(ctx context.Context, by team.Actor, w id.Webhook) error {
	return s.change(ctx, by, w, "paused", func(tx *store.Tx, _ Webhook) error {
		_, err := store.Exec(tx, updateState, w, Paused, "")
		return err
	})
}

// Resume sends again, from where it stopped, or from now when what was missed
// is not wanted.
func (s *Service) Resume(ctx context.Context, by team.Actor, w id.Webhook, skipMissed bool) error {
	return s.change(ctx, by, w, "resumed", func(tx *store.Tx, _ Webhook) error {
		if _, err := store.Exec(tx, updateState, w, Active, ""); err != nil {
			return err
		}
		if !skipMissed {
			if _, err := store.Exec(tx, hurryWaiting, w, s.Clock.Now()); err != nil {
				return err
			}
			return s.wake(tx, w)
		}
		if _, err := store.Exec(tx, skipWaiting, w); err != nil {
			return err
		}
		at, err := event.Position(tx)
		if err != nil {
			return err
		}
		_, err = store.Exec(tx, movePosition, w, at.String())
		return err
	})
}

// Rotate gives a webhook another secret. For 24 hours the old one signs too, so
// that the receiver can be changed without losing anything.
func (s *Service) Rotate(ctx context.Context, by team.Actor, w id.Webhook) (secret string, err error) {
	secret = newSecret()
	sealed, err := s.Box.Seal(secret, sealedSecret)
	if err != nil {
		return "", err
	}
	err = s.change(ctx, by, w, "secret_rotated", func(tx *store.Tx, _ Webhook) error {
		_, err := store.Exec(tx, updateSecret, w, sealed, s.Clock.Now().Add(24*time.Hour))
		return err
	})
	return secret, err
}

// Delete removes a webhook and its log.
func (s *Service) Delete(ctx context.Context, by team.Actor, w id.Webhook) error {
	return s.change(ctx, by, w, "deleted", func(tx *store.Tx, _ Webhook) error {
		for _, step := range []store.Statement{deleteAttempts, deleteSent, deleteWebhook} {
			if _, err := store.Exec(tx, step, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// change does something with a locked webhook of the actor's shop and tells it.
func (s *Service) change(ctx context.Context, by team.Actor, w id.Webhook, what string, do func(*store.Tx, Webhook) error) error {
	if err := by.Need(team.SettingsAPI); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		row, err := found(store.Maybe[Webhook](tx, lockOne, w, by.Shop))
		if err != nil {
			return err
		}
		if err := do(tx, row); err != nil {
			return err
		}
		return s.changed(tx, by, w, what)
	})
}

func (s *Service) changed(tx *store.Tx, by team.Actor, w id.Webhook, what string) error {
	e := event.Event{Kind: event.WebhookChanged, Shop: by.Shop, Person: by.Person}
	return s.Events.Append(tx, e.With(map[string]any{"webhook": w, "what": what}))
}
