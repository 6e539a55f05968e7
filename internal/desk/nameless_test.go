package desk_test

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/mime"
)

// Some programs send without a Message-ID: such mails are told apart by what
// they say, and two answers from the Sent folder were once taken for one.
func TestMailsWithoutMessageIDAreToldApart(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		for _, role := range []string{"inbox", "sent"} {
			first, second := h.mail(camille, "", "Où est mon colis ?"), h.mail(camille, "", "Et ma bague ?")
			first.Role, second.Role = role, role
			first.Fingerprint, second.Fingerprint = role+"-colis", role+"-bague"
			if role == "sent" {
				first.Class, second.Class = mime.ClassOwn, mime.ClassOwn
			}
			one, two := h.receive(first), h.receive(second)
			if one.Duplicate || two.Duplicate || one.Message == two.Message {
				h.t.Errorf("%s: two mails without Message-ID became %+v and %+v", role, one, two)
			}
			if again := h.receive(first); !again.Duplicate || again.Message != one.Message {
				h.t.Errorf("%s: the first once more became %+v", role, again)
			}
		}
	})
}
