package desk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// thanked is a customer who was answered and says thank you.
func (h *house) thanked(n int) id.Conversation {
	h.t.Helper()
	from := fmt.Sprintf("client%d@example.org", n)
	got := h.receive(h.mail(from, fmt.Sprintf("q%d@example.org", n), "Où est mon colis ?"))
	h.answered(got.Conversation, got.Message)
	in := h.mail(from, fmt.Sprintf("t%d@example.org", n), "Merci !", fmt.Sprintf("q%d@example.org", n))
	in.Courtesy = true
	h.receive(in)
	return got.Conversation
}

func (h *house) waiveThanks(chosen ...id.Conversation) desk.WaivedCourtesy {
	h.t.Helper()
	done, err := h.desk.WaiveCourtesy(h.t.Context(), h.agent, chosen)
	if err != nil {
		h.t.Fatal(err)
	}
	return done
}

func (h *house) restoreThanks(by team.Actor, waived []id.Promise) []id.Conversation {
	h.t.Helper()
	back, err := h.desk.RestoreCourtesy(h.t.Context(), by, waived)
	if err != nil {
		h.t.Fatal(err)
	}
	return back
}

// More than one transaction takes (50).
func TestAWholeTrayOfThanksIsPutAwayAndTakenBack(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		const many = 53
		for n := range many {
			h.thanked(n)
		}
		h.clock.Advance(time.Hour)
		done := h.waiveThanks()
		if len(done.Conversations) != many || len(done.Promises) != many {
			h.t.Fatalf("%d conversations and %d promises, want %d", len(done.Conversations), len(done.Promises), many)
		}
		h.clock.Advance(time.Minute)
		if back := h.restoreThanks(h.agent, done.Promises); len(back) != many {
			h.t.Fatalf("%d came back", len(back))
		}
		c := h.conversation(done.Conversations[many-1])
		all := h.promises(c.ID)
		old, now := all[len(all)-2], all[len(all)-1]
		if old.State != promise.Waived || now.State != promise.Open || now.Reopens != old.ID || !now.DueAt.Equal(old.DueAt) || !now.OpenedAt.Equal(old.OpenedAt) {
			h.t.Errorf("the old %+v, the new %+v", old, now)
		}
		if c.State != desk.StateOpen || c.Tray != desk.TrayCourtesy || c.NextKind != promise.Courtesy {
			h.t.Errorf("conversation %s in %s, owed %q", c.State, c.Tray, c.NextKind)
		}
		if again := h.restoreThanks(h.agent, done.Promises); len(again) != 0 {
			h.t.Errorf("a second press brought %d back", len(again))
		}
	})
}

func TestThanksAreTakenBackOnlyWhereNothingElseHappened(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		asked, quiet := h.thanked(1), h.thanked(2)
		done := h.waiveThanks(asked, quiet)
		h.receive(h.mail("client1@example.org", "q3@example.org", "En fait, il manque le fermoir.", "q1@example.org"))
		stranger := h.agent
		stranger.Shop++
		if back := h.restoreThanks(stranger, done.Promises); len(back) != 0 {
			h.t.Errorf("another shop brought back %v", back)
		}
		if back := h.restoreThanks(h.agent, append(done.Promises, 99999)); len(back) != 1 || back[0] != quiet {
			h.t.Errorf("came back: %v, want %d alone", back, quiet)
		}
		if again := h.waiveThanks(quiet); len(again.Promises) != 1 {
			h.t.Errorf("put away again: %+v", again)
		}
		if back := h.restoreThanks(h.agent, done.Promises); len(back) != 0 {
			h.t.Errorf("the old gesture took back the new one: %v", back)
		}
	})
}

// A promise that a person waived one by one, with words, is no part of the gesture.
func TestWhatWasWaivedWithAReasonStaysWaived(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		p := h.theOnly(got.Conversation)
		if done := h.waiveThanks(got.Conversation); len(done.Promises) != 0 {
			h.t.Errorf("a question was waived among the thanks: %+v", done)
		}
		if back := h.restoreThanks(h.agent, []id.Promise{p.ID}); len(back) != 0 {
			h.t.Errorf("came back: %v", back)
		}
	})
}
