package desk_test

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Folders are read side by side and mails overtake each other: what belongs
// together must not depend on who comes first, nor on whom a stranger names.

const (
	colleague = "jean.renaud@example.org" // reads along with Camille
	thief     = "nobody@elsewhere.example"
)

// inCopy adds who else got the mail.
func inCopy(in desk.Incoming, addresses ...string) desk.Incoming {
	for _, a := range addresses {
		in.Cc = append(in.Cc, mime.Address{Address: a})
	}
	return in
}

// arrive takes the mails in, in the order given.
func (h *house) arrive(mails ...desk.Incoming) (at []id.Conversation) {
	h.t.Helper()
	for _, in := range mails {
		at = append(at, h.receive(in).Conversation)
	}
	return at
}

func (h *house) openSuggestions(a, b id.Conversation) (n int64) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		n, err = store.One[int64](tx, store.Dynamic(`
			select count(*) from suggestion where state = 'open'
				and (conversation_id = $1 and other_id = $2 or conversation_id = $2 and other_id = $1)`), a, b)
		return err
	})
	return n
}

func TestAReplyBeforeItsParentMeetsIt(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		at := h.arrive(
			h.mail(camille, "r1@example.org", "Toujours rien ?", "p1@example.org"),
			h.mail(camille, "r2@example.org", "Et ma facture ?", "p1@example.org"),
			h.mail(camille, "p1@example.org", "Où est mon colis ?"),
			h.mail(camille, "r3@example.org", "Merci de répondre", "p1@example.org", "r1@example.org"),
		)
		for i := range at {
			if at[i] != at[0] {
				h.t.Errorf("conversations %v, want one", at)
			}
		}
		h.theOnly(at[0])
	})
}

func TestAStrangerWhoNamesAParentFirstKeepsNobodyApart(t *testing.T) {
	t.Parallel()
	const stranger, parent, reply, second = 's', 'p', 'r', 't'
	for _, order := range []string{"sprt", "srpt", "srtp", "rspt", "rstp", "psrt", "rpst"} {
		t.Run(order, func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(h *house) {
				mails := map[rune]desk.Incoming{
					stranger: h.mail(thief, "x1@elsewhere.example", "C’est aussi pour moi", "p1@example.org"),
					parent:   h.mail(camille, "p1@example.org", "Où est mon colis ?"),
					reply:    h.mail(camille, "r1@example.org", "Toujours rien ?", "p1@example.org"),
					second:   h.mail(camille, "r2@example.org", "Je m’inquiète", "p1@example.org"),
				}
				at := make(map[rune]id.Conversation)
				for _, who := range order {
					at[who] = h.receive(mails[who]).Conversation
				}
				if at[parent] != at[reply] || at[parent] != at[second] {
					h.t.Errorf("parent in %d, its replies in %d and %d; want one conversation", at[parent], at[reply], at[second])
				}
				if at[stranger] == at[parent] {
					h.t.Fatal("the stranger got Camille's conversation")
				}
				h.theOnly(at[parent])
				h.theOnly(at[stranger])
				if n := h.openSuggestions(at[stranger], at[parent]); n == 0 {
					h.t.Error("nobody is asked whether it is the same matter")
				}
			})
		})
	}
}

// The stranger names two mails of one exchange; whichever sorts first, both are
// taken back.
func TestAStrangerWhoNamesTwoParentsKeepsNobodyApart(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		at := h.arrive(
			h.mail(thief, "x1@elsewhere.example", "C’est aussi pour moi", "a1@example.org", "p1@example.org"),
			h.mail(camille, "r1@example.org", "Toujours rien ?", "p1@example.org"),
			h.mail(camille, "p1@example.org", "Où est mon colis ?", "a1@example.org"),
			h.mail(camille, "a1@example.org", "Bonjour"),
		)
		if at[1] != at[2] || at[2] != at[3] || at[0] == at[1] {
			h.t.Errorf("stranger, reply, parent, its parent in %v; want all but the first together", at)
		}
	})
}

// The desk's own mail is found in the Sent folder after the answers to it.
func TestAnAnswerFromTheSentFolderAfterAStranger(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		sent := h.mail(own, "s1@maison-lila.example", "Votre bague est prête.")
		sent.Class, sent.Role, sent.To = mime.ClassOwn, "sent", []mime.Address{{Address: camille}}
		at := h.arrive(
			h.mail(thief, "x1@elsewhere.example", "Et la mienne ?", "s1@maison-lila.example"),
			h.mail(camille, "r1@example.org", "Je viens demain", "s1@maison-lila.example"),
			sent,
		)
		if at[1] != at[2] || at[0] == at[2] {
			h.t.Errorf("stranger, answer, our mail in %v; want the last two together and the first apart", at)
		}
	})
}

func TestAColleagueInCopyAnswersBeforeTheParentArrives(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		parentCc, replyCc []string
		stranger, meet    bool
	}{
		"to all":                            {[]string{colleague}, []string{camille}, false, true},
		"to the shop alone":                 {[]string{colleague}, nil, false, true},
		"to the shop alone, after a thief":  {[]string{colleague}, nil, true, true},
		"with somebody Camille didn't name": {[]string{colleague}, []string{paul}, false, false},
		"Camille never wrote to him":        {nil, nil, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(h *house) {
				if c.stranger {
					h.arrive(h.mail(thief, "x1@elsewhere.example", "C’est aussi pour moi", "p1@example.org"))
				}
				at := h.arrive(
					inCopy(h.mail(colleague, "r1@example.org", "Je confirme, rien reçu", "p1@example.org"), c.replyCc...),
					inCopy(h.mail(camille, "p1@example.org", "Où est notre colis ?"), c.parentCc...),
					h.mail(camille, "r2@example.org", "Alors ?", "p1@example.org"),
				)
				if (at[0] == at[1]) != c.meet || at[1] != at[2] {
					h.t.Errorf("colleague, parent, Camille's reply in %v; want the colleague with them: %v", at, c.meet)
				}
				if !c.meet && h.openSuggestions(at[0], at[1]) == 0 {
					h.t.Error("nobody is asked whether it is the same matter")
				}
			})
		})
	}
}
