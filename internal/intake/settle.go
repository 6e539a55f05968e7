package intake

import (
	"context"
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	selectDue     = store.SQL(`select ` + itemColumns + ` from item where mailbox_id = $1 and after_intake = 'due' order by folder, uid limit $2`)
	updateSettled = store.SQL(`update item set after_intake = 'done' where id = $1`)
)

// Due lists taken items whose source is still to be settled (flag or move),
// by folder.
func Due(tx *store.Tx, mailbox id.Mailbox, limit int) ([]Item, error) {
	return store.All[Item](tx, selectDue, mailbox, limit)
}

// Settled notes that the source of the items was settled.
func (s *Intake) Settled(ctx context.Context, items []Item) error {
	err := s.DB.InTx(ctx, func(tx *store.Tx) error {
		for _, it := range items {
			if _, err := store.Exec(tx, updateSettled, it.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("settle items: %w", err)
	}
	return nil
}
