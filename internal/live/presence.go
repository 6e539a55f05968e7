package live

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// PresenceLife is how long somebody stays shown without a sign of life. Screens
// give one every 15 s, so that one may be lost.
const PresenceLife = 40 * time.Second

// Presence is somebody who has a conversation before them now.
type Presence struct {
	Conversation id.Conversation `json:"conversation"`
	Person       id.Person       `json:"person"`
	Writing      bool            `json:"writing" doc:"Something was typed within the last seconds"`
}

// Board knows who is where, on every node, and writes it down nowhere: what it
// holds is gone after PresenceLife. It is safe for use by many goroutines.
type Board struct {
	db    *store.DB
	clock clock.Clock
	mu    sync.Mutex
	seats map[string]taken // by screen
	subs  map[chan struct{}]bool
}

// sign is a sign of life of a screen, as nodes tell each other: ids alone.
type sign struct {
	Screen       string          `json:"s"`
	Number       int64           `json:"n"` // grows with each: they may arrive in another order
	Shop         id.Shop         `json:"h"`
	Person       id.Person       `json:"p"`
	Conversation id.Conversation `json:"c,omitempty"` // none: away
	Writing      bool            `json:"w,omitempty"`
}

// taken is the newest sign of a screen. An "away" stays for its time, too, or
// an older sign that comes after it would bring back a ghost.
type taken struct {
	sign

	until time.Time
}

const presenceTopic = "presence "

// NewBoard listens to the other nodes through the store.
func NewBoard(db *store.DB, c clock.Clock) *Board {
	b := &Board{db: db, clock: c, seats: map[string]taken{}, subs: map[chan struct{}]bool{}}
	db.OnWrite(func(topics []string) {
		for _, topic := range topics {
			if text, ok := strings.CutPrefix(topic, presenceTopic); ok {
				b.hear(text)
			}
		}
	})
	return b
}

func (b *Board) hear(text string) {
	var s sign
	if json.Unmarshal([]byte(text), &s) == nil && s.Screen != "" {
		b.note(s)
	}
}

// note takes a sign in and wakes those who look, if it changes what they see.
func (b *Board) note(s sign) {
	now := b.clock.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	for screen, t := range b.seats {
		if !t.until.After(now) {
			delete(b.seats, screen)
		}
	}
	old := b.seats[s.Screen]
	if s.Number <= old.Number {
		return
	}
	b.seats[s.Screen] = taken{s, now.Add(PresenceLife)}
	if old.Conversation == s.Conversation && old.Writing == s.Writing {
		return
	}
	for ch := range b.subs {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}

// Shown is who is where in a shop, a person once for each conversation, without
// the one who asks.
func (b *Board) Shown(shop id.Shop, asks id.Person) []Presence {
	now := b.clock.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	out := []Presence{}
	for _, t := range b.seats {
		if t.Shop != shop || t.Person == asks || t.Conversation == 0 || !t.until.After(now) {
			continue
		}
		same := func(p Presence) bool { return p.Person == t.Person && p.Conversation == t.Conversation }
		if i := slices.IndexFunc(out, same); i >= 0 {
			out[i].Writing = out[i].Writing || t.Writing
			continue
		}
		out = append(out, Presence{t.Conversation, t.Person, t.Writing})
	}
	slices.SortFunc(out, func(x, y Presence) int {
		return cmp.Or(cmp.Compare(x.Conversation, y.Conversation), cmp.Compare(x.Person, y.Person))
	})
	return out
}

// Subscribe gives a channel that is written to when somebody came, left, or
// began or ceased to write. What ends by itself is told to nobody: look again.
func (b *Board) Subscribe() (moved <-chan struct{}, leave func()) {
	ch := make(chan struct{}, 1)
	b.mu.Lock()
	b.subs[ch] = true
	b.mu.Unlock()
	return ch, func() {
		b.mu.Lock()
		delete(b.subs, ch)
		b.mu.Unlock()
	}
}

// Seat is one screen of a person. It is used by one goroutine at a time.
type Seat struct {
	board *Board
	last  sign
}

// Sit begins a screen; it is nowhere yet.
func (b *Board) Sit(shop id.Shop, person id.Person) *Seat {
	return &Seat{board: b, last: sign{Screen: rand.Text(), Shop: shop, Person: person}}
}

// At says which conversation the screen shows, 0 for none, and whether its
// person writes. It is said again as a sign of life.
func (s *Seat) At(c id.Conversation, writing bool) {
	s.last.Number++
	s.last.Conversation, s.last.Writing = c, writing && c != 0
	s.board.note(s.last)
	if text, err := json.Marshal(s.last); err == nil {
		s.board.db.Announce(presenceTopic + string(text))
	}
}

// Leave ends the screen at once, for everybody.
func (s *Seat) Leave() {
	if s.last.Conversation != 0 {
		s.At(0, false)
	}
}
