package api_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// host stands for the program around the API: it makes a shop on the desk's
// own store.
type host struct {
	desk  *place
	state string
	made  api.NewShop
}

func (h *host) State(context.Context) (api.SetupState, error) {
	out := api.SetupState{State: h.state, Version: "test"}
	if h.state == api.SetupDemo {
		out.DemoPeople = []api.DemoPerson{{Name: "Véronica Morel", Email: "veronica@maison-lila.example", Role: "owner"}}
	}
	return out, nil
}

func (h *host) TokenOK(token string) bool { return token == startToken }

func (h *host) MakeDemo(ctx context.Context, label string) (string, error) {
	token, err := h.make(ctx, api.NewShop{Shop: lila(), Owner: api.NewOwner{
		Name: "Véronica Morel", Email: "veronica@maison-lila.example", Password: veronicas,
	}}, label)
	h.state = api.SetupDemo
	return token, err
}

func (h *host) LeaveDemo(context.Context) error {
	h.state = api.SetupFresh
	return nil
}

func (h *host) MakeShop(ctx context.Context, in api.NewShop, label string) (string, error) {
	token, err := h.make(ctx, in, label)
	if err == nil {
		h.state, h.made = api.SetupShop, in
	}
	return token, err
}

func (h *host) make(ctx context.Context, in api.NewShop, label string) (token string, err error) {
	d := h.desk
	n := team.NewPerson{Name: in.Owner.Name, Email: in.Owner.Email, Language: in.Owner.Language}
	if n.Password, err = d.team.HashPassword(ctx, n, in.Owner.Password); err != nil {
		return "", api.Within("person", err)
	}
	err = d.db.InTx(ctx, func(tx *store.Tx) error {
		c := shop.Creation{Input: in.Shop}
		if in.Hours.Hours != nil {
			c.Hours = []shop.ChannelHours{in.Hours}
		}
		made, err := d.shops.CreateTx(tx, c)
		if err != nil {
			return api.Within("shop", err)
		}
		var owner id.Person
		if owner, err = d.team.FirstPerson(tx, made, n); err != nil {
			return api.Within("person", err)
		}
		if in.Mailbox != nil {
			if _, err := d.shops.CreateMailboxTx(tx, shop.MailboxUpdate{Shop: made, Input: *in.Mailbox}); err != nil {
				return api.Within("mailbox", err)
			}
		}
		token, err = d.team.StartSession(tx, owner, made, label)
		return err
	})
	return token, err
}

func newShop() m {
	return m{
		"shop":    m{"name": "Maison Lila", "url": "", "phone": "", "address": "", "language": "fr", "timezone": "Europe/Paris", "holidays": "FR-67", "colour": "#1F5B45", "logo": nil},
		"person":  m{"name": "Véronica Morel", "email": "veronica@maison-lila.fr", "password": veronicas, "language": "fr"},
		"mailbox": nil,
		"hours":   m{"week": m{"mon": []any{[]string{"09:00", "12:30"}, []string{"14:00", "18:00"}}}, "closed": []any{}, "always": false},
		"delay":   m{"kind": "open_days", "n": 1}, "owed_since": "now",
	}
}

func contact() m {
	return m{
		"name": "", "address": "contact@maison-lila.fr", "kind": "imap", "auth": "password", "username": "", "password": "perle-de-culture",
		"imap": m{"host": "imap.maison-lila.fr", "port": 993, "security": "tls"}, "smtp": m{"host": "smtp.maison-lila.fr", "port": 465, "security": "tls"},
		"folders": m{"inbox": "", "junk": "", "sent": ""}, "after_intake": "none", "move_to": "", "owed_since": "now", "dkim": nil,
	}
}

func TestAShopIsSetUpOnTheMachineItself(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := fresh(t, db)
		b := d.at()
		got := b.do("GET", "/setup", nil).ok()
		if got.raw != `{"state":"fresh","allowed":true,"needs_token":false,"demo_people":[],"demo_password":"","version":"test"}`+"\n" {
			t.Errorf("state: %s", got.raw)
		}
		in := newShop()
		in["shop"].(m)["logo_token"] = b.uploadLogo() //nolint:errcheck,forcetypeassert // just made
		in["mailbox"], in["owed_since"] = contact(), "2026-11-02"
		in["mailbox"].(m)["owed_since"] = "2026-11-02" //nolint:errcheck,forcetypeassert // just made
		b.do("POST", "/setup/test-mailbox", in["mailbox"]).ok()
		b.do("POST", "/setup/shop", in).ok()
		if len(d.mail.tested) != 1 || d.mail.tested[0].Password != "perle-de-culture" {
			t.Errorf("tested: %+v", d.mail.tested)
		}
		since := time.Date(2026, 11, 1, 23, 0, 0, 0, time.UTC) // midnight in Paris
		if !d.setup.made.OwedSince.Equal(since) || !d.setup.made.Mailbox.OwedSince.Equal(since) {
			t.Errorf("owed since %v, %v", d.setup.made.OwedSince, d.setup.made.Mailbox.OwedSince)
		}
		if d.setup.made.Hours.Delay != (calendar.Delay{Kind: calendar.OpenDays, N: 1}) {
			t.Errorf("delay %v", d.setup.made.Hours.Delay)
		}
		var me api.Me
		b.do("GET", "/me", nil).ok().read(&me)
		if me.Person.Role != "owner" || me.Shop.Colour != "#1f5b45" || me.Shop.LogoURL == nil {
			t.Errorf("me = %+v", me)
		}
		b.do("POST", "/setup/shop", newShop()).want(http.StatusConflict, "conflict")
		b.do("POST", "/setup/demo", m{}).want(http.StatusConflict, "conflict")
		b.do("POST", "/setup/leave-demo", m{}).want(http.StatusConflict, "conflict")
	})
}

// uploadLogo sends a picture and gives its token.
func (b *browser) uploadLogo() (token string) {
	b.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	file, err := w.CreateFormFile("file", "logo.png")
	if err != nil {
		b.t.Fatal(err)
	}
	_, _ = file.Write([]byte(picture(b.t)))
	_ = w.Close()
	r := httptest.NewRequestWithContext(b.t.Context(), "POST", "http://"+b.host+"/api/v1/setup/logo", &form)
	r.RemoteAddr, r.Host = b.remote, b.host
	r.Header.Set("Content-Type", w.FormDataContentType())
	got := httptest.NewRecorder()
	b.handler.ServeHTTP(got, r)
	var out struct{ Token string }
	answer{t: b.t, status: got.Code, raw: got.Body.String()}.ok().read(&out)
	return out.Token
}

func TestSetUpSaysWhichPartIsWrong(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := fresh(t, db).at()
		for location, spoil := range map[string]func(in m){
			"body.shop.name":         func(in m) { in["shop"].(m)["name"] = " " },
			"body.shop.timezone":     func(in m) { in["shop"].(m)["timezone"] = "Mars/Olympus" },
			"body.person.name":       func(in m) { in["person"].(m)["name"] = "" },
			"body.person.password":   func(in m) { in["person"].(m)["password"] = "court" },
			"body.mailbox.address":   func(in m) { in["mailbox"] = contact(); in["mailbox"].(m)["address"] = "contact" },
			"body.hours.week.mon[0]": func(in m) { in["hours"].(m)["week"].(m)["mon"] = []any{[]string{"12:00", "09:00"}} },
			"body.delay.n":           func(in m) { in["delay"].(m)["n"] = 0 },
			"body.owed_since":        func(in m) { in["owed_since"] = "2027-01-01" },
			"body.shop.logo":         func(in m) { in["shop"].(m)["logo_token"] = strings.Repeat("ab", 32) },
		} {
			in := newShop()
			spoil(in)
			b.do("POST", "/setup/shop", in).wrong(location)
		}
		b.do("POST", "/setup/shop", newShop()).ok()
	})
}

func TestFromOutsideSetUpNeedsTheToken(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := fresh(t, db)
		outside, proxied, rebound := d.from("198.51.100.4"), d.from("127.0.0.1"), d.at()
		rebound.host = "rebound.example:8080" // a page's own name, made to point here
		for name, b := range map[string]*browser{"outside": outside, "through a proxy": proxied, "by a name that points here": rebound} {
			if got := b.do("GET", "/setup", nil).ok(); !strings.Contains(got.raw, `"allowed":false,"needs_token":true`) {
				t.Errorf("%s: %s", name, got.raw)
			}
			b.do("POST", "/setup/shop", newShop()).want(http.StatusForbidden, "forbidden")
			b.do("POST", "/setup/demo", m{}).want(http.StatusForbidden, "forbidden")
			b.do("POST", "/setup/test-mailbox", contact()).want(http.StatusForbidden, "forbidden")
		}
		outside.do("POST", "/setup/token", m{"token": "a guess"}).want(http.StatusForbidden, "forbidden")
		outside.do("POST", "/setup/token", m{"token": ""}).want(http.StatusForbidden, "forbidden")
		outside.do("POST", "/setup/token", m{"token": " " + startToken + "\n"}).done()
		if got := outside.do("GET", "/setup", nil).ok(); !strings.Contains(got.raw, `"allowed":true`) {
			t.Errorf("with the token: %s", got.raw)
		}
		outside.do("POST", "/setup/shop", newShop()).ok()
		outside.do("GET", "/me", nil).ok()
		outside.do("POST", "/setup/shop", newShop()).want(http.StatusConflict, "conflict")
	})
}

func TestTheDemoIsLeftByWhoMaySetUp(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := fresh(t, db)
		b := d.at()
		b.do("POST", "/setup/demo", m{}).ok()
		b.do("GET", "/me", nil).ok()
		guest := d.from("198.51.100.4")
		if got := guest.do("GET", "/setup", nil).ok(); !strings.Contains(got.raw, `"email":"veronica@maison-lila.example"`) {
			t.Errorf("demo people: %s", got.raw)
		}
		guest.do("POST", "/setup/leave-demo", m{}).want(http.StatusUnauthorized, "unauthenticated")
		guest.signIn("veronica@maison-lila.example", veronicas).ok()
		guest.do("POST", "/setup/leave-demo", m{}).want(http.StatusForbidden, "forbidden")
		b.do("POST", "/setup/leave-demo", m{}).done()
		if len(b.cookies) != 0 {
			t.Error("still signed in to the demo")
		}
	})
}

func TestPresetsAreOfferedToEverybody(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		var list []api.PresetShown
		fresh(t, db).from("198.51.100.4").do("GET", "/setup/presets", nil).ok().read(&list)
		if len(list) < 6 || list[0].ID != "gmail" || list[0].IMAP.Host != "imap.gmail.com" {
			t.Errorf("presets = %+v", list)
		}
	})
}
