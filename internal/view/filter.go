package view

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/fault"
)

// A filter's bounds: what a person can read, and a store plans quickly.
const (
	mostDepth  = 4
	mostLeaves = 30
)

// Filter narrows a list: a tree of conditions. Of All, Any, Not and Field
// exactly one is set. An empty filter lets everything through.
type Filter struct {
	All []Filter `json:"all,omitempty" doc:"Each of these holds"`
	Any []Filter `json:"any,omitempty" doc:"At least one of these holds"`
	Not *Filter  `json:"not,omitempty" doc:"This doesn't hold"`

	Field string          `json:"field,omitempty" doc:"What is looked at; field-12 is the shop's own field 12"`
	Op    string          `json:"op,omitempty" doc:"is, min, within, contains; of the shop's own fields is, contains, min (a number), from (a day)"`
	Value json.RawMessage `json:"value,omitempty" doc:"What it is compared with"`
}

// ParseFilter reads the JSON of a filter and checks it. Invalid faults name the
// place in the tree: "filter.all[1].value".
func ParseFilter(raw string) (Filter, error) {
	var f Filter
	if strings.TrimSpace(raw) == "" {
		return f, nil
	}
	d := json.NewDecoder(strings.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil || d.More() {
		return f, fault.Wrong("filter", "This is no filter.")
	}
	return f, f.Check()
}

// Check says whether a filter can be used.
func (f Filter) Check() error {
	if f.empty() {
		return nil
	}
	_, err := (&compiler{first: 1}).node(f, "filter", 1)
	return err
}

func (f Filter) empty() bool {
	return f.All == nil && f.Any == nil && f.Not == nil && f.Field == "" && f.Op == "" && len(f.Value) == 0
}

// argument is a value that is known when the list is read.
type argument func(look) any

func fixed(v any) argument { return func(look) any { return v } }

// compiler writes SQL and keeps the values that it names, which always travel
// as arguments. The first has the number first.
type compiler struct {
	first, leaves int
	args          []argument
}

// add takes a value along and returns its placeholder.
func (c *compiler) add(a argument) string {
	c.args = append(c.args, a)
	return "$" + strconv.Itoa(c.first+len(c.args)-1)
}

func (c *compiler) values(r look) []any {
	out := make([]any, 0, len(c.args))
	for _, a := range c.args {
		out = append(out, a(r))
	}
	return out
}

func (c *compiler) node(f Filter, path string, depth int) (string, error) {
	if depth > mostDepth {
		return "", fault.Wrong(path, "Conditions are nested too deeply; four levels are the most.")
	}
	set := 0
	for _, is := range []bool{f.All != nil, f.Any != nil, f.Not != nil, f.Field != ""} {
		if is {
			set++
		}
	}
	switch {
	case set != 1 || f.Field == "" && (f.Op != "" || len(f.Value) > 0):
		return "", fault.Wrong(path, "A condition is one of: all, any, not, or a field.")
	case f.All != nil:
		return c.many(f.All, path+".all", " and ", "true", depth)
	case f.Any != nil:
		return c.many(f.Any, path+".any", " or ", "false", depth)
	case f.Not != nil:
		text, err := c.node(*f.Not, path+".not", depth+1)
		// What isn't known isn't so: a NULL must not hide a row from "not".
		return "not coalesce(" + text + ", false)", err
	}
	if c.leaves++; c.leaves > mostLeaves {
		return "", fault.Wrong(path, "These are too many conditions; thirty are the most.")
	}
	read, ok := leaves[f.Field]
	if !ok {
		read, ok = ownField(f.Field, f.Op)
	}
	if !ok {
		return "", fault.Wrong(path+".field", "There is no such field.")
	}
	if f.Op != read.op {
		return "", fault.Wrong(path+".op", "This field can't be compared in that way.")
	}
	text, ok := read.write(c, bytes.TrimSpace(f.Value))
	if !ok {
		return "", fault.Wrong(path+".value", "This value doesn't fit the field.")
	}
	return text, nil
}

func (c *compiler) many(of []Filter, path, joint, none string, depth int) (string, error) {
	if len(of) == 0 {
		return none, nil
	}
	parts := make([]string, len(of))
	for i, f := range of {
		var err error
		if parts[i], err = c.node(f, path+"["+strconv.Itoa(i)+"]", depth+1); err != nil {
			return "", err
		}
	}
	return "(" + strings.Join(parts, joint) + ")", nil
}
