package view

import (
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// pages keeps what was read of lists while nothing happens to them: a team that
// comes in on a Monday asks for the same few pages. What differs by person, and
// what the clock says of a due time, is never kept.
type pages struct {
	mu sync.Mutex
	by map[pageKey]keptPage
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
	happened string // as of which look at the feed the page is known to be right
	seen     event.Snapshot
	found
	around
}

func keyOf(by Actor, a Asked) pageKey {
	k := pageKey{shop: by.Shop, asked: a}
	if a.View == Mine || a.View == ToRead || a.View == Saved || a.View == Team && a.Team == 0 {
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
	kept, ok := l.pages.of(key, now)
	if ok && kept.happened != seen {
		ok, err = kept.untouched(tx, by, a)
		if err != nil {
			return keptPage{}, err
		}
		kept.happened = seen
		if ok {
			l.pages.keep(key, kept)
		}
	}
	if ok {
		return kept, nil
	}
	kept = keptPage{at: now, happened: seen}
	if kept.seen, err = event.See(tx); err != nil {
		return kept, err
	}
	if kept.found, err = findPage(tx, by, a, now); err != nil {
		return kept, err
	}
	if kept.around, err = aroundOf(tx, kept.rows); err != nil {
		return kept, err
	}
	l.pages.keep(key, kept)
	return kept, nil
}

func (p *pages) of(key pageKey, now time.Time) (keptPage, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	kept, ok := p.by[key]
	return kept, ok && !now.Before(kept.at) && now.Sub(kept.at) < pageFor
}

func (p *pages) keep(key pageKey, kept keptPage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by == nil || len(p.by) >= mostPages {
		p.by = map[pageKey]keptPage{}
	}
	p.by[key] = kept
}

func (p *pages) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.by = nil
}
