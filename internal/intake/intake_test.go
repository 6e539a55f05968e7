package intake_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var (
	insertShop    = store.SQL(`insert into shop (name, created_at) values ($1, $2) returning id`)
	insertMailbox = store.SQL(`
		insert into mailbox (shop_id, name, address, kind, after_intake, owed_since, created_at)
		values ($1, 'Contact', $2, 'imap', 'move', $3, $3) returning id`)
	insertPerson = store.SQL(`insert into person (name, email, password, created_at) values ('Véronica', 'veronica@maison-lila.example', '', $1) returning id`)
	countItems   = store.SQL(`select count(*) from item`)
	countJobs    = store.SQL(`select count(*) from job where kind = 'mail.parse'`)
	dropJobs     = store.SQL(`delete from job`)
	selectKinds  = store.SQL(`select kind from event order by seq`)
)

var sunday = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// house is the shop Maison Lila with one mailbox.
type house struct {
	*intake.Intake
	t       *testing.T
	shop    id.Shop
	mailbox id.Mailbox
	clock   *clock.Set
}

func newHouse(t *testing.T, db *store.DB) *house {
	t.Helper()
	blobs, err := blob.OpenFolder(filepath.Join(t.TempDir(), "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	c := clock.At(sunday)
	h := &house{t: t, clock: c, Intake: &intake.Intake{
		DB: db, Blobs: blobs, Queue: jobs.Queue{Clock: c}, Events: event.NewLog(db, c, nil), Clock: c,
	}}
	h.tx(func(tx *store.Tx) error {
		h.shop, err = store.One[id.Shop](tx, insertShop, "Maison Lila", sunday)
		if err != nil {
			return err
		}
		h.mailbox, err = store.One[id.Mailbox](tx, insertMailbox, h.shop, "contact@maison-lila.example", sunday)
		return err
	})
	return h
}

func (h *house) tx(fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.DB.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) count(s store.Statement) (n int) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		n, err = store.One[int](tx, s)
		return err
	})
	return n
}

func (h *house) raw(uid int64) intake.Raw {
	return intake.Raw{
		Shop: h.shop, Mailbox: h.mailbox, Source: intake.SourceIMAP, Folder: "INBOX", Role: intake.RoleInbox, UIDValidity: 7, UID: uid,
		Content: fmt.Appendf(nil, "Subject: Bague %d\r\n\r\nBonjour", uid), ArrivedAt: sunday.Add(-time.Hour),
	}
}

func (h *house) quarantined() (list []intake.Item) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		list, err = intake.Quarantined(tx, h.shop, 0, 50)
		return err
	})
	return list
}

// The same item, stored by eight readers at once and then again, is one item
// and one job (I1); mail handed over by SMTP has no number and is kept each time.
func TestAnItemIsStoredOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		var batch []intake.Raw
		for uid := range int64(40) {
			batch = append(batch, h.raw(uid+1))
		}
		var readers sync.WaitGroup
		for range 8 {
			readers.Go(func() {
				if err := h.Store(t.Context(), batch); err != nil {
					t.Error(err)
				}
			})
		}
		readers.Wait()
		if items, parse := h.count(countItems), h.count(countJobs); items != 40 || parse != 40 {
			t.Errorf("%d items and %d jobs, want 40 each", items, parse)
		}
		handed := h.raw(0)
		handed.Source, handed.Folder, handed.UIDValidity = intake.SourceSMTP, "", 0
		for range 2 {
			if err := h.Store(t.Context(), []intake.Raw{handed}); err != nil {
				t.Fatal(err)
			}
		}
		if items := h.count(countItems); items != 42 {
			t.Errorf("%d items, want both deliveries of the relay", items)
		}
		content, err := blob.ReadAll(t.Context(), h.Blobs, blob.Of(batch[13].Content))
		if err != nil || string(content) != string(batch[13].Content) {
			t.Errorf("blob = %q, %v", content, err)
		}
	})
}

// A server's clock that runs ahead doesn't give us time (I5).
func TestArrivalIsNeverInTheFuture(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		r := h.raw(1)
		r.ArrivedAt, r.Reason = sunday.AddDate(1, 0, 0), "too_large 99999999"
		if err := h.Store(t.Context(), []intake.Raw{r}); err != nil {
			t.Fatal(err)
		}
		if it := h.quarantined()[0]; !it.ArrivedAt.Equal(sunday) || it.Reason != r.Reason {
			t.Errorf("arrived at %s for %q, want now", it.ArrivedAt, it.Reason)
		}
	})
}

// Quarantine is seen, replayed and set aside; each tells an event, and a second
// press of any changes nothing.
func TestQuarantine(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		var veronica id.Person
		h.tx(func(tx *store.Tx) (err error) {
			veronica, err = store.One[id.Person](tx, insertPerson, sunday)
			return err
		})
		if err := h.Store(t.Context(), []intake.Raw{h.raw(1), h.raw(2), h.raw(3)}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			h.tx(func(tx *store.Tx) error {
				return errors.Join(h.Quarantine(tx, 1, "not_mail"), h.Quarantine(tx, 2, "timeout"), h.Quarantine(tx, 3, "panic"))
			})
		}
		h.tx(func(tx *store.Tx) error {
			first, err := intake.Quarantined(tx, h.shop, 0, 2)
			if err != nil {
				return err
			}
			rest, err := intake.Quarantined(tx, h.shop, first[1].ID, 2)
			if len(first) != 2 || first[0].ID != 3 || len(rest) != 1 || rest[0].ID != 1 {
				t.Errorf("pages %v and %v, want 3, 2 and 1", first, rest)
			}
			if n, _ := intake.CountQuarantined(tx, h.shop); n != 3 {
				t.Errorf("count = %d, want 3", n)
			}
			return err
		})
		h.tx(func(tx *store.Tx) error { _, err := store.Exec(tx, dropJobs); return err })
		if err := h.Replay(t.Context(), h.shop, 1, veronica); err != nil {
			t.Fatal(err)
		}
		if err := h.Replay(t.Context(), h.shop, 1, veronica); !errors.Is(err, intake.ErrNoItem) {
			t.Errorf("a second replay = %v", err)
		}
		if err := h.Replay(t.Context(), h.shop+1, 2, veronica); !errors.Is(err, intake.ErrNoItem) {
			t.Errorf("another shop's replay = %v", err)
		}
		if err := h.SetAside(t.Context(), h.shop, 2, veronica, "test de Marc"); err != nil {
			t.Fatal(err)
		}
		if err := h.SetAside(t.Context(), h.shop, 2, veronica, "encore"); !errors.Is(err, intake.ErrNoItem) {
			t.Errorf("set aside twice = %v", err)
		}
		if list := h.quarantined(); len(list) != 1 || list[0].ID != 3 {
			t.Errorf("in quarantine: %v, want item 3 alone", list)
		}
		if n := h.count(countJobs); n != 1 {
			t.Errorf("jobs = %d, want the replay's", n)
		}
		h.tx(func(tx *store.Tx) error {
			kinds, err := store.All[event.Kind](tx, selectKinds)
			want := []event.Kind{event.QuarantineAdded, event.QuarantineAdded, event.QuarantineAdded, intake.QuarantineReplayed, intake.QuarantineSetAside}
			if !slices.Equal(kinds, want) {
				t.Errorf("events = %v, want %v", kinds, want)
			}
			return err
		})
	})
}

// What is taken stays taken, and its source is settled once, history apart.
func TestTaken(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		old := h.raw(2)
		old.History = true
		if err := h.Store(t.Context(), []intake.Raw{h.raw(1), old}); err != nil {
			t.Fatal(err)
		}
		for item, want := range map[id.Item]bool{1: true, 2: false} {
			h.tx(func(tx *store.Tx) error {
				settle, err := h.MarkTaken(tx, item, 12)
				if settle != want {
					t.Errorf("settle item %d = %t", item, settle)
				}
				return errors.Join(err, h.Quarantine(tx, item, "panic"))
			})
		}
		if list := h.quarantined(); len(list) != 0 {
			t.Errorf("in quarantine: %v", list)
		}
		h.tx(func(tx *store.Tx) error {
			due, err := intake.Due(tx, h.mailbox, 10)
			if len(due) != 1 || due[0].ID != 1 || due[0].Message != 12 || due[0].State != intake.StateTaken {
				t.Errorf("due = %+v, want item 1", due)
			}
			if _, err := h.MarkTaken(tx, 99, 12); !errors.Is(err, intake.ErrNoItem) {
				t.Errorf("an unknown item = %v", err)
			}
			return err
		})
		if err := h.Settled(t.Context(), []intake.Item{{ID: 1}}); err != nil {
			t.Fatal(err)
		}
		h.tx(func(tx *store.Tx) error {
			due, err := intake.Due(tx, h.mailbox, 10)
			if len(due) != 0 {
				t.Errorf("still due: %v", due)
			}
			return err
		})
	})
}

// A position moves forward only; another UIDVALIDITY starts anew, and a late
// word about the old one moves nothing.
func TestPosition(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		ctx := t.Context()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		open := func(validity, next int64) intake.Folder {
			t.Helper()
			f, err := h.OpenFolder(ctx, h.mailbox, "INBOX", intake.RoleInbox, validity, next)
			must(err)
			return f
		}
		f := open(7, 100)
		must(h.MovePosition(ctx, f, 50))
		must(h.MovePosition(ctx, f, 40))
		if f = open(7, 200); f.Position != 50 || f.Baseline != 100 {
			t.Errorf("position %d, baseline %d; want 50, 100", f.Position, f.Baseline)
		}
		must(h.Store(ctx, []intake.Raw{h.raw(3), h.raw(9), h.raw(60)}))
		if known, err := h.InDesk(ctx, f, 3); err != nil || !slices.Equal(known, []int64{9, 60}) {
			t.Errorf("in the desk above 3: %v, %v", known, err)
		}
		fresh := open(8, 30)
		if fresh.Position != 0 || fresh.Baseline != 30 {
			t.Errorf("after renumbering: position %d, baseline %d; want 0, 30", fresh.Position, fresh.Baseline)
		}
		must(h.MovePosition(ctx, f, 70))
		f.InBox = 3
		must(h.Reconciled(ctx, f))
		if again := open(8, 30); again.Position != 0 || again.InBox != 0 {
			t.Errorf("a word about the old numbers moved %+v", again)
		}
		if known, err := h.InDesk(ctx, fresh, 0); err != nil || len(known) != 0 {
			t.Errorf("in the desk by the new numbers: %v, %v", known, err)
		}
		_, err := h.OpenFolder(ctx, h.mailbox, "Boîte", intake.RoleInbox, 1, 1)
		must(err)
		h.tx(func(tx *store.Tx) error {
			list, err := intake.Folders(tx, h.mailbox)
			if len(list) != 1 || list[0].Name != "Boîte" {
				t.Errorf("folders = %+v, want the new inbox alone", list)
			}
			return err
		})
	})
}

// An item whose job was lost gets another one.
func TestRequeue(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		if err := h.Store(t.Context(), []intake.Raw{h.raw(1)}); err != nil {
			t.Fatal(err)
		}
		h.tx(func(tx *store.Tx) error { _, err := store.Exec(tx, dropJobs); return err })
		h.clock.Advance(time.Hour)
		if err := h.Store(t.Context(), []intake.Raw{h.raw(2)}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if n, err := h.Requeue(t.Context(), sunday.Add(time.Minute), 10); err != nil || n != 1 {
				t.Fatalf("requeued %d, %v; want 1", n, err)
			}
		}
		if n := h.count(countJobs); n != 2 {
			t.Errorf("jobs = %d, want one for each item", n)
		}
	})
}
