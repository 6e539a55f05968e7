package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// archive is what the questions are made of.
type archive struct {
	conversations int
	phrases       []string
	analyse, put  time.Duration // of all messages
	textBytes     int64
}

var (
	insertShop   = store.Dynamic(`insert into shop (id, name, language, timezone, holidays, created_at) values (1, 'Maison Lila', 'fr', 'Europe/Paris', 'FR', 1)`)
	insertPerson = store.Dynamic(`insert into person (id, name, email, created_at) values (1, 'Véronica Lambert', 'veronica@maison-lila.example', 1)`)
	insertConv   = store.Dynamic(`
		insert into conversation (id, shop_id, customer_id, channel, subject, snippet, language, state, tray, next_due_at, near_at, next_kind,
			last_message_at, last_message_id, last_in_id, created_at)
		values ($1, 1, $2, 'mail', $3, $4, $5, $6, 'main', $7, $7, $8, $9, $10, $10, $9)`)
	insertMessage = store.Dynamic(`
		insert into message (id, shop_id, conversation_id, home_id, direction, kind, channel, customer_id, person_id, from_name, from_address, recipients,
			subject, body, language, arrived_at, created_at)
		values ($1, 1, $2, $2, $3, $4, 'mail', $5, $6, $7, $8, '{}', $9, $10, $11, $12, $12)`)
)

const (
	perTx       = 500 // conversations
	ownName     = "Véronica Lambert"
	ownAddress  = "bonjour@maison-lila.example"
	onlyOld     = "zibeline" // a product that was given up
	oneInTwenty = 20
)

// seed fills a store with conversations of three messages each: two of the
// customer's, one of ours, the messages of neighbours mixed; one in twenty is
// owed an answer, most of them new. It writes rows as the desk does and puts
// words into the index with them.
func seed(ctx context.Context, db *store.DB, n int, now time.Time) (*archive, error) {
	b := &search.Builder{DB: db, Clock: clock.At(now), Queue: jobs.Queue{Clock: clock.At(now)}, Archive: desk.Archive{}}
	if err := b.Ensure(ctx); err != nil {
		return nil, err
	}
	if err := b.Build(ctx, jobs.Job{}); err != nil {
		return nil, err
	}
	err := db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, insertShop); err != nil {
			return err
		}
		_, err := store.Exec(tx, insertPerson)
		return err
	})
	if err != nil {
		return nil, err
	}
	a, w := &archive{conversations: n}, newAuthor()
	for from := 1; from <= n; from += perTx {
		pack := a.pack(w, from, min(from+perTx-1, n), n, now)
		if err := db.InTx(ctx, func(tx *store.Tx) error { return a.write(tx, pack) }); err != nil {
			return nil, fmt.Errorf("seed conversation %d: %w", from, err)
		}
	}
	return a, nil
}

type seeded struct {
	conversation  int
	name, address string
	subject       string
	language      string
	owed          bool
	at            time.Time
	messages      []seededMessage
}

type seededMessage struct {
	id    id.Message
	text  string
	out   bool
	words search.Words
}

func (a *archive) pack(w *author, from, to, n int, now time.Time) []seeded {
	var all []seeded
	for c := from; c <= to; c++ {
		s := seeded{conversation: c, language: "fr", at: now.AddDate(-3, 0, 0).Add(time.Duration(float64(c) / float64(n) * 3 * 365 * 24 * float64(time.Hour)))}
		if w.rnd.IntN(5) == 0 {
			s.language = "en"
		}
		s.owed = w.rnd.IntN(oneInTwenty) == 0
		s.name, s.address = w.person(w.rnd.IntN(max(n/2, 10)))
		s.subject = strings.Join(w.text(s.language, 5), " ")
		for i := range 3 {
			words := w.text(s.language, 60)
			if c < n/20 && w.rnd.IntN(200) == 0 {
				words = append(words, onlyOld)
			}
			if at := w.rnd.IntN(len(words)); w.rnd.IntN(n/200+1) == 0 && at+2 < len(words) && !lang.Small(words[at+1]) {
				a.phrases = append(a.phrases, strings.Join(words[at:at+3], " "))
			}
			m := seededMessage{id: id.Message(3*(c-1) + i + 1), text: strings.Join(words, " "), out: i == 1}
			text := search.Text{Shop: 1, Subject: s.subject, Body: m.text, Language: s.language, Channel: "mail", From: []string{s.name, s.address}, At: s.at}
			if m.out {
				text.From = []string{ownName, ownAddress}
			}
			begun := time.Now()
			m.words = search.Analyse(text)
			a.analyse += time.Since(begun)
			a.textBytes += int64(len(m.text))
			s.messages = append(s.messages, m)
		}
		all = append(all, s)
	}
	return all
}

func (a *archive) write(tx *store.Tx, pack []seeded) error {
	for _, s := range pack {
		who, err := customer.Recognise(tx, customer.Seen{Shop: 1, Identity: customer.MailIdentity(s.address), Name: s.name, Language: s.language, At: s.at})
		if err != nil {
			return err
		}
		state, kind, due := "closed", "", time.Time{}
		if s.owed {
			state, kind, due = "open", "answer", s.at.Add(24*time.Hour)
		}
		last := s.messages[len(s.messages)-1]
		if _, err := store.Exec(tx, insertConv, s.conversation, who.ID, s.subject, desk.Snippet(last.text), s.language, state, due, kind, s.at, last.id); err != nil {
			return err
		}
		for _, m := range s.messages {
			args := []any{m.id, s.conversation, "in", "customer", who.ID, id.Person(0), s.name, s.address, s.subject, m.text, s.language, s.at}
			if m.out {
				args = []any{m.id, s.conversation, "out", "answer", id.Customer(0), id.Person(1), ownName, ownAddress, s.subject, m.text, s.language, s.at}
			}
			if _, err := store.Exec(tx, insertMessage, args...); err != nil {
				return err
			}
			begun := time.Now()
			if err := search.Put(tx, m.id, m.words); err != nil {
				return err
			}
			a.put += time.Since(begun)
		}
	}
	return nil
}
