package view_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

func TestAnotherShopSeesNothing(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille := s.mail("Camille Renaud", "Colis", func(in *desk.Incoming) {
			in.Files = []desk.IncomingFile{{Name: "colis.jpg", Type: "image/jpeg", Size: 10, Blob: "aa"}}
		})
		sent := s.answer(s.marc, camille, "<p>Bonjour Camille, il repart demain.</p>")
		s.unreadable("From: x", 1)
		file := s.open(s.marc, camille.Conversation).Entries[0].Message.Attachments[0].ID
		ctx, by := t.Context(), s.stranger
		for v := range map[view.View]bool{view.Owed: true, view.Mine: true, view.Unassigned: true, view.Closed: true, view.Waiting: true, view.Snoozed: true} {
			if rows := s.list(by, v); len(rows) != 0 {
				t.Errorf("%s: %+v", v, rows)
			}
		}
		if n := s.counts(by); n != (view.Counts{}) {
			t.Errorf("counts: %+v", n)
		}
		quarantine, err := s.lists.Quarantine(ctx, by.Shop, "", 0)
		must(t, err)
		outbox, err := s.lists.Outbox(ctx, by.Shop, "all", "", 0)
		must(t, err)
		customers, err := s.lists.Customers(ctx, by.Shop, "camille")
		must(t, err)
		if len(quarantine.Items)+len(outbox.Items)+len(customers) != 0 {
			t.Errorf("quarantine %+v, outbox %+v, customers %+v", quarantine, outbox, customers)
		}
		for what, read := range map[string]func() error{
			"conversation":   func() error { _, err := s.lists.Conversation(ctx, by, camille.Conversation); return err },
			"head":           func() error { _, err := s.lists.Head(ctx, by, camille.Conversation); return err },
			"timeline":       func() error { _, err := s.lists.Older(ctx, by, camille.Conversation, ""); return err },
			"body":           func() error { _, err := s.lists.MessageBody(ctx, by.Shop, camille.Message); return err },
			"attachment":     func() error { _, err := s.lists.Attachment(ctx, by.Shop, file); return err },
			"outgoing mail":  func() error { _, err := s.lists.OutboxRaw(ctx, by, sent.Delivery.ID); return err },
			"raw quarantine": func() error { _, err := s.lists.QuarantineRaw(ctx, by.Shop, 1); return err },
		} {
			if err := read(); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v, want not found", what, err)
			}
		}
	})
}

// unreadable puts n mails into the quarantine.
func (s *story) unreadable(head string, n int) {
	s.t.Helper()
	raws := make([]intake.Raw, n)
	for i := range raws {
		s.mails++
		raws[i] = intake.Raw{
			Shop: s.lila, Mailbox: s.box, Source: intake.SourceSMTP, Role: intake.RoleInbox, ArrivedAt: s.clock.Now(),
			Content: fmt.Appendf(nil, "%s\r\nX-Number: %d\r\n\r\n\xff\xfe", head, s.mails), Reason: "mime: broken",
		}
	}
	must(s.t, s.intake.Store(s.t.Context(), raws))
}

func TestQuarantineShowsWhatItCanGuess(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		for _, head := range []string{
			"Received: x\r\nfrom: =?UTF-8?Q?In=C3=A8s?= <ines@example.com>\r\nSubject: Ma\r\n cha\xeene\x07",
			"\x00\x01 nothing here", "Subject:" + strings.Repeat("é", 5000),
		} {
			s.unreadable(head, 1)
		}
		page, err := s.lists.Quarantine(t.Context(), s.lila, "", 0)
		must(t, err)
		if len(page.Items) != 3 || page.Next != "" {
			t.Fatalf("page: %+v", page)
		}
		first := page.Items[2]
		if first.FromGuess != "Inès <ines@example.com>" || first.SubjectGuess != "Ma cha�ne" || first.Mailbox != "Contact" ||
			first.State != "quarantined" || first.Reason != "mime: broken" {
			t.Errorf("the first that came: %+v", first)
		}
		if second := page.Items[1]; second.FromGuess != "" || second.SubjectGuess != "" {
			t.Errorf("guessed from nothing: %+v", second)
		}
		if long := page.Items[0].SubjectGuess; len([]rune(long)) != 201 {
			t.Errorf("a long subject has %d letters", len([]rune(long)))
		}
		if n := s.counts(s.marc).Quarantine; n != 3 {
			t.Errorf("counted: %d", n)
		}
		s.unreadable("From: x", 3)
		var seen []id.Item
		for cursor, more := "", true; more; {
			page, err := s.lists.Quarantine(t.Context(), s.lila, cursor, 4)
			must(t, err)
			for _, u := range page.Items {
				seen = append(seen, u.ID)
			}
			cursor, more = page.Next, page.Next != ""
		}
		if len(seen) != 6 || seen[0] <= seen[5] {
			t.Errorf("in parts: %v", seen)
		}
	})
}

func TestOutbox(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille := s.mail("Camille Renaud", "Colis")
		held := s.answer(s.marc, camille, "<p>Bonjour Camille, il repart demain.</p>")
		s.answer(s.marc, s.mail("Paul Delmas", "Bracelet"), "<p>Bonjour Paul, merci de votre patience.</p>")
		must(t, s.reply.SendSystem(t.Context(), reply.SystemMail{
			Shop: s.lila, To: mime.Address{Address: "veronica@example.org"}, Subject: "Mot de passe", Text: "https://desk.example/reset/secret", Language: "fr",
		}, func(*store.Tx) error { return nil }))
		s.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update delivery set state = 'held', detail = 'no_server' where id = $1`), held.Delivery.ID)
			return err
		})
		s.lists.Forget(s.lila)
		if n := s.counts(s.marc).OutboxHeld; n != 1 {
			t.Errorf("counted as held: %d", n)
		}
		page := func(state string) []view.Outgoing {
			t.Helper()
			out, err := s.lists.Outbox(t.Context(), s.lila, state, "", 0)
			must(t, err)
			return out.Items
		}
		all := page("all")
		if len(all) != 3 || all[0].Kind != "system" || all[0].Text != "" || all[0].Conversation != nil || all[0].To != "veronica@example.org" {
			t.Fatalf("all: %+v", all)
		}
		for cursor, i := "", 0; i < 3; i++ { // a mail a page: the bench of kills found that the second refused its cursor
			one, err := s.lists.Outbox(t.Context(), s.lila, "all", cursor, 1)
			must(t, err)
			if cursor = one.Next; len(one.Items) != 1 || one.Items[0].Delivery.ID != all[i].Delivery.ID || (cursor == "") != (i == 2) {
				t.Fatalf("page %d: %+v", i+1, one)
			}
		}
		got := page("held")
		if len(got) != 1 || got[0].Delivery.State != "held" || got[0].Delivery.Detail != "no_server" || got[0].Conversation.Subject != "Colis" ||
			!strings.HasPrefix(got[0].Text, "Bonjour Camille") || got[0].To != "camille.renaud@example.com" {
			t.Errorf("held: %+v", got)
		}
		if n := len(page("failed")) + len(page("local")) + len(page("uncertain")); n != 0 {
			t.Errorf("elsewhere: %d", n)
		}
		if _, err := s.lists.Outbox(t.Context(), s.lila, "lost", "", 0); fault.KindOf(err) != fault.Invalid {
			t.Errorf("an unknown state: %v", err)
		}
		raw, err := s.lists.OutboxRaw(t.Context(), s.marc, held.Delivery.ID)
		must(t, err)
		if raw != held.Delivery.Raw {
			t.Errorf("raw: %s", raw)
		}
		// A reset's link would let an agent in as the owner.
		if _, err := s.lists.OutboxRaw(t.Context(), s.marc, all[0].Delivery.ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an agent reads a reset: %v", err)
		}
		if _, err := s.lists.OutboxRaw(t.Context(), s.veronica, all[0].Delivery.ID); err != nil {
			t.Errorf("an owner: %v", err)
		}
	})
}

func TestHowADeliveryIsShown(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille := s.mail("Camille Renaud", "Colis")
		sent := s.answer(s.marc, camille, "<p>Bonjour Camille, il repart demain.</p>")
		for state, want := range map[delivery.State]string{
			delivery.Queued: "queued", delivery.Claimed: "sending", delivery.DotPending: "sending", delivery.Soft: "retrying",
			delivery.Hard: "failed", delivery.Uncertain: "uncertain", delivery.Held: "held", delivery.Local: "local", delivery.Accepted: "accepted",
		} {
			s.tx(func(tx *store.Tx) error {
				_, err := store.Exec(tx, store.Dynamic(`update delivery set state = $2 where id = $1`), sent.Delivery.ID, state)
				return err
			})
			d := s.open(s.marc, camille.Conversation).Entries[1].Message.Delivery
			if d.State != want || (d.UndoUntil != nil) != (state == delivery.Queued) {
				t.Errorf("%s is shown as %+v", state, d)
			}
		}
	})
}

func TestCustomersAreFoundAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		s.mail("Inès Belkacem", "Chaîne")
		s.clock.Advance(time.Minute)
		s.tx(func(tx *store.Tx) error {
			_, err := s.desk.NoteContact(tx, s.marc, desk.Contact{
				Key: "k", Channel: "phone", Name: "Camille Renaud", Phone: "06 12 34 56 78", Text: "Son colis n’est pas là.",
			})
			return err
		})
		for q, want := range map[string]string{
			"": "Camille Renaud, Inès Belkacem", "INES": "Inès Belkacem", "belka": "Inès Belkacem", "ines.bel": "Inès Belkacem",
			"06 12": "Camille Renaud", "0612345678": "Camille Renaud", "+33 6 12": "Camille Renaud", "0033612": "Camille Renaud",
			"zoé": "", "%": "", "\x00\xff": "Camille Renaud, Inès Belkacem", "07 99": "",
		} {
			found, err := s.lists.Customers(t.Context(), s.lila, q)
			must(t, err)
			var names []string
			for _, c := range found {
				names = append(names, c.Name)
			}
			if got := strings.Join(names, ", "); got != want {
				t.Errorf("%q: %s, want %s", q, got, want)
			}
		}
		found, err := s.lists.Customers(t.Context(), s.lila, "camille")
		must(t, err)
		if c := found[0]; len(c.Phones) != 1 || c.Phones[0] != "06 12 34 56 78" || len(c.Addresses) != 0 {
			t.Errorf("Camille: %+v", c)
		}
	})
}

func TestPeople(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		today := calendar.DateOf(monday)
		must(t, s.team.SetAbsence(t.Context(), s.veronica, team.Absence{Person: s.marc.Person, First: today, Last: today.AddDays(2), Substitute: s.veronica.Person}))
		people, err := s.lists.People(t.Context(), s.lila)
		must(t, err)
		if len(people) != 2 || people[0].Name != "Véronica Blanc" || people[0].Role != "owner" || people[0].AbsentUntil != nil || people[0].Locked {
			t.Fatalf("people: %+v", people)
		}
		marc := people[1]
		if marc.AbsentUntil == nil || marc.AbsentUntil.Format(time.RFC3339) != "2026-11-25T22:59:59Z" || marc.Substitute.Name != "Véronica Blanc" {
			t.Errorf("Marc: %+v", marc)
		}
		s.clock.Advance(4 * 24 * time.Hour)
		if people, err = s.lists.People(t.Context(), s.lila); err != nil || people[1].AbsentUntil != nil || people[1].Substitute != nil {
			t.Errorf("Marc is back: %+v, %v", people, err)
		}
	})
}

func TestWhatAMessageIsMadeOf(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		camille := s.mail("Camille Renaud", "Colis", func(in *desk.Incoming) {
			in.Raw, in.Quote, in.HasHTML = "cafe", "> avant", true
			in.Files = []desk.IncomingFile{
				{Name: "photo.png", Type: "image/png", Size: 9, Blob: "aa", Inline: true, ContentID: "photo@mail"},
				{Name: "facture.pdf", Type: "application/pdf", Size: 8, Blob: "bb"},
			}
		})
		body, err := s.lists.MessageBody(t.Context(), s.lila, camille.Message)
		must(t, err)
		if body.Raw != "cafe" || body.Quote != "> avant" || !body.HasHTML || len(body.Inline) != 1 || body.Inline[0].ContentID != "photo@mail" {
			t.Errorf("body: %+v", body)
		}
		file, err := s.lists.Attachment(t.Context(), s.lila, body.Inline[0].ID)
		must(t, err)
		if file.Blob != "aa" || file.Message != camille.Message || !file.Attachment().Thumbnail {
			t.Errorf("file: %+v", file)
		}
	})
}

func TestDangerousFiles(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"facture.pdf": false, "photo.JPG": false, "facture.pdf.exe": true, "page.HTML": true, "logo.svg": true, "notes.txt. ": false, "run.bat. ": true,
	} {
		if got := view.Dangerous(name, "application/octet-stream"); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
	if !view.Dangerous("photo.png", "Text/HTML; charset=utf-8") {
		t.Error("a page that calls itself a photo")
	}
}
