package api_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func TestSettingsAreForThoseWhoMay(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		inès, marc := d.agent(), d.lead()
		for _, path := range []string{"/settings/shop", "/settings/hours", "/settings/mailboxes"} {
			inès.do("GET", path, nil).want(http.StatusForbidden, "forbidden")
		}
		ofOwner := []struct {
			method, path string
			body         m
		}{
			{"GET", "/settings/mailboxes", nil},
			{"POST", "/settings/mailboxes", contact()},
			{"POST", "/settings/mailboxes/0/test", contact()},
			{"POST", "/settings/people", m{"name": "Camille Roux", "email": "camille@maison-lila.fr", "role": "agent"}},
			{"PATCH", fmt.Sprintf("/settings/people/%d", d.inès), m{"role": "owner"}},
		}
		for _, r := range ofOwner {
			inès.do(r.method, r.path, r.body).want(http.StatusForbidden, "forbidden")
			marc.do(r.method, r.path, r.body).want(http.StatusForbidden, "forbidden")
		}
		marc.do("GET", "/settings/shop", nil).ok()
		d.from("198.51.100.4").do("GET", "/settings/shop", nil).want(http.StatusUnauthorized, "unauthenticated")
	})
}

func TestTheShopSaysWhoItIs(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.lead()
		var now, saved api.ShopSettings
		b.do("GET", "/settings/shop", nil).ok().read(&now)
		if now.Shop.Name != "Maison Lila" || now.Shop.Holidays != "FR-67" || now.Shop.Logo != nil || !now.Ack.Enabled {
			t.Fatalf("settings = %+v", now)
		}
		logo := d.uploaded(d.lila, d.marc, picture(t))
		now.Shop.Name, now.Shop.Logo, now.Ack.FR = "Maison Lila Joaillerie", &logo, "Merci !"
		b.do("PUT", "/settings/shop", now).ok().read(&saved)
		if saved.Shop.Name != "Maison Lila Joaillerie" || saved.Shop.Logo == nil || *saved.Shop.Logo != 0 || saved.Ack.FR != "Merci !" {
			t.Errorf("saved = %+v", saved)
		}
		// What was read can be sent back as it is: the logo stays.
		b.do("PUT", "/settings/shop", saved).ok()
		var me api.Me
		b.do("GET", "/me", nil).ok().read(&me)
		if me.Shop.LogoURL == nil || !strings.HasPrefix(*me.Shop.LogoURL, "/api/v1/shop/logo?v=") {
			t.Errorf("logo_url = %v", me.Shop.LogoURL)
		}

		page := d.uploaded(d.lila, d.marc, "<html><script>alert(1)</script></html>")
		ofInès := d.uploaded(d.lila, d.inès, picture(t))
		elsewhere := d.uploaded(d.other, d.marc, picture(t))
		for name, wrong := range map[string]id.Attachment{"a page": page, "somebody else's": ofInès, "another shop's": elsewhere, "an invented one": 4711} {
			saved.Shop.Logo = &wrong
			if got := b.do("PUT", "/settings/shop", saved); !strings.Contains(got.raw, `"location":"body.shop.logo"`) {
				t.Errorf("%s: %d %s", name, got.status, got.raw)
			}
		}
		saved.Shop.Logo = nil
		b.do("PUT", "/settings/shop", saved).ok()
		if b.do("GET", "/me", nil).ok().read(&me); me.Shop.LogoURL != nil {
			t.Errorf("the logo stayed: %s", *me.Shop.LogoURL)
		}
		saved.Shop.Timezone = "Mars/Olympus"
		b.do("PUT", "/settings/shop", saved).wrong("body.shop.timezone")
	})
}

func picture(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// uploaded keeps a file as a person's upload.
func (d *place) uploaded(sh id.Shop, person id.Person, content string) (made id.Attachment) {
	d.t.Helper()
	hashes, err := d.blobs.Put(d.t.Context(), []byte(content))
	if err != nil {
		d.t.Fatal(err)
	}
	err = d.db.InTx(d.t.Context(), func(tx *store.Tx) (err error) {
		f := desk.File{Name: "logo.png", Type: "image/png", Size: int64(len(content)), Blob: hashes[0]}
		made, err = (&desk.Desk{Clock: d.clock}).Attach(tx, sh, 0, person, f)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return made
}

func TestOpeningHours(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := open(t, db).lead()
		got := b.do("GET", "/settings/hours", nil).ok()
		const nineToSix = `[["09:00","18:00"]]`
		want := `{"channels":[{"channel":"","hours":{"week":{"mon":` + nineToSix + `,"tue":` + nineToSix + `,"wed":` + nineToSix + `,"thu":` +
			nineToSix + `,"fri":` + nineToSix + `},"closed":[],"always":false},"delay":{"kind":"open_days","n":1},"warning":false}]}` + "\n"
		if got.raw != want {
			t.Fatalf("hours of a new shop: %s", got.raw)
		}
		var list struct{ Channels []api.ChannelHours }
		got.read(&list)
		list.Channels[0].Delay.N = 2
		list.Channels[0].Hours.Closed = []api.Closing{{First: "2026-12-24", Last: "2027-01-02", Text: "Joyeuses fêtes"}}
		list.Channels = append(list.Channels, api.ChannelHours{Channel: "phone", Hours: api.Hours{Always: true}, Delay: api.Delay{Kind: "clock_hours", N: 4}})
		if b.do("PUT", "/settings/hours", list).ok().read(&list); len(list.Channels) != 2 || !list.Channels[0].Warning || list.Channels[1].Warning ||
			list.Channels[0].Hours.Closed[0].Text != "Joyeuses fêtes" || !list.Channels[1].Hours.Always {
			t.Errorf("saved: %+v", list)
		}
		list.Channels[1].Hours = api.Hours{Week: api.Week{Sat: []api.Period{{"09:00", "12:00"}, {"11:00", "13:00"}}}}
		if got := b.do("PUT", "/settings/hours", list); got.status != 422 || !strings.Contains(got.raw, `"location":"body.channels[1].hours.week.sat`) {
			t.Errorf("overlap: %d %s", got.status, got.raw)
		}
		list.Channels = list.Channels[1:]
		list.Channels[0].Hours = api.Hours{Always: true}
		b.do("PUT", "/settings/hours", list).wrong("body.channels")
		b.do("PUT", "/settings/hours", m{"channels": []m{{"channel": "", "hours": m{"week": m{"mon": []any{[]string{"9h"}}}}, "delay": m{"kind": "soon", "n": 1}}}}).
			wrong("body.channels[0].delay.kind")
	})
}

func TestPublicHolidays(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := open(t, db).agent()
		var list []api.Holiday
		b.do("GET", "/settings/holidays?zone=FR-67&year=2027", nil).ok().read(&list)
		if len(list) != 13 || list[0].Date != "2027-01-01" || list[0].NameEN == "" {
			t.Errorf("holidays of the Bas-Rhin: %+v", list)
		}
		if got := b.do("GET", "/settings/holidays?zone=", nil).ok(); got.raw != "[]\n" {
			t.Errorf("no zone: %s", got.raw)
		}
		b.do("GET", "/settings/holidays?zone=DE", nil).want(422, "invalid")
	})
}

func TestSomebodyNewIsInvited(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.owner()
		in := m{"name": "Camille Roux", "email": "Camille@maison-lila.fr", "role": "agent"}
		var made api.Invited
		b.do("POST", "/settings/people", in).ok().read(&made)
		link, token, _ := strings.Cut(made.InviteLink, "?token=")
		if link != "https://desk.maison-lila.fr/reset" || token != d.post.tokens[0] || made.Name != "Camille Roux" || !made.Active {
			t.Errorf("invited: %+v", made)
		}
		// The mail got lost: asked again, there is a new link for the same person.
		var again api.Invited
		b.do("POST", "/settings/people", in).ok().read(&again)
		if again.ID != made.ID || again.InviteLink == made.InviteLink {
			t.Errorf("invited again: %+v", again)
		}
		_, token, _ = strings.Cut(again.InviteLink, "?token=")
		camille := d.from("198.51.100.4")
		camille.do("POST", "/password-reset/confirm", m{"token": token, "password": "trois perles de Tahiti"}).done()
		camille.signIn("camille@maison-lila.fr", "trois perles de Tahiti").ok()
		b.do("POST", "/settings/people", in).wrong("body.email")

		path := fmt.Sprintf("/settings/people/%d", made.ID)
		b.do("PATCH", path, m{"role": "lead"}).ok()
		camille.do("GET", "/settings/shop", nil).ok()
		b.do("PATCH", path, m{"active": false}).ok()
		camille.do("GET", "/me", nil).want(http.StatusUnauthorized, "unauthenticated")
		b.do("PATCH", fmt.Sprintf("/settings/people/%d", d.veronica), m{"role": "agent"}).wrong("body.role")
	})
}

func TestMarcIsAway(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		marc, inès := d.lead(), d.agent()
		path := fmt.Sprintf("/settings/people/%d/absence", d.marc)
		in := m{"from": "2026-11-23", "to": "2026-11-27", "substitute": d.inès}
		inès.do("PUT", path, in).want(http.StatusForbidden, "forbidden")
		var away struct {
			AbsentUntil *time.Time `json:"absent_until"`
			Substitute  *struct{ Name string }
		}
		marc.do("PUT", path, in).ok().read(&away)
		if away.AbsentUntil == nil || away.AbsentUntil.Format(time.DateOnly) != "2026-11-27" || away.Substitute.Name != "Inès Belkacem" {
			t.Errorf("away: %+v", away)
		}
		marc.do("PUT", path, m{"from": "2026-11-27", "to": "2026-11-23", "substitute": nil}).wrong("body.to")
		marc.do("PUT", path, m{"from": "2026-02-30", "to": "2026-11-23", "substitute": nil}).want(422, "invalid")
		if got := marc.do("DELETE", path, nil).ok(); !strings.Contains(got.raw, `"absent_until":null,"substitute":null`) {
			t.Errorf("back: %s", got.raw)
		}
	})
}

func TestAnotherShopsPeopleDontExist(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		stranger, err := d.team.Add(t.Context(), team.Console(d.other), team.NewPerson{Name: "Paul Brun", Email: "paul@atelier-brun.fr", Role: team.Agent})
		if err != nil {
			t.Fatal(err)
		}
		b := d.owner()
		path := fmt.Sprintf("/settings/people/%d", stranger)
		b.do("PATCH", path, m{"role": "lead"}).want(http.StatusNotFound, "not_found")
		b.do("PATCH", path, m{"active": false}).want(http.StatusNotFound, "not_found")
		b.do("PUT", path+"/absence", m{"from": "2026-11-23", "to": "2026-11-27"}).want(http.StatusNotFound, "not_found")
		b.do("DELETE", path+"/absence", nil).want(http.StatusNotFound, "not_found")
		b.do("PUT", fmt.Sprintf("/settings/people/%d/absence", d.marc), m{"from": "2026-11-23", "to": "2026-11-27", "substitute": stranger}).wrong("body.substitute")
	})
}
