package imapin_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"strconv"
	"sync"
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
)

const lila = "contact@maison-lila.example"

// desk is a store with the shop Maison Lila and one mailbox, and a service
// that reads it.
type desk struct {
	t       testing.TB
	db      *store.DB
	service *imapin.Service
	box     imapin.Mailbox
	record  *record
	end     context.CancelFunc
	done    chan struct{}
}

var (
	insertShop    = store.SQL(`insert into shop (name, created_at) values ($1, $2) returning id`)
	insertMailbox = store.SQL(`insert into mailbox (shop_id, name, address, kind, owed_since, created_at) values ($1, $2, $3, 'imap', $4, $5) returning id`)
	countItems    = store.SQL(`select count(*) from item where mailbox_id = $1 and folder = $2 and state = $3`)
	countJobs     = store.SQL(`select count(*) from job where kind = 'mail.parse'`)
	selectHistory = store.SQL(`select count(*) from item where history and mailbox_id = $1`)
	dropItem      = store.SQL(`delete from item where folder = $1 and uid = $2`)
	takeAll       = store.SQL(`update item set state = 'taken', after_intake = 'due' where mailbox_id = $1`)
)

// quick are the limits of a desk that has no time.
var quick = imapin.Limits{
	Look: 300 * time.Millisecond, Retry: 20 * time.Millisecond, MaxBackoff: 50 * time.Millisecond, Silence: 10 * time.Second,
}

func newDesk(t testing.TB, db *store.DB, address string) *desk {
	t.Helper()
	blobs, err := blob.OpenFolder(filepath.Join(t.TempDir(), "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, db: db, record: newRecord()}
	c := clock.System{}
	d.box = imapin.Mailbox{
		Server:    imapin.Server{Host: host, Port: number, Security: imapin.None, Auth: "password", Username: lila, Secret: "tulipe-noire"},
		OwedSince: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
	}
	err = db.InTx(t.Context(), func(tx *store.Tx) error {
		d.box.Shop, err = store.One[id.Shop](tx, insertShop, "Maison Lila", c.Now())
		if err != nil {
			return err
		}
		d.box.ID, err = store.One[id.Mailbox](tx, insertMailbox, d.box.Shop, "Contact", lila, d.box.OwedSince, c.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	queue := jobs.Queue{Clock: c}
	d.service = imapin.New(imapin.Config{
		DB:        db,
		Intake:    &intake.Intake{DB: db, Blobs: blobs, Queue: queue, Events: event.NewLog(db, c, nil), Clock: c},
		Mailboxes: d, Recorder: d.record, Queue: queue, Clock: c, Log: slog.New(slog.DiscardHandler), Limits: quick,
	})
	t.Cleanup(d.close)
	return d
}

// Active is the one mailbox.
func (d *desk) Active(context.Context) ([]imapin.Mailbox, error) { return []imapin.Mailbox{d.box}, nil }

// Mailbox is the same.
func (d *desk) Mailbox(context.Context, id.Mailbox) (imapin.Mailbox, bool, error) {
	return d.box, true, nil
}

// open starts reading.
func (d *desk) open() {
	ctx, end := context.WithCancel(context.Background())
	d.end, d.done = end, make(chan struct{})
	go func() {
		defer close(d.done)
		d.service.Run(ctx, nil)
	}()
}

// close stops reading; a desk that is closed stays so.
func (d *desk) close() {
	if d.end != nil {
		d.end()
		<-d.done
		d.end = nil
	}
}

// catchUp reads until everything there is was stored.
func (d *desk) catchUp() {
	d.t.Helper()
	d.open()
	d.record.next(d.t)
	d.record.next(d.t) // a look that began after this call
	d.close()
}

func (d *desk) count(folder string, state intake.State) int {
	d.t.Helper()
	return d.number(countItems, d.box.ID, folder, state)
}

func (d *desk) number(s store.Statement, args ...any) (n int) {
	d.t.Helper()
	err := d.db.Read(d.t.Context(), func(tx *store.Tx) (err error) {
		n, err = store.One[int](tx, s, args...)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

func (d *desk) must(s store.Statement, args ...any) {
	d.t.Helper()
	err := d.db.InTx(d.t.Context(), func(tx *store.Tx) error {
		_, err := store.Exec(tx, s, args...)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) reconcile() map[string]intake.Folder {
	d.t.Helper()
	list, err := d.service.Reconcile(d.t.Context(), d.box)
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string]intake.Folder{}
	for _, f := range list {
		out[f.Name] = f
	}
	return out
}

// record is the settings page of a test.
type record struct {
	mu       sync.Mutex
	states   []imapin.Problem
	alarms   []imapin.Problem
	caughtUp chan struct{}
	problem  chan imapin.Problem
}

func newRecord() *record {
	return &record{caughtUp: make(chan struct{}, 1000), problem: make(chan imapin.Problem, 1000)}
}

func (r *record) State(_ context.Context, _ id.Mailbox, _ imapin.State, p imapin.Problem) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.states = append(r.states, p)
	if p.Code != "" {
		select {
		case r.problem <- p:
		default:
		}
	}
	return nil
}

func (r *record) CaughtUp(context.Context, id.Mailbox, time.Time, time.Time) error {
	select {
	case r.caughtUp <- struct{}{}:
	default:
	}
	return nil
}

func (r *record) Alarm(_ context.Context, _ id.Mailbox, p imapin.Problem) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.alarms = append(r.alarms, p)
	return nil
}

// next waits for the next look that left nothing behind, from now on.
func (r *record) next(t testing.TB) {
	t.Helper()
	for len(r.caughtUp) > 0 {
		<-r.caughtUp
	}
	select {
	case <-r.caughtUp:
	case <-time.After(30 * time.Second):
		r.mu.Lock()
		defer r.mu.Unlock()
		t.Fatalf("not caught up within 30 s; problems: %v", r.states)
	}
}

func mailFrom(name string, n int) []byte {
	return fmt.Appendf(nil, "From: %s <client%d@example.org>\r\nTo: %s\r\nSubject: Ma bague %d\r\n"+
		"Message-ID: <bague-%d@example.org>\r\nDate: Fri, 20 Nov 2026 17:42:00 +0100\r\n\r\nBonjour, quand arrive ma bague n° %d ?\r\n",
		name, n, lila, n, n, n)
}

var friday = time.Date(2026, 11, 20, 16, 42, 0, 0, time.UTC)
