package customer

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Customer is a person's file in one shop.
type Customer struct {
	ID        id.Customer `db:"id"`
	Shop      id.Shop     `db:"shop_id"`
	Name      string      `db:"name"`
	Language  string      `db:"language"`
	Note      string      `db:"note"`
	CreatedAt time.Time   `db:"created_at"`
	LastAt    time.Time   `db:"last_at"`
}

// IdentityKind says what kind of thing a customer is recognised by.
type IdentityKind string

// What a customer is recognised by.
const (
	Mail  IdentityKind = "mail"
	Phone IdentityKind = "phone"
)

// Identity is one address or number of a customer.
type Identity struct {
	Kind     IdentityKind `db:"kind"`
	Value    string       `db:"value"` // normalised
	Shown    string       `db:"shown"` // as it was written
	Customer id.Customer  `db:"customer_id"`
}

// MailIdentity normalises a mail address.
func MailIdentity(address string) Identity {
	return Identity{Kind: Mail, Value: strings.ToLower(strings.TrimSpace(address)), Shown: strings.TrimSpace(address)}
}

// PhoneIdentity normalises a number as far as digits and a leading plus go; a
// French national number gets its country code.
func PhoneIdentity(number string) Identity {
	var b strings.Builder
	for _, r := range number {
		if r >= '0' && r <= '9' || (r == '+' && b.Len() == 0) {
			b.WriteRune(r)
		}
	}
	v := b.String()
	if strings.HasPrefix(v, "00") {
		v = "+" + v[2:]
	}
	if len(v) == 10 && v[0] == '0' {
		v = "+33" + v[1:]
	}
	return Identity{Kind: Phone, Value: v, Shown: strings.TrimSpace(number)}
}

// Written is an identity as people write it: an address in lower case, a number
// with its blanks.
func (i Identity) Written() string {
	if i.Kind == Phone && i.Shown != "" {
		return i.Shown
	}
	return i.Value
}

const columns = `id, shop_id, name, language, note, created_at, last_at`

var (
	selectCustomer   = store.SQL(`select ` + columns + ` from customer where id = $1`)
	selectByIdentity = store.SQL(`
		select c.id, c.shop_id, c.name, c.language, c.note, c.created_at, c.last_at
		from customer_identity i join customer c on c.id = i.customer_id
		where i.shop_id = $1 and i.kind = $2 and i.value = $3`)
	insertCustomer = store.SQL(`
		insert into customer (shop_id, name, language, address, created_at, last_at) values ($1, $2, $3, $4, $5, $5) returning id`)
	insertIdentity = store.SQL(`
		insert into customer_identity (shop_id, kind, value, shown, customer_id) values ($1, $2, $3, $4, $5)
		on conflict (shop_id, kind, value) do nothing`)
	// Lists show one address beside a name: mail comes before phone, then the
	// first by the alphabet.
	setAddress = store.SQL(`
		update customer set address = coalesce((
			select case when kind = 'phone' and shown <> '' then shown else value end
			from customer_identity where customer_id = $1 order by kind, value limit 1), '')
		where id = $1`)
	touchCustomer = store.SQL(`
		update customer set last_at = case when last_at > $2 then last_at else $2 end,
			name = case when name = '' then $3 else name end,
			language = case when $4 <> '' then $4 else language end
		where id = $1`)
	selectIdentities = store.SQL(`select kind, value, shown, customer_id from customer_identity where customer_id = $1 order by kind, value`)
	deleteOrphan     = store.SQL(`delete from customer where id = $1`)
)

// Seen describes a contact by which a customer is recognised.
type Seen struct {
	Shop     id.Shop
	Identity Identity
	Name     string
	Language string
	At       time.Time
}

// Recognise finds the customer's file by identity, or opens one.
func Recognise(tx *store.Tx, s Seen) (Customer, error) {
	s.Name = bounded(s.Name, 200)
	found, ok, err := store.Maybe[Customer](tx, selectByIdentity, s.Shop, s.Identity.Kind, s.Identity.Value)
	if err != nil {
		return Customer{}, fmt.Errorf("recognise customer: %w", err)
	}
	if ok {
		if _, err := store.Exec(tx, touchCustomer, found.ID, s.At, s.Name, s.Language); err != nil || found.Name != "" {
			return found, err
		}
		return found, nameFindable(tx, s.Shop, found.ID, s.Name)
	}
	c := Customer{Shop: s.Shop, Name: s.Name, Language: s.Language, CreatedAt: s.At, LastAt: s.At}
	c.ID, err = store.One[id.Customer](tx, insertCustomer, s.Shop, s.Name, s.Language, s.Identity.Written(), s.At)
	if err != nil {
		return c, fmt.Errorf("open customer file: %w", err)
	}
	n, err := store.Exec(tx, insertIdentity, s.Shop, s.Identity.Kind, s.Identity.Value, s.Identity.Shown, c.ID)
	if err != nil {
		return c, err
	}
	if n == 1 {
		return c, nameFindable(tx, s.Shop, c.ID, s.Name)
	}
	// Another transaction opened the file for the same address meanwhile.
	if _, err := store.Exec(tx, deleteOrphan, c.ID); err != nil {
		return c, err
	}
	return store.One[Customer](tx, selectByIdentity, s.Shop, s.Identity.Kind, s.Identity.Value)
}

// Open opens a file for somebody without an address or number, as after a
// talk at the counter.
func Open(tx *store.Tx, s Seen) (Customer, error) {
	if s.Identity.Value != "" {
		return Recognise(tx, s)
	}
	c := Customer{Shop: s.Shop, Name: bounded(s.Name, 200), Language: s.Language, CreatedAt: s.At, LastAt: s.At}
	var err error
	c.ID, err = store.One[id.Customer](tx, insertCustomer, s.Shop, c.Name, s.Language, "", s.At)
	if err != nil {
		return c, err
	}
	return c, nameFindable(tx, s.Shop, c.ID, c.Name)
}

// Get reads a file; store.ErrNone when it isn't there.
func Get(tx *store.Tx, c id.Customer) (Customer, error) {
	return store.One[Customer](tx, selectCustomer, c)
}

// Find reads the file that an identity belongs to, if any.
func Find(tx *store.Tx, shop id.Shop, i Identity) (Customer, bool, error) {
	return store.Maybe[Customer](tx, selectByIdentity, shop, i.Kind, i.Value)
}

// Identities reads the addresses and numbers of a customer.
func Identities(tx *store.Tx, c id.Customer) ([]Identity, error) {
	return store.All[Identity](tx, selectIdentities, c)
}

// AddIdentity adds an address or number to a file unless somebody has it.
func AddIdentity(tx *store.Tx, shop id.Shop, c id.Customer, i Identity) error {
	if _, err := store.Exec(tx, insertIdentity, shop, i.Kind, i.Value, i.Shown, c); err != nil {
		return err
	}
	_, err := store.Exec(tx, setAddress, c)
	return err
}

func bounded(s string, runes int) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes])
}
