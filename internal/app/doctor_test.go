package app_test

import (
	"context"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/app"
	"github.com/comptoir-desk/comptoir/internal/app/doctor"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// lilasDNS is that of a shop that did everything right, and of nobody else.
type lilasDNS struct{}

func (lilasDNS) LookupTXT(_ context.Context, name string) ([]string, error) {
	switch name {
	case "maison-lila.example":
		return []string{"v=spf1 ip4:127.0.0.0/8 -all"}, nil
	case "_dmarc.maison-lila.example":
		return []string{"v=DMARC1; p=none"}, nil
	}
	return nil, &net.DNSError{Name: name, IsNotFound: true}
}

func (lilasDNS) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	if name == "maison-lila.example" {
		return []*net.MX{{Host: "mx.maison-lila.example."}}, nil
	}
	return nil, &net.DNSError{Name: name, IsNotFound: true}
}

func (lilasDNS) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	return nil, &net.DNSError{Name: host, IsNotFound: true}
}

func at(t *testing.T, address string) shop.Server {
	t.Helper()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return shop.Server{Host: host, Port: n, Security: shop.NoTLS}
}

// visited is a desk with one mailbox, as the doctor finds it.
func visited(t *testing.T, change func(c *app.Config, in *shop.MailboxInput)) map[string]doctor.State {
	t.Helper()
	server, sink := mailserver.Dovecot(t), mailserver.NewSink(t)
	c := app.Config{Data: filepath.Join(t.TempDir(), "data"), Listen: "127.0.0.1:0", URL: "http://localhost:8080", SMTPListen: "127.0.0.1:0"}
	if err := os.Mkdir(c.Data, 0o750); err != nil {
		t.Fatal(err)
	}
	smtp := at(t, sink.Addr)
	in := shop.MailboxInput{
		Address: "contact@maison-lila.example", Kind: shop.IMAP, Password: server.Password, IMAP: at(t, server.IMAPAddr), SMTP: &smtp,
	}
	change(&c, &in)
	db := testkit.OpenStore(t, filepath.Join(c.Data, "comptoir.db"))
	box, err := secret.Open(c.Data, c.Secret)
	if err != nil {
		t.Fatal(err)
	}
	shops := shop.New(shop.Config{DB: db, Events: event.NewLog(db, clock.System{}, nil), Clock: clock.System{}, Box: box})
	made, err := shops.Create(t.Context(), shop.Creation{Input: shop.Input{Name: "Maison Lila", Timezone: "Europe/Paris"}})
	if err != nil {
		t.Fatal(err)
	}
	mailbox, err := shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: made, Input: in})
	if err != nil {
		t.Fatal(err)
	}
	err = db.InTx(t.Context(), func(tx *store.Tx) error {
		return shops.SetState(tx, mailbox, shop.Condition{CaughtUpTo: time.Now().Add(-time.Minute)})
	})
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]doctor.State{}
	for _, f := range app.Examine(t.Context(), c, lilasDNS{}) {
		t.Logf("%s %s %s: %s %s", f.State, f.Check, f.About, f.Says.EN, f.Do.EN)
		if worse(f.State, states[f.Check]) {
			states[f.Check] = f.State
		}
	}
	return states
}

func worse(a, b doctor.State) bool {
	rank := map[doctor.State]int{"": 0, doctor.OK: 1, doctor.Warn: 2, doctor.Fail: 3}
	return rank[a] > rank[b]
}

func TestDoctorOnAHealthyDesk(t *testing.T) {
	t.Parallel()
	states := visited(t, func(*app.Config, *shop.MailboxInput) {})
	for _, check := range []string{"config", "data", "disk", "clock", "store", "jobs", "quarantine", "outbox", "mail in", "mail out", "MX", "SPF", "DMARC"} {
		if states[check] != doctor.OK {
			t.Errorf("%s is %q", check, states[check])
		}
	}
}

func TestDoctorNamesWhatIsIll(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, check string
		ill         func(c *app.Config, in *shop.MailboxInput)
		want        doctor.State
	}{
		{"a wrong password", "mail in", func(_ *app.Config, in *shop.MailboxInput) { in.Password = "perle et bague" }, doctor.Fail},
		{"no sending server", "mail out", func(_ *app.Config, in *shop.MailboxInput) { in.SMTP = nil }, doctor.Warn},
		{"a sending server that is off", "mail out", func(_ *app.Config, in *shop.MailboxInput) { in.SMTP.Port = 1 }, doctor.Fail},
		{"a domain nobody has", "MX", func(_ *app.Config, in *shop.MailboxInput) { in.Address = "contact@maison-lilas.example" }, doctor.Fail},
		{"a relay without a listener", "mail in", func(c *app.Config, in *shop.MailboxInput) { in.Kind, c.SMTPListen = shop.SMTP, "" }, doctor.Fail},
		{"links to nowhere", "config", func(c *app.Config, _ *shop.MailboxInput) { c.Listen = "0.0.0.0:8080" }, doctor.Warn},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if states := visited(t, tt.ill); states[tt.check] != tt.want {
				t.Errorf("%s is %q, want %q", tt.check, states[tt.check], tt.want)
			}
		})
	}
}
