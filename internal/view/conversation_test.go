package view_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// told is a timeline in words: what each entry is and says.
func told(entries []view.Entry) string {
	var out []string
	for _, e := range entries {
		switch {
		case e.Message != nil:
			out = append(out, e.Message.Kind)
		case e.Note != nil:
			out = append(out, "note")
		default:
			out = append(out, e.Event.Kind)
		}
	}
	return strings.Join(out, " ")
}

func TestAConversationTellsItsStory(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille := s.mail("Camille Renaud", "Colis jamais arrivé", func(in *desk.Incoming) {
			in.Quote, in.HasHTML, in.Rich = "> votre commande", true, true
			in.Cc = []mime.Address{{Name: "Léa", Address: "lea@example.com"}, {Address: "SAV@maison-lila.fr"}, {Address: "camille.renaud@example.com"}}
			in.Files = []desk.IncomingFile{
				{Name: "colis.jpg", Type: "image/jpeg", Size: 10, Blob: "aa"}, {Name: "facture.html", Type: "text/html", Size: 5, Blob: "bb"},
			}
		})
		c := camille.Conversation
		s.clock.Advance(time.Minute)
		s.assign(camille, s.marc)
		s.clock.Advance(time.Minute)
		s.tx(func(tx *store.Tx) error {
			if _, err := s.desk.AddNote(tx, s.marc, c, "n1", "<p>Vu avec le <b>transporteur</b></p>"); err != nil {
				return err
			}
			_, err := s.desk.Escalate(tx, s.marc, c, s.veronica.Person, "Peut-on renvoyer ?")
			return err
		})
		s.clock.Advance(time.Minute)
		s.answer(s.marc, camille, "<p>Bonjour Camille, votre colis repart demain.</p>")

		got := s.open(s.veronica, c)
		if want := "customer conversation.assigned note promise.opened answer"; told(got.Entries) != want {
			t.Fatalf("told %q, want %q", told(got.Entries), want)
		}
		first, assigned, note, question, answer := got.Entries[0].Message, got.Entries[1].Event, got.Entries[2].Note, got.Entries[3].Event, got.Entries[4].Message
		if !first.HasQuote || !first.HasHTML || !first.PreferHTML || !first.RemoteBlocked || first.Author.Name != "Camille Renaud" || first.Author.PersonID != nil {
			t.Errorf("her mail: %+v", first)
		}
		if len(first.Attachments) != 2 || !first.Attachments[0].Thumbnail || first.Attachments[0].Dangerous || !first.Attachments[1].Dangerous {
			t.Errorf("her files: %+v", first.Attachments)
		}
		if assigned.Person == nil || *assigned.Person != "Véronica Blanc" || assigned.Data["to_name"] != "Marc Olivier" {
			t.Errorf("assigned: %+v", assigned)
		}
		if note.Author.Name != "Marc Olivier" || note.HTML != "<p>Vu avec le <b>transporteur</b></p>" || note.Text == "" {
			t.Errorf("note: %+v", note)
		}
		if question.Data["title"] != "Peut-on renvoyer ?" || question.Data["kind"] != "lead" {
			t.Errorf("question to the lead: %+v", question)
		}
		d := answer.Delivery
		if d == nil || d.State != "queued" || d.UndoUntil == nil || !d.UndoUntil.Equal(s.clock.Now().Add(reply.UndoTime)) ||
			len(d.Recipients) != 1 || d.Recipients[0].Address != "camille.renaud@example.com" || d.Recipients[0].State != "waiting" {
			t.Errorf("delivery: %+v", d)
		}
		if got.SeenThrough != answer.ID || *answer.Author.PersonID != s.marc.Person || answer.To[0].Address != "camille.renaud@example.com" {
			t.Errorf("answer %+v, seen through %d", answer, got.SeenThrough)
		}
		if len(got.Reply.Cc) != 1 || got.Reply.Cc[0].Address != "lea@example.com" || len(got.Reply.To) != 1 {
			t.Errorf("reply to %+v", got.Reply)
		}
		if got.Mailbox.Address != "contact@maison-lila.fr" || got.Assignee.Name != "Marc Olivier" || got.State != "open" || got.Older != "" ||
			got.Position == "" || got.MergedInto != nil || !strings.Contains(got.Signature.Text, "Véronica Blanc") {
			t.Errorf("head: %+v", got.Head)
		}
		raw, err := json.Marshal(got)
		must(t, err)
		for _, part := range []string{`"timeline":[{"type":"message"`, `"suggestions":[]`, `"draft":null`, `"previous":[]`, `"merged_into":null`, `"cc":[`} {
			if !strings.Contains(string(raw), part) {
				t.Errorf("JSON lacks %s: %s", part, raw)
			}
		}
	})
}

func TestAnAnswerThatWasCalledBackWasNeverSaid(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		paul := s.mail("Paul Delmas", "Bracelet")
		sent := s.answer(s.marc, paul, "<p>Bonjour Paul, il part demain.</p>")
		s.tx(func(tx *store.Tx) error {
			_, err := s.reply.Undo(tx, s.marc, sent.Delivery.ID)
			return err
		})
		got := s.open(s.marc, paul.Conversation)
		if told(got.Entries) != "customer" {
			t.Errorf("told: %s", told(got.Entries))
		}
		if got.Draft == nil || got.Draft.HTML != "<p>Bonjour Paul, il part demain.</p>" || got.Draft.UpdatedBy.Name != "Marc Olivier" ||
			got.Draft.To[0].Address != "paul.delmas@example.com" {
			t.Errorf("its text is the draft again: %+v", got.Draft)
		}
		if n := s.counts(s.marc).Owed; n != 1 {
			t.Errorf("owed: %d", n)
		}
	})
}

func TestWhatIsOwedAndByWhom(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		ines := s.mail("Inès Belkacem", "Chaîne")
		again := s.mail("Inès Belkacem", "Chaîne", func(in *desk.Incoming) { in.InReplyTo = "m1@example.com" })
		if again.Conversation != ines.Conversation {
			t.Fatal("her second mail is another conversation")
		}
		inCharge := func() string {
			t.Helper()
			p := s.open(s.marc, ines.Conversation).Promises[0]
			if p.Kind != "answer" || p.State != "open" || !slices.Equal(p.Covers, []id.Message{ines.Message, again.Message}) {
				t.Fatalf("promise: %+v", p)
			}
			return p.InCharge.Name
		}
		if got := inCharge(); got != "Véronica Blanc" {
			t.Errorf("nobody's: the owner's, not %s's", got)
		}
		s.assign(ines, s.marc)
		if got := inCharge(); got != "Marc Olivier" {
			t.Errorf("assigned to Marc: %s", got)
		}
		today := calendar.DateOf(monday)
		must(t, s.team.SetAbsence(t.Context(), s.veronica, team.Absence{Person: s.marc.Person, First: today, Last: today.AddDays(3), Substitute: s.veronica.Person}))
		if got := inCharge(); got != "Véronica Blanc" {
			t.Errorf("Marc is away: %s", got)
		}
		s.clock.Advance(25 * time.Hour)
		late := s.open(s.marc, ines.Conversation)
		if p := late.Promises[0]; p.Mark != "broken" || p.Late {
			t.Errorf("past its due time: %+v", p)
		}
		if f := late.Customer; f.Kept != 0 || f.OwedTotal != 0 || f.Conversations != 1 || f.Name != "Inès Belkacem" {
			t.Errorf("figures while it is open: %+v", f)
		}
		s.tx(func(tx *store.Tx) error { return sweep(s, tx) })
		s.kept(s.veronica, again)
		done := s.open(s.marc, ines.Conversation)
		if p := done.Promises[0]; p.State != "kept" || !p.Late || p.Mark != "broken" || p.InCharge.Name != "Véronica Blanc" || p.ClosedAt == nil {
			t.Errorf("kept late: %+v", p)
		}
		if f := done.Customer; f.Kept != 0 || f.OwedTotal != 1 {
			t.Errorf("figures: %+v", f)
		}
		next := s.mail("Inès Belkacem", "Bague")
		s.kept(s.marc, next)
		got := s.open(s.marc, next.Conversation)
		if f := got.Customer; f.Kept != 1 || f.OwedTotal != 2 || f.Conversations != 2 {
			t.Errorf("figures: %+v", f)
		}
		if len(got.Previous) != 1 || got.Previous[0].ID != ines.Conversation || got.Previous[0].State != "closed" {
			t.Errorf("before: %+v", got.Previous)
		}
	})
}

// sweep marks what broke, as the sweeper does in its own transaction.
func sweep(s *story, tx *store.Tx) error {
	_, err := store.Exec(tx, store.Dynamic(`update promise set broken_at = $1 where state = 'open' and due_at < $1`), s.clock.Now())
	return err
}

func TestAWaivedPromiseTellsWhy(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		paul := s.mail("Paul Delmas", "Bracelet")
		p := s.open(s.marc, paul.Conversation).Promises[0]
		s.clock.Advance(time.Minute)
		s.tx(func(tx *store.Tx) error {
			_, err := s.desk.Waive(tx, s.marc, paul.Conversation, p.ID, "Réglé au comptoir")
			return err
		})
		got := s.open(s.marc, paul.Conversation)
		e := got.Entries[len(got.Entries)-1].Event
		if e == nil || e.Kind != "promise.waived" || e.Data["reason"] != "Réglé au comptoir" || *e.Person != "Marc Olivier" {
			t.Errorf("told: %+v", got.Entries)
		}
		if got.Promises[0].State != "waived" || got.Promises[0].Reason != "Réglé au comptoir" || got.Customer.OwedTotal != 0 {
			t.Errorf("promise %+v, customer %+v", got.Promises[0], got.Customer)
		}
	})
}

func TestAMergedConversationLeadsToItsPlace(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		one, two := s.mail("Camille Renaud", "Colis"), s.mail("Camille Renaud", "Encore mon colis")
		s.tx(func(tx *store.Tx) error {
			_, err := s.desk.Merge(tx, s.marc, two.Conversation, one.Conversation)
			return err
		})
		got := s.open(s.marc, two.Conversation)
		if got.ID != one.Conversation || got.MergedInto == nil || *got.MergedInto != one.Conversation {
			t.Errorf("asked for %d: %+v", two.Conversation, got.Head)
		}
		if told(got.Entries) != "customer customer conversation.merged" || len(got.Previous) != 0 || got.Customer.Conversations != 1 {
			t.Errorf("told %s, previous %+v", told(got.Entries), got.Previous)
		}
		if got := s.names(s.marc, view.Owed) + "|" + s.names(s.marc, view.Closed); got != "Camille|" {
			t.Errorf("lists: %s", got)
		}
	})
}

func TestSameMatter(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille := s.mail("Camille Renaud", "Colis")
		stranger := s.mail("Paul Delmas", "Re: Colis", func(in *desk.Incoming) { in.InReplyTo = "m1@example.com" })
		got := s.open(s.marc, stranger.Conversation).Suggestions
		if len(got) != 1 || got[0].Conversation.ID != camille.Conversation || got[0].Conversation.CustomerName != "Camille Renaud" ||
			got[0].ReasonFR == "" || got[0].ReasonEN == "" {
			t.Errorf("suggested: %+v", got)
		}
	})
}

func TestALongConversationComesInParts(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille := s.mail("Camille Renaud", "Colis")
		c := camille.Conversation
		s.tx(func(tx *store.Tx) error {
			for i := range 449 { // every tenth was found late: it arrived long before
				at := monday.Add(time.Duration(i+1) * time.Second)
				if i%10 == 9 {
					at = monday.Add(-time.Duration(i) * time.Hour)
				}
				_, err := s.desk.Append(tx, desk.Message{
					Shop: s.lila, Conversation: c, Direction: desk.In, Kind: desk.KindCustomer, Channel: "mail", Body: fmt.Sprint(i),
					MessageID: fmt.Sprintf("long%d@example.com", i), Fingerprint: fmt.Sprint("long", i), Recipients: "{}", ArrivedAt: at,
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		s.assign(camille, s.marc)
		head := s.open(s.marc, c)
		seen := map[id.Message]bool{}
		events, part, parts := 0, head.Timeline, 0
		for {
			parts++
			if len(part.Entries) > 400 {
				t.Errorf("part %d has %d entries", parts, len(part.Entries))
			}
			for i, e := range part.Entries {
				if i > 0 && e.At.Before(part.Entries[i-1].At) {
					t.Errorf("part %d: entry %d is out of order", parts, i)
				}
				switch {
				case e.Message == nil:
					events++
				case seen[e.Message.ID]:
					t.Errorf("message %d twice", e.Message.ID)
				default:
					seen[e.Message.ID] = true
				}
			}
			if part.Older == "" {
				break
			}
			var err error
			part, err = s.lists.Older(t.Context(), s.marc, c, part.Older)
			must(t, err)
		}
		if len(seen) != 450 || events != 1 || parts < 2 {
			t.Errorf("%d messages and %d events in %d parts, want 450 and 1", len(seen), events, parts)
		}
		if _, err := s.lists.Older(t.Context(), s.marc, c, "nonsense"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a wrong cursor: %v", err)
		}
	})
}

func TestAHoldingAnswerIsRemembered(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		ines := s.mail("Inès Belkacem", "Chaîne")
		until := monday.Add(26 * time.Hour)
		s.tx(func(tx *store.Tx) error {
			_, err := s.desk.Change(tx, ines.Conversation, func(c *desk.Conversation) error {
				return s.desk.Ledger.Hold(tx, promise.Answered{Conversation: c.ID, Channel: "mail", SeenThrough: ines.Message, By: s.marc.Person, At: monday}, until)
			})
			return err
		})
		rows := s.list(s.marc, view.Owed)
		if len(rows) != 1 || !rows[0].Holding || !rows[0].DueAt.Equal(until) {
			t.Errorf("row: %+v", rows)
		}
		p := s.open(s.marc, ines.Conversation).Promises
		if len(p) != 2 || p[0].State != "open" || p[0].Basis != "word" || p[1].State != "passed" {
			t.Errorf("promises: %+v", p)
		}
	})
}
