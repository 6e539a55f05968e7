package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// program is one that calls with a key and nothing else.
func (d *place) program(scopes ...string) *browser {
	d.t.Helper()
	var made api.NewAPIKey
	d.owner().do("POST", "/settings/keys", m{"name": "Entrepôt", "scopes": scopes}).ok().read(&made)
	b := d.from("203.0.113.9")
	b.header = http.Header{"Authorization": {"Bearer " + made.Key}}
	return b
}

func TestAKeyOpensWhatItsScopesName(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		row := d.filled(d.whole(), d.lila)["/conversations/"]
		reader, writer := d.program("read"), d.program("conversations:write")
		reader.do("GET", "/conversations/"+row, nil).ok()
		reader.do("GET", "/me", nil).ok()
		reader.do("POST", "/conversations/"+row+"/notes", m{"key": "press-0001", "html": "<p>x</p>"}).want(http.StatusForbidden, "scope")
		writer.do("GET", "/conversations/"+row, nil).want(http.StatusForbidden, "scope")
		writer.do("POST", "/conversations/"+row+"/replies", m{"key": "press-0001", "html": "<p>x</p>", "seen_through": 1}).want(http.StatusForbidden, "scope")
		if got := writer.do("POST", "/conversations/"+row+"/assign", m{"person": d.marc}); got.status >= 300 {
			t.Errorf("assign: %s", got.raw)
		}
		if got := writer.do("POST", "/conversations/"+row+"/notes", m{"key": "press-0002", "html": "<p>Parti ce matin</p>"}); got.status >= 300 {
			t.Errorf("note: %s", got.raw)
		}
		// The timeline says by which key it was done.
		if got := d.owner().do("GET", "/conversations/"+row, nil).ok(); !strings.Contains(got.raw, `"person":"API: Entrepôt"`) || !strings.Contains(got.raw, `"name":"API: Entrepôt"`) {
			t.Errorf("nobody knows who assigned: %s", got.raw)
		}
		all := d.program("read", "conversations:write", "reply", "mail:write", "saved_answers:write", "settings:shop", "settings:mailboxes",
			"settings:people", "settings:webhooks")
		all.do("GET", "/settings/shop", nil).ok()
		all.do("GET", "/settings/webhooks", nil).ok()
		for _, p := range []string{"GET /settings/keys", "POST /settings/keys", "PATCH /me", "POST /me/password", "GET /me/devices", "DELETE /session"} {
			method, path, _ := strings.Cut(p, " ")
			all.do(method, path, m{"name": "x", "scopes": []string{"read"}, "current": "x", "new": "y"}).want(http.StatusForbidden, "scope")
		}
	})
}

func TestAKeyIsShownOnceAndRevoked(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		p := d.program("read")
		key := strings.TrimPrefix(p.header.Get("Authorization"), "Bearer ")
		p.do("GET", "/counts", nil).ok()
		listed := d.owner().do("GET", "/settings/keys", nil).ok()
		if strings.Contains(listed.raw, key) || !strings.Contains(listed.raw, `"last_used_at":"2026`) || !strings.Contains(listed.raw, "Véronica Morel") {
			t.Errorf("%s", listed.raw)
		}
		var list struct{ Items []api.ShownKey }
		listed.read(&list)
		d.lead().do("DELETE", "/settings/keys/"+list.Items[0].ID.String(), nil).want(http.StatusForbidden, "forbidden")
		d.owner().do("DELETE", "/settings/keys/"+list.Items[0].ID.String(), nil).done()
		p.do("GET", "/counts", nil).want(http.StatusUnauthorized, "unauthenticated")
		// With a key that is wrong, a session beside it doesn't help.
		both := d.owner()
		both.header = p.header
		both.do("GET", "/counts", nil).want(http.StatusUnauthorized, "unauthenticated")
	})
}

func TestANamedRequestIsAnsweredTwiceAndDoneOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.whole()
		p := d.program("conversations:write", "settings:webhooks")
		p.header.Set("Idempotency-Key", "order-4711")
		body := m{"name": "Entrepôt", "url": "https://example.org/hook"}
		first := p.do("POST", "/settings/webhooks", body).ok()
		second := p.do("POST", "/settings/webhooks", body).ok()
		if first.raw != second.raw {
			t.Errorf("%s\n%s", first.raw, second.raw)
		}
		p.do("POST", "/settings/webhooks", m{"name": "Autre", "url": "https://example.org/hook"}).want(http.StatusUnprocessableEntity, "idempotency_reused")
		p.header.Set("Idempotency-Key", "order-4712")
		p.do("POST", "/settings/webhooks", m{"name": "Autre", "url": "nowhere"}).want(http.StatusUnprocessableEntity, "invalid")
		p.do("POST", "/settings/webhooks", m{"name": "Autre", "url": "https://example.org"}).ok() // a refusal is no answer to keep
		p.header.Set("Idempotency-Key", "with space")
		p.do("POST", "/settings/webhooks", body).want(http.StatusUnprocessableEntity, "invalid")
		p.header.Del("Idempotency-Key")
		var list struct{ Items []api.Webhook }
		p.do("GET", "/settings/webhooks", nil).ok().read(&list)
		if len(list.Items) != 2 {
			t.Errorf("%d webhooks", len(list.Items))
		}
	})
}

func TestWebhooksOverTheAPI(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.owner()
		var made api.NewWebhook
		b.do("POST", "/settings/webhooks", m{"name": "Entrepôt", "url": "https://example.org/hook", "kinds": []string{"message.received"}}).ok().read(&made)
		path := "/settings/webhooks/" + made.ID.String()
		if !strings.HasPrefix(made.Secret, "whsec_") || strings.Contains(b.do("GET", path, nil).ok().raw, made.Secret) {
			t.Errorf("secret %q", made.Secret)
		}
		b.do("POST", path+"/test", m{}).done()
		b.do("POST", path+"/test", m{}).done()
		var log struct {
			Items []api.WebhookDelivery
			Next  string
		}
		b.do("GET", path+"/deliveries?limit=1", nil).ok().read(&log)
		newest := log.Items[0].ID
		b.do("GET", path+"/deliveries?limit=1&cursor="+log.Next, nil).ok().read(&log)
		if log.Items[0].ID >= newest || log.Next != "" || log.Items[0].Kind != "webhook.test" {
			t.Errorf("%+v", log)
		}
		b.do("GET", path+"/deliveries?cursor=x", nil).wrong("query.cursor")
		b.do("GET", path+"/deliveries/"+newest.String(), nil).ok()
		b.do("POST", path+"/deliveries/"+newest.String()+"/replay", m{}).done()
		b.do("GET", path+"/deliveries/999", nil).want(http.StatusNotFound, "not_found")
		b.do("POST", path+"/replay", m{"since": monday.Add(-time.Hour)}).ok()
		b.do("POST", path+"/pause", m{}).ok()
		b.do("POST", path+"/test", m{}).want(http.StatusConflict, "not_active")
		b.do("POST", path+"/resume", m{"skip_missed": true}).ok()
		b.do("POST", path+"/secret", m{}).ok()
		b.do("PUT", path, m{"name": "Salon", "url": "https://example.org/autre"}).ok()
		b.do("DELETE", path, nil).done()
		b.do("GET", path, nil).want(http.StatusNotFound, "not_found")
		d.lead().do("GET", "/settings/webhooks", nil).want(http.StatusForbidden, "forbidden")
	})
}

// Each refusal is a problem document, also of what no handler sees.
func TestProblems(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.owner()
		ask := func(method, path, kind, body string) *httptest.ResponseRecorder {
			r := httptest.NewRequestWithContext(t.Context(), method, "http://"+b.host+path, strings.NewReader(body))
			r.RemoteAddr, r.Host = b.remote, b.host
			r.Header.Set("Content-Type", kind)
			for name, value := range b.cookies {
				r.AddCookie(&http.Cookie{Name: name, Value: value})
			}
			w := httptest.NewRecorder()
			d.handler.ServeHTTP(w, r)
			if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("%s %s: %q", method, path, got)
			}
			return w
		}
		for _, tt := range []struct {
			method, path, kind, body string
			status                   int
			code                     string
		}{
			{"GET", "/api/v1/nowhere", "", "", 404, "not_found"},
			{"GET", "/api/nowhere", "", "", 404, "not_found"},
			{"DELETE", "/api/v1/me", "", "", 405, "method_not_allowed"},
			{"PATCH", "/api/v1/me", "application/json", `"` + strings.Repeat("a", 2<<20) + `"`, 413, "too_large"},
			{"PATCH", "/api/v1/me", "text/plain", "name=x", 415, "media_type"},
			{"PATCH", "/api/v1/me", "application/json", `{"name":"a\u0000b"}`, 422, "invalid"},
		} {
			w := ask(tt.method, tt.path, tt.kind, tt.body)
			if w.Code != tt.status || !strings.Contains(w.Body.String(), `"code":"`+tt.code+`"`) {
				t.Errorf("%s %s: %d %s", tt.method, tt.path, w.Code, w.Body)
			}
			if tt.status == 405 && !strings.Contains(w.Header().Get("Allow"), "PATCH") {
				t.Errorf("Allow: %q", w.Header().Get("Allow"))
			}
		}
		for range 61 {
			b.do("POST", "/settings/keys", m{"name": "", "scopes": []string{}})
		}
		if w := ask("POST", "/api/v1/settings/keys", "application/json", "{}"); w.Code != 429 || w.Header().Get("Retry-After") != "1" {
			t.Errorf("%d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
		}
		d.hooks = nil // a part that isn't there panics
		d.handler = d.behind(nil)
		w := ask("PUT", "/api/v1/settings/webhooks/1", "application/json", `{"name":"x","url":"https://example.org"}`)
		if w.Code != 500 || !strings.Contains(w.Body.String(), "on our side") || strings.Contains(w.Body.String(), "goroutine") {
			t.Errorf("a panic: %d %s", w.Code, w.Body)
		}
	})
}

func TestTheReferenceServesItself(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		for path, holds := range map[string]string{
			"/api": "/api/reference.js", "/api/reference.js": "openapi.json", "/api/reference.css": "prefers-color-scheme", "/api/v1/openapi.json": `"3.1.0"`,
		} {
			w := httptest.NewRecorder()
			d.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), holds) {
				t.Errorf("%s: %d %.200s", path, w.Code, w.Body)
			}
			if path == "/api" && !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("%s", w.Header())
			}
			if strings.Contains(w.Body.String(), "<script>") || strings.Contains(w.Body.String(), "src=\"http") {
				t.Errorf("%s fetches from elsewhere", path)
			}
		}
	})
}

// What the reference shows must be said by somebody.
func TestEachOperationIsDescribed(t *testing.T) {
	t.Parallel()
	_, operations := described(t)
	seen := map[string]bool{}
	for _, o := range operations {
		name := o.method + " " + strings.TrimPrefix(o.path, "/api/v1")
		seen[name] = true
		if api.Summary(name) == "" {
			t.Errorf("%s has no summary: say in summaries.go what it does", name)
		}
	}
	for _, name := range api.Summarised() {
		if !seen[name] {
			t.Errorf("%s is described and not served", name)
		}
	}
}
