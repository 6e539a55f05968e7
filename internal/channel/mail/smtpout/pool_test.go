package smtpout_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpout"
	"github.com/comptoir-desk/comptoir/internal/clock"
)

func TestOneConnectionForManyMails(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	pool := newPool(t, smtpout.Config{})
	for range 5 {
		if got := send(t, pool, p.server()); got.Outcome != smtpout.Accepted {
			t.Fatalf("%+v", got)
		}
	}
	if p.connections() != 1 || p.count("RSET") != 4 || p.count("EHLO") != 1 {
		t.Errorf("%d connections, said %q", p.connections(), p.heard)
	}
}

// The server was restarted while the connection was idle, or says so now: the
// mail goes over a new one and nobody hears of it.
func TestDeadIdleConnectionIsReplaced(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"restart", "RSET " + drop, "RSET 421 bye", "MAIL " + drop, "MAIL 421 bye"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			odd := ""
			verb, told, _ := strings.Cut(how, " ")
			p := startPeer(t, func(heard, _ string) string {
				if heard == verb {
					defer func() { odd = "" }()
					return odd
				}
				return ""
			})
			pool := newPool(t, smtpout.Config{})
			send(t, pool, p.server())
			if odd = told; how == "restart" {
				p.stop()
				p.wait(t.Context(), "the end of all connections", func() bool { return len(p.open) == 0 })
				p.start()
			}
			if got := send(t, pool, p.server()); got.Outcome != smtpout.Accepted || p.connections() != 2 {
				t.Errorf("%+v over %d connections", got, p.connections())
			}
		})
	}
}

func TestNewConnectionAfterSoManyMails(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	pool := newPool(t, smtpout.Config{MailsPerSession: 2})
	for range 5 {
		send(t, pool, p.server())
	}
	if p.connections() != 3 {
		t.Errorf("%d connections", p.connections())
	}
}

func TestIdleConnectionIsClosedPolitely(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	send(t, newPool(t, smtpout.Config{IdleTimeout: time.Millisecond}), p.server())
	p.wait(t.Context(), "the end of the connection", func() bool { return len(p.open) == 0 })
	if p.count("QUIT") != 1 {
		t.Errorf("said %q", p.heard)
	}
}

func TestNoMoreConnectionsThanAllowed(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	pool := newPool(t, smtpout.Config{PerServer: 2})
	var group sync.WaitGroup
	for range 12 {
		group.Go(func() { send(t, pool, p.server()) })
	}
	group.Wait()
	if _, most, _ := p.seen(); most > 2 || len(p.mails()) != 12 {
		t.Errorf("%d connections at once, %d mails", most, len(p.mails()))
	}
}

func TestNewPasswordMeansNewConnection(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	pool := newPool(t, smtpout.Config{})
	s := p.server()
	s.Auth, s.Username, s.Password = smtpout.Plain, "lila", "one"
	send(t, pool, s)
	s.Password = "two"
	send(t, pool, s)
	if p.count("AUTH PLAIN") != 2 {
		t.Errorf("said %q", p.heard)
	}
}

// Thirty waiting mails are not thirty wrong passwords; a corrected password is
// tried at once.
func TestRefusedPasswordIsNotTriedAgainAndAgain(t *testing.T) {
	t.Parallel()
	p := startPeer(t, at("AUTH", "535 5.7.8 wrong"))
	now := clock.At(monday)
	pool := newPool(t, smtpout.Config{Clock: now})
	s := p.server()
	s.Auth, s.Username, s.Password = smtpout.Plain, "lila", "expired"
	for range 30 {
		if got := send(t, pool, s); got.Outcome != smtpout.Soft || got.Code != 535 || got.ConfigProblem.FR == "" {
			t.Fatalf("%+v", got)
		}
	}
	if p.count("AUTH") != 1 {
		t.Errorf("%d tries", p.count("AUTH"))
	}
	now.Advance(time.Minute)
	send(t, pool, s)
	s.Password = "corrected"
	send(t, pool, s)
	if p.count("AUTH") != 3 {
		t.Errorf("%d tries after a minute and a new password", p.count("AUTH"))
	}
}

var monday = time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)

func TestThrottlePerMinute(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	now := clock.At(monday)
	pool := newPool(t, smtpout.Config{PerDomainMinute: 2, Clock: now})
	to := func(addresses ...string) error {
		_, err := pool.Send(t.Context(), p.server(), smtpout.Envelope{To: addresses}, []byte(mailText), recorded)
		return err
	}
	step := func(name string, wantUntil time.Duration, err error) {
		t.Helper()
		var throttled *smtpout.Throttled
		switch {
		case wantUntil == 0 && err != nil:
			t.Errorf("%s: %v", name, err)
		case wantUntil != 0 && (!errors.As(err, &throttled) || !throttled.Until.Equal(monday.Add(wantUntil))):
			t.Errorf("%s: %v", name, err)
		}
	}
	step("first", 0, to("camille@orange.example"))
	now.Advance(20 * time.Second)
	step("second", 0, to("paul@ORANGE.example", "marc@orange.example")) // one mail, however many of its people
	step("third", time.Minute, to("ines@orange.example"))
	step("another domain", 0, to("ines@free.example"))
	step("all domains or none", time.Minute, to("ines@free.example", "ines@orange.example"))
	step("free was not counted for that", 0, to("ines@free.example"))
	now.Advance(40 * time.Second)
	step("a minute after the first", 0, to("ines@orange.example"))
	step("the second still counts", 80*time.Second, to("ines@orange.example"))
	if n := len(p.mails()); n != 5 {
		t.Errorf("%d mails arrived", n)
	}
}

// The first mail holds its place until it is through; domains in any order
// never wait for each other for ever.
func TestThrottleAtOnce(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	pool := newPool(t, smtpout.Config{PerDomainAtOnce: 1, PerServer: 8})
	var group sync.WaitGroup
	var inside atomic.Int64
	for i := range 8 {
		e := smtpout.Envelope{To: []string{"camille@orange.example", fmt.Sprintf("paul@free%d.example", i%2)}}
		if i%2 == 0 {
			e.To[0], e.To[1] = e.To[1], e.To[0]
		}
		group.Go(func() {
			_, err := pool.Send(t.Context(), p.server(), e, []byte(mailText), func(context.Context) error {
				if inside.Add(1) > 1 {
					t.Error("two mails to one domain at once")
				}
				inside.Add(-1)
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if _, most, _ := p.seen(); most > 1 || len(p.mails()) != 8 {
		t.Errorf("%d connections at once, %d mails", most, len(p.mails()))
	}
}

func TestWaitingForAPlaceEndsWithItsContext(t *testing.T) {
	t.Parallel()
	p := startPeer(t, at("MAIL", hang))
	pool := newPool(t, smtpout.Config{PerServer: 1})
	first, stopFirst := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		_, _ = pool.Send(first, p.server(), camille, []byte(mailText), recorded)
	})
	p.wait(t.Context(), "the first mail under way", func() bool { return p.dialled == 1 && len(p.heard) > 1 })
	second, stopSecond := context.WithCancel(t.Context())
	stopSecond()
	if _, err := pool.Send(second, p.server(), camille, []byte(mailText), recorded); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	stopFirst()
	group.Wait()
}

func TestClosedPoolKeepsNothing(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	pool := newPool(t, smtpout.Config{})
	send(t, pool, p.server())
	pool.Close()
	if got := send(t, pool, p.server()); got.Outcome != smtpout.Accepted {
		t.Errorf("%+v", got)
	}
	p.wait(t.Context(), "the end of all connections", func() bool { return len(p.open) == 0 })
}
