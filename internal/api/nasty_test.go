package api_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/api"
)

// nasty are JSON strings as they stand in a body: some can be written in JSON
// alone. The file has one a line; what is long is made here.
func nasty(t *testing.T) (out []string) {
	t.Helper()
	raw, err := os.ReadFile("testdata/nasty.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimRight(line, "\n"); line != "" {
			out = append(out, line)
		}
	}
	if len(out) < 60 {
		t.Fatalf("only %d nasty strings", len(out))
	}
	return append(out, "\"a\xff\xfeb\"", "\"\xc0\xaf\xed\xa0\x80\"", `"e`+strings.Repeat("\u0301", 3_000)+`"`, `"`+strings.Repeat("a ", 60_000)+`"`)
}

// Values that stand where a field wants another: by what the field is.
var (
	numbers = []string{
		"-1", "0", "-0", "1.5", "1e0", "1e999", "NaN", "Infinity", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "007", "0x10", "4294967296",
	}
	instants = []string{
		`"0001-01-01T00:00:00Z"`, `"9999-12-31T23:59:59Z"`, `"1969-12-31T23:59:59+14:00"`, `"2026-02-30T10:00:00Z"`, `"2026-11-23T25:61:61Z"`,
		`"1970-01-01T00:00:00Z"`, `"294277-01-10T04:00:54Z"`, `"-0001-01-01T00:00:00Z"`, `"2026-11-23"`, `"2016-12-31T23:59:60Z"`, `""`, "0",
	}
	dates = []string{`"0000-00-00"`, `"0001-01-01"`, `"9999-12-31"`, `"2026-02-30"`, `"2026-12-01T00:00:00Z"`, `"1 décembre"`, `""`, "20261201"}
	// left and twice are no values: the field is left out, or stands there two times.
	left, twice = "(left out)", "(twice)"
	anywhere    = []string{"null", "true", "7", `"x"`, "[]", "{}", `[[[]]]`, `{"a":{"b":[null]}}`, left, twice}
)

// asked is one operation of the document.
type asked struct {
	method, path string
	Parameters   []struct {
		Name, In string
		Schema   schema
	}
	RequestBody struct {
		Content map[string]struct{ Schema schema }
	}
}

// takes is the schema of its body, if it has one in JSON.
func (o asked) takes() (schema, bool) {
	content, ok := o.RequestBody.Content["application/json"]
	return content.Schema, ok
}

type schema struct {
	Ref                  string `json:"$ref"`
	Type                 any
	Format, Pattern      string
	Enum                 []any
	Items                *schema
	MinItems             int
	Properties           map[string]schema
	Required             []string
	AdditionalProperties json.RawMessage
}

type document struct {
	Paths      map[string]map[string]asked
	Components struct{ Schemas map[string]schema }
}

func described(t *testing.T) (doc document, operations []asked) {
	t.Helper()
	raw, err := api.Description()
	if err == nil {
		err = json.Unmarshal(raw, &doc)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(doc.Paths[path])) {
			o := doc.Paths[path][method]
			o.method, o.path = strings.ToUpper(method), path
			operations = append(operations, o)
		}
	}
	return doc, operations
}

// plain is a schema without its references, and what kind of value it asks.
func (d document) plain(s schema) (schema, string) {
	for s.Ref != "" {
		s = d.Components.Schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]]
	}
	kind, _ := s.Type.(string)
	if list, ok := s.Type.([]any); ok {
		kind, _ = list[0].(string)
	}
	return s, kind
}

// values of a map, if the schema is one's.
func (s schema) values() (of schema, ok bool) {
	if len(s.AdditionalProperties) == 0 || s.AdditionalProperties[0] != '{' {
		return of, false
	}
	return of, json.Unmarshal(s.AdditionalProperties, &of) == nil
}

// A place in a body is its steps: names, and these.
const (
	item  = "[]"    // any of a list
	entry = "{}"    // any value of a map
	named = "{key}" // its key
)

// places are all those of a body, the deepest of what contains itself apart.
func (d document) places(s schema, at []string, each func(at []string, s schema)) {
	s, _ = d.plain(s)
	if len(at) > 0 {
		each(at, s)
	}
	if len(at) > 5 {
		return
	}
	step := func(name string, inner schema) { d.places(inner, append(slices.Clone(at), name), each) }
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		step(name, s.Properties[name])
	}
	if s.Items != nil {
		step(item, *s.Items)
	}
	if of, ok := s.values(); ok {
		step(entry, of)
		step(named, schema{Type: "string"})
	}
}

// samples are fitting values by the name of their field, as JSON; with a "+"
// before it, of a field of the whole body that is there though it may be left out.
type samples map[string]string

// body writes one that fits, but for the raw value at one place (none: nil). Of
// what may be left out it has only what leads there.
func (d document) body(s schema, known samples, at []string, raw string) string {
	return d.part(s, "", known, at, raw)
}

func (d document) part(s schema, name string, known samples, at []string, raw string) string {
	if at != nil && len(at) == 0 {
		return raw
	}
	s, kind := d.plain(s)
	inner := func(step string, of schema, name string) string {
		if at != nil && at[0] == step {
			return d.part(of, name, known, at[1:], raw)
		}
		return d.part(of, name, known, nil, "")
	}
	if of, ok := s.values(); ok {
		key := `"fr"`
		if at != nil && at[0] == named {
			key = raw
		}
		return "{" + key + ":" + inner(entry, of, name) + "}"
	}
	switch {
	case len(s.Properties) > 0:
		var parts []string
		for _, field := range slices.Sorted(maps.Keys(s.Properties)) {
			value, given := known["+"+field], at != nil && at[0] == field
			switch {
			case given, (value == "" || name != "") && slices.Contains(s.Required, field):
				value = inner(field, s.Properties[field], field)
			case name != "":
				value = ""
			}
			if value == twice {
				value = d.part(s.Properties[field], field, known, nil, "")
				parts = append(parts, strconv.Quote(field)+":"+value)
			}
			if value != "" && value != left {
				parts = append(parts, strconv.Quote(field)+":"+value)
			}
		}
		return "{" + strings.Join(parts, ",") + "}"
	case kind == "array" && s.Items != nil:
		value := inner(item, *s.Items, name)
		if value == left || value == twice || s.MinItems == 0 && name != "ids" && (at == nil || at[0] != item) {
			return "[]"
		}
		return "[" + strings.Join(slices.Repeat([]string{value}, max(1, s.MinItems)), ",") + "]"
	}
	return known.fitting(name, s, kind)
}

// fitting is a value that an ordinary client would send.
func (k samples) fitting(name string, s schema, kind string) string {
	value, ok := k[name]
	switch {
	case len(s.Enum) > 0:
		raw, _ := json.Marshal(s.Enum[0])
		return string(raw)
	case s.Format == "date-time":
		return `"2026-12-01T10:00:00Z"`
	case s.Format == "date":
		return `"2026-12-01"`
	case strings.Contains(s.Pattern, "[0-5][0-9]"):
		return `"09:00"`
	case ok && (kind == "integer") != strings.HasPrefix(value, `"`):
		return value
	case kind == "string":
		return `"Vol"`
	case kind == "integer", kind == "number":
		return "1"
	case kind == "boolean":
		return "true"
	}
	return "{}"
}
