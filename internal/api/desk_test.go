package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/live"
	"github.com/comptoir-desk/comptoir/internal/notify"
	"github.com/comptoir-desk/comptoir/internal/push"
	"github.com/comptoir-desk/comptoir/internal/report"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
	"github.com/comptoir-desk/comptoir/internal/webhook"
)

// Monday, 11:00 in Paris.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

const (
	veronicas  = "améthyste et citrine"
	marcs      = "le bracelet du lundi"
	startToken = "the-token-in-the-log"
	firefox    = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
)

// place is a running API over a store of its own.
type place struct {
	box                  *secret.Box
	t                    *testing.T
	db                   *store.DB
	clock                *clock.Set
	blobs                *blob.Folder
	shops                *shop.Service
	team                 *team.Service
	answers              *knowledge.Service
	hooks                *webhook.Service
	inside               *ask.Service
	push                 *push.Service
	notify               *notify.Service
	post                 *letters
	mail                 *mailServers
	setup                *host
	handler              http.Handler
	events               *event.Log
	log                  lines
	lila, other          id.Shop
	veronica, marc, inès id.Person // owner, lead, agent of Maison Lila
}

// fresh is a desk that nobody has set up.
func fresh(t *testing.T, db *store.DB) *place {
	t.Helper()
	box, err := secret.New([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.At(monday)
	events := event.NewLog(db, c, nil)
	d := &place{t: t, box: box, db: db, clock: c, blobs: blobs, events: events, post: &letters{}, mail: &mailServers{}}
	d.shops = shop.New(shop.Config{DB: db, Events: events, Clock: c, Box: box})
	d.team = team.New(team.Config{DB: db, Events: events, Clock: c, Box: box, Mailer: d.post})
	d.answers = &knowledge.Service{Clock: c, Events: events, Shops: d.shops, Team: d.team}
	d.push = push.New(push.Config{DB: db, Clock: c, Box: box, URL: "https://desk.maison-lila.fr"})
	d.notify = &notify.Service{DB: db, Clock: c, Queue: jobs.Queue{Clock: c}, Box: box, Push: d.push, Shops: d.shops, Team: d.team, URL: "https://desk.maison-lila.fr"}
	d.hooks = webhook.New(webhook.Config{DB: db, Events: events, Queue: jobs.Queue{Clock: c}, Clock: c, Box: box, URL: "https://desk.maison-lila.fr"})
	d.setup = &host{desk: d, state: api.SetupFresh}
	d.handler = d.behind(nil)
	return d
}

// parts are those that every story of the API has.
func (d *place) parts() api.Parts {
	return api.Parts{
		DB: d.db, Blobs: d.blobs, Clock: d.clock, Log: slog.New(slog.NewTextHandler(&d.log, nil)), Events: d.events, Shops: d.shops, Team: d.team,
		Views:   view.New(view.Config{DB: d.db, Clock: d.clock, Team: d.team, Blobs: d.blobs}),
		Answers: d.answers, Hooks: d.hooks, Figures: d.figures(), Push: d.push, Notify: d.notify,
		Board: live.NewBoard(d.db, d.clock), Hub: live.NewHub(d.db, slog.New(slog.DiscardHandler)),
		Mail: d.mail, Setup: d.setup, URL: "https://desk.maison-lila.fr", Version: "test",
	}
}

// behind is the API behind web servers that are trusted, if any.
func (d *place) behind(trusted api.Proxies) http.Handler {
	parts := d.parts()
	parts.Proxies = trusted
	return api.New(parts)
}

// open is a desk at which Véronica (owner), Marc (lead) and Inès (agent) work
// for Maison Lila; another shop has its own.
func open(t *testing.T, db *store.DB) *place {
	t.Helper()
	d := fresh(t, db)
	d.setup.state = api.SetupShop
	var err error
	if d.lila, err = d.shops.Create(t.Context(), shop.Creation{Input: lila()}); err != nil {
		t.Fatal(err)
	}
	atelier := lila()
	atelier.Name = "Atelier Brun"
	if d.other, err = d.shops.Create(t.Context(), shop.Creation{Input: atelier}); err != nil {
		t.Fatal(err)
	}
	d.veronica = d.add("Véronica Morel", "veronica@maison-lila.fr", team.Owner, veronicas)
	d.marc = d.add("Marc Petit", "marc@maison-lila.fr", team.Lead, marcs)
	d.inès = d.add("Inès Belkacem", "ines@maison-lila.fr", team.Agent, marcs)
	return d
}

func lila() shop.Input {
	return shop.Input{
		Name: "Maison Lila", URL: "https://maison-lila.fr", Phone: "03 88 00 00 00", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR-67",
	}
}

// hashes keeps the stored form of passwords: each test would compute them
// again, slowly on purpose.
var hashes sync.Map

func (d *place) add(name, email string, role team.Role, password string) id.Person {
	d.t.Helper()
	n := team.NewPerson{Name: name, Email: email, Role: role}
	known, ok := hashes.Load(password)
	if !ok {
		hash, err := d.team.HashPassword(d.t.Context(), n, password)
		if err != nil {
			d.t.Fatal(err)
		}
		known, _ = hashes.LoadOrStore(password, hash)
	}
	n.Password = known.(team.Hash) //nolint:errcheck,forcetypeassert // only stored above
	made, err := d.team.Add(d.t.Context(), team.Console(d.lila), n)
	if err != nil {
		d.t.Fatal(err)
	}
	return made
}

// letters collects the tokens that would be mailed.
type letters struct{ tokens []string }

func (l *letters) SendReset(_ *store.Tx, _ team.Person, _ id.Shop, token string) error {
	l.tokens = append(l.tokens, token)
	return nil
}

func (l *letters) SendInvite(tx *store.Tx, p team.Person, sh id.Shop, token string) error {
	return l.SendReset(tx, p, sh, token)
}

// mailServers stand for the mail channel.
type mailServers struct {
	tested     []shop.MailboxInput
	reconciled []id.Mailbox
}

func (m *mailServers) Test(_ context.Context, in shop.MailboxInput, _ id.Mailbox) []api.Check {
	m.tested = append(m.tested, in)
	return []api.Check{{Step: "connect", OK: true, FR: "Connexion établie.", EN: "Connected."}}
}

func (m *mailServers) Reconcile(_ context.Context, box id.Mailbox) error {
	m.reconciled = append(m.reconciled, box)
	return nil
}

func (m *mailServers) Replay(context.Context, id.Item) (id.Conversation, string, error) {
	return 0, "unreadable", nil
}

func (m *mailServers) Problem(stored string) (fr, en string) { return "FR " + stored, "EN " + stored }

// browser is somebody's, with its cookies.
type browser struct {
	*place

	remote, host, agent string
	cookies             map[string]string
	header              http.Header // what a web server before the desk adds
}

// at is a browser on the machine itself.
func (d *place) at() *browser {
	return &browser{place: d, remote: "127.0.0.1:50123", host: "localhost:8080", agent: firefox, cookies: map[string]string{}}
}

// from is a browser elsewhere.
func (d *place) from(remote string) *browser {
	b := d.at()
	b.remote, b.host = remote+":50123", "desk.maison-lila.fr"
	return b
}

// plain asks for what lies beside the API.
func (b *browser) plain(path string) (status int, head http.Header, body string) {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), http.MethodGet, "http://"+b.host+path, nil)
	r.RemoteAddr, r.Host = b.remote, b.host
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return w.Code, w.Header(), w.Body.String()
}

type answer struct {
	t      *testing.T
	status int
	raw    string
	kind   string
	set    []*http.Cookie
}

func (b *browser) do(method, path string, body any) answer {
	b.t.Helper()
	var content io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		content = bytes.NewReader(raw)
	}
	r := httptest.NewRequestWithContext(b.t.Context(), method, "http://"+b.host+"/api/v1"+path, content)
	r.RemoteAddr, r.Host = b.remote, b.host
	maps.Copy(r.Header, b.header)
	r.Header.Set("User-Agent", b.agent)
	r.Header.Set("Content-Type", "application/json")
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	got := answer{t: b.t, status: w.Code, raw: w.Body.String(), kind: w.Header().Get("Content-Type"), set: w.Result().Cookies()} //nolint:bodyclose // a recorder's
	for _, c := range got.set {
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return got
}

// want ends the test unless the answer has this status and, for a refusal,
// this code.
func (a answer) want(status int, code string) answer {
	a.t.Helper()
	var got struct {
		Code string `json:"code"`
	}
	_ = json.Unmarshal([]byte(a.raw), &got)
	if a.status != status || got.Code != code {
		a.t.Fatalf("answer %d %q, want %d %q: %s", a.status, got.Code, status, code, a.raw)
	}
	return a
}

func (a answer) ok() answer {
	a.t.Helper()
	return a.want(http.StatusOK, "")
}

func (a answer) done() { a.t.Helper(); a.want(http.StatusNoContent, "") }

// wrong wants the field of the request to be called wrong.
func (a answer) wrong(location string) {
	a.t.Helper()
	a.want(http.StatusUnprocessableEntity, "invalid")
	if !strings.Contains(a.raw, `"location":"`+location+`"`) {
		a.t.Errorf("wrong field is not %q: %s", location, a.raw)
	}
}

func (a answer) read(into any) {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.raw), into); err != nil {
		a.t.Fatalf("%v: %s", err, a.raw)
	}
}

func (b *browser) signIn(email, password string) answer {
	b.t.Helper()
	return b.do("POST", "/session", m{"email": email, "password": password})
}

// as is a browser in which the person has signed in.
func (d *place) as(email, password string) *browser {
	d.t.Helper()
	b := d.from("203.0.113.7")
	b.signIn(email, password).ok()
	return b
}

func (d *place) owner() *browser { d.t.Helper(); return d.as("veronica@maison-lila.fr", veronicas) }
func (d *place) lead() *browser  { d.t.Helper(); return d.as("marc@maison-lila.fr", marcs) }
func (d *place) agent() *browser { d.t.Helper(); return d.as("ines@maison-lila.fr", marcs) }

type m = map[string]any

func (d *place) figures() *report.Service {
	return &report.Service{DB: d.db, Events: d.events, Queue: jobs.Queue{Clock: d.clock}, Clock: d.clock, Shops: d.shops}
}
