package view

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Attributes are what the shop noted of a conversation.
type Attributes struct {
	Team        *TeamRef       `json:"team"`
	Priority    int            `json:"priority" enum:"-1,0,1" doc:"1 before others, -1 can wait"`
	Angry       bool           `json:"angry" doc:"The customer, in words that wait for an answer"`
	Rank        int            `json:"rank" doc:"Order of a Monday: 3 law or money, 2 anger or priority, 1 reminded, 0"`
	Reason      *ReasonRef     `json:"reason"`
	Product     string         `json:"product"`
	Cause       string         `json:"cause"`
	Language    string         `json:"language" doc:"Two letters; empty when nothing tells"`
	LanguageSet bool           `json:"language_set" doc:"A person chose it"`
	UntilAnswer bool           `json:"until_answer" doc:"Snoozed until the customer writes"`
	Tags        []TagRef       `json:"tags" nullable:"false"`
	Fields      []FieldValue   `json:"fields" nullable:"false" doc:"Those that have a value"`
	Following   bool           `json:"following" doc:"The reader is told of what happens here"`
	Links       []Suggested    `json:"links" nullable:"false" doc:"Conversations that have to do with it; at most 50"`
	Blocked     *BlockedSender `json:"blocked" doc:"Set when a person blocked its sender"`
}

// FieldValue is a value of one of the shop's fields.
type FieldValue struct {
	Field id.Field `json:"field" db:"field_id"`
	Value string   `json:"value" db:"value"`
}

// BlockedSender says who blocked an address, and when.
type BlockedSender struct {
	Address string    `json:"address"`
	By      *Ref      `json:"by"`
	At      time.Time `json:"at"`
}

var (
	selectFieldValues = store.SQL(`
		select v.field_id, v.value from field_value v join field f on f.id = v.field_id
		where v.conversation_id = $1 order by f.position, f.id`)
	selectLinked = store.SQL(`
		select other from (
			select other_id as other, created_at from conversation_link where conversation_id = $1
			union all select conversation_id, created_at from conversation_link where other_id = $1) linked
		order by created_at desc, other desc limit 50`)
	selectSender = store.SQL(`
		select from_address from message where conversation_id = $1 and direction = 'in' and from_address <> '' order by id desc limit 1`)
	selectBlocked = store.SQL(`
		select address, person_id, created_at from sender_rule where shop_id = $1 and address = $2 and rule = 'blocked'`)
)

func (r *reading) readAttributes(h *Head) error {
	c := r.conv
	row := conversation{ID: c.ID, Team: c.Team, Reason: c.Reason, Tags: c.Tags}
	words, err := labelsOf(r.tx, []conversation{row})
	if err != nil {
		return err
	}
	h.Attributes = Attributes{
		Team: words.team(c.Team), Priority: c.Priority, Angry: c.Angry, Rank: c.Rank, Reason: words.reason(c.Reason),
		Product: c.Product, Cause: c.Cause, Language: c.Language, LanguageSet: c.LanguageSet, UntilAnswer: c.UntilAnswer,
		Tags: words.tagsOf(c.ID), Fields: []FieldValue{}, Links: []Suggested{},
	}
	h.Following = r.has.Following
	if r.has.Fields {
		values, err := store.All[FieldValue](r.tx, selectFieldValues, c.ID)
		if err != nil {
			return err
		}
		h.Fields = append(h.Fields, values...)
	}
	if r.has.Links {
		if err := r.readLinks(h); err != nil {
			return err
		}
	}
	return r.readBlocked(h)
}

func (r *reading) readLinks(h *Head) error {
	ids, err := store.All[id.Conversation](r.tx, selectLinked, r.conv.ID)
	if err != nil {
		return err
	}
	found, err := byIDs[conversation](r.tx, `select id, customer_id, subject, last_message_at from conversation where id in `, ids, ``)
	if err != nil {
		return err
	}
	names, err := customersOf(r.tx, distinct(found, func(c conversation) id.Customer { return c.Customer }))
	if err != nil {
		return err
	}
	for _, wanted := range ids {
		for _, c := range found {
			if c.ID == wanted {
				h.Links = append(h.Links, Suggested{
					ID: c.ID, Number: int64(c.ID), Subject: c.Subject, CustomerName: names[c.Customer].Name, LastMessageAt: c.LastMessageAt,
				})
			}
		}
	}
	return nil
}

// readBlocked tells it in the spam tray, where it explains why the mail is there.
func (r *reading) readBlocked(h *Head) error {
	if r.conv.Tray != "spam" {
		return nil
	}
	address, found, err := store.Maybe[string](r.tx, selectSender, r.conv.ID)
	if err != nil || !found {
		return err
	}
	rule, found, err := store.Maybe[customer.BlockedSender](r.tx, selectBlocked, r.by.Shop, address)
	if err != nil || !found {
		return err
	}
	names, err := r.peopleOf([]id.Person{rule.By})
	h.Blocked = &BlockedSender{Address: rule.Address, By: names.ref(rule.By), At: rule.At}
	return err
}
