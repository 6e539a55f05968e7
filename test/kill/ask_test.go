package kill_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
	"github.com/comptoir-desk/comptoir/test/kill/harness"
)

var (
	linkOf = regexp.MustCompile(`/ask/[A-Za-z0-9_-]{43}`)
	sealOf = regexp.MustCompile(`name="seal" value="([^"]+)"`)
)

// A desk that is killed at each boundary while somebody inside is asked and
// answers has one question, one mail and one note in the end: what was told to
// be received is there, and what is sent again changes nothing.
func TestKilledWhileSomebodyInsideIsAsked(t *testing.T) {
	t.Parallel()
	p := harness.NewProgram(t, binary, harness.Hurried())
	c := harness.NewClient(p)
	p.Run(t)
	harness.SetUp(t, c, harness.Mailbox{})
	mail := "From: Camille Renaud <camille@client.example>\r\nTo: " + harness.Own + "\r\nMessage-ID: <c1@client.example>\r\nSubject: Ma bague\r\n\r\nEn 54 ?\r\n"
	if err := mailserver.Hand(p.SMTP, "camille@client.example", harness.Own, []byte(mail)); err != nil {
		t.Fatal(err)
	}
	var list struct {
		Items []struct {
			ID int64 `json:"id"`
		} `json:"items"`
	}
	for end := time.Now().Add(30 * time.Second); len(list.Items) == 0; c.Do(t, "GET", "/conversations?view=owed", nil, &list) {
		if time.Now().After(end) {
			t.Fatal("the mail didn't come in")
		}
	}
	conv := fmt.Sprintf("/conversations/%d", list.Items[0].ID)

	question := map[string]any{"key": "the-one-press", "address": "depot@logistique.example", "question": "Reste-t-il une bague en 54 ?"}
	dying(t, p, "ask.composed", func() { _, _ = c.Call(context.Background(), "POST", conv+"/asks", question, nil) })
	dying(t, p, "ask.committed", func() { _, _ = c.Call(context.Background(), "POST", conv+"/asks", question, nil) })
	c.Do(t, "POST", conv+"/asks", question, nil)

	link := linkIn(t, c)
	seal := sealIn(t, p, link)
	dying(t, p, "ask.files_stored", func() { _, _ = give(p, link, seal) })
	dying(t, p, "ask.answered", func() { _, _ = give(p, link, seal) })
	if status, err := give(p, link, seal); err != nil || status >= 400 {
		t.Fatalf("answer: %d %v", status, err)
	}
	told := string(c.Fetch(t, "GET", conv, nil))
	if asked, answered := strings.Count(told, `"kind":"ask","author"`), strings.Count(told, `"kind":"ask_answer"`); asked != 1 || answered != 1 {
		t.Errorf("%d questions and %d answers, want one of each:\n%s", asked, answered, told)
	}
	if sent := strings.Count(string(c.Fetch(t, "GET", "/outbox", nil)), "depot@logistique.example"); sent == 0 {
		t.Error("no mail to the warehouse")
	}
}

// dying starts the desk to be killed at a boundary, lets it get there and brings
// it back.
func dying(t *testing.T, p *harness.Program, at string, do func()) {
	t.Helper()
	p.Kill()
	p.Start(t, at)
	if !p.Ready(t) {
		t.Fatalf("dead before %s", at)
	}
	do()
	if !p.DiesWithin(20 * time.Second) {
		t.Fatalf("it never came to %s", at)
	}
	p.Run(t)
}

// linkIn reads the link in the mail to the warehouse, which is held here: there
// is no mail server.
func linkIn(t *testing.T, c *harness.Client) string {
	t.Helper()
	var outbox struct {
		Items []struct {
			Kind     string `json:"kind"`
			Delivery struct {
				ID int64 `json:"id"`
			} `json:"delivery"`
		} `json:"items"`
	}
	c.Do(t, "GET", "/outbox", nil, &outbox)
	for _, m := range outbox.Items {
		if m.Kind == "system" {
			raw := string(c.Fetch(t, "GET", fmt.Sprintf("/outbox/%d/raw", m.Delivery.ID), nil))
			return linkOf.FindString(strings.NewReplacer("=\r\n", "", "=3D", "=").Replace(raw))
		}
	}
	t.Fatal("no mail to the warehouse")
	return ""
}

func sealIn(t *testing.T, p *harness.Program, link string) string {
	t.Helper()
	res, err := http.Get("http://" + p.Web + link)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	found := sealOf.FindSubmatch(page)
	if err != nil || found == nil {
		t.Fatalf("no form on the page: %v\n%s", err, page)
	}
	return string(found[1])
}

// give sends the form once, with a file.
func give(p *harness.Program, link, seal string) (int, error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.WriteField("seal", seal)
	_ = w.WriteField("text", "Oui, deux.")
	part, _ := w.CreateFormFile("files", "stock.txt")
	_, _ = part.Write([]byte("deux"))
	_ = w.Close()
	res, err := http.Post("http://"+p.Web+link, w.FormDataContentType(), &b)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}
