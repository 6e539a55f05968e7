package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

var someZones = []string{
	"Europe/Paris", "America/Guadeloupe", "Indian/Reunion", "America/St_Johns", "Australia/Lord_Howe",
	"Africa/Cairo", "America/Havana", "Pacific/Apia", "Asia/Kathmandu", "UTC", "Africa/Casablanca",
}

func drawHours(t *rapid.T) calendar.Hours {
	loc, err := calendar.LoadLocation(rapid.SampledFrom(someZones).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	h := calendar.Hours{Location: loc, Holidays: rapid.SampledFrom([]calendar.Zone{"", "FR", "FR-67", "FR-974"}).Draw(t, "holidays")}
	for i := range h.Week {
		edge := 0
		for range rapid.IntRange(0, 3).Draw(t, "periods") {
			from := edge + rapid.IntRange(0, 400).Draw(t, "pause")
			to := from + rapid.IntRange(1, 700).Draw(t, "length")
			if to > 1440 {
				break
			}
			h.Week[i] = append(h.Week[i], calendar.Period{From: from, To: to})
			edge = to
		}
	}
	h.Week[rapid.IntRange(0, 6).Draw(t, "one day opens")] = []calendar.Period{{From: 0, To: 180}}
	for range rapid.IntRange(0, 2).Draw(t, "closings") {
		first := calendar.DateOf(drawInstant(t))
		h.Closed = append(h.Closed, calendar.Closing{First: first, Last: first.AddDays(rapid.IntRange(0, 40).Draw(t, "closed days"))})
	}
	return h
}

// drawInstant prefers the days around clock changes.
func drawInstant(t *rapid.T) time.Time {
	start := rapid.SampledFrom([]time.Time{
		time.Date(2026, time.October, 24, 0, 0, 0, 0, time.UTC),
		time.Date(2027, time.March, 27, 0, 0, 0, 0, time.UTC),
		time.Date(2026, time.April, 23, 0, 0, 0, 0, time.UTC),
		time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2011, time.December, 29, 0, 0, 0, 0, time.UTC),
	}).Draw(t, "start")
	return start.Add(time.Duration(rapid.Int64Range(0, int64(96*time.Hour)).Draw(t, "offset")))
}

func drawDuration(t *rapid.T) time.Duration {
	return time.Duration(rapid.Int64Range(1, int64(300*time.Hour)).Draw(t, "duration"))
}

func TestElapsedUndoesAdd(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, from, d := drawHours(t), drawInstant(t), drawDuration(t)
		due := h.Add(from, d)
		if got := h.Elapsed(from, due); got != d {
			t.Fatalf("Elapsed(%s, Add %s = %s) = %s", from, d, due, got)
		}
		if earlier := h.Elapsed(from, due.Add(-1)); earlier != d-1 {
			t.Fatalf("%s is not the earliest: a nanosecond before, %s had passed", due, earlier)
		}
	})
}

func TestAddIsMonotone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, from, d := drawHours(t), drawInstant(t), drawDuration(t)
		later := from.Add(drawDuration(t))
		if h.Add(later, d).Before(h.Add(from, d)) {
			t.Fatalf("starting at %s is due %s, at %s already %s", from, h.Add(from, d), later, h.Add(later, d))
		}
		if h.Add(from, d+drawDuration(t)).Before(h.Add(from, d)) {
			t.Fatal("more time is due earlier")
		}
		if got := h.Add(h.Add(from, d), d); !got.Equal(h.Add(from, 2*d)) {
			t.Fatalf("twice %s is %s, at once %s", d, got, h.Add(from, 2*d))
		}
	})
}

// Open reads the clock on the wall; counting walks stretches of constant offset.
// Two ways to the same answer.
func TestOpenAgreesWithCounting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, moment := drawHours(t), drawInstant(t)
		counted := h.Elapsed(moment, moment.Add(1)) == 1
		if open := h.Open(moment); open != counted {
			t.Fatalf("Open(%s) = %v, counted %v", moment, open, counted)
		}
		next := h.NextOpening(moment)
		if !h.Open(next) || next.Before(moment) || h.Elapsed(moment, next) != 0 {
			t.Fatalf("NextOpening(%s) = %s", moment, next)
		}
	})
}

func TestOpenDaysNeverEarlierForALaterStart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, from := drawHours(t), drawInstant(t)
		h.Location = time.UTC // a time of day that summer time skips comes before a later one
		later := from.Add(drawDuration(t))
		n := rapid.IntRange(1, 10).Draw(t, "days")
		due := h.AddOpenDays(from, n)
		if h.AddOpenDays(later, n).Before(due) {
			t.Fatalf("%d days from %s: %s; from %s: %s", n, from, due, later, h.AddOpenDays(later, n))
		}
		if !due.After(from) || (!h.Open(due) && !h.Open(due.Add(-1))) {
			t.Fatalf("%d days from %s: %s", n, from, due)
		}
	})
}

func TestNearLiesBetween(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, opened := drawHours(t), drawInstant(t)
		due := opened.Add(drawDuration(t))
		near := calendar.Near(due, opened, h)
		if near.Before(opened) || near.After(due) {
			t.Fatalf("opened %s, near %s, due %s", opened, near, due)
		}
		if left := h.Elapsed(near, due); left > 4*time.Hour {
			t.Fatalf("near with %s left", left)
		}
	})
}

// What is due far away is near as what is due soon: the end of the delay alone
// is counted, which must not be told from counting all of it.
func TestNearCountsTheEndAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, opened := drawHours(t), drawInstant(t)
		due := opened.Add(drawDuration(t))
		delay := h.Elapsed(opened, due)
		if !due.After(opened) || delay < 16*time.Hour {
			return
		}
		want := h.NextOpening(h.Add(opened, delay-4*time.Hour))
		if want.IsZero() || want.After(due) {
			want = due
		}
		if near := calendar.Near(due, opened, h); !near.Equal(want) {
			t.Fatalf("opened %s, due %s: near %s, want %s", opened, due, near, want)
		}
	})
}
