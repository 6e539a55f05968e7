package api

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/report"
)

// MailboxAudit is a look through a mailbox's history, with what went wrong in
// words.
type MailboxAudit struct {
	report.Audit

	ErrorFR string `json:"error_fr"`
	ErrorEN string `json:"error_en"`
}

type auditOut struct{ Body MailboxAudit }

func (s *Server) audit(ctx context.Context, in *mailboxIn) (*auditOut, error) {
	found, err := s.Figures.Audit(ctx, actor(ctx), id.Mailbox(in.ID))
	out := &auditOut{MailboxAudit{Audit: found}}
	if found.Problem != "" {
		out.Body.ErrorFR, out.Body.ErrorEN = s.Mail.Problem(found.Problem)
	}
	return out, err
}

func (s *Server) startAudit(ctx context.Context, in *mailboxIn) (*auditOut, error) {
	if err := s.Figures.StartAudit(ctx, actor(ctx), id.Mailbox(in.ID)); err != nil {
		return nil, err
	}
	return s.audit(ctx, in)
}

func (s *Server) cancelAudit(ctx context.Context, in *mailboxIn) (*auditOut, error) {
	if err := s.Figures.CancelAudit(ctx, actor(ctx), id.Mailbox(in.ID)); err != nil {
		return nil, err
	}
	return s.audit(ctx, in)
}

func (s *Server) forgetAudit(ctx context.Context, in *mailboxIn) (*struct{}, error) {
	return nil, s.Figures.ForgetAudit(ctx, actor(ctx), id.Mailbox(in.ID))
}
