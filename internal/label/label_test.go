package label_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

type house struct {
	t      *testing.T
	db     *store.DB
	labels *label.Service
	lead   team.Actor // Marc of Maison Lila
	agent  team.Actor // Inès
}

func onEachStore(t *testing.T, tell func(h *house)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		clk := clock.At(monday)
		h := &house{t: t, db: db, labels: &label.Service{Clock: clk, Events: event.NewLog(db, clk, nil)}}
		h.tx(func(tx *store.Tx) error {
			lila, err := store.One[id.Shop](tx, store.Dynamic(`insert into shop (name, created_at) values ('Maison Lila', $1) returning id`), monday)
			h.lead, h.agent = team.Actor{Shop: lila, Role: team.Lead}, team.Actor{Shop: lila, Role: team.Agent}
			return err
		})
		tell(h)
	})
}

func (h *house) tx(fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.db.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) refused(kind fault.Kind, fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.db.InTx(h.t.Context(), fn); fault.KindOf(err) != kind || err == nil {
		h.t.Errorf("want a fault of kind %d, got %v", kind, err)
	}
}

func (h *house) reasons() (out []label.Reason) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) { out, err = h.labels.Reasons(tx, h.agent); return err })
	return out
}

func TestTheReasonsOfANewShop(t *testing.T) {
	t.Parallel()
	for language, first := range map[string]string{"fr": "Livraison", "en": "Delivery"} {
		onEachStore(t, func(h *house) {
			for range 2 {
				h.tx(func(tx *store.Tx) error { return label.Seed(tx, h.lead.Shop, language) })
			}
			all := h.reasons()
			if len(all) < 15 || len(all) >= label.MostReasons {
				h.t.Errorf("%d reasons: room must be left for the shop's own", len(all))
			}
			if all[0].Name != first && all[1].Name != first {
				h.t.Errorf("the first is %q, want %q", all[0].Name, first)
			}
		})
	}
}

func TestReasonsHaveTwoLevelsAndAnEnd(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		add := func(tx *store.Tx, name string, parent id.Reason) (id.Reason, error) {
			return h.labels.CreateReason(tx, h.lead, label.ReasonInput{Name: name, Parent: parent})
		}
		var top, below id.Reason
		h.tx(func(tx *store.Tx) (err error) { top, err = add(tx, "Livraison", 0); return err })
		h.tx(func(tx *store.Tx) (err error) { below, err = add(tx, " Colis   perdu ", top); return err })
		h.refused(fault.Invalid, func(tx *store.Tx) error { _, err := add(tx, "Volé", below); return err })
		h.refused(fault.Invalid, func(tx *store.Tx) error { _, err := add(tx, "Colis perdu", top); return err })
		h.refused(fault.Invalid, func(tx *store.Tx) error { _, err := add(tx, "  ", 0); return err })
		h.refused(fault.Invalid, func(tx *store.Tx) error {
			return h.labels.SaveReason(tx, h.lead, top, label.ReasonInput{Name: "Livraison", Parent: below})
		})
		h.refused(fault.Forbidden, func(tx *store.Tx) error {
			_, err := h.labels.CreateReason(tx, h.agent, label.ReasonInput{Name: "x"})
			return err
		})
		for i := 2; i < label.MostReasons; i++ {
			h.tx(func(tx *store.Tx) error { _, err := add(tx, fmt.Sprintf("Motif %d", i), 0); return err })
		}
		h.refused(fault.Conflict, func(tx *store.Tx) error { _, err := add(tx, "De trop", 0); return err })
		h.tx(func(tx *store.Tx) error { return h.labels.ArchiveReason(tx, h.lead, top, true) })
		archived := 0
		for _, r := range h.reasons() {
			if r.Archived {
				archived++
			}
		}
		if archived != 2 {
			h.t.Errorf("%d archived, want the group and the one below it", archived)
		}
		h.refused(fault.Conflict, func(tx *store.Tx) error { return h.labels.ArchiveReason(tx, h.lead, below, false) })
		h.tx(func(tx *store.Tx) error { _, err := add(tx, "Livraison", 0); return err })
	})
}

func TestEightPeopleTypeOneTag(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		var all sync.WaitGroup
		made := make([]id.Tag, 8)
		for i := range made {
			all.Go(func() {
				spelling := []string{"Fête des mères", "fete des meres", "FÊTE  DES MÈRES"}[i%3]
				err := h.db.InTx(h.t.Context(), func(tx *store.Tx) (err error) {
					made[i], err = h.labels.TagNamed(tx, h.agent, spelling)
					return err
				})
				if err != nil {
					h.t.Error(err)
				}
			})
		}
		all.Wait()
		for _, tag := range made {
			if tag != made[0] || tag == 0 {
				h.t.Fatalf("one word made several tags: %v", made)
			}
		}
		h.tx(func(tx *store.Tx) error {
			return h.labels.SaveTag(tx, h.lead, made[0], label.TagInput{Name: "Fête", Colour: "green", Archived: true})
		})
		h.refused(fault.Invalid, func(tx *store.Tx) error {
			return h.labels.SaveTag(tx, h.lead, made[0], label.TagInput{Name: "Fête", Colour: "red; }"})
		})
		h.tx(func(tx *store.Tx) error {
			again, err := h.labels.TagNamed(tx, h.agent, "fete")
			if again != made[0] {
				h.t.Errorf("typed again it is %d, want the archived one back: %d", again, made[0])
			}
			return err
		})
	})
}

func TestValuesOfFields(t *testing.T) {
	t.Parallel()
	choice := label.Field{Kind: label.FieldChoice, Raw: `["or","argent"]`}
	tests := []struct {
		field     label.Field
		in, out   string
		isRefused bool
	}{
		{label.Field{Kind: label.FieldText}, "  gravure « L »  ", "gravure « L »", false},
		{label.Field{Kind: label.FieldText}, strings.Repeat("é", 501), "", true},
		{label.Field{Kind: label.FieldNumber}, "52,5", "52.5", false},
		{label.Field{Kind: label.FieldNumber}, "NaN", "", true},
		{label.Field{Kind: label.FieldNumber}, "1e999", "", true},
		{label.Field{Kind: label.FieldNumber}, "0x10p2", "", true},
		{label.Field{Kind: label.FieldDate}, "2026-11-23", "2026-11-23", false},
		{label.Field{Kind: label.FieldDate}, "2026-02-30", "", true},
		{choice, "or", "or", false},
		{choice, "platine", "", true},
		{label.Field{Kind: label.FieldYesNo}, "yes", "yes", false},
		{label.Field{Kind: label.FieldYesNo}, "maybe", "", true},
		{choice, " ", "", false},
	}
	for _, tt := range tests {
		got, err := tt.field.Value(tt.in)
		if got != tt.out || (err != nil) != tt.isRefused {
			t.Errorf("%s of %q: %q, %v", tt.field.Kind, tt.in, got, err)
		}
	}
}

func TestTwentyFieldsAtMost(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		add := func(tx *store.Tx, n int) (id.Field, error) {
			return h.labels.CreateField(tx, h.lead, label.FieldInput{Name: fmt.Sprintf("Champ %d", n), Kind: label.FieldChoice, Choices: []string{"a", "", "a", "b"}})
		}
		var first id.Field
		for n := range 20 {
			h.tx(func(tx *store.Tx) (err error) {
				made, err := add(tx, n)
				if n == 0 {
					first = made
				}
				return err
			})
		}
		h.refused(fault.Conflict, func(tx *store.Tx) error { _, err := add(tx, 21); return err })
		h.refused(fault.Invalid, func(tx *store.Tx) error {
			_, err := h.labels.CreateField(tx, h.lead, label.FieldInput{Name: "x", Kind: label.FieldChoice})
			return err
		})
		h.tx(func(tx *store.Tx) error {
			return h.labels.SaveField(tx, h.lead, first, label.FieldInput{Name: "Ancien", Choices: []string{"a"}, Archived: true})
		})
		h.tx(func(tx *store.Tx) error { _, err := add(tx, 21); return err })
		h.refused(fault.NotFound, func(tx *store.Tx) error { _, err := label.FieldOf(tx, h.lead.Shop, first); return err })
	})
}
