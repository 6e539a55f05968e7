package app

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/app/doctor"
	"github.com/comptoir-desk/comptoir/internal/clock"
)

// Examine makes every check of comptoir doctor with a DNS of the test's own.
func Examine(ctx context.Context, c Config, r doctor.Resolver) []doctor.Finding {
	v := &visit{config: c, place: c.shopPlace(), clock: clock.System{}, resolver: r}
	v.all(ctx)
	return v.findings
}
