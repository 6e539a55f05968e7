package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func TestAConversationIsPrintedOrSavedAsAPDF(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		c := openCabinet(t, db)
		m := c.said(desk.Message{FromName: "Camille Renaud", Body: "Où est mon colis ? 😊", Raw: c.put([]byte("From: camille"))})
		c.attached(m, "reçu.pdf", "application/pdf", []byte("%PDF-1.4"))
		b := c.agent()
		path := "/conversations/" + c.ours.String() + "/pdf"
		shown := b.get(path)
		shown.ok()
		if shown.has("Content-Type", "application/pdf"); !strings.HasPrefix(shown.raw, "%PDF-") || shown.savedAs() != "" {
			t.Errorf("it begins %.20q, saved as %q", shown.raw, shown.savedAs())
		}
		shown.has("Cache-Control", "private, no-store")
		saved := b.get(path + "?save=1&notes=1&quotes=1")
		if saved.ok(); saved.savedAs() != "maison-lila-"+c.ours.String()+".pdf" {
			t.Errorf("saved as %q", saved.savedAs())
		}
		part := b.get(path, "Range", "bytes=0-3")
		if part.want(http.StatusPartialContent, ""); part.raw != "%PDF" {
			t.Errorf("part %q", part.raw)
		}
		b.get("/conversations/"+c.theirs.String()+"/pdf").want(http.StatusNotFound, "not_found")
		b.get("/conversations/x/pdf").want(http.StatusNotFound, "not_found")
	})
}

// Each message is on paper, however many parts the timeline is read in.
func TestALongConversationIsPrintedWhole(t *testing.T) {
	t.Parallel()
	c := openCabinet(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	for range 450 {
		c.said(desk.Message{FromName: "Camille Renaud", Body: strings.Repeat("Où est mon colis ? ", 30)})
	}
	got := c.agent().get("/conversations/" + c.ours.String() + "/pdf")
	got.ok()
	if pages := bytes.Count([]byte(got.raw), []byte("/Type /Page\n")); pages < 60 {
		t.Errorf("%d pages for 450 messages", pages)
	}
}
