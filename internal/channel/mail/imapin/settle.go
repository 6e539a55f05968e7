package imapin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const (
	settleAtOnce = 200
	settleAgain  = 2 * time.Second // when another job is settling the same mailbox
)

// SettleHandler does SettleJob: it flags as read, or moves, what was taken in
// safely, if the mailbox wants that.
func (s *Service) SettleHandler(ctx context.Context, j jobs.Job) error {
	var args MailboxArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	m, found, err := s.Mailboxes.Mailbox(ctx, args.Mailbox)
	if err != nil || !found || m.AfterIntake == "" || m.AfterIntake == "none" {
		return err
	}
	// Two at once would move the same mails: a server copies, then removes, and
	// so both would copy.
	settling := &s.memoryOf(m.ID).settling
	if !settling.TryLock() {
		return jobs.Later{At: s.Clock.Now().Add(settleAgain), Reason: "another one is at it"}
	}
	defer settling.Unlock()
	return s.Settle(ctx, m)
}

// Settle does what SettleHandler describes, for all items that are due; a
// jobs.Later when another process is at it.
func (s *Service) Settle(ctx context.Context, m Mailbox) error {
	var b *box
	defer func() {
		if b != nil {
			b.leave()
		}
	}()
	defer s.giveBack(ctx, func(tx *store.Tx) error { return intake.EndLease(tx, m.ID, intake.WorkSettle, s.holder) })
	for {
		if got, err := s.maySettle(ctx, m.ID); err != nil {
			return err
		} else if !got {
			return jobs.Later{At: s.Clock.Now().Add(settleAgain), Reason: "another process is at it"}
		}
		due, err := s.due(ctx, m)
		if err != nil || len(due) == 0 {
			return err
		}
		if b == nil {
			if b, err = s.open(ctx, m); err != nil {
				return err
			}
		}
		if err := s.settleFolder(b, m, due); err != nil {
			return err
		}
		failpoint.Hit("imap.settled")
		if err := s.Intake.Settled(ctx, due); err != nil {
			return err
		}
	}
}

// due gives the due items of one folder.
func (s *Service) due(ctx context.Context, m Mailbox) (due []intake.Item, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		due, err = intake.Due(tx, m.ID, settleAtOnce)
		return err
	})
	return slices.DeleteFunc(due, func(it intake.Item) bool {
		return it.Folder != due[0].Folder || it.UIDValidity != due[0].UIDValidity
	}), err
}

func (s *Service) settleFolder(b *box, m Mailbox, due []intake.Item) error {
	data, err := b.c.Select(due[0].Folder, nil).Wait()
	var answer *imap.Error
	if errors.As(err, &answer) && answer.Code == imap.ResponseCodeNonExistent {
		return nil
	}
	if err != nil {
		return fmt.Errorf("select folder: %w", err)
	}
	if int64(data.UIDValidity) != due[0].UIDValidity {
		return nil // these numbers mean other mails by now
	}
	var set imap.UIDSet
	for _, it := range due {
		set.AddNum(imap.UID(it.UID))
	}
	if m.AfterIntake == "move" && m.MoveTo != "" && m.MoveTo != due[0].Folder {
		return b.move(set, m.MoveTo)
	}
	return b.flag(set, imap.FlagSeen)
}

func (b *box) flag(set imap.UIDSet, flag imap.Flag) error {
	add := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{flag}}
	if err := b.c.Store(set, add, nil).Close(); err != nil {
		return fmt.Errorf("flag: %w", err)
	}
	return nil
}

// move moves mails. go-imap's own way round a server without MOVE sends COPY,
// STORE \Deleted and EXPUNGE in one go, and so deletes what could not be
// copied; here each step waits for the one before, and only these mails are
// expunged, never what somebody else has marked.
func (b *box) move(set imap.UIDSet, to string) error {
	err := b.moveTo(set, to)
	var answer *imap.Error
	if errors.As(err, &answer) && answer.Code == imap.ResponseCodeTryCreate {
		if err := b.c.Create(to, nil).Wait(); err != nil {
			return troubled(CodeFolder, to, err)
		}
		err = b.moveTo(set, to)
	}
	if errors.As(err, &answer) {
		return troubled(CodeFolder, to, err)
	}
	return err
}

func (b *box) moveTo(set imap.UIDSet, to string) error {
	caps := b.c.Caps()
	if caps.Has(imap.CapMove) {
		_, err := b.c.Move(set, to).Wait()
		return err
	}
	if _, err := b.c.Copy(set, to).Wait(); err != nil {
		return err
	}
	if err := b.flag(set, imap.FlagDeleted); err != nil {
		return err
	}
	if !caps.Has(imap.CapUIDPlus) {
		return nil
	}
	return b.c.UIDExpunge(set).Close()
}

// QueueSettle asks, in the transaction that takes an item, for the source to
// be settled afterwards.
func QueueSettle(tx *store.Tx, q jobs.Queue, it intake.Item) error {
	return q.Put(tx, jobs.Add{Kind: SettleJob, Args: MailboxArgs{it.Mailbox}, Key: it.Mailbox.String()})
}
