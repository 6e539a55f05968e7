package lila

import (
	"context"
	"sync"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/id"
)

// Carrier is the world outside: it takes each mail, or refuses it for good.
type Carrier struct {
	mu      sync.Mutex
	Refuses bool
	Taken   []string // as raw mail; to be read while nothing leaves
}

// Route leads through a mail server.
func (*Carrier) Route(context.Context, id.Shop, id.Mailbox) (delivery.Route, error) {
	return delivery.RouteServer, nil
}

// Send takes or refuses a mail for all whom it is for.
func (c *Carrier) Send(ctx context.Context, _ id.Mailbox, _ string, to []string, raw []byte, beforeDot func(context.Context) error) ([]delivery.Result, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := beforeDot(ctx); err != nil {
		return nil, err
	}
	result := delivery.Result{Outcome: delivery.OutcomeAccepted}
	if c.Refuses {
		result = delivery.Result{Outcome: delivery.OutcomeHard, Code: 550}
	} else {
		c.Taken = append(c.Taken, string(raw))
	}
	var out []delivery.Result
	for _, a := range to {
		result.Address = a
		out = append(out, result)
	}
	return out, nil
}
