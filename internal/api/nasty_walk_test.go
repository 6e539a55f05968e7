package api_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// perPlace is how many values of a list stand in each field of a body or an
// address; the walk of all fields tries each value often.
const perPlace = 5

// walk goes through all operations as somebody who may do all.
type walk struct {
	*browser

	doc      document
	rows     theirs
	second   string // another conversation
	texts    []string
	answered map[int]int
	pressed  int
	last     string
	first    bool     // each request is the first run's
	unfair   []string // operations of which the fitting request is refused
}

// Whatever is sent, by whoever may do all: a clear refusal that names the
// field, or an answer; never a fault of ours. Each field of each operation is
// in turn what it must not be, and what was taken is read at the end.
func TestTheNastiestInputIsNeverAFaultOfOurs(t *testing.T) {
	t.Parallel()
	texts := nasty(t)
	doc, operations := described(t)
	if len(operations) < 200 {
		t.Fatalf("only %d operations", len(operations))
	}
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		rows := d.whole()
		d.findable()
		w := &walk{rows: d.filled(rows, d.lila), second: d.asks(rows, "Et ma bague ?").Conversation.String(), browser: d.owner(), doc: doc, texts: texts, answered: map[int]int{}}
		for _, o := range operations {
			if o.method+o.path == "DELETE/api/v1/session" || o.path == "/api/v1/live" {
				continue // one signs us out, one is no request
			}
			w.addresses(o)
			w.bodies(o)
		}
		for _, o := range operations { // what was taken can be shown
			if o.method == http.MethodGet && o.path != "/api/v1/live" {
				w.sends(o, w.right(o), "", "")
			}
		}
		// A walk that is stopped at the door tries nothing.
		if w.answered[http.StatusOK]+w.answered[http.StatusNoContent] < 1000 || w.answered[http.StatusUnprocessableEntity] < 5000 {
			t.Errorf("answers by status: %v", w.answered)
		}
		slices.Sort(w.unfair)
		if w.unfair = slices.Compact(w.unfair); len(w.unfair) > 4 { // a file, a code, a mistake of the story's own
			t.Errorf("no fitting request is known: %s", strings.Join(w.unfair, "\n"))
		}
		t.Logf("answers by status: %v", w.answered)
	})
}

// findable gives the desk an index, as each start does.
func (d *place) findable() {
	d.t.Helper()
	b := &search.Builder{DB: d.db, Clock: d.clock, Queue: jobs.Queue{Clock: d.clock}, Archive: desk.Archive{}}
	err := b.Ensure(d.t.Context())
	for err == nil || errors.As(err, &jobs.Later{}) {
		if err = b.Build(d.t.Context(), jobs.Job{}); err == nil {
			return
		}
	}
	d.t.Fatal(err)
}

// The same of a first run, whose paths are open while nobody has set it up.
func TestTheNastiestFirstRun(t *testing.T) {
	t.Parallel()
	doc, operations := described(t)
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := fresh(t, db)
		w := &walk{rows: theirs{}, browser: d.at(), doc: doc, texts: nasty(t), answered: map[int]int{}, first: true}
		for _, o := range operations {
			if strings.HasPrefix(o.path, "/api/v1/setup") && o.path != "/api/v1/setup/leave-demo" {
				w.addresses(o)
				w.bodies(o)
			}
		}
		if w.answered[http.StatusUnprocessableEntity] < 300 {
			t.Errorf("answers by status: %v", w.answered)
		}
	})
}

// some of a list are what a place gets: others for each, the same each time.
func some(list []string, o asked, at string) (out []string) {
	seed := fnv.New64a()
	_, _ = seed.Write([]byte(o.method + o.path + at))
	order := rand.New(rand.NewPCG(seed.Sum64(), 7)).Perm(len(list)) //nolint:gosec // no secret
	for _, n := range order[:min(perPlace, len(order))] {
		out = append(out, list[n])
	}
	return out
}

// right is an operation's address with rows that exist.
func (w *walk) right(o asked) string { return w.named(o, "", "") + o.query(nil) }

// query is what an address must ask, and more.
func (o asked) query(more url.Values) string {
	all := url.Values{}
	if strings.HasPrefix(o.path, "/api/v1/report") {
		all = url.Values{"from": {"2026-11-01"}, "to": {"2026-11-23"}}
	}
	maps.Copy(all, more)
	if len(all) == 0 {
		return ""
	}
	return "?" + all.Encode()
}

// named is an operation's address in which one parameter is something else.
func (w *walk) named(o asked, parameter, value string) string {
	row := "1"
	for begin, its := range w.rows {
		if strings.HasPrefix(o.path, "/api/v1"+begin) {
			row = its
		}
	}
	path := o.path
	if parameter != "" {
		path = strings.ReplaceAll(path, "{"+parameter+"}", value)
	}
	return strings.NewReplacer("{id}", row, "{delivery}", "1", "{conversation}", w.rows["/conversations/"], "{rule}", "hole", "{table}", "times").Replace(path)
}

// addresses tries each parameter of an operation.
func (w *walk) addresses(o asked) {
	fair := w.fair(o)
	for _, p := range o.Parameters {
		values := []string{"-1", "0", "9223372036854775808", "1e3", "%"}
		for _, text := range some(w.texts, o, p.Name) {
			var plain string
			_ = json.Unmarshal([]byte(text), &plain) // what JSON doesn't know stays empty
			values = append(values, plain)
		}
		for _, value := range values {
			where := p.In + "." + p.Name
			if !fair {
				where = ""
			}
			switch {
			case p.In == "path":
				w.sends(o, w.named(o, p.Name, url.PathEscape(value))+o.query(nil), w.fits(o), where)
			case p.In == "query":
				w.sends(o, w.named(o, "", "")+o.query(url.Values{p.Name: {value}}), w.fits(o), where)
			case len(value) < 10_000: // no server reads a longer header
				w.heads(o, p.Name, value)
			}
		}
		if p.In == "query" {
			w.sends(o, w.named(o, "", "")+"?"+p.Name+"=%00%ff%zz&"+p.Name+"=2&;", w.fits(o), "")
		}
	}
}

// known are values of the shop's own rows.
func (w *walk) known(o asked) samples {
	w.pressed++
	row := func(begin string) string { return w.rows[begin] }
	known := samples{
		"key": fmt.Sprintf(`"press-%06d"`, w.pressed), "html": `"<p>Bonjour Camille,</p><p>Votre bague est prête.</p>"`, "language": `"fr"`,
		"timezone": `"Europe/Paris"`, "address": `"depot@example.org"`, "email": fmt.Sprintf(`"p%d@example.org"`, w.pressed), "url": `"https://example.org/"`,
		"view": `"owed"`, "endpoint": `"https://push.example/x"`, "auth": `"AAAAAAAAAAAAAAAAAAAAAA"`, "p256dh": `"` + browserPublic + `"`,
		"name": fmt.Sprintf(`"Vol %d"`, w.pressed), "title": fmt.Sprintf(`"Titre %d"`, w.pressed), "colour": `""`, "shortcut": `""`, "list": `"team-1"`,
		"ids": row("/conversations/"), "conversations": row("/conversations/"), "conversation": row("/conversations/"), "messages": row("/messages/"),
		"seen_through": row("/messages/"), "through": row("/messages/"), "reason": row("/settings/reasons/"), "tag": row("/settings/tags/"),
		"field": row("/settings/fields/"), "team": row("/settings/teams/"), "person": row("/settings/people/"), "into": w.second, "other": w.second,
		"current": `"` + veronicas + `"`, "new": `"` + veronicas + `"`, "password": `"` + veronicas + `"`, "scopes": `"read"`, "channel": `""`,
	}
	mailbox := samples{"+kind": `"smtp"`, "+address": fmt.Sprintf(`"boite%d@example.org"`, w.pressed), "+name": `"Boîte"`}
	for begin, whole := range map[string]samples{
		"/contacts":                {"+customer": `{"name":"Camille Renaud"}`},
		"/conversations/{id}/asks": {"+address": `"depot@example.org"`, "+name": `"Dépôt"`},
		"/conversations/{id}/tag":  {"+name": `"vol"`},
		"/saved-answers":           {"+bodies": `{"fr":"<p>Bonjour</p>"}`},
		"/views":                   {"+filter": `{"field":"law","op":"is","value":true}`},
		"/settings/hours":          {"+channels": `[{"channel":"","delay":{"kind":"open_days","n":1},"hours":{"week":{"mon":[["09:00","18:00"]]}}}]`},
		"/settings/mailboxes":      mailbox,
		"/settings/parties":        {"+address": fmt.Sprintf(`"depot%d@example.org"`, w.pressed)},
	} {
		if strings.HasPrefix(o.path, "/api/v1"+begin) {
			maps.Copy(known, whole)
		}
	}
	return known
}

// fits is a body that an ordinary client would send, "" for none.
func (w *walk) fits(o asked) string {
	if content, ok := o.takes(); ok {
		return w.doc.body(content, w.known(o), nil, "")
	}
	return ""
}

// fair tells whether a fitting request is not refused itself: only then a
// refusal must name the field that was changed.
func (w *walk) fair(o asked) bool {
	w.t.Helper()
	got := w.sends(o, w.right(o), w.fits(o), "")
	if got == http.StatusUnprocessableEntity || got == http.StatusBadRequest {
		w.unfair = append(w.unfair, o.method+" "+o.path+" "+w.last)
		return false
	}
	return true
}

// bodies tries each place of an operation's body, and what is no body at all.
func (w *walk) bodies(o asked) {
	content, ok := o.takes()
	if !ok {
		return
	}
	fair := w.fair(o)
	w.doc.places(content, nil, func(at []string, s schema) {
		_, kind := w.doc.plain(s)
		place := strings.Join(at, ".")
		values := some(anywhere, o, place)
		switch {
		case s.Format == "date-time":
			values = append(values, some(instants, o, place)...)
		case s.Format == "date":
			values = append(values, some(dates, o, place)...)
		case kind == "integer", kind == "number":
			values = append(values, some(numbers, o, place)...)
		case kind == "string", kind == "":
			values = append(values, some(w.texts, o, place)...)
		}
		switch at[len(at)-1] {
		case item, entry:
			values = slices.DeleteFunc(values, func(raw string) bool { return raw == left || raw == twice })
		case named:
			values = some(w.texts, o, place)
		}
		for _, raw := range values {
			where := ""
			if fair && raw != "1e999" && (json.Valid([]byte(raw)) || raw == left || raw == twice) {
				where = "body." + strings.Join(at, ".")
			}
			w.sends(o, w.right(o), w.doc.body(content, w.known(o), at, raw), where)
		}
	})
	whole := w.fits(o)
	for _, body := range []string{
		"", "null", "[]", "{}", "7", `"x"`, "\x00", "\xff\xfe", "\ufeff" + whole, `{"a":`, whole + whole, "<a/>", strings.TrimSuffix(whole, "}") + `,"__proto__":{"x":1}}`,
		`{"html":{"a":[]}}`, strings.Repeat("[", 20_000), strings.Repeat(`{"a":`, 20_000), strings.Repeat(`{"filter":{"not":`, 5_000), `"` + strings.Repeat("a", 2_000_000) + `"`,
	} {
		w.sends(o, w.right(o), body, "")
	}
}

// heads sends a header's value, as no client of Go's would.
func (w *walk) heads(o asked, name, value string) {
	w.t.Helper()
	w.sent(o, w.right(o), w.fits(o), "", name, value)
}

// sends asks and judges the answer; where is the one place that may be wrong.
func (w *walk) sends(o asked, target, body, where string) int {
	w.t.Helper()
	return w.sent(o, target, body, where, "", "")
}

func (w *walk) sent(o asked, target, body, where, header, value string) int {
	w.t.Helper()
	if w.first {
		w.setup.state = api.SetupFresh
	}
	w.clock.Advance(4 * time.Second) // or the limits would refuse the rest
	r := httptest.NewRequestWithContext(w.t.Context(), o.method, "http://"+w.host+"/", strings.NewReader(body))
	to, err := url.Parse(target)
	if err != nil { // as a client would write it, which Go's won't
		path, query, _ := strings.Cut(target, "?")
		to = &url.URL{Path: path, RawQuery: query}
	}
	r.URL, r.RemoteAddr, r.Host = to, w.remote, w.host
	r.Header.Set("Content-Type", "application/json")
	if header != "" {
		r.Header[header] = []string{value}
	}
	for name, value := range w.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	got := httptest.NewRecorder()
	w.handler.ServeHTTP(got, r)
	w.answered[got.Code]++
	w.last = got.Body.String()
	unknown := got.Code == http.StatusUnauthorized && o.path == "/api/v1/session" // who signs in with a wrong password
	if wrong := judged(got, where); wrong != "" && !unknown {
		short := func(s string) string { return s[:min(len(s), 400)] }
		w.t.Errorf("%s %s %s %q: %s\n\t%d %s", o.method, short(target), short(value), short(body), wrong, got.Code, short(got.Body.String())+w.cause(got.Code))
	}
	return got.Code
}

// cause is what the log tells of a fault of ours.
func (w *walk) cause(status int) string {
	w.log.mu.Lock()
	defer w.log.mu.Unlock()
	text := w.log.text.String()
	if status < 500 {
		return ""
	}
	return "\n" + text[max(0, len(text)-600):]
}
