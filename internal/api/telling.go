package api

import (
	"context"
	"encoding/json"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/push"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Telling is how, when and where a person is told what is owed.
type Telling struct {
	Morning  team.Morning `json:"morning" enum:"off,on,always" doc:"A mail of what is owed today: never, when something is, or also when nothing is"`
	OwnHours *Week        `json:"own_hours" doc:"When one's devices may ring, within the shop's hours; null for all of those"`
	PushKey  string       `json:"push_key" doc:"The key that browsers subscribe with; empty before the first device"`
	Devices  []PushDevice `json:"devices" nullable:"false"`
}

// PushDevice is a browser on which a person is told things.
type PushDevice struct {
	ID        id.PushSubscription `json:"id"`
	Label     string              `json:"label"`
	Current   bool                `json:"current" doc:"The one that asks"`
	CreatedAt time.Time           `json:"created_at"`
	SentAt    *time.Time          `json:"sent_at" doc:"When its push service last took something"`
	Problem   push.Problem        `json:"problem" doc:"Why the last message did not arrive: empty, refused or unreachable"`
}

type tellingOut struct{ Body Telling }

func (s *Server) telling(ctx context.Context, _ *struct{}) (*tellingOut, error) {
	c := callerOf(ctx)
	out := &tellingOut{Telling{Devices: []PushDevice{}}}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		m, err := s.Team.Member(tx, c.actor.Shop, c.actor.Person)
		if err != nil {
			return err
		}
		out.Body.Morning = m.WantsMorning()
		if out.Body.OwnHours, err = ownWeek(m.OwnHours); err != nil {
			return err
		}
		if out.Body.PushKey, err = s.Push.Key(tx); err != nil {
			return err
		}
		devices, err := s.Push.Devices(tx, c.actor.Person)
		for _, d := range devices {
			out.Body.Devices = append(out.Body.Devices, PushDevice{
				ID: d.ID, Label: d.Label, Current: d.Session == c.session.ID, CreatedAt: d.CreatedAt, SentAt: instant(d.SentAt), Problem: d.Problem,
			})
		}
		return err
	})
	return out, err
}

func ownWeek(raw string) (*Week, error) {
	if raw == "" {
		return nil, nil //nolint:nilnil // null is "as the shop"
	}
	w := &Week{}
	return w, json.Unmarshal([]byte(raw), w)
}

type saveTellingIn struct {
	Body struct {
		Morning  team.Morning `json:"morning" enum:"off,on,always"`
		OwnHours *Week        `json:"own_hours,omitempty" doc:"Left out: as the shop"`
	}
}

func (s *Server) saveTelling(ctx context.Context, in *saveTellingIn) (*tellingOut, error) {
	t := team.Telling{Morning: in.Body.Morning}
	if in.Body.OwnHours != nil {
		raw, err := json.Marshal(in.Body.OwnHours)
		if err != nil {
			return nil, err
		}
		t.OwnHours = string(raw)
	}
	if err := s.Team.SaveTelling(ctx, actor(ctx), t); err != nil {
		return nil, err
	}
	return s.telling(ctx, nil)
}

type pushKeyOut struct {
	Body struct {
		Key string `json:"key" doc:"Public key of P-256, base64url"`
	}
}

// pushKey makes the key when it is first needed, so it is no GET (I7).
func (s *Server) pushKey(ctx context.Context, _ *struct{}) (*pushKeyOut, error) {
	out := &pushKeyOut{}
	var err error
	out.Body.Key, err = s.Push.EnsureKey(ctx)
	return out, err
}

type subscribeIn struct {
	Body struct {
		Endpoint string `json:"endpoint" maxLength:"2000"`
		Keys     struct {
			P256DH string `json:"p256dh" maxLength:"200"`
			Auth   string `json:"auth" maxLength:"100"`
		} `json:"keys"`
	}
}

// subscribe has this device told things. The body is what the browser's
// PushSubscription.toJSON gives.
func (s *Server) subscribe(ctx context.Context, in *subscribeIn) (*tellingOut, error) {
	c := callerOf(ctx)
	_, err := s.Push.Subscribe(ctx, c.actor.Person, c.session.ID, push.Subscription{
		Endpoint: in.Body.Endpoint, P256DH: in.Body.Keys.P256DH, Auth: in.Body.Keys.Auth,
	})
	if err != nil {
		return nil, err
	}
	return s.telling(ctx, nil)
}

type pushDeviceIn struct {
	ID int64 `path:"id"`
}

func (s *Server) forgetPush(ctx context.Context, in *pushDeviceIn) (*tellingOut, error) {
	if err := s.Push.Forget(ctx, actor(ctx).Person, id.PushSubscription(in.ID)); err != nil {
		return nil, err
	}
	return s.telling(ctx, nil)
}

type tryPushOut struct {
	Body struct {
		Outcome push.Outcome `json:"outcome" enum:"taken,gone,denied,later" doc:"What the device's push service made of it"`
		Status  int          `json:"status" doc:"Its HTTP status; 0 when none came"`
	}
}

// tryPush waits for the push service, so that the person learns at once.
func (s *Server) tryPush(ctx context.Context, in *pushDeviceIn) (*tryPushOut, error) {
	by := actor(ctx)
	var p team.Person
	var d push.Device
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		var found bool
		if d, found, err = s.Push.Get(tx, id.PushSubscription(in.ID)); err != nil {
			return err
		}
		if !found || d.Person != by.Person {
			return fault.Missing("device")
		}
		p, err = s.Team.Get(tx, by.Person)
		return err
	})
	if err != nil {
		return nil, err
	}
	got, err := s.Notify.TryDevice(ctx, p, d)
	out := &tryPushOut{}
	out.Body.Outcome, out.Body.Status = got.Outcome, got.Status
	return out, err
}
