package shop

import (
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// facts are what each received message asks of its shop, read once a revision.
// They are never changed once made.
type facts struct {
	revision int64
	location *time.Location
	hours    map[string]channelFacts
	own      []string
}

type channelFacts struct {
	hours calendar.Hours
	delay calendar.Delay
}

// memory keeps the facts of shops. They are valid for one revision only, and the
// revision is read in the asker's own transaction: so neither another node nor
// an older snapshot nor a transaction that was rolled back can make it lie.
type memory struct {
	mu    sync.Mutex
	shops map[id.Shop]*facts
}

func (m *memory) get(shop id.Shop, revision int64) *facts {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f := m.shops[shop]; f != nil && f.revision == revision {
		return f
	}
	return nil
}

func (m *memory) put(shop id.Shop, f *facts) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.shops == nil {
		m.shops = map[id.Shop]*facts{}
	}
	m.shops[shop] = f
}

// Forget frees what is kept of a shop. Correctness doesn't need it: a change of
// settings is noticed by its revision.
func (s *Service) Forget(shop id.Shop) {
	s.memory.mu.Lock()
	defer s.memory.mu.Unlock()
	delete(s.memory.shops, shop)
}

var selectRevision = store.SQL(`select revision from shop where id = $1`)

func (s *Service) facts(tx *store.Tx, shop id.Shop) (*facts, error) {
	revision, found, err := store.Maybe[int64](tx, selectRevision, shop)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fault.Missing("shop")
	}
	if f := s.memory.get(shop, revision); f != nil {
		return f, nil
	}
	f, err := s.readFacts(tx, shop)
	if err != nil {
		return nil, err
	}
	s.memory.put(shop, f)
	return f, nil
}

func (s *Service) readFacts(tx *store.Tx, shop id.Shop) (*facts, error) {
	current, err := s.Get(tx, shop)
	if err != nil {
		return nil, err
	}
	rows, err := store.All[hoursRow](tx, selectHours, shop)
	if err != nil {
		return nil, err
	}
	own, err := readOwn(tx, shop)
	if err != nil {
		return nil, err
	}
	f := &facts{revision: current.Revision, location: time.UTC, hours: map[string]channelFacts{}, own: own}
	if location, err := calendar.LoadLocation(current.Timezone); err == nil {
		f.location = location
	}
	for _, row := range rows {
		hours, delay := row.read(current.Timezone, string(current.Holidays))
		f.hours[row.Channel] = channelFacts{hours, delay}
	}
	return f, nil
}

// HoursAndDelay are the opening hours and the promised delay of a channel, those
// of every channel where it has none of its own. It costs one small read; the
// caller must not change what it is given.
func (s *Service) HoursAndDelay(tx *store.Tx, shop id.Shop, channel string) (calendar.Hours, calendar.Delay, error) {
	f, err := s.facts(tx, shop)
	if err != nil {
		return calendar.Hours{}, calendar.Delay{}, err
	}
	c, ok := f.hours[channel]
	if !ok {
		c, ok = f.hours[AnyChannel]
	}
	if !ok {
		// A shop written by hand, without hours: owed all the same (I2).
		c.hours, c.delay = hoursRow{}.read("", "")
	}
	return c.hours, c.delay, nil
}

// Location is the time zone of the shop's clocks. It costs one small read.
func (s *Service) Location(tx *store.Tx, shop id.Shop) (*time.Location, error) {
	f, err := s.facts(tx, shop)
	if err != nil {
		return nil, err
	}
	return f.location, nil
}

// OwnAddresses are all addresses of the shop's mailboxes, paused ones too, with
// their aliases, lower case and sorted. It costs one small read; the caller must
// not change what it is given.
func (s *Service) OwnAddresses(tx *store.Tx, shop id.Shop) ([]string, error) {
	f, err := s.facts(tx, shop)
	if err != nil {
		return nil, err
	}
	return f.own, nil
}
