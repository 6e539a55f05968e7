package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

type savedList struct {
	Answers []api.SavedAnswer
	Folders []api.SavedAnswerFolder
}

func lostParcel() m {
	return m{
		"title": "Colis perdu", "shortcut": "/Perdu", "review_on": "2026-11-23",
		"bodies": m{"fr": `<p>{{greeting}}</p><p>Message du {{received}}, commande n° {{order.number}}</p>`}, "actions": []m{{"kind": "wait"}},
	}
}

func TestMarcWritesASavedAnswerAndInesUsesIt(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		rows := d.whole()
		marc, inès := d.lead(), d.agent()
		var folders struct{ Folders []api.SavedAnswerFolder }
		marc.do("POST", "/saved-answer-folders", m{"name": "Livraison"}).ok().read(&folders)
		input := lostParcel()
		input["folder"] = folders.Folders[0].ID
		var made api.SavedAnswerWhole
		marc.do("POST", "/saved-answers", input).ok().read(&made)
		if made.Shortcut != "perdu" || made.Revision != 1 || !made.MayEdit || !made.ReviewDue || made.Bodies.EN != "" {
			t.Errorf("made %+v", made)
		}

		var got desk.Received
		err := db.InTx(t.Context(), func(tx *store.Tx) (err error) {
			got, err = rows.Receive(tx, desk.Incoming{
				Shop: d.lila, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: "a@example.org", Fingerprint: "a", Language: "fr",
				From: mime.Address{Name: "Camille Renaud", Address: "camille@example.org"}, Subject: "Colis", Text: "Où est-il ?", ArrivedAt: monday.AddDate(0, 0, -1),
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var list savedList
		inès.do("GET", "/saved-answers?q=greeting&lang=en", nil).ok().read(&list)
		if len(list.Answers) != 1 || list.Answers[0].MissingLanguage != "en" || list.Answers[0].MayEdit || !strings.HasPrefix(list.Answers[0].Preview, "Message du …, commande n° …") {
			t.Fatalf("list %+v", list)
		}
		path := fmt.Sprintf("/saved-answers/%d", list.Answers[0].ID)
		var filled api.RenderedAnswer
		inès.do("GET", fmt.Sprintf("%s/rendered?conversation=%d", path, got.Conversation), nil).ok().read(&filled)
		if filled.HTML != "<p>Bonjour Camille Renaud,</p><p>Message du 22/11/2026, commande n° {{order.number}}</p>" ||
			!slices.Equal(filled.Holes, []string{"{{order.number}}"}) || len(filled.Actions) != 1 || filled.MissingLanguage != "" {
			t.Errorf("filled %+v", filled)
		}
		inès.do("GET", fmt.Sprintf("%s/rendered?conversation=%d&lang=en", path, got.Conversation), nil).ok().read(&filled)
		if filled.HTML != "" || filled.MissingLanguage != "en" || !slices.Equal(filled.Languages, []string{"fr"}) {
			t.Errorf("in English %+v", filled)
		}
		var known struct{ Facts []api.KnownFact }
		inès.do("GET", fmt.Sprintf("/facts?conversation=%d", got.Conversation), nil).ok().read(&known)
		for _, want := range []api.KnownFact{
			{Name: "customer.first_name", Text: "Camille"},
			{Name: "customer.phone"},
			{Name: "received", Text: "22/11/2026"},
			{Name: "hours", Text: "aujourd’hui de 9\u00a0h à 18\u00a0h"},
		} {
			if !slices.Contains(known.Facts, want) {
				t.Errorf("%+v isn't among %+v", want, known.Facts)
			}
		}
		inès.do("GET", "/facts?conversation=4711", nil).want(http.StatusNotFound, "not_found")
		inès.do("GET", path+"/rendered?conversation=4711", nil).want(http.StatusNotFound, "not_found")
		inès.do("GET", path+"/rendered?lang=de", nil).want(http.StatusUnprocessableEntity, "invalid")

		inès.do("POST", path+"/used", nil).done()
		inès.do("GET", path, nil).ok().read(&made)
		if made.Uses != 1 || made.UsedAt == nil || !made.UsedAt.Equal(monday) || made.Revision != 1 {
			t.Errorf("used %+v", made)
		}
	})
}

func TestASavedAnswerIsChangedArchivedAndBroughtBack(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		marc, inès := d.lead(), d.agent()
		inès.do("POST", "/saved-answers", lostParcel()).want(http.StatusForbidden, "forbidden")
		inès.do("POST", "/saved-answer-folders", m{"name": "Livraison"}).want(http.StatusForbidden, "forbidden")
		var made api.SavedAnswerWhole
		marc.do("POST", "/saved-answers", lostParcel()).ok().read(&made)
		path := fmt.Sprintf("/saved-answers/%d", made.ID)
		change := lostParcel()
		change["revision"], change["title"] = 1, "Colis égaré"
		inès.do("PUT", path, change).want(http.StatusForbidden, "forbidden")
		marc.do("PUT", path, change).ok().read(&made)
		if made.Title != "Colis égaré" || made.Revision != 2 {
			t.Errorf("saved %+v", made)
		}
		if got := marc.do("PUT", path, change).want(http.StatusConflict, "stale"); !strings.Contains(got.raw, `"current":{"id":`) {
			t.Errorf("stale: %s", got.raw)
		}
		change["revision"], change["bodies"] = 2, m{"fr": "<p></p>"}
		marc.do("PUT", path, change).wrong("body.bodies")
		change["bodies"], change["actions"] = m{"fr": "<p>x</p>"}, []m{{"kind": "snooze"}}
		marc.do("PUT", path, change).wrong("body.actions[0]")

		inès.do("DELETE", path, nil).want(http.StatusForbidden, "forbidden")
		var gone struct{ Undo api.Undo }
		marc.do("DELETE", path, nil).ok().read(&gone)
		var list savedList
		if marc.do("GET", "/saved-answers", nil).ok().read(&list); len(list.Answers) != 0 {
			t.Errorf("after archiving: %+v", list)
		}
		if marc.do("GET", "/saved-answers?archived=true", nil).ok().read(&list); len(list.Answers) != 1 || !list.Answers[0].Archived {
			t.Errorf("archived: %+v", list)
		}
		marc.do(gone.Undo.Method, strings.TrimPrefix(gone.Undo.Path, "/api/v1"), nil).ok()
		if marc.do("GET", "/saved-answers", nil).ok().read(&list); len(list.Answers) != 1 {
			t.Errorf("brought back: %+v", list)
		}

		// Inès has her own.
		own := lostParcel()
		own["personal"] = true
		inès.do("POST", "/saved-answers", own).ok().read(&made)
		if !made.MayEdit || made.Owner == nil || *made.Owner != d.inès {
			t.Errorf("her own: %+v", made)
		}
		marc.do("GET", fmt.Sprintf("/saved-answers/%d", made.ID), nil).want(http.StatusNotFound, "not_found")
	})
}

func TestFoldersOfSavedAnswers(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := open(t, db).lead()
		var got struct{ Folders []api.SavedAnswerFolder }
		for _, name := range []string{"Livraison", "Retours"} {
			b.do("POST", "/saved-answer-folders", m{"name": name}).ok().read(&got)
		}
		b.do("POST", "/saved-answer-folders", m{"name": "Retours"}).wrong("body.name")
		first, second := got.Folders[0].ID, got.Folders[1].ID
		b.do("PUT", "/saved-answer-folders", m{"folders": []any{second, first}}).ok().read(&got)
		b.do("PUT", fmt.Sprintf("/saved-answer-folders/%d", first), m{"name": "Colis"}).ok().read(&got)
		if len(got.Folders) != 2 || got.Folders[0].Name != "Retours" || got.Folders[1].Name != "Colis" {
			t.Errorf("folders %+v", got)
		}
		input := lostParcel()
		input["folder"] = first
		b.do("POST", "/saved-answers", input).ok()
		b.do("DELETE", fmt.Sprintf("/saved-answer-folders/%d", first), nil).want(http.StatusConflict, "not_empty")
		if b.do("DELETE", fmt.Sprintf("/saved-answer-folders/%d", second), nil).ok().read(&got); len(got.Folders) != 1 || got.Folders[0].Answers != 1 {
			t.Errorf("folders %+v", got)
		}
	})
}
