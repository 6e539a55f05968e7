package guard_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/guard"
)

func TestMentioned(t *testing.T) {
	t.Parallel()
	f := signed()
	f.Customer.Email = "camille@example.org"
	f.Orders = []string{"ML-20417"}
	emails, numbers := guard.Mentioned(guard.Draft{Text: "Camille@example.org : ML-20417 et ML-20418 (#20419), le 12/11/2026, 49,90 €, à paul@example.org.\n" +
		"Encore paul@example.org, ML-20418.\n> ML-20420 inès@example.net"}, f)
	if diff := cmp.Diff([]string{"paul@example.org"}, emails); diff != "" {
		t.Errorf("e-mails (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"ML-20418", "20419"}, numbers); diff != "" {
		t.Errorf("numbers (-want +got)\n%s", diff)
	}
}

// What a draft quotes promises nothing, and what it promises is told by code points.
func TestPromisesOfADraft(t *testing.T) {
	t.Parallel()
	text := "> Je vous rappelle demain à 10 h.\n\nÉté 🌸, je vous rappelle mardi. « Je vous rembourse demain », disait le mail."
	got := guard.Promises(guard.Draft{Text: text}, mondayMorning())
	if len(got) != 1 || got[0].Words != "je vous rappelle mardi" {
		t.Fatalf("%+v", got)
	}
	if points := []rune(text); string(points[got[0].Start:got[0].End]) != got[0].Words {
		t.Errorf("%d to %d is not %q", got[0].Start, got[0].End, got[0].Words)
	}
	for _, found := range guard.Check(guard.Draft{Text: "Je vous rappelle demain à 10 h."}, signed()) {
		t.Errorf("a date stands there, known or not: %+v", found)
	}
}

// One reading gives what three calls give.
func TestReadIsAllOfIt(t *testing.T) {
	t.Parallel()
	f := mondayMorning()
	f.Message = "Bonjour, quand arrive ma bague ?"
	d := guard.Draft{Text: "Bonjour {prenom}, je vous rappelle demain à 10 h.", Lang: "fr"}
	want := guard.Review{Findings: guard.Check(d, f), Promises: guard.Promises(d, f), Questions: guard.Questions(d, f)}
	if diff := cmp.Diff(want, guard.Read(d, f)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
