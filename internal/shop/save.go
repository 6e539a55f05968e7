package shop

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const columns = `id, name, url, phone, address, siret, language, timezone, holidays, colour, logo, logo_type,
	ack_enabled, ack_fr, ack_en, remind, remind_fr, remind_en, demo, created_at, revision`

var (
	insertShop = store.SQL(`
		insert into shop (name, url, phone, address, language, timezone, holidays, colour, logo, logo_type, demo, created_at, revision, siret)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		returning id`)
	updateShop = store.SQL(`
		update shop set name = $2, url = $3, phone = $4, address = $5, language = $6, timezone = $7, holidays = $8,
			colour = $9, logo = $10, logo_type = $11, ack_enabled = $12, ack_fr = $13, ack_en = $14, revision = $15, siret = $16
		where id = $1`)
	updateRemind = store.SQL(`update shop set remind = $2, remind_fr = $3, remind_en = $4 where id = $1`)
	touchShop    = store.SQL(`update shop set revision = $2 where id = $1`)
	selectShop   = store.SQL(`select ` + columns + ` from shop where id = $1`)
	selectShops  = store.SQL(`select ` + columns + ` from shop order by id`)
)

// Creation is what a new shop begins with.
type Creation struct {
	By    id.Person // none during set-up
	Input Input
	Hours []ChannelHours // none: Monday to Friday 9 to 18, one open day
	Demo  bool
}

// Create makes a shop with its hours.
func (s *Service) Create(ctx context.Context, c Creation) (id.Shop, error) {
	var made id.Shop
	err := s.db.InTx(ctx, func(tx *store.Tx) error {
		var err error
		made, err = s.CreateTx(tx, c)
		return err
	})
	return made, err
}

// CreateTx is Create in the caller's transaction.
func (s *Service) CreateTx(tx *store.Tx, c Creation) (id.Shop, error) {
	in, err := c.Input.checked()
	if err != nil {
		return 0, err
	}
	made, err := store.One[id.Shop](tx, insertShop, in.Name, in.URL, in.Phone, in.Address, in.Language, in.Timezone,
		in.Holidays, in.Colour, in.Logo, in.LogoType, c.Demo, s.clock.Now(), newRevision(), in.SIRET)
	if err != nil {
		return 0, err
	}
	if len(c.Hours) == 0 {
		c.Hours = []ChannelHours{defaultHours()}
	}
	hours, err := checkedHours(c.Hours, in.Timezone, in.Holidays)
	if err != nil {
		return 0, err
	}
	if err := writeHours(tx, made, hours); err != nil {
		return 0, err
	}
	return made, s.tell(tx, event.Event{Kind: event.ShopChanged, Shop: made, Person: c.By})
}

// Update is a change of a shop's identity and of its acknowledgement.
type Update struct {
	By    id.Person
	Shop  id.Shop
	Input Input
	Ack   Acknowledgement
	// Remind says whether and how customers who are waited for are reminded; nil
	// leaves it as it is.
	Remind *Acknowledgement
}

// Save changes what the shop says of itself.
func (s *Service) Save(ctx context.Context, u Update) error {
	in, err := u.Input.checked()
	if err != nil {
		return err
	}
	ack, err := u.Ack.checked()
	if err != nil {
		return err
	}
	var remind Acknowledgement
	if u.Remind != nil {
		if remind, err = u.Remind.checked(); err != nil {
			return remindField(err)
		}
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if u.Remind != nil {
			if _, err := store.Exec(tx, updateRemind, u.Shop, remind.Enabled, remind.FR, remind.EN); err != nil {
				return err
			}
		}
		n, err := store.Exec(tx, updateShop, u.Shop, in.Name, in.URL, in.Phone, in.Address, in.Language, in.Timezone, in.Holidays,
			in.Colour, in.Logo, in.LogoType, ack.Enabled, ack.FR, ack.EN, newRevision(), in.SIRET)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing("shop")
		}
		return s.tell(tx, event.Event{Kind: event.ShopChanged, Shop: u.Shop, Person: u.By})
	})
}

// remindField places a wrong text: it is checked as the acknowledgement's are.
func remindField(err error) error {
	var f *fault.Fault
	if !errors.As(err, &f) {
		return err
	}
	placed := *f
	placed.Field = strings.Replace(f.Field, "ack.", "remind.", 1)
	return &placed
}

// Get reads a shop; a NotFound fault when there is none.
func (s *Service) Get(tx *store.Tx, shop id.Shop) (Shop, error) {
	out, found, err := store.Maybe[Shop](tx, selectShop, shop)
	if err == nil && !found {
		err = fault.Missing("shop")
	}
	return out, err
}

// List reads all shops, oldest first.
func (s *Service) List(tx *store.Tx) ([]Shop, error) { return store.All[Shop](tx, selectShops) }

// touched makes every node read the shop's settings anew, from the moment this
// transaction commits.
func touched(tx *store.Tx, shop id.Shop) error {
	n, err := store.Exec(tx, touchShop, shop, newRevision())
	if err == nil && n == 0 {
		err = fault.Missing("shop")
	}
	return err
}

// A revision is drawn, not counted: one that was rolled back never comes again
// with other settings behind it.
func newRevision() int64 { return rand.Int64() } //nolint:gosec // it tells revisions apart, and guards nothing

func (s *Service) tell(tx *store.Tx, e event.Event) error { return s.events.Append(tx, e) }
