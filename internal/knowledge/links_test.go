package knowledge_test

import (
	"context"
	"errors"
	"net"
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// A page that is gone is told to the guard; a server in trouble says nothing of
// the page; a week later each is asked again.
func TestLinksOfSavedAnswersAreAskedOnceAWeek(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		clk := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
		var shop id.Shop
		write := func(do func(tx *store.Tx) error) {
			t.Helper()
			if err := db.InTx(t.Context(), do); err != nil {
				t.Fatal(err)
			}
		}
		write(func(tx *store.Tx) (err error) {
			if shop, err = store.One[id.Shop](tx, store.Dynamic(`insert into shop (name, created_at) values ('Maison Lila', 1) returning id`)); err != nil {
				return err
			}
			answer, err := store.One[id.SavedAnswer](tx, store.Dynamic(`
				insert into saved_answer (shop_id, title, created_at, updated_at) values ($1, 'Tailles', 1, 1) returning id`), shop)
			if err != nil {
				return err
			}
			_, err = store.Exec(tx, store.Dynamic(`insert into saved_answer_body (answer_id, language, html) values ($1, 'fr', $2)`), answer,
				"<p>Le guide : https://lila.example/guide, le suivi {{order.tracking_url}}, l’ancien www.lila.example/vieux et https://parti.example/.</p>")
			return err
		})
		pages := map[string]int{"https://lila.example/guide": 200, "https://www.lila.example/vieux": 410}
		var asked []string
		links := knowledge.Links{DB: db, Clock: clk, Ask: func(_ context.Context, link string) (int, error) {
			asked = append(asked, link)
			switch {
			case pages[link] != 0:
				return pages[link], nil
			case link == "https://parti.example/":
				return 0, &net.DNSError{Err: "no such host", Name: "parti.example", IsNotFound: true}
			}
			return 0, errors.New("unexpected")
		}}
		check := func() []string {
			t.Helper()
			asked = nil
			if err := links.Check(t.Context()); err != nil {
				t.Fatal(err)
			}
			var dead []string
			write(func(tx *store.Tx) (err error) { dead, err = knowledge.DeadLinks(tx, shop); return err })
			return dead
		}
		if dead := check(); len(asked) != 3 || !slices.Equal(dead, []string{"https://parti.example/", "www.lila.example/vieux"}) {
			t.Errorf("asked %q, dead %q", asked, dead)
		}
		if check(); len(asked) != 0 {
			t.Errorf("asked again at once: %q", asked)
		}
		clk.Advance(8 * 24 * time.Hour)
		pages["https://www.lila.example/vieux"] = 503
		pages["https://parti.example/"] = 200
		if dead := check(); len(asked) != 3 || !slices.Equal(dead, []string{"www.lila.example/vieux"}) {
			t.Errorf("a week later: asked %q, dead %q", asked, dead)
		}
		write(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update saved_answer set archived_at = 2`))
			return err
		})
		if dead := check(); len(dead) != 0 {
			t.Errorf("an answer that was put away still warns of %q", dead)
		}
	})
}
