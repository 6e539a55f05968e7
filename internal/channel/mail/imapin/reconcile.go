package imapin

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/emersion/go-imap/v2"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
)

// The jobs of this package; their arguments are MailboxArgs.
var (
	ReconcileJob = jobs.Kind{Name: "mail.reconcile", Pool: jobs.PoolChores}
	SettleJob    = jobs.Kind{Name: "mail.after_intake", Pool: jobs.PoolChores}
)

// MailboxArgs names the mailbox of a job.
type MailboxArgs struct {
	Mailbox id.Mailbox `json:"mailbox"`
}

// reconcileAgain is when a job looks again for the process that reads the mailbox.
const reconcileAgain = 3 * time.Second

// ReconcileHandler does ReconcileJob. A mailbox that cannot be reached is no
// failure of the job: the reader says so already, and asks again later.
func (s *Service) ReconcileHandler(ctx context.Context, j jobs.Job) error {
	var args MailboxArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	m, found, err := s.Mailboxes.Mailbox(ctx, args.Mailbox)
	if err != nil || !found {
		return err
	}
	if elsewhere, err := s.readElsewhere(ctx, m.ID); err != nil {
		return err
	} else if elsewhere { // the process that reads it also keeps its alarm
		return jobs.Later{At: s.Clock.Now().Add(reconcileAgain), Reason: "another process reads it"}
	}
	_, err = s.reconcile(ctx, m, false)
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	s.Log.Warn("reconcile", "mailbox", m.ID, "error", err)
	if problemOf(err, m.Server.Host).Code == CodeStore {
		return err
	}
	return nil
}

// Reconcile asks of each mail in the box whether the desk has it, fetches what
// is missing at once, and records "n in the box, n in the desk, m missing" per
// folder. What the desk has and the box has no more was moved or expunged by
// somebody and is nothing to worry about. It raises the alarm when mail is
// still missing, and ends it when none is; where another process reads the
// mailbox, that one is asked to.
func (s *Service) Reconcile(ctx context.Context, m Mailbox) ([]intake.Folder, error) {
	return s.reconcile(ctx, m, true)
}

// reconcile compares mail by mail where thorough, else only what may have
// changed.
func (s *Service) reconcile(ctx context.Context, m Mailbox, thorough bool) (figures []intake.Folder, err error) {
	b, err := s.open(ctx, m)
	if err != nil {
		return nil, err
	}
	defer func() {
		err = b.explain(err)
		b.leave()
	}()
	folders, _, err := s.findFolders(ctx, b, m)
	if err != nil {
		return nil, err
	}
	missing := int64(0)
	for i, f := range folders {
		fig, err := s.reconcileFolder(ctx, m, b, f, thorough)
		if i > 0 && refused(err) { // the reader tells of a folder that cannot be opened
			continue
		}
		if err != nil {
			return figures, fmt.Errorf("reconcile: %w", err)
		}
		figures = append(figures, fig)
		missing += fig.Missing
	}
	if elsewhere, err := s.readElsewhere(ctx, m.ID); err != nil {
		return figures, troubled(CodeStore, "", err)
	} else if elsewhere {
		return figures, s.QueueReconcile(ctx, m.ID)
	}
	s.memoryOf(m.ID).reconciled(missing)
	s.reviewAlarm(ctx, m.ID)
	return figures, nil
}

// thoroughEvery is how long a folder's own word that nothing changed is enough.
const thoroughEvery = 6 * time.Hour

func (s *Service) reconcileFolder(ctx context.Context, m Mailbox, b *box, f folder, thorough bool) (intake.Folder, error) {
	data, err := b.examine(f.name)
	if err != nil {
		return intake.Folder{}, err
	}
	at, err := s.Intake.OpenFolder(ctx, m.ID, f.name, f.role, int64(data.UIDValidity), int64(data.UIDNext))
	if err != nil {
		return at, troubled(CodeStore, "", err)
	}
	modSeq := int64(data.HighestModSeq) // 63 bits (RFC 7162, 3.1)
	at.CheckedAt = s.Clock.Now()
	// With QRESYNC every change, an expunge too, raises HIGHESTMODSEQ (RFC
	// 7162, 3.2.1): the same figure as last time means the same mails.
	mem := s.memoryOf(m.ID)
	same := !thorough && mem.comparedSince(f.name, at.CheckedAt.Add(-thoroughEvery)) && b.c.Caps().Has(imap.CapQResync) && modSeq != 0 && modSeq == at.ModSeq && at.Missing == 0
	if !same {
		if err := s.compare(ctx, m, b, &at); err != nil {
			return at, err
		}
		at.ModSeq = modSeq
		mem.comparedAt(f.name, at.CheckedAt)
	}
	if err := s.Intake.Reconciled(ctx, at); err != nil {
		return at, troubled(CodeStore, "", err)
	}
	return at, nil
}

func (s *Service) compare(ctx context.Context, m Mailbox, b *box, at *intake.Folder) error {
	inBox, err := b.wanted(*at, 0, s.since(m))
	if err != nil {
		return err
	}
	missing, err := s.missing(ctx, *at, inBox)
	if err != nil {
		return err
	}
	if len(missing) > 0 {
		if _, err := s.take(ctx, m, b, *at, missing); err != nil {
			return err
		}
		if missing, err = s.missing(ctx, *at, missing); err != nil {
			return err
		}
	}
	if len(missing) > 0 { // gone from the box meanwhile?
		still, err := b.wanted(*at, missing[0]-1, s.since(m))
		if err != nil {
			return err
		}
		gone := without(missing, still)
		missing, inBox = without(missing, gone), without(inBox, gone)
	}
	at.InBox, at.Missing = int64(len(inBox)), int64(len(missing))
	at.InDesk = at.InBox - at.Missing
	return nil
}

func (s *Service) missing(ctx context.Context, at intake.Folder, uids []int64) ([]int64, error) {
	if len(uids) == 0 {
		return nil, nil
	}
	known, err := s.Intake.InDesk(ctx, at, uids[0]-1)
	if err != nil {
		return nil, troubled(CodeStore, "", err)
	}
	return without(uids, known), nil
}
