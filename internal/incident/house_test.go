package incident_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/incident"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) // 10:00 in Paris

const own = "bonjour@maison-lila.example"

// world takes every mail and remembers it.
type world struct {
	mu    sync.Mutex
	taken []string
}

func (*world) Route(context.Context, id.Shop, id.Mailbox) (delivery.Route, error) {
	return delivery.RouteServer, nil
}

func (w *world) Send(ctx context.Context, _ id.Mailbox, _ string, to []string, raw []byte, beforeDot func(context.Context) error) ([]delivery.Result, error) {
	if err := beforeDot(ctx); err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.taken = append(w.taken, string(raw))
	var out []delivery.Result
	for _, a := range to {
		out = append(out, delivery.Result{Address: a, Outcome: delivery.OutcomeAccepted})
	}
	return out, nil
}

type house struct {
	t       *testing.T
	db      *store.DB
	clock   *clock.Set
	desk    *desk.Desk
	reply   *reply.Service
	team    *team.Service
	crowd   *incident.Service
	world   *world
	shop    id.Shop
	lead    team.Actor
	agent   team.Actor
	workers map[string]jobs.Handler
	n       int
}

func onEachStore(t *testing.T, tell func(h *house)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) { tell(openHouse(t, db)) })
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func openHouse(t *testing.T, db *store.DB) *house {
	t.Helper()
	clk := clock.At(monday)
	queue := jobs.Queue{Clock: clk}
	log := event.NewLog(db, clk, nil)
	box := must(secret.New(make([]byte, 32)))
	shops := shop.New(shop.Config{DB: db, Events: log, Clock: clk, Box: box})
	people := team.New(team.Config{DB: db, Events: log, Clock: clk, Box: box})
	d := &desk.Desk{DB: db, Clock: clk, Log: log, Queue: queue, Ledger: &promise.Ledger{Log: log, Clock: clk, Hours: shops.HoursAndDelay}}
	blobs := must(blob.OpenFolder(t.TempDir()))
	out := &world{}
	post := &delivery.Post{DB: db, Blobs: blobs, Clock: clk, Log: log, Queue: queue, Desk: d, Sender: out}
	door := &reply.Service{
		DB: db, Blobs: blobs, Clock: clk, Log: log, Desk: d, Post: post, Shops: shops, Team: people, Banners: incident.Banners,
		Links: reply.Links{URL: "https://desk.maison-lila.example", MAC: box.MAC},
	}
	h := &house{
		t: t, db: db, clock: clk, desk: d, reply: door, team: people, world: out,
		crowd: &incident.Service{
			DB: db, Clock: clk, Log: log, Queue: queue, Team: people, Reply: door,
			Answers: &knowledge.Service{Clock: clk, Events: log, Shops: shops, Team: people},
		},
	}
	h.shop = must(shops.Create(t.Context(), shop.Creation{Input: shop.Input{
		Name: "Maison Lila", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR", Phone: "01 23 45 67 89",
	}}))
	julien := must(people.Add(t.Context(), team.Console(h.shop), team.NewPerson{Name: "Julien Roche", Email: "julien@maison-lila.example", Role: team.Lead, Language: "fr"}))
	marc := must(people.Add(t.Context(), team.Console(h.shop), team.NewPerson{Name: "Marc Petit", Email: "marc@maison-lila.example", Role: team.Agent, Language: "fr"}))
	h.lead = team.Actor{Person: julien, Shop: h.shop, Role: team.Lead}
	h.agent = team.Actor{Person: marc, Shop: h.shop, Role: team.Agent}
	must(shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: h.shop, Input: shop.MailboxInput{Name: "Bonjour", Address: own, Kind: shop.SMTP}}))
	h.workers = map[string]jobs.Handler{
		delivery.SendJob.Name: post.Send, incident.SendJob.Name: h.crowd.Work, reply.AcknowledgeJob.Name: door.Acknowledge,
	}
	return h
}

func (h *house) tx(fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.db.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// writer is a customer: a name may be missing.
type writer struct{ name, address, language string }

var (
	camille = writer{"Camille Renaud", "camille.renaud@example.org", "fr"}
	paul    = writer{"Paul Delmas", "paul.delmas@example.org", "fr"}
	ines    = writer{"Inès Belkacem", "ines.belkacem@example.org", "fr"}
	nobody  = writer{"", "c.1987@example.org", "fr"}
	emma    = writer{"Emma Clarke", "emma.clarke@example.org", "en"}
)

func (h *house) writes(from writer, text string, answers ...string) desk.Received {
	h.t.Helper()
	h.n++
	in := desk.Incoming{
		Shop: h.shop, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: fmt.Sprintf("m%d@example.org", h.n),
		Fingerprint: fmt.Sprint(h.n), From: mime.Address{Name: from.name, Address: from.address}, To: []mime.Address{{Address: own}},
		Own: []string{own}, Subject: "Mon colis", Text: text, References: answers, ArrivedAt: h.clock.Now(), Language: from.language,
	}
	var got desk.Received
	h.tx(func(tx *store.Tx) (err error) { got, err = h.desk.Receive(tx, in); return err })
	return got
}

// work runs the jobs that are due, as the pools would.
func (h *house) work() {
	h.t.Helper()
	due := store.Dynamic(`update job set state = 'running', attempts = attempts + 1, token = token + 1
		where id in (select id from job where state = 'ready' and run_at <= $1) returning id, kind, args, attempts, token, run_at, last_error`)
	for {
		var list []jobs.Job
		h.tx(func(tx *store.Tx) (err error) { list, err = store.All[jobs.Job](tx, due, h.clock.Now()); return err })
		if len(list) == 0 {
			return
		}
		for _, j := range list {
			if err := h.workers[j.Kind](h.t.Context(), j); err != nil {
				h.t.Fatalf("job %s: %v", j.Kind, err)
			}
			h.tx(func(tx *store.Tx) error {
				_, err := store.Exec(tx, store.Dynamic(`delete from job where id = $1 and token = $2`), j.ID, j.Token)
				return err
			})
		}
	}
}

// passes lets time go by, second after second, as the workers see it.
func (h *house) passes(d time.Duration) {
	h.t.Helper()
	for end := h.clock.Now().Add(d); h.clock.Now().Before(end); {
		h.clock.Advance(time.Second)
		h.work()
	}
}

const strikeFR = "<p>{{greeting}}</p><p>Une grève chez notre transporteur retarde votre colis. Il reprend sa route le 27/11/2026.</p>"

// strike opens an incident with the conversations and the text.
func (h *house) strike(text incident.Text, conversations ...desk.Received) id.Incident {
	h.t.Helper()
	var made id.Incident
	h.tx(func(tx *store.Tx) (err error) {
		if made, err = h.crowd.Open(tx, h.lead, incident.Input{Name: "Grève du transporteur", Words: "grève, colis bloqué"}); err != nil {
			return err
		}
		var ids []id.Conversation
		for _, c := range conversations {
			ids = append(ids, c.Conversation)
		}
		if _, err := h.crowd.Add(tx, h.lead, made, ids); err != nil {
			return err
		}
		return h.crowd.Write(tx, h.lead, made, 1, text)
	})
	return made
}

func (h *house) lines(i id.Incident) (incident.Round, map[id.Conversation]incident.Line) {
	h.t.Helper()
	r, list, err := h.crowd.Preview(h.t.Context(), h.lead, i)
	if err != nil {
		h.t.Fatal(err)
	}
	out := map[id.Conversation]incident.Line{}
	for _, l := range list {
		out[l.Conversation] = l
	}
	return r, out
}

// starts sends all that is shown as ready.
func (h *house) starts(i id.Incident) int {
	h.t.Helper()
	n, err := h.start(i)
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

func (h *house) start(i id.Incident) (int, error) {
	r, list, err := h.crowd.Preview(h.t.Context(), h.lead, i)
	if err != nil {
		return 0, err
	}
	var shown []incident.Shown
	for _, l := range list {
		if l.State == incident.Ready {
			shown = append(shown, incident.Shown{Conversation: l.Conversation, SeenThrough: l.SeenThrough})
		}
	}
	return h.crowd.Start(h.t.Context(), h.lead, i, r.Revision, shown)
}

func (h *house) edit(i id.Incident, c desk.Received, e incident.Edit) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error { return h.crowd.Edit(tx, h.lead, i, c.Conversation, e) })
}

func (h *house) promises(c desk.Received) (out []promise.Promise) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) { out, err = promise.Of(tx, c.Conversation); return err })
	return out
}

// took tells how many mails the world took for an address.
func (h *house) took(w writer) (n int) {
	h.world.mu.Lock()
	defer h.world.mu.Unlock()
	for _, raw := range h.world.taken {
		if strings.Contains(raw, w.address) {
			n++
		}
	}
	return n
}
