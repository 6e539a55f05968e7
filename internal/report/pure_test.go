package report_test

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/report"
)

// The error that the package promises: 3.2 %, and 30 s below a minute.
func TestPercentilesAreWithinTheirError(t *testing.T) {
	t.Parallel()
	draw := rand.New(rand.NewPCG(7, 11))
	for round := range 200 {
		list := make([]time.Duration, 1+draw.IntN(300))
		for i := range list {
			list[i] = time.Duration(draw.ExpFloat64() * float64(time.Hour) * float64(1+round))
		}
		sorted := slices.Sorted(slices.Values(list))
		for _, p := range []int64{50, 90} {
			want := sorted[max(1, (int64(len(list))*p+99)/100)-1]
			got := report.Percentile(list, p)
			off := (got - want).Abs()
			if off > 30*time.Second && off.Seconds() > 0.032*want.Seconds() {
				t.Errorf("%d %% of %d: %s, want %s", p, len(list), got, want)
			}
		}
	}
	if got := report.Percentile(nil, 50); got != 0 {
		t.Errorf("of nothing: %s", got)
	}
	if got := report.Percentile([]time.Duration{-time.Hour}, 50); got != 30*time.Second { // a clock that jumped
		t.Errorf("of a negative one: %s", got)
	}
}

func hours(t *testing.T) calendar.Hours {
	t.Helper()
	h, err := calendar.ParseHours([]byte(`{"timezone":"Europe/Paris","holidays":"FR","week":{
		"mon":[["09:00","12:00"],["14:00","18:00"]],"tue":[["09:00","18:00"]],"wed":[["09:00","18:00"]],"thu":[["09:00","18:00"]],"fri":[["09:00","18:00"]]},
		"closed":[],"always":false}`))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// queue is n answers due at an instant.
func queue(n int, at time.Time) (list []report.Due) {
	for range n {
		list = append(list, report.Due{At: at, Kind: "answer"})
	}
	return list
}

// Monday 14:00 in Paris: four open hours until the closing. Six an hour make 24.
func TestAtThisPaceSomeWillBeLate(t *testing.T) {
	t.Parallel()
	now := monday.Add(4 * time.Hour)
	owed := slices.Concat(queue(5, now.Add(-time.Hour)), queue(20, now.Add(2*time.Hour)), queue(30, now.Add(4*time.Hour)), queue(10, now.AddDate(0, 0, 1)))
	for i := range 9 {
		owed[i].Reason = 3
	}
	owed[0].Holding = true
	got := report.Predict(report.Pace{Now: now, Hours: hours(t), Owed: owed, Ended: 18, People: 2, Window: 3 * time.Hour})
	if !got.Open || !got.Enough || got.Late != 5 || got.DueBy != 55 || got.Pace != 6 || got.OpenHours != 4 || got.LateThen != 31 {
		t.Errorf("%+v", got)
	}
	late := []int{}
	for _, s := range got.Steps {
		late = append(late, s.Late)
	}
	if !slices.Equal(late, []int{0, 13, 7, 31}) {
		t.Errorf("hour by hour: %v", late)
	}
	h := got.Help
	// 55 in four hours are 13.75 an hour, 7.75 more than six; each of two makes three.
	if h.MorePerHour != 8 || h.MorePeople != 3 || h.Holdable != 54 || len(h.Reasons) != 1 || h.Reasons[0].Count != 9 {
		t.Errorf("%+v", h)
	}
}

func TestAForecastThatKnowsItsLimits(t *testing.T) {
	t.Parallel()
	h := hours(t)
	now := monday.Add(4 * time.Hour)
	for name, tt := range map[string]struct {
		pace   report.Pace
		until  time.Time
		enough bool
		late   int
	}{
		"too few answers to tell": {report.Pace{Now: now, Owed: queue(8, now.Add(time.Hour)), Ended: 4, Window: 3 * time.Hour}, monday.Add(8 * time.Hour), false, 0},
		"nothing owed":            {report.Pace{Now: now, Ended: 30, Window: 3 * time.Hour}, monday.Add(8 * time.Hour), true, 0},
		"lunch":                   {report.Pace{Now: monday.Add(3 * time.Hour), Owed: queue(41, now.Add(time.Hour)), Ended: 30, Window: 3 * time.Hour}, monday.Add(8 * time.Hour), true, 1},
		"the evening: tomorrow":   {report.Pace{Now: monday.Add(10 * time.Hour), Owed: queue(95, monday.AddDate(0, 0, 1)), Ended: 30, Window: 3 * time.Hour}, monday.Add(32 * time.Hour), true, 5},
		"the last minute":         {report.Pace{Now: monday.Add(8*time.Hour - time.Minute), Owed: queue(2, now), Ended: 5, Window: 9 * time.Hour}, monday.Add(8 * time.Hour), true, 2},
	} {
		tt.pace.Hours = h
		got := report.Predict(tt.pace)
		if got.Until == nil || !got.Until.Equal(tt.until) || got.Enough != tt.enough || got.LateThen != tt.late {
			t.Errorf("%s: until %v, %+v", name, got.Until, got)
		}
	}
	if got := report.Predict(report.Pace{Now: now, Owed: queue(2, now)}); got.Until != nil || got.DueBy != 2 || got.Enough {
		t.Errorf("a shop that never opens: %+v", got)
	}
	always := report.Predict(report.Pace{Now: now, Hours: calendar.Hours{Always: true}, Owed: queue(3, now.Add(time.Hour)), Ended: 9, Window: 3 * time.Hour})
	if always.Until == nil || always.LateThen != 0 || always.OpenHours != 11 {
		t.Errorf("round the clock: %+v", always)
	}
}

// What a spreadsheet would run stays text (I8).
func TestCSVIsHarmless(t *testing.T) {
	t.Parallel()
	for field, want := range map[string]string{
		"": "", "Colis perdu": "Colis perdu", "-12": "-12", "3.5": "3.5", "=1+1": "'=1+1", "+33 3 88": "'+33 3 88", "-cmd": "'-cmd", "@SUM(A1)": "'@SUM(A1)",
		"\tx": "'\tx", "\r=1": "'\r=1", " =1": "' =1", "＝1": "'＝1", "a=b": "a=b", "|calc": "'|calc", "\u00a0=1": "'\u00a0=1",
	} {
		if got := report.Harmless(field); got != want {
			t.Errorf("%q: %q, want %q", field, got, want)
		}
	}
	page := report.Figures{Mailboxes: []report.PartFigures{{ID: 2, Name: `=HYPERLINK("https://mal.example";"Véronica, 1")`}}}
	var out bytes.Buffer
	if err := page.WriteCSV(&out, "mailboxes"); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked || len(rows) != 2 || rows[0][2] != "name" || rows[1][2] != `'=HYPERLINK("https://mal.example";"Véronica, 1")` {
		t.Errorf("%v %q", err, out.String())
	}
	for _, table := range report.Tables {
		if err := page.WriteCSV(&out, table); err != nil {
			t.Errorf("%s: %v", table, err)
		}
	}
	if err := page.WriteCSV(&out, "../etc/passwd"); err == nil {
		t.Error("an unknown table was written")
	}
}

// What was counted of a conversation is read back whole, and bytes of anything
// else never end the process.
func FuzzTally(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{2, 0, 4, 130, 163, 2, 2, 6, 'a', 'n', 's', 'w', 'e', 'r', 0, 20, 0})
	f.Add([]byte{1, 2, 3, 4, 5, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, raw []byte) {
		once, ok := report.Recoded(raw)
		if !ok || len(raw) == 0 {
			return
		}
		if twice, ok := report.Recoded(once); !ok || !bytes.Equal(once, twice) {
			t.Errorf("%v became %v, then %v", raw, once, twice)
		}
	})
}
