package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func TestHowOneIsToldIsOnesOwnChoice(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b, agent := d.owner(), d.agent()
		var is api.Telling
		b.do("GET", "/me/notifications", nil).ok().read(&is)
		if is.Morning != "on" || is.OwnHours != nil || is.PushKey != "" || len(is.Devices) != 0 {
			t.Errorf("an owner begins with %+v", is)
		}
		agent.do("GET", "/me/notifications", nil).ok().read(&is)
		if is.Morning != "off" {
			t.Errorf("an agent begins with %q", is.Morning)
		}
		b.do("PUT", "/me/notifications", m{"morning": "always", "own_hours": m{"mon": [][]string{{"10:00", "16:00"}}}}).ok()
		b.do("GET", "/me/notifications", nil).ok().read(&is)
		if is.Morning != "always" || is.OwnHours == nil || is.OwnHours.Mon[0] != (api.Period{"10:00", "16:00"}) {
			t.Errorf("it became %+v", is)
		}
		b.do("PUT", "/me/notifications", m{"morning": "on", "own_hours": m{}}).wrong("body.own_hours")
		b.do("PUT", "/me/notifications", m{"morning": "on", "own_hours": m{"mon": [][]string{{"16:00", "10:00"}}}}).wrong("body.own_hours")
		b.do("PUT", "/me/notifications", m{"morning": "on"}).ok().read(&is)
		if is.OwnHours != nil {
			t.Error("the shop's hours did not come back")
		}
	})
}

func TestADeviceIsItsPersonsAndItsSessions(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b, elsewhere, agent := d.owner(), d.owner(), d.agent()
		var key struct{ Key string }
		b.do("POST", "/me/push/key", m{}).ok().read(&key)
		var is api.Telling
		b.do("POST", "/me/push", aBrowser()).ok().read(&is)
		if len(key.Key) != 87 || is.PushKey != key.Key || len(is.Devices) != 1 || !is.Devices[0].Current {
			t.Fatalf("key %q, %+v", key.Key, is)
		}
		elsewhere.do("GET", "/me/notifications", nil).ok().read(&is)
		if is.Devices[0].Current {
			t.Error("another browser takes it for itself")
		}
		path := "/me/push/" + is.Devices[0].ID.String()
		agent.do("DELETE", path, nil).want(http.StatusNotFound, "not_found")
		agent.do("POST", path+"/test", m{}).want(http.StatusNotFound, "not_found")
		var tried struct{ Outcome string }
		b.do("POST", path+"/test", m{}).ok().read(&tried)
		if tried.Outcome != "later" { // push.example answers nobody
			t.Errorf("tried: %q", tried.Outcome)
		}
		b.do("GET", "/me/notifications", nil).ok().read(&is)
		if is.Devices[0].Problem != "unreachable" {
			t.Errorf("problem %q", is.Devices[0].Problem)
		}
		b.do("DELETE", path, nil).ok().read(&is)
		if len(is.Devices) != 0 {
			t.Errorf("it is still there: %+v", is)
		}
		b.do("POST", "/me/push", m{"endpoint": "ftp://x", "keys": m{"p256dh": "", "auth": ""}}).wrong("body.endpoint")
	})
}

func aBrowser() m {
	return m{"endpoint": "https://push.invalid/abc", "keys": m{"p256dh": browserPublic, "auth": strings.Repeat("A", 22)}}
}

func TestTheMorningMailEndsByItsLink(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		link := strings.TrimPrefix(d.notify.UnsubscribeURL(d.lila, d.veronica), "https://desk.maison-lila.fr")
		wants := func(want string) {
			t.Helper()
			var is api.Telling
			d.owner().do("GET", "/me/notifications", nil).ok().read(&is)
			if string(is.Morning) != want {
				t.Errorf("the mail is %q, want %q", is.Morning, want)
			}
		}
		stranger := d.from("203.0.113.9")
		status, head, page := stranger.plain(link)
		if status != http.StatusOK || !strings.Contains(page, "<form") || !strings.Contains(head.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%d %v\n%s", status, head, page)
		}
		wants("on") // reading changes nothing (I7)

		// A mail program's one click (RFC 8058, 3.1): no cookie, no Origin.
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://desk.maison-lila.fr"+link, strings.NewReader("List-Unsubscribe=One-Click"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = stranger.remote
		w := httptest.NewRecorder()
		d.handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		wants("off")
		if status, _, page := stranger.plain("/unsubscribe/1.1.AAAAAAAAAAAAAAAAAAAAAA"); status != http.StatusNotFound || strings.Contains(page, "<form") {
			t.Errorf("a link that we never wrote: %d", status)
		}
	})
}

func TestTheTourIsRemembered(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := open(t, db).owner()
		var me api.Me
		for _, at := range []string{"3", "skipped", "done", ""} {
			b.do("PATCH", "/me", m{"tour": at}).ok().read(&me)
			if me.Person.Tour != at {
				t.Errorf("at %q, want %q", me.Person.Tour, at)
			}
		}
		b.do("PATCH", "/me", m{"tour": "x"}).wrong("body.tour")
	})
}
