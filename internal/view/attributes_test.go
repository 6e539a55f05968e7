package view_test

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

func TestARowAndAHeadSayWhatWasNoted(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		labels := &label.Service{Clock: clock.At(monday), Events: event.NewLog(db, clock.At(monday), nil)}
		var atelier id.Team
		var size id.Field
		s.tx(func(tx *store.Tx) (err error) {
			if atelier, err = s.team.CreateTeam(tx, s.veronica, team.Input{Name: "Atelier", Lead: s.marc.Person}); err != nil {
				return err
			}
			return s.shops.GiveMailboxes(tx, s.lila, atelier, []id.Mailbox{s.box})
		})
		ring, chain := s.mail("Camille Renaud", "Ma bague"), s.mail("Paul Delmas", "Ma chaîne")
		s.tx(func(tx *store.Tx) error {
			reason, err := labels.CreateReason(tx, s.veronica, label.ReasonInput{Name: "Réparation"})
			if err != nil {
				return err
			}
			tag, err := labels.TagNamed(tx, s.marc, "Noël")
			if err != nil {
				return err
			}
			if size, err = labels.CreateField(tx, s.veronica, label.FieldInput{Name: "Taille", Kind: label.FieldNumber}); err != nil {
				return err
			}
			c := ring.Conversation
			for _, act := range []func() (desk.Conversation, error){
				func() (desk.Conversation, error) {
					return s.desk.Classify(tx, s.marc, c, desk.Class{Reason: reason, Product: "Bague Lila"})
				},
				func() (desk.Conversation, error) { return s.desk.Tag(tx, s.marc, c, tag, true) },
				func() (desk.Conversation, error) { return s.desk.Prioritise(tx, s.marc, c, 1) },
				func() (desk.Conversation, error) { return s.desk.Follow(tx, s.marc, c, true) },
				func() (desk.Conversation, error) { return s.desk.Link(tx, s.marc, chain.Conversation, c, true) },
			} {
				if _, err := act(); err != nil {
					return err
				}
			}
			_, err = s.desk.SetField(tx, s.marc, c, size, "52")
			return err
		})
		rows := s.list(s.marc, view.Owed)
		if len(rows) != 2 {
			t.Fatalf("%d rows", len(rows))
		}
		r, other := rows[0], rows[1]
		if r.ID != ring.Conversation || r.Team == nil || r.Team.Name != "Atelier" || r.Reason == nil || r.Reason.Name != "Réparation" ||
			r.Priority != 1 || len(r.Tags) != 1 || r.Tags[0].Name != "Noël" {
			t.Errorf("the row: %+v", r)
		}
		if other.Reason != nil || len(other.Tags) != 0 || other.Tags == nil || other.Team == nil {
			t.Errorf("the other row: %+v", other)
		}
		h := s.open(s.marc, ring.Conversation)
		if h.Product != "Bague Lila" || h.Rank != 2 || !h.Following || len(h.Fields) != 1 || h.Fields[0] != (view.FieldValue{Field: size, Value: "52"}) ||
			len(h.Links) != 1 || h.Links[0].ID != chain.Conversation || h.Links[0].CustomerName != "Paul Delmas" {
			t.Errorf("the head: %+v", h.Attributes)
		}
		if s.open(s.veronica, ring.Conversation).Following {
			t.Error("Véronica follows what Marc does")
		}
		if p := h.Promises[0].InCharge; p == nil || p.ID != s.marc.Person {
			t.Errorf("in charge: %+v, want the team's lead", p)
		}
	})
}

func TestWhatIsThereForMe(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		ring, chain := s.mail("Camille Renaud", "Ma bague"), s.mail("Paul Delmas", "Ma chaîne")
		for _, c := range []desk.Received{ring, chain} {
			s.tx(func(tx *store.Tx) error {
				_, err := s.desk.AddNote(tx, s.veronica, c.Conversation, "note-1", "<p>@Marc, tu vois ?</p>", s.marc.Person)
				return err
			})
		}
		read := func(cursor string, limit int) view.Notices {
			out, err := s.lists.Notices(t.Context(), s.marc, view.NoticesAsked{Cursor: cursor, Limit: limit})
			must(t, err)
			return out
		}
		first := read("", 1)
		if first.Unseen != 2 || len(first.Items) != 1 || first.Next == "" {
			t.Fatalf("the first part: %+v", first)
		}
		n := first.Items[0]
		if n.Kind != "mention" || n.Conversation != chain.Conversation || n.Customer != "Paul Delmas" || n.By == nil || n.By.ID != s.veronica.Person || n.Snippet != "@Marc, tu vois ?" {
			t.Errorf("the newest: %+v", n)
		}
		if second := read(first.Next, 1); len(second.Items) != 1 || second.Items[0].Conversation != ring.Conversation || second.Next != "" {
			t.Errorf("the second part: %+v", second)
		}
		s.tx(func(tx *store.Tx) error { return s.desk.SeeNotices(tx, s.marc, 0) })
		if after := read("", 0); after.Unseen != 0 || len(after.Items) != 2 || !after.Items[0].Seen {
			t.Errorf("seen: %+v", after)
		}
		none, err := s.lists.Notices(t.Context(), s.stranger, view.NoticesAsked{})
		must(t, err)
		if len(none.Items) != 0 {
			t.Errorf("another shop sees %+v", none.Items)
		}
	})
}
