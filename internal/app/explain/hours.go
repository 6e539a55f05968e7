package explain

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// HoursArgs are the flags of `comptoir explain hours`: a calendar file, a start,
// and either an end or a duration to add.
type HoursArgs struct {
	Calendar string // path of the calendar's JSON
	From     string // RFC 3339, or a local time of the calendar's zone
	To       string // likewise; then the answer is the open time in between
	Add      string // 90m, 4h, 1h30m; then the answer is the due time
}

type hoursDue struct {
	Due string `json:"due"`
}

type hoursElapsed struct {
	Elapsed        string  `json:"elapsed"`
	ElapsedSeconds float64 `json:"elapsed_seconds"`
}

// Hours answers when something is due, or how much opening time passed, by a
// calendar. Times go out in UTC. A bad flag, time or calendar gives ExitBadUsage,
// nothing on stdout and one line on stderr that names the flag and the field.
func Hours(args HoursArgs, stdout, stderr io.Writer) int {
	return oneLine(func() (any, error) { return hoursAnswer(args) }, stdout, stderr)
}

func hoursAnswer(args HoursArgs) (any, error) {
	hours, err := readCalendar(args.Calendar)
	if err != nil {
		return nil, err
	}
	from, err := parseMoment("--from", args.From, hours.Location)
	if err != nil {
		return nil, err
	}
	switch {
	case args.To != "" && args.Add != "":
		return nil, UsageError{"--add: not together with --to"}
	case args.To != "":
		to, err := parseMoment("--to", args.To, hours.Location)
		if err != nil {
			return nil, err
		}
		if to.Before(from) {
			return nil, UsageError{"--to: before --from"}
		}
		elapsed := hours.Elapsed(from, to)
		return hoursElapsed{Elapsed: elapsed.String(), ElapsedSeconds: elapsed.Seconds()}, nil
	case args.Add != "":
		return hoursAdd(hours, from, args.Add)
	default:
		return nil, UsageError{"--add: missing (or --to)"}
	}
}

func hoursAdd(hours calendar.Hours, from time.Time, add string) (any, error) {
	d, err := time.ParseDuration(add)
	if err != nil || d < 0 {
		return nil, UsageError{fmt.Sprintf("--add: %q is no duration such as 90m or 4h", add)}
	}
	due := hours.Add(from, d)
	if due.IsZero() {
		return nil, UsageError{"--calendar: never opens for long enough after --from"}
	}
	return hoursDue{Due: due.UTC().Format(time.RFC3339)}, nil
}

func readCalendar(path string) (calendar.Hours, error) {
	if path == "" {
		return calendar.Hours{}, UsageError{"--calendar: missing"}
	}
	data, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		var cause *os.PathError
		if errors.As(err, &cause) {
			err = cause.Err
		}
		return calendar.Hours{}, UsageError{fmt.Sprintf("--calendar: %s: %v", path, err)}
	}
	hours, err := calendar.ParseHours(data)
	if err != nil {
		return calendar.Hours{}, UsageError{fmt.Sprintf("--calendar: %v", err)}
	}
	return hours, nil
}

// parseMoment reads RFC 3339, or a bare local time in loc. A bare time that a
// clock shows twice is the first of the two.
func parseMoment(flag, s string, loc *time.Location) (time.Time, error) {
	if s == "" {
		return time.Time{}, UsageError{flag + ": missing"}
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
		return calendar.DateOf(t).At(loc, t.Sub(midnight)), nil
	}
	return time.Time{}, UsageError{fmt.Sprintf("%s: %q is no time such as 2026-12-07T09:30 or 2026-12-07T09:30:00Z", flag, s)}
}
