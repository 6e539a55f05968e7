package push

import (
	"net/netip"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/safehttp"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Config is what the package needs.
type Config struct {
	DB    *store.DB
	Clock clock.Clock
	Box   *secret.Box
	URL   string         // of the web app: whom a push service may write to (RFC 8292, 2.1)
	Allow []netip.Prefix // networks of one's own whose push services may be called
}

// Service holds the operations. It is safe for use by many goroutines.
type Service struct {
	Config
	client *safehttp.Client
}

// New makes the service. Redirects are not followed: an endpoint is what the
// browser named.
func New(c Config) *Service {
	return &Service{Config: c, client: safehttp.New(safehttp.Config{Allow: c.Allow})}
}
