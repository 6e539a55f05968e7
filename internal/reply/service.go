package reply

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Service writes what leaves.
type Service struct {
	DB    *store.DB
	Blobs blob.Store
	Clock clock.Clock
	Log   *event.Log
	Desk  *desk.Desk
	Post  *delivery.Post
	Shops *shop.Service
	Team  *team.Service
	Links Links // of files that are too large for a mail

	// Banners are the texts that acknowledgements carry at an instant, while
	// something lasts that many customers ask about; nil for none.
	Banners func(tx *store.Tx, shop id.Shop, at time.Time) ([]Banner, error)
}

// Banner is a text of the shop's, by language; another language never takes the
// place of one that is missing.
type Banner struct{ French, English string }

// newMessageID makes an identity that says the conversation to us and nothing
// to others.
func newMessageID(c id.Conversation, address string) string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return fmt.Sprintf("c%d.%s@%s", c, hex.EncodeToString(b[:]), domainOf(address))
}

func domainOf(address string) string {
	if i := strings.LastIndexByte(address, '@'); i >= 0 && i < len(address)-1 {
		return address[i+1:]
	}
	return "localhost.localdomain"
}

// from finds the mailbox that a shop's mail leaves from: the conversation's,
// else the shop's first.
func (s *Service) from(tx *store.Tx, shopID id.Shop, wanted id.Mailbox) (shop.Mailbox, error) {
	all, err := s.Shops.Mailboxes(tx, shopID)
	if err != nil {
		return shop.Mailbox{}, err
	}
	for _, m := range all {
		if m.ID == wanted {
			return m, nil
		}
	}
	if len(all) > 0 {
		return all[0], nil
	}
	return shop.Mailbox{}, errNoMailbox
}
