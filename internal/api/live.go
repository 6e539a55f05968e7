package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/live"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// liveMessage is what a connected screen is told. Events carry ids only; the
// screen asks for what it shows.
type liveMessage struct {
	Hello  bool         `json:"hello,omitempty"`
	Resync bool         `json:"resync,omitempty"`
	Cursor string       `json:"cursor"`
	Events []liveEvent  `json:"events,omitempty"`
	Counts *view.Counts `json:"counts,omitempty"`
	// Who else is where in the shop now: the whole picture, whenever it changed.
	Presence *[]live.Presence `json:"presence,omitempty"`
}

// liveSaid is what a screen says of itself: which conversation it shows, and
// whether something was typed just now. It is said again every 15 s.
type liveSaid struct {
	At      id.Conversation `json:"at"`
	Writing bool            `json:"writing"`
}

type liveEvent struct {
	Kind         event.Kind      `json:"kind"`
	Conversation id.Conversation `json:"conversation,omitempty"`
	Message      id.Message      `json:"message,omitempty"`
	Promise      id.Promise      `json:"promise,omitempty"`
	Delivery     id.Delivery     `json:"delivery,omitempty"`
	Person       id.Person       `json:"person,omitempty"`
	At           time.Time       `json:"at"`
}

const (
	liveBatch = 200
	livePing  = 50 * time.Second
	// A burst of events is told together: a screen needs no more than a few
	// pictures a second.
	liveBreath = 120 * time.Millisecond
	// On PostgreSQL an event shows only when every older transaction has ended,
	// and one that wrote no event of its own wakes nobody.
	liveAgain = time.Second
	// Presence that ends by itself wakes nobody: it is looked at this often.
	liveLook = 5 * time.Second
	// A screen that says more than ten things a second is read more slowly.
	liveSaidEvery = 100 * time.Millisecond
	liveSaidBytes = 512
)

// live keeps a screen up to date, and hears where it is. The event table is the source: whoever comes
// back with its cursor misses nothing and gets nothing twice.
func (s *Server) live(w http.ResponseWriter, r *http.Request) error {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return nil //nolint:nilerr // Accept has answered already
	}
	defer conn.CloseNow() //nolint:errcheck // the other side may be gone
	ctx, cut := context.WithCancel(r.Context())
	defer cut()
	l := &liveScreen{Server: s, conn: conn, shop: actor(r.Context()).Shop, person: actor(r.Context()).Person}
	if s.Board != nil && actor(r.Context()).APIKey == 0 { // a program reads nothing
		l.seat = s.Board.Sit(l.shop, l.person)
	}
	var listening sync.WaitGroup
	listening.Go(func() {
		defer cut()
		l.listen(ctx)
	})
	defer listening.Wait()
	defer conn.CloseNow() //nolint:errcheck // ends the listening, too
	if err := l.run(ctx, r.URL.Query().Get("cursor")); err != nil && ctx.Err() == nil {
		s.Log.Debug("live", "error", err)
	}
	return nil
}

type liveScreen struct {
	*Server

	conn   *websocket.Conn
	shop   id.Shop
	person id.Person
	cursor event.Cursor
	seat   *live.Seat // none for a program
	told   string     // the presence that it was told last
}

// listen hears where the screen is until it is gone, which ends its presence at
// once: what is cut off without a word ends by itself.
func (l *liveScreen) listen(ctx context.Context) {
	l.conn.SetReadLimit(liveSaidBytes)
	if l.seat != nil {
		defer l.seat.Leave()
	}
	for {
		_, raw, err := l.conn.Read(ctx)
		if err != nil {
			return
		}
		var said liveSaid
		if l.seat == nil || json.Unmarshal(raw, &said) != nil || said.At < 0 {
			continue
		}
		l.seat.At(said.At, said.Writing)
		select {
		case <-ctx.Done():
		case <-time.After(liveSaidEvery):
		}
	}
}

func (l *liveScreen) run(ctx context.Context, from string) error {
	woken, leave := l.Hub.Subscribe()
	defer leave()
	if err := l.begin(ctx, from); err != nil {
		return err
	}
	ping := time.NewTicker(livePing)
	defer ping.Stop()
	var moved <-chan struct{}
	if l.seat != nil {
		seats, leave := l.Board.Subscribe()
		defer leave()
		moved = seats
	}
	look := time.NewTicker(liveLook)
	defer look.Stop()
	var again <-chan time.Time
	for news := true; ; {
		if news {
			if err := l.tellNews(ctx); err != nil {
				return err
			}
		}
		if err := l.tellPresence(ctx); err != nil {
			return err
		}
		news = true
		select {
		case <-moved:
			news = false
		case <-look.C:
			news = false
		case <-ctx.Done():
			return ctx.Err()
		case <-again:
			again = nil
		case <-woken:
			again = time.After(liveAgain)
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(liveBreath):
			}
		case <-ping.C:
			if _, _, err := l.Team.Authenticate(ctx, callerOf(ctx).token); err != nil {
				return err // signed out or no longer of the team
			}
			if err := l.conn.Ping(ctx); err != nil {
				return err
			}
		}
	}
}

// begin takes up at the screen's cursor, or now. A cursor of another epoch
// asks the screen to read everything anew.
func (l *liveScreen) begin(ctx context.Context, from string) error {
	if from != "" {
		c, err := event.ParseCursor(from)
		if err == nil {
			_, _, err = l.Events.Since(ctx, c, 1)
		}
		if err == nil {
			l.cursor = c
			return l.tell(ctx, liveMessage{Hello: true, Cursor: c.String()})
		}
		if !errors.Is(err, event.ErrResync) {
			return err
		}
	}
	err := l.DB.Read(ctx, func(tx *store.Tx) (err error) {
		l.cursor, err = event.Position(tx)
		return err
	})
	if err != nil {
		return err
	}
	return l.tell(ctx, liveMessage{Hello: true, Resync: from != "", Cursor: l.cursor.String()})
}

func (l *liveScreen) tellNews(ctx context.Context) error {
	for {
		events, next, err := l.Events.Since(ctx, l.cursor, liveBatch)
		if errors.Is(err, event.ErrResync) {
			return l.begin(ctx, "gone")
		}
		if err != nil {
			return err
		}
		l.cursor = next
		if err := l.tellMine(ctx, events); err != nil {
			return err
		}
		if len(events) < liveBatch {
			return nil
		}
	}
}

func (l *liveScreen) tellMine(ctx context.Context, events []event.Event) error {
	m := liveMessage{Cursor: l.cursor.String()}
	for _, e := range events {
		if e.Shop == l.shop {
			m.Events = append(m.Events, liveEvent{e.Kind, e.Conversation, e.Message, e.Promise, e.Delivery, e.Person, e.At})
		}
	}
	if len(m.Events) == 0 {
		return nil
	}
	counts, err := l.Views.Counts(ctx, l.shop, l.person)
	if err != nil {
		return err
	}
	m.Counts = &counts
	return l.tell(ctx, m)
}

// tellPresence gives the whole picture when it is another one than before, and
// once at the beginning unless nobody is there.
func (l *liveScreen) tellPresence(ctx context.Context) error {
	if l.seat == nil {
		return nil
	}
	shown := l.Board.Shown(l.shop, l.person)
	key := fmt.Sprint(shown)
	if key == l.told || (l.told == "" && len(shown) == 0) {
		return nil
	}
	l.told = key
	return l.tell(ctx, liveMessage{Cursor: l.cursor.String(), Presence: &shown})
}

func (l *liveScreen) tell(ctx context.Context, m liveMessage) error {
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	return l.conn.Write(ctx, websocket.MessageText, raw)
}
