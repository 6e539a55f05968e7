package calendar

import (
	"encoding/json"
	"fmt"
)

// hoursJSON is the calendar as ParseHours reads it.
type hoursJSON struct {
	Timezone string                 `json:"timezone"`
	Holidays *Zone                  `json:"holidays"`
	Week     map[string][][2]string `json:"week"`
	Closed   []any                  `json:"closed"`
	Always   bool                   `json:"always"`
}

type closingJSON struct {
	First string `json:"first"`
	Last  string `json:"last"`
	Text  string `json:"text"`
}

// MarshalJSON writes what ParseHours reads back, texts of closings included.
func (h Hours) MarshalJSON() ([]byte, error) {
	out := hoursJSON{
		Timezone: h.location().String(),
		Week:     map[string][][2]string{},
		Closed:   []any{},
		Always:   h.Always,
	}
	if h.Holidays != NoZone {
		out.Holidays = &h.Holidays
	}
	for i, periods := range h.Week {
		for _, p := range periods {
			out.Week[dayKeys[i]] = append(out.Week[dayKeys[i]], [2]string{clock(p.From), clock(p.To)})
		}
	}
	for _, c := range h.Closed {
		switch {
		case c.Text != "":
			out.Closed = append(out.Closed, closingJSON{c.First.String(), c.Last.String(), c.Text})
		case c.First == c.Last:
			out.Closed = append(out.Closed, c.First.String())
		default:
			out.Closed = append(out.Closed, [2]string{c.First.String(), c.Last.String()})
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads as ParseHours does.
func (h *Hours) UnmarshalJSON(data []byte) error {
	parsed, err := ParseHours(data)
	if err != nil {
		return err
	}
	*h = parsed
	return nil
}

func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }
