package mail_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/channel/mail"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

const lila = "contact@maison-lila.example"

var sunday = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

var (
	insertShop    = store.SQL(`insert into shop (name, created_at) values ('Maison Lila', $1) returning id`)
	insertMailbox = store.SQL(`
		insert into mailbox (shop_id, name, address, kind, after_intake, owed_since, created_at) values ($1, 'Contact', $2, 'imap', $3, $4, $4) returning id`)
	selectItems = store.SQL(`select id, state, reason, message_id from item order by id`)
	selectJobs  = store.SQL(`select kind from job order by kind`)
	selectParse = store.SQL(`select id, kind, args, attempts, token, run_at, last_error from job where kind = 'mail.parse' order by id`)
	note        = store.SQL(`update job set last_error = $1`)
	claim       = store.SQL(`update job set state = 'running', attempts = $1 where kind = 'mail.parse'`)
)

// counter is a desk that keeps what it received and knows duplicates.
type counter struct {
	got  []desk.Incoming
	fail error
}

// Receive keeps the message; the transaction may run again, so it counts by
// item.
func (c *counter) Receive(_ *store.Tx, in desk.Incoming) (desk.Received, error) {
	if c.fail != nil {
		return desk.Received{}, c.fail
	}
	for i, known := range c.got {
		if known.MessageID == in.MessageID && known.Fingerprint == in.Fingerprint {
			return desk.Received{Conversation: 1, Message: id.Message(i + 1), Duplicate: true}, nil
		}
	}
	c.got = append(c.got, in)
	return desk.Received{Conversation: 1, Message: id.Message(len(c.got))}, nil
}

type office struct {
	*mail.Parser
	t       *testing.T
	desk    *counter
	shop    id.Shop
	mailbox id.Mailbox
	uid     int64
}

func newOffice(t *testing.T, db *store.DB, afterIntake string) *office {
	t.Helper()
	blobs, err := blob.OpenFolder(filepath.Join(t.TempDir(), "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	c := clock.At(sunday)
	queue := jobs.Queue{Clock: c}
	o := &office{t: t, desk: &counter{}}
	o.Parser = &mail.Parser{
		DB: db, Blobs: blobs, Desk: o.desk, Queue: queue, Log: slog.New(slog.DiscardHandler),
		Intake: &intake.Intake{DB: db, Blobs: blobs, Queue: queue, Events: event.NewLog(db, c, nil), Clock: c},
		Own:    func(context.Context, id.Shop) ([]string, error) { return []string{lila}, nil },
	}
	o.tx(func(tx *store.Tx) error {
		if o.shop, err = store.One[id.Shop](tx, insertShop, sunday); err != nil {
			return err
		}
		o.mailbox, err = store.One[id.Mailbox](tx, insertMailbox, o.shop, lila, afterIntake, sunday)
		return err
	})
	return o
}

func (o *office) tx(fn func(tx *store.Tx) error) {
	o.t.Helper()
	if err := o.DB.InTx(o.t.Context(), fn); err != nil {
		o.t.Fatal(err)
	}
}

// comes stores a mail in a role.
func (o *office) comes(raw string, source intake.Source, role intake.Role) {
	o.t.Helper()
	r := intake.Raw{
		Shop: o.shop, Mailbox: o.mailbox, Source: source, Role: role, Content: []byte(raw), ArrivedAt: sunday.Add(-time.Hour),
	}
	if source == intake.SourceIMAP {
		o.uid++
		r.Folder, r.UIDValidity, r.UID = string(role), 1, o.uid
	}
	if err := o.Intake.Store(o.t.Context(), []intake.Raw{r}); err != nil {
		o.t.Fatal(err)
	}
}

// work does all parse jobs, as a worker that claims them for the nth time.
func (o *office) work(attempt int) (failed []error) {
	o.t.Helper()
	var list []jobs.Job
	o.tx(func(tx *store.Tx) (err error) {
		if _, err = store.Exec(tx, claim, attempt); err == nil {
			list, err = store.All[jobs.Job](tx, selectParse)
		}
		return err
	})
	for _, j := range list {
		if err := o.Handle(o.t.Context(), j); err != nil {
			failed = append(failed, err)
		}
	}
	return failed
}

type itemRow struct {
	ID      id.Item      `db:"id"`
	State   intake.State `db:"state"`
	Reason  string       `db:"reason"`
	Message id.Message   `db:"message_id"`
}

func (o *office) items() (list []itemRow) {
	o.t.Helper()
	o.tx(func(tx *store.Tx) (err error) {
		list, err = store.All[itemRow](tx, selectItems)
		return err
	})
	return list
}

func (o *office) jobs() (list []string) {
	o.t.Helper()
	o.tx(func(tx *store.Tx) (err error) {
		list, err = store.All[string](tx, selectJobs)
		return err
	})
	return list
}

const question = "From: Camille Renaud <camille.renaud@example>\r\nTo: contact@maison-lila.example\r\nSubject: Ma bague Lila\r\n" +
	"Message-ID: <c1@example>\r\nDate: Fri, 20 Nov 2026 18:42:00 +0100\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
	"Bonjour, quand arrive ma bague ?\r\n\r\nLe 19 nov. 2026 à 10:00, Maison Lila <contact@maison-lila.example> a écrit :\r\n> Merci de votre commande.\r\n" +
	"--b\r\nContent-Type: image/jpeg; name=bague.jpg\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=bague.jpg\r\n\r\n/9j/4AAQ\r\n--b--\r\n"

// A mail becomes what the desk receives; item and job end with it, and the
// source is to be settled.
func TestAMailIsReceived(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db, "flag")
		o.comes(question, intake.SourceIMAP, intake.RoleInbox)
		if failed := o.work(1); len(failed) > 0 {
			t.Fatal(failed)
		}
		if len(o.desk.got) != 1 {
			t.Fatalf("received %d messages", len(o.desk.got))
		}
		in := o.desk.got[0]
		if in.Class != mime.ClassCustomer || in.From.Address != "camille.renaud@example" || in.MessageID != "c1@example" || in.Subject != "Ma bague Lila" {
			t.Errorf("received %+v", in)
		}
		if in.Text != "Bonjour, quand arrive ma bague ?" || !strings.Contains(in.Quote, "Merci de votre commande.") || in.Language != "fr" {
			t.Errorf("text %q, quote %q, language %q", in.Text, in.Quote, in.Language)
		}
		if sent := time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC); !in.SentAt.Equal(sent) || !in.ArrivedAt.Equal(sunday.Add(-time.Hour)) {
			t.Errorf("sent at %s, arrived at %s", in.SentAt, in.ArrivedAt)
		}
		if len(in.Files) != 1 || in.Files[0].Name != "bague.jpg" || in.Files[0].Size != 6 {
			t.Fatalf("files %+v", in.Files)
		}
		if file, err := blob.ReadAll(t.Context(), o.Blobs, in.Files[0].Blob); err != nil || len(file) != 6 {
			t.Errorf("file has %d bytes, %v", len(file), err)
		}
		if it := o.items()[0]; it.State != intake.StateTaken || it.Message != 1 {
			t.Errorf("item %+v", it)
		}
		if left := o.jobs(); len(left) != 1 || left[0] != "mail.after_intake" {
			t.Errorf("jobs left: %v", left)
		}
	})
}

// One message that comes as several items, by relay and by IMAP, is one message
// (I1).
func TestSeveralItemsOneMessage(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db, "none")
		relayed := "Received: from relais.example by desk.example; Sun, 22 Nov 2026 09:00:00 +0000\r\n" + question
		o.comes(relayed, intake.SourceSMTP, intake.RoleInbox)
		o.comes(relayed, intake.SourceSMTP, intake.RoleInbox)
		o.comes(question, intake.SourceIMAP, intake.RoleInbox)
		o.comes(question, intake.SourceIMAP, intake.RoleJunk)
		o.comes(strings.Replace(question, "bague ?", "montre ?", 1), intake.SourceIMAP, intake.RoleInbox)
		if failed := o.work(1); len(failed) > 0 {
			t.Fatal(failed)
		}
		if len(o.desk.got) != 2 {
			t.Errorf("%d messages, want one, and the other text under the same Message-ID", len(o.desk.got))
		}
		for i, it := range o.items() {
			if want := id.Message(1 + i/4); it.State != intake.StateTaken || it.Message != want {
				t.Errorf("item %d: %+v, want message %d", i, it, want)
			}
		}
	})
}

// What is no mail is quarantined and the rest goes on; a replay by hand says
// again why.
func TestWhatIsNoMail(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db, "none")
		o.comes("\x00\x01\x02 pas un courrier", intake.SourceIMAP, intake.RoleInbox)
		o.comes("", intake.SourceIMAP, intake.RoleInbox)
		o.comes(question, intake.SourceIMAP, intake.RoleInbox)
		if failed := o.work(1); len(failed) > 0 {
			t.Fatal(failed)
		}
		items := o.items()
		if items[0].State != intake.StateQuarantined || items[0].Reason != mail.ReasonNotMail ||
			items[1].Reason != mail.ReasonEmpty || items[2].State != intake.StateTaken {
			t.Errorf("items %+v", items)
		}
		if _, err := o.Now(t.Context(), items[0].ID); err == nil {
			t.Error("a replay took it")
		}
		if left := o.jobs(); len(left) != 0 {
			t.Errorf("jobs left: %v", left)
		}
	})
}

// Too slow a mail is quarantined, and taken once there is time.
func TestTooSlow(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db, "none")
		o.Patience = time.Nanosecond
		o.comes(question+strings.Repeat("texte\r\n", 100_000), intake.SourceIMAP, intake.RoleInbox)
		o.work(1)
		if it := o.items()[0]; it.Reason != mail.ReasonTimeout {
			t.Fatalf("item %+v, want a timeout", it)
		}
		o.Patience = 0
		if _, err := o.Now(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if it := o.items()[0]; it.State != intake.StateTaken || it.Reason != "" {
			t.Errorf("item %+v, want it taken", it)
		}
	})
}

// A desk that fails is tried again; at the last try the item is quarantined,
// where people see it, as is one whose worker vanished each time.
func TestADeskThatFails(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db, "none")
		o.comes(question, intake.SourceIMAP, intake.RoleInbox)
		o.desk.fail = errors.New("disk I/O error")
		if failed := o.work(1); len(failed) != 1 {
			t.Fatalf("%d jobs failed, want 1", len(failed))
		}
		if it := o.items()[0]; it.State != intake.StateStored {
			t.Errorf("item %+v, want it stored still", it)
		}
		o.tx(func(tx *store.Tx) error { _, err := store.Exec(tx, note, "disk I/O error"); return err })
		if failed := o.work(jobs.MaxAttempts); len(failed) != 0 {
			t.Fatal(failed)
		}
		o.comes(strings.Replace(question, "c1@", "c2@", 1), intake.SourceIMAP, intake.RoleInbox)
		if failed := o.work(jobs.MaxAttempts); len(failed) != 0 {
			t.Fatal(failed)
		}
		for i, want := range []string{mail.ReasonDesk, mail.ReasonCrash} {
			if it := o.items()[i]; it.State != intake.StateQuarantined || it.Reason != want {
				t.Errorf("item %+v, want it quarantined for %s", it, want)
			}
		}
	})
}

// A worker that lost its lease writes nothing.
func TestLostLease(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db, "none")
		o.comes(question, intake.SourceIMAP, intake.RoleInbox)
		args, _ := json.Marshal(intake.ParseArgs{Item: 1})
		err := o.Handle(t.Context(), jobs.Job{ID: 1, Kind: "mail.parse", Args: string(args), Attempts: 1, Token: 99})
		if !errors.Is(err, jobs.ErrLeaseLost) {
			t.Errorf("err = %v", err)
		}
		if it := o.items()[0]; it.State != intake.StateStored {
			t.Errorf("item %+v, want it untouched", it)
		}
	})
}

// Texts are what both stores take: valid UTF-8 without NUL, and bounded; what
// lies in Sent was written here whatever its sender.
func TestTextsAndRoles(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db, "none")
		head := "From: Marc <marc@maison-lila.example>\r\nTo: paul.delmas@example\r\nMessage-ID: <%d@example>\r\nSubject: %s\r\n\r\n"
		o.comes(fmt.Sprintf(head, 1, "Caf\xe9 \x00noir "+strings.Repeat("e", 3000))+"L'\xe9t\xe9\x00 "+strings.Repeat("été ", 400_000), intake.SourceIMAP, intake.RoleSent)
		o.comes(fmt.Sprintf(head, 2, "Bonjour")+"Merci beaucoup !", intake.SourceIMAP, intake.RoleInbox)
		if failed := o.work(1); len(failed) > 0 {
			t.Fatal(failed)
		}
		sent, thanks := o.desk.got[0], o.desk.got[1]
		if sent.Class != mime.ClassOwn || thanks.Class != mime.ClassCustomer {
			t.Errorf("classes %s and %s, want own and customer", sent.Class, thanks.Class)
		}
		if !thanks.Courtesy || sent.Courtesy {
			t.Error("a thank-you is a courtesy, an answer is none")
		}
		if n := len([]rune(sent.Subject)); n > 1000 || !strings.HasPrefix(sent.Subject, "Café noir") {
			t.Errorf("subject of %d runes: %.40q", n, sent.Subject)
		}
		if len(sent.Text) > 1<<20 || strings.ToValidUTF8(sent.Text, "") != sent.Text || strings.Contains(sent.Text, "\x00") {
			t.Errorf("text of %d bytes: %.40q", len(sent.Text), sent.Text)
		}
	})
}

func TestGuess(t *testing.T) {
	t.Parallel()
	from, subject := mail.Guess([]byte("\x00\x01\r\nFrom: =?utf-8?q?In=C3=A8s?= <ines@example>\r\nSUBJECT: Caf\xe9\r\n\r\nSubject: autre"))
	if from != "Inès <ines@example>" || subject != "Caf\uFFFD" {
		t.Errorf("guessed %q and %q", from, subject)
	}
}

func FuzzGuess(f *testing.F) {
	f.Add([]byte(question))
	f.Add([]byte("From:\x00=?utf-8?b?////?=\nSubject: \xff"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		from, subject := mail.Guess(raw)
		for _, s := range []string{from, subject} {
			if strings.ContainsRune(s, 0) || strings.ToValidUTF8(s, "") != s || len([]rune(s)) > 200 {
				t.Errorf("guessed %q", s)
			}
		}
	})
}
