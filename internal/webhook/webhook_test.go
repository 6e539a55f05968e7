package webhook_test

import (
	"encoding/base64"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/webhook"
)

// Monday, 11:00 in Paris.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// shopfloor is Maison Lila's warehouse, which wants to hear of the desk.
type shopfloor struct {
	t        *testing.T
	db       *store.DB
	clock    *clock.Set
	events   *event.Log
	hooks    *webhook.Service
	workers  *jobs.Workers
	lila     id.Shop
	other    id.Shop
	veronica team.Actor

	server *httptest.Server
	mu     sync.Mutex
	got    []heard
	answer func(n int) (status int, retryAfter string) // of the nth request, from 0
	during func()                                      // what happens while it is answered
}

type heard struct {
	name, signature, stamp, body string
	at                           time.Time
}

func open(t *testing.T, db *store.DB) *shopfloor {
	t.Helper()
	box, err := secret.New([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	f := &shopfloor{t: t, db: db, clock: clock.At(monday)}
	f.events = event.NewLog(db, f.clock, nil)
	err = db.InTx(t.Context(), func(tx *store.Tx) error {
		if err := event.EnsureEpoch(tx); err != nil {
			return err
		}
		for _, into := range []*id.Shop{&f.lila, &f.other} {
			if *into, err = store.One[id.Shop](tx, store.Dynamic(`insert into shop (name, created_at) values ('Maison Lila', 1) returning id`)); err != nil {
				return err
			}
		}
		f.veronica.Person, err = store.One[id.Person](tx, store.Dynamic(
			`insert into person (name, email, created_at) values ('Véronica Morel', 'veronica@maison-lila.fr', 1) returning id`))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	f.veronica.Shop, f.veronica.Role = f.lila, team.Owner
	f.hooks = webhook.New(webhook.Config{
		DB: db, Events: f.events, Queue: jobs.Queue{Clock: f.clock}, Clock: f.clock, Box: box, URL: "https://desk.maison-lila.fr",
		Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
	})
	f.newWorkers()
	f.server = httptest.NewServer(http.HandlerFunc(f.receive))
	t.Cleanup(f.server.Close)
	return f
}

func (f *shopfloor) newWorkers() {
	f.workers = jobs.NewWorkers(f.db, f.clock, slog.New(slog.DiscardHandler), map[jobs.Pool]int{jobs.PoolWebhooks: 2})
	f.workers.Handle(webhook.RunJob, f.hooks.Run)
}

func (f *shopfloor) receive(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	n := len(f.got)
	f.got = append(f.got, heard{
		name: r.Header.Get("webhook-id"), signature: r.Header.Get("webhook-signature"), stamp: r.Header.Get("webhook-timestamp"),
		body: string(body), at: f.clock.Now(),
	})
	f.mu.Unlock()
	if f.during != nil {
		f.during()
	}
	status := http.StatusNoContent
	if f.answer != nil {
		var after string
		if status, after = f.answer(n); after != "" {
			w.Header().Set("Retry-After", after)
		}
	}
	w.WriteHeader(status)
	if status >= 300 {
		_, _ = io.WriteString(w, "pas maintenant\x00\x1b[31m"+strings.Repeat("é", 5000))
	}
}

// do fails the test on an error.
func (f *shopfloor) do(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *shopfloor) hook(kinds ...event.Kind) (id.Webhook, string) {
	f.t.Helper()
	made, key, err := f.hooks.Create(f.t.Context(), f.veronica, webhook.Input{Name: "Entrepôt", URL: f.server.URL + "/hook", Kinds: kinds})
	f.do(err)
	return made, key
}

// happens writes an event of a conversation.
func (f *shopfloor) happens(kind event.Kind, shop id.Shop, conversation id.Conversation) {
	f.t.Helper()
	f.do(f.db.InTx(f.t.Context(), func(tx *store.Tx) error {
		e := event.Event{Kind: kind, Shop: shop, Conversation: conversation}
		return f.events.Append(tx, e.With(map[string]any{"n": conversation}))
	}))
}

// hidden are events that no reader of PostgreSQL's feed may see yet: some
// transaction, of a neighbouring test too, is older and still under way.
var hidden = store.PerStore(`select 0`,
	`select count(*) from event where xid >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint`)

// settle waits until every event can be seen.
func (f *shopfloor) settle() {
	f.t.Helper()
	for n := 1; n > 0; {
		f.do(f.db.Read(f.t.Context(), func(tx *store.Tx) (err error) {
			n, err = store.One[int](tx, hidden)
			return err
		}))
	}
}

// run does what is due now.
func (f *shopfloor) run() {
	f.t.Helper()
	f.settle()
	f.do(f.hooks.Follow(f.t.Context()))
	f.do(f.workers.Drain(f.t.Context(), jobs.PoolWebhooks))
}

// names are the ids of the messages heard so far, in their order.
func (f *shopfloor) names() (out []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, h := range f.got {
		out = append(out, h.name)
	}
	return out
}

func (f *shopfloor) read(w id.Webhook) (row webhook.Webhook, log []webhook.Logged) {
	f.t.Helper()
	f.do(f.db.Read(f.t.Context(), func(tx *store.Tx) (err error) {
		if row, err = f.hooks.Get(tx, f.lila, w); err != nil {
			return err
		}
		log, err = f.hooks.Log(tx, w, time.Time{}, 0, 100)
		return err
	}))
	return row, log
}

// The example of the specification itself (Standard Webhooks 1.0, "Signature
// scheme").
func TestSign(t *testing.T) {
	t.Parallel()
	at := time.Unix(1614265330, 0)
	const key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	if got := webhook.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, `{"test": 2432232314}`, key); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	other := "whsec_" + base64.StdEncoding.EncodeToString([]byte("another key"))
	if got := webhook.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, `{"test": 2432232314}`, key, other); !strings.HasPrefix(got, want+" v1,") {
		t.Errorf("two secrets: %s", got)
	}
}
