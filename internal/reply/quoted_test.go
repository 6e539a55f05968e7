package reply_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

// loose keeps a file as an upload does.
func (h *house) loose(f desk.File, content string) (made id.Attachment) {
	h.T.Helper()
	f.Blob, f.Size = lila.Must(h.Reply.Blobs.Put(h.T.Context(), []byte(content)))[0], int64(len(content))
	h.Tx(func(tx *store.Tx) (err error) {
		made, err = h.Desk.Attach(tx, h.Shop, 0, h.agent.Person, f)
		return err
	})
	return made
}

// lastMail is what left last, read as a customer's mail program reads it.
func (h *house) lastMail() *mime.Mail {
	h.T.Helper()
	h.Clock.Advance(time.Minute)
	h.Work()
	if len(h.world.taken) == 0 {
		h.T.Fatal("nothing left")
	}
	mail, err := mime.Parse([]byte(h.world.taken[len(h.world.taken)-1]), mime.Options{})
	if err != nil {
		h.T.Fatal(err)
	}
	return mail
}

func TestAMailHandedOnKeepsNothingToTheCustomer(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Ma bague est arrivée cassée.")
		photo := h.loose(desk.File{Name: "bague.jpg", Type: "image/jpeg"}, "a picture")
		a := reply.Answer{
			Conversation: got.Conversation, Key: "press-forward", HTML: "<p>Peux-tu la réparer d'ici jeudi 26/11/2026 ?</p>", SeenThrough: got.Message,
			To: []mime.Address{{Name: "Atelier Moreau", Address: "atelier@moreau.example"}}, Attachments: []id.Attachment{photo},
			Options: reply.Options{Forward: got.Message},
		}
		out, err := h.Reply.Send(h.T.Context(), h.agent, a)
		if err != nil || len(out.Held) > 0 {
			h.T.Fatalf("%v, held by %v", err, out.Held)
		}
		mail := h.lastMail()
		if mail.Subject != "Fwd: Mon colis" || mail.InReplyTo != "" || len(mail.Attachments) != 1 || mail.To[0].Address != "atelier@moreau.example" {
			h.T.Errorf("mail: %q, in reply to %q, %d files, to %v", mail.Subject, mail.InReplyTo, len(mail.Attachments), mail.To)
		}
		for _, want := range []string{"Peux-tu la réparer", "Message transféré", "Camille Renaud <" + camille + ">", "> Ma bague est arrivée cassée."} {
			if !strings.Contains(mail.Text, want) {
				h.T.Errorf("text lacks %q: %s", want, mail.Text)
			}
		}
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Open}) {
			h.T.Errorf("promises: %v; the customer has no answer", s)
		}
		if out.Message.Kind != desk.KindForward {
			h.T.Errorf("kind %s", out.Message.Kind)
		}
	})
}

func TestAForwardThatIsCalledBackIsAForwardAgain(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Ma bague est arrivée cassée.")
		out, err := h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
			Conversation: got.Conversation, Key: "press-forward", HTML: "<p>Peux-tu la réparer ?</p>", SeenThrough: got.Message,
			To: []mime.Address{{Address: "atelier@moreau.example"}}, Options: reply.Options{Forward: got.Message},
		})
		if err != nil || len(out.Held) > 0 {
			h.T.Fatalf("%v, held by %v", err, out.Held)
		}
		var back reply.Draft
		h.Tx(func(tx *store.Tx) (err error) { back, err = h.Reply.Undo(tx, h.agent, out.Delivery.ID); return err })
		if back.ReadOptions().Forward != got.Message || !strings.Contains(back.Recipients, "atelier@moreau.example") {
			h.T.Errorf("draft: %+v", back)
		}
	})
}

func TestWhatCannotBeHandedOn(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got, other := h.write("Ma bague est arrivée cassée."), h.write("Une autre question ?")
		var note desk.Message
		h.Tx(func(tx *store.Tx) (err error) {
			note, err = h.Desk.AddNote(tx, h.agent, got.Conversation, "note-1", "<p>Cliente difficile</p>")
			return err
		})
		to := []mime.Address{{Address: "atelier@moreau.example"}}
		for name, a := range map[string]reply.Answer{
			"a note":               {To: to, Options: reply.Options{Forward: note.ID}},
			"another conversation": {To: to, Options: reply.Options{Forward: other.Message}},
			"to nobody":            {Options: reply.Options{Forward: got.Message}},
			"as a holding answer":  {To: to, Options: reply.Options{Forward: got.Message}, HoldingUntil: h.Clock.Now().Add(24 * time.Hour)},
		} {
			a.Conversation, a.Key, a.HTML, a.SeenThrough = got.Conversation, "press-"+name, "<p>Voici.</p>", note.ID
			if _, err := h.Reply.Send(h.T.Context(), h.agent, a); fault.KindOf(err) != fault.Invalid {
				h.T.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestTheHistoryGoesAlongWhenAsked(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		out, err := h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
			Conversation: got.Conversation, Key: "press-quote", HTML: fine, SeenThrough: got.Message, Options: reply.Options{Quote: true},
		})
		if err != nil || len(out.Held) > 0 {
			h.T.Fatalf("%v, held by %v", err, out.Held)
		}
		mail := h.lastMail()
		if !strings.Contains(mail.Text, "Le 23/11/2026 à 10:00, Camille Renaud a écrit\u202f:\n> Où est mon colis ?") || strings.Contains(out.Message.Body, "Où est") {
			h.T.Errorf("text %q, kept %q", mail.Text, out.Message.Body)
		}
		if s := h.states(got.Conversation); !slices.Equal(s, []promise.State{promise.Kept}) {
			h.T.Errorf("promises: %v", s)
		}
	})
}

func TestAPictureStandsInTheTextAndALargeFileGoesAsALink(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Comment se ferme le bracelet ?")
		shown := h.loose(desk.File{Name: "fermoir.png", Type: "image/png", Inline: true, ContentID: "p1@comptoir"}, "a picture")
		deleted := h.loose(desk.File{Name: "efface.png", Type: "image/png", Inline: true, ContentID: "p2@comptoir"}, "another")
		film := h.loose(desk.File{Name: "Le film.mp4", Type: "video/mp4"}, strings.Repeat("film ", 3<<20))
		out, err := h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
			Conversation: got.Conversation, Key: "press-files", SeenThrough: got.Message, Attachments: []id.Attachment{shown, deleted, film},
			HTML: `<p>Bonjour Camille, le bracelet se ferme ainsi :</p><p><img src="cid:p1@comptoir" alt="Le fermoir"></p>`,
		})
		if err != nil || len(out.Held) > 0 {
			h.T.Fatalf("%v, held by %v", err, out.Held)
		}
		mail := h.lastMail()
		if len(mail.Attachments) != 1 || mail.Attachments[0].ContentID != "p1@comptoir" || !mail.Attachments[0].Inline {
			h.T.Fatalf("files: %+v", mail.Attachments)
		}
		_, token, found := strings.Cut(mail.Text, "https://desk.maison-lila.example/files/")
		token, _, _ = strings.Cut(token, "\n")
		if !found || !strings.Contains(mail.Text, "À télécharger jusqu’au 23/12/2026") || !strings.Contains(mail.HTML, ">Le film.mp4</a>") {
			h.T.Fatalf("text: %s", mail.Text)
		}
		of, file, ok := h.Reply.Links.Read(strings.TrimSpace(token), h.Clock.Now())
		if !ok || of != h.Shop {
			h.T.Errorf("link: %v %v %v", of, file, ok)
		}
		h.Tx(func(tx *store.Tx) error {
			sent, err := desk.SentFile(tx, of, file)
			if sent.Name != "Le film.mp4" {
				h.T.Errorf("sent: %+v", sent)
			}
			return err
		})
	})
}
