package reply

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Check asks the guard about a draft without writing anything.
func (s *Service) Check(ctx context.Context, by desk.Actor, a Answer) (found []guard.Finding, err error) {
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
		found = b.check(a, s.Clock.Now())
		return nil
	})
	return found, err
}
