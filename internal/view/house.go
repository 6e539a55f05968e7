package view

import (
	"slices"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// house is what every conversation of a shop shows alike: the shop's own facts
// and mailboxes, and everybody who is or was in it.
type house struct {
	shop    shopFacts
	zone    *time.Location // nil is UTC
	boxes   []ownBox
	members []team.Member
	names   people

	at       time.Time
	happened string // as of which look at the feed it is known to be right
	seen     event.Snapshot
}

type shopFacts struct {
	Name     string `db:"name"`
	URL      string `db:"url"`
	Phone    string `db:"phone"`
	Address  string `db:"address"`
	Logo     string `db:"logo"`
	Timezone string `db:"timezone"`
}

type ownBox struct {
	MailboxRef

	Aliases shop.Addresses `db:"aliases"`
}

var (
	selectShop  = store.SQL(`select name, url, phone, address, logo, timezone from shop where id = $1`)
	selectBoxes = store.SQL(`select id, name, address, aliases from mailbox where shop_id = $1 order by id`)
)

// changesHouse are the events after which a house is read anew.
var changesHouse = map[event.Kind]bool{
	event.ShopChanged: true, event.MailboxChanged: true, event.PersonChanged: true, event.TeamChanged: true,
}

// houseFor bounds the age of a kept house.
const houseFor = time.Second

// houses keeps them: whoever works through a list opens conversation after
// conversation of the same shop.
type houses struct {
	mu sync.Mutex
	by map[id.Shop]house
}

// house reads what a shop's conversations have in common, or finds it as it was
// read on a snapshot after which nothing changed it.
func (l *Lists) house(tx *store.Tx, of id.Shop, now time.Time) (house, error) {
	seen, err := store.One[string](tx, happened)
	if err != nil {
		return house{}, err
	}
	kept, ok := l.houses.of(of)
	ok = ok && !now.Before(kept.at) && now.Sub(kept.at) < houseFor
	if ok && kept.happened != seen {
		behind, err := event.Unseen(tx, kept.seen, mostBehind)
		if err != nil {
			return house{}, err
		}
		ok = len(behind) < mostBehind && !slices.ContainsFunc(behind, func(e event.Event) bool { return changesHouse[e.Kind] })
		kept.happened = seen
		if ok {
			l.houses.keep(of, kept)
		}
	}
	if ok {
		return kept, nil
	}
	if kept, err = l.readHouse(tx, of); err != nil {
		return kept, err
	}
	kept.at, kept.happened = now, seen
	l.houses.keep(of, kept)
	return kept, nil
}

func (l *Lists) readHouse(tx *store.Tx, of id.Shop) (h house, err error) {
	if h.seen, err = event.See(tx); err != nil {
		return h, err
	}
	if h.shop, err = store.One[shopFacts](tx, selectShop, of); err != nil {
		return h, err
	}
	h.zone, _ = calendar.LoadLocation(h.shop.Timezone)
	if h.boxes, err = store.All[ownBox](tx, selectBoxes, of); err != nil {
		return h, err
	}
	h.members, err = l.Team.Members(tx, of)
	h.names = make(people, len(h.members))
	for _, m := range h.members {
		h.names[m.ID] = m.Name
	}
	return h, err
}

func (h *houses) of(shop id.Shop) (house, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	kept, ok := h.by[shop]
	return kept, ok
}

func (h *houses) keep(shop id.Shop, kept house) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.by == nil {
		h.by = map[id.Shop]house{}
	}
	h.by[shop] = kept
}

// box is a mailbox of the shop.
func (h house) box(m id.Mailbox) *MailboxRef {
	for _, b := range h.boxes {
		if b.ID == m {
			return &b.MailboxRef
		}
	}
	return nil
}

// isOwn tells whether an address is one of the shop's own.
func (h house) isOwn(address string) bool {
	return slices.ContainsFunc(h.boxes, func(b ownBox) bool {
		return b.Address == address || slices.Contains(b.Aliases, address)
	})
}

// member is somebody who is or was in the shop.
func (h house) member(person id.Person) (team.Member, bool) {
	i := slices.IndexFunc(h.members, func(m team.Member) bool { return m.ID == person })
	if i < 0 {
		return team.Member{}, false
	}
	return h.members[i], true
}
