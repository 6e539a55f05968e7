package api_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	nethtml "golang.org/x/net/html"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// surface is a place where somebody writes a text that others read.
type surface struct {
	write, read string           // method and path, path
	body        func(text any) m // text: a string, or JSON as it is sent
	line        bool             // a name: blanks within it may be folded
	formatted   bool             // the text is of a page's markup, written and read so
	revision    bool             // the body takes one
}

// inside is a text as a page's markup has it.
func inside(text any) any {
	if s, ok := text.(string); ok {
		return "<p>" + html.EscapeString(s) + "</p>"
	}
	return text
}

// surfaces are those of one shop's rows.
func surfaces(rows theirs) map[string]surface {
	c := "/conversations/" + rows["/conversations/"]
	at := func(begin string) string { return begin + rows[begin] }
	presses := 0
	key := func() string { presses++; return fmt.Sprintf("unchanged-%d", presses) }
	named := func(more m) func(any) m {
		return func(text any) m {
			out := m{"name": text}
			for name, value := range more {
				out[name] = value
			}
			return out
		}
	}
	return map[string]surface{
		"a tag":          {line: true, write: "PUT " + at("/settings/tags/"), read: "/labels", body: named(m{"colour": "", "archived": false})},
		"a reason":       {line: true, write: "PUT " + at("/settings/reasons/"), read: "/labels", body: named(nil)},
		"a field":        {line: true, write: "PUT " + at("/settings/fields/"), read: "/labels", body: named(m{"kind": "text"})},
		"a value":        {write: "POST " + c + "/field", read: c, body: func(text any) m { return m{"field": json.Number(rows["/settings/fields/"]), "value": text} }},
		"a product":      {line: true, write: "POST " + c + "/reason", read: c, body: func(text any) m { return m{"reason": json.Number(rows["/settings/reasons/"]), "product": text} }},
		"a cause":        {line: true, write: "POST " + c + "/reason", read: c, body: func(text any) m { return m{"reason": json.Number(rows["/settings/reasons/"]), "cause": text} }},
		"a team":         {line: true, write: "PUT " + at("/settings/teams/"), read: "/teams", body: named(m{"lead": nil, "members": []int{}, "mailboxes": []int{}})},
		"a folder":       {line: true, write: "PUT " + at("/saved-answer-folders/"), read: "/saved-answers", body: named(nil)},
		"a title":        {line: true, write: "PUT " + at("/saved-answers/"), read: at("/saved-answers/"), body: func(text any) m { return m{"title": text, "bodies": m{"fr": "<p>x</p>"}} }, revision: true},
		"a saved answer": {write: "PUT " + at("/saved-answers/"), read: at("/saved-answers/"), body: func(text any) m { return m{"title": "x", "bodies": m{"fr": inside(text)}} }, revision: true, formatted: true},
		"a view":         {line: true, write: "PUT " + at("/views/"), read: "/views", body: named(m{"base": "owed", "filter": m{"field": "law", "op": "is", "value": true}})},
		"a view's words": {write: "PUT " + at("/views/"), read: "/views", body: func(text any) m {
			return m{"name": "x", "base": "owed", "filter": m{"field": "field-" + rows["/settings/fields/"], "op": "contains", "value": text}}
		}},
		"an incident":     {line: true, write: "PUT " + at("/incidents/"), read: at("/incidents/"), body: named(nil), revision: true},
		"its words":       {line: true, write: "PUT " + at("/incidents/"), read: at("/incidents/"), body: func(text any) m { return m{"name": "x", "words": text} }, revision: true},
		"its banner":      {write: "PUT " + at("/incidents/"), read: at("/incidents/"), body: func(text any) m { return m{"name": "x", "banner_fr": text} }, revision: true},
		"a party":         {line: true, write: "PUT " + at("/settings/parties/"), read: "/parties", body: named(m{"kind": "other", "address": "x@example.org", "language": "fr"})},
		"one's name":      {line: true, write: "PATCH /me", read: "/me", body: named(nil)},
		"a signature":     {line: true, write: "PUT /me/signature", read: "/me/signature", body: func(text any) m { return m{"role_line": text, "first_name_only": false} }},
		"forbidden words": {write: "PUT /settings/words", read: "/settings/words", body: func(text any) m { return m{"forbidden": []m{{"words": text}}, "preferred": []m{}} }},
		"better words":    {write: "PUT /settings/words", read: "/settings/words", body: func(text any) m { return m{"forbidden": []m{}, "preferred": []m{{"words": "ticket", "instead": text}}} }},
		"a webhook":       {write: "PUT " + at("/settings/webhooks/"), read: at("/settings/webhooks/"), body: named(m{"url": "https://example.org/"})},
		"the shop":        {write: "PUT /settings/shop", read: "/settings/shop", body: func(text any) m { return shopNamed(text, "03 88 00 00 00", "Bonjour.") }},
		"its phone":       {write: "PUT /settings/shop", read: "/settings/shop", body: func(text any) m { return shopNamed("Maison Lila", text, "Bonjour.") }},
		"its first word":  {write: "PUT /settings/shop", read: "/settings/shop", body: func(text any) m { return shopNamed("Maison Lila", "", text) }},
		"a draft": {write: "PUT " + c + "/draft", read: c, revision: true, formatted: true, body: func(text any) m {
			return m{"html": inside(text), "kind": "answer", "seen_through": json.Number(rows["/messages/"])}
		}},
		"whom it is for": {write: "PUT " + c + "/draft", read: c, revision: true, body: func(text any) m {
			return m{"html": "<p>x</p>", "kind": "answer", "seen_through": json.Number(rows["/messages/"]), "to": []m{{"name": text, "address": "a@example.org"}}}
		}},
		"a note": {write: "POST " + c + "/notes", read: c, formatted: true, body: func(text any) m { return m{"key": key(), "html": inside(text)} }},
		"a call": {write: "POST /contacts", read: c, body: func(text any) m {
			return m{"channel": "phone", "conversation": json.Number(rows["/conversations/"]), "customer": m{}, "key": key(), "text": text}
		}},
		"a question inside": {write: "POST " + c + "/asks", read: c, body: func(text any) m {
			return m{"key": key(), "question": text, "address": "depot@example.org", "name": "Dépôt"}
		}},
	}
}

func shopNamed(name, phone, word any) m {
	return m{
		"shop": m{"name": name, "phone": phone, "language": "fr", "timezone": "Europe/Paris", "holidays": "FR-67"},
		"ack":  m{"enabled": true, "text_fr": word, "text_en": "Hello."},
	}
}

// What is taken is shown as it was written, but for blanks around it and, in
// texts, lines that end in one way; what can't be is refused by its name.
func TestWhatIsTakenIsShownUnchanged(t *testing.T) {
	t.Parallel()
	texts := nasty(t)
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		rows := d.filled(d.whole(), d.lila)
		b := d.owner()
		var own struct{ ID int64 }
		b.do("POST", "/views", m{"name": "x", "base": "owed", "filter": m{"field": "law", "op": "is", "value": true}}).ok().read(&own)
		rows["/views/"] = strconv.FormatInt(own.ID, 10)
		for what, s := range surfaces(rows) {
			taken, last := 0, ""
			for n, raw := range texts {
				if n%3 != len(what)%3 { // a third for each: together they are tried often
					continue
				}
				d.clock.Advance(4 * time.Second)
				var text string
				ours := json.Unmarshal([]byte(raw), &text) == nil && (raw == `"\ufffd"` || !strings.ContainsAny(text, "\x00\ufffd"))
				sent := any(json.RawMessage(raw)) // as it stands there: é and \u00e9 are the same
				if ours && s.formatted {
					sent = text
				}
				got := b.writes(s, sent)
				switch {
				case got.status >= 400:
					if last == "" {
						last = got.raw
					}
					if wrong := judged(got.recorded(), ""); wrong != "" || got.status == http.StatusNotFound || got.status == http.StatusConflict {
						t.Errorf("%s, %.60q: %s: %d %.300s", what, raw, wrong, got.status, got.raw)
					}
				case !ours:
					t.Errorf("%s takes %.60q, which nobody can show", what, raw)
				default:
					taken++
					if !s.shows(b.do("GET", s.read, nil).ok().raw, text) {
						t.Errorf("%s: %.80q is shown otherwise", what, text)
					}
				}
			}
			if taken < len(texts)/9 {
				t.Errorf("%s takes only %d of %d: %s", what, taken, len(texts)/3, last)
			}
		}
	})
}

func (b *browser) writes(s surface, text any) answer {
	b.t.Helper()
	body := s.body(text)
	if s.revision {
		body["revision"] = b.revision(s)
	}
	method, path, _ := strings.Cut(s.write, " ")
	return b.do(method, path, body)
}

// revision is the one that the next write must name.
func (b *browser) revision(s surface) int64 {
	var now struct {
		Revision int64
		Draft    *struct{ Revision int64 }
	}
	b.do("GET", s.read, nil).ok().read(&now)
	if strings.HasSuffix(s.write, "/draft") {
		now.Revision = 0
		if now.Draft != nil {
			now.Revision = now.Draft.Revision
		}
	}
	return now.Revision
}

// shows tells whether a text stands somewhere in an answer.
func (s surface) shows(raw, text string) bool {
	var all any
	if json.Unmarshal([]byte(raw), &all) != nil {
		return false
	}
	plain := func(text string) string {
		text = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text))
		if s.line {
			text = strings.Join(strings.Fields(text), " ")
		}
		return text
	}
	return holds(all, func(shown string) bool {
		if s.formatted {
			if !strings.HasPrefix(shown, "<p>") {
				return false
			}
			shown = textOf(shown)
		}
		return plain(shown) == plain(text)
	})
}

func holds(v any, is func(string) bool) bool {
	switch v := v.(type) {
	case string:
		return is(v)
	case []any:
		return slices.ContainsFunc(v, func(v any) bool { return holds(v, is) })
	case map[string]any:
		for _, v := range v {
			if holds(v, is) {
				return true
			}
		}
	}
	return false
}

// textOf is what a browser shows of markup.
func textOf(markup string) string {
	var out strings.Builder
	for z := nethtml.NewTokenizer(strings.NewReader(markup)); ; {
		switch z.Next() {
		case nethtml.ErrorToken:
			return out.String()
		case nethtml.TextToken:
			out.WriteString(html.UnescapeString(string(z.Raw())))
		}
	}
}

// A customer's name and subject as their mail had them.
func TestACustomersWordsAreShownUnchanged(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		rows := d.whole()
		b := d.owner()
		for n, raw := range nasty(t) {
			var text string
			if json.Unmarshal([]byte(raw), &text) != nil || strings.ContainsAny(text, "\x00\ufffd") || len(text) > 2000 || strings.TrimSpace(text) == "" {
				continue // package mime lets none of it out, and shortens
			}
			var got desk.Received
			if err := d.db.InTx(t.Context(), func(tx *store.Tx) (err error) {
				got, err = rows.Receive(tx, desk.Incoming{
					Shop: d.lila, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: fmt.Sprintf("n%d@example.org", n), Fingerprint: fmt.Sprint(n),
					From: mime.Address{Name: text, Address: fmt.Sprintf("c%d@example.org", n)}, Subject: text, Text: text, ArrivedAt: monday,
				})
				return err
			}); err != nil {
				t.Fatalf("%.60q: %v", text, err)
			}
			d.clock.Advance(time.Second)
			shown := b.do("GET", "/conversations/"+got.Conversation.String(), nil).ok()
			var c struct {
				Subject  string
				Customer struct{ Name string }
			}
			shown.read(&c)
			if c.Subject != text || strings.TrimSpace(c.Customer.Name) != strings.TrimSpace(text) {
				t.Errorf("%.60q: subject %.60q, name %.60q", text, c.Subject, c.Customer.Name)
			}
		}
	})
}
