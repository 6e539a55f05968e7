package ask_test

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
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

const (
	own       = "bonjour@maison-lila.example"
	camille   = "camille.renaud@example.org"
	warehouse = "depot@logistique-sud.example"
)

// carrier is the world outside: it takes mail, or refuses it.
type carrier struct {
	mu      sync.Mutex
	refuses bool
	taken   []string
}

func (c *carrier) Route(context.Context, id.Shop, id.Mailbox) (delivery.Route, error) {
	return delivery.RouteServer, nil
}

func (c *carrier) Send(ctx context.Context, _ id.Mailbox, _ string, to []string, raw []byte, beforeDot func(context.Context) error) ([]delivery.Result, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := beforeDot(ctx); err != nil {
		return nil, err
	}
	outcome := delivery.OutcomeAccepted
	if c.refuses {
		outcome = delivery.OutcomeHard
	} else {
		c.taken = append(c.taken, string(raw))
	}
	var out []delivery.Result
	for _, a := range to {
		out = append(out, delivery.Result{Address: a, Outcome: outcome, Code: 550})
	}
	return out, nil
}

type house struct {
	t       *testing.T
	db      *store.DB
	clock   *clock.Set
	desk    *desk.Desk
	post    *delivery.Post
	asks    *ask.Service
	shops   *shop.Service
	people  *team.Service
	world   *carrier
	blobs   blob.Store
	shop    id.Shop
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

// reacts puts the jobs that the app puts for a question.
func reacts(q jobs.Queue) event.React {
	return func(tx *store.Tx, e event.Event) error {
		var said struct {
			Kind string `json:"kind"`
		}
		_ = json.Unmarshal([]byte(e.Data), &said)
		switch {
		case e.Kind == event.PromiseBroken && said.Kind == string(promise.Ask):
			return q.Put(tx, jobs.Add{Kind: ask.LateJob, Key: e.Promise.String(), Args: ask.LateArgs{Promise: e.Promise}})
		case e.Kind == event.DeliveryFailed && said.Kind == string(delivery.System):
			return q.Put(tx, jobs.Add{Kind: ask.FailedJob, Key: e.Delivery.String(), Args: ask.FailedArgs{Delivery: e.Delivery}})
		}
		return nil
	}
}

func openHouse(t *testing.T, db *store.DB) *house {
	t.Helper()
	clk := clock.At(monday)
	queue := jobs.Queue{Clock: clk}
	log := event.NewLog(db, clk, reacts(queue))
	box := must(secret.New(make([]byte, 32)))
	shops := shop.New(shop.Config{DB: db, Events: log, Clock: clk, Box: box})
	people := team.New(team.Config{DB: db, Events: log, Clock: clk, Box: box})
	ledger := &promise.Ledger{Log: log, Clock: clk, Hours: shops.HoursAndDelay}
	d := &desk.Desk{DB: db, Clock: clk, Log: log, Queue: queue, Ledger: ledger}
	blobs := must(blob.OpenFolder(t.TempDir()))
	world := &carrier{}
	post := &delivery.Post{DB: db, Blobs: blobs, Clock: clk, Log: log, Queue: queue, Desk: d, Sender: world}
	door := &reply.Service{DB: db, Blobs: blobs, Clock: clk, Log: log, Desk: d, Post: post, Shops: shops, Team: people}
	h := &house{
		t: t, db: db, clock: clk, desk: d, post: post, shops: shops, people: people, world: world, blobs: blobs,
		asks: &ask.Service{DB: db, Blobs: blobs, Clock: clk, Log: log, Desk: d, Post: post, Reply: door, Shops: shops, URL: "https://desk.maison-lila.example"},
	}
	d.Inside = h.asks
	h.shop = must(shops.Create(t.Context(), shop.Creation{Input: shop.Input{Name: "Maison Lila", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR"}}))
	veronica := must(people.Add(t.Context(), team.Console(h.shop), team.NewPerson{Name: "Véronica Lambert", Email: "veronica@maison-lila.example", Role: team.Owner, Language: "fr"}))
	h.agent = team.Actor{Person: veronica, Shop: h.shop, Role: team.Owner}
	must(shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: h.shop, Input: shop.MailboxInput{Name: "Bonjour", Address: own, Kind: shop.SMTP}}))
	h.workers = map[string]jobs.Handler{delivery.SendJob.Name: post.Send, ask.LateJob.Name: h.asks.Late, ask.FailedJob.Name: h.asks.Failed}
	return h
}

func (h *house) tx(fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.db.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// mail is one that comes in.
func (h *house) mail(from, text string, change func(in *desk.Incoming)) desk.Received {
	h.t.Helper()
	h.n++
	in := desk.Incoming{
		Shop: h.shop, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: fmt.Sprintf("m%d@example.org", h.n),
		Fingerprint: fmt.Sprint(h.n), From: mime.Address{Name: "Camille Renaud", Address: from}, To: []mime.Address{{Address: own}},
		Own: []string{own}, Subject: "Ma bague", Text: text, ArrivedAt: h.clock.Now(), Language: "fr",
	}
	if change != nil {
		change(&in)
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

// leaves lets the time to undo pass and the mail leave.
func (h *house) leaves() {
	h.t.Helper()
	h.clock.Advance(reply.UndoTime)
	h.work()
}

// asked asks the warehouse about a conversation, and gives the secret part of
// the link in the mail that left.
func (h *house) asked(c id.Conversation, change func(n *ask.New)) (ask.Ask, string) {
	h.t.Helper()
	h.n++
	n := ask.New{
		Conversation: c, Key: fmt.Sprintf("question-%d", h.n), To: ask.Party{Name: "Entrepôt", Address: warehouse, Language: "fr"},
		Question: "Reste-t-il une bague Lila en taille 54 ?",
	}
	if change != nil {
		change(&n)
	}
	a, err := h.asks.Ask(h.t.Context(), h.agent, n)
	if err != nil {
		h.t.Fatal(err)
	}
	h.leaves()
	return a, h.token()
}

var inMail = regexp.MustCompile(`/ask/([A-Za-z0-9_-]{43})`)

// token is the secret part of the link in the newest mail that left.
func (h *house) token() string {
	h.t.Helper()
	if len(h.world.taken) == 0 {
		h.t.Fatal("no mail left")
	}
	m := must(mime.Parse([]byte(h.world.taken[len(h.world.taken)-1]), mime.Options{}))
	found := inMail.FindStringSubmatch(m.Text)
	if found == nil {
		h.t.Fatalf("no link in the mail:\n%s", m.Text)
	}
	return found[1]
}

func (h *house) left() *mime.Mail {
	h.t.Helper()
	return must(mime.Parse([]byte(h.world.taken[len(h.world.taken)-1]), mime.Options{}))
}

// messages are those of a conversation, in their order.
func (h *house) messages(c id.Conversation) (all []desk.Message) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		all, err = store.All[desk.Message](tx, store.Dynamic(`select `+desk.MessageColumns+` from message where conversation_id = $1 order by id`), c)
		return err
	})
	return all
}

// answers are the notes that came from inside.
func (h *house) answers(c id.Conversation) (out []desk.Message) {
	h.t.Helper()
	for _, m := range h.messages(c) {
		if m.Kind == desk.KindAskAnswer {
			out = append(out, m)
		}
	}
	return out
}

func (h *house) promise(p id.Promise) (out promise.Promise) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) { out, err = promise.Read(tx, p); return err })
	return out
}

func (h *house) customers(c id.Conversation) (out promise.Promise) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		all, err := promise.Of(tx, c)
		for _, p := range all {
			if p.Kind == promise.Answer {
				out = p
			}
		}
		return err
	})
	return out
}

func (h *house) notices(who id.Person) (kinds []string) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		kinds, err = store.All[string](tx, store.Dynamic(`select kind from notice where person_id = $1 order by id`), who)
		return err
	})
	return kinds
}

func (h *house) count(query string, args ...any) (n int64) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		n, err = store.One[int64](tx, store.Dynamic(query), args...)
		return err
	})
	return n
}

func (h *house) answer(token, key, text string, files ...ask.Upload) {
	h.t.Helper()
	if err := h.asks.Answer(h.t.Context(), token, key, text, files); err != nil {
		h.t.Fatal(err)
	}
}

func contains(list []string, want string) bool { return slices.Contains(list, want) }
