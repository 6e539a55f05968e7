package team

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// KeyPrefix begins every key, so that scanners of leaked secrets know one.
const KeyPrefix = "cpt_"

const (
	maxKeyName = 100
	maxKeys    = 100 // alive ones of a shop
	// usedEvery bounds how often using a key writes.
	usedEvery = 5 * time.Minute
)

// APIKey lets a program act in one shop for the person who made it. Its secret
// is told once and never stored. A zero instant is none.
type APIKey struct {
	ID         id.APIKey `db:"id"`
	Person     id.Person `db:"person_id"`
	Shop       id.Shop   `db:"shop_id"`
	Name       string    `db:"name"`
	Hint       string    `db:"hint"`
	Scopes     Scopes    `db:"scopes"`
	CreatedAt  time.Time `db:"created_at"`
	ExpiresAt  time.Time `db:"expires_at"`
	LastUsedAt time.Time `db:"last_used_at"`
	RevokedAt  time.Time `db:"revoked_at"`
}

// NewAPIKey is what somebody asks for.
type NewAPIKey struct {
	Name      string
	Scopes    []Scope
	ExpiresAt time.Time // zero for never
}

type keyWithRole struct {
	APIKey

	Role Role `db:"role"`
}

const keyColumns = `k.id, k.person_id, k.shop_id, k.name, k.hint, k.scopes, k.created_at, k.expires_at, k.last_used_at, k.revoked_at`

var (
	insertKey = store.SQL(`
		insert into api_key (shop_id, person_id, name, token, hint, scopes, created_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`)
	// The role is read each time, as for sessions: who leaves takes their keys along.
	selectKey = store.SQL(`
		select ` + keyColumns + `, m.role from api_key k
		join person p on p.id = k.person_id and p.active = true
		join membership m on m.person_id = k.person_id and m.shop_id = k.shop_id
		where k.token = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $2)`)
	selectKeys = store.SQL(`select ` + keyColumns + ` from api_key k where k.shop_id = $1 order by k.id desc limit 500`)
	countKeys  = store.SQL(`
		select count(*) from api_key where shop_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`)
	touchKey  = store.SQL(`update api_key set last_used_at = $2 where id = $1`)
	revokeKey = store.SQL(`update api_key set revoked_at = $3 where id = $1 and shop_id = $2 and revoked_at is null`)
)

// CreateKey makes a key and tells its secret, this once. Keys are made by
// people: a key that could make keys could not be taken back.
func (s *Service) CreateKey(ctx context.Context, by Actor, n NewAPIKey) (made APIKey, secret string, err error) {
	if err := needsPerson(by); err != nil {
		return made, "", err
	}
	now := s.clock.Now()
	made = APIKey{Person: by.Person, Shop: by.Shop, Name: strings.TrimSpace(n.Name), CreatedAt: now, ExpiresAt: n.ExpiresAt}
	var known bool
	made.Scopes, known = joinScopes(n.Scopes)
	switch {
	case made.Name == "" || utf8.RuneCountInString(made.Name) > maxKeyName || made.Name != shownLabel(made.Name):
		return made, "", fault.Wrong("name", "Give the key a name of at most 100 characters, without control characters.")
	case !known || made.Scopes == "":
		return made, "", fault.Wrong("scopes", "Choose at least one of the scopes.")
	case !n.ExpiresAt.IsZero() && !n.ExpiresAt.After(now):
		return made, "", fault.Wrong("expires_at", "The time must lie ahead.")
	}
	secret = KeyPrefix + newToken()
	made.Hint = secret[:len(KeyPrefix)+6]
	err = s.db.InTx(ctx, func(tx *store.Tx) error {
		alive, err := store.One[int](tx, countKeys, by.Shop, now)
		if err != nil {
			return err
		}
		if alive >= maxKeys {
			return fault.New(fault.Conflict, "too_many_keys", "The shop has 100 keys; revoke one first.")
		}
		made.ID, err = store.One[id.APIKey](tx, insertKey, made.Shop, made.Person, made.Name, digest(secret), made.Hint, string(made.Scopes), now, n.ExpiresAt)
		if err != nil {
			return err
		}
		return s.keyChanged(tx, by, made.ID, "created")
	})
	return made, secret, err
}

// RevokeKey ends a key of the shop at once.
func (s *Service) RevokeKey(ctx context.Context, by Actor, key id.APIKey) error {
	if err := needsPerson(by); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		n, err := store.Exec(tx, revokeKey, key, by.Shop, s.clock.Now())
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing("key")
		}
		return s.keyChanged(tx, by, key, "revoked")
	})
}

func needsPerson(by Actor) error {
	if by.APIKey != 0 {
		return fault.New(fault.Forbidden, "forbidden", "Keys are made and revoked by people in the web app.")
	}
	return by.Need(SettingsAPI)
}

func (s *Service) keyChanged(tx *store.Tx, by Actor, key id.APIKey, what string) error {
	e := event.Event{Kind: event.APIKeyChanged, Shop: by.Shop, Person: by.Person}
	return s.events.Append(tx, e.With(map[string]any{"api_key": key, "what": what}))
}

// Keys lists the newest 500 keys of a shop, revoked ones too.
func (s *Service) Keys(tx *store.Tx, shop id.Shop) ([]APIKey, error) {
	return store.All[APIKey](tx, selectKeys, shop)
}

// AuthenticateKey finds for whom a key acts and what it may do.
func (s *Service) AuthenticateKey(ctx context.Context, secret string) (Actor, error) {
	now := s.clock.Now()
	var row keyWithRole
	var found bool
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		row, found, err = store.Maybe[keyWithRole](tx, selectKey, digest(secret), now)
		return err
	})
	if err != nil {
		return Actor{}, err
	}
	if !found {
		return Actor{}, fault.New(fault.Unauthenticated, "unauthenticated", "This API key is unknown, revoked or expired, or its maker has left.")
	}
	if now.Sub(row.LastUsedAt) >= usedEvery {
		if err := s.db.InTx(ctx, func(tx *store.Tx) error {
			_, err := store.Exec(tx, touchKey, row.ID, now)
			return err
		}); err != nil {
			return Actor{}, err
		}
	}
	return Actor{Person: row.Person, Shop: row.Shop, Role: row.Role, APIKey: row.ID, Scopes: row.Scopes}, nil
}
