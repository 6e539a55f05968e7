package calendar

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// maxClosings keeps a hostile calendar from slowing every count.
const maxClosings = 1000

var dayKeys = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// ParseHours reads the calendar of `comptoir explain hours --calendar`:
//
//	{"timezone":"Europe/Paris","holidays":"FR-67",
//	 "week":{"mon":[["09:00","12:30"],["14:00","24:00"]]},
//	 "closed":["2026-12-24",["2027-08-01","2027-08-15"]],"always":false}
//
// A missing day is closed, ends are exclusive. A closing may also be written
// {"first":…,"last":…,"text":…}, which MarshalJSON does when there is a text.
// An unknown or repeated key, periods that overlap and hours that never open are
// errors; each error names its key, such as `week.mon[0]`.
func ParseHours(data []byte) (Hours, error) {
	var h Hours
	keys := map[string]func(json.RawMessage) error{
		"timezone": h.readTimezone,
		"holidays": h.readHolidays,
		"week":     h.readWeek,
		"closed":   h.readClosed,
		"always":   h.readAlways,
	}
	if err := readObject(data, "", keys); err != nil {
		return Hours{}, err
	}
	if h.Location == nil {
		return Hours{}, errors.New("timezone: missing")
	}
	if h.neverOpens() {
		return Hours{}, errors.New("week: never opens")
	}
	if !h.Always && h.NextOpening(h.afterClosings()).IsZero() {
		return Hours{}, errors.New("closed: never opens")
	}
	return h, nil
}

// afterClosings is an instant that no closing follows.
func (h *Hours) afterClosings() time.Time {
	last := Date{Year: 1970, Month: time.January, Day: 1}
	for _, c := range h.Closed {
		if c.Last.After(last) {
			last = c.Last
		}
	}
	return last.AddDays(1).In(h.location())
}

func (h *Hours) readTimezone(raw json.RawMessage) error {
	name, err := readText(raw)
	if err != nil {
		return fmt.Errorf("timezone: %w", err)
	}
	if h.Location, err = LoadLocation(name); err != nil {
		return fmt.Errorf("timezone: %w", err)
	}
	return nil
}

func (h *Hours) readHolidays(raw json.RawMessage) error {
	if isNull(raw) {
		return nil
	}
	name, err := readText(raw)
	if err != nil {
		return fmt.Errorf("holidays: %w", err)
	}
	if h.Holidays, err = ParseZone(name); err != nil {
		return fmt.Errorf("holidays: %w", err)
	}
	return nil
}

func (h *Hours) readAlways(raw json.RawMessage) error {
	switch string(bytes.TrimSpace(raw)) {
	case "true":
		h.Always = true
	case "false":
	default:
		return errors.New("always: true or false expected")
	}
	return nil
}

func (h *Hours) readWeek(raw json.RawMessage) error {
	if isNull(raw) {
		return nil
	}
	keys := map[string]func(json.RawMessage) error{}
	for i, key := range dayKeys {
		keys[key] = func(raw json.RawMessage) error {
			periods, err := readPeriods(raw, "week."+key)
			h.Week[i] = periods
			return err
		}
	}
	return readObject(raw, "week", keys)
}

func readPeriods(raw json.RawMessage, at string) ([]Period, error) {
	items, err := readList(raw, at)
	if err != nil {
		return nil, err
	}
	var periods []Period
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", at, i)
		ends, err := readPair(item, at)
		if err != nil {
			return nil, err
		}
		p, err := parsePeriod(ends)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", at, err)
		}
		for _, other := range periods {
			if p.From < other.To && other.From < p.To {
				return nil, fmt.Errorf("%s: overlaps another period of that day", at)
			}
		}
		periods = append(periods, p)
	}
	slices.SortFunc(periods, func(a, b Period) int { return a.From - b.From })
	return periods, nil
}

func parsePeriod(ends [2]string) (Period, error) {
	from, err := parseMinute(ends[0])
	if err != nil {
		return Period{}, err
	}
	to, err := parseMinute(ends[1])
	if err != nil {
		return Period{}, err
	}
	if from >= to {
		return Period{}, fmt.Errorf("%s is not before %s", ends[0], ends[1])
	}
	return Period{From: from, To: to}, nil
}

func parseMinute(s string) (int, error) {
	if s == "24:00" {
		return minutesPerDay, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		return 0, fmt.Errorf("%q is no time of day, 00:00 to 24:00 expected", s)
	}
	return t.Hour()*60 + t.Minute(), nil
}

func (h *Hours) readClosed(raw json.RawMessage) error {
	if isNull(raw) {
		return nil
	}
	items, err := readList(raw, "closed")
	if err != nil {
		return err
	}
	if len(items) > maxClosings {
		return fmt.Errorf("closed: more than %d entries", maxClosings)
	}
	for i, item := range items {
		c, err := readClosing(item, fmt.Sprintf("closed[%d]", i))
		if err != nil {
			return err
		}
		h.Closed = append(h.Closed, c)
	}
	return nil
}

func readClosing(raw json.RawMessage, at string) (Closing, error) {
	var ends [2]string
	var text string
	var err error
	switch raw[0] {
	case '"':
		ends[0], err = readText(raw)
		ends[1] = ends[0]
	case '{':
		keep := func(into *string) func(json.RawMessage) error {
			return func(raw json.RawMessage) error {
				var err error
				*into, err = readText(raw)
				return err
			}
		}
		err = readObject(raw, at, map[string]func(json.RawMessage) error{
			"first": keep(&ends[0]), "last": keep(&ends[1]), "text": keep(&text),
		})
	default:
		ends, err = readPair(raw, at)
	}
	if err != nil {
		return Closing{}, err
	}
	c := Closing{Text: text}
	if c.First, err = ParseDate(ends[0]); err != nil {
		return Closing{}, fmt.Errorf("%s: %w", at, err)
	}
	if c.Last, err = ParseDate(ends[1]); err != nil {
		return Closing{}, fmt.Errorf("%s: %w", at, err)
	}
	if c.Last.Before(c.First) {
		return Closing{}, fmt.Errorf("%s: ends before it begins", at)
	}
	return c, nil
}

// readObject hands each value of a JSON object to the reader of its key.
// encoding/json would take keys in any case and the last of a repeated one:
// hours half read are worse than none.
func readObject(data []byte, at string, keys map[string]func(json.RawMessage) error) error {
	what := cmp.Or(at, "calendar")
	dec := json.NewDecoder(bytes.NewReader(data))
	if tok, err := dec.Token(); err != nil || tok != json.Delim('{') {
		return fmt.Errorf("%s: a JSON object expected", what)
	}
	seen := map[string]bool{}
	for dec.More() {
		tok, err := dec.Token()
		key, ok := tok.(string)
		if err != nil || !ok {
			return fmt.Errorf("%s: not valid JSON", what)
		}
		path := strings.TrimPrefix(at+"."+key, ".")
		read, known := keys[key]
		if !known {
			return fmt.Errorf("%s: unknown key", path)
		}
		if seen[key] {
			return fmt.Errorf("%s: twice", path)
		}
		seen[key] = true
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return fmt.Errorf("%s: not valid JSON", path)
		}
		if err := read(raw); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return fmt.Errorf("%s: not valid JSON", what)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: something follows the object", what)
	}
	return nil
}

func readList(raw json.RawMessage, at string) ([]json.RawMessage, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil || items == nil {
		return nil, fmt.Errorf("%s: a list expected", at)
	}
	return items, nil
}

func readPair(raw json.RawMessage, at string) ([2]string, error) {
	var pair []*string
	if err := json.Unmarshal(raw, &pair); err != nil || len(pair) != 2 || pair[0] == nil || pair[1] == nil {
		return [2]string{}, fmt.Errorf("%s: two texts expected", at)
	}
	return [2]string{*pair[0], *pair[1]}, nil
}

func readText(raw json.RawMessage) (string, error) {
	var s *string
	if err := json.Unmarshal(raw, &s); err != nil || s == nil {
		return "", errors.New("a text expected")
	}
	return *s, nil
}

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }
