package reply

import (
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	// What the open promise covers is what is asked; the newest ten are enough
	// for one answer.
	selectAsked = store.SQL(`
		select m.body from promise p join promise_message c on c.promise_id = p.id join message m on m.id = c.message_id
		where p.conversation_id = $1 and p.kind = 'answer' and p.state = 'open' and m.id <= $2 order by m.id desc limit 10`)
	selectLastAsked = store.SQL(`
		select body from message where conversation_id = $1 and kind in ('customer', 'contact') and direction in ('in', 'none') and id <= $2
		order by id desc limit 1`)
	selectOther = store.SQL(`
		select value from customer_identity where shop_id = $1 and kind = 'mail' and value = $2 and customer_id <> $3`)
	selectTakesPart = store.SQL(`select address from participant where conversation_id = $1`)
)

// readAbout reads what the guard has to know around a draft (I3): it is given
// facts and looks for none.
func (b *basis) readAbout(s *Service) func(*store.Tx, desk.Actor, Answer) error {
	return func(tx *store.Tx, by desk.Actor, a Answer) error {
		b.text = compose.TextFromHTML(a.HTML)
		b.facts = guard.Facts{
			Now: s.Clock.Now(), Zone: b.location, Author: guard.Person{Name: b.signer}, Signature: strings.TrimSpace(b.signer),
			Shop:     guard.Shop{Name: b.shop.Name, Phones: []string{b.shop.Phone}, SIRET: b.shop.SIRET},
			Promised: a.HoldingUntil, Answered: a.Options.Answered, Dismissed: a.Options.Dismissed,
		}
		if a.SendAt.After(b.facts.Now) { // "demain" is said on the day when it is read
			b.facts.Now = a.SendAt
		}
		var err error
		if b.facts.Hours, _, err = s.Shops.HoursAndDelay(tx, by.Shop, b.conv.Channel); err != nil {
			return err
		}
		if err := b.readOwnWords(tx, s, by.Shop); err != nil {
			return err
		}
		if b.facts.Demoted, err = demotedRules(tx, by.Shop); err != nil {
			return err
		}
		if b.facts.DeadLinks, err = knowledge.DeadLinks(tx, by.Shop); err != nil {
			return err
		}
		if a.Options.Forward != 0 { // it answers nobody, and shows what it hands on
			return nil
		}
		if b.facts.Message, err = asked(tx, b.conv.ID, a.SeenThrough); err != nil {
			return err
		}
		if err := b.readCustomer(tx); err != nil {
			return err
		}
		b.facts.Others, err = b.others(tx, by.Shop)
		return err
	}
}

// readOwnWords reads the words that the shop doesn't write, and what it says
// instead of others.
func (b *basis) readOwnWords(tx *store.Tx, s *Service, of id.Shop) error {
	words, err := s.Shops.Words(tx, of)
	if err != nil {
		return err
	}
	b.facts.Preferred = map[string]string{}
	for _, w := range words {
		if w.Instead != "" {
			b.facts.Preferred[w.Words] = w.Instead
			continue
		}
		severity := guard.Warns
		if w.Stops {
			severity = guard.Stops
		}
		b.facts.Forbidden = append(b.facts.Forbidden, guard.Forbidden{Words: w.Words, Severity: severity})
	}
	return nil
}

func (b *basis) readCustomer(tx *store.Tx) error {
	if b.conv.Customer == 0 {
		return nil
	}
	file, err := customer.Get(tx, b.conv.Customer)
	if err != nil {
		return err
	}
	b.facts.Customer.Name = file.Name
	if b.customers, err = customersOwn(tx, b.conv); err != nil {
		return err
	}
	if len(b.customers) > 0 {
		b.facts.Customer.Email = b.customers[0]
	}
	return nil
}

// asked is what the customer wrote and has no answer to, oldest first; else the
// newest that they wrote.
func asked(tx *store.Tx, c id.Conversation, through id.Message) (string, error) {
	bodies, err := store.All[string](tx, selectAsked, c, int64(through))
	if err == nil && len(bodies) == 0 {
		bodies, err = store.All[string](tx, selectLastAsked, c, int64(through))
	}
	slices.Reverse(bodies)
	return strings.Join(bodies, "\n\n"), err
}

var (
	mailAddress = pattern.Of(`[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}`)

	// mostOthers bounds the addresses of one draft that are looked up.
	mostOthers = 30
)

// others are the mail addresses in a draft that belong to another customer of
// the shop, who takes no part in this conversation.
func (b *basis) others(tx *store.Tx, of id.Shop) ([]string, error) {
	found := mailAddress.FindAllString(b.text, mostOthers)
	if len(found) == 0 {
		return nil, nil
	}
	known, err := store.All[string](tx, selectTakesPart, b.conv.ID)
	if err != nil {
		return nil, err
	}
	known = append(known, b.customers...)
	var others []string
	for _, address := range found {
		identity := customer.MailIdentity(address)
		if slices.Contains(known, identity.Value) || slices.Contains(known, strings.ToLower(address)) {
			continue
		}
		theirs, err := store.All[string](tx, selectOther, of, identity.Value, int64(b.conv.Customer))
		if err != nil {
			return nil, err
		}
		if len(theirs) > 0 {
			others = append(others, address)
		}
	}
	return others, nil
}

// draft is what the author wrote, as the guard reads it: never quotes or the
// signature.
func (b *basis) draft() guard.Draft {
	names := make([]string, len(b.files))
	for i, f := range b.files {
		names[i] = f.Name
	}
	return guard.Draft{Text: b.text, Attachments: names, Kind: guard.KindAnswer, Channel: b.conv.Channel, Lang: b.language()}
}

func (b *basis) check() []guard.Finding { return guard.Check(b.draft(), b.facts) }

// leavesAt is when an answer leaves, the time to undo apart.
func (a Answer) leavesAt(now time.Time) time.Time {
	if a.SendAt.After(now) {
		return a.SendAt
	}
	return now
}
