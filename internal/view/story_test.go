package view_test

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
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// Monday, 10:00 in Paris. The shop is open from 9 to 18 and answers within one
// open day.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// story is a desk with two shops: Maison Lila, where Véronica (owner) and Marc
// (agent) answer, and Atelier Brume, which must never see any of it.
type story struct {
	t              *testing.T
	db             *store.DB
	clock          *clock.Set
	desk           *desk.Desk
	intake         *intake.Intake
	reply          *reply.Service
	team           *team.Service
	shops          *shop.Service
	lists          *view.Lists
	lila, brume    id.Shop
	veronica, marc team.Actor
	stranger       team.Actor // Solène of Atelier Brume
	box            id.Mailbox
	mails          int
}

func begin(t *testing.T, db *store.DB) *story {
	t.Helper()
	c := clock.At(monday)
	events := event.NewLog(db, c, nil)
	box, err := secret.New([]byte("0123456789abcdef0123456789abcdef"))
	must(t, err)
	blobs, err := blob.OpenFolder(t.TempDir())
	must(t, err)
	queue := jobs.Queue{Clock: c}
	s := &story{t: t, db: db, clock: c}
	s.shops = shop.New(shop.Config{DB: db, Events: events, Clock: c, Box: box})
	s.team = team.New(team.Config{DB: db, Events: events, Clock: c, Box: box})
	ledger := &promise.Ledger{Log: events, Clock: c, Hours: s.shops.HoursAndDelay}
	s.desk = &desk.Desk{DB: db, Clock: c, Log: events, Queue: queue, Ledger: ledger}
	s.intake = &intake.Intake{DB: db, Blobs: blobs, Queue: queue, Events: events, Clock: c}
	post := &delivery.Post{DB: db, Blobs: blobs, Clock: c, Log: events, Queue: queue, Desk: s.desk}
	s.reply = &reply.Service{
		DB: db, Blobs: blobs, Clock: c, Log: events, Desk: s.desk, Post: post, Shops: s.shops, Team: s.team,
	}
	s.lists = view.New(view.Config{DB: db, Clock: c, Team: s.team, Blobs: blobs})
	s.lila, s.box = s.shop("Maison Lila", "contact@maison-lila.fr")
	s.brume, _ = s.shop("Atelier Brume", "bonjour@atelier-brume.fr")
	s.veronica = s.person(s.lila, "Véronica Blanc", team.Owner)
	s.marc = s.person(s.lila, "Marc Olivier", team.Agent)
	s.stranger = s.person(s.brume, "Solène Petit", team.Owner)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (s *story) tx(fn func(tx *store.Tx) error) {
	s.t.Helper()
	must(s.t, s.db.InTx(s.t.Context(), fn))
}

func (s *story) shop(name, address string) (id.Shop, id.Mailbox) {
	s.t.Helper()
	_, domain, _ := strings.Cut(address, "@")
	made, err := s.shops.Create(s.t.Context(), shop.Creation{
		Input: shop.Input{Name: name, Language: "fr", Timezone: "Europe/Paris", Holidays: "FR", Phone: "01 23 45 67 89"},
	})
	must(s.t, err)
	box, err := s.shops.CreateMailbox(s.t.Context(), shop.MailboxUpdate{Shop: made, Input: shop.MailboxInput{
		Name: "Contact", Address: address, Aliases: []string{"sav@" + domain}, Kind: shop.SMTP,
	}})
	must(s.t, err)
	return made, box
}

func (s *story) person(in id.Shop, name string, role team.Role) team.Actor {
	s.t.Helper()
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	made, err := s.team.Add(s.t.Context(), team.Console(in), team.NewPerson{
		Name: name, Email: strings.NewReplacer("é", "e", "è", "e").Replace(first) + "@example.org", Role: role,
	})
	must(s.t, err)
	return team.Actor{Person: made, Shop: in, Role: role}
}

// mail is a customer's mail to Maison Lila, unless told otherwise.
func (s *story) mail(name, subject string, change ...func(*desk.Incoming)) desk.Received {
	s.t.Helper()
	s.mails++
	address := strings.NewReplacer("è", "e", " ", ".").Replace(strings.ToLower(name)) + "@example.com"
	in := desk.Incoming{
		Shop: s.lila, Mailbox: s.box, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer,
		MessageID: fmt.Sprintf("m%d@example.com", s.mails), Fingerprint: fmt.Sprint(s.mails),
		From: mime.Address{Name: name, Address: address}, To: []mime.Address{{Address: "contact@maison-lila.fr"}},
		Own: []string{"contact@maison-lila.fr", "sav@maison-lila.fr"}, Subject: subject, Text: subject + " — pouvez-vous m’aider ?",
		Language: "fr", ArrivedAt: s.clock.Now(), SentAt: s.clock.Now(),
	}
	for _, c := range change {
		c(&in)
	}
	var got desk.Received
	s.tx(func(tx *store.Tx) (err error) {
		got, err = s.desk.Receive(tx, in)
		return err
	})
	return got
}

func arrived(at time.Time) func(*desk.Incoming) {
	return func(in *desk.Incoming) { in.ArrivedAt, in.SentAt = at, at }
}

// answer sends an answer, which waits ten seconds before it leaves.
func (s *story) answer(by team.Actor, r desk.Received, html string) reply.Outcome {
	s.t.Helper()
	s.mails++
	out, err := s.reply.Send(s.t.Context(), by, reply.Answer{
		Conversation: r.Conversation, Key: fmt.Sprintf("key-%d", s.mails), HTML: html, SeenThrough: r.Message,
	})
	must(s.t, err)
	if len(out.Held) > 0 {
		s.t.Fatalf("held: %+v", out.Held)
	}
	return out
}

// kept says that the customer has the answer.
func (s *story) kept(by team.Actor, r desk.Received) {
	s.t.Helper()
	s.tx(func(tx *store.Tx) error {
		_, err := s.desk.Change(tx, r.Conversation, func(c *desk.Conversation) error {
			c.LastOutAt = s.clock.Now()
			return s.desk.Ledger.Keep(tx, promise.Answered{
				Conversation: c.ID, Channel: "mail", SeenThrough: r.Message, By: by.Person, At: s.clock.Now(),
			})
		})
		return err
	})
}

func (s *story) assign(r desk.Received, to team.Actor) {
	s.t.Helper()
	s.tx(func(tx *store.Tx) error {
		_, err := s.desk.Assign(tx, s.veronica, r.Conversation, to.Person)
		return err
	})
}

func (s *story) snooze(r desk.Received, d time.Duration) {
	s.t.Helper()
	s.tx(func(tx *store.Tx) error {
		_, err := s.desk.Snooze(tx, s.veronica, r.Conversation, s.clock.Now().Add(d))
		return err
	})
}

func (s *story) list(by team.Actor, v view.View) []view.Row {
	s.t.Helper()
	page, err := s.lists.Conversations(s.t.Context(), by, view.Asked{View: v, Cursor: "", Limit: 0})
	must(s.t, err)
	return page.Items
}

// names are the customers of a list, in its order.
func (s *story) names(by team.Actor, v view.View) string {
	s.t.Helper()
	var out []string
	for _, r := range s.list(by, v) {
		first, _, _ := strings.Cut(r.Customer.Name, " ")
		out = append(out, first)
	}
	return strings.Join(out, " ")
}

func (s *story) counts(by team.Actor) view.Counts {
	s.t.Helper()
	n, err := s.lists.Counts(s.t.Context(), by.Shop, by.Person)
	must(s.t, err)
	return n
}

func (s *story) open(by team.Actor, c id.Conversation) view.Conversation {
	s.t.Helper()
	out, err := s.lists.Conversation(s.t.Context(), by, c)
	must(s.t, err)
	return out
}
