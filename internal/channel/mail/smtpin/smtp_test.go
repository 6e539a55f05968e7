package smtpin_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpin"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/intake"
)

// shelf is a store in memory that can be full.
type shelf struct {
	mu    sync.Mutex
	items []intake.Raw
	full  bool
}

func (s *shelf) Store(_ context.Context, raws []intake.Raw) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full {
		return errors.New("no space left on device")
	}
	s.items = append(s.items, raws...)
	return nil
}

func (s *shelf) stored() []intake.Raw {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]intake.Raw(nil), s.items...)
}

// boxes are the mailboxes of Maison Lila; "atelier" and "contact" are two.
type boxes struct{}

func (boxes) ByAddress(_ context.Context, recipient string) ([]smtpin.Mailbox, error) {
	switch recipient {
	case "Contact+c1234@Maison-Lila.example", "contact@maison-lila.example", "bonjour@maison-lila.example":
		return []smtpin.Mailbox{{ID: 1, Shop: 1}}, nil
	case "atelier@maison-lila.example":
		return []smtpin.Mailbox{{ID: 2, Shop: 1}}, nil
	}
	return nil, nil
}

func listen(t *testing.T, s *shelf, limits smtpin.Limits) string {
	t.Helper()
	l := smtpin.New(smtpin.Config{
		Store: s, Mailboxes: boxes{}, Clock: clock.At(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)),
		Log: slog.New(slog.DiscardHandler), Name: "desk.example", Limits: limits,
	})
	on, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- l.Serve(ctx, on) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return on.Addr().String()
}

// client says lines and hears answers.
type client struct {
	t *testing.T
	net.Conn
	r *bufio.Reader
}

func dial(t *testing.T, addr string) *client {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	k := &client{t, c, bufio.NewReader(c)}
	return k
}

// hear reads one answer, its code and last line.
func (c *client) hear(want string) {
	c.t.Helper()
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			c.t.Fatalf("waiting for %s: %v", want, err)
		}
		if len(line) > 3 && line[3] == '-' {
			continue
		}
		if !strings.HasPrefix(line, want) {
			c.t.Fatalf("heard %q, want %s", line, want)
		}
		return
	}
}

func (c *client) say(line, want string) {
	c.t.Helper()
	if _, err := fmt.Fprintf(c.Conn, "%s\r\n", line); err != nil {
		c.t.Fatal(err)
	}
	c.hear(want)
}

const question = "From: Camille Renaud <camille@example>\r\nSubject: Ma bague\r\n\r\nBonjour,\r\n..et merci\r\n."

func TestAMailIsStoredBeforeItIsAccepted(t *testing.T) {
	t.Parallel()
	var s shelf
	c := dial(t, listen(t, &s, smtpin.Limits{}))
	c.hear("220")
	c.say("EHLO relais.example", "250")
	c.say("MAIL FROM:<camille@example>", "250")
	c.say("RCPT TO:<Contact+c1234@Maison-Lila.example>", "250")
	c.say("RCPT TO:<bonjour@maison-lila.example>", "250")
	c.say("RCPT TO:<atelier@maison-lila.example>", "250")
	c.say("RCPT TO:<inconnu@maison-lila.example>", "550 5.1.1")
	c.say("DATA", "354")
	c.say(question, "250")
	got := s.stored()
	if len(got) != 2 || got[0].Mailbox != 1 || got[1].Mailbox != 2 {
		t.Fatalf("stored %+v, want one item for each of two mailboxes", got)
	}
	want := "From: Camille Renaud <camille@example>\r\nSubject: Ma bague\r\n\r\nBonjour,\r\n.et merci\r\n"
	if string(got[0].Content) != want {
		t.Errorf("content = %q", got[0].Content)
	}
	envelope := `{"from":"camille@example","to":["Contact+c1234@Maison-Lila.example","bonjour@maison-lila.example"],"helo":"relais.example","remote":"127.0.0.1","tls":false}`
	if got[0].Envelope != envelope {
		t.Errorf("envelope = %s", got[0].Envelope)
	}
	if at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC); !got[0].ArrivedAt.Equal(at) {
		t.Errorf("arrived at %s, want %s", got[0].ArrivedAt, at)
	}
}

// With a full disk the relay keeps the mail, and tries again later.
func TestAStoreThatFails(t *testing.T) {
	t.Parallel()
	s := shelf{full: true}
	c := dial(t, listen(t, &s, smtpin.Limits{}))
	c.hear("220")
	c.say("EHLO relais.example", "250")
	for _, want := range []string{"451 4.3.0", "250"} {
		c.say("MAIL FROM:<>", "250")
		c.say("RCPT TO:<contact@maison-lila.example>", "250")
		c.say("DATA", "354")
		c.say(question, want)
		s.mu.Lock()
		s.full = false
		s.mu.Unlock()
	}
	if n := len(s.stored()); n != 1 {
		t.Errorf("stored %d, want 1", n)
	}
}

func TestHostileClients(t *testing.T) {
	t.Parallel()
	limits := smtpin.Limits{MailSize: 10_000, Recipients: 2, LineLength: 5_000, PerAddress: 6, MailsPerMinute: 3, Patience: 300 * time.Millisecond}
	long := strings.Repeat("x", 20_000)
	begin := func(c *client) {
		c.hear("220")
		c.say("EHLO x", "250")
	}
	tests := []struct {
		name string
		act  func(c *client)
	}{
		{"announces too much", func(c *client) { begin(c); c.say("MAIL FROM:<a@example> SIZE=10001", "552") }},
		{"sends too much", func(c *client) {
			begin(c)
			c.say("MAIL FROM:<a@example>", "250")
			c.say("RCPT TO:<contact@maison-lila.example>", "250")
			c.say("DATA", "354")
			c.say(strings.Repeat("bonjour\r\n", 3000)+".", "552 5.3.4")
		}},
		{"too many recipients", func(c *client) {
			begin(c)
			c.say("MAIL FROM:<a@example>", "250")
			c.say("RCPT TO:<contact@maison-lila.example>", "250")
			c.say("RCPT TO:<atelier@maison-lila.example>", "250")
			c.say("RCPT TO:<bonjour@maison-lila.example>", "452")
		}},
		{"a huge line in a mail", func(c *client) {
			begin(c)
			c.say("MAIL FROM:<a@example>", "250")
			c.say("RCPT TO:<contact@maison-lila.example>", "250")
			c.say("DATA", "354")
			c.say(long[:6000]+"\r\n.", "554 5.6.0")
		}},
		{"a huge command", func(c *client) { c.hear("220"); c.say(long, "500") }},
		{"says nothing", func(c *client) { c.hear("220"); c.hear("421") }},
		{"a slow mail", func(c *client) {
			begin(c)
			c.say("MAIL FROM:<a@example>", "250")
			c.say("RCPT TO:<contact@maison-lila.example>", "250")
			c.say("DATA", "354")
			_, _ = c.Write([]byte("Subject: lent\r\n"))
			c.hear("451 4.4.2")
		}},
		{"garbage in a pipeline", func(c *client) {
			c.hear("220")
			_, _ = c.Write([]byte("GET / HTTP/1.1\r\n\x00\xff\r\nDATA\r\nDATA\r\nRCPT TO:<<>>\r\n\r\n\r\n\r\n"))
			c.hear("501")
		}},
		{"a smuggled end", func(c *client) {
			begin(c)
			c.say("MAIL FROM:<a@example>", "250")
			c.say("RCPT TO:<contact@maison-lila.example>", "250")
			c.say("DATA", "354")
			c.say("Subject: un\r\n\r\nfin\n.\nMAIL FROM:<faux@example>\r\n.", "250")
			c.say("RCPT TO:<contact@maison-lila.example>", "502")
		}},
		{"too many mails", func(c *client) {
			begin(c)
			for range 3 {
				c.say("MAIL FROM:<a@example>", "250")
				c.say("RSET", "250")
			}
			c.say("MAIL FROM:<a@example>", "451 4.7.0")
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var s shelf
			addr := listen(t, &s, limits)
			tt.act(dial(t, addr))
			if n := len(s.stored()); n != 0 && tt.name != "a smuggled end" || n > 1 {
				t.Errorf("stored %d mails", n)
			}
			// Somebody honest is served all the same.
			c := dial(t, addr)
			begin(c)
			c.say("QUIT", "221")
		})
	}
}

func TestTooManyConnections(t *testing.T) {
	t.Parallel()
	addr := listen(t, &shelf{}, smtpin.Limits{PerAddress: 2})
	a, b := dial(t, addr), dial(t, addr)
	a.hear("220")
	b.hear("220")
	dial(t, addr).hear("421")
	a.say("QUIT", "221")
	_, _ = a.r.ReadByte() // until it is closed
	dial(t, addr).hear("220")
}
