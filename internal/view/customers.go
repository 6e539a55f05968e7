package view

import (
	"context"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// FoundCustomer is a customer as the dialog of a contact offers them.
type FoundCustomer struct {
	ID        id.Customer `json:"id"`
	Name      string      `json:"name"`
	Addresses []string    `json:"addresses" nullable:"false"`
	Phones    []string    `json:"phones" nullable:"false"`
	LastAt    time.Time   `json:"last_at" doc:"When they last wrote or called"`
}

const (
	customersShown = 20
	// recentCustomers bounds the search by name: who calls has mostly written
	// or bought lately. By address and number the whole archive is searched.
	recentCustomers = 2000
	mostAsked       = 200 // bytes
)

var (
	selectRecent = store.SQL(`select id, name, last_at from customer where shop_id = $1 order by last_at desc, id desc limit $2`)
	selectPrefix = store.SQL(`
		select customer_id from customer_identity
		where shop_id = $1 and kind = $2 and value >= $3 and value < $4 order by value limit $5`)
)

// Customers finds customers by the beginning of an address or phone number,
// however it is written, or by any part of the name, accents and case apart;
// "" gives those who were here last.
func (l *Lists) Customers(ctx context.Context, shop id.Shop, q string) ([]FoundCustomer, error) {
	out := []FoundCustomer{}
	if len(q) > mostAsked {
		q = q[:mostAsked]
	}
	q = strings.ReplaceAll(strings.ToValidUTF8(q, ""), "\x00", "") // PostgreSQL takes neither
	err := l.DB.Read(ctx, func(tx *store.Tx) error {
		ids, err := byIdentity(tx, shop, q)
		if err != nil {
			return err
		}
		recent, err := store.All[customer.Customer](tx, selectRecent, shop, recentCustomers)
		if err != nil {
			return err
		}
		wanted := lang.Fold(strings.TrimSpace(q))
		for _, c := range recent {
			if len(ids) >= customersShown {
				break
			}
			if strings.Contains(lang.Fold(c.Name), wanted) {
				ids = append(ids, c.ID)
			}
		}
		ids = distinct(ids, func(c id.Customer) id.Customer { return c })
		out, err = filesOf(tx, ids[:min(len(ids), customersShown)])
		return err
	})
	return out, failed("customers", err)
}

// byIdentity finds customers by the beginning of an address or number.
func byIdentity(tx *store.Tx, shop id.Shop, q string) ([]id.Customer, error) {
	var out []id.Customer
	try := func(kind customer.IdentityKind, prefix string) error {
		found, err := store.All[id.Customer](tx, selectPrefix, shop, kind, prefix, prefix+"\U0010ffff", customersShown)
		out = append(out, found...)
		return err
	}
	if address := customer.MailIdentity(q).Value; address != "" {
		if err := try(customer.Mail, address); err != nil {
			return nil, err
		}
	}
	number := customer.PhoneIdentity(q).Value
	if len(number) < 4 || strings.ContainsFunc(q, isLetter) {
		return out, nil
	}
	if number[0] == '0' { // the beginning of a French number, as it is kept
		number = "+33" + number[1:]
	}
	return out, try(customer.Phone, number)
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '@' }

// filesOf reads customers with their addresses and numbers, in the order given.
func filesOf(tx *store.Tx, ids []id.Customer) ([]FoundCustomer, error) {
	out := []FoundCustomer{}
	customers, err := byIDs[customer.Customer](tx, `select id, name, last_at from customer where id in `, ids, ``)
	if err != nil {
		return out, err
	}
	identities, err := byIDs[customer.Identity](tx,
		`select kind, value, shown, customer_id from customer_identity where customer_id in `, ids, ` order by kind, value`)
	if err != nil {
		return out, err
	}
	for _, want := range ids {
		for _, c := range customers {
			if c.ID != want {
				continue
			}
			f := FoundCustomer{ID: c.ID, Name: c.Name, LastAt: c.LastAt, Addresses: []string{}, Phones: []string{}}
			for _, i := range identities {
				switch {
				case i.Customer != c.ID:
				case i.Kind == customer.Mail:
					f.Addresses = append(f.Addresses, i.Value)
				default:
					f.Phones = append(f.Phones, i.Written())
				}
			}
			out = append(out, f)
		}
	}
	return out, nil
}
