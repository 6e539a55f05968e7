package view_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

func (s *story) save(by team.Actor, base view.View, filter string) id.SavedView {
	s.t.Helper()
	made, err := s.team.SaveView(s.t.Context(), by, team.SavedView{Name: "Vue", Base: string(base), Filter: filter, Shared: true})
	must(s.t, err)
	return made.ID
}

func TestAViewFindsWhatItsConditionsSay(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		got := s.mondays()
		s.assign(got["Camille"], s.marc)
		s.assign(got["Paul"], s.veronica)
		workshop := s.newTeam("Atelier", s.marc)
		tag := s.tag("gravure", got["Inès"], got["Léa"])
		s.set(`update conversation set team_id = $2, reminders = 2, law = true, priority = 1, angry = true where id = $1`, got["Théo"].Conversation, workshop)
		s.set(`update conversation set subject = $2, language = 'en', snippet = '' where id = $1`, got["Léa"].Conversation, "100 % ARGENT_\\ ?")
		s.set(`insert into reason (id, shop_id, name) values (1, $1, 'Taille')`, s.lila)
		s.set(`insert into reason (id, shop_id, parent_id, name) values (2, $1, 1, 'Trop petite')`, s.lila)
		s.set(`update conversation set reason_id = 2 where id = $1`, got["Paul"].Conversation)
		for filter, want := range map[string]string{
			`{"field":"assignee","op":"is","value":"me"}`:                               "Camille",
			`{"field":"assignee","op":"is","value":"nobody"}`:                           "Inès Théo Léa",
			fmt.Sprintf(`{"field":"assignee","op":"is","value":%d}`, s.veronica.Person): "Paul",
			`{"not":{"field":"assignee","op":"is","value":"me"}}`:                       "Paul Inès Théo Léa",
			`{"field":"team","op":"is","value":"mine"}`:                                 "Théo",
			fmt.Sprintf(`{"field":"tag","op":"is","value":%d}`, tag):                    "Inès Léa",
			`{"field":"reason","op":"is","value":1}`:                                    "Paul",
			`{"field":"reason","op":"is","value":"none"}`:                               "Camille Inès Théo Léa",
			`{"field":"reminders","op":"min","value":2}`:                                "Théo",
			`{"field":"priority","op":"is","value":1}`:                                  "Théo",
			`{"field":"language","op":"is","value":"en"}`:                               "Léa",
			`{"field":"text","op":"contains","value":"100 % argent_\\"}`:                "Léa",
			`{"field":"text","op":"contains","value":"%"}`:                              "Léa",
			`{"field":"draft","op":"is","value":false}`:                                 "Camille Paul Inès Théo Léa",
			`{"field":"due","op":"within","value":-1}`:                                  "",
			`{"field":"received","op":"within","value":8}`:                              "Inès Théo Léa",
			`{"any":[]}`: "",
			`{"all":[]}`: "Camille Paul Inès Théo Léa",
			`{"all":[{"field":"law","op":"is","value":true},{"any":[{"field":"angry","op":"is","value":true},{"field":"holding","op":"is","value":true}]}]}`: "Théo",
			`{"not":{"any":[{"field":"law","op":"is","value":true},{"field":"reason","op":"is","value":1},{"field":"state","op":"is","value":"closed"}]}}`:   "Camille Inès Léa",
		} {
			v := s.save(s.veronica, view.Owed, filter)
			if names := s.walkThrough(s.marc, view.Asked{View: view.Saved, Saved: v}); names != want {
				t.Errorf("%s: %q, want %q", filter, names, want)
			}
		}
	})
}

// What a shop notes itself narrows a list as its kind allows.
func TestAViewFindsByTheShopsOwnFields(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		got := s.mondays()
		for n, kind := range []string{"text", "number", "date", "choice", "yes_no"} {
			s.set(`insert into field (id, shop_id, name, kind) values ($1, $2, $3, $3)`, n+1, s.lila, kind)
		}
		note := func(name string, field int, value string) {
			s.set(`insert into field_value (conversation_id, field_id, value) values ($1, $2, $3)`, got[name].Conversation, field, value)
		}
		note("Camille", 1, "Gravure 100 %")
		note("Paul", 1, "12")
		note("Paul", 2, "49.9")
		note("Inès", 2, "9")
		note("Inès", 3, "2026-11-28")
		note("Théo", 3, "2026-12-01")
		note("Théo", 4, "or")
		note("Léa", 5, "yes")
		for filter, want := range map[string]string{
			`{"field":"field-1","op":"contains","value":"gravure 100 %"}`:                                      "Camille",
			`{"field":"field-1","op":"is","value":"12"}`:                                                       "Paul",
			`{"field":"field-2","op":"min","value":10}`:                                                        "Paul",
			`{"not":{"field":"field-2","op":"min","value":10}}`:                                                "Camille Inès Théo Léa",
			`{"field":"field-1","op":"min","value":10}`:                                                        "", // a text is no number
			`{"field":"field-3","op":"from","value":"2026-11-29"}`:                                             "Théo",
			`{"field":"field-4","op":"is","value":"or"}`:                                                       "Théo",
			`{"field":"field-5","op":"is","value":"yes"}`:                                                      "Léa",
			`{"field":"field-5","op":"is","value":""}`:                                                         "Camille Paul Inès Théo",
			`{"field":"field-999","op":"is","value":"or"}`:                                                     "",
			`{"any":[{"field":"field-4","op":"is","value":"or"},{"field":"field-5","op":"is","value":"yes"}]}`: "Théo Léa",
		} {
			v := s.save(s.veronica, view.Owed, filter)
			if names := s.walkThrough(s.veronica, view.Asked{View: view.Saved, Saved: v}); names != want {
				t.Errorf("%s: %q, want %q", filter, names, want)
			}
		}
		choices, err := s.lists.Choices(t.Context(), s.lila)
		must(t, err)
		if len(choices.Fields) != 5 || choices.Fields[1].Kind != "number" {
			t.Errorf("offered: %+v", choices.Fields)
		}
	})
}

func TestAFilterThatCantBeUsedSaysWhere(t *testing.T) {
	t.Parallel()
	leaf := `{"field":"law","op":"is","value":true}`
	for filter, where := range map[string]string{
		`nonsense`:           "filter",
		`{"field":"law"} {}`: "filter",
		`{"sql":"1=1"}`:      "filter",
		`{"all":[{"any":[]},{"field":"motif","op":"is","value":1}]}`: "filter.all[1].field",
		`{"not":{"field":"law","op":"min","value":true}}`:            "filter.not.op",
		`{"any":[{"field":"law","op":"is","value":"true"}]}`:         "filter.any[0].value",
		`{"field":"assignee","op":"is","value":"everybody"}`:         "filter.value",
		`{"field":"tag","op":"is","value":-4}`:                       "filter.value",
		`{"field":"field-0","op":"is","value":"x"}`:                  "filter.field",
		`{"field":"field-2","op":"within","value":"x"}`:              "filter.op",
		`{"field":"field-2","op":"min","value":"ten"}`:               "filter.value",
		`{"field":"field-2","op":"from","value":"2026-02-30"}`:       "filter.value",
		`{"field":"field-2","op":"contains","value":" "}`:            "filter.value",
		`{"field":"text","op":"contains","value":"  "}`:              "filter.value",
		`{"field":"due","op":"within","value":1e30}`:                 "filter.value",
		`{"all":[` + leaf + `],"any":[` + leaf + `]}`:                "filter",
		`{"op":"is"}`: "filter",
		`{"not":{"not":{"not":{"not":` + leaf + `}}}}`:          "filter.not.not.not.not",
		`{"all":[` + strings.Repeat(leaf+",", 30) + leaf + `]}`: "filter.all[30]",
	} {
		_, err := view.ParseFilter(filter)
		var f *fault.Fault
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != where {
			t.Errorf("%s: %v at %+v, want %s", filter, err, f, where)
		}
	}
}

func FuzzFilter(f *testing.F) {
	f.Add(everyField)
	f.Add(`{"not":{"all":null}}`)
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := view.ParseFilter(raw)
		if err != nil {
			return
		}
		if _, _, err := view.NarrowedStatements(view.Owed, raw); err != nil {
			t.Errorf("%q is a filter (%+v) and no statement: %v", raw, got, err)
		}
	})
}

// A search that finds nothing among many says that it can go on, and does.
func TestASearchStopsByItsBudgetAndGoesOn(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		r := s.mail("Camille Renaud", "Bague ancienne", arrived(monday.Add(-time.Hour)))
		s.kept(s.marc, r)
		s.set(`with recursive n (i) as (select 1 union all select i + 1 from n where i < 5200)
			insert into conversation (shop_id, channel, subject, state, last_message_at, created_at) select $1, 'mail', 'Collier', 'closed', cast($2 as bigint) + i, cast($2 as bigint) from n`,
			s.lila, monday)
		v := s.save(s.veronica, view.Closed, `{"field":"text","op":"contains","value":"ancienne"}`)
		page, err := s.lists.Conversations(t.Context(), s.marc, view.Asked{View: view.Saved, Saved: v})
		must(t, err)
		if len(page.Items) != 0 || !page.Further || page.Next == "" {
			t.Fatalf("within the budget: %d rows, further %v", len(page.Items), page.Further)
		}
		page, err = s.lists.Conversations(t.Context(), s.marc, view.Asked{View: view.Saved, Saved: v, Cursor: page.Next})
		must(t, err)
		if len(page.Items) != 1 || page.Items[0].ID != r.Conversation || page.Next != "" || page.Further {
			t.Errorf("further back: %+v", page)
		}
	})
}

func TestAViewIsOnesOwnOrShared(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		s.mondays()
		filter := `{"field":"state","op":"is","value":"open"}`
		own, err := s.team.SaveView(t.Context(), s.marc, team.SavedView{Name: "À moi seul", Base: "owed", Filter: filter})
		must(t, err)
		shared := s.save(s.veronica, view.Owed, filter)
		seen := func(by team.Actor) (n int) {
			beside, err := s.lists.Beside(t.Context(), by)
			must(t, err)
			for _, v := range beside.Views {
				if v.Count == nil || v.Count.Count != 5 {
					t.Errorf("%s counts %+v", v.Name, v.Count)
				}
			}
			return len(beside.Views)
		}
		if seen(s.marc) != 2 || seen(s.veronica) != 1 || seen(s.stranger) != 0 {
			t.Errorf("Marc sees %d, Véronica %d, a stranger %d", seen(s.marc), seen(s.veronica), seen(s.stranger))
		}
		for _, by := range []team.Actor{s.veronica, s.stranger} {
			if _, err := s.lists.Conversations(t.Context(), by, view.Asked{View: view.Saved, Saved: own.ID}); fault.KindOf(err) != fault.NotFound {
				t.Errorf("somebody else's own view: %v", err)
			}
			if err := s.team.DeleteView(t.Context(), by, own.ID); fault.KindOf(err) != fault.NotFound {
				t.Errorf("deleted by somebody else: %v", err)
			}
		}
		if err := s.team.DeleteView(t.Context(), s.marc, shared); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an agent deleted what is everybody's: %v", err)
		}
		must(t, s.team.DeleteView(t.Context(), s.veronica, shared))
		if seen(s.marc) != 1 {
			t.Error("it was deleted and is there")
		}
		must(t, s.team.RestoreView(t.Context(), s.veronica, shared))
		if seen(s.marc) != 2 {
			t.Error("it was brought back and isn't there")
		}
		for _, bad := range []team.SavedView{{Name: "  "}, {Name: strings.Repeat("é", 61)}, {Name: "a\nb"}, {Name: "Vue", Icon: "abc"}} {
			if _, err := s.team.SaveView(t.Context(), s.marc, bad); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%+v: %v", bad, err)
			}
		}
	})
}
