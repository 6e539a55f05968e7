package view_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

func TestTheOwedListIsOrderedByWhatIsDueFirst(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille := s.mail("Camille Renaud", "Colis jamais arrivé")
		paul := s.mail("Paul Delmas", "Rétractation bracelet", arrived(monday.Add(-20*time.Minute)))
		ines := s.mail("Inès Belkacem", "Taille de la chaîne", arrived(monday.Add(-time.Hour)))
		if got := s.names(s.marc, view.Owed); got != "Inès Paul Camille" {
			t.Fatalf("order: %s", got)
		}
		s.assign(paul, s.marc)
		s.tx(func(tx *store.Tx) error {
			_, err := s.reply.SaveDraft(tx, s.marc, reply.Draft{Conversation: camille.Conversation, HTML: "<p>Bonjour</p>", Kind: "answer", Recipients: "{}"})
			return err
		})
		s.tx(func(tx *store.Tx) error { return s.desk.MarkSeen(tx, s.marc, ines.Conversation, ines.Message) })

		s.clock.Move(monday.Add(24*time.Hour - 30*time.Minute)) // Inès's was due half an hour ago, Paul's is in ten minutes
		rows := s.list(s.marc, view.Owed)
		for i, want := range []struct {
			state         string
			unread, draft bool
			assignee      string
		}{{"broken", false, false, ""}, {"near", true, false, "Marc Olivier"}, {"near", true, true, ""}} {
			r := rows[i]
			assignee := ""
			if r.Assignee != nil {
				assignee = r.Assignee.Name
			}
			if r.State != want.state || r.UnreadByMe != want.unread || r.HasDraft != want.draft || assignee != want.assignee {
				t.Errorf("%s: %+v, want %+v", r.Customer.Name, r, want)
			}
		}
		first := rows[0]
		if first.Customer.Address != "ines.belkacem@example.com" || first.Subject != "Taille de la chaîne" || first.PromiseKind != "answer" ||
			!first.DueAt.Equal(monday.Add(23*time.Hour)) || first.Tray != "main" || first.Channel != "mail" {
			t.Errorf("row: %+v", first)
		}
		if !s.list(s.veronica, view.Owed)[0].UnreadByMe {
			t.Error("what Marc read counts as read by Véronica")
		}
		s.clock.Move(monday.Add(3 * time.Hour)) // before the last quarter of the opening hours
		if got := s.list(s.marc, view.Owed)[2].State; got != "open" {
			t.Errorf("Camille's is %s", got)
		}
	})
}

func TestPagesNeitherRepeatNorLoseWhileMailComesIn(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		var want []id.Conversation
		for i := range 25 { // several at the same instant: the id decides
			r := s.mail(fmt.Sprintf("Camille %d", i), "Bague", arrived(monday.Add(time.Duration(i/3)*time.Minute)))
			want = append(want, r.Conversation)
		}
		s.clock.Advance(30 * time.Minute)
		var got []id.Conversation
		cursor, pages := "", 0
		var late desk.Received
		for {
			page, err := s.lists.Conversations(t.Context(), s.marc, view.Asked{View: view.Owed, Cursor: cursor, Limit: 10})
			must(t, err)
			for _, r := range page.Items {
				got = append(got, r.ID)
			}
			if pages++; page.Next == "" {
				break
			}
			cursor = page.Next
			s.mail(fmt.Sprintf("Paul %d", pages), "En retard", arrived(monday.Add(-time.Hour))) // due before all: behind the reader
			if pages == 1 {
				late = s.mail("Inès Belkacem", "Chaîne") // due after all: still to come
			}
		}
		if pages != 3 || !slices.Equal(got, append(want, late.Conversation)) {
			t.Errorf("%d pages: %v, want %v and then %v", pages, got, want, late.Conversation)
		}
		if _, err := s.lists.Conversations(t.Context(), s.marc, view.Asked{View: view.Closed, Cursor: cursor, Limit: 10}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a cursor of another list: %v", err)
		}
		for _, bad := range []string{"?", "b3dlZA", "b3dlZCB4IQ", "b3dlZCAxICE"} {
			if _, err := s.lists.Conversations(t.Context(), s.marc, view.Asked{View: view.Owed, Cursor: bad, Limit: 10}); fault.KindOf(err) != fault.Invalid {
				t.Errorf("cursor %q: %v", bad, err)
			}
		}
		if _, err := s.lists.Conversations(t.Context(), s.marc, view.Asked{View: "everything", Cursor: "", Limit: 10}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("an unknown list: %v", err)
		}
	})
}

func TestEachConversationLiesInItsLists(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille, paul := s.mail("Camille Renaud", "Colis"), s.mail("Paul Delmas", "Bracelet")
		s.mail("Inès Belkacem", "Chaîne")
		theo, lea, hugo := s.mail("Théo Garnier", "Collier"), s.mail("Léa Morin", "Bague"), s.mail("Hugo Faure", "Offre à saisir")
		s.assign(camille, s.marc)
		s.assign(paul, s.veronica)
		s.kept(s.marc, theo)
		s.kept(s.marc, lea)
		thanks := s.mails // Léa's was the mail before Hugo's
		s.clock.Advance(time.Hour)
		s.mail("Léa Morin", "Merci", func(in *desk.Incoming) {
			in.Courtesy, in.InReplyTo = true, fmt.Sprintf("m%d@example.com", thanks-1)
		})
		s.tx(func(tx *store.Tx) error {
			if _, err := s.desk.Wait(tx, s.marc, theo.Conversation); err != nil {
				return err
			}
			_, err := s.desk.PutAway(tx, s.marc, hugo.Conversation, desk.TraySpam, customer.Spam)
			return err
		})
		s.snooze(paul, time.Hour)
		for v, want := range map[view.View]string{
			view.Owed: "Camille Inès", view.Mine: "Camille", view.Unassigned: "Inès", view.Waiting: "Théo", view.Snoozed: "Paul",
			view.Closed: "", view.Courtesy: "Léa", view.Spam: "Hugo", view.Sort: "",
		} {
			if got := s.names(s.marc, v); got != want {
				t.Errorf("%s: %q, want %q", v, got, want)
			}
		}
		if got := s.names(s.veronica, view.Mine); got != "" {
			t.Errorf("Véronica's own is snoozed, yet shown: %q", got)
		}
		n := s.counts(s.marc)
		want := view.Counts{Owed: 2, Mine: 1, Unassigned: 1, Waiting: 1, Courtesy: 1}
		if n != want {
			t.Errorf("counts %+v, want %+v", n, want)
		}
		s.clock.Advance(2 * time.Hour) // nobody swept: time alone wakes Paul's
		if got := s.names(s.veronica, view.Mine); got != "Paul" {
			t.Errorf("awake again: %q", got)
		}
		if n := s.counts(s.veronica); n.Owed != 3 || n.Mine != 1 {
			t.Errorf("counts after waking: %+v", n)
		}
	})
}

func TestMailThatNoCustomerWroteWaitsToBeSorted(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		r := s.mail("Transporteur Express", "Votre facture", func(in *desk.Incoming) { in.Class = mime.ClassList })
		// As the tray wants it: what was not looked at yet isn't closed.
		s.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update conversation set state = 'open' where id = $1`), r.Conversation)
			return err
		})
		if got := s.names(s.marc, view.Sort); got != "Transporteur" {
			t.Errorf("to sort: %q", got)
		}
		s.lists.Forget(s.lila)
		if n := s.counts(s.marc); n.Sort != 1 || n.Owed != 0 {
			t.Errorf("counts: %+v", n)
		}
	})
}

func TestTheNewestIsFirstWhereNothingIsDue(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		for i, name := range []string{"Camille Renaud", "Paul Delmas", "Inès Belkacem"} {
			s.kept(s.marc, s.mail(name, "Bague", arrived(monday.Add(-time.Duration(i)*time.Hour))))
		}
		if got := s.names(s.marc, view.Closed); got != "Camille Paul Inès" {
			t.Errorf("closed: %s", got)
		}
		first, err := s.lists.Conversations(t.Context(), s.marc, view.Asked{View: view.Closed, Cursor: "", Limit: 2})
		must(t, err)
		rest, err := s.lists.Conversations(t.Context(), s.marc, view.Asked{View: view.Closed, Cursor: first.Next, Limit: 2})
		must(t, err)
		if len(rest.Items) != 1 || rest.Items[0].Customer.Name != "Inès Belkacem" || rest.Next != "" {
			t.Errorf("second page: %+v", rest)
		}
	})
}

func TestAListTellsWhichEventsItKnows(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		s.mail("Camille Renaud", "Colis")
		page, err := s.lists.Conversations(t.Context(), s.marc, view.Asked{View: view.Owed, Cursor: "", Limit: 0})
		must(t, err)
		paul := s.mail("Paul Delmas", "Bracelet")
		cursor, err := event.ParseCursor(page.Position)
		must(t, err)
		// PostgreSQL's feed waits for the transactions of the tests beside this
		// one, so Paul's events may take their time; none is passed over.
		var later []event.Event
		mine := func(e event.Event) bool { return e.Conversation == paul.Conversation }
		for deadline := time.Now().Add(10 * time.Second); len(later) < 2 && time.Now().Before(deadline); {
			later, _, err = s.desk.Log.Since(t.Context(), cursor, 1000)
			must(t, err)
			if db.Dialect() == store.SQLite && !slices.ContainsFunc(later, mine) {
				t.Fatalf("after the list came %+v, without Paul's", later)
			}
			later = slices.DeleteFunc(later, func(e event.Event) bool { return !mine(e) })
		}
		if len(later) != 2 { // the promise opened, the message received
			t.Errorf("of Paul's mail came %+v", later)
		}
	})
}

// Who is snoozed waits in their own list, not among those we wait for.
func TestASnoozedConversationDoesNotWaitForTheCustomerToo(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille, paul := s.mail("Camille Renaud", "Colis"), s.mail("Paul Delmas", "Bague")
		for _, r := range []desk.Received{camille, paul} {
			s.kept(s.veronica, r)
			s.tx(func(tx *store.Tx) error {
				_, err := s.desk.Wait(tx, s.veronica, r.Conversation)
				return err
			})
		}
		s.snooze(paul, time.Hour)
		mine := s.save(s.veronica, view.Waiting, `{"field":"channel","op":"is","value":"mail"}`)
		shown := func() (string, string, int) {
			return s.names(s.veronica, view.Waiting), s.walkThrough(s.veronica, view.Asked{View: view.Saved, Saved: mine}), s.counts(s.veronica).Waiting
		}
		if list, saved, n := shown(); list != "Camille" || saved != "Camille" || n != 1 {
			t.Errorf("snoozed: %q, %q, %d", list, saved, n)
		}
		s.clock.Advance(2 * time.Hour)
		if list, saved, n := shown(); list != "Paul Camille" || saved != "Paul Camille" || n != 2 {
			t.Errorf("awake again: %q, %q, %d", list, saved, n)
		}
	})
}
