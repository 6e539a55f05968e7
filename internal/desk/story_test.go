package desk_test

import (
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// letter is one mail of Camille's about a ring, and its conversation.
func (h *house) letter() id.Conversation {
	h.t.Helper()
	return h.receive(h.mail(camille, "ring-1@client.example", "Où est ma bague ?")).Conversation
}

func (h *house) labels() *label.Service { return &label.Service{Clock: h.clock, Events: h.log} }

// colleague is Marc, who answers beside Véronica.
func (h *house) colleague() team.Actor {
	h.t.Helper()
	p, err := h.people().Add(h.t.Context(), team.Console(h.shop), team.NewPerson{
		Name: "Marc Petit", Email: "marc@maison-lila.example", Role: team.Agent, Language: "fr",
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return team.Actor{Person: p, Shop: h.shop, Role: team.Agent}
}

func (h *house) people() *team.Service {
	h.t.Helper()
	box, err := secret.New(make([]byte, 32))
	if err != nil {
		h.t.Fatal(err)
	}
	return team.New(team.Config{DB: h.db, Events: h.log, Clock: h.clock, Box: box})
}

// do runs an act that answers a conversation and something.
func do[T any](h *house, act func(tx *store.Tx) (T, error)) (out T) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		out, err = act(tx)
		return err
	})
	return out
}

// refused runs an act that must be refused with a code.
func (h *house) refused(code string, act func(tx *store.Tx) error) {
	h.t.Helper()
	err := h.db.InTx(h.t.Context(), act)
	if !fault.Is(err, code) {
		h.t.Errorf("want the fault %q, got %v", code, err)
	}
}

// told counts the events of a kind of a conversation whose facts hold a text.
func (h *house) told(c id.Conversation, k event.Kind, facts string) int {
	h.t.Helper()
	list := do(h, func(tx *store.Tx) ([]string, error) {
		return store.All[string](tx, store.Dynamic(`select data from event where conversation_id = $1 and kind = $2 order by seq`), c, k)
	})
	n := 0
	for _, data := range list {
		if strings.Contains(data, facts) {
			n++
		}
	}
	return n
}

// open are the open promises of a conversation.
func (h *house) open(c id.Conversation) (out []promise.Promise) {
	h.t.Helper()
	for _, p := range h.promises(c) {
		if p.State == promise.Open {
			out = append(out, p)
		}
	}
	return out
}

func (h *house) elsewhere() team.Actor {
	h.t.Helper()
	other := do(h, func(tx *store.Tx) (id.Shop, error) {
		return store.One[id.Shop](tx, store.Dynamic(`insert into shop (name, created_at) values ('Atelier Brume', $1) returning id`), h.clock.Now())
	})
	return team.Actor{Person: h.agent.Person, Shop: other, Role: team.Owner}
}

// Each of the acts finds nothing in another shop (I13).
func TestAnotherShopChangesNothing(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c, thief := h.letter(), h.elsewhere()
		acts := map[string]func(tx *store.Tx) error{
			"classify": func(tx *store.Tx) error { _, err := h.desk.Classify(tx, thief, c, classRing); return err },
			"tag": func(tx *store.Tx) error {
				tag, err := h.labels().TagNamed(tx, thief, "bague")
				if err == nil {
					_, err = h.desk.Tag(tx, thief, c, tag, true)
				}
				return err
			},
			"priority": func(tx *store.Tx) error { _, err := h.desk.Prioritise(tx, thief, c, 1); return err },
			"language": func(tx *store.Tx) error { _, err := h.desk.SetLanguage(tx, thief, c, "en"); return err },
			"team":     func(tx *store.Tx) error { _, err := h.desk.AssignTeam(tx, thief, c, 1); return err },
			"follow":   func(tx *store.Tx) error { _, err := h.desk.Follow(tx, thief, c, true); return err },
			"link":     func(tx *store.Tx) error { _, err := h.desk.Link(tx, thief, c, c+1, true); return err },
			"block":    func(tx *store.Tx) error { _, err := h.desk.Block(tx, thief, c); return err },
			"split":    func(tx *store.Tx) error { _, err := h.desk.Split(tx, thief, c, []id.Message{1}, true); return err },
			"snooze":   func(tx *store.Tx) error { _, err := h.desk.SnoozeUntilAnswer(tx, thief, c); return err },
		}
		before := h.conversation(c)
		for name, act := range acts {
			if err := h.db.InTx(h.t.Context(), act); fault.KindOf(err) != fault.NotFound {
				h.t.Errorf("%s: want not found, got %v", name, err)
			}
		}
		if now := h.conversation(c); now != before {
			h.t.Errorf("the conversation changed: %+v, was %+v", now, before)
		}
	})
}
