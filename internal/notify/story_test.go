package notify_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/notify"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// monday is 10:00 in Paris; Maison Lila opens Monday to Friday, 9 to 18.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

type house struct {
	t      *testing.T
	db     *store.DB
	clock  *clock.Set
	desk   *desk.Desk
	notify *notify.Service
	team   *team.Service
	blobs  blob.Store
	shop   id.Shop
	owner  team.Actor
	n      int
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func onEachStore(t *testing.T, tell func(h *house)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) { tell(openHouse(t, db)) })
}

func openHouse(t *testing.T, db *store.DB) *house {
	t.Helper()
	clk := clock.At(monday)
	queue := jobs.Queue{Clock: clk}
	log := event.NewLog(db, clk, func(tx *store.Tx, e event.Event) error {
		if e.Kind == event.NoteAdded {
			return queue.Put(tx, jobs.Add{Kind: notify.MentionJob, Key: e.Message.String(), Args: notify.MentionArgs{
				Shop: e.Shop, Conversation: e.Conversation, Message: e.Message, By: e.Person,
			}})
		}
		if e.Kind != event.PromiseNear && e.Kind != event.PromiseBroken {
			return nil
		}
		return queue.Put(tx, jobs.Add{
			Kind: notify.PromiseJob, Key: string(e.Kind) + ":" + e.Promise.String(),
			Args: notify.PromiseArgs{Promise: e.Promise, Broken: e.Kind == event.PromiseBroken},
		})
	})
	box := must(secret.New(make([]byte, 32)))
	shops := shop.New(shop.Config{DB: db, Events: log, Clock: clk, Box: box})
	people := team.New(team.Config{DB: db, Events: log, Clock: clk, Box: box})
	ledger := &promise.Ledger{Log: log, Clock: clk, Hours: shops.HoursAndDelay}
	d := &desk.Desk{DB: db, Clock: clk, Log: log, Queue: queue, Ledger: ledger}
	blobs := must(blob.OpenFolder(t.TempDir()))
	post := &delivery.Post{DB: db, Blobs: blobs, Clock: clk, Log: log, Queue: queue, Desk: d}
	h := &house{t: t, db: db, clock: clk, desk: d, team: people, blobs: blobs}
	h.notify = &notify.Service{
		DB: db, Clock: clk, Queue: queue, Shops: shops, Team: people, Box: box, URL: "https://desk.maison-lila.example",
		Reply: &reply.Service{DB: db, Blobs: blobs, Clock: clk, Log: log, Desk: d, Post: post, Shops: shops, Team: people},
	}
	h.shop = must(shops.Create(t.Context(), shop.Creation{Input: shop.Input{Name: "Maison Lila", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR"}}))
	veronica := must(people.Add(t.Context(), team.Console(h.shop), team.NewPerson{Name: "Véronica Lambert", Email: "veronica@maison-lila.example", Role: team.Owner, Language: "fr"}))
	h.owner = team.Actor{Person: veronica, Shop: h.shop, Role: team.Owner}
	must(shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: h.shop, Input: shop.MailboxInput{
		Name: "Bonjour", Address: "bonjour@maison-lila.example", Kind: shop.SMTP,
		SMTP: &shop.Server{Host: "smtp.maison-lila.example", Port: 465, Security: "tls"},
	}}))
	return h
}

func (h *house) tx(fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.db.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// write is a customer's mail that arrives now.
func (h *house) write() id.Conversation {
	h.t.Helper()
	h.n++
	in := desk.Incoming{
		Shop: h.shop, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: h.clock.Now().String(), Fingerprint: h.clock.Now().String(),
		From: mime.Address{Address: "camille.renaud@example.org"}, Subject: "Mon colis", Text: "Où est mon colis ?", ArrivedAt: h.clock.Now(),
	}
	var got desk.Received
	h.tx(func(tx *store.Tx) (err error) { got, err = h.desk.Receive(tx, in); return err })
	return got.Conversation
}

// until lets the time pass in steps, with the clocks and the jobs at work, and
// returns the subjects of the mails to people in between, with their times.
func (h *house) until(at time.Time) (told []string) {
	h.t.Helper()
	for !h.clock.Now().After(at) {
		must(h.desk.Ledger.Sweep(h.t.Context(), h.db))
		for list := h.claim(); len(list) > 0; list = h.claim() {
			for _, j := range list {
				h.handle(j)
			}
		}
		h.clock.Advance(10 * time.Minute)
	}
	h.tx(func(tx *store.Tx) error {
		rows, err := store.All[delivery.Delivery](tx, store.Dynamic(`select `+delivery.Columns+` from delivery where kind = 'system' order by id`))
		for _, d := range rows {
			told = append(told, d.CreatedAt.In(paris).Format("Mon 15:04 ")+d.Subject)
		}
		return err
	})
	return told
}

// claim takes the jobs that are due, as a worker does.
func (h *house) claim() (list []jobs.Job) {
	h.t.Helper()
	claim := store.Dynamic(`update job set state = 'running', attempts = attempts + 1, token = token + 1
		where id in (select id from job where state = 'ready' and run_at <= $1 and kind like 'notify.%') returning id, kind, args, attempts, token, run_at, last_error`)
	h.tx(func(tx *store.Tx) (err error) { list, err = store.All[jobs.Job](tx, claim, h.clock.Now()); return err })
	return list
}

// putBack is what happens to the job of a process that died.
func (h *house) putBack(j jobs.Job) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		_, err := store.Exec(tx, store.Dynamic(`update job set state = 'ready' where id = $1`), j.ID)
		return err
	})
}

// broken is a disk that takes nothing.
type broken struct{ blob.Store }

func (broken) Put(context.Context, ...[]byte) ([]blob.Hash, error) {
	return nil, errors.New("no space left")
}

// decoded is the text part of a mail.
func decoded(raw string) string { return must(mime.Parse([]byte(raw), mime.Options{})).Text }

var paris = must(time.LoadLocation("Europe/Paris"))

func (h *house) handle(j jobs.Job) {
	h.t.Helper()
	var err error
	switch j.Kind {
	case notify.PromiseJob.Name:
		err = h.notify.Promise(h.t.Context(), j)
	case notify.DigestJob.Name:
		err = h.notify.Digest(h.t.Context(), j)
	case notify.RingJob.Name:
		err = h.notify.Ring(h.t.Context(), j)
	case notify.MentionJob.Name:
		err = h.notify.Mention(h.t.Context(), j)
	case notify.MorningJob.Name:
		err = h.notify.Morning(h.t.Context(), j)
	}
	var later jobs.Later
	switch {
	case errors.As(err, &later):
		h.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update job set state = 'ready', run_at = $2 where id = $1`), j.ID, later.At)
			return err
		})
	case err != nil:
		h.t.Fatalf("%s: %v", j.Kind, err)
	default:
		h.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`delete from job where id = $1`), j.ID)
			return err
		})
	}
}

func TestOneReminderThenOneDigestAndNothingAtNight(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.clock.Move(monday.Add(8 * time.Hour)) // 18:00, at closing
		c := h.write()                          // due Tuesday at 18:00: it breaks when the shop closes
		told := h.until(monday.AddDate(0, 0, 2).Add(3 * time.Hour))
		if len(told) != 2 || !strings.Contains(told[0], "À tenir bientôt : dossier n° "+c.String()) || !strings.Contains(told[1], "1 en retard") {
			h.t.Fatalf("told %q, want one reminder and one digest", told)
		}
		for _, line := range told {
			if clock := line[4:9]; clock < "09:00" || clock > "18:00" {
				h.t.Errorf("told outside opening hours: %q", line)
			}
		}
	})
}

func TestTheTrayToSortIsNoCase(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.tx(func(tx *store.Tx) error { return h.desk.Ledger.OpenSort(tx, h.shop, h.clock.Now()) })
		for _, line := range h.until(monday.AddDate(0, 0, 2)) {
			if strings.Contains(line, "n° 0") {
				h.t.Errorf("told %q", line)
			}
		}
	})
}

func TestASecondBreachIsToldAtOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c := h.write()
		before := len(h.until(monday.AddDate(0, 0, 1).Add(90 * time.Minute))) // broken on Tuesday at 10:00
		h.tx(func(tx *store.Tx) error {
			return h.desk.Ledger.Hold(tx, promise.Answered{Conversation: c, Channel: "mail", SeenThrough: 1 << 40, At: h.clock.Now()},
				monday.AddDate(0, 0, 2).Add(5*time.Minute)) // Wednesday, 10:05
		})
		told := h.until(monday.AddDate(0, 0, 2).Add(20 * time.Minute))[before:]
		if len(told) == 0 || !strings.HasPrefix(told[len(told)-1], "Wed 10:10 En retard") {
			h.t.Errorf("told %q, want an alarm on Wednesday at 10:10", told)
		}
	})
}

func TestWithEverybodyAwayNobodyIsTold(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		err := h.team.SetAbsence(h.t.Context(), h.owner, team.Absence{
			Person: h.owner.Person, First: calendar.DateOf(monday), Last: calendar.DateOf(monday.AddDate(0, 0, 7)),
		})
		if err != nil {
			h.t.Fatal(err)
		}
		h.write()
		if told := h.until(monday.AddDate(0, 0, 2)); len(told) != 0 {
			h.t.Errorf("told %q", told)
		}
	})
}
