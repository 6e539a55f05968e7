package lang_test

import (
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

func TestSpokenDate(t *testing.T) {
	t.Parallel()
	paris := time.FixedZone("CET", 3600)
	tests := []struct {
		at                     time.Time
		french, english, short string
	}{
		{
			time.Date(2026, time.November, 24, 9, 30, 0, 0, time.UTC).In(paris),
			"mardi 24 novembre 2026 à 10 h 30", "Tuesday 24 November 2026 at 10:30", "24/11/2026",
		},
		{
			time.Date(2027, time.August, 1, 9, 5, 0, 0, paris),
			"dimanche 1er août 2027 à 9 h 05", "Sunday 1 August 2027 at 09:05", "01/08/2027",
		},
		{
			time.Date(2026, time.February, 2, 18, 0, 59, 0, paris),
			"lundi 2 février 2026 à 18 h", "Monday 2 February 2026 at 18:00", "02/02/2026",
		},
	}
	for _, tt := range tests {
		if got := lang.SpokenDate(tt.at, "fr"); got != tt.french {
			t.Errorf("got %q, want %q", got, tt.french)
		}
		if got := lang.SpokenDate(tt.at, "en"); got != tt.english {
			t.Errorf("got %q, want %q", got, tt.english)
		}
		if got := lang.ShortDate(tt.at); got != tt.short {
			t.Errorf("got %q, want %q", got, tt.short)
		}
	}
}

func TestLongDate(t *testing.T) {
	t.Parallel()
	first := time.Date(2027, time.August, 1, 23, 30, 0, 0, time.UTC)
	if got := lang.LongDate(first, "fr"); got != "dimanche 1er août 2027" {
		t.Errorf("got %q", got)
	}
	if got := lang.LongDate(first, "en"); got != "Sunday 1 August 2027" {
		t.Errorf("got %q", got)
	}
}
