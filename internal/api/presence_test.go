package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/comptoir-desk/comptoir/internal/live"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// screen is a page of the web app that is open somewhere.
type screen struct {
	t    *testing.T
	ctx  context.Context
	conn *websocket.Conn
}

func (b *browser) screen(server *httptest.Server) *screen {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.t.Context(), time.Minute)
	b.t.Cleanup(end)
	header := http.Header{"Cookie": {"comptoir_session=" + b.cookies["comptoir_session"]}}
	conn, res, err := websocket.Dial(ctx, server.URL+"/api/v1/live", &websocket.DialOptions{HTTPHeader: header})
	if err != nil {
		b.t.Fatal(err)
	}
	if res != nil && res.Body != nil {
		defer res.Body.Close()
	}
	s := &screen{b.t, ctx, conn}
	b.t.Cleanup(func() { _ = conn.CloseNow() })
	return s
}

func (s *screen) say(text string) {
	s.t.Helper()
	if err := s.conn.Write(s.ctx, websocket.MessageText, []byte(text)); err != nil {
		s.t.Fatal(err)
	}
}

// sees waits until the screen is told this picture.
func (s *screen) sees(want ...live.Presence) {
	s.t.Helper()
	for {
		_, raw, err := s.conn.Read(s.ctx)
		if err != nil {
			s.t.Fatalf("%v was never told: %v", want, err)
		}
		var told struct {
			Presence *[]live.Presence `json:"presence"`
		}
		if err := json.Unmarshal(raw, &told); err != nil {
			s.t.Fatal(err)
		}
		if told.Presence == nil || len(*told.Presence) != len(want) {
			continue
		}
		for i, p := range *told.Presence {
			if p != want[i] {
				break
			}
			if i == len(want)-1 {
				return
			}
		}
		if len(want) == 0 {
			return
		}
	}
}

func TestTwoPeopleSeeEachOtherAtOneConversation(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		server := httptest.NewServer(d.handler)
		t.Cleanup(server.Close)
		veronica, marc := d.owner().screen(server), d.lead().screen(server)
		marc.say(`{"at":32,"writing":false}`)
		veronica.sees(live.Presence{Conversation: 32, Person: d.marc})
		marc.say(`{"at":32,"writing":true}`)
		veronica.sees(live.Presence{Conversation: 32, Person: d.marc, Writing: true})
		for _, nonsense := range []string{"", "null", `{"at":-4}`, `{"at":"x"}`, `[]`} {
			marc.say(nonsense)
		}
		// Cut off: gone at once. Back: there again, without a ghost.
		_ = marc.conn.CloseNow()
		veronica.sees()
		again := d.lead().screen(server)
		again.say(`{"at":32,"writing":false}`)
		veronica.sees(live.Presence{Conversation: 32, Person: d.marc})
		late := d.agent().screen(server)
		late.sees(live.Presence{Conversation: 32, Person: d.marc})
	})
}

func TestAScreenThatSaysTooMuchIsCutOff(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		server := httptest.NewServer(d.handler)
		t.Cleanup(server.Close)
		s := d.owner().screen(server)
		s.say(`{"at":32,"x":"` + strings.Repeat("x", 1000) + `"}`)
		for {
			if _, _, err := s.conn.Read(s.ctx); err != nil {
				if s.ctx.Err() != nil {
					t.Error("it was let go on")
				}
				return
			}
		}
	})
}
