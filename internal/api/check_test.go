package api_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// asks lets Camille write to Maison Lila, which has a mailbox to answer from.
func (d *place) asks(rows *desk.Desk, text string) (got desk.Received) {
	d.t.Helper()
	_, err := d.shops.CreateMailbox(d.t.Context(), shop.MailboxUpdate{Shop: d.lila, Input: shop.MailboxInput{
		Name: "Bonjour", Address: "bonjour@maison-lila.fr", Kind: shop.SMTP,
	}})
	if err != nil {
		d.t.Fatal(err)
	}
	err = d.db.InTx(d.t.Context(), func(tx *store.Tx) (err error) {
		got, err = rows.Receive(tx, desk.Incoming{
			Shop: d.lila, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: "asks@example.org", Fingerprint: "asks", Language: "fr",
			From: mime.Address{Name: "Camille Renaud", Address: "camille@example.org"}, Subject: "Bague", Text: text, ArrivedAt: monday,
		})
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return got
}

func TestInesIsToldWhatHerDraftPromisesAndLeavesOut(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		rows := d.whole()
		got := d.asks(rows, "Bonjour, quand arrive ma bague ? Pouvez-vous aussi graver le fermoir ?")
		c := "/conversations/" + got.Conversation.String()
		inès := d.agent()
		draft := m{"html": "<p>Bonjour Camille, elle part dans les meilleurs délais. Je vous rappelle demain à 10 h.</p>"}
		var read struct {
			Findings  []api.Finding
			Questions []api.Question
			Promises  []api.PromiseInText
		}
		inès.do("POST", c+"/check", draft).ok().read(&read)
		if len(read.Questions) != 2 || read.Questions[1].Answered || len(read.Promises) != 1 || read.Promises[0].Kind != "call_back" || !read.Promises[0].Exact {
			t.Fatalf("read %+v", read)
		}
		vague := ""
		for _, f := range read.Findings {
			if f.Rule == "vague_delay" {
				vague = f.Key
			}
		}
		draft["options"] = m{"dismissed": []string{vague}, "answered": []string{read.Questions[1].Words}}
		inès.do("POST", c+"/check", draft).ok().read(&read)
		for _, f := range read.Findings {
			if f.Rule == "vague_delay" || f.Rule == "unanswered" {
				t.Errorf("said again: %+v", f)
			}
		}

		// What was chosen beside the words is kept with the draft.
		draft["kind"], draft["revision"], draft["seen_through"] = "answer", 0, got.Message
		var kept struct{ Options reply.Options }
		inès.do("PUT", c+"/draft", draft).ok().read(&kept)
		if len(kept.Options.Dismissed) != 1 || kept.Options.Dismissed[0] != vague || len(kept.Options.Answered) != 1 {
			t.Errorf("kept %+v", kept.Options)
		}
		inès.do("POST", c+"/replies", m{
			"key": "press-0001", "html": "<p>Bonjour Camille, elle part mardi 24/11/2026. Je vous rappelle demain à 10 h.</p>", "seen_through": got.Message, "promises": read.Promises,
		}).want(http.StatusAccepted, "")
		inès.do("POST", c+"/replies", m{
			"key": "press-0002", "html": "<p>Bonjour.</p>", "seen_through": got.Message,
			"promises": []m{{"kind": "refund", "title": "Rembourser", "due_at": "2020-01-01T10:00:00Z"}},
		}).want(http.StatusUnprocessableEntity, "invalid")
	})
}

func TestWhenAnAnswerMayLeave(t *testing.T) {
	t.Parallel()
	d := open(t, testkit.OpenStore(t, filepath.Join(t.TempDir(), "desk.db")))
	d.clock.Advance(time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC).Sub(d.clock.Now())) // a Friday
	var out struct{ Times []api.SendTime }
	d.agent().do("GET", "/send-times", nil).ok().read(&out)
	saturday, opening := time.Date(2026, 11, 28, 8, 0, 0, 0, time.UTC), time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)
	if len(out.Times) != 2 || !out.Times[0].At.Equal(saturday) || !out.Times[1].At.Equal(opening) || out.Times[1].Name != "opening" {
		t.Errorf("times %+v", out.Times)
	}
}

func TestTheShopsWordsAreKeptByALead(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		marc := d.lead()
		lists := m{
			"forbidden": []m{{"words": "geste commercial", "stops": true}}, "preferred": []m{{"words": "ticket", "instead": "demande"}},
		}
		marc.do("PUT", "/settings/words", lists).ok()
		var got api.ShopWords
		marc.do("GET", "/settings/words", nil).ok().read(&got)
		if len(got.Forbidden) != 1 || !got.Forbidden[0].Stops || len(got.Preferred) != 1 || got.Preferred[0].Instead != "demande" {
			t.Errorf("words %+v", got)
		}
		d.agent().do("PUT", "/settings/words", lists).want(http.StatusForbidden, "forbidden")
		for _, wrong := range []m{
			{"forbidden": []m{{"words": "…"}}, "preferred": []m{}},
			{"forbidden": []m{}, "preferred": []m{{"words": "ticket", "instead": " "}}},
			{"forbidden": []m{{"words": "Ticket"}, {"words": "ticket"}}, "preferred": []m{}},
		} {
			marc.do("PUT", "/settings/words", wrong).want(http.StatusUnprocessableEntity, "invalid")
		}
	})
}

func TestALargeFileIsFetchedByWhoeverHasItsAddressAndIsSaved(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		rows := d.whole()
		got := d.asks(rows, "Comment se ferme le bracelet ?")
		page := d.put("<script>alert(1)</script>")
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			sent, err := rows.Append(tx, desk.Message{
				Shop: d.lila, Conversation: got.Conversation, Direction: desk.Out, Kind: desk.KindAnswer, Channel: "mail", Recipients: "{}", ArrivedAt: monday,
			})
			if err != nil {
				return err
			}
			_, err = rows.Attach(tx, d.lila, sent.ID, d.marc, desk.File{Name: "mode d’emploi.html", Type: "text/html", Size: 20, Blob: blob.Hash(page)})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		links := reply.Links{MAC: d.box.MAC}
		stranger := d.at()
		fetch := func(token string) (int, http.Header, string) { return stranger.plain("/files/" + token) }
		status, head, body := fetch(links.Token(d.lila, blob.Hash(page), monday.Add(reply.LinkTime)))
		if status != http.StatusOK || !strings.Contains(body, "alert") || !strings.HasPrefix(head.Get("Content-Disposition"), "attachment") ||
			head.Get("Content-Type") != "application/octet-stream" || head.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%d %v", status, head)
		}
		for name, token := range map[string]string{
			"over":         links.Token(d.lila, blob.Hash(page), monday),
			"another shop": links.Token(d.other, blob.Hash(page), monday.Add(time.Hour)),
			"made up":      strings.Repeat("A", 107),
		} {
			if status, _, _ := fetch(token); status != http.StatusNotFound {
				t.Errorf("%s: %d", name, status)
			}
		}
	})
}
