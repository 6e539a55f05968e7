package api_test

import (
	"net/http"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var (
	insertMailbox  = store.SQL(`insert into mailbox (shop_id, name, address, kind, owed_since, created_at) values ($1, 'Bonjour', $2, 'imap', 1, 1) returning id`)
	insertItem     = store.SQL(`insert into item (shop_id, mailbox_id, source, blob, size, arrived_at, stored_at, state) values ($1, $2, 'imap', $3, 1, 1, 1, $4) returning id`)
	insertDelivery = store.SQL(`insert into delivery (shop_id, kind, state, rfc_message_id, raw, sender, not_before, created_at) values ($1, $2, 'local', $3, $4, 'a', 1, 1) returning id`)
)

func TestAMailAsItCame(t *testing.T) {
	t.Parallel()
	c := openCabinet(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	raw := letter("<p>a</p>", nil)
	m := c.said(desk.Message{Raw: c.put(raw)})
	got := c.agent().get("/messages/" + m.String() + "/raw")
	got.ok()
	got.has("Content-Type", "message/rfc822")
	got.has("X-Content-Type-Options", "nosniff")
	if got.raw != string(raw) || got.savedAs() != "message-"+m.String()+".eml" {
		t.Errorf("%q as %q", got.raw, got.savedAs())
	}
	note := c.said(desk.Message{Body: "appelée"})
	c.agent().get("/messages/"+note.String()+"/raw").want(http.StatusNotFound, "not_found")
}

func TestQuarantineIsReadAsText(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		c := openCabinet(t, db)
		item := func(sh id.Shop, address, state string) (path string) {
			c.write(func(tx *store.Tx) error {
				box, err := store.One[id.Mailbox](tx, insertMailbox, sh, address)
				if err != nil {
					return err
				}
				it, err := store.One[id.Item](tx, insertItem, sh, box, c.put([]byte("<html>\x00\xe9t\xc3\xa9")), state)
				path = "/quarantine/" + it.String() + "/raw"
				return err
			})
			return path
		}
		b := c.agent()
		got := b.get(item(c.lila, "a@maison-lila.fr", "quarantined"))
		got.ok()
		got.has("Content-Type", "text/plain; charset=utf-8")
		got.has("X-Content-Type-Options", "nosniff")
		if want := "<html>\ufffd\ufffdté"; got.raw != want {
			t.Errorf("%q, want %q", got.raw, want)
		}
		b.get(item(c.lila, "b@maison-lila.fr", "taken")).want(http.StatusNotFound, "not_found")
		b.get(item(c.other, "c@atelier-brun.fr", "quarantined")).want(http.StatusNotFound, "not_found")
	})
}

func TestOnlyOwnersReadMailsThatOpenAccounts(t *testing.T) {
	t.Parallel()
	c := openCabinet(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	sent := func(sh id.Shop, k delivery.Kind, messageID string) (path string) {
		c.write(func(tx *store.Tx) error {
			d, err := store.One[id.Delivery](tx, insertDelivery, sh, k, messageID, c.put([]byte("Subject: "+messageID)))
			path = "/outbox/" + d.String() + "/raw"
			return err
		})
		return path
	}
	answer, reset, foreign := sent(c.lila, delivery.Answer, "1@x"), sent(c.lila, delivery.System, "2@x"), sent(c.other, delivery.Answer, "3@x")
	agent, owner := c.agent(), c.owner()
	agent.get(answer).ok()
	agent.get(reset).want(http.StatusForbidden, "forbidden")
	owner.get(reset).ok()
	owner.get(foreign).want(http.StatusNotFound, "not_found")
}
