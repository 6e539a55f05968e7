package shop

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// AnyChannel is the channel of the hours that hold for every channel without
// its own.
const AnyChannel = ""

// ChannelHours are the opening hours and the promised delay of one channel.
type ChannelHours struct {
	Channel string
	// Hours is the calendar of calendar.ParseHours without "timezone" and
	// "holidays", which are the shop's.
	Hours json.RawMessage
	Delay calendar.Delay
}

// ShownHours are hours as the settings show them.
type ShownHours struct {
	ChannelHours
	Calendar calendar.Hours
	Warning  bool // somebody may wait longer than 48 h on working days (P02)
}

var (
	selectHours = store.SQL(`select channel, hours, delay from shop_hours where shop_id = $1 order by channel`)
	deleteHours = store.SQL(`delete from shop_hours where shop_id = $1`)
	insertHours = store.SQL(`insert into shop_hours (shop_id, channel, hours, delay) values ($1, $2, $3, $4)`)
)

type hoursRow struct {
	Channel string `db:"channel"`
	Hours   string `db:"hours"`
	Delay   string `db:"delay"`
}

// defaultHours hold until somebody says otherwise.
func defaultHours() ChannelHours {
	return ChannelHours{
		Hours: json.RawMessage(`{"week":{"mon":[["09:00","18:00"]],"tue":[["09:00","18:00"]],"wed":[["09:00","18:00"]],"thu":[["09:00","18:00"]],"fri":[["09:00","18:00"]]}}`),
		Delay: calendar.Delay{Kind: calendar.OpenDays, N: 1},
	}
}

// SaveHours replaces the shop's hours of all channels. One entry must be that
// of AnyChannel.
func (s *Service) SaveHours(ctx context.Context, by id.Person, shop id.Shop, hours []ChannelHours) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if err := touched(tx, shop); err != nil { // first: it locks the shop against a twin
			return err
		}
		current, err := s.Get(tx, shop)
		if err != nil {
			return err
		}
		checked, err := checkedHours(hours, current.Timezone, string(current.Holidays))
		if err != nil {
			return err
		}
		if _, err := store.Exec(tx, deleteHours, shop); err != nil {
			return err
		}
		if err := writeHours(tx, shop, checked); err != nil {
			return err
		}
		return s.tell(tx, event.Event{Kind: event.ShopChanged, Shop: shop, Person: by})
	})
}

// Hours reads the hours of all channels as the settings show them.
func (s *Service) Hours(tx *store.Tx, shop id.Shop) ([]ShownHours, error) {
	current, err := s.Get(tx, shop)
	if err != nil {
		return nil, err
	}
	rows, err := store.All[hoursRow](tx, selectHours, shop)
	if err != nil {
		return nil, err
	}
	out := make([]ShownHours, 0, len(rows))
	for _, row := range rows {
		hours, delay := row.read(current.Timezone, string(current.Holidays))
		out = append(out, ShownHours{
			ChannelHours: ChannelHours{Channel: row.Channel, Hours: json.RawMessage(row.Hours), Delay: delay},
			Calendar:     hours,
			Warning:      delay.WarnOver48h(hours),
		})
	}
	return out, nil
}

// read parses what was checked when it was saved. Should a later version find
// it wrong all the same, the strictest promise holds: a message must be owed
// something, whatever its shop's settings look like (I2).
func (r hoursRow) read(timezone, holidays string) (calendar.Hours, calendar.Delay) {
	hours, err1 := parseHours([]byte(r.Hours), timezone, holidays)
	delay, err2 := calendar.ParseDelay(r.Delay)
	if err1 != nil || err2 != nil {
		location, _ := calendar.LoadLocation(timezone) // nil is UTC
		return calendar.Hours{Always: true, Location: location}, calendar.Delay{Kind: calendar.ClockHours, N: 24}
	}
	return hours, delay
}

func writeHours(tx *store.Tx, shop id.Shop, hours []hoursRow) error {
	for _, h := range hours {
		if _, err := store.Exec(tx, insertHours, shop, h.Channel, h.Hours, h.Delay); err != nil {
			return err
		}
	}
	return nil
}

const (
	maxChannels   = 20
	maxHoursBytes = 64 << 10
)

var channelName = pattern.Of(`^[a-z]{0,20}$`)

// checkedHours are the hours as they are stored, or the first thing wrong in
// them, with its place such as "channels[1].hours.week.mon[0]".
func checkedHours(hours []ChannelHours, timezone, holidays string) ([]hoursRow, error) {
	if len(hours) > maxChannels {
		return nil, fault.Wrong("channels", "There are more than 20 channels.")
	}
	var out []hoursRow
	seen := map[string]bool{}
	for i, h := range hours {
		at := fmt.Sprintf("channels[%d]", i)
		if !channelName.MatchString(h.Channel) {
			return nil, fault.Wrong(at+".channel", "A channel is named in small letters.")
		}
		if seen[h.Channel] {
			return nil, fault.Wrong(at+".channel", "This channel is there twice.")
		}
		seen[h.Channel] = true
		row, err := h.checked(at, timezone, holidays)
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	if !seen[AnyChannel] {
		return nil, fault.Wrong("channels", "The hours that hold for every channel are missing.")
	}
	return out, nil
}

func (h ChannelHours) checked(at, timezone, holidays string) (hoursRow, error) {
	if len(h.Hours) > maxHoursBytes {
		return hoursRow{}, fault.Wrong(at+".hours", "The opening hours are too long.")
	}
	if _, err := parseHours(h.Hours, timezone, holidays); err != nil {
		place, why, ok := strings.Cut(err.Error(), ": ")
		if !ok || place == "calendar" {
			return hoursRow{}, fault.Wrong(at+".hours", err.Error())
		}
		return hoursRow{}, fault.Wrong(at+".hours."+place, why)
	}
	delay, err := calendar.ParseDelay(h.Delay.String())
	if err != nil {
		return hoursRow{}, fault.Wrong(at+".delay", "The delay must be 1 to 8760 open days, open hours or hours on the clock.")
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, h.Hours); err != nil {
		return hoursRow{}, fault.Wrong(at+".hours", "The opening hours are not valid JSON.")
	}
	return hoursRow{Channel: h.Channel, Hours: compact.String(), Delay: delay.String()}, nil
}

// parseHours reads a calendar that lacks the time zone and the holidays. They
// are put in front of its text, so that a second one in it is refused as such.
func parseHours(raw []byte, timezone, holidays string) (calendar.Hours, error) {
	rest, ok := bytes.CutPrefix(bytes.TrimSpace(raw), []byte("{"))
	if !ok {
		return calendar.Hours{}, fmt.Errorf("calendar: a JSON object expected")
	}
	front := map[string]any{"timezone": timezone, "holidays": nil}
	if holidays != "" {
		front["holidays"] = holidays
	}
	text, err := json.Marshal(front)
	if err != nil {
		return calendar.Hours{}, err
	}
	text = bytes.TrimSuffix(text, []byte("}"))
	if !bytes.HasPrefix(bytes.TrimSpace(rest), []byte("}")) {
		text = append(text, ',')
	}
	return calendar.ParseHours(append(text, rest...))
}
