package desk_test

import (
	"slices"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var classRing = desk.Class{Product: "Bague Lila"}

func TestClassify(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c := h.letter()
		lost := do(h, func(tx *store.Tx) (id.Reason, error) {
			return h.labels().CreateReason(tx, h.agent, label.ReasonInput{Name: "Colis perdu"})
		})
		about := desk.Class{Reason: lost, Product: "  Bague   Lila ", Cause: "transporteur"}
		for range 2 { // a second press changes nothing
			do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Classify(tx, h.agent, c, about) })
		}
		now := h.conversation(c)
		if now.Reason != lost || now.Product != "Bague Lila" || now.Cause != "transporteur" {
			h.t.Errorf("classified as %+v", now.ClassOf())
		}
		if n := h.told(c, event.ConversationChanged, `"what":"reason"`); n != 1 {
			h.t.Errorf("told %d times, want once", n)
		}
		words := do(h, func(tx *store.Tx) ([]string, error) { return label.Words(tx, h.shop, label.Product) })
		if !slices.Equal(words, []string{"Bague Lila"}) {
			h.t.Errorf("offered next time: %q", words)
		}

		h.tx(func(tx *store.Tx) error { return h.labels().ArchiveReason(tx, h.agent, lost, true) })
		about.Cause = "adresse"
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Classify(tx, h.agent, c, about) })
		if now := h.conversation(c); now.Reason != lost {
			h.t.Error("an archived reason left a conversation that had it")
		}
		other := h.receive(h.mail(paul, "other@client.example", "Bonjour, une question")).Conversation
		h.refused("invalid", func(tx *store.Tx) error {
			_, err := h.desk.Classify(tx, h.agent, other, desk.Class{Reason: lost})
			return err
		})
	})
}

func TestTheOrderOfAMonday(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c := h.letter()
		rank := func() int { return h.conversation(c).Rank }
		if rank() != 0 {
			h.t.Errorf("a first mail has rank %d", rank())
		}
		h.receive(h.mail(camille, "ring-2@client.example", "Une nouvelle ?", "ring-1@client.example"))
		if rank() != 1 {
			h.t.Errorf("a reminder has rank %d, want 1", rank())
		}
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.Prioritise(tx, h.agent, c, 1) })
		if rank() != 2 {
			h.t.Errorf("priority has rank %d, want 2", rank())
		}
		h.refused("invalid", func(tx *store.Tx) error { _, err := h.desk.Prioritise(tx, h.agent, c, 2); return err })
		do(h, func(tx *store.Tx) (desk.Conversation, error) {
			return h.desk.Change(tx, c, func(*desk.Conversation) error {
				_, err := h.desk.Ledger.Open(tx, refundOwed(h, c))
				return err
			})
		})
		if rank() != 3 {
			h.t.Errorf("a refund has rank %d, want 3", rank())
		}
	})
}

func TestALanguageChosenByAPersonStays(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		in := h.mail(camille, "ring-1@client.example", "Où est ma bague ?")
		in.Language = "fr"
		c := h.receive(in).Conversation
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.SetLanguage(tx, h.agent, c, "en") })
		in = h.mail(camille, "ring-2@client.example", "Je ne comprends pas", "ring-1@client.example")
		in.Language = "fr"
		h.receive(in)
		if now := h.conversation(c); now.Language != "en" || !now.LanguageSet {
			h.t.Errorf("language %q, set %v: mail changed what a person chose", now.Language, now.LanguageSet)
		}
		do(h, func(tx *store.Tx) (desk.Conversation, error) { return h.desk.SetLanguage(tx, h.agent, c, "") })
		if now := h.conversation(c); now.Language != "fr" || now.LanguageSet {
			h.t.Errorf("language %q, set %v: want what was detected", now.Language, now.LanguageSet)
		}
		h.refused("invalid", func(tx *store.Tx) error { _, err := h.desk.SetLanguage(tx, h.agent, c, "french"); return err })
	})
}

func TestFieldsOfAShop(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		c := h.letter()
		size := do(h, func(tx *store.Tx) (id.Field, error) {
			return h.labels().CreateField(tx, h.agent, label.FieldInput{Name: "Taille", Kind: label.FieldNumber})
		})
		set := func(v string) (before string) {
			return do(h, func(tx *store.Tx) (string, error) { return h.desk.SetField(tx, h.agent, c, size, v) })
		}
		if before := set("52,5"); before != "" {
			h.t.Errorf("before: %q", before)
		}
		if before := set(""); before != "52.5" {
			h.t.Errorf("the undo would bring back %q, want 52.5", before)
		}
		h.refused("invalid", func(tx *store.Tx) error { _, err := h.desk.SetField(tx, h.agent, c, size, "grande"); return err })
		brume := h.elsewhere()
		h.refused("not_found", func(tx *store.Tx) error { _, err := h.desk.SetField(tx, brume, c, size, "52"); return err })
	})
}
