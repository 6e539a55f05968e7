package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/app"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// patience bounds how long a story waits for the world; it never sleeps that
// long when the world answers.
const patience = 30 * time.Second

// browser is a signed-in person's browser.
type browser struct {
	t    *testing.T
	base string
	http *http.Client
}

func (b *browser) call(method, path string, body, into any) int {
	b.t.Helper()
	var r io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		r = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.base+"/api/v1"+path, r)
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := b.http.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if into != nil && res.StatusCode < 300 {
		if err := json.Unmarshal(raw, into); err != nil {
			b.t.Fatalf("%s %s: %v in %s", method, path, err, raw)
		}
	}
	if res.StatusCode >= 300 {
		b.t.Logf("%s %s: %d %s", method, path, res.StatusCode, raw)
	}
	return res.StatusCode
}

func (b *browser) do(method, path string, body, into any) {
	b.t.Helper()
	if status := b.call(method, path, body, into); status >= 300 {
		b.t.Fatalf("%s %s: status %d", method, path, status)
	}
}

// eventually asks again until it is so.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !is() {
		select {
		case <-ctx.Done():
			t.Fatalf("waited %s in vain for: %s", patience, what)
		case <-tick.C:
		}
	}
}

// openDesk serves a fresh desk on the target ("" for SQLite) as the binary
// does, with its web address.
func openDesk(t *testing.T, target string, c app.Config) *browser {
	t.Helper()
	c.Data, c.Database = t.TempDir(), target
	if c.MaxMailSize == 0 {
		c.MaxMailSize = 50 << 20
	}
	ctx, cancel := context.WithCancel(context.Background())
	log := slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	host, err := app.NewHost(ctx, c, clock.System{}, log)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(host)
	t.Cleanup(func() {
		server.Close()
		cancel()
		host.Close()
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, base: server.URL, http: &http.Client{Jar: jar}}
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

func hostPort(t *testing.T, addr string) (string, int) {
	t.Helper()
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return host, n
}

// setUp makes Maison Lila with a mailbox on the real servers, as the first-run
// page would.
func setUp(t *testing.T, b *browser, boxes *mailserver.Mailboxes, mta *mailserver.MTA) {
	t.Helper()
	imapHost, imapPort := hostPort(t, boxes.IMAPSAddr)
	smtpHost, smtpPort := hostPort(t, mta.SubmissionAddr)
	days := map[string][][2]string{}
	for _, d := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		days[d] = [][2]string{{"00:00", "24:00"}}
	}
	b.do("POST", "/setup/shop", map[string]any{
		"shop":   map[string]any{"name": "Maison Lila", "language": "fr", "timezone": "Europe/Paris", "holidays": "FR"},
		"person": map[string]any{"name": "Véronica Lambert", "email": "veronica@maison-lila.example", "password": "une phrase assez longue", "language": "fr"},
		"mailbox": map[string]any{
			"name": "Bonjour", "address": "bonjour@maison-lila.example", "kind": "imap", "auth": "password",
			"username": "bonjour@maison-lila.example", "password": boxes.Password,
			"imap":    map[string]any{"host": imapHost, "port": imapPort, "security": "tls"},
			"smtp":    map[string]any{"host": smtpHost, "port": smtpPort, "security": "starttls"},
			"folders": map[string]any{"inbox": "", "junk": "", "sent": ""}, "after_intake": "none", "move_to": "", "owed_since": "now",
		},
		"hours": map[string]any{"week": days, "closed": []any{}, "always": false},
		"delay": map[string]any{"kind": "open_days", "n": 1}, "owed_since": "now",
	}, nil)
}

// hand gives a mail to a mail server, as a customer's own server would.
func hand(t *testing.T, addr, from, to, raw string) {
	t.Helper()
	if err := mailserver.Hand(addr, from, to, []byte(raw)); err != nil {
		t.Fatal(err)
	}
}

type row struct {
	ID      int64  `json:"id"`
	Snippet string `json:"snippet"`
	State   string `json:"state"`
}

func (b *browser) list(view string) []row {
	b.t.Helper()
	var page struct {
		Items []row `json:"items"`
	}
	b.do("GET", "/conversations?view="+view, nil, &page)
	return page.Items
}

// A customer's mail goes in through a real mail server, a person answers it,
// the answer reaches the customer's mailbox, and the promise is kept.
func TestTheMainJob(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		boxes := mailserver.Dovecot(t)
		mta := mailserver.Postfix(t, boxes)
		b := openDesk(t, target, app.Config{MailCA: boxes.CAFile})
		setUp(t, b, boxes, mta)

		defer func() {
			if t.Failed() {
				var out, settings json.RawMessage
				b.do("GET", "/outbox?state=all", nil, &out)
				b.do("GET", "/settings/mailboxes", nil, &settings)
				t.Logf("outbox: %s\nmailboxes: %s\nmail server: %s", out, settings, mta.Log())
			}
		}()
		mail := "From: Camille Renaud <camille@client.example>\r\nTo: bonjour@maison-lila.example\r\n" +
			"Subject: =?utf-8?q?O=C3=B9_est_mon_colis_=3F?=\r\nMessage-ID: <question-1@client.example>\r\n" +
			"Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
			"Bonjour, toujours rien reçu pour la commande 20418. Camille\r\n"
		hand(t, mta.SMTPAddr, "camille@client.example", "bonjour@maison-lila.example", mail)
		var owed []row
		eventually(t, "the mail to be owed", func() bool { owed = b.list("owed"); return len(owed) == 1 })
		if owed[0].State != "open" || !strings.Contains(owed[0].Snippet, "toujours rien reçu") {
			t.Errorf("owed: %+v", owed[0])
		}

		var conv struct {
			SeenThrough int64 `json:"seen_through"`
			Promises    []struct{ State, Kind string }
		}
		path := fmt.Sprintf("/conversations/%d", owed[0].ID)
		eventually(t, "the acknowledgement", func() bool {
			return len(boxes.List(t, "camille@client.example", "INBOX")) == 1
		})
		b.do("GET", path, nil, &conv)
		b.do("POST", path+"/replies", map[string]any{
			"key": "first-press", "html": "<p>Bonjour Camille,</p><p>Votre colis 20418 est livré demain, mardi 24/11/2026.</p>",
			"to": []any{}, "cc": []any{}, "bcc": []any{}, "attachments": []any{}, "seen_through": conv.SeenThrough,
			"holding_until": nil, "send_at": nil, "pass_reason": nil,
		}, nil)

		var received []mailserver.Stored
		eventually(t, "the answer in Camille's mailbox", func() bool {
			received = boxes.List(t, "camille@client.example", "INBOX")
			return len(received) == 2
		})
		m, err := mime.Parse(received[1].Raw, mime.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if m.InReplyTo != "question-1@client.example" || !strings.Contains(m.Text, "Véronica Lambert") || !strings.Contains(m.Text, "24/11/2026") {
			t.Errorf("the answer as it arrived:\n%s", received[1].Raw)
		}
		eventually(t, "the promise to be kept", func() bool { return len(b.list("owed")) == 0 })
		b.do("GET", path, nil, &conv)
		if len(conv.Promises) != 1 || conv.Promises[0].State != "kept" {
			t.Errorf("promises = %+v", conv.Promises)
		}
	})
}
