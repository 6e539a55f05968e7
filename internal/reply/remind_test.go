package reply_test

import (
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// waited is Camille's matter, answered; the shop waits for her.
func (h *house) waited() desk.Received {
	h.T.Helper()
	h.Workers[reply.RemindJob.Name] = h.Reply.Remind
	got := h.write("Quelle taille choisir ?")
	h.send(got, "<p>Bonjour Camille,</p><p>Quelle est la taille de votre doigt ?</p>")
	h.Clock.Advance(time.Minute)
	h.Work()
	h.Tx(func(tx *store.Tx) error { _, err := h.Desk.Wait(tx, h.agent, got.Conversation); return err })
	return got
}

type dueWait struct {
	Conversation id.Conversation `db:"conversation_id"`
	Promise      id.Promise      `db:"promise_id"`
}

// at moves the clock, sweeps, and does what the app does when a wait comes due.
func (h *house) at(t time.Time) {
	h.T.Helper()
	h.Clock.Move(t)
	told := store.Dynamic(`select conversation_id, promise_id from event where kind = $1 and at = $2 and data like '%"kind":"wait"%'`)
	if _, err := h.Desk.Ledger.Sweep(h.T.Context(), h.DB); err != nil {
		h.T.Fatal(err)
	}
	h.Tx(func(tx *store.Tx) error {
		list, err := store.All[dueWait](tx, told, event.PromiseNear, t)
		for _, w := range list {
			if err := h.Desk.Queue.Put(tx, jobs.Add{
				Kind: reply.RemindJob, Key: w.Promise.String(), Args: reply.RemindArgs{Conversation: w.Conversation, Promise: w.Promise},
			}); err != nil {
				return err
			}
		}
		return err
	})
	h.Work()
	h.Clock.Advance(time.Minute)
	h.Work()
}

func (h *house) conversation(c id.Conversation) (out desk.Conversation) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) (err error) { out, err = desk.Get(tx, c); return err })
	return out
}

// paris is a time of day in Paris in November or December 2026.
func paris(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2026, month, day, hour-1, minute, 0, 0, time.UTC)
}

func TestACustomerWhoIsWaitedForIsRemindedTwiceAndThenThereIsNoNews(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.waited()
		c := got.Conversation
		if now := h.conversation(c); now.State != desk.StateWaiting || !now.NextDueAt.IsZero() {
			h.T.Fatalf("waiting: %s, due %v", now.State, now.NextDueAt)
		}
		before := len(h.world.taken)
		mails := func() int { return len(h.world.taken) - before }

		h.at(paris(time.November, 26, 10, 0))
		if mails() != 0 {
			h.T.Error("reminded before the third open day was over")
		}
		h.at(paris(time.November, 26, 10, 30))
		if mails() != 1 {
			h.T.Fatalf("day 3: %d reminders, want 1", mails())
		}
		if raw := h.world.taken[before]; !strings.Contains(raw, "Auto-Submitted: auto-generated") || !strings.Contains(raw, "In-Reply-To: <m1@example.org>") {
			h.T.Errorf("the reminder says nothing of itself:\n%s", raw)
		}
		h.at(paris(time.November, 27, 10, 30))
		h.at(paris(time.December, 2, 10, 30))
		if mails() != 2 {
			h.T.Errorf("day 7: %d reminders, want 2", mails())
		}
		h.at(paris(time.December, 7, 10, 30))
		all := h.states(c)
		if now := h.conversation(c); mails() != 2 || now.State != desk.StateClosed || all[len(all)-1] != promise.Ended {
			h.T.Errorf("at last: %d reminders, state %s, promises %v", mails(), now.State, all)
		}
		var cause string
		h.Tx(func(tx *store.Tx) (err error) {
			cause, err = store.One[string](tx, store.Dynamic(`select cause from promise where conversation_id = $1 order by id desc limit 1`), c)
			return err
		})
		if cause != promise.NoNews {
			h.T.Errorf("ended for %q", cause)
		}
	})
}

func TestAnyMessageEndsTheWait(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.waited()
		before := len(h.world.taken)
		h.Clock.Advance(time.Hour)
		h.write("Taille 52", "m1@example.org")
		if now := h.conversation(got.Conversation); now.State != desk.StateOpen || now.NextKind != promise.Answer {
			h.T.Errorf("after her message: %s, owed %s", now.State, now.NextKind)
		}
		h.at(paris(time.November, 26, 11, 0))
		h.at(paris(time.December, 7, 11, 0))
		if len(h.world.taken) != before {
			h.T.Errorf("reminded although she had written: %d", len(h.world.taken)-before)
		}
	})
}

func TestAShopThatRemindsNobodyStillHasAnEnd(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		err := h.Shops.Save(h.T.Context(), shop.Update{
			Shop: h.Shop, Input: shop.Input{Name: "Maison Lila", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR"},
			Ack: shop.Acknowledgement{Enabled: true}, Remind: &shop.Acknowledgement{Enabled: false},
		})
		if err != nil {
			h.T.Fatal(err)
		}
		got := h.waited()
		before := len(h.world.taken)
		for _, day := range []time.Time{paris(time.November, 26, 11, 0), paris(time.December, 2, 11, 0), paris(time.December, 7, 11, 0)} {
			h.at(day)
		}
		if now := h.conversation(got.Conversation); len(h.world.taken) != before || now.State != desk.StateClosed {
			h.T.Errorf("%d mails, state %s", len(h.world.taken)-before, now.State)
		}
	})
}

func TestClosingEndsTheWait(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.waited()
		h.Tx(func(tx *store.Tx) error { _, err := h.Desk.Close(tx, h.agent, got.Conversation); return err })
		for _, s := range h.states(got.Conversation) {
			if s == promise.Open {
				h.T.Error("a wait is open in a closed conversation")
			}
		}
	})
}
