package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	d, err := calendar.ParseDate("2028-02-29")
	if err != nil || d != (calendar.Date{Year: 2028, Month: time.February, Day: 29}) {
		t.Fatalf("got %v, %v", d, err)
	}
	for _, s := range []string{"", "2026-02-29", "2026-13-01", "2026-1-1", "24/11/2026", "2026-11-24T10:00"} {
		if d, err := calendar.ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", s, d)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2028-02-29", "2026-02-29", "0000-01-01", "9999-12-31", "2026-1-1", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := calendar.ParseDate(s); err == nil && d.String() != s {
			t.Fatalf("%q reads as %s", s, d)
		}
	})
}

func TestDateRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.Date{Year: rapid.IntRange(1, 9000).Draw(t, "year"), Month: time.January, Day: 1}
		n := rapid.IntRange(-4000, 4000).Draw(t, "days")
		d := start.AddDays(n)
		if back := d.AddDays(-n); back != start {
			t.Fatalf("%v + %d - %d = %v", start, n, n, back)
		}
		if (n > 0) != d.After(start) || (n < 0) != d.Before(start) {
			t.Fatalf("order of %v and %v", start, d)
		}
		if want := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday(); d.Weekday() != want {
			t.Fatalf("weekday of %v = %v, want %v", d, d.Weekday(), want)
		}
	})
}

func TestAddMonths(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-03-05", 1, "2026-04-05"},
		{"2026-08-31", 1, "2026-09-30"},
		{"2027-01-31", 1, "2027-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2027-01-31", 3, "2027-04-30"},
		{"2024-02-29", 36, "2027-02-28"},
		{"2026-12-31", 120, "2036-12-31"},
		{"2026-03-31", -1, "2026-02-28"},
	} {
		from, err := calendar.ParseDate(tt.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := from.AddMonths(tt.months).String(); got != tt.want {
			t.Errorf("%s + %d months = %s, want %s", tt.from, tt.months, got, tt.want)
		}
	}
}

func TestDaysSinceUndoesAddDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Date{Year: rapid.IntRange(1600, 9000).Draw(t, "year"), Month: time.February, Day: 28}
		n := rapid.IntRange(-4000, 4000).Draw(t, "days")
		if got := d.AddDays(n).DaysSince(d); got != n {
			t.Fatalf("%v and %d days later are %d days apart", d, n, got)
		}
	})
}

func TestDateAt(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, zone, date, clock, want string }{
		{"an ordinary day", "Europe/Paris", "2026-11-24", "10h30m", "2026-11-24T09:30:00Z"},
		{"skipped by summer time", "Europe/Paris", "2027-03-28", "2h30m", "2027-03-28T01:30:00Z"},
		{"shown twice: the first", "Europe/Paris", "2026-10-25", "2h30m", "2026-10-25T00:30:00Z"},
		{"after the doubled hour", "Europe/Paris", "2026-10-25", "3h", "2026-10-25T02:00:00Z"},
		{"a midnight that doesn't exist", "Africa/Cairo", "2026-04-24", "0s", "2026-04-23T22:00:00Z"},
		{"no summer time", "Indian/Reunion", "2026-10-25", "2h30m", "2026-10-24T22:30:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			loc, err := calendar.LoadLocation(tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			d, _ := calendar.ParseDate(tt.date)
			clock, _ := time.ParseDuration(tt.clock)
			if got := d.At(loc, clock).UTC().Format(time.RFC3339); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestLoadLocationRefusesTheMachinesZone(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "Local", "local", "Europe/Atlantis", "../etc/passwd"} {
		if loc, err := calendar.LoadLocation(name); err == nil {
			t.Errorf("LoadLocation(%q) = %v, want an error", name, loc)
		}
	}
}
