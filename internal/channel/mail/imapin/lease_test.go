package imapin_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

var (
	countLeases = store.SQL(`select count(*) from mailbox_lease where mailbox_id = $1 and work = $2`)
	anothers    = store.SQL(`
		insert into mailbox_lease (mailbox_id, work, holder, lease_until) values ($1, $2, 4711, {dbnow} + 3600000000)
		on conflict (mailbox_id, work) do update set holder = excluded.holder, lease_until = excluded.lease_until`)
	timePasses = store.SQL(`update mailbox_lease set lease_until = {dbnow} - 1 where mailbox_id = $1 and work = $2`)
)

// node is a further process on the desk's database.
type node struct {
	*desk

	changes chan struct{}
}

func (d *desk) node() *node {
	n := &node{changes: make(chan struct{}), desk: &desk{t: d.t, db: d.db, box: d.box, record: newRecord()}}
	c := d.service.Config
	c.Mailboxes, c.Recorder = n, n.record
	n.service = imapin.New(c)
	ctx, end := context.WithCancel(context.Background())
	n.end, n.done = end, make(chan struct{})
	go func() {
		defer close(n.done)
		n.service.Run(ctx, n.changes)
	}()
	d.t.Cleanup(n.close)
	return n
}

// look lets it look at the list of mailboxes, and returns when it has.
func (n *node) look() {
	n.changes <- struct{}{}
	n.changes <- struct{}{} // heard after the look that the first one asked for
}

// reads tells whether it goes on reading.
func (n *node) reads() bool {
	for len(n.record.caughtUp) > 0 {
		<-n.record.caughtUp
	}
	select {
	case <-n.record.caughtUp:
		return true
	case <-time.After(4 * quick.Look):
		return false
	}
}

func TestOneProcessReadsAMailboxAndAnotherTakesOver(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, db *store.DB) {
		server := mailserver.Dovecot(t)
		d := newDesk(t, db, server.IMAPAddr)
		first := d.node()
		first.record.next(t)
		second := d.node()
		second.look()
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 1), nil, friday)
		first.record.next(t)
		if second.reads() {
			t.Fatal("both read the mailbox")
		}

		first.close() // an orderly end: nobody waits
		second.look()
		second.record.next(t)

		second.must(anothers, d.box.ID, intake.WorkRead) // it was away too long, and a third one came
		second.look()
		if second.reads() {
			t.Fatal("it goes on reading what another process reads")
		}
		server.Append(t, lila, "INBOX", mailFrom("Paul Delmas", 2), nil, friday)
		second.look()
		if n := d.count("INBOX", intake.StateStored); n != 1 {
			t.Fatalf("stored %d, want 1: the other one holds the lease", n)
		}
		second.must(timePasses, d.box.ID, intake.WorkRead) // the third one crashed
		second.look()
		second.record.next(t)
		second.record.next(t)
		if n := d.count("INBOX", intake.StateStored); n != 2 {
			t.Errorf("stored %d after the takeover, want 2", n)
		}
		second.record.mu.Lock()
		alarms := len(second.record.alarms)
		second.record.mu.Unlock()
		if alarms > 0 {
			t.Errorf("%d alarms about looks that were another's", alarms)
		}
		second.close()
		if n := d.number(countLeases, d.box.ID, intake.WorkRead); n != 0 {
			t.Errorf("%d leases left after an orderly end", n)
		}
		if lease := d.service.Limits.Lease; lease+lease/3 > time.Minute {
			t.Errorf("a crash costs %v", lease+lease/3)
		}
	})
}

func TestOneProcessMovesAndReconciles(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, db *store.DB) {
		server := mailserver.Dovecot(t)
		d := newDesk(t, db, server.IMAPAddr)
		d.box.AfterIntake, d.box.MoveTo = "move", "Trash"
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 1), nil, friday)
		d.catchUp()
		d.must(takeAll, d.box.ID)
		job := jobs.Job{Args: fmt.Sprintf(`{"mailbox":%d}`, d.box.ID)}
		var later jobs.Later

		d.must(anothers, d.box.ID, intake.WorkSettle)
		if err := d.service.SettleHandler(t.Context(), job); !errors.As(err, &later) {
			t.Errorf("while another one moves: %v", err)
		}
		if n := len(server.List(t, lila, "Trash")); n != 0 {
			t.Errorf("%d mails moved by two", n)
		}
		d.must(timePasses, d.box.ID, intake.WorkSettle)
		if err := d.service.SettleHandler(t.Context(), job); err != nil {
			t.Error(err)
		}
		if n := len(server.List(t, lila, "Trash")); n != 1 || d.number(countLeases, d.box.ID, intake.WorkSettle) != 0 {
			t.Errorf("%d mails moved", n)
		}

		d.must(anothers, d.box.ID, intake.WorkRead)
		if err := d.service.ReconcileHandler(t.Context(), job); !errors.As(err, &later) {
			t.Errorf("while another one reads: %v", err)
		}
		if f := d.reconcile()["INBOX"]; f.Missing != 0 || d.number(countReconciles) != 1 {
			t.Errorf("a person's own question: %+v, %d jobs", f, d.number(countReconciles))
		}
	})
}

var countReconciles = store.SQL(`select count(*) from job where kind = 'mail.reconcile'`)

func TestOneFileCostsNoLease(t *testing.T) {
	t.Parallel()
	server := mailserver.Dovecot(t)
	d := newDesk(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"), server.IMAPAddr)
	first := d.node()
	first.record.next(t)
	if n := d.number(countLeases, d.box.ID, intake.WorkRead); n != 0 {
		t.Errorf("%d leases written on SQLite", n)
	}
}
