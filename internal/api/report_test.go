package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

const oneWeek = "?from=2026-11-23&to=2026-11-29"

// A lead reads everybody's figures; an agent the shop's and her own.
func TestFiguresOverTheAPI(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.filled(d.whole(), d.lila)
		if err := d.figures().CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		var page struct {
			Total struct {
				Promises struct {
					Share *float64 `json:"share"`
				} `json:"promises"`
			} `json:"total"`
			Days []struct {
				Day string `json:"day"`
			} `json:"days"`
			Timezone string `json:"timezone"`
		}
		d.lead().do("GET", "/report"+oneWeek, nil).ok().read(&page)
		if page.Timezone != "Europe/Paris" || len(page.Days) != 7 || page.Days[6].Day != "2026-11-29" || page.Total.Promises.Share != nil {
			t.Errorf("%+v", page)
		}
		agent := d.agent()
		agent.do("GET", "/report"+oneWeek, nil).ok()
		agent.do("GET", "/report"+oneWeek+"&person="+d.inès.String(), nil).ok()
		agent.do("GET", "/report"+oneWeek+"&person="+d.marc.String(), nil).want(http.StatusForbidden, "forbidden")
		d.lead().do("GET", "/report"+oneWeek+"&person="+d.inès.String(), nil).ok()
		agent.do("GET", "/report?from=2026-11-30&to=2026-11-29", nil).wrong("query.to")
		agent.do("GET", "/report?from=2026-02-30&to=2026-11-29", nil).want(http.StatusUnprocessableEntity, "invalid")
		var now struct {
			Steps []any `json:"steps"`
		}
		agent.do("GET", "/report/now", nil).ok().read(&now)
		if now.Steps == nil {
			t.Error("no list of hours")
		}
	})
}

func TestATableAsCSV(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.whole()
		b := d.agent()
		got := b.do("GET", "/report/tables/volume"+oneWeek, nil)
		if got.status != http.StatusOK || !strings.HasPrefix(got.raw, "\ufeffday,asked,arrived,answered,opened,kept,broken\r\n2026-11-23,0,0,0,0,0,0\r\n") {
			t.Errorf("%d %q", got.status, got.raw)
		}
		b.do("GET", "/report/tables/secrets"+oneWeek, nil).want(http.StatusNotFound, "not_found")
		b.do("GET", "/report/tables/volume?from=x&to=y", nil).want(http.StatusUnprocessableEntity, "invalid")
		b.do("GET", "/report/tables/people"+oneWeek+"&person="+d.marc.String(), nil).want(http.StatusForbidden, "forbidden")
		b.do("GET", "/report/tables/people"+oneWeek+"&person=-1", nil).want(http.StatusUnprocessableEntity, "invalid")
		d.from("203.0.113.7").do("GET", "/report/tables/volume"+oneWeek, nil).want(http.StatusUnauthorized, "unauthenticated")
	})
}

func TestThePageIsArrangedByEach(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.whole()
		type arrangement struct {
			Blocks []struct {
				Name   string `json:"name"`
				Hidden bool   `json:"hidden"`
			} `json:"blocks"`
		}
		b := d.agent()
		b.do("PUT", "/report/arrangement", m{"blocks": []m{{"name": "people"}, {"name": "pace", "hidden": true}}}).done()
		var mine, theirs arrangement
		b.do("GET", "/report/arrangement", nil).ok().read(&mine)
		d.lead().do("GET", "/report/arrangement", nil).ok().read(&theirs)
		if mine.Blocks[0].Name != "people" || !mine.Blocks[1].Hidden || theirs.Blocks[0].Name != "pace" {
			t.Errorf("%+v, another's %+v", mine, theirs)
		}
		b.do("PUT", "/report/arrangement", m{"blocks": []m{{"name": "people"}, {"name": "people"}}}).want(http.StatusUnprocessableEntity, "invalid")
		b.do("PUT", "/report/arrangement", m{"blocks": []m{{"name": "x"}}}).want(http.StatusUnprocessableEntity, "invalid")
	})
}

// Only who may change mailboxes looks through one, and only one that is read.
func TestALookThroughAMailboxOverTheAPI(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.whole()
		box := func(in shop.MailboxInput) string {
			made, err := d.shops.CreateMailbox(t.Context(), shop.MailboxUpdate{Shop: d.lila, Input: in})
			if err != nil {
				t.Fatal(err)
			}
			return made.String()
		}
		read := "/settings/mailboxes/" + box(shop.MailboxInput{
			Name: "Bonjour", Address: "bonjour@maison-lila.fr", Kind: shop.IMAP, Auth: "password", Username: "lila", Password: "tulipe",
			IMAP: shop.Server{Host: "imap.example", Port: 993, Security: "tls"},
		}) + "/audit"
		relay := "/settings/mailboxes/" + box(shop.MailboxInput{Name: "Relais", Address: "relais@maison-lila.fr", Kind: shop.SMTP}) + "/audit"
		b := d.owner()
		var got struct {
			State  string `json:"state"`
			Oldest []any  `json:"oldest"`
		}
		b.do("GET", read, nil).ok().read(&got)
		if got.State != "none" || got.Oldest == nil {
			t.Errorf("%+v", got)
		}
		b.do("POST", read, m{}).ok().read(&got)
		if got.State != "waiting" {
			t.Errorf("begun: %+v", got)
		}
		b.do("POST", read+"/cancel", m{}).ok().read(&got)
		if got.State != "cancelled" {
			t.Errorf("cancelled: %+v", got)
		}
		b.do("DELETE", read, nil).done()
		b.do("POST", relay, m{}).want(http.StatusConflict, "no_history")
		d.lead().do("GET", read, nil).want(http.StatusForbidden, "forbidden")
		d.agent().do("POST", read, m{}).want(http.StatusForbidden, "forbidden")
	})
}
