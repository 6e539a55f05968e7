package calendar_test

import (
	"slices"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

func TestEaster(t *testing.T) {
	t.Parallel()
	// The extremes of 1818 and 1943, the years around us.
	for year, want := range map[int]string{
		1818: "1818-03-22", 1943: "1943-04-25", 2000: "2000-04-23", 2019: "2019-04-21", 2026: "2026-04-05",
		2027: "2027-03-28", 2028: "2028-04-16", 2029: "2029-04-01", 2030: "2030-04-21", 2049: "2049-04-18",
	} {
		if got := calendar.Easter(year).String(); got != want {
			t.Errorf("Easter %d = %s, want %s", year, got, want)
		}
	}
}

func TestHolidays(t *testing.T) {
	t.Parallel()
	national := []string{
		"2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25",
		"2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25",
	}
	extra := map[string][]string{
		"FR": nil, "FR-57": {"2026-04-03", "2026-12-26"}, "FR-67": {"2026-04-03", "2026-12-26"}, "FR-68": {"2026-04-03", "2026-12-26"},
		"FR-971": {"2026-05-27"}, "FR-972": {"2026-05-22"}, "FR-973": {"2026-06-10"}, "FR-974": {"2026-12-20"},
		"FR-976": {"2026-04-27"}, "FR-977": {"2026-10-09"}, "FR-978": {"2026-05-27"},
	}
	for code, days := range extra {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			zone, err := calendar.ParseZone(code)
			if err != nil {
				t.Fatal(err)
			}
			want := slices.Concat(national, days)
			slices.Sort(want)
			var got []string
			for _, h := range calendar.Holidays(zone, 2026) {
				got = append(got, h.Date.String())
				if h.Name == "" || h.NameEN == "" {
					t.Errorf("%s has no name in both languages", h.Date)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("got  %v\nwant %v", got, want)
			}
		})
	}
	if got := calendar.Holidays(calendar.NoZone, 2026); len(got) != 0 {
		t.Errorf("no zone has holidays: %v", got)
	}
}

func TestMovingHolidays(t *testing.T) {
	t.Parallel()
	want := map[int][3]string{
		2027: {"2027-03-29", "2027-05-06", "2027-05-17"},
		2028: {"2028-04-17", "2028-05-25", "2028-06-05"},
		2029: {"2029-04-02", "2029-05-10", "2029-05-21"},
		2030: {"2030-04-22", "2030-05-30", "2030-06-10"},
	}
	for year, days := range want {
		got := map[string]string{}
		for _, h := range calendar.Holidays(calendar.France, year) {
			got[h.NameEN] = h.Date.String()
		}
		if g := [3]string{got["Easter Monday"], got["Ascension Day"], got["Whit Monday"]}; g != days {
			t.Errorf("%d: got %v, want %v", year, g, days)
		}
	}
}

func TestHolidayOnKnowsEachHolidayOfTheList(t *testing.T) {
	t.Parallel()
	for _, zone := range []calendar.Zone{calendar.France, calendar.BasRhin, calendar.Reunion} {
		listed := map[calendar.Date]calendar.Holiday{}
		for _, h := range calendar.Holidays(zone, 2027) {
			listed[h.Date] = h
		}
		for d := (calendar.Date{Year: 2027, Month: 1, Day: 1}); d.Year == 2027; d = d.AddDays(1) {
			want, is := listed[d]
			if got, ok := zone.HolidayOn(d); ok != is || got != want {
				t.Errorf("%s on %s: %v %v, want %v %v", zone, d, got, ok, want, is)
			}
		}
	}
	if _, ok := calendar.NoZone.HolidayOn(calendar.Date{Year: 2026, Month: 12, Day: 25}); ok {
		t.Error("no zone has a holiday")
	}
}

func TestParseZone(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "fr", "FR-75", "FR-975", "FR-6", "DE", "FR-67 "} {
		if z, err := calendar.ParseZone(s); err == nil {
			t.Errorf("ParseZone(%q) = %v, want an error", s, z)
		}
	}
	if got := calendar.Reunion.Location().String(); got != "Indian/Reunion" {
		t.Errorf("clocks of FR-974 run in %s", got)
	}
}
