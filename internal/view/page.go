package view

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Page is a part of a list.
type Page[T any] struct {
	Items    []T    `json:"items" nullable:"false" doc:"The part of the list, in its order"`
	Next     string `json:"next" doc:"Cursor of the next part; empty at the end"`
	Further  bool   `json:"further,omitempty" doc:"The search stopped before the page was full: next searches on"`
	Position string `json:"position" doc:"Cursor of the event feed at which the list was read"`
}

// place is where a page ends: the instant that the list is ordered by, in
// microseconds, and the row's id. Rows that come or go before it move nothing.
type place struct{ at, id int64 }

// beginning is before every row of a list that isn't newest first.
var beginning = place{math.MinInt64, 0}

// ending is behind every row of such a list.
var ending = place{math.MaxInt64, math.MaxInt64}

// cursor writes a place for a client, to whom it is opaque.
func (p place) cursor(list string) string {
	text := list + " " + strconv.FormatInt(p.at, 36) + " " + strconv.FormatInt(p.id, 36)
	return base64.RawURLEncoding.EncodeToString([]byte(text))
}

// readCursor reads what cursor wrote for the same list; "" is the list's
// beginning.
func readCursor(list, cursor string, newestFirst bool) (place, error) {
	if cursor == "" && newestFirst {
		return ending, nil
	}
	if cursor == "" {
		return beginning, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return place{}, wrong("cursor", "This is no cursor of the list.")
	}
	rest, ours := strings.CutPrefix(string(raw), list+" ") // a list's name may have a blank
	instant, number, two := strings.Cut(rest, " ")
	if !ours || !two {
		return place{}, wrong("cursor", "This is no cursor of the list.")
	}
	at, err1 := strconv.ParseInt(instant, 36, 64)
	row, err2 := strconv.ParseInt(number, 36, 64)
	if err1 != nil || err2 != nil {
		return place{}, wrong("cursor", "This is no cursor of the list.")
	}
	return place{at, row}, nil
}

const (
	usualLimit = 50
	mostLimit  = 200
)

func bounded(limit int) int {
	if limit <= 0 {
		return usualLimit
	}
	return min(limit, mostLimit)
}

// byIDs reads the rows that stand beside a page. The text's first parameters
// are args; the list of ids follows it, then the order. It asks nothing for no
// ids.
func byIDs[T any, I ~int64](tx *store.Tx, text string, ids []I, order string, args ...any) ([]T, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	count := padded(len(ids))
	all := append(make([]any, 0, len(args)+count), args...)
	for i := range count {
		all = append(all, int64(ids[min(i, len(ids)-1)])) // the last again: it names no other row
	}
	return store.All[T](tx, askedFor(text, order, len(args)+1, count), all...)
}

// padded rounds a number of ids up, so that a text is prepared for a few
// numbers alone.
func padded(n int) int {
	for _, size := range []int{1, 2, 5, 10, 20, 50, 100, 200} {
		if n <= size {
			return size
		}
	}
	return n
}

type idsText struct {
	text, order  string
	first, count int
}

var idsTexts sync.Map // idsText -> store.Statement

// askedFor writes a text for a number of ids once: put together anew it costs
// as much as asking.
func askedFor(text, order string, first, count int) store.Statement {
	key := idsText{text, order, first, count}
	if known, ok := idsTexts.Load(key); ok {
		return known.(store.Statement) //nolint:errcheck,forcetypeassert // only statements are stored
	}
	made := store.Dynamic(text + store.In(first, count) + order)
	idsTexts.Store(key, made)
	return made
}

// distinct are the ids that name a row, each once.
func distinct[T any, I ~int64](rows []T, of func(T) I) []I {
	var out []I
	seen := map[I]bool{0: true}
	for _, r := range rows {
		if v := of(r); !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// orNull is nil for the zero instant, which JSON shows as null.
func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func wrong(field, why string) error { return fault.Wrong(field, why) }

// failed names what could not be read; faults pass as they are.
func failed(what string, err error) error {
	if err == nil || fault.KindOf(err) != fault.Internal {
		return err
	}
	return fmt.Errorf("read %s: %w", what, err)
}
