package reply_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

func (h *house) review(a reply.Answer) reply.Review {
	h.T.Helper()
	read, err := h.Reply.Check(h.T.Context(), h.agent, a)
	if err != nil {
		h.T.Fatal(err)
	}
	return read
}

func rules(found []guard.Finding) (names []string) {
	for _, f := range found {
		names = append(names, f.Rule)
	}
	return names
}

func TestTheQuestionsOfAllUnansweredMessagesAreListed(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.write("Bonjour, quand arrive mon bracelet ?")
		second := h.write("Et pouvez-vous graver le fermoir au dos ?", "m1@example.org")
		if first.Conversation != second.Conversation {
			h.T.Fatal("two conversations")
		}
		a := reply.Answer{Conversation: first.Conversation, SeenThrough: second.Message, HTML: "<p>Bonjour Camille, il arrive jeudi 26/11/2026.</p>"}
		read := h.review(a)
		if len(read.Questions) != 2 || !read.Questions[0].Answered || read.Questions[1].Answered {
			h.T.Fatalf("questions: %+v", read.Questions)
		}
		if !slices.Contains(rules(read.Findings), "unanswered") {
			h.T.Errorf("findings: %v", rules(read.Findings))
		}
		a.Options.Answered = []string{read.Questions[1].Words}
		read = h.review(a)
		if !read.Questions[1].Answered || slices.Contains(rules(read.Findings), "unanswered") {
			h.T.Errorf("ticked by hand: %+v, %v", read.Questions, rules(read.Findings))
		}
	})
}

func TestAFalseAlarmStaysDismissedAndNeverDismissesAStop(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		a := reply.Answer{
			Conversation: got.Conversation, SeenThrough: got.Message,
			HTML: "<p>Bonjour Camille, votre colis part dans les meilleurs délais. Vous trouverez la facture ci-jointe.</p>",
		}
		read := h.review(a)
		for _, f := range read.Findings {
			a.Options.Dismissed = append(a.Options.Dismissed, f.Key())
		}
		before := rules(read.Findings)
		if !slices.Contains(before, "vague_delay") || !slices.Contains(before, "attachment_missing") {
			h.T.Fatalf("found %v", before)
		}
		after := rules(h.review(a).Findings)
		if slices.Contains(after, "vague_delay") || !slices.Contains(after, "attachment_missing") {
			h.T.Errorf("dismissed: %v", after)
		}
	})
}

func TestAnotherCustomersAddressNeverLeaves(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.write("Où est mon colis ?")
		h.Tx(func(tx *store.Tx) error {
			_, err := h.Desk.Receive(tx, desk.Incoming{
				Shop: h.Shop, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: "paul@example.org", Fingerprint: "paul",
				From: mime.Address{Name: "Paul Delmas", Address: "paul.delmas@example.org"}, To: []mime.Address{{Address: own}}, Own: []string{own},
				Subject: "Bracelet", Text: "Bonjour", ArrivedAt: h.Clock.Now(), Language: "fr",
			})
			return err
		})
		for html, want := range map[string]bool{
			"<p>Bonjour Camille, écrivez à Paul.Delmas@example.org.</p>":                true,
			"<p>Bonjour Camille, nous vous écrivons à camille.renaud@example.org.</p>":  false,
			"<p>Bonjour Camille, le transporteur répond à suivi@transport.example.</p>": false,
		} {
			read := h.review(reply.Answer{Conversation: got.Conversation, SeenThrough: got.Message, HTML: html})
			if got := slices.Contains(rules(read.Findings), "wrong_customer"); got != want {
				h.T.Errorf("%s: %v", html, rules(read.Findings))
			}
		}
	})
}

func TestTheShopsOwnWords(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		err := h.Shops.SaveWords(h.T.Context(), h.agent.Person, h.Shop, []shop.Words{
			{Words: "numéro de ticket", Instead: "numéro de dossier"}, {Words: "geste commercial", Stops: true}, {Words: "malheureusement"},
		})
		if err != nil {
			h.T.Fatal(err)
		}
		got := h.write("Où est mon colis ?")
		read := h.review(reply.Answer{
			Conversation: got.Conversation, SeenThrough: got.Message,
			HTML: "<p>Bonjour Camille, malheureusement le colis 20418 arrive jeudi 26/11/2026, un geste commercial suit, votre numéro de ticket est 12.</p>",
		})
		said := ""
		for _, f := range read.Findings {
			said += f.Words + "=" + string(f.Severity) + "→" + f.Fix + ";"
		}
		for _, want := range []string{"malheureusement=warn", "geste commercial=stop", "numéro de ticket=warn→numéro de dossier"} {
			if !strings.Contains(said, want) {
				h.T.Errorf("%q lacks %q", said, want)
			}
		}
	})
}
