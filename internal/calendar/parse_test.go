package calendar_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

func TestParseHours(t *testing.T) {
	t.Parallel()
	h := hoursOf(t, `{"timezone":"Europe/Paris","holidays":"FR-67","week":{"mon":[["14:00","24:00"],["09:00","12:30"],["12:30","13:00"]]},
		"closed":["2026-12-24",["2027-08-01","2027-08-15"]],"always":false}`)
	want := calendar.Hours{
		Holidays: calendar.BasRhin,
		Closed: []calendar.Closing{
			{First: calendar.Date{Year: 2026, Month: 12, Day: 24}, Last: calendar.Date{Year: 2026, Month: 12, Day: 24}},
			{First: calendar.Date{Year: 2027, Month: 8, Day: 1}, Last: calendar.Date{Year: 2027, Month: 8, Day: 15}},
		},
	}
	want.Week[time.Monday] = []calendar.Period{{From: 540, To: 750}, {From: 750, To: 780}, {From: 840, To: 1440}}
	if h.Location.String() != "Europe/Paris" {
		t.Errorf("location %s", h.Location)
	}
	h.Location = nil
	if diff := cmp.Diff(want, h); diff != "" {
		t.Error(diff)
	}
}

func TestParseHoursNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	const week = `"week":{"mon":[["09:00","12:00"]]}`
	tests := []struct{ json, names string }{
		{``, "calendar"},
		{`[]`, "calendar"},
		{`{"timezone":"UTC",` + week, "calendar"},
		{`{"timezone":"UTC",` + week + `} {}`, "calendar"},
		{`{` + week + `}`, "timezone"},
		{`{"timezone":"Mars/Olympus",` + week + `}`, "timezone"},
		{`{"timezone":"Local",` + week + `}`, "timezone"},
		{`{"timezone":3,` + week + `}`, "timezone"},
		{`{"timezone":null,` + week + `}`, "timezone"},
		{`{"TimeZone":"UTC",` + week + `}`, "TimeZone"},
		{`{"timezone":"UTC","zone":"FR",` + week + `}`, "zone"},
		{`{"timezone":"UTC","timezone":"UTC",` + week + `}`, "timezone"},
		{`{"timezone":"UTC","holidays":"FR-75",` + week + `}`, "holidays"},
		{`{"timezone":"UTC","holidays":"",` + week + `}`, "holidays"},
		{`{"timezone":"UTC"}`, "week"},
		{`{"timezone":"UTC","week":{}}`, "week"},
		{`{"timezone":"UTC","week":{"mon":[]}}`, "week"},
		{`{"timezone":"UTC","week":[]}`, "week"},
		{`{"timezone":"UTC","week":{"monday":[["09:00","12:00"]]}}`, "week.monday"},
		{`{"timezone":"UTC","week":{"mon":[["09:00","12:00"]],"mon":[]}}`, "week.mon"},
		{`{"timezone":"UTC","week":{"mon":null}}`, "week.mon"},
		{`{"timezone":"UTC","week":{"mon":["09:00","12:00"]}}`, "week.mon[0]"},
		{`{"timezone":"UTC","week":{"mon":[["09:00"]]}}`, "week.mon[0]"},
		{`{"timezone":"UTC","week":{"mon":[["09:00",null]]}}`, "week.mon[0]"},
		{`{"timezone":"UTC","week":{"mon":[["12:00","09:00"]]}}`, "week.mon[0]"},
		{`{"timezone":"UTC","week":{"mon":[["09:00","09:00"]]}}`, "week.mon[0]"},
		{`{"timezone":"UTC","week":{"mon":[["09:00","24:01"]]}}`, "week.mon[0]"},
		{`{"timezone":"UTC","week":{"mon":[["24:00","24:00"]]}}`, "week.mon[0]"},
		{`{"timezone":"UTC","week":{"mon":[["9:00","12:00"]]}}`, "week.mon[0]"},
		{`{"timezone":"UTC","week":{"mon":[["09:00","12:00"],["11:59","13:00"]]}}`, "week.mon[1]"},
		{`{"timezone":"UTC","week":{"mon":[["09:00","12:00"],["08:00","13:00"]]}}`, "week.mon[1]"},
		{`{"timezone":"UTC","closed":"2026-12-24",` + week + `}`, "closed"},
		{`{"timezone":"UTC","closed":["2026-12-32"],` + week + `}`, "closed[0]"},
		{`{"timezone":"UTC","closed":["2026-12-24",["2027-08-15","2027-08-01"]],` + week + `}`, "closed[1]"},
		{`{"timezone":"UTC","closed":[["2026-12-24"]],` + week + `}`, "closed[0]"},
		{`{"timezone":"UTC","closed":[{"first":"2026-12-24","until":"2026-12-25"}],` + week + `}`, "closed[0].until"},
		{`{"timezone":"UTC","closed":[7],` + week + `}`, "closed[0]"},
		{`{"timezone":"UTC","closed":[["1970-01-01","9999-12-31"]],` + week + `}`, "closed"},
		{`{"timezone":"UTC","closed":[` + strings.Repeat(`"2026-12-24",`, 1000) + `"2026-12-24"],` + week + `}`, "closed"},
		{`{"timezone":"UTC","always":"yes",` + week + `}`, "always"},
		{`{"timezone":"UTC","always":null,` + week + `}`, "always"},
	}
	for _, tt := range tests {
		_, err := calendar.ParseHours([]byte(tt.json))
		if err == nil {
			t.Errorf("%.90s: no error, want one naming %s", tt.json, tt.names)
			continue
		}
		if !strings.HasPrefix(err.Error(), tt.names+":") {
			t.Errorf("%.90s: %q doesn't name %s", tt.json, err, tt.names)
		}
	}
}

func TestHoursKeepTheirShapeInJSON(t *testing.T) {
	t.Parallel()
	first := hoursOf(t, maisonLila)
	data, err := json.Marshal(first)
	if err != nil {
		t.Fatal(err)
	}
	var again calendar.Hours
	if err := json.Unmarshal(data, &again); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	if again.Location.String() != first.Location.String() {
		t.Errorf("location %s", again.Location)
	}
	first.Location, again.Location = nil, nil
	if diff := cmp.Diff(first, again); diff != "" {
		t.Error(diff)
	}
}

func FuzzParseHours(f *testing.F) {
	f.Add([]byte(maisonLila))
	f.Add([]byte(`{"timezone":"Europe/Paris","holidays":null,"week":{"mon":[["09:00","24:00"]]},"closed":["2026-12-24",["2027-08-01","2027-08-15"]],"always":false}`))
	f.Add([]byte(everyDay("America/Havana", "00:00", "24:00")))
	f.Add([]byte(`{"timezone":"UTC","always":true}`))
	from := time.Date(2026, time.October, 25, 0, 30, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := calendar.ParseHours(data)
		if err != nil {
			return
		}
		due := h.Add(from, 3*time.Hour)
		if !due.IsZero() && h.Elapsed(from, due) != 3*time.Hour {
			t.Fatalf("Elapsed(Add) = %s", h.Elapsed(from, due))
		}
		written, err := json.Marshal(h)
		if err != nil {
			t.Fatal(err)
		}
		again, err := calendar.ParseHours(written)
		if err != nil || !again.Add(from, 3*time.Hour).Equal(due) {
			t.Fatalf("%s reads otherwise than %s: %v", written, data, err)
		}
	})
}
