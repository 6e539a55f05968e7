package api_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// nasty are JSON strings, one a line, as they stand in a body: some can be
// written in JSON alone.
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
	if len(out) < 25 {
		t.Fatalf("only %d nasty strings", len(out))
	}
	return out
}

// asked is one operation of the document.
type asked struct {
	method, path string
	Parameters   []struct {
		Name, In string
	}
	RequestBody struct {
		Content map[string]struct{ Schema schema }
	}
}

type schema struct {
	Ref        string `json:"$ref"`
	Type       any
	Format     string
	Enum       []any
	Items      *schema
	Properties map[string]schema
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

// fit writes a body that fits the schema but for what stands in its free texts
// and numbers.
func (d document) fit(s schema, text, number, instant string, depth int) string {
	for s.Ref != "" {
		s = d.Components.Schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]]
	}
	kind, _ := s.Type.(string)
	if list, ok := s.Type.([]any); ok {
		kind, _ = list[0].(string)
	}
	switch {
	case depth > 6:
		return "null"
	case len(s.Enum) > 0:
		raw, _ := json.Marshal(s.Enum[0])
		return string(raw)
	case s.Format == "date-time":
		return `"` + instant + `"`
	case s.Format == "date":
		return `"` + instant[:10] + `"`
	case kind == "string":
		return text
	case kind == "integer", kind == "number":
		return number
	case kind == "boolean":
		return "true"
	case kind == "array" && s.Items != nil:
		return "[" + d.fit(*s.Items, text, number, instant, depth+1) + "]"
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		parts = append(parts, `"`+name+`":`+d.fit(s.Properties[name], text, number, instant, depth+1))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// bodies are what an operation is sent.
func (d document) bodies(o asked, texts []string) (out []string) {
	content, ok := o.RequestBody.Content["application/json"]
	if !ok {
		return []string{""}
	}
	for _, text := range texts {
		out = append(out, d.fit(content.Schema, text, "1", "2026-12-01T10:00:00Z", 0))
	}
	for _, number := range []string{"-1", "0", "9223372036854775807", "9223372036854775808", "1e400", "NaN", "1.5"} {
		out = append(out, d.fit(content.Schema, `"press-0001"`, number, "2026-12-01T10:00:00Z", 0))
	}
	for _, instant := range []string{"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1969-12-31T23:59:59+14:00", "2026-02-30T25:61:61Z"} {
		out = append(out, d.fit(content.Schema, `"press-0001"`, "1", instant, 0))
	}
	return append(out, "", "null", "[]", "{}", "\x00", "\xff\xfe", `{"a":`, `{"html":{"a":[]}}`, strings.Repeat("[", 20_000), strings.Repeat(`{"a":`, 20_000),
		d.fit(content.Schema, `"`+strings.Repeat("é", 500_000)+`"`, "1", "2026-12-01T10:00:00Z", 0), `"`+strings.Repeat("a", 2_000_000)+`"`)
}

// Whatever is sent, by whoever may do all: a clear refusal or an answer, never
// a fault of ours, and always a problem document.
func TestTheNastiestInputIsNeverAFaultOfOurs(t *testing.T) {
	t.Parallel()
	texts := nasty(t)
	doc, operations := described(t)
	if len(operations) < 110 {
		t.Fatalf("only %d operations", len(operations))
	}
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		rows := d.filled(d.whole(), d.lila)
		b := d.owner()
		answered := map[int]int{}
		for _, o := range operations {
			if o.path == "/api/v1/session" || o.path == "/api/v1/live" || strings.HasPrefix(o.path, "/api/v1/setup") {
				continue // one signs us out, one is no request, the first run is over
			}
			for n, target := range d.targets(o, rows, texts) {
				list := []string{""}
				if n == 0 {
					list = doc.bodies(o, texts)
				}
				for _, body := range list {
					d.clock.Advance(4 * time.Second) // or the limits would refuse the rest
					answered[d.refuses(b, o.method, target, body)]++
				}
			}
		}
		// A walk that is stopped at the door tries nothing.
		if answered[http.StatusOK]+answered[http.StatusNoContent] < 500 || answered[http.StatusUnprocessableEntity] < 500 {
			t.Errorf("answers by status: %v", answered)
		}
	})
}

// targets are addresses of an operation: the right one first.
func (d *place) targets(o asked, rows theirs, texts []string) (out []string) {
	right := o.path
	for begin, row := range rows {
		if strings.HasPrefix(o.path, "/api/v1"+begin) {
			right = strings.NewReplacer("{id}", row, "{delivery}", "1").Replace(o.path)
		}
	}
	out = []string{right}
	for _, text := range append(slices.Clone(texts), `"Secret"`, `"-1"`, `"0"`, `"9223372036854775808"`, `"NaN"`, `"1e3"`, `"%"`) {
		var plain string
		_ = json.Unmarshal([]byte(text), &plain) // what JSON doesn't know stays empty
		if strings.Contains(o.path, "{") {
			out = append(out, strings.NewReplacer("{id}", url.PathEscape(plain), "{delivery}", "1").Replace(o.path))
		}
		query := url.Values{}
		for _, p := range o.Parameters {
			if p.In == "query" {
				query.Set(p.Name, plain)
			}
		}
		if len(query) > 0 {
			out = append(out, right+"?"+query.Encode(), right+"?"+o.Parameters[len(o.Parameters)-1].Name+"=%00%ff%zz")
		}
	}
	return out
}

func (d *place) refuses(b *browser, method, target, body string) int {
	d.t.Helper()
	r := httptest.NewRequestWithContext(d.t.Context(), method, "http://"+b.host+"/", strings.NewReader(body))
	where, err := url.Parse(target)
	if err != nil { // as a client would write it, which Go's won't
		path, query, _ := strings.Cut(target, "?")
		where = &url.URL{Path: path, RawQuery: query}
	}
	r.URL = where
	r.RemoteAddr, r.Host = b.remote, b.host
	r.Header.Set("Content-Type", "application/json")
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	short := func(s string) string { return s[:min(len(s), 300)] }
	switch {
	case w.Code >= 500 && w.Code != http.StatusServiceUnavailable:
		d.t.Errorf("%s %s %q: %d %s", method, short(target), short(body), w.Code, short(w.Body.String()))
	case w.Code >= 400 && w.Header().Get("Content-Type") != "application/problem+json":
		d.t.Errorf("%s %s %q: %d without a problem document: %s", method, short(target), short(body), w.Code, short(w.Body.String()))
	case w.Code == http.StatusUnauthorized || w.Code == http.StatusTooManyRequests:
		if !strings.Contains(target, "/me/") {
			d.t.Errorf("%s %s: %d, so that nothing was tried", method, short(target), w.Code)
		}
	}
	return w.Code
}
