package view_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// A list that somebody looked at just before, and one that nobody did, must be
// the same whatever happened in between.
func TestAKeptPageIsWhatIsReadAnew(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		got := s.mondays()
		nameless := s.mail("", "Colis ?", func(in *desk.Incoming) { in.From.Name, in.From.Address = "", "lea.m@example.com" })
		both := s.newTeam("Atelier", s.veronica, s.marc)
		urgent := s.tag("urgent", got["Paul"])
		again := func(in *desk.Incoming) { in.ArrivedAt, in.SentAt = s.clock.Now(), s.clock.Now() }
		change := func(fn func(tx *store.Tx) (desk.Conversation, error)) func() {
			return func() {
				s.tx(func(tx *store.Tx) error {
					_, err := fn(tx)
					return err
				})
			}
		}
		in := func(name string) id.Conversation { return got[name].Conversation }
		for _, step := range []struct {
			name string
			do   func()
		}{
			{"a stranger writes", func() { s.mail("Zoé Petit", "Bracelet") }},
			{"a customer writes again", func() { s.mail("Camille Renaud", "Bague", again) }},
			{"somebody without a name writes a second matter, now with it", func() {
				s.mail("Léa Marchand", "Facture", func(in *desk.Incoming) { in.From.Address = "lea.m@example.com" })
			}},
			{"one is assigned", func() { s.assign(got["Théo"], s.marc) }},
			{"one goes to a team", change(func(tx *store.Tx) (desk.Conversation, error) {
				return s.desk.AssignTeam(tx, s.veronica, in("Inès"), both)
			})},
			{"one is tagged", change(func(tx *store.Tx) (desk.Conversation, error) {
				return s.desk.Tag(tx, s.veronica, in("Camille"), urgent, true)
			})},
			{"one is no longer tagged", change(func(tx *store.Tx) (desk.Conversation, error) {
				return s.desk.Tag(tx, s.veronica, in("Paul"), urgent, false)
			})},
			{"one is snoozed", func() { s.snooze(got["Paul"], time.Hour) }},
			{"one becomes urgent", change(func(tx *store.Tx) (desk.Conversation, error) {
				return s.desk.Prioritise(tx, s.marc, in("Léa"), 1)
			})},
			{"one is answered", func() {
				s.answer(s.marc, got["Paul"], "<p>Bonjour Paul, votre bague est prête.</p>")
				s.kept(s.marc, got["Paul"])
			}},
			{"one waits for the customer", change(func(tx *store.Tx) (desk.Conversation, error) {
				return s.desk.Wait(tx, s.marc, in("Paul"))
			})},
			{"one is closed", change(func(tx *store.Tx) (desk.Conversation, error) { return s.desk.Close(tx, s.marc, in("Paul")) })},
			{"one is put away", change(func(tx *store.Tx) (desk.Conversation, error) {
				return s.desk.PutAway(tx, s.marc, in("Inès"), desk.TraySpam, customer.Spam)
			})},
			{"it is rescued", change(func(tx *store.Tx) (desk.Conversation, error) { return s.desk.Rescue(tx, s.marc, in("Inès")) })},
			{"two become one", change(func(tx *store.Tx) (desk.Conversation, error) {
				return s.desk.Merge(tx, s.veronica, in("Léa"), in("Camille"))
			})},
			{"the nameless one is taken", func() { s.assign(nameless, s.veronica) }},
		} {
			s.look(both, urgent, s.lists)
			step.do()
			warm := s.look(both, urgent, s.lists)
			cold := s.look(both, urgent, view.New(s.lists.Config))
			for asked, page := range cold {
				if warm[asked] != page {
					t.Errorf("after %s, %s:\nkept %s\nread %s", step.name, asked, warm[asked], page)
				}
			}
		}
	})
}

// look reads the first two pages of each list, of three rows.
func (s *story) look(t id.Team, tag id.Tag, lists *view.Lists) map[string]string {
	s.t.Helper()
	all := []view.Asked{{View: view.Owed, Tag: tag}, {View: view.Tagged, Tag: tag}, {View: view.Team, Team: t}}
	for _, v := range []view.View{view.Mine, view.Team, view.Snoozed, view.Scheduled, view.Waiting, view.Closed, view.Sent, view.Sort, view.Spam} {
		all = append(all, view.Asked{View: v})
	}
	for _, o := range []view.Order{view.ByDue, view.ByRank} {
		all = append(all, view.Asked{View: view.Owed, Order: o}, view.Asked{View: view.Unassigned, Order: o})
	}
	out := map[string]string{}
	for _, a := range all {
		for _, by := range []team.Actor{s.veronica, s.marc} {
			a := a
			for a.Limit = 3; ; {
				page, err := lists.Conversations(s.t.Context(), by, a)
				must(s.t, err)
				asked, err := json.Marshal(map[string]any{"list": a, "by": by.Person})
				must(s.t, err)
				rows, err := json.Marshal(map[string]any{"rows": page.Items, "next": page.Next})
				must(s.t, err)
				out[string(asked)] = string(rows)
				if a.Cursor != "" || page.Next == "" {
					break
				}
				a.Cursor = page.Next
			}
		}
	}
	return out
}

// What happens elsewhere in the desk doesn't make a page be read anew.
func TestMailThatComesInBehindAPageLeavesItKept(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		got := s.mondays()
		first := view.Asked{View: view.Owed, Limit: 2}
		read := func() string {
			page, err := s.lists.Conversations(t.Context(), s.marc, first)
			must(t, err)
			return page.Items[0].Snippet
		}
		before := read()
		// Behind the desk's back, so that only a page read anew shows it.
		s.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update conversation set snippet = 'Autre' where id = $1`), got["Camille"].Conversation)
			return err
		})
		s.mail("Zoé Petit", "Bracelet")
		if after := read(); after != before {
			t.Errorf("the page was read anew: %q", after)
		}
		s.mail("Camille Renaud", "Bague")
		if after := read(); after == before {
			t.Error("the page was kept though its first customer wrote again")
		}
	})
}
