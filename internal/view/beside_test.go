package view_test

import (
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

func TestTagsStandBesideTheListsWithWhatIsOwed(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille, paul, ines := s.mail("Camille Renaud", "Colis"), s.mail("Paul Delmas", "Bague"), s.mail("Inès Belkacem", "Chaîne")
		tag := s.tag("gravure")
		for _, r := range []desk.Received{camille, paul, ines} {
			s.tx(func(tx *store.Tx) error {
				_, err := s.desk.Tag(tx, s.marc, r.Conversation, tag, true)
				return err
			})
		}
		s.kept(s.marc, ines) // owed no more
		s.snooze(paul, time.Hour)
		shown := func() view.Beside {
			beside, err := s.lists.Beside(t.Context(), s.veronica)
			must(t, err)
			return beside
		}
		if got := shown().Tags; len(got) != 1 || got[0].Name != "gravure" || got[0].Count != 1 {
			t.Errorf("tags %+v", got)
		}
		s.clock.Advance(2 * time.Hour)
		if got := shown().Tags; got[0].Count != 2 {
			t.Errorf("awake again: %+v", got)
		}

		name := "tag-" + tag.String()
		for range 2 { // a second press changes nothing
			must(t, s.team.SetFavourite(t.Context(), s.veronica, name, true))
		}
		if got := shown().Favourites; !slices.Equal(got, []string{name}) {
			t.Errorf("first stand %q", got)
		}
		other, err := s.lists.Beside(t.Context(), s.marc)
		must(t, err)
		if len(other.Favourites) != 0 {
			t.Errorf("Marc's are his own: %q", other.Favourites)
		}
		must(t, s.team.SetFavourite(t.Context(), s.veronica, name, false))
		if got := shown().Favourites; len(got) != 0 {
			t.Errorf("taken away: %q", got)
		}
		for _, wrong := range []string{"owed", "tag-0", "tag-1; drop", "view-3", ""} {
			if err := s.team.SetFavourite(t.Context(), s.veronica, wrong, true); !fault.Is(err, "invalid") {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		s.set(`update tag set archived = true where id = $1`, tag)
		s.lists.Forget(s.lila)
		if got := shown().Tags; len(got) != 0 {
			t.Errorf("archived: %+v", got)
		}
	})
}
