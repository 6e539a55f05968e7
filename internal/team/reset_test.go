package team_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

const fresh = "trois perles de Tahiti"

func (d *desk) askReset(email string) {
	d.t.Helper()
	if err := d.team.RequestReset(d.t.Context(), email, home); err != nil {
		d.t.Fatal(err)
	}
}

func TestAResetWorksOnceAndEndsWhatTheOldPasswordGave(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		in := d.signIn("veronica@maison-lila.fr", veronicas, "Téléphone")
		for range 5 {
			d.try("wrong")
		}
		d.askReset("Veronica@maison-lila.fr")
		d.askReset("veronica@maison-lila.fr")
		if len(d.post.resets) != 2 {
			t.Fatalf("%d letters, want 2", len(d.post.resets))
		}
		first, second := d.post.resets[0], d.post.resets[1]
		wrongField(t, d.team.ConfirmReset(t.Context(), first, "court"), "password")
		if err := d.team.ConfirmReset(t.Context(), first, fresh); err != nil {
			t.Fatal(err)
		}
		for name, token := range map[string]string{"the used one": first, "the other one": second, "an invented one": "x", "none": ""} {
			if err := d.team.ConfirmReset(t.Context(), token, "quatre perles de Tahiti"); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, _, code := d.is(in.Token); code != "unauthenticated" {
			t.Errorf("the open session: %q", code)
		}
		if got := d.try(fresh); got != "" { // no longer locked either
			t.Errorf("the new password: %q", got)
		}
	})
}

func TestAResetGoesStaleAfterAnHour(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.askReset("veronica@maison-lila.fr")
		d.clock.Advance(time.Hour)
		if err := d.team.ConfirmReset(t.Context(), d.post.resets[0], fresh); fault.KindOf(err) != fault.NotFound {
			t.Errorf("after an hour: %v", err)
		}
	})
}

func TestNobodyLearnsWhoHasAnAddressNorFillsAMailbox(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.askReset("nobody@maison-lila.fr")
		if len(d.post.resets) != 0 {
			t.Error("a letter to nobody")
		}
		for range 10 {
			d.askReset("marc@maison-lila.fr")
		}
		if n := len(d.post.resets); n != 3 {
			t.Errorf("%d letters for ten presses, want 3", n)
		}
	})
}

func TestEightUsesOfOneResetAreOne(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.askReset("veronica@maison-lila.fr")
		var used atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				err := d.team.ConfirmReset(context.Background(), d.post.resets[0], fresh)
				if err == nil {
					used.Add(1)
				} else if fault.KindOf(err) != fault.NotFound {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if used.Load() != 1 {
			t.Errorf("used %d times", used.Load())
		}
	})
}

func TestAnInvitationLeadsIn(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		n := team.NewPerson{Name: "  Camille   Roux ", Email: "Camille@maison-lila.fr", Role: team.Agent}
		lead := team.Actor{Person: d.marc, Shop: d.lila, Role: team.Lead}
		if _, err := d.team.Invite(t.Context(), lead, n); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("by a lead: %v", err)
		}
		got, err := d.team.Invite(t.Context(), d.owner(), n)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.post.invites) != 1 || d.post.invites[0] != got.Token {
			t.Errorf("letters %v, token %q", d.post.invites, got.Token)
		}
		_, err = d.team.Invite(t.Context(), d.owner(), n)
		wrongField(t, err, "email")

		d.clock.Advance(6 * 24 * time.Hour)
		if err := d.team.ConfirmReset(t.Context(), got.Token, fresh); err != nil {
			t.Fatal(err)
		}
		if code := d.tryAs("camille@maison-lila.fr", fresh, ""); code != "" {
			t.Errorf("signing in: %q", code)
		}
		if _, err := d.team.InviteAgain(t.Context(), d.owner(), got.Person); fault.KindOf(err) != fault.Conflict {
			t.Errorf("invited again after joining: %v", err)
		}
		d.read(func(tx *store.Tx) error {
			m, err := d.team.Member(tx, d.lila, got.Person)
			if m.Name != "Camille Roux" || m.Role != team.Agent || !m.Joined || m.Language != "fr" {
				t.Errorf("member = %+v", m)
			}
			return err
		})
	})
}

func TestASecondInvitationReplacesTheFirst(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		first, err := d.team.Invite(t.Context(), d.owner(), team.NewPerson{Name: "Camille Roux", Email: "camille@maison-lila.fr", Role: team.Agent})
		if err != nil {
			t.Fatal(err)
		}
		d.clock.Advance(8 * 24 * time.Hour)
		if err := d.team.ConfirmReset(t.Context(), first.Token, fresh); fault.KindOf(err) != fault.NotFound {
			t.Errorf("after eight days: %v", err)
		}
		second, err := d.team.InviteAgain(t.Context(), d.owner(), first.Person)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.team.ConfirmReset(t.Context(), second.Token, fresh); err != nil {
			t.Error(err)
		}
	})
}
