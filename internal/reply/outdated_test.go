package reply_test

import (
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

// acknowledge has the program tell the customer by when a person answers; in
// the stories the answer is due on Tuesday at 10.
func (h *house) acknowledge(got desk.Received) (d delivery.Delivery) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) error {
		return jobs.Queue{Clock: h.Clock}.Put(tx, jobs.Add{
			Kind: reply.AcknowledgeJob, Args: reply.AcknowledgeArgs{Conversation: got.Conversation, Message: got.Message},
		})
	})
	h.Work()
	h.Tx(func(tx *store.Tx) error {
		one, err := store.One[id.Delivery](tx, store.Dynamic(`select id from delivery where conversation_id = $1 and kind = 'acknowledgement'`), got.Conversation)
		if err == nil {
			d, err = delivery.Get(tx, one)
		}
		return err
	})
	return d
}

func (h *house) retry(d id.Delivery) error {
	return h.DB.InTx(h.T.Context(), func(tx *store.Tx) error { _, err := h.Post.Retry(tx, h.agent, d); return err })
}

func TestAHeldAcknowledgementDoesNotLeaveAfterTheDateItNames(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.world.route = delivery.RouteNone
		d := h.acknowledge(h.write("Où est mon colis ?"))
		if d.State != delivery.Held {
			h.T.Fatalf("without a mail server it is %s", d.State)
		}
		h.Clock.Advance(48 * time.Hour)
		h.world.route = delivery.RouteServer
		if err := h.retry(d.ID); !fault.Is(err, "outdated") {
			h.T.Errorf("on Wednesday, sending \"we answer by Tuesday\": %v", err)
		}
		h.Tx(func(tx *store.Tx) error {
			_, err := h.Reply.Cancel(tx, h.agent, d.ID, "La date est passée.")
			return err
		})
		h.Work()
		if d = h.delivery(d.ID); d.State != delivery.Undone || len(h.world.taken) != 0 {
			h.T.Errorf("it is %s, %d left", d.State, len(h.world.taken))
		}
	})
}

func TestAHeldAcknowledgementMayLeaveBeforeTheDateItNames(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.world.route = delivery.RouteNone
		d := h.acknowledge(h.write("Où est mon colis ?"))
		h.world.route = delivery.RouteServer
		h.Clock.Advance(time.Hour)
		if err := h.retry(d.ID); err != nil {
			h.T.Fatal(err)
		}
		h.Work()
		if d = h.delivery(d.ID); d.State != delivery.Accepted {
			h.T.Errorf("an hour later it is %s", d.State)
		}
	})
}

func TestAnAcknowledgementThatCouldNotLeaveInTimeIsCancelled(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.world.answer = func([]string) []delivery.Result { return nil } // the mail server is down
		d := h.acknowledge(h.write("Où est mon colis ?"))
		if d.State != delivery.Soft {
			h.T.Fatalf("it is %s", d.State)
		}
		h.Clock.Advance(25 * time.Hour)
		h.world.answer = nil
		h.Work()
		if d = h.delivery(d.ID); d.State != delivery.Undone || d.Detail != "outdated" || len(h.world.taken) != 0 {
			h.T.Errorf("it is %s (%s), %d left", d.State, d.Detail, len(h.world.taken))
		}
		if n, err := h.Post.Rescue(h.T.Context()); n != 0 || err != nil {
			h.T.Errorf("rescued %d (%v) that are over", n, err)
		}
	})
}

func TestAnAcknowledgementThatMayHaveArrivedIsShownToAPerson(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.world.dies = true
		d := h.acknowledge(h.write("Où est mon colis ?"))
		h.Clock.Advance(25 * time.Hour)
		h.Work()
		if d = h.delivery(d.ID); d.State != delivery.Held || d.Detail != "outdated" || len(h.world.taken) != 1 {
			h.T.Errorf("it is %s (%s), taken %d times", d.State, d.Detail, len(h.world.taken))
		}
	})
}

// closedToday is Maison Lila's workshop holiday, with what it says of it.
func (h *house) closedToday(text string) {
	h.T.Helper()
	err := h.Shops.SaveHours(h.T.Context(), h.agent.Person, h.Shop, []shop.ChannelHours{{
		Hours: []byte(`{"week":{"mon":[["09:00","18:00"]],"tue":[["09:00","18:00"]],"wed":[["09:00","18:00"]],"thu":[["09:00","18:00"]],"fri":[["09:00","18:00"]]},
			"closed":[{"first":"2026-11-23","last":"2026-11-25","text":"` + text + `"}]}`),
		Delay: calendar.Delay{Kind: calendar.OpenDays, N: 1},
	}})
	if err != nil {
		h.T.Fatal(err)
	}
}

func TestAHoleInWhatTheShopSaysOfItsClosingNeverLeaves(t *testing.T) {
	t.Parallel()
	stories := map[string]struct {
		text, said string // "" leaves the text out
	}{
		"as written":    {"L'atelier est fermé jusqu'au 25 novembre.", "L'atelier est fermé jusqu'au 25 novembre."},
		"with our word": {"{boutique} est fermée ces jours-ci.", "Maison Lila est fermée ces jours-ci."},
		"with a hole":   {"L'atelier est fermé jusqu'au {{ date_de_retour }}.", ""},
	}
	for name, s := range stories {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(h *house) {
				h.closedToday(s.text)
				got := h.write("Où est mon colis ?")
				h.acknowledge(got)
				m := lila.Must(mime.Parse([]byte(h.world.taken[0]), mime.Options{}))
				if !strings.Contains(m.Text, "Nous avons bien reçu votre message") || strings.Contains(m.Text, "{") {
					h.T.Errorf("the acknowledgement says:\n%s", m.Text)
				}
				told := h.events(got, event.TextLeftOut)
				if s.said != "" && (!strings.Contains(m.Text, s.said) || len(told) != 0) {
					h.T.Errorf("told %v, and says:\n%s", told, m.Text)
				}
				if s.said == "" && (strings.Contains(m.Text, "fermé") || len(told) != 1 || !strings.Contains(told[0], "closing")) {
					h.T.Errorf("told %v that the text was left out of:\n%s", told, m.Text)
				}
			})
		})
	}
}
