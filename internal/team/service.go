package team

import (
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Mailer writes the two mails that this package needs sent, in the caller's
// transaction. The token goes into a link and nowhere else.
type Mailer interface {
	SendReset(tx *store.Tx, p Person, shop id.Shop, token string) error
	SendInvite(tx *store.Tx, p Person, shop id.Shop, token string) error
}

// Config is what the package needs. Without a Mailer nothing is sent: the links
// are handed over by whoever runs the desk.
type Config struct {
	DB     *store.DB
	Events *event.Log
	Clock  clock.Clock
	Box    *secret.Box
	Mailer Mailer
}

// Service holds the operations. It is safe for use by many goroutines.
type Service struct {
	db       *store.DB
	events   *event.Log
	clock    clock.Clock
	box      *secret.Box
	mailer   Mailer
	hasher   hasher
	attempts *attempts
}

// New makes the service.
func New(c Config) *Service {
	return &Service{
		db: c.DB, events: c.Events, clock: c.Clock, box: c.Box, mailer: c.Mailer,
		hasher: newHasher(), attempts: newAttempts(c.Clock),
	}
}

// changed tells that something about a person changed, without saying to what.
func (s *Service) changed(tx *store.Tx, by id.Person, shop id.Shop, person id.Person, what string) error {
	e := event.Event{Kind: event.PersonChanged, Shop: shop, Person: by}
	return s.events.Append(tx, e.With(map[string]any{"person": person, "what": what}))
}
