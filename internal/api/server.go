package api

import (
	"context"
	"log/slog"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/incident"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/live"
	"github.com/comptoir-desk/comptoir/internal/notify"
	"github.com/comptoir-desk/comptoir/internal/push"
	"github.com/comptoir-desk/comptoir/internal/reading"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/report"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
	"github.com/comptoir-desk/comptoir/internal/webhook"
)

// Check is one step of a connection test, in plain words.
type Check struct {
	Step string `json:"step"`
	OK   bool   `json:"ok"`
	FR   string `json:"fr"`
	EN   string `json:"en"`
}

// Mail is what the API asks of the mail channel.
type Mail interface {
	// Test tries a mailbox's settings, reading and sending, step by step.
	Test(ctx context.Context, in shop.MailboxInput, stored id.Mailbox) []Check
	// Reconcile compares a mailbox with the desk now.
	Reconcile(ctx context.Context, m id.Mailbox) error
	// Replay parses a quarantined item again. The reason says why it stays.
	Replay(ctx context.Context, item id.Item) (c id.Conversation, reason string, err error)
	// Problem puts a stored error of a mailbox into words.
	Problem(stored string) (fr, en string)
}

// Parts are what the API speaks to.
type Parts struct {
	DB        *store.DB
	Blobs     blob.Store
	Clock     clock.Clock
	Log       *slog.Logger
	Events    *event.Log
	Hub       *live.Hub
	Desk      *desk.Desk
	Reply     *reply.Service
	Asks      *ask.Service
	Readings  *reading.Service
	Post      *delivery.Post
	Intake    *intake.Intake
	Shops     *shop.Service
	Team      *team.Service
	Views     *view.Lists
	Answers   *knowledge.Service
	Hooks     *webhook.Service
	Figures   *report.Service
	Mail      Mail
	Setup     Setup
	Proxies   Proxies // whose word about a request's origin counts
	URL       string  // of the web app, for links that people pass on
	Version   string
	Incidents *incident.Service
	Board     *live.Board // who reads what; nil for nobody
	Push      *push.Service
	Notify    *notify.Service
}

// Server answers the API.
type Server struct {
	Parts
	limits   *limits
	pictures pictures
	unheard  sync.Once // told of an untrusted peer's word
}

// New makes the handler of everything below /api/, and of SharedFiles.
func New(p Parts) http.Handler {
	s := &Server{Parts: p, limits: newLimits(p.Clock)}
	mux := http.NewServeMux()
	api := humago.New(mux, config(p.Version))
	for _, r := range s.routes() {
		r.add(api, s.operation(r))
	}
	for _, r := range s.plainRoutes() {
		mux.Handle(r.method+" "+base+r.path, s.plain(r))
	}
	mux.Handle("GET "+SharedFiles+"{token}", s.plain(plainRoute{needs: anybody, rate: rare, serve: s.sharedFile}))
	mux.Handle("GET "+notify.UnsubscribePath+"{token}", s.plain(plainRoute{needs: anybody, rate: rare, serve: s.askUnsubscribe}))
	mux.Handle("POST "+notify.UnsubscribePath+"{token}", s.plain(plainRoute{needs: anybody, rate: rare, serve: s.unsubscribe}))
	s.describe(api)
	s.serveReference(mux)
	guarded := http.NewCrossOriginProtection()
	guarded.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, problemOf(fault.New(fault.Forbidden, "cross_origin", "Another site's page may not do this.")))
	}))
	return s.logged(guarded.Handler(s.once(routed(mux))))
}

// Description is the OpenAPI 3.1 document, for the generated client.
func Description() ([]byte, error) {
	s := &Server{limits: newLimits(clock.System{})}
	api := humago.New(http.NewServeMux(), config("1"))
	for _, r := range s.routes() {
		r.add(api, s.operation(r))
	}
	s.describe(api)
	return api.OpenAPI().MarshalJSON()
}

const base = "/api/v1"

func config(version string) huma.Config {
	c := huma.DefaultConfig("Comptoir", version)
	c.OpenAPIPath = base + "/openapi"
	c.DocsPath = ""
	c.SchemasPath = ""
	c.CreateHooks = nil // no "$schema" in every body
	inJSON := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: readBody}
	c.Formats = map[string]huma.Format{"application/json": inJSON, "json": inJSON}
	c.Info.Description = introduction
	return c
}
