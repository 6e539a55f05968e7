package view

import (
	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// previousShown is how many of the customer's other conversations are named.
const previousShown = 10

var (
	countConversations = store.SQL(capped + `conversation where customer_id = $1 and merged_into is null` + limited)
	selectKept         = store.SQL(`
		select coalesce(sum(case when p.state = 'kept' and p.closed_at <= p.due_at then 1 else 0 end), 0) as kept, count(*) as total
		from (select id from conversation where customer_id = $1 order by last_message_at desc, id desc limit 200) c
		join promise p on p.conversation_id = c.id
		where p.kind = 'answer' and p.state in ('kept', 'ended')`)
	selectPrevious = store.SQL(`
		select id, subject, last_message_at, state from conversation
		where customer_id = $1 and id <> $2 and merged_into is null order by last_message_at desc, id desc limit $3`)
	selectSuggestions = store.SQL(`
		select id, shop_id, conversation_id, other_id, reason, state from suggestion where conversation_id = $1 and state = 'open' order by id limit 10`)
)

type keptOf struct {
	Kept  int `db:"kept"`
	Total int `db:"total"`
}

// readCustomer tells who it is with, and how the shop has kept its word to them.
func (r *reading) readCustomer(h *Head) error {
	h.Customer.Addresses = []string{}
	if r.conv.Customer == 0 {
		return nil
	}
	c, err := customer.Get(r.tx, r.conv.Customer)
	if err != nil {
		return err
	}
	identities, err := customer.Identities(r.tx, c.ID)
	if err != nil {
		return err
	}
	f := CustomerFile{ID: c.ID, Name: c.Name, Language: c.Language, Since: orNull(c.CreatedAt), Addresses: []string{}}
	for _, i := range identities {
		f.Addresses = append(f.Addresses, i.Written())
	}
	kept, err := store.One[keptOf](r.tx, selectKept, c.ID)
	f.Kept, f.OwedTotal = kept.Kept, kept.Total
	h.Customer = f
	return err
}

func (r *reading) readPrevious(h *Head) (err error) {
	h.Previous = []Previous{}
	if r.conv.Customer == 0 {
		return nil
	}
	h.Previous, err = store.All[Previous](r.tx, selectPrevious, r.conv.Customer, r.conv.ID, previousShown)
	for i := range h.Previous {
		h.Previous[i].Number = int64(h.Previous[i].ID)
	}
	h.Customer.Conversations = 1 + len(h.Previous)
	if err == nil && len(h.Previous) == previousShown {
		h.Customer.Conversations, err = store.One[int](r.tx, countConversations, r.conv.Customer)
	}
	return err
}

// suggestionWords say why two conversations may be the same matter, in French
// and English.
var suggestionWords = map[string][2]string{
	"named": {
		"Ce message cite un message de l’autre demande, mais son expéditeur n’y participe pas.",
		"This message names a message of the other request, but its sender takes no part in it.",
	},
	"both": {
		"Un message cite à la fois cette demande et l’autre.",
		"One message names both this request and the other.",
	},
}

type suggestionRow struct {
	ID           id.Suggestion   `db:"id"`
	Shop         id.Shop         `db:"shop_id"`
	Conversation id.Conversation `db:"conversation_id"`
	Other        id.Conversation `db:"other_id"`
	Reason       string          `db:"reason"`
	State        string          `db:"state"`
}

func (r *reading) readSuggestions(h *Head) error {
	h.Suggestions = []Suggestion{}
	if !r.has.Suggestions {
		return nil
	}
	found, err := store.All[suggestionRow](r.tx, selectSuggestions, r.conv.ID)
	if err != nil {
		return err
	}
	others, err := byIDs[conversation](r.tx, `select id, customer_id, subject, last_message_at from conversation where shop_id = $1 and id in `,
		distinct(found, func(s suggestionRow) id.Conversation { return s.Other }), ``, r.by.Shop)
	if err != nil {
		return err
	}
	names, err := customersOf(r.tx, distinct(others, func(c conversation) id.Customer { return c.Customer }))
	if err != nil {
		return err
	}
	for _, s := range found {
		for _, o := range others {
			if o.ID != s.Other {
				continue
			}
			words := suggestionWords[s.Reason]
			h.Suggestions = append(h.Suggestions, Suggestion{
				ID: s.ID, ReasonFR: words[0], ReasonEN: words[1],
				Conversation: Suggested{
					ID: o.ID, Number: int64(o.ID), Subject: o.Subject, CustomerName: names[o.Customer].Name, LastMessageAt: o.LastMessageAt,
				},
			})
		}
	}
	return nil
}
