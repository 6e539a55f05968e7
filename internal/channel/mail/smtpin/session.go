package smtpin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/emersion/go-smtp"

	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/intake"
)

// Envelope is what the relay said beside the mail; an item keeps it as JSON.
type Envelope struct {
	From   string   `json:"from"` // "" for a bounce (RFC 5321, 4.5.5)
	To     []string `json:"to"`   // the recipients that lead to this mailbox, as given
	Helo   string   `json:"helo"`
	Remote string   `json:"remote"`
	TLS    bool     `json:"tls"`
}

// session is one client's conversation.
type session struct {
	l      *Listener
	ctx    context.Context //nolint:containedctx // the server gives its sessions none; done when we stop
	conn   *smtp.Conn
	remote string
	from   string
	to     []recipient
}

type recipient struct {
	address string
	box     Mailbox
}

func (l *Listener) session(ctx context.Context, c *smtp.Conn) *session {
	return &session{l: l, ctx: ctx, conn: c, remote: hostOf(c.Conn().RemoteAddr())}
}

func answer(code int, enhanced smtp.EnhancedCode, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
}

var (
	errSlow    = answer(451, smtp.EnhancedCode{4, 7, 0}, "Too many mails at once, try again later")
	errUnknown = answer(550, smtp.EnhancedCode{5, 1, 1}, "No such mailbox here")
	errLater   = answer(451, smtp.EnhancedCode{4, 3, 0}, "Could not store the mail, try again later")
	errBusy    = answer(452, smtp.EnhancedCode{4, 3, 1}, "Too much mail at once, try again later")
	errLine    = answer(554, smtp.EnhancedCode{5, 6, 0}, "A line is too long (RFC 5321, 4.5.3.1.6)")
	errCut     = answer(451, smtp.EnhancedCode{4, 4, 2}, "The mail did not arrive whole")
)

// Mail begins a mail.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if !s.l.rates.allow(s.remote, s.l.Clock.Now()) {
		return errSlow
	}
	s.from = from
	return nil
}

// Rcpt adds a recipient, if it is one of ours.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	boxes, err := s.l.Mailboxes.ByAddress(s.ctx, to)
	if err != nil {
		s.l.Log.Error("find the mailbox of a recipient", "error", err)
		return errLater
	}
	if len(boxes) == 0 {
		return errUnknown
	}
	for _, b := range boxes {
		s.to = append(s.to, recipient{to, b})
	}
	return nil
}

// Data receives the mail and stores it, once a mailbox. Returning nil is 250.
func (s *session) Data(r io.Reader) error {
	s.l.receiving.Add(1)
	defer s.l.receiving.Done()
	if s.ctx.Err() != nil {
		return errLater
	}
	arrived := s.l.Clock.Now()
	content, release, err := s.receive(r)
	defer release()
	if err != nil {
		return err
	}
	var raws []intake.Raw
	for i, to := range s.to {
		if slices.ContainsFunc(s.to[:i], func(o recipient) bool { return o.box == to.box }) {
			continue
		}
		raws = append(raws, intake.Raw{
			Shop: to.box.Shop, Mailbox: to.box.ID, Source: intake.SourceSMTP, Role: intake.RoleInbox,
			Envelope: s.envelope(to.box), Content: content, ArrivedAt: arrived,
		})
	}
	// What came whole is stored, also while we are stopping.
	if err := s.l.Store.Store(context.WithoutCancel(s.ctx), raws); err != nil {
		s.l.Log.Error("store mail from a relay", "error", err)
		return errLater
	}
	failpoint.Hit("smtp.before_250")
	return nil
}

func (s *session) envelope(box Mailbox) string {
	e := Envelope{From: s.from, To: []string{}, Helo: s.conn.Hostname(), Remote: s.remote}
	for _, to := range s.to {
		if to.box == box {
			e.To = append(e.To, to.address)
		}
	}
	_, e.TLS = s.conn.TLSConnectionState()
	raw, err := json.Marshal(e)
	if err != nil { // strings and bools only
		return ""
	}
	return strings.ReplaceAll(strings.ToValidUTF8(string(raw), "\uFFFD"), `\u0000`, "")
}

// memoryStep is how memory for a mail is reserved while it grows.
const memoryStep = 1 << 20

// receive reads the mail into memory, as far as there is some. release gives
// it back.
func (s *session) receive(r io.Reader) (content []byte, release func(), err error) {
	held := int64(0)
	release = func() { s.l.memory.Release(held) }
	var buf bytes.Buffer
	for {
		if !s.l.memory.TryAcquire(memoryStep) {
			return nil, release, errBusy
		}
		held += memoryStep
		n, err := io.CopyN(&buf, r, memoryStep)
		switch {
		case errors.Is(err, io.EOF) && n < memoryStep:
			return buf.Bytes(), release, nil
		case err != nil:
			return nil, release, whatBroke(err)
		}
	}
}

func whatBroke(err error) error {
	var own *smtp.SMTPError
	switch {
	case errors.As(err, &own): // too large
		return own
	case errors.Is(err, smtp.ErrTooLongLine):
		return errLine
	default:
		return errCut
	}
}

// Reset forgets the mail begun.
func (s *session) Reset() { s.from, s.to = "", nil }

// Logout ends the session.
func (*session) Logout() error { return nil }
