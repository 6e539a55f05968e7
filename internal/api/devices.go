package api

import (
	"context"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Device is a browser that is signed in.
type Device struct {
	ID         id.Session `json:"id"`
	Current    bool       `json:"current"`
	CreatedAt  time.Time  `json:"created_at"`
	LastSeenAt time.Time  `json:"last_seen_at"`
	Label      string     `json:"label"`
}

type devicesOut struct {
	Body struct {
		Items []Device `json:"items" nullable:"false"`
	}
}

func (s *Server) devices(ctx context.Context, _ *struct{}) (*devicesOut, error) {
	c := callerOf(ctx)
	var sessions []team.Session
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		sessions, err = s.Team.Sessions(tx, c.actor.Person)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := &devicesOut{}
	out.Body.Items = []Device{}
	for _, one := range sessions {
		out.Body.Items = append(out.Body.Items, Device{
			ID: one.ID, Current: one.ID == c.session.ID, CreatedAt: one.CreatedAt, LastSeenAt: one.SeenAt, Label: one.Label,
		})
	}
	return out, nil
}

type deviceIn struct {
	ID int64 `path:"id"`
}

func (s *Server) revokeDevice(ctx context.Context, in *deviceIn) (*struct{}, error) {
	return nil, s.Team.Revoke(ctx, actor(ctx).Person, id.Session(in.ID))
}

// A browser names its ancestors too: Edge says that it is Chrome and Safari.
// The first mark that is found counts.
var (
	browsers = [][2]string{
		{"Edg/", "Edge"},
		{"EdgA/", "Edge"},
		{"OPR/", "Opera"},
		{"SamsungBrowser/", "Samsung Internet"},
		{"Vivaldi/", "Vivaldi"},
		{"FxiOS/", "Firefox"},
		{"Firefox/", "Firefox"},
		{"CriOS/", "Chrome"},
		{"Chrome/", "Chrome"},
		{"Safari/", "Safari"},
	}
	systems = [][2]string{
		{"iPhone", "iPhone"},
		{"iPad", "iPad"},
		{"Android", "Android"},
		{"Windows", "Windows"},
		{"Mac OS X", "macOS"},
		{"CrOS", "ChromeOS"},
		{"Linux", "Linux"},
	}
)

// deviceLabel is what the list of devices calls a browser by its User-Agent
// (RFC 9110, 10.1.5): "Firefox · Linux". A program is called by its own name.
func deviceLabel(agent string) string {
	browser, system := firstMark(browsers, agent), firstMark(systems, agent)
	switch {
	case browser != "" && system != "":
		return browser + " · " + system
	case browser != "" || system != "":
		return browser + system
	}
	name, _, _ := strings.Cut(agent, "/")
	return name
}

func firstMark(marks [][2]string, agent string) string {
	for _, m := range marks {
		if strings.Contains(agent, m[0]) {
			return m[1]
		}
	}
	return ""
}
