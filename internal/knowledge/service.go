package knowledge

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Service holds the operations. It is safe for use by many goroutines.
type Service struct {
	Clock  clock.Clock
	Events *event.Log
	Shops  *shop.Service
	Team   *team.Service
}

func (s *Service) now() time.Time { return s.Clock.Now() }

// changed tells the other screens to read the list anew. What was changed is
// told by its id only (I9).
func (s *Service) changed(tx *store.Tx, by team.Actor, what string, answer id.SavedAnswer) error {
	e := event.Event{Kind: event.SavedAnswersChanged, Shop: by.Shop, Person: by.Person}
	return s.Events.Append(tx, e.With(map[string]any{"what": what, "answer": int64(answer)}))
}
