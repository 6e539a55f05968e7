package shop

import (
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Config is what the package needs.
type Config struct {
	DB     *store.DB
	Events *event.Log
	Clock  clock.Clock
	Box    *secret.Box
}

// Service holds the operations. It is safe for use by many goroutines.
type Service struct {
	db     *store.DB
	events *event.Log
	clock  clock.Clock
	box    *secret.Box
	memory memory
}

// New makes the service.
func New(c Config) *Service {
	return &Service{db: c.DB, events: c.Events, clock: c.Clock, box: c.Box}
}
