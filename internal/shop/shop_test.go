package shop_test

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// Monday, 11:00 in Paris.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

type desk struct {
	t      *testing.T
	db     *store.DB
	events *event.Log
	clock  *clock.Set
	shops  *shop.Service
	lila   id.Shop
}

func maisonLila() shop.Input {
	return shop.Input{Name: "Maison Lila", URL: "https://maison-lila.fr", Phone: "01 23 45 67 89", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR", Colour: "#7A3B69"}
}

func newService(t *testing.T, db *store.DB, c clock.Clock) *shop.Service {
	t.Helper()
	box, err := secret.New([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	return shop.New(shop.Config{DB: db, Events: event.NewLog(db, c, nil), Clock: c, Box: box})
}

func open(t *testing.T, db *store.DB) *desk {
	t.Helper()
	c := clock.At(monday)
	d := &desk{t: t, db: db, clock: c, events: event.NewLog(db, c, nil), shops: newService(t, db, c)}
	made, err := d.shops.Create(t.Context(), shop.Creation{Input: maisonLila()})
	if err != nil {
		t.Fatal(err)
	}
	d.lila = made
	return d
}

func (d *desk) read(fn func(tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.Read(d.t.Context(), fn); err != nil {
		d.t.Fatal(err)
	}
}

// due is when an answer is owed to a message that comes in now.
func (d *desk) due(s *shop.Service, channel string) string {
	d.t.Helper()
	var out string
	d.read(func(tx *store.Tx) error {
		hours, delay, err := s.HoursAndDelay(tx, d.lila, channel)
		out = delay.Due(hours, d.clock.Now()).UTC().Format(time.RFC3339)
		return err
	})
	return out
}

func wrongField(t *testing.T, err error, field string) {
	t.Helper()
	var f *fault.Fault
	if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != field {
		t.Errorf("error = %v, want field %q wrong", err, field)
	}
}

func hours(text string) json.RawMessage { return json.RawMessage(text) }

const everyDay = `{"week":{"mon":[["09:00","18:00"]],"tue":[["09:00","18:00"]],"wed":[["09:00","18:00"]],"thu":[["09:00","18:00"]],"fri":[["09:00","18:00"]],"sat":[["10:00","19:00"]]}}`

func TestAFreshShopPromisesTheNextOpenDay(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		if got, want := d.due(d.shops, "mail"), "2026-11-24T10:00:00Z"; got != want {
			t.Errorf("due %s, want %s", got, want)
		}
	})
}

func TestNewHoursHoldForTheNextMessageOnEveryNode(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		other := newService(t, db, d.clock)
		d.due(d.shops, "mail") // both know the old hours
		d.due(other, "mail")

		err := d.shops.SaveHours(t.Context(), 0, d.lila, []shop.ChannelHours{
			{Hours: hours(everyDay), Delay: calendar.Delay{Kind: calendar.OpenDays, N: 1}},
			{Channel: "phone", Hours: hours(`{"always":true}`), Delay: calendar.Delay{Kind: calendar.ClockHours, N: 2}},
		})
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range map[string]*shop.Service{"the node that saved": d.shops, "another node": other} {
			if got, want := d.due(s, "phone"), "2026-11-23T12:00:00Z"; got != want {
				t.Errorf("%s: phone due %s, want %s", name, got, want)
			}
			if got, want := d.due(s, "letter"), "2026-11-24T10:00:00Z"; got != want {
				t.Errorf("%s: letter due %s, want %s", name, got, want)
			}
		}
	})
}

// What a transaction read of its own, and then threw away, must not stay.
func TestHoursThatWereRolledBackAreForgotten(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		given := errors.New("the rest of set-up failed")
		var ghost id.Shop
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			var err error
			ghost, err = d.shops.CreateTx(tx, shop.Creation{Input: maisonLila(), Hours: []shop.ChannelHours{
				{Hours: hours(`{"always":true}`), Delay: calendar.Delay{Kind: calendar.ClockHours, N: 1}},
			}})
			if err != nil {
				return err
			}
			if _, _, err := d.shops.HoursAndDelay(tx, ghost, "mail"); err != nil {
				return err
			}
			return given
		})
		if !errors.Is(err, given) {
			t.Fatal(err)
		}
		// SQLite gives the number of the row that never was to the next one.
		d.lila, err = d.shops.Create(t.Context(), shop.Creation{Input: maisonLila()})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := d.due(d.shops, "mail"), "2026-11-24T10:00:00Z"; got != want {
			t.Errorf("due %s, want %s", got, want)
		}
	})
}

func TestASecondTimeZoneChangesWhatTheHoursMean(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.clock.Move(time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)) // 8:00 in Réunion, 5:00 in Paris
		before := d.due(d.shops, "mail")
		in := maisonLila()
		in.Timezone, in.Holidays = "Indian/Reunion", "FR-974"
		if err := d.shops.Save(t.Context(), shop.Update{Shop: d.lila, Input: in}); err != nil {
			t.Fatal(err)
		}
		after := d.due(d.shops, "mail")
		if before == after {
			t.Errorf("due %s in both zones", after)
		}
		d.read(func(tx *store.Tx) error {
			loc, err := d.shops.Location(tx, d.lila)
			if loc.String() != "Indian/Reunion" {
				t.Errorf("location = %s", loc)
			}
			return err
		})
	})
}

func TestSavedHoursReadBackAndWarn(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		err := d.shops.SaveHours(t.Context(), 0, d.lila, []shop.ChannelHours{
			{Hours: hours(everyDay), Delay: calendar.Delay{Kind: calendar.OpenDays, N: 3}},
			{Channel: "mail", Hours: hours(`{"week":{"mon":[["09:00","12:00"]]},"closed":[{"first":"2026-12-24","last":"2027-01-02","text":"L'atelier ferme"}]}`), Delay: calendar.Delay{Kind: calendar.OpenHours, N: 2}},
		})
		if err != nil {
			t.Fatal(err)
		}
		d.read(func(tx *store.Tx) error {
			shown, err := d.shops.Hours(tx, d.lila)
			if err != nil {
				return err
			}
			if len(shown) != 2 || shown[0].Channel != "" || shown[1].Channel != "mail" {
				t.Fatalf("channels = %+v", shown)
			}
			if !shown[0].Warning {
				t.Error("three open days can pass 48 h: no warning")
			}
			if shown[0].Delay.String() != "3 open_days" || string(shown[0].Hours) != everyDay {
				t.Errorf("read back %s %s", shown[0].Delay, shown[0].Hours)
			}
			if closing, ok := shown[1].Calendar.ClosingOn(calendar.Date{Year: 2026, Month: 12, Day: 25}); !ok || closing.Text != "L'atelier ferme" {
				t.Errorf("closing = %+v, %v", closing, ok)
			}
			return nil
		})
	})
}

func TestWrongHoursNameTheirPlace(t *testing.T) {
	t.Parallel()
	oneDay := calendar.Delay{Kind: calendar.OpenDays, N: 1}
	good := shop.ChannelHours{Hours: hours(everyDay), Delay: oneDay}
	tests := []struct {
		name, field string
		hours       []shop.ChannelHours
	}{
		{"none at all", "channels", nil},
		{"only one channel's", "channels", []shop.ChannelHours{{Channel: "mail", Hours: hours(everyDay), Delay: oneDay}}},
		{"twice", "channels[1].channel", []shop.ChannelHours{good, good}},
		{"a channel of no name", "channels[1].channel", []shop.ChannelHours{good, {Channel: "é!", Hours: hours(everyDay), Delay: oneDay}}},
		{"overlap", "channels[0].hours.week.mon[1]", []shop.ChannelHours{{Hours: hours(`{"week":{"mon":[["09:00","12:00"],["11:00","13:00"]]}}`), Delay: oneDay}}},
		{"never opens", "channels[0].hours.week", []shop.ChannelHours{{Hours: hours(`{}`), Delay: oneDay}}},
		{"a time zone of its own", "channels[0].hours.timezone", []shop.ChannelHours{{Hours: hours(`{"timezone":"UTC","always":true}`), Delay: oneDay}}},
		{"no object", "channels[0].hours", []shop.ChannelHours{{Hours: hours(`[]`), Delay: oneDay}}},
		{"cut off", "channels[0].hours", []shop.ChannelHours{{Hours: hours(`{"always":true`), Delay: oneDay}}},
		{"no delay", "channels[0].delay", []shop.ChannelHours{{Hours: hours(everyDay)}}},
	}
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				wrongField(t, d.shops.SaveHours(t.Context(), 0, d.lila, tt.hours), tt.field)
			})
		}
		if got, want := d.due(d.shops, "mail"), "2026-11-24T10:00:00Z"; got != want {
			t.Errorf("after nothing but refusals due %s, want %s", got, want)
		}
	})
}

func TestWrongIdentityNamesItsField(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*shop.Input){
		"name":     func(in *shop.Input) { in.Name = "  " },
		"url":      func(in *shop.Input) { in.URL = "javascript:alert(1)" },
		"language": func(in *shop.Input) { in.Language = "de" },
		"timezone": func(in *shop.Input) { in.Timezone = "Local" },
		"holidays": func(in *shop.Input) { in.Holidays = "BE" },
		"colour":   func(in *shop.Input) { in.Colour = "red;background:url(x)" },
		"logo":     func(in *shop.Input) { in.Logo, in.LogoType = "abc", "image/svg+xml" },
	}
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		for field, spoil := range tests {
			in := maisonLila()
			spoil(&in)
			wrongField(t, d.shops.Save(t.Context(), shop.Update{Shop: d.lila, Input: in}), field)
		}
		err := d.shops.Save(t.Context(), shop.Update{Shop: d.lila, Input: maisonLila(), Ack: shop.Acknowledgement{FR: strings.Repeat("é", 4001)}})
		wrongField(t, err, "ack.text_fr")
		if fault.KindOf(d.shops.Save(t.Context(), shop.Update{Shop: 999, Input: maisonLila()})) != fault.NotFound {
			t.Error("a shop that isn't there was saved")
		}
	})
}

func TestEightSavesAtOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		var wg sync.WaitGroup
		for n := range 8 {
			wg.Go(func() {
				err := d.shops.SaveHours(t.Context(), 0, d.lila, []shop.ChannelHours{
					{Hours: hours(everyDay), Delay: calendar.Delay{Kind: calendar.OpenDays, N: n + 1}},
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		d.read(func(tx *store.Tx) error {
			shown, err := d.shops.Hours(tx, d.lila)
			if len(shown) != 1 {
				t.Errorf("%d rows of hours, want 1", len(shown))
			}
			return err
		})
	})
}
