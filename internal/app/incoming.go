package app

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// mailboxes lends the shops' mailboxes to the IMAP reader.
type mailboxes struct{ a *App }

// Active lists the mailboxes to read, of all shops.
func (m mailboxes) Active(ctx context.Context) (list []imapin.Mailbox, err error) {
	err = m.a.db.Read(ctx, func(tx *store.Tx) error {
		all, err := m.a.shops.ActiveMailboxes(tx)
		if err != nil {
			return err
		}
		for _, box := range all {
			if box.Kind != shop.IMAP {
				continue
			}
			password, err := m.a.shops.Password(box)
			if err != nil {
				m.a.log.Error("password of mailbox", "mailbox", box.ID, "error", err)
				continue
			}
			list = append(list, imapMailbox(box, password))
		}
		return nil
	})
	return list, err
}

// Mailbox finds one active mailbox.
func (m mailboxes) Mailbox(ctx context.Context, wanted id.Mailbox) (imapin.Mailbox, bool, error) {
	all, err := m.Active(ctx)
	for _, box := range all {
		if box.ID == wanted {
			return box, true, err
		}
	}
	return imapin.Mailbox{}, false, err
}

func imapMailbox(box shop.Mailbox, password string) imapin.Mailbox {
	return imapin.Mailbox{
		ID: box.ID, Shop: box.Shop,
		Server: imapin.Server{
			Host: box.IMAPHost, Port: box.IMAPPort, Security: imapin.Security(box.IMAPSecurity),
			Auth: box.Auth, Username: box.Username, Secret: password,
		},
		Inbox: box.Inbox, Junk: box.Junk, Sent: box.Sent, AfterIntake: box.AfterIntake, MoveTo: box.MoveTo, OwedSince: box.OwedSince,
	}
}

// recorder writes down how the mailboxes are.
type recorder struct{ a *App }

// State is told when the connection's state or problem changes.
func (r recorder) State(ctx context.Context, m id.Mailbox, s imapin.State, p imapin.Problem) error {
	return r.set(ctx, m, shop.Condition{State: shop.State(s), Error: p.String()})
}

// CaughtUp is told after each look that left nothing behind.
func (r recorder) CaughtUp(ctx context.Context, m id.Mailbox, to, lastMail time.Time) error {
	return r.set(ctx, m, shop.Condition{CaughtUpTo: to, LastMailAt: lastMail, CheckedAt: r.a.clock.Now()})
}

// Alarm is told when mail stops coming in, and when it comes again.
func (r recorder) Alarm(ctx context.Context, m id.Mailbox, p imapin.Problem) error {
	on := p.Code != ""
	return r.set(ctx, m, shop.Condition{Alarm: &on})
}

func (r recorder) set(ctx context.Context, m id.Mailbox, c shop.Condition) error {
	return r.a.db.InTx(ctx, func(tx *store.Tx) error { return r.a.shops.SetState(tx, m, c) })
}

// receiver hands parsed mail to the desk, and what a bounce reports to the
// deliveries, in one transaction.
type receiver struct {
	desk *desk.Desk
	post *delivery.Post
}

// Receive appends an incoming message.
func (r receiver) Receive(tx *store.Tx, in desk.Incoming) (desk.Received, error) {
	if in.Role == "sent" {
		ours, err := delivery.IsSystemMail(tx, in.Shop, in.MessageID)
		if err != nil || ours { // a reminder or a reset link: no customer's business, nor the desk's
			return desk.Received{Duplicate: true}, err
		}
	}
	got, err := r.desk.Receive(tx, in)
	if err != nil || got.Duplicate || len(in.Reports) == 0 || desk.Kind(in.Class) != desk.KindBounce {
		return got, err
	}
	return got, r.post.Bounced(tx, in.Shop, in.Reports)
}

func (a *App) ownAddresses(ctx context.Context, of id.Shop) (own []string, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		own, err = a.shops.OwnAddresses(tx, of)
		return err
	})
	return own, err
}
