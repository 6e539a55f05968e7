package view

import (
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// pages keeps what was read of lists while nothing happens: a team that comes
// in on a Monday asks for the same few pages. What differs by person, and what
// the clock says of a due time, is never kept.
type pages struct {
	mu       sync.Mutex
	happened string
	by       map[pageKey]keptPage
}

// pageFor bounds the age of a kept page: snoozes end by the clock alone.
const pageFor = time.Second

// mostPages bounds the memory, a few tens of kilobytes each.
const mostPages = 256

type pageKey struct {
	shop   id.Shop
	person id.Person // of lists that are one person's
	asked  Asked
}

type keptPage struct {
	at       time.Time
	position string
	found
	around
}

func keyOf(by Actor, a Asked) pageKey {
	k := pageKey{shop: by.Shop, asked: a}
	if a.View == Mine || a.View == Saved || a.View == Team && a.Team == 0 {
		k.person = by.Person
	}
	return k
}

// page reads a page, or finds it as it was read on a snapshot that knows the
// same events.
func (l *Lists) page(tx *store.Tx, by Actor, a Asked, now time.Time) (keptPage, error) {
	seen, err := store.One[string](tx, happened)
	if err != nil {
		return keptPage{}, err
	}
	key := keyOf(by, a)
	if kept, ok := l.pages.of(seen, key, now); ok {
		return kept, nil
	}
	kept := keptPage{at: now}
	at, err := event.Position(tx)
	if err != nil {
		return kept, err
	}
	kept.position = at.String()
	if kept.found, err = findPage(tx, by, a, now); err != nil {
		return kept, err
	}
	if kept.around, err = aroundOf(tx, kept.rows); err != nil {
		return kept, err
	}
	l.pages.keep(seen, key, kept)
	return kept, nil
}

func (p *pages) of(happened string, key pageKey, now time.Time) (keptPage, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	kept, ok := p.by[key]
	return kept, ok && p.happened == happened && !now.Before(kept.at) && now.Sub(kept.at) < pageFor
}

func (p *pages) keep(happened string, key pageKey, kept keptPage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by == nil || p.happened != happened || len(p.by) >= mostPages {
		p.happened, p.by = happened, map[pageKey]keptPage{}
	}
	p.by[key] = kept
}

func (p *pages) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.by = nil
}
