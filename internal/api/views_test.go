package api_test

import (
	"net/http"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

type shownViews struct {
	Views []struct {
		ID     int64  `json:"id"`
		Name   string `json:"name"`
		Own    bool   `json:"own"`
		Filter m      `json:"filter"`
		Count  *struct {
			Count int `json:"count"`
		} `json:"count"`
	} `json:"views"`
}

type undone struct {
	Undo *struct {
		Path string         `json:"path"`
		Body map[string]any `json:"body"`
	} `json:"undo"`
}

func (b *browser) takeBack(a answer) {
	b.t.Helper()
	var got undone
	a.ok().read(&got)
	if got.Undo == nil {
		b.t.Fatalf("no way back: %s", a.raw)
	}
	if back := b.do("POST", got.Undo.Path[len("/api/v1"):], got.Undo.Body); back.status >= http.StatusMultipleChoices {
		b.t.Errorf("the way back: %d %s", back.status, back.raw)
	}
}

func TestAViewIsMadeReadChangedAndBroughtBack(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.thanks(d.whole(), 1)
		b := d.agent()
		thanks := m{"all": []m{{"field": "state", "op": "is", "value": "open"}, {"not": m{"field": "text", "op": "contains", "value": "retour"}}}}
		var made struct {
			ID id.SavedView `json:"id"`
		}
		b.do("POST", "/views", m{"name": "Mercis", "icon": "💐", "base": "courtesy", "filter": thanks}).ok().read(&made)
		var shown shownViews
		b.do("GET", "/views", nil).ok().read(&shown)
		if len(shown.Views) != 1 || !shown.Views[0].Own || shown.Views[0].Count.Count != 1 || len(shown.Views[0].Filter["all"].([]any)) != 2 { //nolint:errcheck,forcetypeassert // a test
			t.Fatalf("%+v", shown)
		}
		var page struct {
			Items []m `json:"items"`
		}
		b.do("GET", "/conversations?view=saved&saved="+made.ID.String(), nil).ok().read(&page)
		if len(page.Items) != 1 {
			t.Errorf("%d rows", len(page.Items))
		}
		b.do("PUT", "/views/"+made.ID.String(), m{"name": "Merci", "base": "courtesy", "filter": thanks, "shared": true}).ok()
		b.takeBack(b.do("DELETE", "/views/"+made.ID.String(), nil))
		d.lead().do("GET", "/views", nil).ok().read(&shown)
		if len(shown.Views) != 1 || shown.Views[0].Name != "Merci" || shown.Views[0].Own {
			t.Errorf("a colleague sees %+v", shown)
		}
		b.do("POST", "/views/preview", m{"base": "courtesy", "filter": m{"any": []m{{"field": "motif", "op": "is", "value": 1}}}}).wrong("body.filter.any[0].field")
		b.do("POST", "/views", m{"name": "Vide", "base": "owed", "filter": m{}}).wrong("body.filter")
		b.do("GET", "/views/choices", nil).ok()
	})
}

func TestTheOrderOfListsIsRemembered(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := open(t, db).agent()
		order := func() string {
			var me struct {
				Person struct {
					ListOrder string `json:"list_order"`
				} `json:"person"`
			}
			b.do("GET", "/me", nil).ok().read(&me)
			return me.Person.ListOrder
		}
		if order() != "due" {
			t.Errorf("at first %q", order())
		}
		b.do("PATCH", "/me", m{"list_order": "rank"}).ok()
		if order() != "rank" {
			t.Errorf("then %q", order())
		}
		b.do("GET", "/conversations?view=owed&order=rank", nil).ok()
		b.do("GET", "/next?order=rank", nil).ok()
	})
}

func TestSeveralAtOnceByTheirIdsOrByTheirList(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		rows := d.whole()
		first, second := d.thanks(rows, 1), d.thanks(rows, 2)
		b := d.agent()
		var done struct {
			Done    []id.Conversation `json:"done"`
			Refused []m               `json:"refused"`
			Next    string            `json:"next"`
		}
		a := b.do("POST", "/bulk", m{"ids": []id.Conversation{first, 4242}, "action": m{"do": "assign", "person": d.inès}})
		a.ok().read(&done)
		if len(done.Done) != 1 || len(done.Refused) != 1 || done.Refused[0]["code"] != "not_found" {
			t.Fatalf("%+v", done)
		}
		b.takeBack(a)
		a = b.do("POST", "/bulk", m{"list": m{"view": "courtesy"}, "action": m{"do": "spam"}})
		a.ok().read(&done)
		if len(done.Done) != 2 || done.Done[1] != second || done.Next != "" {
			t.Fatalf("%+v", done)
		}
		b.takeBack(a)
		// A word that was typed makes a tag, once; a reason of nobody's and a team that isn't there are refused.
		a = b.do("POST", "/bulk", m{"ids": []id.Conversation{first, second}, "action": m{"do": "tag", "name": "Noël"}})
		a.ok().read(&done)
		if len(done.Done) != 2 {
			t.Fatalf("%+v", done)
		}
		b.takeBack(a)
		b.do("POST", "/bulk", m{"ids": []id.Conversation{first}, "action": m{"do": "team", "team": 999}}).want(http.StatusNotFound, "not_found")
		a = b.do("POST", "/bulk", m{"ids": []id.Conversation{first, second}, "action": m{"do": "priority", "priority": -1}})
		a.ok().read(&done)
		b.takeBack(a)
		b.do("POST", "/bulk", m{"ids": []id.Conversation{first}, "action": m{"do": "vanish"}}).want(http.StatusUnprocessableEntity, "invalid")
		b.do("POST", "/bulk", m{"ids": []id.Conversation{first}, "action": m{"do": "assign", "person": 999}}).want(http.StatusNotFound, "not_found")
		b.do("POST", "/bulk", m{"list": m{"view": "nothing"}, "action": m{"do": "close"}}).want(http.StatusUnprocessableEntity, "invalid")
	})
}
