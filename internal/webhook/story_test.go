package webhook_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/webhook"
)

func TestEventsAreSentSignedAndInOrder(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		f := open(t, db)
		f.happens(event.MessageReceived, f.lila, 1) // before the webhook
		f.settle()
		_, key := f.hook(event.MessageReceived, event.PromiseKept)
		for n := range 7 {
			f.happens(event.MessageReceived, f.lila, id.Conversation(100+n))
			f.happens(event.NoteAdded, f.lila, 50)        // not asked for
			f.happens(event.MessageReceived, f.other, 60) // another shop's
		}
		f.run()
		f.run() // nothing twice
		if len(f.got) != 7 {
			t.Fatalf("%d messages: %q", len(f.got), f.names())
		}
		for n, h := range f.got {
			var p webhook.Payload
			f.do(json.Unmarshal([]byte(h.body), &p))
			want := id.Conversation(100 + n)
			if p.Type != "message.received" || p.Data.Conversation != want || !p.Timestamp.Equal(monday) ||
				p.Data.Link != "https://desk.maison-lila.fr/api/v1/conversations/"+want.String() {
				t.Errorf("message %d: %s", n, h.body)
			}
			if h.stamp != strconv.FormatInt(monday.Unix(), 10) || h.signature != webhook.Sign(h.name, monday, h.body, key) {
				t.Errorf("signature %q at %s", h.signature, h.stamp)
			}
		}
		if names := f.names(); len(slices.Compact(slices.Sorted(slices.Values(names)))) != 7 {
			t.Errorf("an id stands for two messages: %q", names)
		}
	})
}

// The first is refused thrice: the others wait behind it, and come after it.
func TestOrderIsKeptWhileOneFails(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		f := open(t, db)
		made, _ := f.hook(event.MessageReceived, event.PromiseOpened)
		f.answer = func(n int) (int, string) {
			switch n {
			case 0, 1:
				return http.StatusInternalServerError, ""
			case 2:
				return http.StatusTooManyRequests, "600"
			}
			return http.StatusOK, ""
		}
		f.happens(event.MessageReceived, f.lila, 1)
		f.happens(event.PromiseOpened, f.lila, 1)
		f.run()
		f.run()
		if len(f.got) != 1 {
			t.Fatalf("sent again without waiting: %q", f.names())
		}
		for range 2 {
			f.clock.Advance(40 * time.Second)
			f.run()
		}
		f.clock.Advance(9 * time.Minute)
		f.run()
		if len(f.got) != 3 {
			t.Fatalf("Retry-After was not kept: %q", f.names())
		}
		f.clock.Advance(time.Minute)
		f.run()
		names := f.names()
		if len(names) != 5 || names[0] != names[3] || names[3] == names[4] || names[1] != names[0] {
			t.Fatalf("%q", names)
		}
		row, log := f.read(made)
		if row.Failures != 0 || !row.FailingSince.IsZero() || len(log) != 2 || log[1].Attempts != 4 || log[1].State != "delivered" {
			t.Errorf("%+v %+v", row, log)
		}
		var attempts []webhook.Attempt
		f.do(db.Read(t.Context(), func(tx *store.Tx) (err error) {
			attempts, err = f.hooks.Attempts(tx, made, log[1].ID)
			return err
		}))
		first := attempts[len(attempts)-1]
		if len(attempts) != 4 || first.Status != 500 || !strings.HasPrefix(first.Answer, "pas maintenant[31m") || len(first.Answer) > 1024 {
			t.Errorf("%d attempts, first %+v", len(attempts), first)
		}
	})
}

func TestAfterADayItIsDisabledAndGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		f := open(t, db)
		made, _ := f.hook(event.MessageReceived)
		f.answer = func(int) (int, string) { return http.StatusBadGateway, "" }
		f.happens(event.MessageReceived, f.lila, 1)
		f.run()
		for range 24*6 + 1 {
			f.clock.Advance(10 * time.Minute)
			f.run()
		}
		row, _ := f.read(made)
		if row.State != webhook.Disabled || row.Cause != webhook.Unreachable {
			t.Fatalf("after a day: %+v", row)
		}
		if n := len(f.got); n < 10 || n > 25 {
			t.Errorf("%d attempts in a day", n)
		}
		var told int
		f.do(db.Read(t.Context(), func(tx *store.Tx) (err error) {
			told, err = store.One[int](tx, store.Dynamic(`select count(*) from event where kind = 'webhook.disabled'`))
			return err
		}))
		if told != 1 {
			t.Errorf("told %d times", told)
		}
		tried := len(f.got)
		f.happens(event.MessageReceived, f.lila, 2)
		f.clock.Advance(24 * time.Hour)
		f.run()
		if len(f.got) != tried {
			t.Error("a disabled webhook was sent something")
		}
		if err := f.hooks.Test(t.Context(), f.veronica, made); !fault.Is(err, "not_active") {
			t.Errorf("a test of a disabled one: %v", err)
		}
		f.answer = nil
		f.do(f.hooks.Resume(t.Context(), f.veronica, made, false))
		f.run()
		names := f.names()[tried:]
		if len(names) != 2 || names[0] != f.got[0].name {
			t.Errorf("on resuming: %q", names)
		}
	})
}

func TestGoneDisablesAtOnceAndMissedMayBeSkipped(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		f := open(t, db)
		made, _ := f.hook(event.MessageReceived)
		f.answer = func(int) (int, string) { return http.StatusGone, "" }
		f.happens(event.MessageReceived, f.lila, 1)
		f.run()
		if row, _ := f.read(made); row.State != webhook.Disabled || row.Cause != webhook.Gone {
			t.Errorf("%+v", row)
		}
		f.answer = nil
		f.happens(event.MessageReceived, f.lila, 2)
		f.settle()
		f.do(f.hooks.Resume(t.Context(), f.veronica, made, true))
		f.happens(event.MessageReceived, f.lila, 3)
		f.run()
		if len(f.got) != 2 || !strings.Contains(f.got[1].body, `"conversation":3`) {
			t.Errorf("%+v", f.got)
		}
	})
}

// kill -9 between the receiver's answer and our note: the same message comes
// again under the same id.
func TestKilledBetweenSendAndRecord(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		f := open(t, db)
		f.hook(event.MessageReceived)
		// What a process that dies there leaves behind: the run's claim and the
		// job's lease, and a delivery that waits.
		f.during = func() {
			f.do(db.InTx(t.Context(), func(tx *store.Tx) error {
				_, err := store.Exec(tx, store.Dynamic(`update webhook set claim = claim + 1`))
				return err
			}))
		}
		f.happens(event.MessageReceived, f.lila, 1)
		f.run()
		if len(f.got) != 1 {
			t.Fatalf("%q", f.names())
		}
		f.during = nil
		f.do(f.hooks.ReleaseAll(t.Context()))
		f.do(f.workers.RescueAll(t.Context()))
		f.newWorkers()
		f.clock.Advance(time.Minute)
		f.run()
		f.run()
		if names := f.names(); len(names) != 2 || names[0] != names[1] || f.got[0].body != f.got[1].body {
			t.Errorf("%q", names)
		}
	})
}

// Two runs of one webhook at once, as of two nodes: nothing is sent twice and
// the order stays.
func TestEightRunsAtOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		f := open(t, db)
		made, _ := f.hook(event.MessageReceived)
		for n := range 20 {
			f.happens(event.MessageReceived, f.lila, id.Conversation(n+1))
		}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				j := jobs.Job{Kind: webhook.RunJob.Name, Args: `{"webhook":` + made.String() + `}`}
				_ = f.hooks.Run(t.Context(), j) // most are told to come later
			})
		}
		all.Wait()
		f.clock.Advance(time.Minute)
		f.run()
		names := f.names()
		if len(names) != 20 || !slices.IsSortedFunc(f.got, func(a, b heard) int { return len(a.name) - len(b.name) }) {
			t.Errorf("%d: %q", len(names), names)
		}
		for n, h := range f.got {
			if !strings.Contains(h.body, `"conversation":`+strconv.Itoa(n+1)+`,`) {
				t.Errorf("place %d: %s", n, h.body)
			}
		}
	})
}

func TestReplayAndTest(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		f := open(t, db)
		made, _ := f.hook(event.MessageReceived)
		for n := range 3 {
			f.happens(event.MessageReceived, f.lila, id.Conversation(n+1))
			f.run()
			f.clock.Advance(time.Hour)
		}
		_, log := f.read(made)
		f.do(f.hooks.Replay(t.Context(), f.veronica, made, log[2].ID))
		f.run()
		n, err := f.hooks.ReplaySince(t.Context(), f.veronica, made, monday.Add(30*time.Minute))
		f.do(err)
		f.run()
		names := f.names()
		if n != 2 || !slices.Equal(names[3:], []string{names[0], names[1], names[2]}) {
			t.Errorf("%d: %q", n, names)
		}
		f.do(f.hooks.Test(t.Context(), f.veronica, made))
		f.run()
		if last := f.got[len(f.got)-1]; !strings.Contains(last.body, `"webhook.test"`) || !strings.HasPrefix(last.name, "test_") {
			t.Errorf("%+v", last)
		}
		stranger := team.Actor{Person: f.veronica.Person, Shop: f.other, Role: team.Owner}
		if err := f.hooks.Test(t.Context(), stranger, made); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another shop's: %v", err)
		}
		agent := f.veronica
		agent.Role = team.Lead
		if err := f.hooks.Test(t.Context(), agent, made); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a lead: %v", err)
		}
		f.clock.Advance(31 * 24 * time.Hour)
		f.do(f.hooks.Sweep(t.Context()))
		if _, log := f.read(made); len(log) != 0 {
			t.Errorf("%d in the log after a month", len(log))
		}
		f.do(f.hooks.Delete(t.Context(), f.veronica, made))
	})
}

func TestTheOldSecretSignsForADay(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		f := open(t, db)
		made, old := f.hook(event.MessageReceived)
		fresh, err := f.hooks.Rotate(t.Context(), f.veronica, made)
		f.do(err)
		for n, wait := range []time.Duration{0, 25 * time.Hour} {
			f.clock.Advance(wait)
			f.happens(event.MessageReceived, f.lila, 1)
			f.run()
			h := f.got[n]
			want := []string{fresh, old}[:2-n]
			if h.signature != webhook.Sign(h.name, f.clock.Now(), h.body, want...) {
				t.Errorf("%v later: %s", wait, h.signature)
			}
		}
	})
}

// Our own network is out of reach unless the operator named it; the log says so
// without telling what is there.
func TestInsideIsOutOfReach(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		f := open(t, db)
		strict := f.hooks.Config
		strict.Allow = nil
		f.hooks = webhook.New(strict)
		f.newWorkers()
		made, _ := f.hook(event.MessageReceived)
		f.happens(event.MessageReceived, f.lila, 1)
		f.run()
		_, log := f.read(made)
		if len(f.got) != 0 || len(log) != 1 || log[0].Error != "forbidden_address" || log[0].Answer != "" {
			t.Errorf("%+v", log)
		}
		for _, wrong := range []string{"", "ftp://x", "https://", "https://a:b@example.org", "https://example.org/#a", "https://" + strings.Repeat("a", 2000), "\x00"} {
			if _, _, err := f.hooks.Create(t.Context(), f.veronica, webhook.Input{Name: "x", URL: wrong}); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		in := webhook.Input{Name: "x", URL: "https://example.org", Kinds: []event.Kind{"everything"}}
		if _, _, err := f.hooks.Create(t.Context(), f.veronica, in); fault.KindOf(err) != fault.Invalid {
			t.Errorf("unknown kind: %v", err)
		}
	})
}

// After a restore the feed is another one: a webhook goes on from there.
func TestAnotherEpoch(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		f := open(t, db)
		f.hook(event.MessageReceived)
		f.do(db.InTx(t.Context(), event.RenewEpoch))
		f.happens(event.MessageReceived, f.lila, 1)
		f.run()
		f.happens(event.MessageReceived, f.lila, 2)
		f.run()
		if len(f.got) != 1 || !strings.Contains(f.got[0].body, `"conversation":2,`) {
			t.Errorf("%+v", f.got)
		}
	})
}
