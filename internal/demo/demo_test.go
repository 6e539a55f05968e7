package demo_test

import (
	"bytes"
	"context"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/demo"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// Wednesday, 11:20 in Paris: the shop is open.
var wednesday = time.Date(2026, 11, 25, 10, 20, 0, 0, time.UTC)

// Sunday, 23:10 in Paris, and Tuesday, 9:35, when no answer can fall due before
// the afternoon.
var awkward = []time.Time{
	time.Date(2026, 11, 22, 22, 10, 0, 0, time.UTC),
	time.Date(2026, 12, 29, 8, 35, 0, 0, time.UTC),
}

// wanted are the states that somebody who looks around must be able to find.
// $1 is now.
var wanted = []struct {
	what     string
	least    int
	most     int // 0 for no bound
	question string
}{
	{"conversations", 200, 260, `select count(*) from conversation where created_at <= $1`},
	{"customers", 45, 90, `select count(*) from customer where created_at <= $1`},
	{"owed, in time", 15, 40, `select count(*) from promise where state = 'open' and kind = 'answer' and due_at > $1`},
	{"broken", 3, 8, `select count(*) from promise where state = 'open' and broken_at is not null and due_at <= $1`},
	{"broken answers", 2, 6, `select count(*) from promise where state = 'open' and kind = 'answer' and broken_at is not null and due_at <= $1`},
	{"near", 2, 16, `select count(*) from promise where state = 'open' and kind <> 'courtesy' and near_at <= $1 and due_at > $1`},
	{"kept", 100, 0, `select count(*) from promise where state = 'kept' and closed_at <= $1 and closed_at <= due_at`},
	{"kept late", 5, 20, `select count(*) from promise where state = 'kept' and broken_at is not null and closed_at > due_at and closed_at <= $1`},
	{"waived with a reason", 3, 0, `select count(*) from promise where state = 'waived' and kind = 'answer' and reason <> '' and closed_at <= $1`},
	{"passed on", 3, 0, `select count(*) from promise where state = 'passed' and passed_to is not null and closed_at <= $1`},
	{"held, still owed", 2, 0, `select count(*) from promise where state = 'open' and holdings > 0 and due_at > $1`},
	{"calls to make", 2, 2, `select count(*) from promise where state = 'open' and kind = 'call_back' and opened_at <= $1`},
	{"call made", 1, 1, `select count(*) from promise where state = 'kept' and kind = 'call_back' and closed_at <= $1`},
	{"something to send", 1, 1, `select count(*) from promise where state = 'open' and kind = 'send' and opened_at <= $1`},
	{"asked of the lead", 1, 1, `select count(*) from promise where state = 'open' and kind = 'lead' and due_at > $1`},
	{"reopened by a bounce", 1, 1, `select count(*) from promise where state = 'open' and reopens is not null and due_at > $1`},
	{"bounced", 1, 1, `select count(*) from delivery where state = 'hard' and created_at <= $1`},
	{"to sort today", 1, 1, `select count(*) from promise where state = 'open' and kind = 'sort' and due_at > $1`},
	{"in the tray to sort", 5, 8, `select count(*) from conversation where tray = 'sort' and state = 'open' and created_at <= $1`},
	{"spam", 2, 2, `select count(*) from conversation where tray = 'spam' and created_at <= $1`},
	{"courtesy", 5, 8, `select count(*) from promise where state = 'open' and kind = 'courtesy' and opened_at <= $1`},
	{"snoozed", 1, 1, `select count(*) from conversation where snoozed_until > $1`},
	{"waiting for the customer", 4, 0, `select count(*) from conversation where state = 'waiting' and created_at <= $1`},
	{"merged", 1, 1, `select count(*) from conversation where merged_into is not null and created_at <= $1`},
	{"an incident", 1, 1, `select count(*) from incident where begins_at <= $1 and ends_at > $1`},
	{"its conversations", 8, 8, `select count(*) from incident_conversation where added_at <= $1`},
	{"false alarms to judge", 2, 2, `select count(*) from false_alarm where verdict = '' and message_id is not null and created_at <= $1`},
	{"a false alarm that was judged", 1, 1, `select count(*) from false_alarm where verdict <> '' and judged_at <= $1`},
	{"a rule that stepped back", 1, 1, `select count(*) from guard_rule where step > 0 and counted_from <= $1`},
	{"stops that were passed", 2, 2, `select count(*) from delivery where pass_reason <> '' and state = 'local' and created_at <= $1`},
	{"same matter?", 1, 1, `select count(*) from suggestion where state = 'open' and created_at <= $1`},
	{"Marc's draft", 1, 1, `select count(*) from draft d join person p on p.id = d.person_id where p.name = 'Marc Petit' and d.reading_id is null and d.updated_at <= $1`},
	{"a draft to read", 1, 1, `select count(*) from draft d join reading r on r.id = d.reading_id where r.state = 'open' and r.created_at <= $1`},
	{"answered inside", 1, 1, `select count(*) from ask where answered_at is not null and created_at <= $1`},
	{"no answer from inside", 1, 1, `select count(*) from ask a join promise p on p.id = a.promise_id where p.state = 'open' and p.broken_at <= $1`},
	{"scheduled", 1, 1, `select count(*) from delivery where state = 'queued' and scheduled = true and not_before > $1`},
	{"kept here", 150, 0, `select count(*) from delivery where state = 'local' and accepted_at <= $1`},
	{"acknowledged", 20, 80, `select count(*) from conversation where acknowledged_at <= $1`},
	{"unreadable", 1, 1, `select count(*) from item where state = 'quarantined' and arrived_at <= $1`},
	{"all else was read", 0, -1, `select count(*) from item where state = 'stored' and arrived_at <= $1`},
	{"automatic answer", 1, 1, `select count(*) from message where kind = 'auto_reply' and arrived_at <= $1`},
	{"newsletters", 2, 2, `select count(*) from message where kind = 'list' and arrived_at <= $1`},
	{"English", 8, 45, `select count(*) from conversation where language = 'en' and created_at <= $1`},
	{"notes", 5, 0, `select count(*) from message where kind = 'note' and arrived_at <= $1`},
	{"calls, talks and a letter", 7, 7, `select count(*) from message where kind = 'contact' and arrived_at <= $1`},
	{"reminded", 1, 0, `select count(*) from conversation where reminders > 0 and created_at <= $1`},
	{"folded quotes", 15, 0, `select count(*) from message where quote <> '' and arrived_at <= $1`},
	{"formatted mails", 20, 0, `select count(*) from message where has_html = true and arrived_at <= $1`},
	{"pictures", 6, 0, `select count(*) from attachment where type like 'image/%' and created_at <= $1`},
	{"documents", 3, 0, `select count(*) from attachment where type = 'application/pdf' and created_at <= $1`},
	{"in somebody's hands", 6, 0, `select count(*) from conversation where assignee_id is not null and created_at <= $1`},

	// What must not be.
	{"open without a promise", 0, -1, `select count(*) from conversation c where c.state = 'open' and c.tray <> 'sort' and c.created_at <= $1
		and not exists (select 1 from promise p where p.conversation_id = c.id and p.state = 'open')`},
	{"a promise in a conversation that isn't open", 0, -1, `select count(*) from promise p join conversation c on c.id = p.conversation_id
		where p.state = 'open' and p.kind <> 'wait' and c.state <> 'open' and p.opened_at <= $1`},
	{"a customer's message that nothing was owed for", 0, -1, `select count(*) from message m join conversation c on c.id = m.conversation_id
		where m.kind = 'customer' and m.direction = 'in' and c.tray = 'main' and m.arrived_at <= $1
		and not exists (select 1 from promise_message pm where pm.message_id = m.id)
		and not exists (select 1 from promise p where p.message_id = m.id)`},
	{"the future", 0, -1, `select count(*) from message where arrived_at > $1 or created_at > $1`},
	{"events of the future", 0, -1, `select count(*) from event where at > $1`},
	{"answers left behind", 0, -1, `select count(*) from delivery where state not in ('local', 'hard') and not_before <= $1`},
	{"a hole in a text", 0, -1, `select count(*) from message where (body like '%{%' or subject like '%{%') and kind <> 'spam' and arrived_at <= $1`},
}

func checkStates(t *testing.T, db *store.DB, now time.Time) {
	t.Helper()
	err := db.Read(context.Background(), func(tx *store.Tx) error {
		for _, w := range wanted {
			n, err := store.One[int](tx, store.Dynamic(w.question), now)
			if err != nil {
				t.Fatalf("%s: %v", w.what, err)
			}
			most := w.most
			if most < 0 {
				most = 0
			} else if most == 0 {
				most = 1 << 20
			}
			if n < w.least || n > most {
				t.Errorf("at %s: %s: %d, want %d to %d", now.Format(time.RFC3339), w.what, n, w.least, most)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryStateIsThere(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		p := build(t, db)
		if _, err := demo.Create(t.Context(), p.Desk, wednesday); err != nil {
			t.Fatal(err)
		}
		checkStates(t, db, wednesday)
		if !p.Clock.Now().Equal(wednesday) {
			t.Errorf("the clock stands at %s", p.Clock.Now())
		}
	})
}

// Somebody who looks in on a Sunday night sees a living shop too.
func TestWhenTheShopIsClosed(t *testing.T) {
	t.Parallel()
	for _, now := range awkward {
		t.Run(now.Weekday().String(), func(t *testing.T) {
			t.Parallel()
			db := testkit.OpenStore(t, t.TempDir()+"/desk.db")
			if _, err := demo.Create(t.Context(), build(t, db).Desk, now); err != nil {
				t.Fatal(err)
			}
			checkStates(t, db, now)
		})
	}
}

var told = store.Dynamic(`
	select m.conversation_id, m.direction || ' ' || m.kind as kind, m.arrived_at, m.subject, m.body, coalesce(p.name, m.from_name) as author
	from message m left join person p on p.id = m.person_id order by m.id`)

type toldRow struct {
	Conversation id.Conversation `db:"conversation_id"`
	Kind         string          `db:"kind"`
	At           time.Time       `db:"arrived_at"`
	Subject      string          `db:"subject"`
	Body         string          `db:"body"`
	Author       string          `db:"author"`
}

func TestTwiceTheSame(t *testing.T) {
	t.Parallel()
	var runs [2][]toldRow
	for i := range runs {
		db := testkit.OpenStore(t, t.TempDir()+"/desk.db")
		if _, err := demo.Create(t.Context(), build(t, db).Desk, wednesday); err != nil {
			t.Fatal(err)
		}
		err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
			runs[i], err = store.All[toldRow](tx, told)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(runs[0], runs[1]) {
		for i := range min(len(runs[0]), len(runs[1])) {
			if runs[0][i] != runs[1][i] {
				t.Fatalf("message %d differs:\n%+v\n%+v", i, runs[0][i], runs[1][i])
			}
		}
		t.Fatalf("%d and %d messages", len(runs[0]), len(runs[1]))
	}
}

// A story that is laid out at an unlucky minute must not fail: half a year, at
// minutes that go round the day.
func TestAtAnyMoment(t *testing.T) {
	t.Parallel()
	for now := wednesday; now.Before(wednesday.AddDate(0, 6, 0)); now = now.Add(23*time.Hour + 13*time.Minute) {
		plan, err := demo.Plan(now)
		if err != nil {
			t.Fatal(err)
		}
		due := map[string]time.Time{}
		for _, p := range plan {
			if due[p.Story].IsZero() || p.Story == "helene" {
				due[p.Story] = p.Due
			}
		}
		for _, late := range []string{"camille", "helene", "rouille"} {
			if due[late].After(now) {
				t.Errorf("at %s %s is not late", now, late)
			}
		}
		for _, owed := range []string{"paul", "thomas", "ines", "sophie", "luc", "nadia", "emily", "gaelle", "code"} {
			if !due[owed].After(now) {
				t.Errorf("at %s %s is late", now, owed)
			}
		}
	}
}

func TestPeopleSignIn(t *testing.T) {
	t.Parallel()
	db := testkit.OpenStore(t, t.TempDir()+"/desk.db")
	p := build(t, db)
	made, err := demo.Create(t.Context(), p.Desk, wednesday)
	if err != nil {
		t.Fatal(err)
	}
	for _, person := range demo.People() {
		if _, err := p.Team.SignIn(t.Context(), team.SignIn{Email: person.Email, Password: demo.Password, Remote: "203.0.113.7:50123"}); err != nil {
			t.Errorf("%s: %v", person.Name, err)
		}
	}
	err = db.Read(t.Context(), func(tx *store.Tx) error {
		s, err := p.Shops.Get(tx, made.Shop)
		if err != nil {
			return err
		}
		if !s.Demo || s.Name != demo.ShopName || !s.AckEnabled {
			t.Errorf("shop = %+v", s)
		}
		logo, err := blob.ReadAll(t.Context(), p.Blobs, blob.Hash(s.Logo))
		if err != nil {
			return err
		}
		if img, err := png.Decode(bytes.NewReader(logo)); err != nil || img.Bounds().Dx() < 100 {
			t.Errorf("logo: %v", err)
		}
		box, err := p.Shops.MailboxByID(tx, made.Mailbox)
		if _, server := box.SMTP(); server || box.Address != demo.Address {
			t.Errorf("mailbox = %+v", box)
		}
		if err != nil {
			return err
		}
		hours, _, err := p.Shops.HoursAndDelay(tx, made.Shop, "mail")
		if len(hours.Closed) != 1 || !hours.Closed[0].First.After(calendar.DateOf(wednesday)) {
			t.Errorf("closings = %+v, want one ahead", hours.Closed)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMail(t *testing.T) {
	t.Parallel()
	senders, ids := map[string]bool{}, map[string]bool{}
	for n := range 16 {
		from, to, raw := demo.Mail(n, wednesday.Add(time.Duration(n)*time.Minute))
		m, err := mime.Parse(raw, mime.Options{Own: []string{demo.Address}})
		if err != nil {
			t.Fatal(err)
		}
		if m.Class != mime.ClassCustomer || m.From.Address != from || to != demo.Address || len(m.Warnings) > 0 || !m.HasDate {
			t.Errorf("mail %d: class %s, from %s, to %s, %v", n, m.Class, m.From.Address, to, m.Warnings)
		}
		if m.Subject == "" || len(strings.Fields(m.Text)) < 10 || m.Language == "" {
			t.Errorf("mail %d says %q, %q (%s)", n, m.Subject, m.Text, m.Language)
		}
		if ids[m.MessageID] {
			t.Errorf("mail %d has the Message-ID of another", n)
		}
		senders[from], ids[m.MessageID] = true, true
	}
	if len(senders) < 6 {
		t.Errorf("%d senders, want 6 at least", len(senders))
	}
}
