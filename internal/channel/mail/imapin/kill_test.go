package imapin_test

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// Where the reader that is killed finds its work.
const (
	envFolder = "COMPTOIR_TEST_READER"
	envServer = "COMPTOIR_TEST_SERVER"
)

// TestMain runs the reader that TestKilledReader kills, or the tests.
func TestMain(m *testing.M) {
	if folder := os.Getenv(envFolder); folder != "" {
		readForEver(folder, os.Getenv(envServer))
	}
	os.Exit(m.Run())
}

// readForEver is the reader as a process of its own.
func readForEver(folder, address string) {
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(folder, "desk.db"))
	if err != nil {
		panic(err)
	}
	blobs, err := blob.OpenFolder(filepath.Join(folder, "blobs"))
	if err != nil {
		panic(err)
	}
	host, port, _ := net.SplitHostPort(address)
	number, _ := strconv.Atoi(port)
	c := clock.System{}
	queue := jobs.Queue{Clock: c}
	limits := quick
	limits.BatchMails = 7 // many write boundaries
	s := imapin.New(imapin.Config{
		DB: db, Intake: &intake.Intake{DB: db, Blobs: blobs, Queue: queue, Events: event.NewLog(db, c, nil), Clock: c},
		Mailboxes: one{imapin.Mailbox{ID: 1, Shop: 1, Server: imapin.Server{
			Host: host, Port: number, Security: imapin.None, Auth: "password", Username: lila, Secret: "tulipe-noire",
		}}},
		Recorder: newRecord(), Queue: queue, Clock: c, Log: slog.New(slog.DiscardHandler), Limits: limits,
	})
	s.Run(ctx, nil)
}

// one is a list of one mailbox.
type one struct{ m imapin.Mailbox }

// Active lists it.
func (o one) Active(context.Context) ([]imapin.Mailbox, error) { return []imapin.Mailbox{o.m}, nil }

// Mailbox finds it.
func (o one) Mailbox(context.Context, id.Mailbox) (imapin.Mailbox, bool, error) {
	return o.m, true, nil
}

var selectBlobs = store.SQL(`select blob from item order by id`)

// A reader that is killed again and again while mail keeps coming loses none
// and doubles none: each mail in the box has one item, one job and its bytes.
func TestKilledReader(t *testing.T) {
	t.Parallel()
	server := mailserver.Dovecot(t)
	folder := t.TempDir()
	db := testkit.OpenStore(t, filepath.Join(folder, "desk.db"))
	d := newDesk(t, db, server.IMAPAddr) // brings it to its end; its shop and mailbox are number 1
	sent := 0
	deliver := func(n int) {
		for range n {
			server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", sent), nil, friday)
			sent++
		}
	}
	deliver(60)
	for kill := range 12 {
		reader := exec.Command(os.Args[0]) //nolint:gosec // ourselves
		reader.Env = append(os.Environ(), envFolder+"="+folder, envServer+"="+server.IMAPAddr)
		if err := reader.Start(); err != nil {
			t.Fatal(err)
		}
		deliver(5)
		time.Sleep(time.Duration(rand.IntN(15*(kill+1))) * time.Millisecond) //nolint:forbidigo // the moment of the kill is the point
		_ = reader.Process.Kill()
		_ = reader.Wait()
		t.Logf("kill %d: %d of %d stored", kill+1, d.count("INBOX", intake.StateStored), sent)
	}
	d.box.OwedSince = time.Time{}
	var err error
	d.service.Intake.Blobs, err = blob.OpenFolder(filepath.Join(folder, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	d.catchUp()
	if items, parse := d.count("INBOX", intake.StateStored), d.number(countJobs); items != sent || parse != sent {
		t.Errorf("%d mails became %d items and %d jobs", sent, items, parse)
	}
	var hashes []blob.Hash
	err = db.Read(t.Context(), func(tx *store.Tx) (err error) {
		hashes, err = store.All[blob.Hash](tx, selectBlobs)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hashes {
		raw, err := blob.ReadAll(t.Context(), d.service.Intake.Blobs, h)
		if err != nil || blob.Of(raw) != h {
			t.Fatalf("bytes of %.12s: %v", h, err)
		}
	}
}
