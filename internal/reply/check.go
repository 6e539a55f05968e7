package reply

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Review is what is said of a draft while it is written.
type Review struct {
	Findings  []guard.Finding
	Questions []guard.Question // the customer's, and which of them the draft speaks to (P06)
	Promises  []Promised       // what its text promises, with a date
}

func (b *basis) review(a Answer) Review {
	read := guard.Read(b.draft(), b.facts)
	return Review{Findings: read.Findings, Questions: read.Questions, Promises: b.promised(a, read.Promises)}
}

// Check asks the guard about a draft without writing anything.
func (s *Service) Check(ctx context.Context, by desk.Actor, a Answer) (read Review, err error) {
	a.HTML = sanitise.Fragment(a.HTML)
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		var b basis
		if b.conv, err = desk.Get(tx, a.Conversation); err != nil || b.conv.Shop != by.Shop {
			return fault.Missing("conversation")
		}
		if err := b.readShop(s)(tx, by, a); err != nil {
			return err
		}
		if err := b.readFiles(tx, by, a); err != nil {
			return err
		}
		if err := b.readAbout(s)(tx, by, a); err != nil {
			return err
		}
		read = b.review(a)
		return nil
	})
	return read, err
}
