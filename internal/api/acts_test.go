package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// thanks makes a conversation in which nothing but a thank-you is owed.
func (d *place) thanks(rows *desk.Desk, n int) (c id.Conversation) {
	d.t.Helper()
	err := d.db.InTx(d.t.Context(), func(tx *store.Tx) error {
		in := desk.Incoming{
			Shop: d.lila, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: fmt.Sprintf("q%d@example.org", n),
			Fingerprint: fmt.Sprint("q", n), From: mime.Address{Address: fmt.Sprintf("client%d@example.org", n)}, Subject: "Ma bague",
			Text: "Est-elle partie ?", ArrivedAt: monday,
		}
		got, err := rows.Receive(tx, in)
		if err != nil {
			return err
		}
		c = got.Conversation
		_, err = rows.Change(tx, c, func(conv *desk.Conversation) error {
			conv.LastOutAt = monday
			return rows.Ledger.Keep(tx, promise.Answered{Conversation: c, Channel: "mail", SeenThrough: got.Message, At: monday})
		})
		if err != nil {
			return err
		}
		in.References, in.MessageID, in.Fingerprint, in.Text, in.Courtesy = []string{in.MessageID}, fmt.Sprintf("t%d@example.org", n), fmt.Sprint("t", n), "Merci !", true
		_, err = rows.Receive(tx, in)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

func TestThanksPutAwayTogetherComeBackByTheUndo(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		rows := d.whole()
		first, second := d.thanks(rows, 1), d.thanks(rows, 2)
		b := d.agent()
		tray := func() (n int) {
			var counts struct {
				Courtesy int `json:"courtesy"`
			}
			b.do("GET", "/counts", nil).ok().read(&counts)
			return counts.Courtesy
		}
		var waived struct {
			Count int               `json:"count"`
			IDs   []id.Conversation `json:"ids"`
			Undo  *struct {
				Method string         `json:"method"`
				Path   string         `json:"path"`
				Body   map[string]any `json:"body"`
			} `json:"undo"`
		}
		b.do("POST", "/courtesy/waive", m{"ids": nil}).ok().read(&waived)
		if waived.Count != 2 || waived.IDs[0] != first || waived.IDs[1] != second || waived.Undo == nil || tray() != 0 {
			t.Fatalf("waived %+v, %d left", waived, tray())
		}
		b.do(waived.Undo.Method, waived.Undo.Path[len("/api/v1"):], waived.Undo.Body).ok()
		if n := tray(); n != 2 {
			t.Errorf("%d in the tray after the undo, want 2", n)
		}
		b.do("POST", "/courtesy/waive", m{"ids": []id.Conversation{first, 99999}}).ok().read(&waived)
		if waived.Count != 1 || tray() != 1 {
			t.Errorf("one chosen: %+v, %d left", waived, tray())
		}
		waived.Undo = nil
		b.do("POST", "/courtesy/waive", m{"ids": []id.Conversation{first}}).ok().read(&waived)
		if waived.Count != 0 || waived.Undo != nil {
			t.Errorf("nothing was done, and it offers %+v", waived)
		}
	})
}

func TestPassedReasonsAreTheLeadsToRead(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.whole()
		d.agent().do("GET", "/passed-reasons", nil).want(http.StatusForbidden, "forbidden")
		var page struct {
			Items []any  `json:"items"`
			Next  string `json:"next"`
		}
		d.lead().do("GET", "/passed-reasons?limit=10", nil).ok().read(&page)
		if page.Items == nil || len(page.Items) != 0 || page.Next != "" {
			t.Errorf("nothing was passed: %+v", page)
		}
		d.owner().do("GET", "/passed-reasons?cursor=nonsense", nil).wrong("query.cursor")
	})
}
