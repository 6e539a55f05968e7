package desk_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// Maison Lila opens Monday to Friday, 9 to 18, and answers within one open day.
const openingHours = `{"timezone":"Europe/Paris","holidays":"FR","week":{
	"mon":[["09:00","18:00"]],"tue":[["09:00","18:00"]],"wed":[["09:00","18:00"]],"thu":[["09:00","18:00"]],"fri":[["09:00","18:00"]]},
	"closed":[],"always":false}`

const own = "bonjour@maison-lila.example"

// monday is Monday 23 November 2026, 10:00 in Paris.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// house is Maison Lila's desk on one store.
type house struct {
	t     *testing.T
	db    *store.DB
	clock *clock.Set
	desk  *desk.Desk
	log   *event.Log
	shop  id.Shop
	agent team.Actor
	n     int
}

func onEachStore(t *testing.T, tell func(h *house)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) { tell(openHouse(t, db)) })
}

func openHouse(t *testing.T, db *store.DB) *house {
	t.Helper()
	hours, err := calendar.ParseHours([]byte(openingHours))
	if err != nil {
		t.Fatal(err)
	}
	clk := clock.At(monday)
	log := event.NewLog(db, clk, nil)
	ledger := &promise.Ledger{Log: log, Clock: clk, Hours: func(*store.Tx, id.Shop, string) (calendar.Hours, calendar.Delay, error) {
		return hours, calendar.Delay{Kind: calendar.OpenDays, N: 1}, nil
	}}
	h := &house{t: t, db: db, clock: clk, log: log, desk: &desk.Desk{DB: db, Clock: clk, Log: log, Queue: jobs.Queue{Clock: clk}, Ledger: ledger}}
	box, err := secret.New(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	shops := shop.New(shop.Config{DB: db, Events: log, Clock: clk, Box: box})
	h.shop, err = shops.Create(t.Context(), shop.Creation{Input: shop.Input{
		Name: "Maison Lila", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR",
	}})
	if err != nil {
		t.Fatal(err)
	}
	people := team.New(team.Config{DB: db, Events: log, Clock: clk, Box: box})
	veronica, err := people.Add(t.Context(), team.Console(h.shop), team.NewPerson{Name: "Véronica Lambert", Email: "veronica@maison-lila.example", Role: team.Owner, Language: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	h.agent = team.Actor{Person: veronica, Shop: h.shop, Role: team.Owner}
	return h
}

// mail writes a customer's mail that arrives now.
func (h *house) mail(from, messageID, text string, refs ...string) desk.Incoming {
	h.n++
	in := desk.Incoming{
		Shop: h.shop, Channel: desk.ChannelMail, Role: "inbox", Class: mime.ClassCustomer, MessageID: messageID,
		Fingerprint: fmt.Sprintf("print-%d", h.n), From: mime.Address{Address: from}, To: []mime.Address{{Address: own}}, Own: []string{own},
		Subject: "Ma commande", Text: text, ArrivedAt: h.clock.Now(), SentAt: h.clock.Now(), References: refs,
	}
	if len(refs) > 0 {
		in.InReplyTo = refs[len(refs)-1]
	}
	return in
}

func (h *house) receive(in desk.Incoming) desk.Received {
	h.t.Helper()
	var got desk.Received
	h.tx(func(tx *store.Tx) (err error) {
		got, err = h.desk.Receive(tx, in)
		return err
	})
	return got
}

func (h *house) tx(fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.db.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) promises(c id.Conversation) (out []promise.Promise) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		out, err = promise.Of(tx, c)
		return err
	})
	return out
}

func (h *house) conversation(c id.Conversation) (out desk.Conversation) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		out, err = desk.Get(tx, c)
		return err
	})
	return out
}

// theOnly is the one promise of a conversation.
func (h *house) theOnly(c id.Conversation) promise.Promise {
	h.t.Helper()
	all := h.promises(c)
	if len(all) != 1 {
		h.t.Fatalf("conversation %d has %d promises, want 1: %+v", c, len(all), all)
	}
	return all[0]
}

// answered says that the channel accepted an answer whose author had seen
// everything through m.
func (h *house) answered(c id.Conversation, m id.Message) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		_, err := h.desk.Change(tx, c, func(conv *desk.Conversation) error {
			conv.LastOutAt = h.clock.Now()
			return h.desk.Ledger.Keep(tx, promise.Answered{Conversation: c, Channel: "mail", SeenThrough: m, At: h.clock.Now()})
		})
		return err
	})
}

const (
	camille = "camille.renaud@example.org"
	paul    = "paul.delmas@example.org"
)

func TestAMailIsOwedAnAnswerByTheNextOpenDay(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))

		p := h.theOnly(got.Conversation)
		if p.Kind != promise.Answer || p.State != promise.Open || !p.DueAt.Equal(monday.AddDate(0, 0, 1)) {
			t := h.t
			t.Errorf("promise = %s %s due %s, want an open answer due Tuesday 10:00", p.Kind, p.State, p.DueAt)
		}
		c := h.conversation(got.Conversation)
		if !c.NextDueAt.Equal(p.DueAt) || c.State != desk.StateOpen || c.Tray != desk.TrayMain || c.Snippet != "Où est mon colis ?" {
			h.t.Errorf("conversation = %+v", c)
		}
	})
}

func TestTheSameMailTwiceIsOneMessage(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		in := h.mail(camille, "m1@example.org", "Où est mon colis ?")
		first := h.receive(in)
		second := h.receive(in)
		if second.Message != first.Message || !second.Duplicate {
			h.t.Errorf("second delivery = %+v, want the first message %d again", second, first.Message)
		}
		in.Fingerprint = "another text"
		if third := h.receive(in); third.Duplicate {
			h.t.Error("the same Message-ID with another text was taken for the same message")
		}
	})
}

func TestASecondMessageJoinsThePromiseAndItsClock(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		h.clock.Advance(5 * time.Hour)
		second := h.receive(h.mail(camille, "m2@example.org", "Toujours rien ?", "m1@example.org"))
		if second.Conversation != first.Conversation {
			h.t.Fatal("the reminder opened another conversation")
		}
		p := h.theOnly(first.Conversation)
		if !p.DueAt.Equal(monday.AddDate(0, 0, 1)) {
			h.t.Errorf("due %s: a reminder moved the due time", p.DueAt)
		}
		if c := h.conversation(first.Conversation); c.Reminders != 1 {
			h.t.Errorf("reminders = %d, want 1", c.Reminders)
		}
	})
}

func TestAnAnswerKeepsOnlyWhatItsAuthorHadSeen(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		h.clock.Advance(time.Hour)
		second := h.receive(h.mail(camille, "m2@example.org", "Et la facture ?", "m1@example.org"))
		h.clock.Advance(time.Minute)
		h.answered(first.Conversation, first.Message)

		all := h.promises(first.Conversation)
		if len(all) != 2 || all[0].State != promise.Kept || all[1].State != promise.Open {
			h.t.Fatalf("promises = %+v, want one kept and one open", all)
		}
		if want := monday.Add(time.Hour).AddDate(0, 0, 1); !all[1].DueAt.Equal(want) || all[1].Message != second.Message {
			h.t.Errorf("the open one is due %s for message %d, want %s for %d", all[1].DueAt, all[1].Message, want, second.Message)
		}
		h.answered(first.Conversation, second.Message)
		if c := h.conversation(first.Conversation); !c.NextDueAt.IsZero() || c.State != desk.StateClosed {
			h.t.Errorf("after the second answer: %+v", c)
		}
	})
}

func TestParentAndReplyMeetInAnyOrder(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		reply := h.receive(h.mail(camille, "m2@example.org", "Je précise", "m1@example.org"))
		parent := h.receive(h.mail(camille, "m1@example.org", "Bonjour"))
		if parent.Conversation != reply.Conversation {
			h.t.Error("the parent that came after its reply opened another conversation")
		}
	})
}

func TestAStrangerWhoNamesAMessageGetsNothing(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		stranger := h.receive(h.mail(paul, "x1@example.org", "Et le mien ?", "m1@example.org"))
		if stranger.Conversation == first.Conversation {
			h.t.Fatal("a stranger joined Camille's conversation")
		}
		var n int64
		h.tx(func(tx *store.Tx) (err error) {
			n, err = store.One[int64](tx, store.Dynamic(`select count(*) from suggestion where conversation_id = $1 and other_id = $2 and state = 'open'`), stranger.Conversation, first.Conversation)
			return err
		})
		if n != 1 {
			h.t.Errorf("%d suggestions, want one: same matter?", n)
		}
	})
}

func TestAStrangerTakesBackTheKeyThatWasNamedBefore(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		guess := h.receive(h.mail(paul, "x1@example.org", "Je devine un numéro", "secret@example.org"))
		victim := h.receive(h.mail(camille, "secret@example.org", "Mon message"))
		if guess.Conversation == victim.Conversation {
			h.t.Fatal("who named a Message-ID before it existed got the conversation")
		}
		again := h.receive(h.mail(camille, "m3@example.org", "Suite", "secret@example.org"))
		if again.Conversation != victim.Conversation {
			h.t.Error("Camille's own answer did not find her conversation")
		}
	})
}

func TestAnAnswerFromTheSentFolderKeeps(t *testing.T) {
	t.Parallel()
	sent := func(h *house, id, to string, refs ...string) desk.Incoming {
		in := h.mail(own, id, "Bonjour Camille, votre colis part demain.", refs...)
		in.Class, in.Role, in.To = mime.ClassOwn, "sent", []mime.Address{{Address: to}}
		return in
	}
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		h.clock.Advance(time.Hour)
		copied := h.receive(sent(h, "s1@maison-lila.example", camille, "m1@example.org"))
		if copied.Conversation != first.Conversation {
			h.t.Fatal("the answer from the phone did not join")
		}
		if p := h.theOnly(first.Conversation); p.State != promise.Kept {
			h.t.Errorf("promise is %s, want kept", p.State)
		}
	})
	onEachStore(t, func(h *house) { // both folders are read side by side: the copy comes first
		question := h.mail(camille, "m1@example.org", "Où est mon colis ?")
		h.clock.Advance(time.Hour)
		h.receive(sent(h, "s1@maison-lila.example", camille, "m1@example.org"))
		got := h.receive(question)
		if all := h.promises(got.Conversation); len(all) != 0 {
			h.t.Errorf("promises = %+v: it was answered already", all)
		}
	})
}

func TestThanksLieInTheCourtesyTray(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		h.answered(first.Conversation, first.Message)
		h.clock.Advance(time.Hour)
		thanks := h.mail(camille, "m2@example.org", "Merci beaucoup", "m1@example.org")
		thanks.Courtesy = true
		h.receive(thanks)
		if c := h.conversation(first.Conversation); c.Tray != desk.TrayCourtesy || c.NextKind != promise.Courtesy {
			h.t.Errorf("tray %s, owed %s", c.Tray, c.NextKind)
		}
		if done, err := h.desk.WaiveCourtesy(h.t.Context(), h.agent, nil); err != nil || len(done.Conversations) != 1 {
			h.t.Errorf("waived %v, %v; want the one", done, err)
		}
		h.receive(h.mail(camille, "m3@example.org", "En fait, il manque un bracelet", "m2@example.org"))
		if c := h.conversation(first.Conversation); c.Tray != desk.TrayMain || c.NextKind != promise.Answer {
			h.t.Errorf("after a real question: tray %s, owed %q", c.Tray, c.NextKind)
		}
	})
}

func TestMailThatNoCustomerWroteIsOwedALookADay(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		var last id.Conversation
		for i := range 3 {
			in := h.mail(fmt.Sprintf("news%d@example.net", i), fmt.Sprintf("n%d@example.net", i), "Nos nouveautés")
			in.Class = mime.ClassList
			last = h.receive(in).Conversation
		}
		if c := h.conversation(last); c.Tray != desk.TraySort || !c.NextDueAt.IsZero() {
			h.t.Errorf("a newsletter lies in %s and is owed by %s", c.Tray, c.NextDueAt)
		}
		var open int64
		count := store.Dynamic(`select count(*) from promise where kind = 'sort' and state = 'open'`)
		h.tx(func(tx *store.Tx) (err error) { open, err = store.One[int64](tx, count); return err })
		if open != 1 {
			h.t.Errorf("%d promises for the tray, want one", open)
		}
		if c := h.conversation(last); c.State != desk.StateOpen {
			h.t.Errorf("what is to be sorted is %s before anybody looked", c.State)
		}
		for c := last - 2; c <= last; c++ {
			h.tx(func(tx *store.Tx) error { _, err := h.desk.Sorted(tx, h.agent, c); return err })
		}
		h.tx(func(tx *store.Tx) (err error) { open, err = store.One[int64](tx, count); return err })
		if open != 0 {
			h.t.Error("the tray is empty, but its promise is still open")
		}
	})
}

func TestMergingKeepsTheEarlierDueTime(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		h.clock.Advance(3 * time.Hour)
		second := h.receive(h.mail(camille, "m9@example.org", "Autre adresse, même colis"))
		h.tx(func(tx *store.Tx) error {
			_, err := h.desk.Merge(tx, h.agent, first.Conversation, second.Conversation)
			return err
		})
		c := h.conversation(second.Conversation)
		if !c.NextDueAt.Equal(monday.AddDate(0, 0, 1)) {
			h.t.Errorf("due %s, want the earlier one", c.NextDueAt)
		}
		later := h.receive(h.mail(camille, "m10@example.org", "Alors ?", "m1@example.org"))
		if later.Conversation != second.Conversation {
			h.t.Error("a reply to the merged conversation did not follow")
		}
	})
}

func TestNothingIsClosedBySilence(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		for name, act := range map[string]func(tx *store.Tx) error{
			"close": func(tx *store.Tx) error { _, err := h.desk.Close(tx, h.agent, got.Conversation); return err },
			"wait":  func(tx *store.Tx) error { _, err := h.desk.Wait(tx, h.agent, got.Conversation); return err },
			"snooze past the due time": func(tx *store.Tx) error {
				_, err := h.desk.Snooze(tx, h.agent, got.Conversation, monday.AddDate(0, 0, 2))
				return err
			},
			"waive without a reason": func(tx *store.Tx) error {
				_, err := h.desk.Waive(tx, h.agent, got.Conversation, h.theOnly(got.Conversation).ID, " ")
				return err
			},
		} {
			if name == "waive without a reason" {
				continue // told below: it reads the promise in a transaction of its own
			}
			if err := h.db.InTx(h.t.Context(), act); err == nil {
				h.t.Errorf("%s was allowed while an answer is owed", name)
			}
		}
		p := h.theOnly(got.Conversation)
		err := h.db.InTx(h.t.Context(), func(tx *store.Tx) error {
			_, err := h.desk.Waive(tx, h.agent, got.Conversation, p.ID, " ")
			return err
		})
		if err == nil {
			h.t.Error("waived without a reason")
		}
	})
}

func TestTheSweeperTellsNearAndBrokenOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		p := h.theOnly(got.Conversation)
		told := func() map[event.Kind]int {
			out := map[event.Kind]int{}
			h.tx(func(tx *store.Tx) error {
				events, err := event.OfConversation(tx, got.Conversation, 50)
				for _, e := range events {
					out[e.Kind]++
				}
				return err
			})
			return out
		}
		for _, at := range []time.Time{p.NearAt.Add(time.Second), p.NearAt.Add(2 * time.Second), p.DueAt.Add(time.Second), p.DueAt.Add(time.Hour), monday} {
			h.clock.Move(at)
			if _, err := h.desk.Ledger.Sweep(h.t.Context(), h.db); err != nil {
				h.t.Fatal(err)
			}
		}
		if n := told(); n[event.PromiseNear] != 1 || n[event.PromiseBroken] != 1 {
			h.t.Errorf("told near %d and broken %d times, want once each", n[event.PromiseNear], n[event.PromiseBroken])
		}
		if p := h.theOnly(got.Conversation); p.State != promise.Open || p.BrokenAt.IsZero() {
			h.t.Errorf("a broken promise is %s with mark %s, want open with its mark", p.State, p.BrokenAt)
		}
	})
}

func TestEightWorkersTakeInOneConversation(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		var mails []desk.Incoming
		mails = append(mails, h.mail(camille, "m0@example.org", "Bonjour"))
		for i := 1; i < 8; i++ {
			mails = append(mails, h.mail(camille, fmt.Sprintf("m%d@example.org", i), "Suite", "m0@example.org", fmt.Sprintf("m%d@example.org", i-1)))
		}
		var wg sync.WaitGroup
		got := make([]desk.Received, len(mails))
		for i, in := range mails {
			wg.Go(func() {
				err := h.db.InTx(context.Background(), func(tx *store.Tx) (err error) {
					got[i], err = h.desk.Receive(tx, in)
					return err
				})
				if err != nil {
					h.t.Error(err)
				}
			})
		}
		wg.Wait()
		var conversations, messages, open int64
		h.tx(func(tx *store.Tx) error {
			for into, text := range map[*int64]string{
				&conversations: `select count(*) from conversation where merged_into is null`,
				&messages:      `select count(*) from message`,
				&open:          `select count(*) from promise where state = 'open'`,
			} {
				n, err := store.One[int64](tx, store.Dynamic(text))
				if err != nil {
					return err
				}
				*into = n
			}
			return nil
		})
		if conversations != 1 || messages != 8 || open != 1 {
			h.t.Errorf("%d conversations, %d messages, %d open promises; want 1, 8, 1", conversations, messages, open)
		}
	})
}

func TestAMailDraggedOutOfJunkIsOwedSinceItArrived(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		in := h.mail(camille, "m1@example.org", "Où est mon colis ?")
		in.Role = "junk"
		got := h.receive(in)
		if c := h.conversation(got.Conversation); c.Tray != desk.TraySort {
			h.t.Fatalf("mail from the junk folder lies in %s", c.Tray)
		}
		h.clock.Advance(2 * time.Hour)
		in.Role = "inbox"
		again := h.receive(in)
		if !again.Duplicate || again.Conversation != got.Conversation {
			h.t.Fatalf("the copy in the inbox became %+v", again)
		}
		c := h.conversation(got.Conversation)
		if c.Tray != desk.TrayMain || !c.NextDueAt.Equal(monday.AddDate(0, 0, 1)) {
			h.t.Errorf("tray %s, due %s; want owed since it arrived", c.Tray, c.NextDueAt)
		}
	})
}

func TestAStrangersMailUnderOurMessageIDIsKept(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		h.tx(func(tx *store.Tx) error {
			_, err := h.desk.Append(tx, desk.Message{
				Shop: h.shop, Conversation: first.Conversation, Direction: desk.Out, Kind: desk.KindAnswer, Channel: "mail",
				MessageID: "c1.ours@maison-lila.example", ArrivedAt: h.clock.Now(), Recipients: "{}",
			})
			return err
		})
		if got := h.receive(h.mail(paul, "c1.ours@maison-lila.example", "Je forge vos numéros")); got.Duplicate {
			h.t.Error("somebody else's mail was swallowed as a copy of ours")
		}
	})
}
