package imapin_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// Mail of the inbox, junk and Sent is taken in, read or not, also what came
// while nobody looked, and nothing changes in the mailbox.
func TestOutageAndCatchUp(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		server := mailserver.Dovecot(t)
		d := newDesk(t, db, server.IMAPAddr)
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 1), []string{`\Seen`}, friday)
		server.Append(t, lila, "INBOX", mailFrom("Paul Delmas", 2), nil, friday)
		server.Append(t, lila, "Junk", mailFrom("Inès Belkacem", 3), nil, friday)
		server.Append(t, lila, "Sent", mailFrom("Véronica", 4), []string{`\Seen`}, friday)

		d.catchUp()
		if in, junk, sent := d.count("INBOX", intake.StateStored), d.count("Junk", intake.StateStored), d.count("Sent", intake.StateStored); in != 2 || junk != 1 || sent != 1 {
			t.Fatalf("stored inbox, junk, sent = %d, %d, %d; want 2, 1, 1", in, junk, sent)
		}

		server.Stop(t) // a weekend's outage
		server.Start(t)
		for n := 10; n < 310; n++ {
			server.Append(t, lila, "INBOX", mailFrom("Paul Delmas", n), nil, friday)
			if n%100 == 0 {
				server.Append(t, lila, "Sent", mailFrom("Marc", 1000+n), nil, friday)
			}
		}
		d.catchUp()
		if in, sent := d.count("INBOX", intake.StateStored), d.count("Sent", intake.StateStored); in != 302 || sent != 4 {
			t.Fatalf("stored inbox, sent = %d, %d; want 302, 4", in, sent)
		}
		if jobs := d.number(countJobs); jobs != 307 {
			t.Errorf("parse jobs = %d, want one a mail, 307", jobs)
		}
		for _, m := range server.List(t, lila, "INBOX")[1:] {
			if len(m.Flags) != 0 {
				t.Fatalf("reading set flags %v on UID %d", m.Flags, m.UID)
			}
		}
		if f := d.reconcile()["INBOX"]; f.InBox != 302 || f.InDesk != 302 || f.Missing != 0 {
			t.Errorf("reconciliation says %d in the box, %d in the desk, %d missing", f.InBox, f.InDesk, f.Missing)
		}
	})
}

// A mail that arrives while the desk idles is stored at once, also after the
// server was restarted meanwhile.
func TestRestartDuringIdle(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		server := mailserver.Dovecot(t)
		d := newDesk(t, db, server.IMAPAddr)
		d.open()
		d.record.next(t)
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 1), nil, friday)
		d.record.next(t)
		d.record.next(t)
		if n := d.count("INBOX", intake.StateStored); n != 1 {
			t.Fatalf("stored %d, want 1", n)
		}
		server.Restart(t)
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 2), nil, friday)
		d.record.next(t)
		d.record.next(t)
		if n := d.count("INBOX", intake.StateStored); n != 2 {
			t.Errorf("stored %d after the restart, want 2", n)
		}
	})
}

// A folder that was restored has new numbers: everything is read again as new
// items (the desk recognises the messages), and mail that came later is too.
func TestRenumberedFolder(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		server := mailserver.Dovecot(t)
		d := newDesk(t, db, server.IMAPAddr)
		server.Append(t, lila, "Sent", mailFrom("Véronica", 1), nil, friday)
		server.Append(t, lila, "Sent", mailFrom("Véronica", 2), nil, friday)
		d.catchUp()
		server.Renumber(t, lila, "Sent")
		server.Append(t, lila, "Sent", mailFrom("Véronica", 3), nil, friday)
		d.catchUp()
		if n := d.count("Sent", intake.StateStored); n != 5 {
			t.Errorf("items = %d, want 2 of the old numbers and 3 of the new", n)
		}
		if f := d.reconcile()["Sent"]; f.InBox != 3 || f.Missing != 0 {
			t.Errorf("reconciliation: %+v, want 3 in the box, 0 missing", f)
		}
	})
}

// What somebody moved or deleted is not missing; what the desk lost is, and is
// fetched at once.
func TestReconcile(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		server := mailserver.Dovecot(t)
		d := newDesk(t, db, server.IMAPAddr)
		var uids []uint32
		for n := range 5 {
			uids = append(uids, server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", n), nil, friday))
		}
		d.catchUp()
		server.Expunge(t, lila, "INBOX", uids[0], uids[3])
		if f := d.reconcile()["INBOX"]; f.InBox != 3 || f.InDesk != 3 || f.Missing != 0 {
			t.Errorf("after an expunge: %+v, want 3 in the box, 0 missing", f)
		}
		d.must(dropItem, "INBOX", int64(uids[2]))
		if f := d.reconcile()["INBOX"]; f.InBox != 3 || f.InDesk != 3 || f.Missing != 0 {
			t.Errorf("after a loss in a box that is quiet: %+v, want it fetched", f)
		}
		d.must(dropItem, "INBOX", int64(uids[1]))
		server.Append(t, lila, "INBOX", mailFrom("Paul Delmas", 9), nil, friday)
		if f := d.reconcile()["INBOX"]; f.InBox != 4 || f.InDesk != 4 || f.Missing != 0 {
			t.Errorf("after a loss: %+v, want 4 in the box, all fetched", f)
		}
		if n := d.count("INBOX", intake.StateStored); n != 6 {
			t.Errorf("items = %d, want 6", n)
		}
	})
}

// On first connection, mail older than "owed since" is history, much older mail
// stays where it is, and neither is ever missing. What comes later is taken in
// whatever its date.
func TestHistory(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		server := mailserver.Dovecot(t)
		d := newDesk(t, db, server.IMAPAddr)
		owed := d.box.OwedSince
		d.box.OwedSince = owed.Add(700 * time.Millisecond) // "from now on" is said within a second
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 1), nil, owed.AddDate(-1, 0, 0))
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 2), nil, owed.AddDate(0, -1, 0))
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 3), nil, owed.AddDate(0, 0, 3))
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 4), nil, owed.AddDate(-2, 0, 0))
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 5), nil, owed) // Dovecot keeps the second only
		d.catchUp()
		if n, old := d.count("INBOX", intake.StateStored), d.number(selectHistory, d.box.ID); n != 3 || old != 1 {
			t.Fatalf("stored %d of which history %d, want 3 and 1", n, old)
		}
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 6), nil, owed.AddDate(-3, 0, 0)) // moved back by somebody
		d.catchUp()
		if f := d.reconcile()["INBOX"]; f.InBox != 4 || f.InDesk != 4 || f.Missing != 0 {
			t.Errorf("%+v, want 4 in the box, 0 missing", f)
		}
	})
}

// Folders are found by their French names, in modified UTF-7 on the wire, where
// the settings name them.
func TestFrenchFolders(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		server := mailserver.Dovecot(t)
		d := newDesk(t, db, server.IMAPAddr)
		d.box.Sent, d.box.Junk = "Éléments envoyés", "Courrier indésirable"
		server.Append(t, lila, "Éléments envoyés", mailFrom("Véronica", 1), nil, friday)
		server.Append(t, lila, "Courrier indésirable", mailFrom("Inès Belkacem", 2), nil, friday)
		d.catchUp()
		if a, b := d.count("Éléments envoyés", intake.StateStored), d.count("Courrier indésirable", intake.StateStored); a != 1 || b != 1 {
			t.Errorf("stored %d sent and %d junk, want 1 and 1", a, b)
		}
	})
}

// After intake, mail is flagged as read or moved, if the shop wants that, and
// moved mail is never missing.
func TestAfterIntake(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		server := mailserver.Dovecot(t)
		d := newDesk(t, db, server.IMAPAddr)
		d.box.AfterIntake = "flag"
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 1), nil, friday)
		d.catchUp()
		d.must(takeAll, d.box.ID)
		if err := d.service.Settle(t.Context(), d.box); err != nil {
			t.Fatal(err)
		}
		if m := server.List(t, lila, "INBOX"); len(m) != 1 || !slices.Contains(m[0].Flags, `\Seen`) {
			t.Fatalf("inbox = %v, want one mail, read", m)
		}
		d.box.AfterIntake, d.box.MoveTo = "move", "Traités"
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 2), nil, friday)
		d.catchUp()
		d.must(takeAll, d.box.ID)
		if err := d.service.Settle(t.Context(), d.box); err != nil {
			t.Fatal(err)
		}
		if in, moved := server.List(t, lila, "INBOX"), server.List(t, lila, "Traités"); len(in) != 0 || len(moved) != 2 {
			t.Errorf("inbox holds %d, Traités %d; want 0 and 2", len(in), len(moved))
		}
		if f := d.reconcile()["INBOX"]; f.InBox != 0 || f.Missing != 0 {
			t.Errorf("%+v, want nothing missing", f)
		}
	})
}

// Found by killing the desk: the job of mail that came meanwhile ran beside the
// first, both moved the same mails, and the shop's folder held them twice.
func TestTwoJobsMoveEachMailOnce(t *testing.T) {
	t.Parallel()
	server := mailserver.Dovecot(t)
	d := newDesk(t, testkit.OpenStore(t, filepath.Join(t.TempDir(), "desk.db")), server.IMAPAddr)
	d.box.AfterIntake, d.box.MoveTo = "move", "Trash"
	const mails = 150
	for n := range mails {
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", n), nil, friday)
	}
	d.catchUp()
	d.must(takeAll, d.box.ID)
	settle := func() error {
		return d.service.SettleHandler(t.Context(), jobs.Job{Args: fmt.Sprintf(`{"mailbox":%d}`, d.box.ID)})
	}
	var working sync.WaitGroup
	for range 4 {
		working.Go(func() {
			var later jobs.Later
			if err := settle(); err != nil && !errors.As(err, &later) {
				t.Error(err)
			}
		})
	}
	working.Wait()
	if err := settle(); err != nil {
		t.Error(err)
	}
	if in, moved := server.List(t, lila, "INBOX"), server.List(t, lila, "Trash"); len(in) != 0 || len(moved) != mails {
		t.Errorf("inbox holds %d, the other folder %d; want 0 and %d", len(in), len(moved), mails)
	}
}

// A mail over the limit is quarantined in part, with its size, and stops
// nobody.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		server := mailserver.Dovecot(t)
		d := newDesk(t, db, server.IMAPAddr)
		d.service.Limits.MailSize = 100_000
		large := append(mailFrom("Paul Delmas", 1), make([]byte, 200_000)...)
		for i := len(large) - 200_000; i < len(large); i++ {
			large[i] = "lila\r\n"[i%6]
		}
		server.Append(t, lila, "INBOX", large, nil, friday)
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 2), nil, friday)
		d.catchUp()
		if q, ok := d.count("INBOX", intake.StateQuarantined), d.count("INBOX", intake.StateStored); q != 1 || ok != 1 {
			t.Fatalf("quarantined %d, stored %d; want 1 and 1", q, ok)
		}
		if f := d.reconcile()["INBOX"]; f.Missing != 0 {
			t.Errorf("%+v, want nothing missing", f)
		}
	})
}

// The connection test says at which step it ends and why.
func TestConnectionTest(t *testing.T) {
	t.Parallel()
	server := mailserver.Dovecot(t)
	d := newDesk(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"), server.IMAPAddr)
	tests := []struct {
		name   string
		change func(m *imapin.Mailbox)
		step   string
		code   imapin.Code
	}{
		{"all well", func(*imapin.Mailbox) {}, "folders", ""},
		{"wrong password", func(m *imapin.Mailbox) { m.Server.Secret = "rose" }, "login", imapin.CodeAuth},
		{"no such name", func(m *imapin.Mailbox) { m.Server.Host = "imap.maison-lila.invalid" }, "dns", imapin.CodeName},
		{"nobody there", func(m *imapin.Mailbox) { m.Server.Port = 1 }, "connect", imapin.CodeUnreachable},
		{"unknown authority", func(m *imapin.Mailbox) { m.Server.Security = imapin.StartTLS }, "tls", imapin.CodeCertificate},
		{"not TLS", func(m *imapin.Mailbox) { m.Server.Security = imapin.TLS }, "tls", imapin.CodeNoTLS},
		{"no such folder", func(m *imapin.Mailbox) { m.Sent = "Envoyés" }, "folders", imapin.CodeFolder},
	}
	for _, tt := range tests {
		m := d.box
		tt.change(&m)
		checks := d.service.Test(t.Context(), m)
		last := checks[len(checks)-1]
		if last.Step != tt.step || last.OK != (tt.code == "") {
			t.Errorf("%s: ended at %+v, want %s", tt.name, last, tt.step)
		}
		if p := (imapin.Problem{Code: tt.code, Fact: m.Server.Host}); tt.code != "" && tt.code != imapin.CodeFolder && (last.FR != p.FR() || last.EN != p.EN()) {
			t.Errorf("%s: says %q", tt.name, last.FR)
		}
	}
}

func TestSignInByTLS(t *testing.T) {
	t.Parallel()
	server := mailserver.Dovecot(t)
	for security, address := range map[imapin.Security]string{imapin.TLS: server.IMAPSAddr, imapin.StartTLS: server.IMAPAddr} {
		d := newDesk(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"), address)
		d.service.RootCAs = server.RootCAs
		d.box.Server.Security = security
		server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 1), nil, friday)
		d.catchUp()
		if n := d.count("INBOX", intake.StateStored); n == 0 {
			t.Errorf("%s: nothing stored", security)
		}
	}
}

// A refused password and a server that is away are told in words, and ended by
// the next success.
func TestProblemsAreTold(t *testing.T) {
	t.Parallel()
	server := mailserver.Dovecot(t)
	d := newDesk(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"), server.IMAPAddr)
	good := d.box.Server.Secret
	d.box.Server.Secret = "rose"
	d.open()
	if p := <-d.record.problem; p.Code != imapin.CodeAuth {
		t.Errorf("told %v, want a refused password", p)
	}
	d.close()
	d.box.Server.Secret = good
	d.open()
	d.record.next(t)
	for len(d.record.problem) > 0 {
		<-d.record.problem
	}
	server.Stop(t)
	if p := <-d.record.problem; p.Code != imapin.CodeUnreachable {
		t.Errorf("told %v, want an unreachable server", p)
	}
	server.Start(t)
	d.record.next(t)
	d.close()
}
