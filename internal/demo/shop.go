package demo

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// who is one of the shop's people.
type who int

const (
	veronica who = iota
	marc
	sofia
	julien
	staffSize
)

var staff = [staffSize]struct {
	name, email string
	role        team.Role
	line        string
	first       bool // signs with the first name
}{
	veronica: {"Véronica Lambert", "veronica@maison-lila.example", team.Owner, "Fondatrice", false},
	marc:     {"Marc Petit", "marc@maison-lila.example", team.Agent, "Service clients", true},
	sofia:    {"Sofia Haddad", "sofia@maison-lila.example", team.Agent, "Service clients", true},
	julien:   {"Julien Moreau", "julien@maison-lila.example", team.Lead, "Responsable du service clients", false},
}

const (
	timezone = "Europe/Paris"
	holidays = "FR"
	week     = `{"mon":[["14:00","18:30"]],"tue":[["09:30","12:30"],["14:00","18:30"]],"wed":[["09:30","12:30"],["14:00","18:30"]],` +
		`"thu":[["09:30","12:30"],["14:00","18:30"]],"fri":[["09:30","12:30"],["14:00","18:30"]],"sat":[["09:30","12:30"],["14:00","18:30"]]}`
)

var delay = calendar.Delay{Kind: calendar.OpenDays, N: 1}

// stocktaking is the closing ahead: a Monday and a Tuesday in about four weeks.
func stocktaking(now time.Time) calendar.Closing {
	d := calendar.DateOf(now).AddDays(24)
	for d.Weekday() != time.Monday {
		d = d.AddDays(1)
	}
	back := d.AddDays(2)
	return calendar.Closing{First: d, Last: d.AddDays(1), Text: fmt.Sprintf(
		"La boutique est fermée pour inventaire ; nous vous répondons dès le mercredi %02d/%02d.", back.Day, int(back.Month))}
}

// hoursJSON are the opening hours as the settings keep them.
func hoursJSON(now time.Time) json.RawMessage {
	c := stocktaking(now)
	text, _ := json.Marshal(c.Text) // a string always marshals
	return json.RawMessage(fmt.Sprintf(`{"week":%s,"closed":[{"first":%q,"last":%q,"text":%s}]}`, week, c.First, c.Last, text))
}

// frameOf is the shop's time around now.
func frameOf(now time.Time) *frame {
	zone := fmt.Sprintf(`{"timezone":%q,"holidays":%q,`, timezone, holidays)
	hours, err := calendar.ParseHours(append([]byte(zone), hoursJSON(now)[1:]...))
	if err != nil { // constant but for two dates; the tests read it for each day of a year
		hours = calendar.Hours{Always: true, Location: time.UTC}
	}
	return newFrame(now, hours, delay)
}

// openShop makes the shop on the day on which its story begins.
func (t *telling) openShop() error {
	t.Clock.Move(t.frame.onDay(pastDays+2, 9*60+40))
	logo, err := t.Blobs.Put(t.ctx, drawLogo())
	if err != nil {
		return err
	}
	input := shop.Input{
		Name: ShopName, URL: "https://maison-lila.example", Phone: "01 99 00 14 20",
		Address: "12 rue des Tanneurs\n37000 Tours", Language: "fr", Timezone: timezone, Holidays: holidays, Colour: "#6b4e71",
		Logo: string(logo[0]), LogoType: "image/png",
	}
	t.shop, err = t.Shops.Create(t.ctx, shop.Creation{
		Input: input, Demo: true, Hours: []shop.ChannelHours{{Hours: hoursJSON(t.frame.now), Delay: delay}},
	})
	if err != nil {
		return err
	}
	seed := func(tx *store.Tx) error {
		if err := knowledge.Seed(tx, t.shop, input.Language, t.Clock.Now()); err != nil {
			return err
		}
		return label.Seed(tx, t.shop, input.Language)
	}
	if err := t.DB.InTx(t.ctx, seed); err != nil {
		return err
	}
	if err := t.hire(); err != nil {
		return err
	}
	// Acknowledgements are switched on later, see switchOn.
	if err := t.Shops.Save(t.ctx, shop.Update{By: t.people[veronica], Shop: t.shop, Input: input}); err != nil {
		return err
	}
	t.input = input
	t.mailbox, err = t.Shops.CreateMailbox(t.ctx, shop.MailboxUpdate{
		By: t.people[veronica], Shop: t.shop, Input: shop.MailboxInput{Name: "Bonjour", Address: Address, Kind: shop.SMTP},
	})
	if err != nil {
		return err
	}
	return t.know()
}

// switchOn turns the acknowledgement on.
func (t *telling) switchOn() error {
	return t.Shops.Save(t.ctx, shop.Update{
		By: t.people[veronica], Shop: t.shop, Input: t.input, Ack: shop.Acknowledgement{Enabled: true},
	})
}

func (t *telling) hire() error {
	for i, s := range staff {
		n := team.NewPerson{Name: s.name, Email: s.email, Language: "fr", Role: s.role}
		var err error
		if n.Password, err = t.Team.HashPassword(t.ctx, n, Password); err != nil {
			return err
		}
		err = t.DB.InTx(t.ctx, func(tx *store.Tx) error {
			var made id.Person
			if i == int(veronica) {
				made, err = t.Team.FirstPerson(tx, t.shop, n)
			} else {
				made, err = t.Team.AddTx(tx, t.actor(veronica), n)
			}
			t.people[i] = made
			return err
		})
		if err != nil {
			return err
		}
		if err := t.Team.SaveSignature(t.ctx, t.actor(who(i)), s.line, s.first); err != nil {
			return err
		}
	}
	return nil
}

func (t *telling) actor(w who) team.Actor {
	return team.Actor{Person: t.people[w], Shop: t.shop, Role: staff[w].role}
}
