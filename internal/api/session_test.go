package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func TestVeronicaSignsInAndOut(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.from("203.0.113.7")
		b.do("GET", "/me", nil).want(http.StatusUnauthorized, "unauthenticated")
		got := b.signIn(" Veronica@maison-lila.fr", veronicas).ok()
		var me api.Me
		got.read(&me)
		if me.Person.Name != "Véronica Morel" || me.Person.Role != "owner" || me.Shop.Name != "Maison Lila" || me.Shop.PeopleCount != 3 ||
			len(me.Shops) != 1 || len(me.Permissions) != 17 || me.Shop.LogoURL != nil {
			t.Errorf("me = %+v", me)
		}
		if len(got.set) != 1 {
			t.Fatalf("cookies: %v", got.set)
		}
		c := got.set[0]
		if c.Name != "comptoir_session" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure || c.Path != "/" || c.MaxAge != 30*86400 {
			t.Errorf("cookie = %+v", c)
		}
		if same := b.do("GET", "/me", nil).ok(); same.raw != got.raw {
			t.Errorf("GET /me differs: %s", same.raw)
		}
		kept := b.cookies["comptoir_session"]
		b.do("DELETE", "/session", nil).done()
		if len(b.cookies) != 0 {
			t.Error("the cookie stayed")
		}
		b.cookies["comptoir_session"] = kept
		b.do("GET", "/me", nil).want(http.StatusUnauthorized, "unauthenticated")
	})
}

func TestGuessingEndsInALockAndTellsNobodyApart(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.from("203.0.113.7")
		for range 4 {
			known := b.signIn("veronica@maison-lila.fr", "wrong").want(http.StatusUnauthorized, "unauthenticated")
			if nobody := b.signIn("nobody@maison-lila.fr", "wrong"); nobody.status != known.status || nobody.raw != known.raw {
				t.Fatalf("an unknown address is told apart:\n%s\n%s", known.raw, nobody.raw)
			}
		}
		got := b.signIn("veronica@maison-lila.fr", "wrong").want(http.StatusLocked, "locked")
		if !strings.Contains(got.raw, "1 minute") {
			t.Errorf("no minutes in %s", got.raw)
		}
		b.signIn("veronica@maison-lila.fr", veronicas).want(http.StatusLocked, "locked")
		d.clock.Advance(time.Minute)
		b.signIn("veronica@maison-lila.fr", veronicas).ok()
	})
}

func TestTheSecondStep(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.owner()
		var e struct {
			Secret string `json:"secret"`
			URL    string `json:"otpauth_url"`
			PNG    []byte `json:"qr_png_base64"`
		}
		b.do("POST", "/me/totp", m{}).ok().read(&e)
		if !strings.HasPrefix(string(e.PNG), "\x89PNG") || !strings.Contains(e.URL, e.Secret) {
			t.Errorf("enrolment: %q, %d bytes of picture", e.URL, len(e.PNG))
		}
		b.do("POST", "/me/totp/confirm", m{"code": "000000x"}).wrong("body.code")
		var on struct {
			Codes []string `json:"recovery_codes"`
		}
		b.do("POST", "/me/totp/confirm", m{"code": codeAt(t, e.Secret, d.clock.Now())}).ok().read(&on)
		if len(on.Codes) != 10 {
			t.Fatalf("%d recovery codes", len(on.Codes))
		}

		phone := d.from("198.51.100.4")
		phone.signIn("veronica@maison-lila.fr", veronicas).want(http.StatusUnauthorized, "code_needed")
		d.clock.Advance(time.Minute) // the code of the confirmation is used up
		in := m{"email": "veronica@maison-lila.fr", "password": veronicas, "code": codeAt(t, e.Secret, d.clock.Now())}
		phone.do("POST", "/session", in).ok()
		in["code"] = on.Codes[0]
		phone.do("POST", "/session", in).ok()
		phone.do("POST", "/session", in).want(http.StatusUnauthorized, "unauthenticated")

		b.do("DELETE", "/me/totp", m{"password": "wrong"}).wrong("body.password")
		b.do("DELETE", "/me/totp", m{"password": veronicas}).done()
		phone.signIn("veronica@maison-lila.fr", veronicas).ok()
	})
}

func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestAForgottenPassword(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		open := d.owner()
		b := d.from("198.51.100.4")
		b.do("POST", "/password-reset", m{"email": "nobody@maison-lila.fr"}).done()
		b.do("POST", "/password-reset", m{"email": "no address at all"}).done()
		b.do("POST", "/password-reset", m{"email": "veronica@maison-lila.fr"}).done()
		if len(d.post.tokens) != 1 {
			t.Fatalf("%d letters", len(d.post.tokens))
		}
		in := m{"token": d.post.tokens[0], "password": "court"}
		b.do("POST", "/password-reset/confirm", in).wrong("body.password")
		in["password"] = "trois perles de Tahiti"
		b.do("POST", "/password-reset/confirm", in).done()
		b.do("POST", "/password-reset/confirm", in).want(http.StatusNotFound, "not_found")
		open.do("GET", "/me", nil).want(http.StatusUnauthorized, "unauthenticated")
		b.signIn("veronica@maison-lila.fr", "trois perles de Tahiti").ok()
	})
}

func TestALostPhoneIsSignedOut(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b, marc := d.owner(), d.lead()
		phone := d.from("198.51.100.4")
		phone.agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1"
		phone.signIn("veronica@maison-lila.fr", veronicas).ok()
		var list struct{ Items []api.Device }
		b.do("GET", "/me/devices", nil).ok().read(&list)
		if len(list.Items) != 2 || list.Items[0].Label != "Safari · iPhone" || list.Items[0].Current ||
			list.Items[1].Label != "Firefox · Linux" || !list.Items[1].Current {
			t.Fatalf("devices = %+v", list.Items)
		}
		path := fmt.Sprintf("/me/devices/%d", list.Items[0].ID)
		marc.do("DELETE", path, nil).want(http.StatusNotFound, "not_found")
		b.do("DELETE", path, nil).done()
		phone.do("GET", "/me", nil).want(http.StatusUnauthorized, "unauthenticated")
		b.do("GET", "/me", nil).ok()
	})
}

func TestVeronicaChangesWhatIsHers(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b, elsewhere := d.owner(), d.owner()
		var me api.Me
		b.do("PATCH", "/me", m{"theme": "dark"}).ok().read(&me)
		if me.Person.Theme != "dark" || me.Person.Name != "Véronica Morel" {
			t.Errorf("me = %+v", me.Person)
		}
		b.do("PATCH", "/me", m{"theme": "pink"}).wrong("body.theme")
		b.do("PATCH", "/me", m{"name": "  "}).wrong("body.name")

		var sig api.SignatureSettings
		b.do("PUT", "/me/signature", m{"role_line": `Gérante <script>alert(1)</script>`, "first_name_only": true}).ok().read(&sig)
		if !strings.Contains(sig.HTMLPreview, "<strong>Véronica</strong>") || strings.Contains(sig.HTMLPreview, "<script") ||
			!strings.Contains(sig.HTMLPreview, "Maison Lila") {
			t.Errorf("preview: %s", sig.HTMLPreview)
		}

		b.do("POST", "/me/password", m{"current": "wrong", "new": "trois perles de Tahiti"}).wrong("body.current")
		b.do("POST", "/me/password", m{"current": veronicas, "new": "court"}).wrong("body.new")
		b.do("POST", "/me/password", m{"current": veronicas, "new": "trois perles de Tahiti"}).done()
		b.do("GET", "/me", nil).ok()
		elsewhere.do("GET", "/me", nil).want(http.StatusUnauthorized, "unauthenticated")
	})
}
