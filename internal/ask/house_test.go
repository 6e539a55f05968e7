package ask_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

const (
	own       = lila.Own
	camille   = lila.Camille
	warehouse = "depot@logistique-sud.example"
)

type house struct {
	*lila.House

	asks  *ask.Service
	world *lila.Carrier
	agent team.Actor
	n     int
}

func onEachStore(t *testing.T, tell func(h *house)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) { tell(openHouse(t, db)) })
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
	h := &house{world: &lila.Carrier{}}
	h.House = lila.Open(t, db, h.world, reacts)
	h.asks = &ask.Service{DB: db, Blobs: h.Blobs, Clock: h.Clock, Log: h.Log, Desk: h.Desk, Post: h.Post, Reply: h.Reply, Shops: h.Shops, URL: lila.URL}
	h.Desk.Inside = h.asks
	h.agent = h.Person("Véronica Lambert", team.Owner)
	h.Workers[ask.LateJob.Name], h.Workers[ask.FailedJob.Name] = h.asks.Late, h.asks.Failed
	return h
}

// mail is one that comes in.
func (h *house) mail(from, text string, change func(in *desk.Incoming)) desk.Received {
	h.T.Helper()
	return h.Receives(text, func(in *desk.Incoming) {
		in.From.Address, in.Subject = from, "Ma bague"
		if change != nil {
			change(in)
		}
	})
}

// leaves lets the time to undo pass and the mail leave.
func (h *house) leaves() {
	h.T.Helper()
	h.Clock.Advance(reply.UndoTime)
	h.Work()
}

// asked asks the warehouse about a conversation, and gives the secret part of
// the link in the mail that left.
func (h *house) asked(c id.Conversation, change func(n *ask.New)) (ask.Ask, string) {
	h.T.Helper()
	h.n++
	n := ask.New{
		Conversation: c, Key: fmt.Sprintf("question-%d", h.n), To: ask.Party{Name: "Entrepôt", Address: warehouse, Language: "fr"},
		Question: "Reste-t-il une bague Lila en taille 54 ?",
	}
	if change != nil {
		change(&n)
	}
	a, err := h.asks.Ask(h.T.Context(), h.agent, n)
	if err != nil {
		h.T.Fatal(err)
	}
	h.leaves()
	return a, h.token()
}

var inMail = regexp.MustCompile(`/ask/([A-Za-z0-9_-]{43})`)

// token is the secret part of the link in the newest mail that left.
func (h *house) token() string {
	h.T.Helper()
	if len(h.world.Taken) == 0 {
		h.T.Fatal("no mail left")
	}
	m := lila.Must(mime.Parse([]byte(h.world.Taken[len(h.world.Taken)-1]), mime.Options{}))
	found := inMail.FindStringSubmatch(m.Text)
	if found == nil {
		h.T.Fatalf("no link in the mail:\n%s", m.Text)
	}
	return found[1]
}

func (h *house) left() *mime.Mail {
	h.T.Helper()
	return lila.Must(mime.Parse([]byte(h.world.Taken[len(h.world.Taken)-1]), mime.Options{}))
}

// messages are those of a conversation, in their order.
func (h *house) messages(c id.Conversation) (all []desk.Message) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) (err error) {
		all, err = store.All[desk.Message](tx, store.Dynamic(`select `+desk.MessageColumns+` from message where conversation_id = $1 order by id`), c)
		return err
	})
	return all
}

// answers are the notes that came from inside.
func (h *house) answers(c id.Conversation) (out []desk.Message) {
	h.T.Helper()
	for _, m := range h.messages(c) {
		if m.Kind == desk.KindAskAnswer {
			out = append(out, m)
		}
	}
	return out
}

func (h *house) promise(p id.Promise) (out promise.Promise) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) (err error) { out, err = promise.Read(tx, p); return err })
	return out
}

func (h *house) customers(c id.Conversation) (out promise.Promise) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) error {
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
	h.T.Helper()
	h.Tx(func(tx *store.Tx) (err error) {
		kinds, err = store.All[string](tx, store.Dynamic(`select kind from notice where person_id = $1 order by id`), who)
		return err
	})
	return kinds
}

func (h *house) answer(token, key, text string, files ...ask.Upload) {
	h.T.Helper()
	if err := h.asks.Answer(h.T.Context(), token, key, text, files); err != nil {
		h.T.Fatal(err)
	}
}

func contains(list []string, want string) bool { return slices.Contains(list, want) }
