package render_test

import (
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/knowledge/render"
)

func TestDateArithmetic(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ now, token, want string }{
		{"2026-11-22T14:20", `{{date "3 open_days"}}`, "mercredi 25 novembre 2026"},
		{"2026-11-22T14:20", `{{date "3 open_days" "short"}}`, "25/11/2026"},
		{"2026-11-22T14:20", `{{date "0 days"}}`, "dimanche 22 novembre 2026"},
		{"2026-11-20T23:30", `{{date "1 open_day"}}`, "lundi 23 novembre 2026"}, // half past midnight of Saturday in Paris
		{"2026-11-20T15:00", `{{date "1 open_day"}}`, "lundi 23 novembre 2026"},
		{"2026-12-24T10:00", `{{date "1 open_day"}}`, "lundi 28 décembre 2026"}, // Christmas is a Friday
		{"2026-11-22T14:20", `{{date "1 week"}}`, "dimanche 29 novembre 2026"},
		{"2027-01-31T10:00", `{{date "1 month"}}`, "dimanche 28 février 2027"},
		{"2026-12-31T10:00", `{{date "2 months"}}`, "dimanche 28 février 2027"},
		{"2028-02-29T10:00", `{{date "1 year"}}`, "mercredi 28 février 2029"},
		// The consumer's period ends with a working day (Regulation 1182/71).
		{"2026-11-22T10:00", `{{date "14 days"}}`, "dimanche 6 décembre 2026"},
		{"2026-11-22T10:00", `{{date "14 legal_days"}}`, "lundi 7 décembre 2026"},
		{"2026-12-11T10:00", `{{date "14 legal_days"}}`, "lundi 28 décembre 2026"},
		{"2026-12-10T10:00", `{{date "14 legal_days"}}`, "jeudi 24 décembre 2026"},
		{"2027-04-22T10:00", `{{date "14 legal_days"}}`, "vendredi 7 mai 2027"}, // Ascension
		{"2026-11-22T10:00", `{{date "14 days" from received}}`, "vendredi 4 décembre 2026"},
		{"2026-11-22T10:00", `{{date "1 year" from claim.written_on}}`, "vendredi 1er octobre 2027"},
		{"2026-11-23T10:00", `{{date "8 open_hours"}}`, "mardi 24 novembre 2026 à 14 h 30"},
		// What can't be told stays a hole.
		{"2026-11-22T10:00", `{{date}}`, ""},
		{"2026-11-22T10:00", `{{date "soon"}}`, ""},
		{"2026-11-22T10:00", `{{date "3 lunes"}}`, ""},
		{"2026-11-22T10:00", `{{date "-3 days"}}`, ""},
		{"2026-11-22T10:00", `{{date "99999999999999999999 days"}}`, ""},
		{"2026-11-22T10:00", `{{date "3654 open_days"}}`, ""},
		{"2026-11-22T10:00", `{{date "14 days" from order.delivered_on}}`, ""},
		{"2026-11-22T10:00", `{{date "14 days" "brief"}}`, ""},
	} {
		f := facts(t)
		now, err := time.Parse("2006-01-02T15:04", tt.now)
		if err != nil {
			t.Fatal(err)
		}
		f.Now = now
		f.More["claim.written_on"] = render.Day(calendar.Date{Year: 2026, Month: 10, Day: 1})
		got := render.HTML(tt.token, f)
		if tt.want == "" && len(got.Holes) == 1 {
			continue
		}
		if got.HTML != tt.want {
			t.Errorf("%s at %s: %s, want %s", tt.token, tt.now, got.HTML, tt.want)
		}
	}
}

func TestADateOfAShopThatNeverOpens(t *testing.T) {
	t.Parallel()
	f := facts(t)
	f.Hours = calendar.Hours{Location: time.UTC}
	if got := render.HTML(`{{date "1 open_day"}}`, f); len(got.Holes) != 1 {
		t.Errorf("got %s", got.HTML)
	}
}
