package calendar_test

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

func TestAddOpenDays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, from string
		days       int
		want       string
	}{
		{"the same time tomorrow", "2026-11-24 10:17", 1, "2026-11-25 10:17"},
		{"from the night, counted from the opening", "2026-11-24 03:00", 1, "2026-11-25 09:00"},
		{"from the evening", "2026-11-24 18:00", 1, "2026-11-26 09:00"},
		{"from lunch", "2026-11-24 13:00", 1, "2026-11-25 14:00"},
		{"Friday afternoon: Saturday closes at noon", "2026-11-27 17:00", 1, "2026-11-28 12:00"},
		{"Friday early: Saturday opens at ten", "2026-11-27 09:10", 1, "2026-11-28 10:00"},
		{"Saturday to Monday", "2026-11-28 11:00", 1, "2026-11-30 11:00"},
		{"two days over Sunday", "2026-11-27 10:30", 2, "2026-11-30 10:30"},
		{"over Armistice Day", "2026-11-10 10:00", 1, "2026-11-12 10:00"},
		{"over the August closing", "2026-07-31 15:00", 1, "2026-08-17 15:00"},
		{"the same time of day over the clock change", "2026-10-24 11:00", 1, "2026-10-26 11:00"},
		{"no day at all", "2026-11-24 13:00", 0, "2026-11-24 14:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := hoursOf(t, maisonLila)
			if got, want := h.AddOpenDays(at(t, h, tt.from), tt.days), at(t, h, tt.want); !got.Equal(want) {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	always := hoursOf(t, `{"timezone":"Europe/Paris","always":true}`)
	if got, want := always.AddOpenDays(at(t, always, "2026-10-24 22:00"), 1), at(t, always, "2026-10-25 22:00"); !got.Equal(want) {
		t.Errorf("round the clock: got %s, want %s", got, want)
	}
}

func TestDelayDue(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ delay, from, want string }{
		{"1 open_day", "2026-11-24 10:17", "2026-11-25 10:17"},
		{"8 open_hours", "2026-11-24 10:00", "2026-11-25 10:30"},
		{"24 clock_hours", "2026-11-28 11:00", "2026-11-29 11:00"},
		{"24 clock_hours", "2026-10-24 11:00", "2026-10-25 10:00"},
	} {
		h := hoursOf(t, maisonLila)
		d, err := calendar.ParseDelay(tt.delay)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := d.Due(h, at(t, h, tt.from)), at(t, h, tt.want); !got.Equal(want) {
			t.Errorf("%s from %s: %s, want %s", tt.delay, tt.from, got, want)
		}
		if again, err := calendar.ParseDelay(d.String()); err != nil || again != d {
			t.Errorf("%v printed as %q reads as %v, %v", d, d.String(), again, err)
		}
	}
}

func TestParseDelay(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "1", "open_days", "0 open_days", "-1 open_days", "1 day", "1 open_dayss", "99999 open_hours", "1.5 open_hours", "1 open days"} {
		if d, err := calendar.ParseDelay(s); err == nil {
			t.Errorf("ParseDelay(%q) = %v, want an error", s, d)
		}
	}
}

func TestWarnOver48h(t *testing.T) {
	t.Parallel()
	nineToSix := everyDay("Europe/Paris", "09:00", "18:00")
	weekdays := `{"timezone":"Europe/Paris","week":{"mon":[["09:00","18:00"]],"tue":[["09:00","18:00"]],"wed":[["09:00","18:00"]],"thu":[["09:00","18:00"]],"fri":[["09:00","18:00"]]}}`
	always := `{"timezone":"Europe/Paris","always":true}`
	for _, tt := range []struct {
		hours, delay string
		want         bool
	}{
		{nineToSix, "1 open_day", false},
		{weekdays, "1 open_day", false},
		{maisonLila, "1 open_day", false},
		{nineToSix, "2 open_days", true},
		{always, "2 open_days", false},
		{always, "3 open_days", true},
		{weekdays, "8 open_hours", false},
		{weekdays, "9 open_hours", false},
		{weekdays, "18 open_hours", false},
		{weekdays, "19 open_hours", true},
		{weekdays, "24 open_hours", true},
		{always, "48 open_hours", false},
		{weekdays, "48 clock_hours", false},
		{weekdays, "49 clock_hours", true},
	} {
		d, err := calendar.ParseDelay(tt.delay)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.WarnOver48h(hoursOf(t, tt.hours)); got != tt.want {
			t.Errorf("%s in %.60s: %v, want %v", tt.delay, tt.hours, got, tt.want)
		}
	}
	if !(calendar.Delay{Kind: calendar.OpenDays, N: 1}).WarnOver48h(calendar.Hours{}) {
		t.Error("hours that never open don't warn")
	}
}

func TestNear(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, opened, due, want string }{
		{"a quarter of four hours", "2026-11-24 14:00", "2026-11-24 18:00", "2026-11-24 17:00"},
		{"at least half an hour", "2026-11-24 14:00", "2026-11-24 15:00", "2026-11-24 14:30"},
		{"a delay shorter than that is near at once", "2026-11-24 14:00", "2026-11-24 14:20", "2026-11-24 14:00"},
		{"at most four hours", "2026-11-16 09:00", "2026-11-20 18:00", "2026-11-20 14:00"},
		{"counted in open time, over the night", "2026-11-24 09:30", "2026-11-25 09:30", "2026-11-24 16:37"},
		{"never on the closing itself", "2026-11-24 16:00", "2026-11-25 11:00", "2026-11-25 10:00"},
		{"a night outside the hours is counted on the clock", "2026-11-24 20:00", "2026-11-25 04:00", "2026-11-25 02:00"},
		{"due when opened", "2026-11-24 10:00", "2026-11-24 10:00", "2026-11-24 10:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := hoursOf(t, maisonLila)
			got := calendar.Near(at(t, h, tt.due), at(t, h, tt.opened), h)
			if want := at(t, h, tt.want); got.Truncate(60e9) != want.In(got.Location()) && !got.Truncate(60e9).Equal(want) {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	// Two open hours before 11:00 begin at the opening; the lead is then not yet
	// running at the closing of the evening before.
	h := hoursOf(t, maisonLila)
	got := calendar.Near(at(t, h, "2026-11-25 11:00"), at(t, h, "2026-11-24 10:00"), h)
	if !h.Open(got) {
		t.Errorf("near at %s, when nobody is there", got)
	}
}
