package push

import (
	"context"
	"crypto/ecdh"
	"encoding/base64"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/safehttp"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Device is a browser on which a person is told things. A zero instant is none.
type Device struct {
	ID        id.PushSubscription `db:"id"`
	Person    id.Person           `db:"person_id"`
	Session   id.Session          `db:"session_id"`
	Label     string              `db:"label"`   // what the browser said of itself when signing in
	Problem   Problem             `db:"problem"` // of the last message
	Status    int                 `db:"status"`
	SentAt    time.Time           `db:"sent_at"`
	CreatedAt time.Time           `db:"created_at"`

	Endpoint string `db:"endpoint"`
	P256DH   string `db:"p256dh"`
	Auth     string `db:"auth"` // sealed
}

// Problem says why the last message did not reach a device's service.
type Problem string

// The problems.
const (
	Refused     Problem = "refused"     // the service will not take it
	Unreachable Problem = "unreachable" // no answer, or "later" for too long
)

// Subscription is what a browser gives out (RFC 8030 and the Push API's
// PushSubscription.toJSON).
type Subscription struct {
	Endpoint string
	P256DH   string // public key of P-256, uncompressed, base64url
	Auth     string // 16 bytes, base64url
}

const columns = `d.id, d.person_id, d.session_id, d.problem, d.status, d.sent_at, d.created_at, d.endpoint, d.p256dh, d.auth, s.label`

var (
	// Nobody is told anything where they are signed out.
	live = ` from push_subscription d join session s on s.id = d.session_id and s.person_id = d.person_id and s.expires_at > $2 `

	selectDevices = store.SQL(`select ` + columns + live + `where d.person_id = $1 order by d.id`)
	selectIDs     = store.SQL(`select d.id` + live + `where d.person_id = $1 order by d.id`)
	selectDevice  = store.SQL(`select ` + columns + live + `where d.id = $1`)
	dropOthers    = store.SQL(`delete from push_subscription where session_id = $1 or endpoint = $2`)
	insertDevice  = store.SQL(`
		insert into push_subscription (person_id, session_id, endpoint, p256dh, auth, created_at) values ($1, $2, $3, $4, $5, $6) returning id`)
	deleteDevice = store.SQL(`delete from push_subscription where id = $1 and person_id = $2`)
	noteSent     = store.SQL(`update push_subscription set sent_at = $2, problem = '', status = $3 where id = $1`)
	noteProblem  = store.SQL(`update push_subscription set problem = $2, status = $3 where id = $1`)
)

func (s Subscription) check() (Subscription, error) {
	if len(s.Endpoint) > 2000 {
		return s, fault.Wrong("endpoint", "The address of the push service is too long.")
	}
	if safehttp.CheckURL(s.Endpoint) != nil {
		return s, fault.Wrong("endpoint", "This is no address of a push service.")
	}
	key, err := decode(s.P256DH)
	if err == nil {
		_, err = ecdh.P256().NewPublicKey(key)
	}
	if err != nil {
		return s, fault.Wrong("p256dh", "This is no public key of a browser.")
	}
	secret, err := decode(s.Auth)
	if err != nil || len(secret) != 16 { // RFC 8291, 3.2
		return s, fault.Wrong("auth", "This is no secret of a browser.")
	}
	s.P256DH, s.Auth = base64.RawURLEncoding.EncodeToString(key), base64.RawURLEncoding.EncodeToString(secret)
	return s, nil
}

func decode(text string) ([]byte, error) {
	return base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
}

// Subscribe has a person told things on the device of a session, in place of
// what that session, or another person in the same browser, had before. Invalid
// faults: endpoint, p256dh, auth.
func (s *Service) Subscribe(ctx context.Context, person id.Person, session id.Session, in Subscription) (made id.PushSubscription, err error) {
	if in, err = in.check(); err != nil {
		return 0, err
	}
	sealed, err := s.Box.Seal(in.Auth, sealedAuth)
	if err != nil {
		return 0, err
	}
	err = s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		if _, err = store.Exec(tx, dropOthers, session, in.Endpoint); err != nil {
			return err
		}
		made, err = store.One[id.PushSubscription](tx, insertDevice, person, session, in.Endpoint, in.P256DH, sealed, s.Clock.Now())
		return err
	})
	return made, err
}

// Devices lists where a person is told things, oldest first.
func (s *Service) Devices(tx *store.Tx, person id.Person) ([]Device, error) {
	return store.All[Device](tx, selectDevices, person, s.Clock.Now())
}

// Of names the devices of a person, for a job each.
func (s *Service) Of(tx *store.Tx, person id.Person) ([]id.PushSubscription, error) {
	return store.All[id.PushSubscription](tx, selectIDs, person, s.Clock.Now())
}

// Get reads a device whose person is still signed in there.
func (s *Service) Get(tx *store.Tx, device id.PushSubscription) (Device, bool, error) {
	return store.Maybe[Device](tx, selectDevice, device, s.Clock.Now())
}

// Forget ends a device of a person.
func (s *Service) Forget(ctx context.Context, person id.Person, device id.PushSubscription) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		n, err := store.Exec(tx, deleteDevice, device, person)
		if err == nil && n == 0 {
			err = fault.Missing("device")
		}
		return err
	})
}
