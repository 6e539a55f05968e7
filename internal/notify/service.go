package notify

import (
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/push"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Service writes to the shop's people.
type Service struct {
	DB    *store.DB
	Clock clock.Clock
	Queue jobs.Queue
	Reply *reply.Service
	Team  *team.Service
	Shops *shop.Service
	Box   *secret.Box
	Push  *push.Service
	URL   string // address of the web app, without a trailing slash
}

// canMail: a shop whose mail cannot leave, or a demo, gets no reminders; they
// would only pile up.
func (s *Service) canMail(tx *store.Tx, of id.Shop) (bool, error) {
	sh, err := s.Shops.Get(tx, of)
	if err != nil || sh.Demo {
		return false, err
	}
	boxes, err := s.Shops.Mailboxes(tx, of)
	if err != nil || len(boxes) == 0 {
		return false, err
	}
	_, ok := boxes[0].SMTP()
	return ok, nil
}

func mailTo(shopID id.Shop, p team.Person, subject, text string) reply.SystemMail {
	return reply.SystemMail{
		Shop: shopID, To: mime.Address{Name: p.Name, Address: p.Email}, Subject: subject, Text: text, Language: p.Language,
	}
}
