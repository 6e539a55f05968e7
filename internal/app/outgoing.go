package app

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpout"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// outgoing carries deliveries by the shops' own mail servers.
type outgoing struct {
	db     *store.DB
	shops  *shop.Service
	pool   *smtpout.Pool
	roots  *x509.CertPool
	tokens *tokens
	plain  bool
	hello  string
}

// Route: a mailbox without a mail server keeps a demo shop's mail here; a real
// shop's is held.
func (o *outgoing) Route(ctx context.Context, shopID id.Shop, m id.Mailbox) (route delivery.Route, err error) {
	err = o.db.Read(ctx, func(tx *store.Tx) error {
		box, err := o.shops.MailboxByID(tx, m)
		if err != nil {
			return err
		}
		if _, ok := box.SMTP(); ok {
			route = delivery.RouteServer
			return nil
		}
		s, err := o.shops.Get(tx, shopID)
		route = delivery.RouteNone
		if s.Demo {
			route = delivery.RouteLocal
		}
		return err
	})
	return route, err
}

var outcomes = map[smtpout.Outcome]delivery.Outcome{
	smtpout.Accepted:  delivery.OutcomeAccepted,
	smtpout.Soft:      delivery.OutcomeSoft,
	smtpout.Hard:      delivery.OutcomeHard,
	smtpout.Uncertain: delivery.OutcomeUncertain,
}

// Send carries the bytes and says what became of each recipient.
func (o *outgoing) Send(ctx context.Context, m id.Mailbox, from string, to []string, raw []byte, beforeDot func(context.Context) error) ([]delivery.Result, error) {
	server, err := o.serverOf(ctx, m)
	if err != nil {
		return nil, err
	}
	results, err := o.pool.Send(ctx, server, smtpout.Envelope{From: from, To: to}, raw, beforeDot)
	var throttled *smtpout.Throttled
	if errors.As(err, &throttled) {
		return nil, jobs.Later{At: throttled.Until, Reason: "throttled"}
	}
	out := make([]delivery.Result, len(results))
	for i, r := range results {
		text := r.Text
		if r.ConfigProblem.EN != "" {
			text = r.ConfigProblem.EN // the key of its words in the web app (ADR 018)
		}
		out[i] = delivery.Result{Address: r.Address, Outcome: outcomes[r.Outcome], Code: r.Code, Enhanced: r.Enhanced, Text: text}
	}
	return out, err
}

func (o *outgoing) serverOf(ctx context.Context, m id.Mailbox) (s smtpout.Server, err error) {
	var box shop.Mailbox
	err = o.db.Read(ctx, func(tx *store.Tx) error {
		box, err = o.shops.MailboxByID(tx, m)
		return err
	})
	if err != nil {
		return s, fmt.Errorf("mail server of mailbox %d: %w", m, err)
	}
	password, err := o.shops.Password(box)
	if err != nil {
		return s, fmt.Errorf("password of mailbox %d: %w", m, err)
	}
	return o.server(box, password), nil
}

// server describes a mailbox's mail server to smtpout.
func (o *outgoing) server(box shop.Mailbox, password string) smtpout.Server {
	at, _ := box.SMTP()
	s := smtpout.Server{
		Host: at.Host, Port: at.Port, Security: string(at.Security), AllowPlain: o.plain,
		Username: box.Username, HelloName: o.hello, RootCAs: o.roots,
	}
	switch {
	case box.Auth == "xoauth2":
		s.Auth = smtpout.XOAuth2
		s.Token = func(context.Context) (string, error) { return o.tokens.access(password) }
	case box.Username != "" && password != "":
		s.Auth, s.Password = smtpout.Plain, password
	}
	return s
}
