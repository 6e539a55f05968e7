package push

import (
	"context"
	"errors"
	"fmt"

	webpush "github.com/SherClockHolmes/webpush-go"

	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const (
	sealedKey  = "push.key"
	sealedAuth = "push.auth"
)

type keyPair struct {
	Public  string `db:"public_key"`
	Private string `db:"private_key"` // sealed
}

var (
	selectKey = store.SQL(`select public_key, private_key from push_key where place = 1`)
	insertKey = store.SQL(`
		insert into push_key (place, public_key, private_key, created_at) values (1, $1, $2, $3) on conflict (place) do nothing`)
	deleteKey = store.SQL(`delete from push_key where place = 1`)
	deleteAll = store.SQL(`delete from push_subscription`)
)

// Key is the public key that browsers ask for, base64url without padding; ""
// before the first device.
func (s *Service) Key(tx *store.Tx) (string, error) {
	pair, _, err := store.Maybe[keyPair](tx, selectKey)
	return pair.Public, err
}

// EnsureKey is Key, which makes the pair when it is first needed. A pair that
// can no longer be unsealed, because the installation's key is another one, is
// replaced, and the devices that knew it are forgotten: no service would take
// anything for them.
func (s *Service) EnsureKey(ctx context.Context) (public string, err error) {
	private, made, err := webpush.GenerateVAPIDKeys()
	if err != nil {
		return "", fmt.Errorf("push key: %w", err)
	}
	sealed, err := s.Box.Seal(private, sealedKey)
	if err != nil {
		return "", fmt.Errorf("push key: %w", err)
	}
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		old, found, err := store.Maybe[keyPair](tx, selectKey)
		if err != nil {
			return err
		}
		if found {
			if _, err = s.Box.Unseal(old.Private, sealedKey); err == nil {
				public = old.Public
				return nil
			}
			if !errors.Is(err, secret.ErrUnseal) {
				return err
			}
			for _, step := range []store.Statement{deleteAll, deleteKey} {
				if _, err := store.Exec(tx, step); err != nil {
					return err
				}
			}
		}
		if _, err := store.Exec(tx, insertKey, made, sealed, s.Clock.Now()); err != nil {
			return err
		}
		public, err = s.Key(tx) // another node may have been first
		return err
	})
	return public, err
}
