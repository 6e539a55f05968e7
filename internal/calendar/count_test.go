package calendar_test

import (
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

func TestAdd(t *testing.T) {
	t.Parallel()
	night := everyDay("Europe/Paris", "00:00", "06:00")
	tests := []struct{ name, hours, from, add, want string }{
		{"within the morning", maisonLila, "2026-11-24 09:15", "90m", "2026-11-24 10:45"},
		{"across lunch", maisonLila, "2026-11-24 12:00", "1h", "2026-11-24 14:30"},
		{"due on the closing stays there", maisonLila, "2026-11-24 12:00", "30m", "2026-11-24 12:30"},
		{"due on the evening closing stays there", maisonLila, "2026-11-24 17:00", "1h", "2026-11-24 18:00"},
		{"nothing while open", maisonLila, "2026-11-24 12:29", "0s", "2026-11-24 12:29"},
		{"nothing on the closing is the next opening", maisonLila, "2026-11-24 12:30", "0s", "2026-11-24 14:00"},
		{"nothing at night", maisonLila, "2026-11-24 23:00", "0s", "2026-11-25 09:00"},
		{"from the night", maisonLila, "2026-11-24 03:00", "4h", "2026-11-24 14:30"},
		{"over the weekend", maisonLila, "2026-11-27 17:00", "4h", "2026-11-30 10:00"},
		{"Sunday", maisonLila, "2026-11-29 15:00", "1h", "2026-11-30 10:00"},
		{"a closed day, Christmas and a weekend", maisonLila, "2026-12-23 17:30", "1h", "2026-12-26 10:30"},
		{"the fortnight of August and Sunday the 16th", maisonLila, "2026-07-31 17:00", "2h", "2026-08-17 10:00"},
		{"seconds count", maisonLila, "2026-11-24T12:29:30+01:00", "1m", "2026-11-24T14:00:30+01:00"},

		{"the doubled hour counts twice", night, "2026-10-25 00:00", "4h", "2026-10-25T03:00:00+01:00"},
		{"into the second pass", night, "2026-10-25 00:00", "3h30m", "2026-10-25T02:30:00+01:00"},
		{"from the second pass", night, "2026-10-25T02:30:00+01:00", "30m", "2026-10-25T03:00:00+01:00"},
		{"the gap counts nothing", night, "2027-03-28 00:00", "3h", "2027-03-28T04:00:00+02:00"},
		{"due at the gap", night, "2027-03-28 00:00", "2h", "2027-03-28T03:00:00+02:00"},
		{"a period within the doubled hour opens twice", everyDay("Europe/Paris", "02:15", "02:45"), "2026-10-25 00:00", "45m", "2026-10-25T02:30:00+01:00"},
		{"a period within the gap doesn't open", everyDay("Europe/Paris", "02:15", "02:45"), "2027-03-28 00:00", "0s", "2027-03-29T02:15:00+02:00"},
		{"a period that begins in the gap", everyDay("Europe/Paris", "02:30", "04:00"), "2027-03-28 00:00", "0s", "2027-03-28T03:00:00+02:00"},

		{"Réunion has no summer time", everyDay("Indian/Reunion", "00:00", "06:00"), "2026-10-25 00:00", "4h", "2026-10-25 04:00"},
		{"Guadeloupe neither", everyDay("America/Guadeloupe", "00:00", "06:00"), "2027-03-28 00:00", "4h", "2027-03-28 04:00"},
		{"from another offset", everyDay("America/Guadeloupe", "09:00", "17:00"), "2026-11-24T09:00:00+01:00", "1h", "2026-11-24T14:00:00Z"},
		{"until 24:00", everyDay("Europe/Paris", "22:00", "24:00"), "2026-11-24 22:30", "90m", "2026-11-25 00:00"},
		{"over 24:00", everyDay("Europe/Paris", "22:00", "24:00"), "2026-11-24 22:30", "2h", "2026-11-25 22:30"},
		{"all day counts as the clock does", everyDay("Europe/Paris", "00:00", "24:00"), "2026-10-24 12:00", "48h", "2026-10-26 11:00"},
		{"always", `{"timezone":"Europe/Paris","always":true}`, "2026-12-24 22:00", "24h", "2026-12-25 22:00"},
		{"ten years closed", `{"timezone":"UTC","week":{"mon":[["09:00","10:00"]]},"closed":[["2026-01-01","2036-01-01"]]}`, "2026-11-24 10:00", "1h", "2036-01-07 10:00"},
		{"fifty years of Mondays", `{"timezone":"UTC","week":{"mon":[["09:00","10:00"]]}}`, "2026-11-23 09:00", "2609h", "2076-11-16 10:00"},
		{"Lord Howe moves by half an hour", everyDay("Australia/Lord_Howe", "00:00", "06:00"), "2026-10-04T00:00:00+10:30", "2h30m", "2026-10-04T03:00:00+11:00"},
		{"Samoa had no 30 December 2011", everyDay("Pacific/Apia", "09:00", "10:00"), "2011-12-29T09:00:00-10:00", "2h", "2011-12-31T10:00:00+14:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := hoursOf(t, tt.hours)
			from, want := at(t, h, tt.from), at(t, h, tt.want)
			add, err := time.ParseDuration(tt.add)
			if err != nil {
				t.Fatal(err)
			}
			if got := h.Add(from, add); !got.Equal(want) {
				t.Errorf("Add = %s, want %s", got, want)
			}
			if got := h.Elapsed(from, want); got != add {
				t.Errorf("Elapsed = %s, want %s", got, add)
			}
		})
	}
}

func TestElapsed(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, hours, from, to, want string }{
		{"a whole week", maisonLila, "2026-11-23 00:00", "2026-11-30 00:00", "39h30m"},
		{"lunch", maisonLila, "2026-11-24 12:30", "2026-11-24 14:00", "0s"},
		{"August", maisonLila, "2026-08-01 00:00", "2026-08-17 09:00", "0s"},
		{"backwards", maisonLila, "2026-11-24 12:00", "2026-11-24 10:00", "0s"},
		{"the 25 hours of a day", everyDay("Europe/Paris", "00:00", "24:00"), "2026-10-25 00:00", "2026-10-26 00:00", "25h"},
		{"the 23 hours of a day", everyDay("Europe/Paris", "00:00", "24:00"), "2027-03-28 00:00", "2027-03-29 00:00", "23h"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := hoursOf(t, tt.hours)
			want, _ := time.ParseDuration(tt.want)
			if got := h.Elapsed(at(t, h, tt.from), at(t, h, tt.to)); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	h := hoursOf(t, maisonLila)
	for moment, want := range map[string]bool{
		"2026-11-24 08:59": false, "2026-11-24 09:00": true, "2026-11-24 12:29": true, "2026-11-24 12:30": false,
		"2026-11-11 10:00": false, "2026-12-24 10:00": false, "2026-08-15 10:00": false, "2026-11-28 11:00": true,
	} {
		if got := h.Open(at(t, h, moment)); got != want {
			t.Errorf("Open(%s) = %v", moment, got)
		}
	}
	alsace := hoursOf(t, `{"timezone":"Europe/Paris","holidays":"FR-67","week":{"fri":[["09:00","18:00"]],"sat":[["09:00","18:00"]]}}`)
	for moment, want := range map[string]bool{"2026-04-03 10:00": false, "2026-12-26 10:00": false, "2026-12-19 10:00": true} {
		if got := alsace.Open(at(t, alsace, moment)); got != want {
			t.Errorf("Alsace: Open(%s) = %v", moment, got)
		}
	}
}

func TestHoursThatNeverOpenEndTheSearch(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC)
	closed := calendar.Hours{Closed: []calendar.Closing{{First: calendar.DateOf(from), Last: calendar.Date{Year: 9999, Month: time.December, Day: 31}}}}
	for i := range closed.Week {
		closed.Week[i] = []calendar.Period{{From: 540, To: 1080}}
	}
	for name, h := range map[string]calendar.Hours{"no hours": {}, "closed for ever": closed} {
		if got := h.Add(from, time.Hour); !got.IsZero() {
			t.Errorf("%s: Add = %v", name, got)
		}
		if got := h.NextOpening(from); !got.IsZero() {
			t.Errorf("%s: NextOpening = %v", name, got)
		}
		if got := h.AddOpenDays(from, 1); !got.IsZero() {
			t.Errorf("%s: AddOpenDays = %v", name, got)
		}
		if got := h.Elapsed(from, from.AddDate(200, 0, 0)); got != 0 {
			t.Errorf("%s: Elapsed = %v", name, got)
		}
	}
}

func TestClosingAndLastOpenDay(t *testing.T) {
	t.Parallel()
	h := hoursOf(t, maisonLila)
	day := func(s string) calendar.Date {
		d, err := calendar.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	c, ok := h.ClosingOn(day("2026-08-10"))
	if !ok || c.Text != "L'atelier est fermé jusqu'au 15 août." || c.Last != day("2026-08-15") {
		t.Errorf("ClosingOn(10 August) = %+v, %v", c, ok)
	}
	if _, ok := h.ClosingOn(day("2026-08-16")); ok {
		t.Error("16 August is no closing")
	}
	for of, want := range map[string]string{
		"2026-11-24": "2026-11-23", "2026-11-30": "2026-11-28", "2026-12-26": "2026-12-23", "2026-08-17": "2026-07-31",
	} {
		if got := h.LastOpenDayBefore(day(of)); got != day(want) {
			t.Errorf("LastOpenDayBefore(%s) = %s, want %s", of, got, want)
		}
	}
	if got := (calendar.Hours{}).LastOpenDayBefore(day("2026-11-24")); !got.IsZero() {
		t.Errorf("no hours: %s", got)
	}
}

func BenchmarkAddOneYear(b *testing.B) {
	h, err := calendar.ParseHours([]byte(maisonLila))
	if err != nil {
		b.Fatal(err)
	}
	from := time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC)
	for b.Loop() {
		h.Add(from, 2000*time.Hour)
	}
}
