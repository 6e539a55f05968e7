package app

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/report/audit"
)

// past lends the mailboxes' history to the figures.
type past struct{ a *App }

// Headers reads headers of an active mailbox.
func (p past) Headers(
	ctx context.Context, m id.Mailbox, since time.Time, most int, expected func(n int, capped bool) error, yield func(audit.Header) error,
) error {
	box, found, err := mailboxes(p).Mailbox(ctx, m)
	if err != nil {
		return err
	}
	if !found {
		return fault.Missing("mailbox")
	}
	return p.a.imap.Headers(ctx, box, imapin.Past{
		Since: since, Most: most, Expected: expected,
		Yield: func(h imapin.Header) error {
			return yield(audit.Header{Sent: h.Role == intake.RoleSent, ArrivedAt: h.ArrivedAt, Bytes: h.Bytes})
		},
	})
}

// Problem is a stored form of what went wrong.
func (p past) Problem(ctx context.Context, m id.Mailbox, err error) string {
	box, _, _ := mailboxes(p).Mailbox(ctx, m)
	p.a.log.Warn("look through a mailbox", "mailbox", m, "error", err)
	return imapin.ProblemOf(err, box.Server.Host).String()
}
