package lila

import (
	"fmt"
	"strings"
	"testing"
	"time"

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
)

// Monday is when the house opens: 10:00 in Paris.
var Monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

const (
	// Own is the address of the house.
	Own = "bonjour@maison-lila.example"
	// Camille is the customer's who writes unless another does.
	Camille = "camille.renaud@example.org"
	// URL is where the desk is reached.
	URL = "https://desk.maison-lila.example"
)

// House is a desk with its parts.
type House struct {
	T       *testing.T
	DB      *store.DB
	Clock   *clock.Set
	Queue   jobs.Queue
	Log     *event.Log
	Blobs   blob.Store
	Shops   *shop.Service
	Team    *team.Service
	Desk    *desk.Desk
	Post    *delivery.Post
	Reply   *reply.Service
	Shop    id.Shop
	Workers map[string]jobs.Handler // what Work gives jobs to, by kind

	mails int
}

// Must is a value that can't be missing in a test.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Open opens the house. Mail leaves by world; react, which may be nil, turns
// events into jobs.
func Open(t *testing.T, db *store.DB, world delivery.Sender, react func(jobs.Queue) event.React) *House {
	t.Helper()
	h := &House{T: t, DB: db, Clock: clock.At(Monday), Blobs: Must(blob.OpenFolder(t.TempDir()))}
	h.Queue = jobs.Queue{Clock: h.Clock}
	var reacts event.React
	if react != nil {
		reacts = react(h.Queue)
	}
	h.Log = event.NewLog(db, h.Clock, reacts)
	box := Must(secret.New(make([]byte, 32)))
	h.Shops = shop.New(shop.Config{DB: db, Events: h.Log, Clock: h.Clock, Box: box})
	h.Team = team.New(team.Config{DB: db, Events: h.Log, Clock: h.Clock, Box: box})
	h.Desk = &desk.Desk{DB: db, Clock: h.Clock, Log: h.Log, Queue: h.Queue, Ledger: &promise.Ledger{Log: h.Log, Clock: h.Clock, Hours: h.Shops.HoursAndDelay}}
	h.Post = &delivery.Post{DB: db, Blobs: h.Blobs, Clock: h.Clock, Log: h.Log, Queue: h.Queue, Desk: h.Desk, Sender: world}
	h.Reply = &reply.Service{
		DB: db, Blobs: h.Blobs, Clock: h.Clock, Log: h.Log, Desk: h.Desk, Post: h.Post, Shops: h.Shops, Team: h.Team,
		Links: reply.Links{URL: URL, MAC: box.MAC},
	}
	h.Workers = map[string]jobs.Handler{delivery.SendJob.Name: h.Post.Send, reply.AcknowledgeJob.Name: h.Reply.Acknowledge}
	h.Shop = Must(h.Shops.Create(t.Context(), shop.Creation{Input: shop.Input{
		Name: "Maison Lila", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR", Phone: "01 23 45 67 89",
	}}))
	Must(h.Shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: h.Shop, Input: shop.MailboxInput{Name: "Bonjour", Address: Own, Kind: shop.SMTP}}))
	return h
}

// Person comes to work in the house.
func (h *House) Person(name string, role team.Role) team.Actor {
	h.T.Helper()
	first, _, _ := strings.Cut(strings.NewReplacer("é", "e", "è", "e").Replace(strings.ToLower(name)), " ")
	made := Must(h.Team.Add(h.T.Context(), team.Console(h.Shop), team.NewPerson{Name: name, Email: first + "@maison-lila.example", Role: role, Language: "fr"}))
	return team.Actor{Person: made, Shop: h.Shop, Role: role}
}

// Tx runs fn in a transaction that must not fail.
func (h *House) Tx(fn func(tx *store.Tx) error) {
	h.T.Helper()
	if err := h.DB.InTx(h.T.Context(), fn); err != nil {
		h.T.Fatal(err)
	}
}

// Receives takes in a mail of Camille's that arrives now; change makes it
// another.
func (h *House) Receives(text string, change func(in *desk.Incoming)) (got desk.Received) {
	h.T.Helper()
	h.mails++
	in := desk.Incoming{
		Shop: h.Shop, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: fmt.Sprintf("m%d@example.org", h.mails),
		Fingerprint: fmt.Sprint(h.mails), From: mime.Address{Name: "Camille Renaud", Address: Camille}, To: []mime.Address{{Address: Own}},
		Own: []string{Own}, Subject: "Mon colis", Text: text, ArrivedAt: h.Clock.Now(), Language: "fr",
	}
	if change != nil {
		change(&in)
	}
	h.Tx(func(tx *store.Tx) (err error) { got, err = h.Desk.Receive(tx, in); return err })
	return got
}

var (
	takeDue = store.Dynamic(`update job set state = 'running', attempts = attempts + 1, token = token + 1
		where id in (select id from job where state = 'ready' and run_at <= $1) returning id, kind, args, attempts, token, run_at, last_error`)
	endTaken = store.Dynamic(`delete from job where id = $1 and token = $2`)
)

// Work runs the jobs that are due, as the pools would, until none is.
func (h *House) Work() {
	h.T.Helper()
	for {
		var list []jobs.Job
		h.Tx(func(tx *store.Tx) (err error) {
			list, err = store.All[jobs.Job](tx, takeDue, h.Clock.Now())
			return err
		})
		if len(list) == 0 {
			return
		}
		for _, j := range list {
			if err := h.Workers[j.Kind](h.T.Context(), j); err != nil {
				h.T.Fatalf("job %s: %v", j.Kind, err)
			}
			h.Tx(func(tx *store.Tx) error { _, err := store.Exec(tx, endTaken, j.ID, j.Token); return err })
		}
	}
}

// Promises are those of a conversation, in their order.
func (h *House) Promises(c id.Conversation) (all []promise.Promise) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) (err error) { all, err = promise.Of(tx, c); return err })
	return all
}

// Count asks for one number.
func (h *House) Count(query string, args ...any) (n int64) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) (err error) {
		n, err = store.One[int64](tx, store.Dynamic(query), args...)
		return err
	})
	return n
}
