package desk

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Contact is a call, a talk at the counter or a letter, noted by a person.
type Contact struct {
	Key          string // a second press changes nothing
	Channel      string // phone, counter, letter
	Conversation id.Conversation
	Customer     id.Customer
	Name         string
	Address      string
	Phone        string
	Text         string    // what was said
	Answered     bool      // the customer got the answer on the spot
	At           time.Time // when it happened; zero for now
	Promised     Promised
}

// Promised is what a person said that the shop would do.
type Promised struct {
	Kind  promise.Kind // "" when nothing was promised
	Text  string
	DueAt time.Time
}

var promisable = []promise.Kind{promise.CallBack, promise.Send, promise.Answer, promise.Other}

func (c *Contact) check(now time.Time) error {
	switch {
	case !slices.Contains([]string{ChannelPhone, ChannelCounter, ChannelLetter}, c.Channel):
		return fault.Wrong("channel", "Phone, counter or letter.")
	case strings.TrimSpace(c.Text) == "":
		return fault.Wrong("text", "Say what it was about.")
	case c.Key == "":
		return fault.Wrong("key", "A key is needed so that a second press changes nothing.")
	case c.Promised.Kind != "" && !slices.Contains(promisable, c.Promised.Kind):
		return fault.Wrong("promised.kind", "Call back, send, answer or other.")
	case c.Promised.Kind != "" && !c.Promised.DueAt.After(now):
		return fault.Wrong("promised.due_at", "A promise needs a time that lies ahead.")
	case c.At.After(now.Add(time.Minute)):
		return fault.Wrong("at", "It cannot have happened yet.")
	}
	return nil
}

var selectContact = store.SQL(`
	select conversation_id from message where shop_id = $1 and kind = 'contact' and person_id = $2 and send_key = $3 limit 1`)

// NoteContact writes down a contact and opens the same promises as a mail
// would: what was promised with its time, else an answer unless it was given
// on the spot. Of two presses at once the slower gets a conflict "twice"; asked
// again it finds what the other noted.
func (d *Desk) NoteContact(tx *store.Tx, by Actor, c Contact) (Conversation, error) {
	if err := c.check(d.Clock.Now()); err != nil {
		return Conversation{}, err
	}
	before, found, err := store.Maybe[id.Conversation](tx, selectContact, by.Shop, by.Person, c.Key)
	if err != nil {
		return Conversation{}, err
	}
	if found {
		return Get(tx, before)
	}
	if c.At.IsZero() {
		c.At = d.Clock.Now()
	}
	if c.Conversation == 0 {
		if c.Conversation, err = d.openForContact(tx, by, c); err != nil {
			return Conversation{}, err
		}
	}
	conv, err := d.act(tx, by, c.Conversation, func(conv *Conversation) error { return d.noteContact(tx, by, conv, c) })
	if errors.Is(err, store.ErrDuplicate) {
		err = fault.New(fault.Conflict, "twice", "It is being noted already.")
	}
	return conv, err
}

func (d *Desk) openForContact(tx *store.Tx, by Actor, c Contact) (id.Conversation, error) {
	who, err := d.contactOf(tx, by, c)
	if err != nil {
		return 0, err
	}
	made, err := store.One[id.Conversation](tx, insertConversation, by.Shop, id.Mailbox(0), who, c.Channel, "", TrayMain, c.At, d.Clock.Now())
	if err != nil || c.Address == "" {
		return made, err
	}
	return made, d.AddParticipants(tx, made, c.Address)
}

func (d *Desk) contactOf(tx *store.Tx, by Actor, c Contact) (id.Customer, error) {
	if c.Customer != 0 {
		known, err := customer.Get(tx, c.Customer)
		if err != nil || known.Shop != by.Shop {
			return 0, fault.Missing("customer")
		}
		return known.ID, nil
	}
	seen := customer.Seen{Shop: by.Shop, Name: c.Name, At: c.At}
	var also []customer.Identity
	for _, i := range []customer.Identity{customer.MailIdentity(c.Address), customer.PhoneIdentity(c.Phone)} {
		switch {
		case i.Value == "":
		case seen.Identity.Value == "":
			seen.Identity = i
		default:
			also = append(also, i)
		}
	}
	if seen.Identity.Value == "" && strings.TrimSpace(c.Name) == "" {
		return 0, fault.Wrong("customer.name", "Say who it was: a name, a number or an address.")
	}
	who, err := customer.Open(tx, seen)
	if err != nil {
		return 0, err
	}
	for _, i := range also {
		if err := customer.AddIdentity(tx, by.Shop, who.ID, i); err != nil {
			return 0, err
		}
	}
	return who.ID, nil
}

func (d *Desk) noteContact(tx *store.Tx, by Actor, conv *Conversation, c Contact) error {
	m, err := d.Append(tx, Message{
		Shop: conv.Shop, Conversation: conv.ID, Direction: In, Kind: KindContact, Channel: c.Channel, Person: by.Person,
		Customer: conv.Customer, FromName: c.Name, Body: c.Text, SendKey: c.Key, ArrivedAt: c.At, Recipients: "{}",
	})
	if err != nil {
		return err
	}
	if err := Findable(tx, m); err != nil {
		return err
	}
	if conv.Subject == "" {
		conv.Subject = Snippet(c.Text)
	}
	conv.Snippet, conv.LastMessage, conv.LastIn = Snippet(c.Text), m.ID, m.ID
	if c.At.After(conv.LastMessageAt) { // it may be noted days later
		conv.LastMessageAt = c.At
	}
	conv.Revision++
	if err := d.oweContact(tx, by, conv, m.ID, c); err != nil {
		return err
	}
	return d.Log.Append(tx, event.Event{
		Shop: conv.Shop, Kind: event.ContactNoted, Conversation: conv.ID, Message: m.ID, Person: by.Person,
	}.With(map[string]any{"channel": c.Channel}))
}

func (d *Desk) oweContact(tx *store.Tx, by Actor, conv *Conversation, m id.Message, c Contact) error {
	owed := promise.Owed{Shop: conv.Shop, Conversation: conv.ID, Channel: c.Channel, Since: c.At, Message: m}
	if !c.Answered || c.Promised.Kind != "" { // something is owed from here on: in sight
		conv.Tray, conv.SnoozedUntil = TrayMain, time.Time{}
	}
	if k := c.Promised.Kind; k != "" && k != promise.Answer {
		said := owed
		said.Kind, said.Basis, said.Title, said.DueAt, said.Person = k, promise.Word, c.Promised.Text, c.Promised.DueAt, by.Person
		_, err := d.Ledger.Open(tx, said)
		return err
	}
	if c.Answered {
		return d.Ledger.Keep(tx, promise.Answered{
			Conversation: conv.ID, Channel: c.Channel, SeenThrough: m, By: by.Person, At: c.At,
		})
	}
	owed.DueAt = c.Promised.DueAt
	_, joined, err := d.Ledger.OpenAnswer(tx, owed)
	if joined {
		conv.Reminders++
	}
	return err
}
