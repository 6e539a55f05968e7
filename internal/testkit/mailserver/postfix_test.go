package mailserver_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// send gives one message to the server at addr, without TLS or a password.
func send(t *testing.T, addr, from, to string) error {
	t.Helper()
	c, err := smtp.Dial(addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := c.SendMail(from, []string{to}, bytes.NewReader(question)); err != nil {
		return err
	}
	return c.Quit()
}

// arrives waits until a mailbox holds n messages.
func arrives(t *testing.T, mb *mailserver.Mailboxes, mta *mailserver.MTA, user string, n int) []mailserver.Stored {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		list := mb.List(t, user, "INBOX")
		if len(list) >= n {
			return list
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%s has %d messages, want %d\n%s", user, len(list), n, mta.Log())
		case <-tick.C:
		}
	}
}

func code(t *testing.T, err error) int {
	t.Helper()
	var answer *smtp.SMTPError
	if err != nil && !errors.As(err, &answer) {
		t.Fatalf("error = %v, want an answer of the server", err)
	}
	if answer == nil {
		return 250
	}
	return answer.Code
}

// TestMailReachesItsMailbox follows a customer's mail through Postfix and LMTP
// into Dovecot, while each of the two is down once.
func TestMailReachesItsMailbox(t *testing.T) {
	t.Parallel()
	mb := mailserver.Dovecot(t)
	mta := mailserver.Postfix(t, mb)

	if err := send(t, mta.SMTPAddr, camille, shop); err != nil {
		t.Fatal(err)
	}
	list := arrives(t, mb, mta, shop, 1)
	if !bytes.HasSuffix(list[0].Raw, []byte("quand arrive ma bague ?\r\n")) {
		t.Errorf("stored %q, want Camille's words", list[0].Raw)
	}

	mb.Stop(t)
	if err := send(t, mta.SMTPAddr, camille, shop); err != nil {
		t.Fatal(err)
	}
	mta.Stop(t)
	mta.Start(t)
	mb.Start(t)

	if list := arrives(t, mb, mta, shop, 2); len(list) != 2 {
		t.Errorf("after both restarts %d messages, want 2", len(list))
	}
}

func TestRefusalsAndBounces(t *testing.T) {
	t.Parallel()
	mb := mailserver.Dovecot(t)
	mta := mailserver.Postfix(t, mb)

	for to, want := range map[string]int{
		"gone@paul.example": 550, "full@paul.example": 452, "paul@elsewhere.test": 554, "later-gone@paul.example": 250,
	} {
		if got := code(t, send(t, mta.SMTPAddr, shop, to)); got != want {
			t.Errorf("to %s: %d, want %d", to, got, want)
		}
	}

	bounce := arrives(t, mb, mta, shop, 1)
	if !bytes.Contains(bounce[0].Raw, []byte("message/delivery-status")) {
		t.Errorf("the sender got %q, want a report of RFC 3464", bounce[0].Raw)
	}
}

func TestSubmissionAsksWhoSends(t *testing.T) {
	t.Parallel()
	mb := mailserver.Dovecot(t)
	mta := mailserver.Postfix(t, mb)
	trust := &tls.Config{RootCAs: mb.RootCAs, ServerName: mailserver.Host, MinVersion: tls.VersionTLS12}
	submit := func(password string) error {
		c, err := smtp.DialStartTLS(mta.SubmissionAddr, trust)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
		if password != "" {
			if err := c.Auth(sasl.NewPlainClient("", shop, password)); err != nil {
				return err
			}
		}
		return c.SendMail(shop, []string{camille}, bytes.NewReader(question))
	}

	for name, tt := range map[string]struct {
		password string
		want     int
	}{
		"the mailbox's own": {mb.Password, 250},
		"a wrong one":       {"rose-blanche", 535},
		"none":              {"", 554},
	} {
		if got := code(t, submit(tt.password)); got != tt.want {
			t.Errorf("password %s: %d, want %d", name, got, tt.want)
		}
	}
	arrives(t, mb, mta, camille, 1)
}

// TestRouteHandsMailOn sends a domain's mail to another server, as a provider
// does that relays to the desk.
func TestRouteHandsMailOn(t *testing.T) {
	t.Parallel()
	mb := mailserver.Dovecot(t)
	mta := mailserver.Postfix(t, mb)
	desk := mailserver.NewSink(t)

	if err := send(t, mta.SMTPAddr, camille, shop); err != nil {
		t.Fatal(err)
	}
	arrives(t, mb, mta, shop, 1)

	mta.Route(t, "maison-lila.example", desk.Addr)
	if err := send(t, mta.SMTPAddr, camille, shop); err != nil {
		t.Fatal(err)
	}

	got := desk.Wait(t, 1)
	if got[0].From != camille || len(got[0].To) != 1 || got[0].To[0] != shop {
		t.Errorf("handed on %s → %v, want %s → %s", got[0].From, got[0].To, camille, shop)
	}
	if list := mb.List(t, shop, "INBOX"); len(list) != 1 {
		t.Errorf("Dovecot holds %d messages, want the one from before the route", len(list))
	}
}
