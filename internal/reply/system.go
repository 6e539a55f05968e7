package reply

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// SystemMail is mail to the shop's own people: a password reset, an
// invitation, a reminder of what is owed.
type SystemMail struct {
	Shop     id.Shop
	To       mime.Address
	Subject  string
	Text     string
	Language string
	// Unsubscribe is where the person says by one request that mail of this kind
	// is not wanted (RFC 8058); empty for mail that one cannot do without.
	Unsubscribe string
}

// SendSystem queues a system mail. The hole rules hold for it too; finish is
// called in the transaction that writes it, to end the job behind it.
func (s *Service) SendSystem(ctx context.Context, m SystemMail, finish func(*store.Tx) error) error {
	found := guard.Check(guard.Draft{Text: m.Text, Kind: guard.KindSystem, Lang: m.Language}, guard.Facts{})
	if guard.Blocks(found) {
		return fmt.Errorf("system mail %q has a hole: %s", m.Subject, found[0].Words)
	}
	b := basis{conv: desk.Conversation{Shop: m.Shop, Language: m.Language}, location: time.UTC}
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if b.shop, err = s.Shops.Get(tx, m.Shop); err != nil {
			return err
		}
		if b.location, err = s.Shops.Location(tx, m.Shop); err != nil {
			return err
		}
		b.mailbox, err = s.from(tx, m.Shop, 0)
		return err
	})
	if err != nil {
		return fmt.Errorf("system mail: %w", err)
	}
	raw, messageID, err := s.composeAutomatic(ctx, b, automatic{to: m.To, subject: m.Subject, text: m.Text, submitted: "auto-generated", unsubscribe: m.Unsubscribe})
	if err != nil {
		return fmt.Errorf("system mail: %w", err)
	}
	failpoint.Hit("system.composed")
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := finish(tx); err != nil {
			return err
		}
		_, err := s.Post.Create(tx, delivery.New{
			Shop: m.Shop, Mailbox: b.mailbox.ID, Kind: delivery.System, MessageID: messageID, Raw: raw,
			Sender: b.mailbox.Address, Subject: m.Subject,
			Recipients: []delivery.Recipient{{Address: strings.ToLower(m.To.Address), Name: m.To.Name, Role: "to", Customer: true}},
		})
		return err
	})
	failpoint.Hit("system.committed")
	return err
}
