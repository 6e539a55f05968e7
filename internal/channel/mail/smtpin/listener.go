package smtpin

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
	"golang.org/x/sync/semaphore"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
)

// Mailbox is a mailbox that mail is taken for.
type Mailbox struct {
	ID   id.Mailbox
	Shop id.Shop
}

// Mailboxes finds the mailboxes that mail to a recipient is for, none when it
// is not ours. The recipient is as the relay gave it, in any case and with its
// +tag.
type Mailboxes interface {
	ByAddress(ctx context.Context, recipient string) ([]Mailbox, error)
}

// Store keeps items durably, as intake.Intake does.
type Store interface {
	Store(ctx context.Context, raws []intake.Raw) error
}

// Limits bound what clients may cost. Zero fields take the defaults.
type Limits struct {
	MailSize       int64         // 50 MB
	Recipients     int           // a mail; 100
	Connections    int           // at once, in all; 100
	PerAddress     int           // connections at once from one remote address; 20
	MailsPerMinute int           // from one remote address; 600
	LineLength     int           // 1 MB: longer lines are no mail
	Patience       time.Duration // for a command or a whole DATA; 5 min (RFC 5321, 4.5.3.2)
	Memory         int64         // of mails being received; 128 MB
}

func (l Limits) orDefaults() Limits {
	def := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	def(&l.Recipients, 100)
	def(&l.Connections, 100)
	def(&l.PerAddress, 20)
	def(&l.MailsPerMinute, 600)
	def(&l.LineLength, 1<<20)
	if l.MailSize == 0 {
		l.MailSize = 50 << 20
	}
	if l.Patience == 0 {
		l.Patience = 5 * time.Minute
	}
	if l.Memory == 0 {
		l.Memory = 128 << 20
	}
	l.Memory = max(l.Memory, l.MailSize+memoryStep) // one mail of the largest size must fit
	return l
}

// Config is what a Listener needs.
type Config struct {
	Store     Store
	Mailboxes Mailboxes
	Clock     clock.Clock
	Log       *slog.Logger
	Name      string      // our name in the greeting
	TLS       *tls.Config // nil: STARTTLS is not offered
	Limits    Limits
}

// Listener takes mail from relays.
type Listener struct {
	Config
	rates     *rates
	memory    *semaphore.Weighted
	receiving sync.WaitGroup
}

// New makes a listener. It listens in Serve only.
func New(c Config) *Listener {
	c.Limits = c.Limits.orDefaults()
	if c.Name == "" {
		c.Name = "localhost"
	}
	return &Listener{Config: c, rates: newRates(c.Limits.MailsPerMinute), memory: semaphore.NewWeighted(c.Limits.Memory)}
}

// graceful is how long mail under way may take to end when the program stops.
const graceful = 10 * time.Second

// Serve takes mail on l until ctx ends, then lets mail under way end.
func (l *Listener) Serve(ctx context.Context, on net.Listener) error {
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return l.session(ctx, c), nil
	}))
	server.Domain = l.Name
	server.TLSConfig = l.TLS
	server.MaxMessageBytes = l.Limits.MailSize
	server.MaxRecipients = l.Limits.Recipients
	server.MaxLineLength = l.Limits.LineLength
	server.ReadTimeout, server.WriteTimeout = l.Limits.Patience, time.Minute
	server.EnableSMTPUTF8 = true
	server.ErrorLog = slog.NewLogLogger(l.Log.Handler(), slog.LevelInfo)

	g := &gate{Listener: on, all: l.Limits.Connections, each: l.Limits.PerAddress, open: map[*counted]string{}, count: map[string]int{}}
	stop := context.AfterFunc(ctx, func() { _ = on.Close() })
	defer stop()
	err := server.Serve(g)
	l.drain()
	g.closeAll()
	_ = server.Close()
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("SMTP listener: %w", err)
}

// drain waits for the mails that are being received. One that is cut after all
// is sent again by its relay.
func (l *Listener) drain() {
	done := make(chan struct{})
	go func() {
		l.receiving.Wait()
		close(done)
	}()
	t := time.NewTimer(graceful)
	defer t.Stop()
	select {
	case <-done:
	case <-t.C:
	}
}
