package notify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// mornings are the morning mails that were written, with their time and text.
func (h *house) mornings() (subjects []string, raw []string) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		subjects, raw = nil, nil
		rows, err := store.All[delivery.Delivery](tx, store.Dynamic(`select `+delivery.Columns+` from delivery where kind = 'system' order by id`))
		for _, d := range rows {
			text := string(must(blob.ReadAll(h.t.Context(), h.blobs, d.Raw)))
			if strings.Contains(text, "List-Unsubscribe") {
				subjects, raw = append(subjects, d.CreatedAt.In(paris).Format("Mon 15:04 ")+d.Subject), append(raw, text)
			}
		}
		return err
	})
	return subjects, raw
}

// joined gives everybody a password: who has not come yet is mailed nothing.
func (h *house) joined() {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		_, err := store.Exec(tx, store.Dynamic(`update person set password = 'x'`))
		return err
	})
}

func (h *house) owes(c id.Conversation, kind promise.Kind, basis promise.Basis, due time.Time) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		_, err := h.desk.Ledger.Open(tx, promise.Owed{Shop: h.shop, Conversation: c, Kind: kind, Basis: basis, DueAt: due, Since: h.clock.Now()})
		return err
	})
}

// openUp is the shop's morning on two nodes, which look every minute.
func (h *house) openUp(at time.Time) {
	h.t.Helper()
	h.clock.Move(at)
	for range 2 {
		if err := h.notify.Mornings(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
	}
	h.until(at)
}

func TestTheMorningMailSaysWhatIsOwedToday(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.joined()
		c := h.write() // owed on Tuesday at 10:00
		h.owes(c, promise.CallBack, promise.Word, at(24, 16, 0))
		h.owes(c, promise.Refund, "L221-24", at(24, 17, 0))
		h.owes(c, promise.Send, promise.Word, at(23, 15, 0))  // breaks on Monday
		h.owes(c, promise.Other, promise.Word, at(25, 12, 0)) // tomorrow's
		h.until(at(23, 17, 0))
		h.openUp(at(24, 8, 59))
		if told, _ := h.mornings(); len(told) != 0 {
			t.Fatalf("before the shop opened: %q", told)
		}
		h.openUp(at(24, 9, 0))
		told, raw := h.mornings()
		if len(told) != 1 || told[0] != "Tue 09:00 Aujourd’hui : 4 à tenir, dont 1 en retard" {
			t.Fatalf("told %q", told)
		}
		text := decoded(raw[0])
		places := []string{"4 engagements sont à tenir", "1 est en retard", "1 relève de la loi", "en retard depuis", "envoyer", "rembourser", "avant 10 h : répondre", "avant 16 h : rappeler"}
		for from := 0; len(places) > 0; places = places[1:] {
			i := strings.Index(text[from:], places[0])
			if i < 0 {
				t.Fatalf("%q does not follow in:\n%s", places[0], text)
			}
			from += i
		}
		for _, never := range []string{"faire ce qui", "Camille", "colis"} {
			if strings.Contains(text, never) {
				t.Errorf("the mail says %q:\n%s", never, text)
			}
		}
		if !strings.Contains(raw[0], "List-Unsubscribe-Post: List-Unsubscribe=One-Click") {
			t.Error("no one-click (RFC 8058)")
		}
		for _, later := range []time.Time{at(24, 9, 1), at(24, 11, 0), at(24, 16, 0)} {
			h.openUp(later)
		}
		if told, _ := h.mornings(); len(told) != 1 {
			t.Errorf("told again: %q", told)
		}
	})
}

func TestTheMorningMailIsForWhoWantsIt(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		marc, sofia := h.colleague("Marc Petit", team.Agent), h.colleague("Sofia Haddad", team.Lead)
		h.joined()
		julien := h.colleague("Julien Roux", team.Lead) // has not come yet
		away := h.colleague("Inès Morel", team.Lead)
		h.joinedOnly(away)
		err := h.team.SetAbsence(t.Context(), h.owner, team.Absence{Person: away, First: calendar.DateOf(monday), Last: calendar.DateOf(monday.AddDate(0, 0, 3))})
		if err != nil {
			t.Fatal(err)
		}
		if err := h.team.SaveTelling(t.Context(), h.owner, team.Telling{Morning: team.MorningOff}); err != nil {
			t.Fatal(err)
		}
		h.write()
		h.openUp(at(24, 9, 0))
		if told, raw := h.mornings(); len(told) != 1 || !strings.Contains(decoded(raw[0]), "Bonjour Sofia") {
			t.Errorf("told %q", told)
		}
		if err := h.team.SaveTelling(t.Context(), team.Actor{Person: marc, Shop: h.shop, Role: team.Agent}, team.Telling{Morning: team.MorningOn, OwnHours: `{"wed":[["14:00","18:00"]]}`}); err != nil {
			t.Fatal(err)
		}
		h.openUp(at(25, 9, 0))
		if told, _ := h.mornings(); len(told) != 2 { // Sofia's second
			t.Errorf("before Marc's day began: %q", told)
		}
		_, _ = sofia, julien
	})
}

func (h *house) joinedOnly(who id.Person) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		_, err := store.Exec(tx, store.Dynamic(`update person set password = 'x' where id = $1`), who)
		return err
	})
}

func TestNothingOwedIsSaidOnlyToWhoAskedForIt(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.joined()
		h.openUp(at(24, 9, 0))
		if told, _ := h.mornings(); len(told) != 0 {
			t.Errorf("told %q", told)
		}
		if err := h.team.SaveTelling(t.Context(), h.owner, team.Telling{Morning: team.MorningAlways}); err != nil {
			t.Fatal(err)
		}
		h.openUp(at(25, 9, 0))
		if told, _ := h.mornings(); len(told) != 1 || told[0] != "Wed 09:00 Rien n’est dû aujourd’hui" {
			t.Errorf("told %q", told)
		}
	})
}

func TestNoMorningOnAClosedDayNorInTheAfternoon(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.joined()
		h.write()
		h.openUp(at(28, 10, 0)) // Saturday
		h.openUp(at(30, 12, 1)) // Monday, the desk was down all morning
		if told, _ := h.mornings(); len(told) != 0 {
			t.Errorf("told %q", told)
		}
	})
}

// Eight nodes look at once: each person is mailed once.
func TestManyNodesMailOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.joined()
		h.write()
		h.clock.Move(at(24, 9, 0))
		done := make(chan error, 8)
		for range 8 {
			go func() { done <- h.notify.Mornings(t.Context()) }()
		}
		for range 8 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		h.until(h.clock.Now())
		if told, _ := h.mornings(); len(told) != 1 {
			t.Errorf("told %q", told)
		}
	})
}

// Killed between the row and the mail: the job is in the transaction of the row,
// and its end in that of the mail.
func TestAMailThatDidNotLeaveIsWrittenByTheNextTry(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.joined()
		h.write()
		h.clock.Move(at(24, 9, 0))
		if err := h.notify.Mornings(t.Context()); err != nil {
			t.Fatal(err)
		}
		blobs := h.notify.Reply.Blobs
		h.notify.Reply.Blobs = broken{blobs}
		for _, j := range h.claim() {
			if err := h.notify.Morning(t.Context(), j); err == nil {
				t.Fatal("it went through")
			}
			h.putBack(j)
		}
		if told, _ := h.mornings(); len(told) != 0 {
			t.Fatalf("told %q", told)
		}
		h.notify.Reply.Blobs = blobs
		h.until(h.clock.Now())
		if told, _ := h.mornings(); len(told) != 1 {
			t.Errorf("told %q", told)
		}
	})
}

func TestTheLinkInTheMailEndsItAndOnlyIt(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		link := h.notify.UnsubscribeURL(h.shop, h.owner.Person)
		token := link[strings.LastIndex(link, "/")+1:]
		wrong := []string{"", "x", "1.1.AAAA", token[:len(token)-2], "2" + token[1:], strings.Replace(token, ".", ".9", 1)}
		for _, it := range wrong {
			if err := h.notify.Unsubscribe(t.Context(), it); err == nil {
				t.Errorf("%q was taken", it)
			}
		}
		if err := h.notify.Unsubscribe(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		h.tx(func(tx *store.Tx) error {
			m, err := h.team.Member(tx, h.shop, h.owner.Person)
			if m.WantsMorning() != team.MorningOff {
				t.Errorf("it stays %q", m.WantsMorning())
			}
			return err
		})
	})
}
