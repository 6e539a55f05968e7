package shop_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func contact() shop.MailboxInput {
	return shop.MailboxInput{
		Name: "Contact", Address: "Contact@Maison-Lila.fr", Aliases: []string{"sav@maison-lila.fr", "SAV@maison-lila.fr"},
		Kind: shop.IMAP, Password: "émeraude-42",
		IMAP: shop.Server{Host: "imap.maison-lila.fr", Port: 993, Security: shop.TLS},
		SMTP: &shop.Server{Host: "smtp.maison-lila.fr", Port: 465, Security: shop.TLS},
	}
}

func (d *desk) mailbox(in shop.MailboxInput) id.Mailbox {
	d.t.Helper()
	made, err := d.shops.CreateMailbox(d.t.Context(), shop.MailboxUpdate{Shop: d.lila, Input: in})
	if err != nil {
		d.t.Fatal(err)
	}
	return made
}

func (d *desk) look(m id.Mailbox) shop.Mailbox {
	d.t.Helper()
	var out shop.Mailbox
	d.read(func(tx *store.Tx) (err error) {
		out, err = d.shops.Mailbox(tx, d.lila, m)
		return err
	})
	return out
}

func TestAMailboxKeepsItsPasswordSealed(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		box := d.mailbox(contact())
		m := d.look(box)
		if m.Address != "contact@maison-lila.fr" || m.Username != "contact@maison-lila.fr" || m.State != shop.Connecting || !m.OwedSince.Equal(monday) {
			t.Errorf("created as %+v", m)
		}
		if m.Sealed == "" || m.Sealed == "émeraude-42" {
			t.Errorf("secret column holds %q", m.Sealed)
		}
		in := contact()
		in.Password, in.Name, in.SMTP = "", "Service client", nil
		if err := d.shops.SaveMailbox(t.Context(), shop.MailboxUpdate{Shop: d.lila, Mailbox: box, Input: in}); err != nil {
			t.Fatal(err)
		}
		m = d.look(box)
		if got, err := d.shops.Password(m); got != "émeraude-42" || err != nil {
			t.Errorf("password after an empty one: %q, %v", got, err)
		}
		if _, has := m.SMTP(); has || m.Name != "Service client" {
			t.Errorf("saved as %+v", m)
		}
	})
}

func TestAWrongMailboxNamesItsField(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field string
		spoil func(*shop.MailboxInput)
	}{
		{"address", func(in *shop.MailboxInput) { in.Address = "Lila <contact@maison-lila.fr>" }},
		{"address", func(in *shop.MailboxInput) { in.Address = "contact" }},
		{"aliases[1]", func(in *shop.MailboxInput) { in.Aliases = []string{"a@b.fr", "b"} }},
		{"kind", func(in *shop.MailboxInput) { in.Kind = "pop" }},
		{"auth", func(in *shop.MailboxInput) { in.Auth = "none" }},
		{"password", func(in *shop.MailboxInput) { in.Password = "" }},
		{"imap.host", func(in *shop.MailboxInput) { in.IMAP.Host = "https://imap.maison-lila.fr" }},
		{"imap.port", func(in *shop.MailboxInput) { in.IMAP.Port = 0 }},
		{"imap.security", func(in *shop.MailboxInput) { in.IMAP.Security = "ssl" }},
		{"smtp.host", func(in *shop.MailboxInput) { in.SMTP = &shop.Server{Host: "a b", Port: 25, Security: shop.NoTLS} }},
		{"after_intake", func(in *shop.MailboxInput) { in.AfterIntake = "delete" }},
		{"move_to", func(in *shop.MailboxInput) { in.AfterIntake = "move" }},
		{"move_to", func(in *shop.MailboxInput) { in.AfterIntake, in.MoveTo = "move", "inbox" }},
		{"dkim.key", func(in *shop.MailboxInput) {
			in.DKIM = &shop.DKIM{Domain: "maison-lila.fr", Selector: "desk", Key: "rubbish"}
		}},
		{"dkim.key", func(in *shop.MailboxInput) { in.DKIM = &shop.DKIM{Domain: "maison-lila.fr", Selector: "desk"} }},
		{"dkim.domain", func(in *shop.MailboxInput) { in.DKIM = &shop.DKIM{Selector: "desk", Key: "x"} }},
	}
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		for _, tt := range tests {
			in := contact()
			tt.spoil(&in)
			_, err := d.shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: d.lila, Input: in})
			wrongField(t, err, tt.field)
		}
		d.read(func(tx *store.Tx) error {
			all, err := d.shops.Mailboxes(tx, d.lila)
			if len(all) != 0 {
				t.Errorf("%d mailboxes were made", len(all))
			}
			return err
		})
	})
}

func TestOneAddressLeadsToOneMailbox(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.mailbox(contact())
		other, err := d.shops.Create(t.Context(), shop.Creation{Input: maisonLila()})
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []id.Shop{d.lila, other} {
			in := contact()
			in.Aliases = nil
			_, err := d.shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: at, Input: in})
			wrongField(t, err, "address")
			in.Address = "sav@maison-lila.fr" // an alias of the first
			_, err = d.shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: at, Input: in})
			wrongField(t, err, "address")
			in.Address, in.Aliases = "autre@maison-lila.fr", []string{"contact@maison-lila.fr"}
			_, err = d.shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: at, Input: in})
			wrongField(t, err, "aliases")
		}
	})
}

func TestEightTimesTheSameMailboxAtOnceMakesOne(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		var made, refused atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				_, err := d.shops.CreateMailbox(context.Background(), shop.MailboxUpdate{Shop: d.lila, Input: contact()})
				switch {
				case err == nil:
					made.Add(1)
				case fault.KindOf(err) == fault.Invalid:
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if made.Load() != 1 || refused.Load() != 7 {
			t.Errorf("made %d, refused %d; want 1 and 7", made.Load(), refused.Load())
		}
	})
}

func TestMailFindsItsMailbox(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		main := d.mailbox(contact())
		plus := contact()
		plus.Address, plus.Aliases = "contact+pro@maison-lila.fr", nil
		pro := d.mailbox(plus)
		gone := contact()
		gone.Address, gone.Aliases = "ancien@maison-lila.fr", nil
		if err := d.shops.Pause(t.Context(), 0, d.lila, d.mailbox(gone)); err != nil {
			t.Fatal(err)
		}
		tests := []struct {
			recipient, tag string
			want           id.Mailbox
		}{
			{"contact@maison-lila.fr", "", main},
			{" CONTACT@Maison-Lila.FR ", "", main},
			{"sav@maison-lila.fr", "", main},
			{"contact+k7f2@maison-lila.fr", "k7f2", main},
			{"sav+a+b@maison-lila.fr", "a+b", main},
			{"contact+pro@maison-lila.fr", "", pro},
			{"+pro@maison-lila.fr", "", 0},
			{"ancien@maison-lila.fr", "", 0},
			{"contact@ailleurs.fr", "", 0},
			{"", "", 0},
		}
		for _, tt := range tests {
			d.read(func(tx *store.Tx) error {
				m, tag, found, err := d.shops.MailboxFor(tx, tt.recipient)
				if m.ID != tt.want || tag != tt.tag || found != (tt.want != 0) {
					t.Errorf("%q → %d %q %v, want %d %q", tt.recipient, m.ID, tag, found, tt.want, tt.tag)
				}
				return err
			})
		}
	})
}

func TestOwnAddressesFollowTheMailboxes(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		own := func() (out []string) {
			d.read(func(tx *store.Tx) (err error) {
				out, err = d.shops.OwnAddresses(tx, d.lila)
				return err
			})
			return out
		}
		if got := own(); len(got) != 0 {
			t.Errorf("before any mailbox: %v", got)
		}
		box := d.mailbox(contact())
		if got, want := own(), []string{"contact@maison-lila.fr", "sav@maison-lila.fr"}; !slices.Equal(got, want) {
			t.Errorf("own = %v, want %v", got, want)
		}
		in := contact()
		in.Aliases = nil
		if err := d.shops.SaveMailbox(t.Context(), shop.MailboxUpdate{Shop: d.lila, Mailbox: box, Input: in}); err != nil {
			t.Fatal(err)
		}
		if got, want := own(), []string{"contact@maison-lila.fr"}; !slices.Equal(got, want) {
			t.Errorf("own = %v, want %v", got, want)
		}
	})
}

func TestNobodyReachesTheMailboxOfAnotherShop(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		box := d.mailbox(contact())
		other, err := d.shops.Create(t.Context(), shop.Creation{Input: maisonLila()})
		if err != nil {
			t.Fatal(err)
		}
		in := contact()
		in.IMAP.Host = "imap.evil.example"
		if err := d.shops.SaveMailbox(t.Context(), shop.MailboxUpdate{Shop: other, Mailbox: box, Input: in}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("save: %v", err)
		}
		if err := d.shops.Pause(t.Context(), 0, other, box); fault.KindOf(err) != fault.NotFound {
			t.Errorf("pause: %v", err)
		}
		if m := d.look(box); m.IMAPHost != "imap.maison-lila.fr" || !m.Active {
			t.Errorf("it was changed: %+v", m)
		}
	})
}

func TestTheStateOfAMailboxIsToldOnceAChange(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		box := d.mailbox(contact())
		set := func(c shop.Condition) {
			if err := db.InTx(t.Context(), func(tx *store.Tx) error { return d.shops.SetState(tx, box, c) }); err != nil {
				t.Fatal(err)
			}
		}
		before := d.told()
		set(shop.Condition{State: shop.OK, LastMailAt: monday})
		for i := range 5 { // five mails, nothing new about the connection
			set(shop.Condition{State: shop.OK, LastMailAt: monday.Add(time.Duration(i) * time.Minute), CaughtUpTo: monday})
		}
		set(shop.Condition{LastMailAt: monday.Add(-time.Hour)}) // an older one, from the junk folder
		if m := d.look(box); m.State != shop.OK || !m.LastMailAt.Equal(monday.Add(4*time.Minute)) || !m.CaughtUpTo.Equal(monday) {
			t.Errorf("state %s, last %s, caught up %s", m.State, m.LastMailAt, m.CaughtUpTo)
		}
		alarm := true
		set(shop.Condition{State: shop.Failing, Error: "auth", Alarm: &alarm})
		if got := d.told() - before; got != 2 {
			t.Errorf("%d events, want 2", got)
		}
		if err := d.shops.Pause(t.Context(), 0, d.lila, box); err != nil {
			t.Fatal(err)
		}
		set(shop.Condition{State: shop.OK}) // a connection that was just closing
		if m := d.look(box); m.State != shop.Off || m.Error != "" || m.Alarm {
			t.Errorf("paused: %s %q alarm %v", m.State, m.Error, m.Alarm)
		}
		if err := d.shops.Resume(t.Context(), 0, d.lila, box); err != nil {
			t.Fatal(err)
		}
		if m := d.look(box); m.State != shop.Connecting {
			t.Errorf("resumed: %s", m.State)
		}
	})
}

var countTold = store.Dynamic(`select count(*) from event where kind = $1`)

func (d *desk) told() int64 {
	d.t.Helper()
	var n int64
	d.read(func(tx *store.Tx) (err error) {
		n, err = store.One[int64](tx, countTold, event.MailboxChanged)
		return err
	})
	return n
}

func TestPresetsAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range shop.Presets() {
		if seen[p.ID] || p.Name == "" || p.HintFR == "" || p.HintEN == "" {
			t.Errorf("preset %q is doubled or lacks words", p.ID)
		}
		seen[p.ID] = true
		for _, s := range []shop.Server{p.IMAP, p.SMTP} {
			if s.Host == "" || (s.Security == shop.TLS) != (s.Port == 993 || s.Port == 465) {
				t.Errorf("%s: %+v", p.ID, s)
			}
		}
	}
	for _, want := range []string{"gmail", "microsoft365", "outlook", "ovh", "ionos", "orange", "gandi", "free", "laposte", "infomaniak", "icloud"} {
		if !seen[want] {
			t.Errorf("no preset %q", want)
		}
	}
	if p, ok := shop.PresetFor("Lila@Wanadoo.FR"); !ok || p.ID != "orange" {
		t.Errorf("wanadoo.fr → %q", p.ID)
	}
	if _, ok := shop.PresetFor("contact@maison-lila.fr"); ok {
		t.Error("an own domain tells the provider")
	}
}
