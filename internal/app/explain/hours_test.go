package explain_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/app/explain"
)

const atelierHours = `{"timezone":"Europe/Paris","holidays":"FR-67","week":{
 "mon":[["09:00","12:30"],["14:00","24:00"]],"tue":[["09:00","12:30"]],"sun":[["00:00","06:00"]]},
 "closed":["2026-12-28",["2027-08-01","2027-08-15"]],"always":false}`

func calendarFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hours.json")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestHours(t *testing.T) {
	t.Parallel()
	path := calendarFile(t, atelierHours)
	tests := []struct{ name, from, to, add, want string }{
		{"due", "2026-11-23T09:00", "", "90m", `{"due":"2026-11-23T09:30:00Z"}`},
		{"due on the closing stays there", "2026-11-23T12:00:00", "", "30m", `{"due":"2026-11-23T11:30:00Z"}`},
		{"nothing added while closed", "2026-11-23T12:30:00+01:00", "", "0s", `{"due":"2026-11-23T13:00:00Z"}`},
		{"doubled hour", "2026-10-25T00:00", "", "4h", `{"due":"2026-10-25T02:00:00Z"}`},
		{"gap", "2027-03-28T00:00", "", "3h", `{"due":"2027-03-28T02:00:00Z"}`},
		{"elapsed", "2026-11-23T12:00", "2026-11-23T15:00Z", "", `{"elapsed":"2h30m0s","elapsed_seconds":9000}`},
		{"the whole Sunday", "2026-10-25 00:00", "2026-10-26 00:00", "", `{"elapsed":"7h0m0s","elapsed_seconds":25200}`},
		{"nothing elapsed", "2026-12-28T00:00", "2026-12-29T00:00", "", `{"elapsed":"0s","elapsed_seconds":0}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			code := explain.Hours(explain.HoursArgs{Calendar: path, From: tt.from, To: tt.to, Add: tt.add}, &out, &errs)
			if code != explain.ExitOK || errs.Len() > 0 {
				t.Errorf("code %d, stderr %q", code, errs.String())
			}
			if got := out.String(); got != tt.want+"\n" {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestHoursRefuses(t *testing.T) {
	t.Parallel()
	good := calendarFile(t, atelierHours)
	tests := []struct {
		name  string
		args  explain.HoursArgs
		names string
	}{
		{"no calendar", explain.HoursArgs{From: "2026-11-23T09:00", Add: "1h"}, "--calendar"},
		{"a file that isn't there", explain.HoursArgs{Calendar: good + "x", From: "2026-11-23T09:00", Add: "1h"}, "--calendar"},
		{"overlap", explain.HoursArgs{Calendar: calendarFile(t, `{"timezone":"UTC","week":{"mon":[["09:00","12:00"],["11:00","13:00"]]}}`), From: "2026-11-23T09:00", Add: "1h"}, "week.mon[1]"},
		{"unknown key on two lines", explain.HoursArgs{Calendar: calendarFile(t, `{"timezone":"UTC","we\nek":{}}`), From: "2026-11-23T09:00", Add: "1h"}, "unknown key"},
		{"never opens", explain.HoursArgs{Calendar: calendarFile(t, `{"timezone":"UTC","week":{}}`), From: "2026-11-23T09:00", Add: "1h"}, "never opens"},
		{"zone", explain.HoursArgs{Calendar: calendarFile(t, `{"timezone":"UTC","holidays":"FR-99","week":{"mon":[["09:00","12:00"]]}}`), From: "2026-11-23T09:00", Add: "1h"}, "holidays"},
		{"no start", explain.HoursArgs{Calendar: good, Add: "1h"}, "--from"},
		{"a day that doesn't exist", explain.HoursArgs{Calendar: good, From: "2026-02-30T09:00", Add: "1h"}, "--from"},
		{"a bad end", explain.HoursArgs{Calendar: good, From: "2026-11-23T09:00", To: "tomorrow"}, "--to"},
		{"end before start", explain.HoursArgs{Calendar: good, From: "2026-11-23T09:00", To: "2026-11-22T09:00"}, "--to"},
		{"neither", explain.HoursArgs{Calendar: good, From: "2026-11-23T09:00"}, "--add"},
		{"both", explain.HoursArgs{Calendar: good, From: "2026-11-23T09:00", To: "2026-11-24T09:00", Add: "1h"}, "--add"},
		{"a bad duration", explain.HoursArgs{Calendar: good, From: "2026-11-23T09:00", Add: "1 hour"}, "--add"},
		{"a negative duration", explain.HoursArgs{Calendar: good, From: "2026-11-23T09:00", Add: "-1h"}, "--add"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			code := explain.Hours(tt.args, &out, &errs)
			line := errs.String()
			if code != explain.ExitBadUsage || out.Len() > 0 {
				t.Errorf("code %d, stdout %q", code, out.String())
			}
			if strings.Count(line, "\n") != 1 || !strings.Contains(line, tt.names) {
				t.Errorf("stderr %q, want one line naming %s", line, tt.names)
			}
		})
	}
}
