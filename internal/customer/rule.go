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
	Blocked    SenderRule = "blocked" // by a person, on purpose: a customer whom nobody wants to read
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

var selectBlocked = store.SQL(`
	select address, person_id, created_at from sender_rule where shop_id = $1 and rule = 'blocked' order by address limit 1000`)

// BlockedSender is an address whose mail lies in the spam tray by a person's word.
type BlockedSender struct {
	Address string    `db:"address"`
	By      id.Person `db:"person_id"`
	At      time.Time `db:"created_at"`
}

// BlockedSenders reads the addresses that a shop blocked, at most 1,000.
func BlockedSenders(tx *store.Tx, shop id.Shop) ([]BlockedSender, error) {
	return store.All[BlockedSender](tx, selectBlocked, shop)
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
