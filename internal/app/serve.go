package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpin"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Serve runs the desk until ctx ends: web app and API, mail listener, jobs,
// clocks, mailboxes. It prints where to go, and the token that opens the
// first-run page from another machine.
func Serve(ctx context.Context, c Config, out io.Writer) error {
	return serve(ctx, c, out, func(*Host) error { return nil })
}

// serve lets prepare do something with the desk before it listens.
func serve(ctx context.Context, c Config, out io.Writer, prepare func(*Host) error) error {
	log := newLogger(c.LogLevel)
	release, err := lockData(c)
	if err != nil {
		return err
	}
	defer release()
	web, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	host, err := NewHost(ctx, c, clock.System{}, log)
	if err != nil {
		_ = web.Close()
		return err
	}
	if err := prepare(host); err != nil {
		_ = web.Close()
		host.Close()
		return err
	}
	stop, err := host.serveMail(ctx)
	if err != nil {
		_ = web.Close()
		host.Close()
		return err
	}
	fmt.Fprintf(out, "Comptoir %s: %s\n", Version, c.URL)
	if host.current.Load().at() == modeFresh {
		fmt.Fprintf(out, "First run. From another machine, the set-up page asks for this token: %s\n", host.token)
	}
	err = serveWeb(ctx, web, host)
	stop()
	host.Close()
	return err
}

// Version is set by the build.
var Version = "dev"

func newLogger(level string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // the flag allows only known words
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: l}))
}

func serveWeb(ctx context.Context, l net.Listener, h http.Handler) error {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		_ = srv.Close()
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// serveMail runs the mail listener; it takes mail for whichever desk is served.
func (h *Host) serveMail(ctx context.Context) (stop func(), err error) {
	if h.config.SMTPListen == "" {
		return func() {}, nil
	}
	var secure *tls.Config
	if h.config.SMTPCert != "" {
		pair, err := tls.LoadX509KeyPair(h.config.SMTPCert, h.config.SMTPKey)
		if err != nil {
			return nil, fmt.Errorf("certificate of the mail listener: %w", err)
		}
		secure = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", h.config.SMTPListen)
	if err != nil {
		return nil, fmt.Errorf("mail listener: %w", err)
	}
	listener := smtpin.New(smtpin.Config{
		Store: h, Mailboxes: h, Clock: h.clock, Log: h.log, Name: h.config.SMTPName, TLS: secure,
		Limits: smtpin.Limits{MailSize: h.config.MaxMailSize},
	})
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := listener.Serve(run, l); err != nil && run.Err() == nil {
			h.log.Error("mail listener ended", "error", err)
		}
	}()
	return func() { cancel(); <-done }, nil
}

// Store keeps items in the desk that is served.
func (h *Host) Store(ctx context.Context, raws []intake.Raw) error {
	return h.current.Load().intake.Store(ctx, raws)
}

// ByAddress finds the mailbox behind an address in the desk that is served.
func (h *Host) ByAddress(ctx context.Context, address string) (found []smtpin.Mailbox, err error) {
	a := h.current.Load()
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		m, _, ok, err := a.shops.MailboxFor(tx, strings.ToLower(address))
		if ok {
			found = append(found, smtpin.Mailbox{ID: m.ID, Shop: m.Shop})
		}
		return err
	})
	return found, err
}
