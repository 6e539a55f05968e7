package reply_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

func TestTooOftenWrongIsMoreThanTwoInAHundred(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		wrong, firings int
		want           bool
	}{{0, 0, false}, {99, 99, false}, {2, 100, false}, {3, 100, true}, {3, 120, true}, {3, 150, false}, {4, 199, true}, {100, 100, true}} {
		if got := reply.TooOftenWrong(c.wrong, c.firings); got != c.want {
			t.Errorf("%d of %d: %v", c.wrong, c.firings, got)
		}
	}
}

// figures of one rule.
func (h *house) figures(rule string) reply.RuleFigures {
	h.T.Helper()
	for _, f := range h.alarms().Rules {
		if f.Rule == rule {
			return f
		}
	}
	h.T.Fatalf("no rule %s", rule)
	return reply.RuleFigures{}
}

func (h *house) alarms() reply.Alarms {
	h.T.Helper()
	read, err := h.Reply.Alarms(h.T.Context(), h.Shop)
	if err != nil {
		h.T.Fatal(err)
	}
	return read
}

// unsigned writes an answer that nobody signs.
func unsigned(got desk.Received) reply.Answer {
	return reply.Answer{Conversation: got.Conversation, HTML: fine, SeenThrough: got.Message}
}

// doubt calls the finding of a rule on a draft false.
func (h *house) doubt(a reply.Answer, rule string) {
	h.T.Helper()
	h.doubtBy(h.agent, a, rule)
}

func (h *house) doubtBy(by team.Actor, a reply.Answer, rule string) (key string) {
	h.T.Helper()
	read, err := h.Reply.Check(h.T.Context(), by, a)
	if err != nil {
		h.T.Fatal(err)
	}
	for _, f := range read.Findings {
		if f.Rule == rule {
			if err := h.Reply.FalseAlarm(h.T.Context(), by, a, f.Key()); err != nil {
				h.T.Fatal(err)
			}
			return f.Key()
		}
	}
	h.T.Fatalf("%s is silent: %+v", rule, read.Findings)
	return ""
}

// fires lets a rule have spoken up on n other answers.
func (h *house) fires(got desk.Received, rule string, n int) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) error {
		for i := range n {
			_, err := store.Exec(tx, store.Dynamic(`
				insert into guard_firing (shop_id, rule, conversation_id, seen_through, at) values ($1, $2, $3, $4, $5)`),
				h.Shop, rule, got.Conversation, 1_000_000+i, h.Clock.Now())
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// wrongly: authors doubted a rule in n answers, and the lead agreed.
func (h *house) wrongly(rule string, n int, draft func(desk.Received) reply.Answer) (last desk.Received) {
	h.T.Helper()
	for range n {
		h.n++
		last = h.write("Où est mon colis ?", fmt.Sprintf("wrong-%d@example.org", h.n))
		h.Clock.Advance(time.Hour)
		h.doubt(draft(last), rule)
	}
	for _, a := range h.alarms().Alarms {
		if a.Rule == rule && a.Verdict == "" {
			h.Tx(func(tx *store.Tx) error { return h.Reply.Judge(tx, h.agent, a.ID, reply.RuleWrong) })
		}
	}
	return last
}

func TestAFalseAlarmIsOnRecordAndOpensNoDoor(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.nameless()
		got := h.write("Où est mon colis ?")
		h.doubt(unsigned(got), "signature")
		h.doubt(unsigned(got), "signature")
		if out := h.pass(got, fine, ""); len(out.Held) != 1 {
			h.T.Fatalf("held %+v: a false alarm is no reason", out.Held)
		}
		out := h.pass(got, fine, whyPassed)
		if out.Message.ID == 0 {
			h.T.Fatal("not sent with a reason")
		}
		read := h.alarms()
		if len(read.Alarms) != 1 || !read.Alarms[0].Sent || read.Alarms[0].Rule != "signature" {
			h.T.Errorf("on record: %+v", read.Alarms)
		}
		if f := h.figures("signature"); f.Firings != 1 || f.Alarms != 1 || f.Wrong != 0 {
			h.T.Errorf("doubted, held, sent are one firing: %+v", f)
		}
		told := h.events(got, event.GuardDoubted)
		if len(told) != 1 || told[0] != `{"rule":"signature"}` {
			h.T.Errorf("told %q", told)
		}
		if err := h.Reply.FalseAlarm(h.T.Context(), h.agent, unsigned(got), "anger: imbécile"); fault.KindOf(err) != fault.NotFound {
			h.T.Errorf("what the guard never said: %v", err)
		}
	})
}

func TestARuleThatIsWrongTooOftenStepsBackUntilTheOwnerRestoresIt(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.nameless()
		last := h.wrongly("signature", 3, unsigned)
		if f := h.figures("signature"); f.Wrong != 3 || f.Step != 0 {
			h.T.Fatalf("3 of 3 demote nothing: %+v", f)
		}
		h.fires(last, "signature", 97) // with those 3, a hundred
		next := h.write("Et ma facture ?", "next@example.org")
		if out := h.pass(next, fine, whyPassed); out.Message.ID == 0 {
			h.T.Fatal("not sent")
		}
		f := h.figures("signature")
		if f.Step != 1 || f.ThenWrong != 3 || f.ThenFirings != 101 || f.Firings != 0 {
			h.T.Fatalf("after 3 of 101: %+v", f)
		}
		if n := h.notices(desk.NoticeRuleDemoted); n != 1 {
			h.T.Errorf("%d leads told, want 1", n)
		}
		h.Clock.Advance(time.Hour)
		later := h.write("Une bague ?", "later@example.org")
		if out := h.pass(later, fine, ""); len(out.Held) != 0 || out.Message.ID == 0 {
			h.T.Errorf("a rule that stepped back still stops: %+v", out.Held)
		}
		h.Tx(func(tx *store.Tx) error { return h.Reply.Restore(tx, h.agent, "signature") })
		again := h.write("Un collier ?", "again@example.org")
		if out := h.pass(again, fine, ""); len(out.Held) != 1 {
			h.T.Errorf("restored, it stops nothing")
		}
		if f := h.figures("signature"); f.Step != 0 || f.Wrong != 0 {
			h.T.Errorf("restored: %+v", f)
		}
	})
}

func TestARuleThatIsNeverPassedNeverStepsBack(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		holed := func(got desk.Received) reply.Answer {
			a := unsigned(got)
			a.HTML = "<p>Bonjour {{order.number}}, merci.</p>"
			return a
		}
		last := h.wrongly("hole", 2, holed)
		h.fires(last, "hole", 98)
		h.wrongly("hole", 1, holed)
		if f := h.figures("hole"); f.Step != 0 || f.Steps != 0 || f.ThenWrong != 3 {
			h.T.Errorf("%+v", f)
		}
		if n := h.notices(desk.NoticeRuleDoubted); n != 1 {
			h.T.Errorf("%d leads told, want 1", n)
		}
		for _, a := range h.alarms().Alarms {
			if a.Words != "" {
				h.T.Errorf("the words of what is never passed are kept: %q", a.Words)
			}
		}
		if out := h.pass(last, "<p>Bonjour {{order.number}}</p>", whyPassed); len(out.Held) == 0 {
			h.T.Error("a hole left")
		}
	})
}

func (h *house) notices(k desk.NoticeKind) (n int) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) (err error) {
		n, err = store.One[int](tx, store.Dynamic(`select count(*) from notice where kind = $1 and about <> ''`), k)
		return err
	})
	return n
}

// colleague is somebody else who answers.
func (h *house) colleague(name string) team.Actor {
	h.T.Helper()
	p := lila.Must(h.Reply.Team.Add(h.T.Context(), team.Console(h.Shop), team.NewPerson{
		Name: name, Email: strings.ToLower(name) + "@maison-lila.example", Role: team.Agent, Language: "fr",
	}))
	return team.Actor{Person: p, Shop: h.Shop, Role: team.Agent}
}

// alarmsTold lists the alarms of the house, oldest first: who, the rule, and
// whether the answer that its draft became is known.
func (h *house) alarmsTold() (told []string) {
	h.T.Helper()
	for _, a := range h.alarms().Alarms {
		told = append([]string{fmt.Sprintf("%s %s %v", a.Person, a.Rule, a.Sent)}, told...)
	}
	return told
}

func TestAnAnswerIsLinkedToTheAlarmsOfItsOwnDraft(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.nameless()
		got := h.write("Où est mon colis ?")
		dropped := unsigned(got)
		h.doubt(dropped, "signature")
		save := func(d reply.Draft) {
			h.Tx(func(tx *store.Tx) error { _, err := h.Reply.SaveDraft(tx, h.agent, d); return err })
		}
		save(reply.Draft{Conversation: got.Conversation, HTML: fine, Recipients: "{}", Kind: "answer", SeenThrough: got.Message})
		h.Tx(func(tx *store.Tx) error { return h.Reply.DropDraft(tx, h.agent, got.Conversation) })
		if out := h.pass(got, fine, whyPassed); out.Message.ID == 0 {
			h.T.Fatal("not sent")
		}
		if told := h.alarmsTold(); len(told) != 1 || told[0] != " signature false" {
			h.T.Errorf("the alarm of a draft that was thrown away: %q", told)
		}

		// Marc's is a draft of his own, beside Véronica's.
		again := h.write("Et ma facture ?", "m1@example.org")
		marc := h.colleague("Marc")
		mine, his := unsigned(again), unsigned(again)
		his.HTML = "<p>Bonjour {{order.number}}, merci.</p>"
		h.doubt(mine, "signature")
		h.doubtBy(marc, his, "hole")
		h.pass(again, fine, whyPassed)
		if told := h.alarmsTold(); len(told) != 3 || told[1] != " signature true" || told[2] != "Marc hole false" {
			h.T.Errorf("beside a colleague's draft: %q", told)
		}
	})
}

func TestADraftThatWasHandedOverTakesItsAlarmsAlong(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.nameless()
		got := h.write("Où est mon colis ?")
		marc := h.colleague("Marc")
		h.nameless()
		a := unsigned(got)
		key := h.doubtBy(marc, a, "signature")
		a.Key, a.PassReason, a.Options.Dismissed = "press-handed-over", whyPassed, []string{key}
		out, err := h.Reply.Send(h.T.Context(), h.agent, a)
		if err != nil || out.Message.ID == 0 {
			h.T.Fatalf("not sent: %v %+v", err, out.Held)
		}
		if told := h.alarmsTold(); len(told) != 1 || told[0] != " signature true" {
			h.T.Errorf("handed over and sent: %q", told)
		}
		h.Tx(func(tx *store.Tx) error { _, err := h.Reply.Undo(tx, h.agent, out.Delivery.ID); return err })
		if told := h.alarmsTold(); told[0] != " signature false" {
			h.T.Errorf("called back, it is a draft again: %q", told)
		}
	})
}

// I1: eight who send the same, and eight who send each their own, count right.
func TestEightWhoSendAtOnceCountOnceEach(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.nameless()
		same := h.write("Où est mon colis ?")
		var own []desk.Received
		for i := range 8 {
			own = append(own, h.write("Où ?", fmt.Sprintf("own-%d@example.org", i)))
		}
		var wait sync.WaitGroup
		send := func(got desk.Received, key string) {
			wait.Go(func() {
				a := unsigned(got)
				a.Key, a.PassReason = key, whyPassed
				if _, err := h.Reply.Send(h.T.Context(), h.agent, a); err != nil {
					h.T.Error(err)
				}
			})
		}
		conversations := map[id.Conversation]bool{same.Conversation: true}
		for i, got := range own {
			send(same, "the-same-press")
			send(got, fmt.Sprintf("press-own-%d", i))
			conversations[got.Conversation] = true
		}
		wait.Wait()
		if f := h.figures("signature"); f.Firings != len(conversations) {
			h.T.Errorf("%d firings of %d answers", f.Firings, len(conversations))
		}
	})
}

func TestEachRuleStepsBackAsFarAsItMay(t *testing.T) {
	t.Parallel()
	for rule, want := range map[string]int{
		"hole": 0, "card_number": 0, "wrong_customer": 0, "right_refused": 0, "voucher_for_money": 0, "no such rule": 0,
		"signature": 2, "forbidden": 2, "anger": 1, "vague_delay": 1,
	} {
		if got := guard.Steps(rule); got != want {
			t.Errorf("%s: %d steps, want %d", rule, got, want)
		}
	}
}
