package app

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpout"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// mailControl is what the API may ask of the mail channel.
type mailControl struct{ a *App }

// Test tries a mailbox's settings, reading and sending. An empty password is
// that of the stored mailbox.
func (m mailControl) Test(ctx context.Context, in shop.MailboxInput, stored id.Mailbox) []api.Check {
	password := in.Password
	if password == "" && stored != 0 {
		_ = m.a.db.Read(ctx, func(tx *store.Tx) error {
			box, err := m.a.shops.MailboxByID(tx, stored)
			if err == nil {
				password, err = m.a.shops.Password(box)
			}
			return err
		})
	}
	checks := []api.Check{}
	box := shop.Mailbox{
		Address: in.Address, Kind: in.Kind, Auth: in.Auth, Username: in.Username,
		IMAPHost: in.IMAP.Host, IMAPPort: in.IMAP.Port, IMAPSecurity: in.IMAP.Security,
		Inbox: in.Inbox, Junk: in.Junk, Sent: in.Sent, AfterIntake: in.AfterIntake, MoveTo: in.MoveTo,
	}
	if in.SMTP != nil {
		box.SMTPHost, box.SMTPPort, box.SMTPSecurity = in.SMTP.Host, in.SMTP.Port, in.SMTP.Security
	}
	if in.Kind == shop.IMAP {
		for _, c := range m.a.imap.Test(ctx, imapMailbox(box, password)) {
			checks = append(checks, api.Check{Step: "imap." + c.Step, OK: c.OK, FR: c.FR, EN: c.EN})
		}
	}
	if _, ok := box.SMTP(); ok {
		for _, c := range smtpout.Test(ctx, m.a.out.server(box, password), in.Address) {
			checks = append(checks, api.Check{Step: "smtp." + c.Step, OK: c.OK, FR: c.FR, EN: c.EN})
		}
	}
	return checks
}

// Reconcile compares a mailbox with the desk now.
func (m mailControl) Reconcile(ctx context.Context, box id.Mailbox) error {
	found, ok, err := mailboxes(m).Mailbox(ctx, box)
	if err != nil || !ok {
		return err
	}
	_, err = m.a.imap.Reconcile(ctx, found)
	return err
}

// Replay parses a quarantined item again.
func (m mailControl) Replay(ctx context.Context, item id.Item) (id.Conversation, string, error) {
	got, err := m.a.parser.Now(ctx, item)
	if err == nil {
		return got.Conversation, "", nil
	}
	var reason string
	e := m.a.db.Read(ctx, func(tx *store.Tx) error {
		it, err := intake.Load(tx, item)
		reason = it.Reason
		return err
	})
	if e != nil {
		return 0, "", e
	}
	if reason == "" {
		return 0, "", err
	}
	return 0, reason, nil
}

// Problem puts a stored error of a mailbox into words.
func (mailControl) Problem(stored string) (fr, en string) {
	if stored == "" {
		return "", ""
	}
	p := imapin.ParseProblem(stored)
	return p.FR(), p.EN()
}
