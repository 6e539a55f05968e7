package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/coder/websocket"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
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
)

// live keeps a screen up to date. The event table is the source: whoever comes
// back with its cursor misses nothing and gets nothing twice.
func (s *Server) live(w http.ResponseWriter, r *http.Request) error {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return nil //nolint:nilerr // Accept has answered already
	}
	defer conn.CloseNow() //nolint:errcheck // the other side may be gone
	ctx := conn.CloseRead(r.Context())
	l := &liveScreen{Server: s, conn: conn, shop: actor(r.Context()).Shop, person: actor(r.Context()).Person}
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
}

func (l *liveScreen) run(ctx context.Context, from string) error {
	woken, leave := l.Hub.Subscribe()
	defer leave()
	if err := l.begin(ctx, from); err != nil {
		return err
	}
	ping := time.NewTicker(livePing)
	defer ping.Stop()
	var again <-chan time.Time
	for {
		if err := l.tellNews(ctx); err != nil {
			return err
		}
		select {
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

func (l *liveScreen) tell(ctx context.Context, m liveMessage) error {
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	return l.conn.Write(ctx, websocket.MessageText, raw)
}
