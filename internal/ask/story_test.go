package ask_test

import (
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

// Camille asks for a ring; the warehouse says on its page whether one is left.
// The customer's promise knows nothing of it.
func TestTheWarehouseAnswersOnThePage(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail(camille, "Avez-vous la bague en 54 ?", nil)
		before := h.customers(got.Conversation)
		a, token := h.asked(got.Conversation, nil)
		m := h.left()
		if m.To[0].Address != warehouse || m.From.Address != own || !strings.Contains(m.Text, "taille 54") || strings.Contains(m.Text, "Camille") {
			h.T.Errorf("the mail says:\n%s", m.Text)
		}
		if p := h.promise(a.Promise); p.Kind != promise.Ask || p.State != promise.Open || p.Person != h.agent.Person || !p.DueAt.Equal(lila.Monday.AddDate(0, 0, 1)) {
			h.T.Errorf("the question is owed as %+v", p)
		}
		page := lila.Must(h.asks.Look(h.T.Context(), token))
		if page.Question != "Reste-t-il une bague Lila en taille 54 ?" || page.Shop != "Maison Lila" || page.Asker != "Véronica Lambert" || len(page.Answers) > 0 {
			h.T.Errorf("the page shows %+v", page)
		}

		h.answer(token, "form-1", "Oui, deux.", ask.Upload{Name: "../../stock.png", Type: "image/png", Content: []byte("\x89PNG\r\n\x1a\n")})
		notes := h.answers(got.Conversation)
		if len(notes) != 1 || notes[0].Direction != desk.Note || notes[0].Body != "Oui, deux." || notes[0].FromName != "Entrepôt" {
			h.T.Fatalf("notes: %+v", notes)
		}
		var files []desk.Attachment
		h.Tx(func(tx *store.Tx) (err error) { files, err = desk.AttachmentsOf(tx, notes[0].ID); return err })
		if len(files) != 1 || strings.ContainsAny(files[0].Name, "/\\") {
			h.T.Errorf("files: %+v", files)
		}
		if p := h.promise(a.Promise); p.State != promise.Kept {
			h.T.Errorf("the question is %s", p.State)
		}
		if after := h.customers(got.Conversation); after != before {
			h.T.Errorf("the customer's promise changed from %+v to %+v", before, after)
		}
		if k := h.notices(h.agent.Person); !contains(k, "ask_answered") {
			h.T.Errorf("the asker was told %v", k)
		}
		if n := h.Count(`select count(*) from delivery where kind = 'acknowledgement'`); n != 0 {
			h.T.Error("an answer from inside was acknowledged")
		}
	})
}

// A reply to the mail is the same as an answer on the page: a note, whoever of
// the warehouse wrote it, and once however often it is delivered.
func TestAReplyByMailIsANote(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail(camille, "Avez-vous la bague en 54 ?", nil)
		a, _ := h.asked(got.Conversation, nil)
		id := h.left().MessageID
		answer := func(in *desk.Incoming) {
			in.From = mime.Address{Name: "Karim", Address: "karim@logistique-sud.example"}
			in.MessageID, in.Fingerprint, in.InReplyTo, in.Subject, in.Quote = "k1@logistique-sud.example", "k1", id, "Re: Question", "> Reste-t-il…"
		}
		first := h.mail("", "Il en reste deux.", answer)
		if first.Conversation != got.Conversation || first.Duplicate {
			h.T.Fatalf("received as %+v", first)
		}
		if again := h.mail("", "Il en reste deux.", answer); !again.Duplicate || again.Message != first.Message {
			h.T.Errorf("the second delivery: %+v", again)
		}
		notes := h.answers(got.Conversation)
		if len(notes) != 1 || notes[0].FromName != "Karim" || notes[0].Body != "Il en reste deux." || notes[0].Quote == "" {
			h.T.Errorf("notes: %+v", notes)
		}
		if p := h.promise(a.Promise); p.State != promise.Kept {
			h.T.Errorf("the question is %s", p.State)
		}
		if n := h.Count(`select count(*) from conversation`); n != 1 {
			h.T.Errorf("%d conversations, want 1", n)
		}
		if p := h.customers(got.Conversation); p.State != promise.Open {
			h.T.Errorf("the customer's promise is %s", p.State)
		}
		// References alone lead there too, and a machine's "I am away" answers nothing.
		b, _ := h.asked(got.Conversation, nil)
		second := h.left().MessageID
		h.mail(warehouse, "Absent jusqu’à jeudi", func(in *desk.Incoming) {
			in.Class, in.AutoSubmitted, in.References = mime.ClassAutoReply, true, []string{"x@y.example", second}
		})
		if p := h.promise(b.Promise); p.State != promise.Open || len(h.answers(got.Conversation)) != 2 {
			h.T.Errorf("after an automatic reply the question is %s, %d notes", p.State, len(h.answers(got.Conversation)))
		}
	})
}

// A customer who was let into the mails stays a customer: what they write is
// owed an answer (I2).
func TestACustomerWhoNamesTheQuestionIsNoNote(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail(camille, "Avez-vous la bague en 54 ?", nil)
		h.asked(got.Conversation, nil)
		question := h.left().MessageID
		reaction := h.mail(camille, "L’entrepôt m’a écrit, merci de m’appeler.", func(in *desk.Incoming) {
			in.InReplyTo, in.References = question, []string{"m1@example.org", question}
		})
		if reaction.Conversation != got.Conversation || len(h.answers(got.Conversation)) != 0 {
			h.T.Errorf("received as %+v with notes %v", reaction, h.answers(got.Conversation))
		}
		m := h.messages(got.Conversation)
		if last := m[len(m)-1]; last.Direction != desk.In || last.Kind != desk.KindCustomer {
			h.T.Errorf("the customer's mail is %s %s", last.Direction, last.Kind)
		}
	})
}

// Their time passes: one reminder by mail, with a link of its own, and the asker
// is told. Answered by it, the question is kept late.
func TestWhoDoesNotAnswerIsRemindedOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail(camille, "Avez-vous la bague en 54 ?", nil)
		a, first := h.asked(got.Conversation, nil)
		h.Clock.Advance(25 * time.Hour)
		for range 3 {
			if _, err := h.Desk.Ledger.Sweep(h.T.Context(), h.DB); err != nil {
				h.T.Fatal(err)
			}
			h.Work()
		}
		if len(h.world.Taken) != 2 {
			h.T.Fatalf("%d mails left, want the question and one reminder", len(h.world.Taken))
		}
		m, second := h.left(), h.token()
		if second == first || m.To[0].Address != warehouse || !strings.Contains(m.Text, "taille 54") || !strings.HasPrefix(m.Subject, "Re: ") {
			h.T.Errorf("the reminder:\n%s\n%s", m.Subject, m.Text)
		}
		if k := h.notices(h.agent.Person); !contains(k, "ask_late") {
			h.T.Errorf("the asker was told %v", k)
		}
		h.mail(warehouse, "Oui, deux.", func(in *desk.Incoming) { in.InReplyTo = m.MessageID })
		if p := h.promise(a.Promise); !p.Late() {
			h.T.Errorf("the question is %+v, want kept late", p)
		}
		h.answer(first, "form-9", "Et une autre demain.")
		if n := len(h.answers(got.Conversation)); n != 2 {
			h.T.Errorf("%d notes", n)
		}
	})
}

// The warehouse's address is wrong: the bounce stands in the conversation, and
// the asker is told at once.
func TestABounceShowsAtOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail(camille, "Avez-vous la bague en 54 ?", nil)
		h.asked(got.Conversation, nil)
		question := h.left().MessageID
		report := mime.Report{OriginalMessageID: question, Recipient: warehouse, Action: "failed", Status: "5.1.1"}
		back := h.mail("", "User unknown", func(in *desk.Incoming) {
			in.Class, in.From, in.Reports = mime.ClassBounce, mime.Address{Address: "mailer-daemon@logistique-sud.example"}, []mime.Report{report}
		})
		h.Tx(func(tx *store.Tx) error { return h.Post.Bounced(tx, h.Shop, []mime.Report{report}) })
		h.Work()
		if back.Conversation != got.Conversation {
			h.T.Errorf("the bounce went to conversation %d", back.Conversation)
		}
		if k := h.notices(h.agent.Person); !contains(k, "ask_failed") {
			h.T.Errorf("the asker was told %v", k)
		}
		if n := h.Count(`select count(*) from delivery where state = 'hard'`); n != 1 {
			h.T.Error("the delivery doesn't say that it failed")
		}
		// Refused on the doorstep is the same.
		h.world.Refuses = true
		before := h.Count(`select count(*) from notice where kind = 'ask_failed'`)
		h.Tx(func(tx *store.Tx) error { return h.Desk.SeeNotices(tx, h.agent, 0) })
		h.n++
		if _, err := h.asks.Ask(h.T.Context(), h.agent, ask.New{
			Conversation: got.Conversation, Key: "refused-1", Question: "Et en 52 ?", To: ask.Party{Address: warehouse, Language: "en"},
		}); err != nil {
			h.T.Fatal(err)
		}
		h.leaves()
		if n := h.Count(`select count(*) from notice where kind = 'ask_failed'`); n != before+1 {
			h.T.Errorf("%d notices after a refusal, had %d", n, before)
		}
	})
}

// Taken back within ten seconds nothing leaves; later the link is dead at once.
func TestAQuestionIsTakenBack(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail(camille, "Avez-vous la bague en 54 ?", nil)
		a := lila.Must(h.asks.Ask(h.T.Context(), h.agent, ask.New{
			Conversation: got.Conversation, Key: "question-a", Question: "Reste-t-il une bague ?", To: ask.Party{Address: warehouse, Language: "fr"},
		}))
		withdraw := func(which id.Ask) {
			h.Tx(func(tx *store.Tx) error { _, err := h.asks.Withdraw(tx, h.agent, which); return err })
		}
		withdraw(a.ID)
		h.leaves()
		if len(h.world.Taken) != 0 {
			h.T.Error("it left although it was taken back")
		}
		b, token := h.asked(got.Conversation, nil)
		withdraw(b.ID)
		withdraw(b.ID)
		if _, err := h.asks.Look(h.T.Context(), token); fault.KindOf(err) != fault.NotFound {
			h.T.Errorf("its page: %v", err)
		}
		if err := h.asks.Answer(h.T.Context(), token, "form-2", "Trop tard", nil); fault.KindOf(err) != fault.NotFound {
			h.T.Errorf("an answer to it: %v", err)
		}
		if p := h.promise(b.Promise); p.State != promise.Waived {
			h.T.Errorf("the question is %s", p.State)
		}
		if p := h.customers(got.Conversation); p.State != promise.Open {
			h.T.Errorf("the customer's promise is %s", p.State)
		}
		stranger := h.agent
		stranger.Shop++
		h.n++
		err := h.DB.InTx(h.T.Context(), func(tx *store.Tx) error { _, err := h.asks.Withdraw(tx, stranger, b.ID); return err })
		if fault.KindOf(err) != fault.NotFound {
			h.T.Errorf("another shop withdraws it: %v", err)
		}
	})
}

// A link goes on for a week after the first answer; adding to it is a second
// note, sending the same form twice isn't.
func TestALinkEndsAWeekAfterTheAnswer(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail(camille, "Avez-vous la bague en 54 ?", nil)
		_, token := h.asked(got.Conversation, nil)
		h.answer(token, "form-1", "Oui, deux.")
		h.answer(token, "form-1", "Oui, deux.")
		h.Clock.Advance(6 * 24 * time.Hour)
		h.answer(token, "form-2", "Plus qu’une.")
		if page := lila.Must(h.asks.Look(h.T.Context(), token)); len(page.Answers) != 2 || len(h.answers(got.Conversation)) != 2 {
			h.T.Errorf("the page shows %+v", page.Answers)
		}
		h.Clock.Advance(25 * time.Hour)
		if _, err := h.asks.Look(h.T.Context(), token); fault.KindOf(err) != fault.NotFound {
			h.T.Errorf("a week later: %v", err)
		}
		for _, wrong := range []string{"", "x", strings.Repeat("A", 43), token + "A"} {
			if _, err := h.asks.Look(h.T.Context(), wrong); fault.KindOf(err) != fault.NotFound {
				h.T.Errorf("link %q: %v", wrong, err)
			}
		}
	})
}

// Only what the asker chose goes along: not a file or a message of another
// conversation, never an internal note, never the customer's name.
func TestOnlyWhatWasChosenIsShown(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.mail(camille, "Voici ma bague cassée", func(in *desk.Incoming) {
			in.Files = []desk.File{{Name: "bague.jpg", Type: "image/jpeg", Size: 3, Blob: lila.Must(h.Blobs.Put(h.T.Context(), []byte("jpg")))[0]}}
		})
		other := h.mail("paul.delmas@example.org", "Ma montre", func(in *desk.Incoming) {
			in.Files = []desk.File{{Name: "montre.jpg", Type: "image/jpeg", Size: 3, Blob: lila.Must(h.Blobs.Put(h.T.Context(), []byte("mnt")))[0]}}
		})
		var mine, theirs desk.Attachment
		var note desk.Message
		h.Tx(func(tx *store.Tx) (err error) {
			a, err := desk.AttachmentsOf(tx, got.Message)
			if err != nil {
				return err
			}
			b, err := desk.AttachmentsOf(tx, other.Message)
			if err != nil {
				return err
			}
			mine, theirs = a[0], b[0]
			note, err = h.Desk.AddNote(tx, h.agent, got.Conversation, "note-0001", "<p>Cliente difficile</p>")
			return err
		})
		for name, change := range map[string]func(n *ask.New){
			"file":    func(n *ask.New) { n.Attachments = []id.Attachment{theirs.ID} },
			"message": func(n *ask.New) { n.Messages = []id.Message{other.Message} },
			"note":    func(n *ask.New) { n.Messages = []id.Message{note.ID} },
			"hole":    func(n *ask.New) { n.Question = "Avez-vous {{order.number}} ?" },
			"ours":    func(n *ask.New) { n.To.Address = own },
			"past":    func(n *ask.New) { n.DueAt = lila.Monday.Add(-time.Hour) },
		} {
			n := ask.New{Conversation: got.Conversation, Key: "wrong-" + name, Question: "Q ?", To: ask.Party{Address: warehouse, Language: "fr"}}
			change(&n)
			if _, err := h.asks.Ask(h.T.Context(), h.agent, n); fault.KindOf(err) != fault.Invalid {
				h.T.Errorf("%s: %v", name, err)
			}
		}
		_, token := h.asked(got.Conversation, func(n *ask.New) {
			n.Messages, n.Attachments = []id.Message{got.Message}, []id.Attachment{mine.ID}
		})
		page := lila.Must(h.asks.Look(h.T.Context(), token))
		if len(page.Files) != 1 || page.Files[0].Name != "bague.jpg" || !strings.Contains(page.Quoted, "bague cassée") || strings.Contains(page.Quoted, "Camille") {
			h.T.Errorf("the page shows %+v", page)
		}
		if _, err := h.asks.File(h.T.Context(), token, theirs.ID); fault.KindOf(err) != fault.NotFound {
			h.T.Errorf("another conversation's file: %v", err)
		}
		if _, err := h.asks.File(h.T.Context(), token, mine.ID); fault.KindOf(err) != fault.NotFound {
			h.T.Errorf("a file of the conversation by its own number: %v", err)
		}
	})
}

// The conversation is merged away: the answer comes back where people look.
func TestAnAnswerFollowsAMerge(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		one := h.mail(camille, "Avez-vous la bague en 54 ?", nil)
		h.Clock.Advance(time.Minute)
		two := h.mail(camille, "Et en argent ?", func(in *desk.Incoming) { in.Subject = "Autre" })
		_, token := h.asked(one.Conversation, nil)
		h.Tx(func(tx *store.Tx) error {
			_, err := h.Desk.Merge(tx, h.agent, one.Conversation, two.Conversation)
			return err
		})
		h.answer(token, "form-1", "Oui, deux.")
		if len(h.answers(two.Conversation)) != 1 {
			h.T.Error("the answer is not where the conversation went")
		}
	})
}

// The address book: one entry an address, written by who may change the shop.
func TestTheAddressBook(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		save := func(by teamActor, p ask.Party) (out id.Party, err error) {
			err = h.DB.InTx(h.T.Context(), func(tx *store.Tx) error { out, err = h.asks.SaveParty(tx, by, p); return err })
			return out, err
		}
		depot := lila.Must(save(h.agent, ask.Party{Name: "Entrepôt", Kind: ask.Warehouse, Address: " Depot@Logistique-Sud.example ", Language: "fr"}))
		if _, err := save(h.agent, ask.Party{Name: "Encore", Kind: ask.Other, Address: warehouse, Language: "fr"}); fault.KindOf(err) != fault.Invalid {
			h.T.Errorf("the same address twice: %v", err)
		}
		agent := h.agent
		agent.Role = "agent"
		if _, err := save(agent, ask.Party{Name: "Atelier", Kind: ask.Workshop, Address: "a@b.example", Language: "fr"}); fault.KindOf(err) != fault.Forbidden {
			h.T.Errorf("an agent adds one: %v", err)
		}
		got := h.mail(camille, "Avez-vous la bague en 54 ?", nil)
		a, _ := h.asked(got.Conversation, func(n *ask.New) { n.Party, n.To = depot, ask.Party{} })
		if a.Name != "Entrepôt" || h.left().To[0].Address != warehouse {
			h.T.Errorf("asked %+v", a)
		}
		lila.Must(save(h.agent, ask.Party{ID: depot, Name: "Entrepôt", Kind: ask.Warehouse, Address: warehouse, Language: "fr", Archived: true}))
		if _, err := h.asks.Ask(h.T.Context(), h.agent, ask.New{Conversation: got.Conversation, Key: "archived-1", Question: "Q ?", Party: depot}); fault.KindOf(err) != fault.NotFound {
			h.T.Errorf("an archived contact is asked: %v", err)
		}
	})
}
