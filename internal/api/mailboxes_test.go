package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func TestAMailboxIsAddedAndChanged(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.owner()
		var made api.Mailbox
		b.do("POST", "/settings/mailboxes", contact()).ok().read(&made)
		if made.Address != "contact@maison-lila.fr" || made.State != shop.Connecting || !made.Active || made.OwedSince != "2026-11-23" ||
			made.SMTP.Host != "smtp.maison-lila.fr" || made.LastMailAt != nil || made.DKIM != nil {
			t.Errorf("made: %+v", made)
		}
		path := fmt.Sprintf("/settings/mailboxes/%d", made.ID)
		d.alias(made.ID, "bonjour@maison-lila.fr")

		// What was read is sent back with another name, everything else as it was.
		got := b.do("GET", "/settings/mailboxes", nil).ok()
		var list struct{ Items []m }
		got.read(&list)
		delete(list.Items[0], "aliases")
		list.Items[0]["name"], list.Items[0]["smtp"] = "Boutique", nil
		var saved api.Mailbox
		b.do("PUT", path, list.Items[0]).ok().read(&saved)
		if saved.Name != "Boutique" || saved.SMTP != nil || len(saved.Aliases) != 1 {
			t.Errorf("saved: %+v", saved)
		}
		stored := d.mailbox(made.ID)
		if password, err := d.shops.Password(stored); err != nil || password != "perle-de-culture" {
			t.Errorf("password %q, %v", password, err)
		}
		if !stored.OwedSince.Equal(monday) { // not midnight: the morning's mail stays history
			t.Errorf("owed since %v", stored.OwedSince)
		}

		var paused api.Mailbox
		b.do("POST", path+"/pause", m{}).ok().read(&paused)
		b.do("POST", path+"/resume", m{}).ok().read(&saved)
		if paused.State != shop.Off || paused.Active || saved.State != shop.Connecting || !saved.Active {
			t.Errorf("paused %+v, resumed %+v", paused, saved)
		}
		b.do("POST", path+"/reconcile", m{}).ok()
		if len(d.mail.reconciled) != 1 || d.mail.reconciled[0] != made.ID {
			t.Errorf("reconciled %v", d.mail.reconciled)
		}
		second := contact()
		second["address"] = "Bonjour@maison-lila.fr"
		b.do("POST", "/settings/mailboxes", second).wrong("body.address")
		second["owed_since"] = "2026-12-24"
		b.do("POST", "/settings/mailboxes", second).wrong("body.owed_since")
	})
}

func (d *place) mailbox(m id.Mailbox) (found shop.Mailbox) {
	d.t.Helper()
	err := d.db.Read(d.t.Context(), func(tx *store.Tx) (err error) {
		found, err = d.shops.MailboxByID(tx, m)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return found
}

func (d *place) alias(m id.Mailbox, address string) {
	d.t.Helper()
	old := d.mailbox(m)
	server, _ := old.SMTP()
	err := d.shops.SaveMailbox(d.t.Context(), shop.MailboxUpdate{Shop: old.Shop, Mailbox: m, Input: shop.MailboxInput{
		Address: old.Address, Aliases: []string{address}, Kind: old.Kind, IMAP: old.IMAP(), SMTP: &server,
	}})
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestAPasswordGoesInAndNeverOut(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.owner()
		var made api.Mailbox
		in := contact()
		first := b.do("POST", "/settings/mailboxes", in).ok()
		first.read(&made)
		path := fmt.Sprintf("/settings/mailboxes/%d", made.ID)
		answers := []answer{
			first,
			b.do("PUT", path, in),
			b.do("GET", "/settings/mailboxes", nil),
			b.do("POST", path+"/test", in),
			b.do("POST", path+"/pause", m{}),
			b.do("POST", path+"/resume", m{}),
			b.do("POST", path+"/reconcile", m{}),
		}
		in["kind"] = "pigeon" // huma shows the value that it refuses
		answers = append(answers, b.do("PUT", path, in))
		sealed := d.mailbox(made.ID).Sealed
		for i, a := range answers {
			if strings.Contains(a.raw, "perle-de-culture") || strings.Contains(a.raw, sealed) {
				t.Errorf("answer %d tells the password: %s", i, a.raw)
			}
		}
	})
}

// Whoever finds an owner's browser open must not have the stored password sent
// to a server of their own.
func TestAnotherServerGetsNoStoredPassword(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.owner()
		var made api.Mailbox
		b.do("POST", "/settings/mailboxes", contact()).ok().read(&made)
		path := fmt.Sprintf("/settings/mailboxes/%d", made.ID)
		for name, spoil := range map[string]func(in m){
			"another IMAP server": func(in m) { in["imap"] = m{"host": "imap.example.net", "port": 993, "security": "tls"} },
			"another SMTP server": func(in m) { in["smtp"] = m{"host": "smtp.example.net", "port": 465, "security": "tls"} },
			"in the clear":        func(in m) { in["imap"] = m{"host": "imap.maison-lila.fr", "port": 143, "security": "none"} },
		} {
			in := contact()
			in["password"] = ""
			spoil(in)
			b.do("POST", path+"/test", in).wrong("body.password")
			b.do("PUT", path, in).wrong("body.password")
			if len(d.mail.tested) != 0 {
				t.Fatalf("%s was tried", name)
			}
		}
		in := contact()
		in["password"], in["imap"] = "", m{"host": "IMAP.maison-lila.fr", "port": 143, "security": "starttls"}
		b.do("POST", path+"/test", in).ok()
		in["password"], in["imap"] = "typed again", m{"host": "imap.example.net", "port": 993, "security": "tls"}
		b.do("POST", path+"/test", in).ok()
		b.do("POST", "/settings/mailboxes/0/test", contact()).ok()
		if len(d.mail.tested) != 3 {
			t.Errorf("%d tests", len(d.mail.tested))
		}
	})
}

func TestAMailboxTellsHowItIs(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.owner()
		in := contact()
		in["kind"], in["smtp"] = "smtp", nil
		var made, shown api.Mailbox
		b.do("POST", "/settings/mailboxes", in).ok().read(&made)
		alarm := true
		err := d.db.InTx(t.Context(), func(tx *store.Tx) error {
			return d.shops.SetState(tx, made.ID, shop.Condition{State: shop.Failing, Error: "refused", LastMailAt: monday, Alarm: &alarm})
		})
		if err != nil {
			t.Fatal(err)
		}
		var list struct{ Items []api.Mailbox }
		got := b.do("GET", "/settings/mailboxes", nil).ok()
		got.read(&list)
		shown = list.Items[0]
		if shown.State != shop.Failing || shown.ErrorFR != "FR refused" || shown.ErrorEN != "EN refused" || !shown.Alarm ||
			!shown.LastMailAt.Equal(monday) {
			t.Errorf("shown: %+v", shown)
		}
		if !strings.Contains(got.raw, `"folders_state":[]`) || !strings.Contains(got.raw, `"caught_up_to":null`) || !strings.Contains(got.raw, `"smtp":null`) {
			t.Errorf("raw: %s", got.raw)
		}
		// A mailbox without an IMAP server can be sent back as it was read.
		b.do("PUT", fmt.Sprintf("/settings/mailboxes/%d", made.ID), shown.MailboxConfig).ok()
	})
}

func TestAnotherShopsMailboxDoesntExist(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		theirs, err := d.shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: d.other, Input: shop.MailboxInput{
			Address: "atelier@atelier-brun.fr", Kind: shop.SMTP, OwedSince: monday.Add(-time.Hour),
		}})
		if err != nil {
			t.Fatal(err)
		}
		b := d.owner()
		path := fmt.Sprintf("/settings/mailboxes/%d", theirs)
		b.do("PUT", path, contact()).want(http.StatusNotFound, "not_found")
		for _, verb := range []string{"test", "reconcile", "pause", "resume"} {
			b.do("POST", path+"/"+verb, contactFor(verb)).want(http.StatusNotFound, "not_found")
		}
		if got := b.do("GET", "/settings/mailboxes", nil).ok(); got.raw != `{"items":[]}`+"\n" {
			t.Errorf("listed: %s", got.raw)
		}
		if len(d.mail.tested)+len(d.mail.reconciled) != 0 || !d.mailbox(theirs).Active {
			t.Error("it was touched")
		}
	})
}

func contactFor(verb string) m {
	if verb == "test" {
		return contact()
	}
	return m{}
}
