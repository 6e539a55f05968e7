package calendar_test

import (
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// maisonLila opens Monday to Friday with a lunch break, Saturday morning, and
// rests in the first half of August.
const maisonLila = `{"timezone":"Europe/Paris","holidays":"FR",
 "week":{"mon":[["09:00","12:30"],["14:00","18:00"]],"tue":[["09:00","12:30"],["14:00","18:00"]],
 "wed":[["09:00","12:30"],["14:00","18:00"]],"thu":[["09:00","12:30"],["14:00","18:00"]],
 "fri":[["09:00","12:30"],["14:00","18:00"]],"sat":[["10:00","12:00"]]},
 "closed":["2026-12-24",{"first":"2026-08-01","last":"2026-08-15","text":"L'atelier est fermé jusqu'au 15 août."}]}`

func hoursOf(t *testing.T, json string) calendar.Hours {
	t.Helper()
	h, err := calendar.ParseHours([]byte(json))
	if err != nil {
		t.Fatalf("ParseHours: %v", err)
	}
	return h
}

// at reads "2026-11-24 10:30" on a clock of the hours' location, or RFC 3339.
func at(t *testing.T, h calendar.Hours, s string) time.Time {
	t.Helper()
	if instant, err := time.Parse(time.RFC3339, s); err == nil {
		return instant
	}
	local, err := time.ParseInLocation("2006-01-02 15:04", s, h.Location)
	if err != nil {
		t.Fatal(err)
	}
	return local
}

func everyDay(zone, from, to string) string {
	p := `[["` + from + `","` + to + `"]]`
	return `{"timezone":"` + zone + `","week":{"mon":` + p + `,"tue":` + p + `,"wed":` + p + `,"thu":` + p + `,"fri":` + p + `,"sat":` + p + `,"sun":` + p + `}}`
}
