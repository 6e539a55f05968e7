package view

import (
	"encoding/json"
	"math"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/id"
)

// ownFields begin the names of what a shop notes itself.
const ownFields = "field-"

// ownField is the condition on one of the shop's own fields. Rows of values
// are those of conversations of the shop: a field of another finds nothing.
// What the field's kind doesn't fit is never so.
func ownField(name, op string) (leaf, bool) {
	number, found := strings.CutPrefix(name, ownFields)
	field, err := id.Parse[struct{}](number)
	if !found || err != nil {
		return leaf{}, false
	}
	valued := func(c *compiler) string {
		return "exists (select 1 from field_value v where v.conversation_id = c.id and v.field_id = " + c.add(fixed(int64(field)))
	}
	switch op {
	case "contains":
		return leaf{op, func(c *compiler, raw []byte) (string, bool) {
			at, ok := like(c, raw)
			return valued(c) + " and lower(v.value) like " + at + ` escape '\')`, ok
		}}, true
	case "min":
		return leaf{op, func(c *compiler, raw []byte) (string, bool) {
			var n float64
			err := json.Unmarshal(raw, &n)
			// The kind is asked before the value is read as a number.
			return valued(c) + ` and case when (select f.kind from field f where f.id = v.field_id) = 'number'
				then cast(v.value as double precision) end >= ` + c.add(fixed(n)) + ")", err == nil && !math.IsInf(n, 0)
		}}, true
	case "from":
		return leaf{op, func(c *compiler, raw []byte) (string, bool) {
			day, ok := oneWord(raw)
			_, err := calendar.ParseDate(day)
			return valued(c) + " and v.value >= " + c.add(fixed(day)) + ")", ok && err == nil
		}}, true
	}
	return leaf{"is", func(c *compiler, raw []byte) (string, bool) {
		value, ok := oneWord(raw)
		if value == "" {
			return "not " + valued(c) + ")", ok
		}
		return valued(c) + " and v.value = " + c.add(fixed(value)) + ")", ok && len(value) <= 2000 && !strings.ContainsRune(value, 0)
	}}, true
}
