package api

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Period is a stretch of a day, "09:00" to "12:30"; a day ends at "24:00".
type Period [2]string

// Schema is a pair of times of day.
func (Period) Schema(huma.Registry) *huma.Schema {
	two := 2
	return &huma.Schema{
		Type: huma.TypeArray, MinItems: &two, MaxItems: &two,
		Items: &huma.Schema{Type: huma.TypeString, Pattern: `^([01][0-9]|2[0-4]):[0-5][0-9]$`},
	}
}

// Week are the opening hours of each day; a missing day is closed.
type Week struct {
	Mon []Period `json:"mon,omitempty" nullable:"false" maxItems:"20"`
	Tue []Period `json:"tue,omitempty" nullable:"false" maxItems:"20"`
	Wed []Period `json:"wed,omitempty" nullable:"false" maxItems:"20"`
	Thu []Period `json:"thu,omitempty" nullable:"false" maxItems:"20"`
	Fri []Period `json:"fri,omitempty" nullable:"false" maxItems:"20"`
	Sat []Period `json:"sat,omitempty" nullable:"false" maxItems:"20"`
	Sun []Period `json:"sun,omitempty" nullable:"false" maxItems:"20"`
}

// Closing is a stretch of days without opening, both ends included.
type Closing struct {
	First string `json:"first" format:"date"`
	Last  string `json:"last" format:"date"`
	Text  string `json:"text" required:"false" maxLength:"1000" doc:"What the acknowledgement says of it"`
}

// Hours are opening hours; time zone and public holidays are the shop's.
type Hours struct {
	Week   Week      `json:"week"`
	Closed []Closing `json:"closed" required:"false" nullable:"false" maxItems:"200"`
	Always bool      `json:"always" required:"false"`
}

// Delay is what a shop promises.
type Delay struct {
	Kind calendar.DelayKind `json:"kind" enum:"open_days,open_hours,clock_hours"`
	N    int                `json:"n" minimum:"1" maximum:"8760"`
}

// ChannelHours are the hours and the delay of one channel; "" is every channel
// without its own.
type ChannelHours struct {
	Channel string `json:"channel" maxLength:"20"`
	Hours   Hours  `json:"hours"`
	Delay   Delay  `json:"delay"`
	Warning bool   `json:"warning" required:"false" doc:"Somebody may wait longer than 48 h on working days; read only"`
}

type hoursOut struct {
	Body struct {
		Channels []ChannelHours `json:"channels" nullable:"false"`
	}
}

func (s *Server) hours(ctx context.Context, _ *struct{}) (*hoursOut, error) {
	out := &hoursOut{}
	out.Body.Channels = []ChannelHours{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		list, err := s.Shops.Hours(tx, actor(ctx).Shop)
		for _, h := range list {
			out.Body.Channels = append(out.Body.Channels, ChannelHours{
				Channel: h.Channel, Hours: shownHours(h.Calendar), Delay: Delay{Kind: h.Delay.Kind, N: h.Delay.N}, Warning: h.Warning,
			})
		}
		return err
	})
	return out, err
}

type saveHoursIn struct {
	Body struct {
		Channels []ChannelHours `json:"channels" nullable:"false" maxItems:"20"`
	}
}

func (s *Server) saveHours(ctx context.Context, in *saveHoursIn) (*hoursOut, error) {
	by := actor(ctx)
	list := make([]shop.ChannelHours, 0, len(in.Body.Channels))
	for _, c := range in.Body.Channels {
		h, err := c.Hours.channel(c.Channel, c.Delay)
		if err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	if err := s.Shops.SaveHours(ctx, by.Person, by.Shop, list); err != nil {
		return nil, err
	}
	return s.hours(ctx, nil)
}

// channel is the hours as package shop keeps them.
func (h Hours) channel(name string, d Delay) (shop.ChannelHours, error) {
	h.Closed = append([]Closing{}, h.Closed...) // absent is none
	raw, err := json.Marshal(h)
	return shop.ChannelHours{Channel: name, Hours: raw, Delay: calendar.Delay{Kind: d.Kind, N: d.N}}, err
}

func shownHours(h calendar.Hours) Hours {
	out := Hours{Closed: []Closing{}, Always: h.Always}
	// By time.Weekday: Sunday is 0.
	days := []*[]Period{&out.Week.Sun, &out.Week.Mon, &out.Week.Tue, &out.Week.Wed, &out.Week.Thu, &out.Week.Fri, &out.Week.Sat}
	for day, periods := range h.Week {
		for _, p := range periods {
			*days[day] = append(*days[day], Period{timeOfDay(p.From), timeOfDay(p.To)})
		}
	}
	for _, c := range h.Closed {
		out.Closed = append(out.Closed, Closing{First: c.First.String(), Last: c.Last.String(), Text: c.Text})
	}
	return out
}

func timeOfDay(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// Holiday is a public holiday.
type Holiday struct {
	Date   string `json:"date" format:"date"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
}

type holidaysIn struct {
	Zone string `query:"zone" maxLength:"10" doc:"Such as FR or FR-67; empty for none"`
	Year int    `query:"year" minimum:"1900" maximum:"2200" doc:"This year when left out"`
}

type holidaysOut struct {
	Body []Holiday `nullable:"false"`
}

func (s *Server) holidays(_ context.Context, in *holidaysIn) (*holidaysOut, error) {
	out := &holidaysOut{Body: []Holiday{}}
	if in.Zone == "" {
		return out, nil
	}
	zone, err := calendar.ParseZone(in.Zone)
	if err != nil {
		return nil, fault.Wrong("zone", "Public holidays of this zone are not known.")
	}
	if in.Year == 0 {
		in.Year = s.Clock.Now().In(zone.Location()).Year()
	}
	for _, h := range calendar.Holidays(zone, in.Year) {
		out.Body = append(out.Body, Holiday{Date: h.Date.String(), Name: h.Name, NameEN: h.NameEN})
	}
	return out, nil
}
