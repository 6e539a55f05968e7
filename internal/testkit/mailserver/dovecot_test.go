package mailserver_test

import (
	"bytes"
	"crypto/tls"
	"slices"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

const (
	shop    = "contact@maison-lila.example"
	camille = "camille.renaud@example"
)

var question = []byte("From: Camille Renaud <camille.renaud@example>\r\nTo: contact@maison-lila.example\r\n" +
	"Subject: Ma bague Lila\r\nMessage-ID: <c1@example>\r\n\r\nBonjour, quand arrive ma bague ?\r\n")

// TestAShopsMailbox follows one message through a mailbox, across a restart.
func TestAShopsMailbox(t *testing.T) {
	t.Parallel()
	m := mailserver.Dovecot(t)
	at := time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)

	first := m.Append(t, shop, "INBOX", question, []string{`\Seen`}, at)
	second := m.Append(t, shop, "INBOX", question, nil, at.Add(time.Minute))
	m.Append(t, shop, "Clients/2026", question, nil, at)

	list := m.List(t, shop, "INBOX")
	if len(list) != 2 || list[0].UID != first || list[1].UID != second {
		t.Fatalf("INBOX = %v, want UIDs %d and %d", list, first, second)
	}
	if !slices.Equal(list[0].Flags, []string{`\Seen`}) || len(list[1].Flags) != 0 {
		t.Errorf("flags = %v and %v, want seen and none", list[0].Flags, list[1].Flags)
	}
	if !list[0].InternalDate.Equal(at) || !bytes.Equal(list[0].Raw, question) {
		t.Errorf("stored %s %q, want %s and the message as it was", list[0].InternalDate, list[0].Raw, at)
	}

	m.Flag(t, shop, "INBOX", second, `\Flagged`)
	m.Expunge(t, shop, "INBOX", first)
	m.Restart(t)

	list = m.List(t, shop, "INBOX")
	if len(list) != 1 || list[0].UID != second || !slices.Equal(list[0].Flags, []string{`\Flagged`}) {
		t.Errorf("after expunge and restart INBOX = %v, want UID %d, flagged", list, second)
	}
	if other := m.List(t, camille, "INBOX"); len(other) != 0 {
		t.Errorf("another person's mailbox holds %d messages, want none", len(other))
	}
}

// TestWhatAServerOffers holds what the product relies on being tested against.
func TestWhatAServerOffers(t *testing.T) {
	t.Parallel()
	m := mailserver.Dovecot(t)
	trust := &tls.Config{RootCAs: m.RootCAs, ServerName: mailserver.Host, MinVersion: tls.VersionTLS12}

	for name, dial := range map[string]func() (*imapclient.Client, error){
		"TLS": func() (*imapclient.Client, error) {
			return imapclient.DialTLS(m.IMAPSAddr, &imapclient.Options{TLSConfig: trust})
		},
		"STARTTLS": func() (*imapclient.Client, error) {
			return imapclient.DialStartTLS(m.IMAPAddr, &imapclient.Options{TLSConfig: trust})
		},
	} {
		c, err := dial()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := c.Login(shop, "wrong").Wait(); err == nil {
			t.Errorf("%s: signed in with a wrong password", name)
		}
		if err := c.Login(shop, m.Password).Wait(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, capability := range []imap.Cap{imap.CapIdle, imap.CapCondStore, imap.CapMove, imap.CapUIDPlus, imap.CapSpecialUse} {
			if !c.Caps().Has(capability) {
				t.Errorf("%s: %s is not offered", name, capability)
			}
		}
		_ = c.Close()
	}
}

func TestRenumberChangesUIDValidity(t *testing.T) {
	t.Parallel()
	m := mailserver.Dovecot(t)
	validity := func() uint32 {
		c, err := imapclient.DialInsecure(m.IMAPAddr, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
		if err := c.Login(shop, m.Password).Wait(); err != nil {
			t.Fatal(err)
		}
		selected, err := c.Select("Archives", nil).Wait()
		if err != nil {
			t.Fatal(err)
		}
		return selected.UIDValidity
	}
	m.Append(t, shop, "Archives", question, []string{`\Seen`}, time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC))
	before := validity()

	m.Renumber(t, shop, "Archives")

	if after := validity(); after == before {
		t.Errorf("UIDVALIDITY is still %d", after)
	}
	if list := m.List(t, shop, "Archives"); len(list) != 1 || !bytes.Equal(list[0].Raw, question) {
		t.Errorf("messages = %v, want the one that was there", list)
	}
}
