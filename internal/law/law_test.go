package law_test

import (
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/law"
	"github.com/comptoir-desk/comptoir/internal/money"
)

// day reads "2026-11-23"; "" and "-" are no day.
func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	if s == "" || s == "-" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func days(t *testing.T, list ...string) []calendar.Date {
	t.Helper()
	var read []calendar.Date
	for _, s := range list {
		read = append(read, day(t, s))
	}
	return read
}

// sameDay compares with "2026-11-23", or "-" for none.
func sameDay(t *testing.T, what string, got calendar.Date, want string) {
	t.Helper()
	if got != day(t, want) {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// clock reads "2026-11-24 10:00" or "… 10:00:30" on the clocks of Paris.
func clock(t *testing.T, s string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05"} {
		if at, err := time.ParseInLocation(layout, s, calendar.France.Location()); err == nil {
			return at
		}
	}
	t.Fatalf("%q is no time", s)
	return time.Time{}
}

func euros(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: money.Euro} }

func rate(p law.Percent) *law.Percent { return &p }

func in(zone calendar.Zone) law.Place { return law.Place{Zone: zone} }
