package mime

import (
	"net/mail"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

// Bounds of Message-IDs: a line is at most 998 octets (RFC 5322, 2.1.1).
const (
	maxID      = 998
	maxIDs     = 500
	maxIDField = 256 << 10
)

// parseIDs gives the ids of a Message-ID, In-Reply-To or References value,
// without brackets, each once, in their order.
func parseIDs(raw string) []string {
	raw = toUTF8([]byte(raw[:min(len(raw), maxIDField)]), "")
	var ids []string
	seen := make(map[string]bool)
	add := func(id string) {
		id = strings.Join(strings.Fields(tidyLine(id)), "")
		if id != "" && len(id) <= maxID && !seen[id] && len(ids) < maxIDs {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	if !strings.Contains(raw, "<") {
		for _, f := range strings.FieldsFunc(raw, func(r rune) bool { return strings.ContainsRune(" \t,;>\"", r) }) {
			if strings.Contains(f, "@") || len(raw) == len(f) {
				add(f)
			}
		}
		return ids
	}
	for {
		_, rest, found := strings.Cut(raw, "<")
		if !found || len(ids) >= maxIDs {
			return ids
		}
		id, _, closed := strings.Cut(rest[:min(len(rest), maxID+2)], ">")
		if !closed {
			id, _, _ = strings.Cut(strings.TrimLeft(id, " "), " ")
		}
		if !strings.Contains(id, "<") { // "<<id>>": the inner one comes next
			add(id)
		}
		raw = rest
	}
}

func firstID(raw string) string {
	if ids := parseIDs(raw); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

var dateLayouts = []string{
	"Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 MST",
	"Mon, 2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04 -0700",
	"Mon, 2 Jan 06 15:04:05 -0700", "2 Jan 06 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05",
	"Monday, 2 January 2006 15:04:05 -0700", "Mon, 2 January 2006 15:04:05 -0700",
	"Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 MST 2006", "Mon Jan 2 15:04:05 2006 -0700",
	"Mon, 2 Jan 2006 15.04.05 -0700", "2006-01-02 15:04:05 -0700", time.RFC3339,
	"2006-01-02T15:04:05-0700", "2006-01-02 15:04:05",
}

var (
	dateComment = pattern.Of(`\([^()]*\)`)
	dateGMT     = pattern.Of(`(?:GMT|UTC) ?([+-]\d{2}):?(\d{2})`)
	dateComma   = pattern.Of(`^([A-Za-z]{3,9}),?(\d)`)
	dateZone    = pattern.Of(`([+-]\d{2}):(\d{2})$`)
)

// parseDate reads a Date field with its offset (RFC 5322, 3.3 and the obsolete
// and wrong forms in use). A date without zone is taken as UTC.
func parseDate(raw string) (time.Time, bool) {
	if len(raw) > 200 {
		return time.Time{}, false
	}
	if t, err := mail.ParseDate(raw); err == nil {
		return sane(t)
	}
	s := dateComment.ReplaceAllString(raw, "")
	s = dateGMT.ReplaceAllString(s, "$1$2")
	s = dateComma.ReplaceAllString(strings.Join(strings.Fields(s), " "), "$1, $2")
	s = dateZone.ReplaceAllString(s, "$1$2")
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return sane(t)
		}
	}
	return time.Time{}, false
}

// sane keeps to what both stores and RFC 3339 can hold.
func sane(t time.Time) (time.Time, bool) {
	_, offset := t.Zone()
	if t.Year() < 1 || t.Year() > 9998 || offset <= -24*3600 || offset >= 24*3600 {
		return time.Time{}, false
	}
	return t, true
}
