package incident_test

import (
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/incident"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

type house struct {
	*lila.House

	crowd *incident.Service
	world *lila.Carrier
	lead  team.Actor
	agent team.Actor
}

func onEachStore(t *testing.T, tell func(h *house)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) { tell(openHouse(t, db)) })
}

func openHouse(t *testing.T, db *store.DB) *house {
	t.Helper()
	h := &house{world: &lila.Carrier{}}
	h.House = lila.Open(t, db, h.world, nil)
	h.Reply.Banners = incident.Banners
	h.crowd = &incident.Service{
		DB: db, Clock: h.Clock, Log: h.Log, Queue: h.Queue, Team: h.Team, Reply: h.Reply,
		Answers: &knowledge.Service{Clock: h.Clock, Events: h.Log, Shops: h.Shops, Team: h.Team},
	}
	h.lead, h.agent = h.Person("Julien Roche", team.Lead), h.Person("Marc Petit", team.Agent)
	h.Workers[incident.SendJob.Name] = h.crowd.Work
	return h
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
	h.T.Helper()
	return h.Receives(text, func(in *desk.Incoming) {
		in.From, in.References, in.Language = mime.Address{Name: from.name, Address: from.address}, answers, from.language
	})
}

// passes lets time go by, second after second, as the workers see it.
func (h *house) passes(d time.Duration) {
	h.T.Helper()
	for end := h.Clock.Now().Add(d); h.Clock.Now().Before(end); {
		h.Clock.Advance(time.Second)
		h.Work()
	}
}

const strikeFR = "<p>{{greeting}}</p><p>Une grève chez notre transporteur retarde votre colis. Il reprend sa route le 27/11/2026.</p>"

// strike opens an incident with the conversations and the text.
func (h *house) strike(text incident.Text, conversations ...desk.Received) id.Incident {
	h.T.Helper()
	var made id.Incident
	h.Tx(func(tx *store.Tx) (err error) {
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
	h.T.Helper()
	r, list, err := h.crowd.Preview(h.T.Context(), h.lead, i)
	if err != nil {
		h.T.Fatal(err)
	}
	out := map[id.Conversation]incident.Line{}
	for _, l := range list {
		out[l.Conversation] = l
	}
	return r, out
}

// starts sends all that is shown as ready.
func (h *house) starts(i id.Incident) int {
	h.T.Helper()
	n, err := h.start(i)
	if err != nil {
		h.T.Fatal(err)
	}
	return n
}

func (h *house) start(i id.Incident) (int, error) {
	r, list, err := h.crowd.Preview(h.T.Context(), h.lead, i)
	if err != nil {
		return 0, err
	}
	var shown []incident.Shown
	for _, l := range list {
		if l.State == incident.Ready {
			shown = append(shown, incident.Shown{Conversation: l.Conversation, SeenThrough: l.SeenThrough})
		}
	}
	return h.crowd.Start(h.T.Context(), h.lead, i, r.Revision, shown)
}

func (h *house) edit(i id.Incident, c desk.Received, e incident.Edit) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) error { return h.crowd.Edit(tx, h.lead, i, c.Conversation, e) })
}

// took tells how many mails the world took for an address.
func (h *house) took(w writer) (n int) {
	for _, raw := range h.world.Taken {
		if strings.Contains(raw, w.address) {
			n++
		}
	}
	return n
}
