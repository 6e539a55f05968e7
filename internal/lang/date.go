package lang

import (
	"fmt"
	"time"
)

var (
	frenchDays   = [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
	frenchMonths = [...]string{
		"janvier", "février", "mars", "avril", "mai", "juin",
		"juillet", "août", "septembre", "octobre", "novembre", "décembre",
	}
)

// SpokenDate tells an instant as people say it, on the clock of t's own
// location: "mardi 24 novembre 2026 à 10 h 30" or, for "en", "Tuesday 24 November
// 2026 at 10:30". Any other language gives French.
func SpokenDate(t time.Time, lang string) string {
	if lang == "en" {
		return t.Format("Monday 2 January 2006 at 15:04")
	}
	return LongDate(t, lang) + " à " + frenchTime(t)
}

// LongDate is SpokenDate without the time of day: "mercredi 25 novembre 2026".
func LongDate(t time.Time, lang string) string {
	if lang == "en" {
		return t.Format("Monday 2 January 2006")
	}
	return fmt.Sprintf("%s %s %s %d", frenchDays[t.Weekday()], frenchDay(t.Day()), frenchMonths[t.Month()-1], t.Year())
}

// ShortDate is DD/MM/YYYY, in French and in English alike (P05).
func ShortDate(t time.Time) string { return t.Format("02/01/2006") }

func frenchDay(day int) string {
	if day == 1 {
		return "1er"
	}
	return fmt.Sprint(day)
}

func frenchTime(t time.Time) string {
	if t.Minute() == 0 {
		return fmt.Sprintf("%d h", t.Hour())
	}
	return fmt.Sprintf("%d h %02d", t.Hour(), t.Minute())
}
