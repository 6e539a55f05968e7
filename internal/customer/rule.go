package customer

import (
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// SenderRule is what the shop learnt about an address.
type SenderRule string

// What may be learnt about a sender.
const (
	NoRule     SenderRule = ""
	NeverWaits SenderRule = "never_waits" // a supplier, a carrier, a report
	Spam       SenderRule = "spam"
)

var (
	selectRule = store.SQL(`select rule from sender_rule where shop_id = $1 and address = $2`)
	upsertRule = store.SQL(`
		insert into sender_rule (shop_id, address, rule, person_id, created_at) values ($1, $2, $3, $4, $5)
		on conflict (shop_id, address) do update set rule = excluded.rule, person_id = excluded.person_id, created_at = excluded.created_at`)
	deleteRule = store.SQL(`delete from sender_rule where shop_id = $1 and address = $2`)
)

// RuleFor reads what was learnt about an address.
func RuleFor(tx *store.Tx, shop id.Shop, address string) (SenderRule, error) {
	r, _, err := store.Maybe[SenderRule](tx, selectRule, shop, strings.ToLower(address))
	return r, err
}

// Learn remembers a rule for an address; NoRule forgets it.
func Learn(tx *store.Tx, shop id.Shop, address string, r SenderRule, by id.Person, at time.Time) error {
	address = strings.ToLower(address)
	if r == NoRule {
		_, err := store.Exec(tx, deleteRule, shop, address)
		return err
	}
	_, err := store.Exec(tx, upsertRule, shop, address, r, by, at)
	return err
}
