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
