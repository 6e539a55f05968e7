package report_test

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/report"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// near tells whether a duration is within the 3.2 % that the figures promise.
func near(got *int64, want time.Duration) bool {
	if got == nil {
		return false
	}
	off := float64(*got) - want.Seconds()
	return max(off, -off) <= want.Seconds()*0.032
}

func TestAnswerTimesOnTheClockAndInOpenHours(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.write(h.contact) // Monday 10:00
		h.at(0, 17, 30)
		second := h.write(h.contact)
		h.at(0, 12, 0).answer(first, h.owner)  // two hours
		h.at(1, 9, 30).answer(second, h.owner) // sixteen hours, of which one open
		h.fold()
		got := h.read(week())
		if got.Total.Arrived != 2 || got.Total.Asked != 2 || got.Total.Answered != 2 || got.Total.Times.Sample != 2 {
			t := got.Total
			h.t.Fatalf("%+v", t)
		}
		if !near(got.Total.Times.Clock.Median, 2*time.Hour) || !near(got.Total.Times.Clock.P90, 16*time.Hour) {
			h.t.Errorf("on the clock %v and %v", *got.Total.Times.Clock.Median, *got.Total.Times.Clock.P90)
		}
		if !near(got.Total.Times.Open.Median, time.Hour) || !near(got.Total.Times.Open.P90, 2*time.Hour) {
			h.t.Errorf("in open hours %v and %v", *got.Total.Times.Open.Median, *got.Total.Times.Open.P90)
		}
		if d := got.Days[0]; d.Day != "2026-11-23" || d.Arrived != 2 || d.Answered != 1 || d.Times.Sample != 1 {
			h.t.Errorf("Monday: %+v", d)
		}
		if got.Hours[10].Arrived != 1 || got.Hours[17].Arrived != 1 || got.Hours[12].Answered != 1 || got.Hours[9].Answered != 1 {
			h.t.Errorf("hours: %+v", got.Hours)
		}
		if got.Before.Arrived != 0 || got.Before.Promises.Share != nil || got.Before.Times.Clock.Median != nil {
			h.t.Errorf("the week before knows something: %+v", got.Before)
		}
	})
}

// A holding answer passes the promise on; the customer still waits since the
// first message.
func TestAHoldingAnswerDoesNotStopTheClock(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c := h.write(h.contact)
		h.at(0, 11, 0).change(c, func(tx *store.Tx, conv *desk.Conversation) error {
			return h.desk.Ledger.Hold(tx, promise.Answered{Conversation: c, Channel: "mail", SeenThrough: conv.LastIn, By: h.owner.Person, At: h.clock.Now()}, h.clock.Now().AddDate(0, 0, 2))
		})
		h.at(1, 10, 0).answer(c, h.owner)
		h.fold()
		got := h.read(week()).Total
		if !near(got.Times.Clock.Median, 24*time.Hour) || got.Asked != 1 || got.Promises.Passed != 1 || got.Promises.Kept != 1 || got.Promises.Opened != 2 {
			h.t.Errorf("%+v, median %v", got, *got.Times.Clock.Median)
		}
	})
}

func TestKeptNearBrokenAndKeptLate(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		inTime, soon, late, never, waived := h.write(h.contact), h.write(h.contact), h.write(h.sav), h.write(h.sav), h.write(h.contact)
		h.at(0, 11, 0).answer(inTime, h.owner)
		h.change(waived, func(tx *store.Tx, _ *desk.Conversation) error {
			open, err := promise.OpenOf(tx, waived)
			if err != nil {
				return err
			}
			return h.desk.Ledger.Waive(tx, open[0], h.owner.Person, "Réglé au téléphone.")
		})
		h.at(1, 9, 45).answer(soon, h.marc)
		h.at(1, 10, 1).sweep()
		h.at(2, 15, 0).answer(late, h.marc)
		h.fold()
		page := h.read(week())
		got := page.Total.Promises
		want := report.PromiseFigures{Opened: 5, Kept: 2, KeptNear: 1, Broken: 2, KeptLate: 1, Waived: 1, Open: 1, Share: got.Share}
		if got != want || got.Share == nil || *got.Share != 0.5 {
			h.t.Errorf("%+v, want %+v", got, want)
		}
		if len(page.Kinds) != 1 || page.Kinds[0].Name != "answer" || page.Kinds[0].Promises.Broken != 2 {
			h.t.Errorf("by kind: %+v", page.Kinds)
		}
		if d := page.Days[1].Promises; d.Broken != 2 || d.KeptLate != 1 || d.Kept != 1 { // on the day that they were due
			h.t.Errorf("Tuesday: %+v", d)
		}
		if len(page.Mailboxes) != 2 || page.Mailboxes[1].Name != "sav" || page.Mailboxes[1].Promises.Broken != 2 || page.Mailboxes[0].Promises.Kept != 2 {
			h.t.Errorf("by mailbox: %+v", page.Mailboxes)
		}
		if open := page.Backlog[len(page.Backlog)-1]; open.Day != "2026-11-25" || open.Open != 1 || page.Backlog[0].Open != 3 {
			h.t.Errorf("backlog: %+v", page.Backlog)
		}
		_ = never
	})
}

// People are told of by name, with what they answered; what broke is the shop's.
func TestPeopleAreNotRanked(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		a, b, c := h.write(h.contact), h.write(h.contact), h.write(h.contact)
		h.at(0, 11, 0).answer(a, h.owner)
		h.answer(b, h.owner)
		h.at(2, 11, 0).sweep()
		h.answer(c, h.marc)
		h.fold()
		got := h.read(week()).People
		if len(got) != 2 || got[0].Name != "Marc Petit" || got[1].Name != "Vero Lambert" || got[1].Answered != 2 || got[0].Times.Sample != 1 {
			h.t.Fatalf("%+v", got)
		}
		if got[0].Promises != (report.PromiseFigures{}) || got[1].Promises != (report.PromiseFigures{Kept: 2}) {
			h.t.Errorf("more than answers is told of a person: %+v", got)
		}
		own := must(h.figures.Read(h.t.Context(), h.marc, week()))
		if len(own.People) != 1 || own.People[0].Name != "Marc Petit" || own.Total.Answered != 3 {
			h.t.Errorf("an agent sees %+v", own.People)
		}
		other := week()
		other.Person = h.owner.Person
		if _, err := h.figures.Read(h.t.Context(), h.marc, other); !fault.Is(err, "forbidden") {
			h.t.Errorf("a colleague's figures: %v", err)
		}
		other.Person = h.marc.Person
		if own := must(h.figures.Read(h.t.Context(), h.marc, other)); own.Total.Answered != 1 || own.Total.Times.Sample != 1 {
			h.t.Errorf("one's own: %+v", own.Total)
		}
	})
}

// A reason that is named after the answer takes its figures along, and one of
// the first level counts those below it.
func TestAReasonThatIsNamedLater(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		delivery := h.reason("Livraison", 0)
		lost := h.reason("Colis perdu", delivery)
		a, b := h.write(h.contact), h.write(h.sav)
		h.at(0, 11, 0).answer(a, h.owner)
		h.fold()
		if got := h.read(week()).Reasons; len(got) != 1 || got[0].ID != 0 || got[0].Asked != 2 {
			h.t.Fatalf("before: %+v", got)
		}
		h.about(a, lost)
		h.about(b, delivery)
		h.fold()
		got := h.read(week()).Reasons
		if len(got) != 2 || got[0].Name != "Livraison" || got[0].Asked != 2 || got[0].Times.Sample != 1 || got[1].Name != "Colis perdu" || got[1].Asked != 1 {
			h.t.Errorf("after: %+v", got)
		}
		narrowed := week()
		narrowed.Reason, narrowed.Mailbox = delivery, h.sav
		if got := h.read(narrowed).Total; got.Asked != 1 || got.Times.Sample != 0 || got.Promises.Open != 1 {
			h.t.Errorf("narrowed to a reason and a mailbox: %+v", got)
		}
	})
}

// story is a bit of everything, with a merge.
func (h *house) story() {
	r := h.reason("Livraison", 0)
	a, b, c, d := h.write(h.contact), h.write(h.sav), h.write(h.contact), h.write(h.contact)
	h.about(a, r)
	h.at(0, 11, 20).answer(a, h.owner)
	h.at(0, 16, 0).write(h.sav)
	h.tx(func(tx *store.Tx) error {
		_, err := h.desk.Merge(tx, desk.Actor{Shop: h.shop, Person: h.owner.Person}, d, c)
		return err
	})
	h.at(1, 9, 50).answer(c, h.marc)
	h.at(2, 10, 0).sweep()
	h.answer(b, h.marc)
	h.about(b, r)
}

// All that is counted, for comparing.
var allFigures = store.Dynamic(`
	select grain || ' ' || day || ' ' || measure || ' ' || kind || ' ' || mailbox_id || ' ' || team_id || ' ' || reason_id || ' ' || person_id || ' ' || bucket || '=' || n
	from report_figure order by grain, day, measure, kind, mailbox_id, team_id, reason_id, person_id, bucket`)

func (h *house) counts() (out []string) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) { out, err = store.All[string](tx, allFigures); return err })
	return out
}

func TestCountingAnewGivesTheSame(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.story()
		h.fold()
		before := h.counts()
		if len(before) < 50 {
			h.t.Fatalf("only %d figures: %q", len(before), before)
		}
		if err := h.figures.Rebuild(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
		h.fold()
		if after := h.counts(); !reflect.DeepEqual(after, before) {
			h.t.Errorf("counted anew\n%q\nwas\n%q", after, before)
		}
		// Opening hours that changed since don't change what was measured.
		h.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update shop_hours set hours = replace(hours, '09:00', '06:00')`))
			return err
		})
		h.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update shop set revision = revision + 1`))
			return err
		})
		if err := h.figures.Rebuild(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
		if after := h.counts(); !reflect.DeepEqual(after, before) {
			h.t.Errorf("counted anew under other hours\n%q\nwas\n%q", after, before)
		}
	})
}

// The feed read again from its beginning changes nothing, and neither do folds
// that run side by side, or a fold between each two acts.
func TestFoldingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.story()
		h.fold()
		before := h.counts()
		h.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update report_fold set position = (select value from meta where name = 'epoch') || '-0-0'`))
			return err
		})
		var side sync.WaitGroup
		for range 4 {
			side.Go(func() { _ = h.figures.CatchUp(context.WithoutCancel(h.t.Context())) }) // all but one lose their turn
		}
		side.Wait()
		h.fold()
		if after := h.counts(); !reflect.DeepEqual(after, before) {
			h.t.Errorf("folded again\n%q\nwas\n%q", after, before)
		}
	})
}

func TestFiguresSayThatTheyAreBehind(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.write(h.contact)
		if now := h.read(week()); !now.Behind || now.Total.Asked != 0 {
			h.t.Errorf("before the fold: behind %v, %d asked", now.Behind, now.Total.Asked)
		}
		h.fold()
		// On PostgreSQL the last event may be hidden once more by another test.
		for end := time.Now().Add(30 * time.Second); h.read(week()).Behind; h.fold() {
			if time.Now().After(end) {
				h.t.Fatal("still behind")
			}
		}
		if asked := h.read(week()).Total.Asked; asked != 1 {
			h.t.Errorf("%d asked, want 1", asked)
		}
	})
}

// A restored or moved database has another feed: all is counted anew.
func TestAnotherEpochCountsAnew(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.story()
		h.fold()
		before := h.counts()
		h.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update meta set value = 'neuve' where name = 'epoch'`))
			return err
		})
		h.write(h.contact)
		h.fold()
		after := h.counts()
		if reflect.DeepEqual(after, before) || h.read(week()).Total.Asked != 5 { // six letters, two of them of one matter
			h.t.Errorf("%d figures, then %d; asked %d", len(before), len(after), h.read(week()).Total.Asked)
		}
	})
}

// Erased rows leave their figures (I10), also when all is counted anew.
func TestFiguresOutliveWhatTheyCount(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.story()
		h.fold()
		before := h.counts()
		h.tx(func(tx *store.Tx) error {
			for _, s := range []string{
				`delete from promise_message where message_id in (select id from message where conversation_id = 2)`, `delete from promise where conversation_id = 2`,
				`delete from delivery where conversation_id = 2`, `delete from thread_key where conversation_id = 2`, `delete from participant where conversation_id = 2`,
				`delete from message where conversation_id = 2`, `delete from conversation where id = 2`,
			} {
				if _, err := store.Exec(tx, store.Dynamic(s)); err != nil {
					return err
				}
			}
			return nil
		})
		if err := h.figures.Rebuild(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
		if after := h.counts(); !reflect.DeepEqual(after, before) {
			h.t.Errorf("without the conversation\n%q\nwas\n%q", after, before)
		}
	})
}

func TestAnotherShopsFigures(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.story()
		h.fold()
		stranger := h.owner
		stranger.Shop = 99
		if got, err := h.figures.Read(h.t.Context(), stranger, week()); err == nil && got.Total.Arrived != 0 {
			h.t.Errorf("another shop reads %+v", got.Total)
		}
		for _, f := range []report.Filter{
			{},
			{From: calendar.Date{Year: 2026, Month: 11, Day: 2}, To: calendar.Date{Year: 2026, Month: 11, Day: 1}},
			{From: calendar.Date{Year: 2020, Month: 1, Day: 1}, To: calendar.Date{Year: 2026, Month: 1, Day: 1}},
		} {
			if _, err := h.figures.Read(h.t.Context(), h.owner, f); fault.KindOf(err) != fault.Invalid {
				h.t.Errorf("%v to %v: %v", f.From, f.To, err)
			}
		}
	})
}

// Before anything was counted the page is empty, and no list is null: a page
// once broke on it.
func TestNothingYet(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		raw := string(must(json.Marshal(h.read(week()))))
		for _, list := range []string{"kinds", "mailboxes", "teams", "reasons", "people"} {
			if !strings.Contains(raw, `"`+list+`":[]`) {
				h.t.Errorf("%s is no empty list: %s", list, raw)
			}
		}
		f := must(h.figures.Now(h.t.Context(), h.owner))
		if f.DueBy != 0 || f.Enough || f.Steps == nil || f.Help.Reasons == nil {
			h.t.Errorf("%+v", f)
		}
	})
}

// What the forecast reads: the queue by due time, and who dealt with how much
// in the last open hours.
func TestTodayAtThisPace(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		r := h.reason("Livraison", 0)
		for range 8 {
			h.about(h.write(h.contact), r)
		}
		h.at(0, 11, 0)
		done := []id.Conversation{}
		for range 6 {
			done = append(done, h.write(h.contact))
		}
		h.at(1, 9, 30) // half an hour before the first are due
		for i, c := range done {
			h.answer(c, []team.Actor{h.owner, h.marc}[i%2])
		}
		got := must(h.figures.Now(h.t.Context(), h.owner))
		if !got.Enough || got.Sample != 6 || got.People != 2 || got.Window != 3 || got.Pace != 2 || got.DueBy != 8 || got.Late != 0 || got.Near != 8 {
			h.t.Errorf("%+v", got)
		}
		if got.LateThen != 0 || len(got.Steps) != 9 || got.Steps[0].Late != 7 { // at ten all eight are due, and one is answered
			h.t.Errorf("%+v", got.Steps)
		}
		if len(got.Help.Reasons) != 1 || got.Help.Reasons[0].Name != "Livraison" || got.Help.Reasons[0].Count != 8 || got.Help.Holdable != 8 {
			h.t.Errorf("%+v", got.Help)
		}
	})
}

func TestArrangement(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		usual := must(h.figures.Arrangement(h.t.Context(), h.marc))
		if len(usual) != len(report.Blocks) || usual[0].Name != "pace" || usual[0].Hidden {
			h.t.Fatalf("%+v", usual)
		}
		if err := h.figures.Arrange(h.t.Context(), h.marc, []report.PageBlock{{Name: "reasons"}, {Name: "pace", Hidden: true}}); err != nil {
			h.t.Fatal(err)
		}
		mine := must(h.figures.Arrangement(h.t.Context(), h.marc))
		if mine[0].Name != "reasons" || !mine[1].Hidden || len(mine) != len(report.Blocks) {
			h.t.Errorf("%+v", mine)
		}
		if theirs := must(h.figures.Arrangement(h.t.Context(), h.owner)); !reflect.DeepEqual(theirs, usual) {
			h.t.Errorf("another person's page moved: %+v", theirs)
		}
		for _, odd := range [][]report.PageBlock{{{Name: "nonsense"}}, {{Name: "pace"}, {Name: "pace"}}} {
			if err := h.figures.Arrange(h.t.Context(), h.marc, odd); fault.KindOf(err) != fault.Invalid {
				h.t.Errorf("%+v: %v", odd, err)
			}
		}
	})
}

// Narrowed to a mailbox, hours and backlog are still told.
func TestNarrowedHours(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.write(h.contact)
		h.write(h.sav)
		h.at(0, 15, 0).write(h.sav)
		h.fold()
		f := week()
		f.Mailbox = h.sav
		f.To = f.From
		got := h.read(f)
		if got.Hours[10].Arrived != 1 || got.Hours[15].Arrived != 1 || got.Total.Arrived != 2 {
			h.t.Errorf("hours: %+v", got.Hours)
		}
		if n := len(got.Backlog); n != 16 || got.Backlog[9].Open != 0 || got.Backlog[10].Open != 1 || got.Backlog[15].Open != 2 {
			h.t.Errorf("backlog: %+v", got.Backlog)
		}
	})
}
