package view_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

const whyPassed = "Il signe à la main, Camille le connaît."

// pass sends an answer that nobody signs, with a reason.
func (s *story) pass(by team.Actor, r desk.Received) reply.Outcome {
	s.t.Helper()
	s.mails++
	s.tx(func(tx *store.Tx) error {
		_, err := store.Exec(tx, store.Dynamic(`update person set name = '' where id = $1`), by.Person)
		return err
	})
	out, err := s.reply.Send(s.t.Context(), by, reply.Answer{
		Conversation: r.Conversation, Key: fmt.Sprintf("key-%d", s.mails), HTML: "<p>Votre colis part demain.</p>",
		SeenThrough: r.Message, PassReason: whyPassed,
	})
	must(s.t, err)
	return out
}

// passed reads the whole list in pages of one.
func (s *story) passed(shop id.Shop) (all []view.PassedReason) {
	s.t.Helper()
	for cursor := ""; ; {
		page, err := s.lists.PassedReasons(s.t.Context(), shop, cursor, 1)
		must(s.t, err)
		all = append(all, page.Items...)
		if cursor = page.Next; cursor == "" {
			return all
		}
	}
}

func TestLeadsReadWhyAStopWasPassed(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		old := s.mail("Odile Perrin", "Vieille histoire")
		s.pass(s.marc, old)
		s.clock.Advance(31 * 24 * time.Hour)
		camille := s.mail("Camille Renaud", "Colis jamais arrivé")
		out := s.pass(s.marc, camille)
		paul := s.mail("Paul Delmas", "Ma facture")
		s.clock.Advance(time.Minute)
		s.pass(s.marc, paul)
		called := s.mail("Inès Belkacem", "Une bague")
		back := s.pass(s.marc, called)
		s.tx(func(tx *store.Tx) error { _, err := s.reply.Undo(tx, s.marc, back.Delivery.ID); return err })

		got := s.passed(s.veronica.Shop)
		if len(got) != 2 || got[0].Conversation.ID != paul.Conversation || got[1].Conversation.ID != camille.Conversation {
			t.Fatalf("listed %+v, want Paul's and Camille's of this month, newest first, without what was called back", got)
		}
		first := got[1]
		if first.Delivery != out.Delivery.ID || first.Message != out.Message.ID || first.Person.ID != s.marc.Person || first.Passed.Reason != whyPassed ||
			len(first.Passed.Rules) != 1 || first.Passed.Rules[0] != "signature" || first.Conversation.Subject != "Colis jamais arrivé" {
			t.Errorf("Camille's: %+v", first)
		}
		if other := s.passed(s.veronica.Shop + 1); len(other) != 0 {
			t.Errorf("another shop reads %+v", other)
		}
	})
}

func TestTheReasonStandsUnderTheAnswerForLeadsAlone(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille := s.mail("Camille Renaud", "Colis jamais arrivé")
		s.pass(s.marc, camille)
		for role, reads := range map[team.Role]bool{team.Owner: true, team.Lead: true, team.Agent: false} {
			by := s.veronica
			by.Role = role
			entries := s.open(by, camille.Conversation).Entries
			got := entries[len(entries)-1].Message.Passed
			if (got != nil) != reads || reads && got.Reason != whyPassed {
				t.Errorf("%s reads %+v", role, got)
			}
		}
	})
}

func TestAMergeIsToldOnceInTheTimeline(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		facture := s.mail("Camille Renaud", "Ma facture")
		s.answer(s.marc, facture, "<p>Bonjour Camille, la voici.</p>")
		colis := s.mail("Camille Renaud", "Mon colis")
		s.clock.Advance(time.Minute)
		s.tx(func(tx *store.Tx) error {
			_, err := s.desk.Merge(tx, s.veronica, facture.Conversation, colis.Conversation)
			return err
		})
		got := s.open(s.veronica, colis.Conversation)
		if want := "customer answer customer conversation.merged"; told(got.Entries) != want {
			t.Fatalf("told %q, want %q", told(got.Entries), want)
		}
		merged := got.Entries[3].Event
		if merged.Data["from"] != float64(facture.Conversation) || merged.Data["messages"] != float64(2) || merged.Data["mark"] != float64(got.SeenThrough) {
			t.Errorf("merged: %+v, newest seen %d", merged.Data, got.SeenThrough)
		}
		if rows := s.list(s.veronica, view.Owed); len(rows) != 1 || !rows[0].UnreadByMe {
			t.Errorf("owed: %+v, want one that has something to read", rows)
		}
	})
}
