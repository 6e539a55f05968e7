package api

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// SendTime is a moment at which an answer may well leave.
type SendTime struct {
	Name string    `json:"name" enum:"tomorrow,opening"`
	At   time.Time `json:"at"`
}

type sendTimesOut struct {
	Body struct {
		Times []SendTime `json:"times" nullable:"false"`
	}
}

// sendTimes proposes when an answer that waits should leave: tomorrow at nine,
// and when the shop next opens on another day.
func (s *Server) sendTimes(ctx context.Context, _ *struct{}) (*sendTimesOut, error) {
	out := &sendTimesOut{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		zone, err := s.Shops.Location(tx, actor(ctx).Shop)
		if err != nil {
			return err
		}
		hours, _, err := s.Shops.HoursAndDelay(tx, actor(ctx).Shop, "mail")
		if err != nil {
			return err
		}
		tomorrow := calendar.DateOf(s.Clock.Now().In(zone)).AddDays(1)
		out.Body.Times = []SendTime{{"tomorrow", tomorrow.At(zone, 9*time.Hour)}}
		if at := hours.NextOpening(tomorrow.In(zone)); !at.IsZero() && !at.Equal(out.Body.Times[0].At) {
			out.Body.Times = append(out.Body.Times, SendTime{"opening", at})
		}
		return nil
	})
	return out, err
}
