package shop

import (
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// route is the little of a mailbox that decides whose mail something is.
type route struct {
	ID      id.Mailbox `db:"id"`
	Shop    id.Shop    `db:"shop_id"`
	Address string     `db:"address"`
	Aliases Addresses  `db:"aliases"`
	Active  bool       `db:"active"`
}

var selectRoutes = store.SQL(`select id, shop_id, address, aliases, active from mailbox order by id`)

func (r route) leadsTo(address string) bool {
	return r.Address == address || slices.Contains(r.Aliases, address)
}

// MailboxFor finds the mailbox that mail to the recipient is for, paused ones
// left out, and the +tag of the recipient ("" for none). A mailbox whose own
// address has a plus sign is found by it first.
func (s *Service) MailboxFor(tx *store.Tx, recipient string) (m Mailbox, tag string, found bool, err error) {
	routes, err := store.All[route](tx, selectRoutes)
	if err != nil {
		return Mailbox{}, "", false, err
	}
	address := strings.ToLower(strings.TrimSpace(recipient))
	bare, tag := cutTag(address)
	for _, try := range []struct{ address, tag string }{{address, ""}, {bare, tag}} {
		i := slices.IndexFunc(routes, func(r route) bool { return r.Active && r.leadsTo(try.address) })
		if i >= 0 {
			m, err = s.MailboxByID(tx, routes[i].ID)
			return m, try.tag, err == nil, err
		}
	}
	return Mailbox{}, "", false, nil
}

// cutTag takes "+tag" out of the local part (RFC 5233).
func cutTag(address string) (bare, tag string) {
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return address, ""
	}
	local, tag, ok := strings.Cut(address[:at], "+")
	if !ok || local == "" {
		return address, ""
	}
	return local + address[at:], tag
}

func readOwn(tx *store.Tx, shop id.Shop) ([]string, error) {
	routes, err := store.All[route](tx, selectRoutes)
	if err != nil {
		return nil, err
	}
	own := []string{}
	for _, r := range routes {
		if r.Shop == shop {
			own = append(append(own, r.Address), r.Aliases...)
		}
	}
	slices.Sort(own)
	return slices.Compact(own), nil
}
