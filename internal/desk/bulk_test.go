package desk_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

func (h *house) bulk(act desk.BulkAct, ids ...id.Conversation) desk.BulkResult {
	h.t.Helper()
	done, err := h.desk.Bulk(h.t.Context(), h.agent, act, ids, time.Time{})
	if err != nil {
		h.t.Fatal(err)
	}
	return done
}

func (h *house) takeBack(done desk.BulkResult) {
	h.t.Helper()
	for _, step := range done.Undo {
		if back := h.bulk(step.Act, step.IDs...); len(back.Refused) > 0 {
			h.t.Errorf("the way back was refused: %+v", back.Refused)
		}
	}
}

// More than one transaction takes (50), and each comes back to whoever had it.
func TestMoreThanOneTransactionTakesIsAssignedAndTakenBack(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		var all []id.Conversation
		for n := range 53 {
			all = append(all, h.receive(h.mail(fmt.Sprintf("client%d@example.org", n), fmt.Sprintf("q%d@example.org", n), "Où est mon colis ?")).Conversation)
		}
		h.bulk(desk.BulkAct{Verb: desk.BulkAssign, Person: h.agent.Person}, all[:2]...)
		done := h.bulk(desk.BulkAct{Verb: desk.BulkAssign, Person: 0}, all...)
		if len(done.Done) != 53 || len(done.Undo) != 2 {
			h.t.Fatalf("%d done, %d steps back", len(done.Done), len(done.Undo))
		}
		h.takeBack(done)
		for i, c := range all {
			if got := h.conversation(c).Assignee; (got == h.agent.Person) != (i < 2) {
				h.t.Errorf("conversation %d is %d's", i, got)
			}
		}
	})
}

func TestWhatIsOwedIsNotClosedAndSaysSo(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		owed := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?")).Conversation
		answered := h.receive(h.mail("paul@example.org", "m2@example.org", "La taille ?"))
		h.answered(answered.Conversation, answered.Message)
		h.bulk(desk.BulkAct{Verb: desk.BulkWait}, answered.Conversation)
		done := h.bulk(desk.BulkAct{Verb: desk.BulkClose}, owed, answered.Conversation, 99999)
		if len(done.Done) != 1 || len(done.Refused) != 2 || done.Refused[0].Why.Code != "owed" || done.Refused[1].Why.Kind != fault.NotFound {
			h.t.Fatalf("%+v", done)
		}
		h.takeBack(done)
		if got := h.conversation(answered.Conversation).State; got != desk.StateWaiting {
			h.t.Errorf("taken back it is %s", got)
		}
	})
}

func TestAnswersWaivedTogetherAreOwedAgainByTheirOldTime(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?")).Conversation
		due := h.theOnly(first).DueAt
		second := h.receive(h.mail("paul@example.org", "m2@example.org", "La taille ?")).Conversation
		done := h.bulk(desk.BulkAct{Verb: desk.BulkWaive, Reason: "par téléphone"}, first, second)
		if len(done.Done) != 2 || h.theOnly(first).Reason != "par téléphone" {
			h.t.Fatalf("%+v", done)
		}
		if again := h.bulk(desk.BulkAct{Verb: desk.BulkWaive, Reason: "encore"}, first); len(again.Refused) != 1 || again.Refused[0].Why.Code != "nothing_owed" {
			h.t.Errorf("a second time: %+v", again)
		}
		if silent := h.bulk(desk.BulkAct{Verb: desk.BulkWaive}, second); len(silent.Done) != 0 {
			h.t.Errorf("without a reason: %+v", silent)
		}
		h.clock.Advance(time.Hour)
		h.takeBack(done)
		if all := h.promises(first); len(all) != 2 || all[1].State != promise.Open || !all[1].DueAt.Equal(due) {
			h.t.Errorf("owed again: %+v", all)
		}
	})
}

// Nobody decides about a message that came after they read the list.
func TestWhatArrivedSinceIsLeftAlone(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?")).Conversation
		known := h.clock.Now()
		h.clock.Advance(time.Minute)
		h.receive(h.mail(camille, "m2@example.org", "Il manque le fermoir.", "m1@example.org"))
		done, err := h.desk.Bulk(t.Context(), h.agent, desk.BulkAct{Verb: desk.BulkSpam}, []id.Conversation{first}, known)
		if err != nil || len(done.Done) != 0 || len(done.Refused) != 1 || done.Refused[0].Why.Code != "arrived_since" {
			h.t.Errorf("%+v %v", done, err)
		}
	})
}

func TestSnoozedAndSpamComeBack(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?")).Conversation
		soon, later := h.clock.Now().Add(time.Hour), h.clock.Now().Add(2*time.Hour)
		h.bulk(desk.BulkAct{Verb: desk.BulkSnooze, Until: soon}, c)
		done := h.bulk(desk.BulkAct{Verb: desk.BulkSnooze, Until: later}, c)
		if !h.conversation(c).SnoozedUntil.Equal(later) {
			h.t.Fatalf("%+v", done)
		}
		h.takeBack(done)
		if at := h.conversation(c).SnoozedUntil; !at.Equal(soon) {
			h.t.Errorf("back to %s, want %s", at, soon)
		}
		h.takeBack(h.bulk(desk.BulkAct{Verb: desk.BulkSpam}, c))
		if got := h.conversation(c); got.Tray != desk.TrayMain || got.NextDueAt.IsZero() {
			h.t.Errorf("out of spam: %+v", got)
		}
	})
}

// noted is what bulk acts note of a conversation.
type noted struct {
	tags, priority int
	reason         id.Reason
	team           id.Team
	assignee       id.Person
	followed       bool
}

func (h *house) noted(c id.Conversation) noted {
	h.t.Helper()
	now := h.conversation(c)
	n := do(h, func(tx *store.Tx) (int64, error) {
		return store.One[int64](tx, store.Dynamic(`select count(*) from follower where conversation_id = $1 and person_id = $2`), c, h.agent.Person)
	})
	return noted{now.Tags, now.Priority, now.Reason, now.Team, now.Assignee, n == 1}
}

// What was so already stays so when the whole is taken back.
func TestNotesOnSeveralAreTakenBackWhereTheyWereMade(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?")).Conversation
		second := h.receive(h.mail("paul@example.org", "m2@example.org", "La taille ?")).Conversation
		both := []id.Conversation{first, second}
		tag := do(h, func(tx *store.Tx) (id.Tag, error) { return h.labels().TagNamed(tx, h.agent, "Noël") })
		reasonNamed := func(name string) id.Reason {
			return do(h, func(tx *store.Tx) (id.Reason, error) {
				return h.labels().CreateReason(tx, h.agent, label.ReasonInput{Name: name})
			})
		}
		reason, other := reasonNamed("Livraison"), reasonNamed("Taille")
		marc := h.colleague()
		atelier := do(h, func(tx *store.Tx) (id.Team, error) {
			return h.people().CreateTeam(tx, h.agent, team.Input{Name: "Atelier", Members: []id.Person{marc.Person}})
		})
		for _, had := range []desk.BulkAct{
			{Verb: desk.BulkTag, Tag: tag},
			{Verb: desk.BulkClassify, About: other},
			{Verb: desk.BulkPriority, Priority: -1},
			{Verb: desk.BulkTeam, Team: atelier},
			{Verb: desk.BulkFollow},
		} {
			h.bulk(had, second)
		}
		h.bulk(desk.BulkAct{Verb: desk.BulkAssign, Person: h.agent.Person}, first) // no member of the team
		for _, act := range []desk.BulkAct{
			{Verb: desk.BulkTag, Tag: tag},
			{Verb: desk.BulkUntag, Tag: tag},
			{Verb: desk.BulkClassify, About: reason},
			{Verb: desk.BulkClassify},
			{Verb: desk.BulkPriority, Priority: 1},
			{Verb: desk.BulkTeam, Team: atelier},
			{Verb: desk.BulkTeam},
			{Verb: desk.BulkFollow},
			{Verb: desk.BulkUnfollow},
		} {
			was := []noted{h.noted(first), h.noted(second)}
			done := h.bulk(act, both...)
			if len(done.Done) != 2 || len(done.Undo) == 0 {
				h.t.Fatalf("%s: %+v", act.Verb, done)
			}
			h.takeBack(done)
			for i, c := range both {
				if now := h.noted(c); now != was[i] {
					h.t.Errorf("%s taken back leaves %+v, was %+v", act.Verb, now, was[i])
				}
			}
		}
	})
}

// Of another shop nothing is found, whatever is done.
func TestSeveralOfAnotherShopStayAsTheyAre(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?")).Conversation
		stranger := h.elsewhere()
		for _, verb := range []desk.Verb{desk.BulkTag, desk.BulkTeam, desk.BulkClassify, desk.BulkPriority, desk.BulkFollow} {
			done, err := h.desk.Bulk(h.t.Context(), stranger, desk.BulkAct{Verb: verb, Priority: 1}, []id.Conversation{c}, time.Time{})
			if err != nil || len(done.Done) != 0 || len(done.Refused) != 1 || done.Refused[0].Why.Kind != fault.NotFound {
				h.t.Errorf("%s: %+v %v", verb, done, err)
			}
		}
	})
}

// press is a press of a button, which may be repeated.
func (h *house) press(key string, act desk.BulkAct, ids ...id.Conversation) (desk.BulkResult, error) {
	h.t.Helper()
	done, _, err := h.desk.BulkOnce(h.t.Context(), h.agent, desk.BulkPress{
		Key: key, Act: act, List: func() ([]id.Conversation, string, error) { return ids, "", nil },
	})
	return done, err
}

func TestAPressThatIsRepeatedIsDoneOnceAndTellsOfAll(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		var all []id.Conversation
		for n := range 53 {
			all = append(all, h.receive(h.mail(fmt.Sprintf("client%d@example.org", n), fmt.Sprintf("q%d@example.org", n), "Où est mon colis ?")).Conversation)
		}
		all = append(all, 99999) // there is none: refused, and so told again
		take := desk.BulkAct{Verb: desk.BulkAssign, Person: h.agent.Person}
		first, err := h.press("one-press", take, all...)
		if err != nil || len(first.Done) != 53 || len(first.Refused) != 1 || len(first.Undo) != 1 {
			h.t.Fatalf("%d done, %d refused, %d steps back: %v", len(first.Done), len(first.Refused), len(first.Undo), err)
		}
		h.bulk(desk.BulkAct{Verb: desk.BulkAssign}, all[0]) // somebody gives one back
		again, err := h.press("one-press", take)
		if err != nil || !slices.Equal(again.Done, first.Done) || again.Refused[0].Why.Code != "not_found" || len(again.Undo[0].IDs) != 53 {
			h.t.Fatalf("repeated: %+v, %v", again, err)
		}
		if h.conversation(all[0]).Assignee != 0 {
			h.t.Error("repeated, it was done again")
		}
		if _, err := h.press("one-press", desk.BulkAct{Verb: desk.BulkClose}, all...); !fault.Is(err, "another_act") {
			h.t.Errorf("another act under the same key: %v", err)
		}
		h.clock.Advance(25 * time.Hour)
		if err := h.desk.SweepBulk(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
		if fresh, err := h.press("one-press", take, all[0]); err != nil || len(fresh.Done) != 1 {
			h.t.Errorf("a day later the key is free: %+v, %v", fresh, err)
		}
	})
}

// Eight who press at once, as a browser that lost its patience does: one does
// it, and none of them is told less than all.
func TestEightPressesOfOneButton(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		var all []id.Conversation
		for n := range 60 {
			all = append(all, h.receive(h.mail(fmt.Sprintf("client%d@example.org", n), fmt.Sprintf("q%d@example.org", n), "Où est mon colis ?")).Conversation)
		}
		var presses sync.WaitGroup
		for range 8 {
			presses.Go(func() {
				done, err := h.press("one-press", desk.BulkAct{Verb: desk.BulkPriority, Priority: 1}, all...)
				if err == nil && (len(done.Done) != 60 || len(done.Undo[0].IDs) != 60) || err != nil && !fault.Is(err, "busy") {
					h.t.Errorf("%d done: %v", len(done.Done), err)
				}
			})
		}
		presses.Wait()
		if done, err := h.press("one-press", desk.BulkAct{Verb: desk.BulkPriority, Priority: 1}); err != nil || len(done.Undo[0].IDs) != 60 {
			h.t.Errorf("afterwards: %+v, %v", done, err)
		}
	})
}
