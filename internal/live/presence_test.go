package live_test

import (
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/live"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

const (
	lila, brun     = id.Shop(1), id.Shop(2)
	veronica, marc = id.Person(1), id.Person(2)
	colis, bague   = id.Conversation(32), id.Conversation(33)
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func same(t *testing.T, got []live.Presence, want ...live.Presence) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("shown %v, want %v", got, want)
	}
}

func TestAColleagueIsSeenWhereTheyAreAndOnlyInTheirShop(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := live.NewBoard(db, clock.At(monday))
		moved, leave := b.Subscribe()
		defer leave()
		desk, phone := b.Sit(lila, marc), b.Sit(lila, marc)
		desk.At(colis, false)
		<-moved
		phone.At(colis, true)
		<-moved
		same(t, b.Shown(lila, veronica), live.Presence{Conversation: colis, Person: marc, Writing: true})
		same(t, b.Shown(lila, marc))
		same(t, b.Shown(brun, veronica))
		phone.At(bague, false)
		<-moved
		same(t, b.Shown(lila, veronica), live.Presence{Conversation: colis, Person: marc}, live.Presence{Conversation: bague, Person: marc})
		phone.Leave()
		<-moved
		same(t, b.Shown(lila, veronica), live.Presence{Conversation: colis, Person: marc})
	})
}

func TestPresenceEndsByItselfWithoutASignOfLife(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		c := clock.At(monday)
		b := live.NewBoard(db, c)
		cut, well := b.Sit(lila, marc), b.Sit(lila, id.Person(3))
		cut.At(colis, true)
		well.At(colis, false)
		c.Advance(30 * time.Second)
		well.At(colis, false)
		c.Advance(10 * time.Second)
		same(t, b.Shown(lila, veronica), live.Presence{Conversation: colis, Person: 3})
	})
}

// A heartbeat changes no picture: nobody is woken for it.
func TestASignOfLifeWakesNobody(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := live.NewBoard(db, clock.At(monday))
		seat := b.Sit(lila, marc)
		seat.At(colis, false)
		moved, leave := b.Subscribe()
		defer leave()
		seat.At(colis, false)
		seat.At(colis, false)
		select {
		case <-moved:
			t.Error("woken by a sign of life")
		default:
		}
	})
}

func TestEightPeopleMoveAtOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := live.NewBoard(db, clock.At(monday))
		done := make(chan struct{})
		for n := range 8 {
			go func() {
				seat := b.Sit(lila, id.Person(10+n))
				for range 50 {
					seat.At(colis, true)
					b.Shown(lila, veronica)
					seat.Leave()
				}
				seat.At(colis, false)
				done <- struct{}{}
			}()
		}
		for range 8 {
			<-done
		}
		if got := b.Shown(lila, veronica); len(got) != 8 {
			t.Errorf("%d people are shown, want 8", len(got))
		}
	})
}

// On PostgreSQL two nodes are two programs on one database.
func TestAColleagueOnAnotherNodeIsSeenAndLeaves(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		if target == "" { // SQLite: one process a file
			return
		}
		here := testkit.OpenStore(t, target)
		there := testkit.OpenStore(t, target)
		c := clock.At(monday)
		mine, theirs := live.NewBoard(here, c), live.NewBoard(there, c)
		go func() { _ = here.Listen(t.Context()) }()
		moved, leave := mine.Subscribe()
		defer leave()
		seat := theirs.Sit(lila, marc)
		until(t, moved, func() { seat.At(colis, true) })
		same(t, mine.Shown(lila, veronica), live.Presence{Conversation: colis, Person: marc, Writing: true})
		seat.At(colis, false)
		seat.Leave()
		for len(mine.Shown(lila, veronica)) > 0 {
			until(t, moved, func() {})
		}
	})
}

// until waits for a move; the sign is given again until somebody listens.
func until(t *testing.T, moved <-chan struct{}, sign func()) {
	t.Helper()
	end := time.After(30 * time.Second)
	for {
		sign()
		select {
		case <-moved:
			return
		case <-end:
			t.Fatal("nobody moved within 30 s")
		case <-time.After(50 * time.Millisecond):
		}
	}
}
