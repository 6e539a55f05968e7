package ask_test

import (
	"context"
	"sync"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

type teamActor = team.Actor

// eight does one thing eight times at once.
func eight(h *house, do func() error) {
	h.T.Helper()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := do(); err != nil {
				h.T.Error(err)
			}
		})
	}
	all.Wait()
}

// Eight presses of one button are one question, one mail, one promise; eight
// sendings of one form one note; eight takings back one end; and eight workers
// with the same mail one note more.
func TestEightAtOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail(camille, "Avez-vous la bague en 54 ?", nil)
		var mu sync.Mutex
		made := map[id.Ask]bool{}
		eight(h, func() error {
			a, err := h.asks.Ask(context.Background(), h.agent, ask.New{
				Conversation: got.Conversation, Key: "the same press", Question: "Reste-t-il une bague ?", To: ask.Party{Address: warehouse, Language: "fr"},
			})
			mu.Lock()
			defer mu.Unlock()
			made[a.ID] = true
			return err
		})
		h.leaves()
		if len(made) != 1 || len(h.world.Taken) != 1 || h.Count(`select count(*) from promise where kind = 'ask'`) != 1 {
			h.T.Fatalf("%d questions, %d mails", len(made), len(h.world.Taken))
		}
		token, question := h.token(), h.left().MessageID
		eight(h, func() error { return h.asks.Answer(context.Background(), token, "one form", "Oui, deux.", nil) })
		if n := len(h.answers(got.Conversation)); n != 1 {
			h.T.Errorf("%d notes of one form", n)
		}
		in := desk.Incoming{
			Shop: h.Shop, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: "k1@logistique-sud.example", Fingerprint: "k1",
			From: mime.Address{Address: warehouse}, Own: []string{own}, InReplyTo: question, Text: "Deux, oui.", ArrivedAt: h.Clock.Now(),
		}
		in.Analysed()
		eight(h, func() error {
			return h.DB.InTx(context.Background(), func(tx *store.Tx) error { _, err := h.Desk.Receive(tx, in); return err })
		})
		if n := len(h.answers(got.Conversation)); n != 2 {
			h.T.Errorf("%d notes after one mail eight times", n)
		}
		var asked id.Ask
		for a := range made {
			asked = a
		}
		eight(h, func() error {
			return h.DB.InTx(context.Background(), func(tx *store.Tx) error { _, err := h.asks.Withdraw(tx, h.agent, asked); return err })
		})
		if n := h.Count(`select count(*) from event where kind = 'promise.kept'`); n != 1 {
			h.T.Errorf("the question was kept %d times", n)
		}
	})
}
