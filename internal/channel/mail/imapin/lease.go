package imapin

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// settleLease bounds how long a mailbox waits for one that died while it moved
// mails; each turn of settleAtOnce prolongs it.
var settleLease = failpoint.Duration("imap.settle_lease", time.Minute)

// shared tells whether other processes may read the same mailboxes. An SQLite
// file has one process alone, so nothing is written there.
func (s *Service) shared() bool { return s.DB.Dialect() == store.PostgreSQL }

// leased takes or prolongs the reading of each mailbox, and gives those that
// are ours. The order keeps two processes from waiting for each other.
func (s *Service) leased(ctx context.Context, list []Mailbox) (ours []Mailbox, err error) {
	if !s.shared() || len(list) == 0 {
		return list, nil
	}
	list = slices.SortedFunc(slices.Values(list), func(a, b Mailbox) int { return cmp.Compare(a.ID, b.ID) })
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		ours = nil
		for _, m := range list {
			got, err := intake.Lease(tx, m.ID, intake.WorkRead, s.holder, s.Limits.Lease)
			if err != nil {
				return err
			}
			if got {
				ours = append(ours, m)
			}
		}
		return nil
	})
	return ours, err
}

// lookEvery is how often the list of mailboxes is looked at: often enough to
// keep our leases, and to take over what another process left.
func (s *Service) lookEvery() time.Duration {
	if s.shared() {
		return s.Limits.Lease / 3
	}
	return watchEvery
}

// readElsewhere tells whether another process reads the mailbox.
func (s *Service) readElsewhere(ctx context.Context, m id.Mailbox) (elsewhere bool, err error) {
	if !s.shared() {
		return false, nil
	}
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		elsewhere, err = intake.LeasedElsewhere(tx, m, intake.WorkRead, s.holder)
		return err
	})
	return elsewhere, err
}

// maySettle takes or prolongs the flagging and moving.
func (s *Service) maySettle(ctx context.Context, m id.Mailbox) (got bool, err error) {
	if !s.shared() {
		return true, nil
	}
	err = s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		got, err = intake.Lease(tx, m, intake.WorkSettle, s.holder, settleLease)
		return err
	})
	return got, err
}

// giveBack ends leases, so that another process need not wait until they run
// out. That it fails is no harm: then it waits.
func (s *Service) giveBack(ctx context.Context, f func(tx *store.Tx) error) {
	if !s.shared() {
		return
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := s.DB.InTx(last, f); err != nil {
		s.Log.Warn("give leases of mailboxes back", "error", err)
	}
}
