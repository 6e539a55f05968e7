package script_test

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// lila makes the desk of Maison Lila in a data folder: two customers wrote, and
// Véronica's answer to the first is about to leave.
func lila(dir string) (err error) {
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(dir, "comptoir.db"))
	if err != nil {
		return err
	}
	defer func() {
		if e := db.Close(); err == nil {
			err = e
		}
	}()
	if err := db.InTx(ctx, event.EnsureEpoch); err != nil {
		return err
	}
	blobs, err := blob.OpenFolder(filepath.Join(dir, "blobs"))
	if err != nil {
		return err
	}
	box, err := secret.Open(dir, "")
	if err != nil {
		return err
	}
	c := clock.System{}
	events, queue := event.NewLog(db, c, nil), jobs.Queue{Clock: c}
	shops := shop.New(shop.Config{DB: db, Events: events, Clock: c, Box: box})
	people := team.New(team.Config{DB: db, Events: events, Clock: c, Box: box})
	d := &desk.Desk{DB: db, Clock: c, Log: events, Queue: queue, Ledger: &promise.Ledger{Log: events, Clock: c, Hours: shops.HoursAndDelay}}
	post := &delivery.Post{DB: db, Blobs: blobs, Clock: c, Log: events, Queue: queue, Desk: d}
	replies := &reply.Service{DB: db, Blobs: blobs, Clock: c, Log: events, Desk: d, Post: post, Shops: shops, Team: people}

	made, err := shops.Create(ctx, shop.Creation{Input: shop.Input{Name: "Maison Lila", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR"}})
	if err != nil {
		return err
	}
	mailbox, err := shops.CreateMailbox(ctx, shop.MailboxUpdate{Shop: made, Input: shop.MailboxInput{Address: "contact@maison-lila.example", Kind: shop.SMTP}})
	if err != nil {
		return err
	}
	veronica, err := people.Add(ctx, team.Console(made), team.NewPerson{Name: "Véronica Blanc", Email: "veronica@maison-lila.example", Role: team.Owner})
	if err != nil {
		return err
	}
	var first desk.Received
	for i, name := range []string{"Camille Renaud", "Paul Delmas"} {
		raw, err := blobs.Put(ctx, fmt.Appendf(nil, "From: %s\r\nSubject: Ma bague\r\n\r\nBonjour de %s\r\n", name, name))
		if err != nil {
			return err
		}
		var got desk.Received
		err = db.InTx(ctx, func(tx *store.Tx) (err error) {
			got, err = d.Receive(tx, desk.Incoming{
				Shop: made, Mailbox: mailbox, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, Raw: raw[0],
				MessageID: fmt.Sprintf("m%d@example.com", i), Fingerprint: fmt.Sprint(i), From: mime.Address{Name: name, Address: fmt.Sprintf("client%d@example.com", i)},
				To: []mime.Address{{Address: "contact@maison-lila.example"}}, Subject: "Ma bague", Text: "Où est ma bague ?", Language: "fr",
				ArrivedAt: c.Now(), SentAt: c.Now(),
			})
			return err
		})
		if err != nil {
			return err
		}
		if i == 0 {
			first = got
		}
	}
	_, err = replies.Send(ctx, team.Actor{Person: veronica, Shop: made, Role: team.Owner}, reply.Answer{
		Conversation: first.Conversation, Key: "answer", HTML: "<p>Votre bague part demain.</p>", SeenThrough: first.Message,
	})
	return err
}
