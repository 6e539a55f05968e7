package view_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// set writes what another package decides.
func (s *story) set(text string, args ...any) {
	s.t.Helper()
	s.tx(func(tx *store.Tx) error {
		_, err := store.Exec(tx, store.Dynamic(text), args...)
		return err
	})
	s.lists.Forget(s.lila)
}

// walkThrough reads a list to its end, a few rows a page.
func (s *story) walkThrough(by team.Actor, a view.Asked) string {
	s.t.Helper()
	var names []string
	for a.Limit = 2; ; {
		page, err := s.lists.Conversations(s.t.Context(), by, a)
		must(s.t, err)
		for _, r := range page.Items {
			first, _, _ := strings.Cut(r.Customer.Name, " ")
			names = append(names, first)
		}
		if a.Cursor = page.Next; a.Cursor == "" {
			return strings.Join(names, " ")
		}
	}
}

func (s *story) newTeam(name string, members ...team.Actor) id.Team {
	s.t.Helper()
	var made id.Team
	s.tx(func(tx *store.Tx) (err error) {
		made, err = store.One[id.Team](tx, store.Dynamic(`insert into team (shop_id, name, created_at) values ($1, $2, 1) returning id`), s.lila, name)
		for _, m := range members {
			if err == nil {
				_, err = store.Exec(tx, store.Dynamic(`insert into team_member (team_id, person_id) values ($1, $2)`), made, m.Person)
			}
		}
		return err
	})
	return made
}

func (s *story) tag(word string, on ...desk.Received) id.Tag {
	s.t.Helper()
	var made id.Tag
	s.tx(func(tx *store.Tx) (err error) {
		made, err = store.One[id.Tag](tx, store.Dynamic(`insert into tag (shop_id, name, folded) values ($1, $2, $2) returning id`), s.lila, word)
		for _, r := range on {
			if err == nil {
				_, err = store.Exec(tx, store.Dynamic(`insert into conversation_tag (conversation_id, tag_id, next_due_at, last_message_at)
					select id, $2, next_due_at, last_message_at from conversation where id = $1`), r.Conversation, made)
			}
		}
		return err
	})
	return made
}

// monday is a morning's mail: five customers in the order of their due times.
func (s *story) mondays() map[string]desk.Received {
	s.t.Helper()
	got := map[string]desk.Received{}
	for i, name := range []string{"Camille Renaud", "Paul Delmas", "Inès Belkacem", "Théo Garnier", "Léa Morin"} {
		first, _, _ := strings.Cut(name, " ")
		got[first] = s.mail(name, "Bague", arrived(monday.Add(time.Duration(i)*time.Minute)))
	}
	s.clock.Advance(10 * time.Minute)
	return got
}

const rankTo = `update conversation set rank = $2 where id = $1`

func TestAMondayBeginsWithLawAngerAndReminders(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		got := s.mondays()
		s.set(rankTo, got["Léa"].Conversation, 3)
		s.set(rankTo, got["Paul"].Conversation, 2)
		s.set(rankTo, got["Théo"].Conversation, 2)
		s.set(rankTo, got["Inès"].Conversation, 1)
		for _, who := range []string{"Camille", "Théo"} {
			s.assign(got[who], s.marc)
		}
		for _, want := range []struct {
			asked view.Asked
			names string
		}{
			{view.Asked{View: view.Owed, Order: view.ByRank}, "Léa Paul Théo Inès Camille"},
			{view.Asked{View: view.Owed, Order: view.ByDue}, "Camille Paul Inès Théo Léa"},
			{view.Asked{View: view.Mine, Order: view.ByRank}, "Théo Camille"},
			{view.Asked{View: view.Unassigned, Order: view.ByRank}, "Léa Paul Inès"},
		} {
			// Assigning writes the rank anew by what is owed; it is set again.
			s.set(rankTo, got["Théo"].Conversation, 2)
			if names := s.walkThrough(s.marc, want.asked); names != want.names {
				t.Errorf("%+v: %s, want %s", want.asked, names, want.names)
			}
		}
		// "Next" goes down the same list, and round from its end.
		for after, want := range map[string]string{"Léa": "Paul", "Paul": "Théo", "Inès": "Camille", "Camille": "Léa"} {
			c, found, err := s.lists.Next(t.Context(), s.marc, got[after].Conversation, view.ByRank)
			if err != nil || !found || c != got[want].Conversation {
				t.Errorf("after %s: %d, want %s (%v)", after, c, want, err)
			}
		}
	})
}

func TestATeamSeesItsOwnAndOnePersonAllOfTheirTeams(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		got := s.mondays()
		workshop, shop := s.newTeam("Atelier", s.marc), s.newTeam("Boutique", s.marc, s.veronica)
		const toTeam = `update conversation set team_id = $2, rank = $3 where id = $1`
		s.set(toTeam, got["Camille"].Conversation, workshop, 0)
		s.set(toTeam, got["Paul"].Conversation, shop, 0)
		s.set(toTeam, got["Théo"].Conversation, workshop, 3)
		s.set(toTeam, got["Léa"].Conversation, shop, 2)
		for _, want := range []struct {
			by    team.Actor
			asked view.Asked
			names string
		}{
			{s.marc, view.Asked{View: view.Team}, "Camille Paul Théo Léa"},
			{s.marc, view.Asked{View: view.Team, Order: view.ByRank}, "Théo Léa Camille Paul"},
			{s.marc, view.Asked{View: view.Team, Team: workshop}, "Camille Théo"},
			{s.veronica, view.Asked{View: view.Team}, "Paul Léa"},
			{s.veronica, view.Asked{View: view.Team, Team: shop, Order: view.ByRank}, "Léa Paul"},
			{s.stranger, view.Asked{View: view.Team, Team: shop}, ""},
		} {
			if names := s.walkThrough(want.by, want.asked); names != want.names {
				t.Errorf("%+v: %q, want %q", want.asked, names, want.names)
			}
		}
		beside, err := s.lists.Beside(t.Context(), s.veronica)
		must(t, err)
		want := []view.ShownTeam{{ID: shop, Name: "Boutique", Mine: true, Count: 2}, {ID: workshop, Name: "Atelier", Count: 2}}
		if !slices.Equal(beside.Teams, want) {
			t.Errorf("teams %+v, want %+v", beside.Teams, want)
		}
		if n := s.counts(s.marc); n.Team != 4 {
			t.Errorf("Marc's teams have %d", n.Team)
		}
		page, err := s.lists.Conversations(t.Context(), s.marc, view.Asked{View: view.Team, Team: shop, Limit: 1})
		must(t, err)
		if _, err = s.lists.Conversations(t.Context(), s.marc, view.Asked{View: view.Team, Team: workshop, Cursor: page.Next}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a cursor of another team: %v", err)
		}
	})
}

func TestByTagOwedOrNot(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		got := s.mondays()
		s.kept(s.marc, got["Inès"])
		engraving := s.tag("gravure", got["Camille"], got["Inès"], got["Léa"])
		s.tag("écrin", got["Paul"])
		if names := s.walkThrough(s.marc, view.Asked{View: view.Owed, Tag: engraving}); names != "Camille Léa" {
			t.Errorf("owed with the tag: %s", names)
		}
		if names := s.walkThrough(s.marc, view.Asked{View: view.Tagged, Tag: engraving}); names != "Léa Inès Camille" {
			t.Errorf("with the tag: %s", names)
		}
		if names := s.walkThrough(s.stranger, view.Asked{View: view.Tagged, Tag: engraving}); names != "" {
			t.Errorf("another shop sees %s", names)
		}
	})
}

func TestWhatLeavesLaterAndWhatLeft(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		got := s.mondays()
		for i, who := range []string{"Paul", "Camille"} {
			out, err := s.reply.Send(t.Context(), s.marc, reply.Answer{
				Conversation: got[who].Conversation, Key: fmt.Sprint("later", i), SeenThrough: got[who].Message,
				HTML: "<p>Bonjour, votre bague part demain.</p>", SendAt: s.clock.Now().Add(time.Duration(5-i) * time.Hour),
			})
			must(t, err)
			if len(out.Held) > 0 {
				t.Fatalf("held: %+v", out.Held)
			}
		}
		if names := s.walkThrough(s.marc, view.Asked{View: view.Scheduled}); names != "Camille Paul" {
			t.Errorf("scheduled: %s", names)
		}
		if at := s.list(s.marc, view.Scheduled)[0].SendsAt; at == nil || !at.Equal(s.clock.Now().Add(4*time.Hour)) {
			t.Errorf("leaves at %v", at)
		}
		s.lists.Forget(s.lila)
		if n := s.counts(s.marc); n.Scheduled != 2 {
			t.Errorf("%d scheduled", n.Scheduled)
		}
		for _, who := range []string{"Léa", "Inès"} {
			s.clock.Advance(time.Minute)
			s.kept(s.marc, got[who])
		}
		if names := s.walkThrough(s.marc, view.Asked{View: view.Sent}); names != "Inès Léa" {
			t.Errorf("answered: %s", names)
		}
	})
}
