package reply

import (
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var selectWriters = store.SQL(`
	select '' as rfc_message_id, '' as subject, '' as from_name, from_address, recipients from message
	where conversation_id = $1 and direction = 'in' and kind = 'customer' order by id desc limit 50`)

// customersOwn are the addresses by which the customer's side writes here: those
// of the customer's file, and the From and Reply-To of their mails. Who was only
// written to (a colleague in copy) is no customer.
func customersOwn(tx *store.Tx, conv desk.Conversation) ([]string, error) {
	known, err := customer.Identities(tx, conv.Customer)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, i := range known {
		if i.Kind == customer.Mail {
			out = append(out, strings.ToLower(i.Value))
		}
	}
	mails, err := store.All[parent](tx, selectWriters, conv.ID)
	for _, m := range mails {
		out = append(out, strings.ToLower(m.FromAddress))
		for _, r := range desk.ParseRecipients(m.Recipients).ReplyTo {
			out = append(out, strings.ToLower(r.Address))
		}
	}
	return out, err
}

// recipients of the delivery, each address once, with whose result decides for
// the promise: the customer's among To, else among the copies; where the
// customer is nowhere (the author knows a better address), every To.
func (b basis) recipients(a Answer) []delivery.Recipient {
	var all []delivery.Recipient
	for _, part := range []struct {
		role string
		list []mime.Address
	}{{"to", b.to}, {"cc", a.Cc}, {"bcc", a.Bcc}} {
		for _, r := range part.list {
			address := strings.ToLower(r.Address)
			if !slices.ContainsFunc(all, func(o delivery.Recipient) bool { return o.Address == address }) {
				all = append(all, delivery.Recipient{Address: address, Name: r.Name, Role: part.role})
			}
		}
	}
	isCustomers := func(r delivery.Recipient) bool { return slices.Contains(b.customers, r.Address) }
	for _, decides := range []func(delivery.Recipient) bool{
		func(r delivery.Recipient) bool { return r.Role == "to" && isCustomers(r) },
		isCustomers,
		func(r delivery.Recipient) bool { return r.Role == "to" },
	} {
		found := false
		for i := range all {
			all[i].Customer = decides(all[i])
			found = found || all[i].Customer
		}
		if found {
			break
		}
	}
	return all
}
