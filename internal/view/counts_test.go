package view_test

import (
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

func TestCountsFollowWhatHappensAndTheClock(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		if n := s.counts(s.marc); n != (view.Counts{}) {
			t.Errorf("an empty desk: %+v", n)
		}
		camille := s.mail("Camille Renaud", "Colis")
		s.mail("Paul Delmas", "Bracelet", arrived(monday.Add(time.Hour)))
		if n := s.counts(s.marc); n != (view.Counts{Owed: 2, Unassigned: 2}) {
			t.Errorf("two mails: %+v", n)
		}
		s.assign(camille, s.marc)
		if n := s.counts(s.marc); n != (view.Counts{Owed: 2, Mine: 1, Unassigned: 1}) {
			t.Errorf("one given to Marc: %+v", n)
		}
		if n := s.counts(s.veronica); n.Mine != 0 || n.Owed != 2 {
			t.Errorf("as Véronica sees it: %+v", n)
		}
		// Nothing is written from here on: the clock alone turns them.
		s.clock.Move(monday.Add(23*time.Hour + 30*time.Minute))
		if n := s.counts(s.marc); n.Near != 2 || n.Broken != 0 {
			t.Errorf("near: %+v", n)
		}
		s.clock.Move(monday.Add(24 * time.Hour)) // due this very instant is in time
		if n := s.counts(s.marc); n.Near != 2 || n.Broken != 0 {
			t.Errorf("due now: %+v", n)
		}
		s.clock.Advance(time.Microsecond)
		if n := s.counts(s.marc); n.Near != 1 || n.Broken != 1 {
			t.Errorf("one broken: %+v", n)
		}
	})
}

func TestCountsEndAtAThousand(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		s.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`insert into conversation
				(shop_id, channel, state, next_due_at, near_at, last_message_at, created_at)
				with recursive n (i) as (select 1 union all select i + 1 from n where i < 1005)
				select cast($1 as bigint), 'mail', 'open', cast($2 as bigint), cast($2 as bigint), cast($3 as bigint), cast($3 as bigint) from n`),
				s.lila, monday.Add(-time.Hour), monday)
			return err
		})
		if n := s.counts(s.marc); n.Owed != 1000 || n.Broken != 1000 || n.Unassigned != 1000 || n.Near != 0 {
			t.Errorf("counts: %+v", n)
		}
	})
}

func TestCountsAreKeptUntilSomethingHappens(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		s.mail("Camille Renaud", "Colis")
		s.counts(s.marc)
		// A change without its event, which no package makes, isn't looked for.
		s.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update conversation set next_due_at = null where shop_id = $1`), s.lila)
			return err
		})
		if n := s.counts(s.marc); n.Owed != 1 {
			t.Errorf("counted anew without a reason: %+v", n)
		}
		s.lists.Forget(s.lila)
		if n := s.counts(s.marc); n.Owed != 0 {
			t.Errorf("kept although told to forget: %+v", n)
		}
	})
}

func TestAnswerNext(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		next := func(after id.Conversation) id.Conversation {
			t.Helper()
			c, found, err := s.lists.Next(t.Context(), s.marc, after, view.ByDue)
			must(t, err)
			if found != (c != 0) {
				t.Errorf("found %v, %d", found, c)
			}
			return c
		}
		if c := next(0); c != 0 {
			t.Errorf("nothing is owed, yet %d is next", c)
		}
		ines := s.mail("Inès Belkacem", "Chaîne", arrived(monday.Add(-3*time.Minute)))
		paul := s.mail("Paul Delmas", "Bracelet", arrived(monday.Add(-2*time.Minute)))
		camille := s.mail("Camille Renaud", "Colis", arrived(monday.Add(-time.Minute)))
		if next(0) != ines.Conversation || next(ines.Conversation) != paul.Conversation || next(camille.Conversation) != ines.Conversation {
			t.Error("in the list's order, and from its top after its end")
		}
		s.answer(s.marc, paul, "<p>Bonjour Paul, votre bracelet part demain.</p>")
		if got := next(ines.Conversation); got != camille.Conversation {
			t.Errorf("Paul's answer is on its way, yet next is %d", got)
		}
		s.kept(s.marc, paul)
		if got := next(paul.Conversation); got != camille.Conversation {
			t.Errorf("after Paul's, answered meanwhile, comes %d", got)
		}
		s.snooze(camille, time.Hour)
		if got := next(paul.Conversation); got != ines.Conversation {
			t.Errorf("Camille's sleeps, yet next is %d", got)
		}
		theo := s.mail("Théo Garnier", "Collier")
		s.assign(ines, s.veronica)
		if got := next(0); got != theo.Conversation {
			t.Errorf("Inès's is Véronica's, yet next is %d", got)
		}
		s.kept(s.marc, theo)
		if got := next(theo.Conversation); got != ines.Conversation {
			t.Errorf("with nothing else left a colleague's is next, not %d", got)
		}
		if c, found, err := s.lists.Next(t.Context(), s.stranger, ines.Conversation, view.ByDue); c != 0 || found || err != nil {
			t.Errorf("the other shop: %d, %v, %v", c, found, err)
		}
	})
}
