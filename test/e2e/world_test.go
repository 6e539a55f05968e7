package e2e_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

const (
	// patience bounds how long a story waits for the world; it never waits that
	// long when the world answers.
	patience = 40 * time.Second
	// telling bounds one story in the browser.
	telling = 5 * time.Minute

	shopAddress = "bonjour@maison-lila.example"
	password    = "une phrase assez longue"
)

// world is what lies around one story's browser: the desk and, but for the demo
// shop, the mail servers.
type world struct {
	t     *testing.T
	desk  *desk
	boxes *mailserver.Mailboxes
	mta   *mailserver.MTA
	part  string // "2/4": of a story that is told in parts
}

// newWorld starts mail servers and a desk on target ("" for SQLite).
func newWorld(t *testing.T, target string) *world {
	t.Helper()
	boxes := mailserver.Dovecot(t)
	mta := mailserver.Postfix(t, boxes)
	return &world{t: t, boxes: boxes, mta: mta, desk: openDesk(t, target, boxes.CAFile)}
}

// told is what a story is given to begin with (see stories/steps.mjs).
type told struct {
	Base     string            `json:"base"`
	World    string            `json:"world"` // where acts outside the browser are asked for
	Out      string            `json:"out"`
	Language string            `json:"language"`
	Mail     map[string]string `json:"mail"`
	Password string            `json:"password"`
	Part     string            `json:"part"`
}

// tell runs stories/NAME.mjs and fails with what the story says.
func (w *world) tell(name, language string) {
	w.t.Helper()
	control := httptest.NewServer(http.HandlerFunc(w.act))
	defer control.Close()
	out, err := filepath.Abs(filepath.Join("out", strings.ReplaceAll(w.t.Name(), "/", "-")))
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.RemoveAll(out); err != nil {
		w.t.Fatal(err)
	}
	start := told{Base: w.desk.base, World: control.URL, Out: out, Language: language, Password: password, Part: w.part}
	if w.boxes != nil {
		imap, smtpAt := w.split(w.boxes.IMAPSAddr), w.split(w.mta.SubmissionAddr)
		start.Mail = map[string]string{
			"address": shopAddress, "password": w.boxes.Password,
			"imapHost": imap[0], "imapPort": imap[1], "smtpHost": smtpAt[0], "smtpPort": smtpAt[1],
		}
	}
	raw, err := json.Marshal(start)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(w.t.Context(), telling)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", filepath.Join("stories", name+".mjs")) //nolint:gosec // one of ours
	cmd.Env = append(os.Environ(), "STORY="+string(raw))
	said, err := cmd.CombinedOutput()
	if text := strings.TrimSpace(string(said)); text != "" {
		w.t.Log(text)
	}
	if err != nil {
		w.t.Fatalf("the story %q did not end well (%v); pictures and trace are in %s", name, err, out)
	}
}

// act does what a story cannot do from inside its browser.
func (w *world) act(out http.ResponseWriter, r *http.Request) {
	if err := w.do(r.Context(), strings.TrimPrefix(r.URL.Path, "/"), r.Body); err != nil {
		http.Error(out, err.Error(), http.StatusInternalServerError)
	}
}

func (w *world) do(ctx context.Context, verb string, body io.Reader) error {
	var asked struct {
		letter
		Start int `json:"start"`
	}
	if err := json.NewDecoder(body).Decode(&asked); err != nil {
		return err
	}
	switch verb {
	case "write":
		return w.hand(asked.letter)
	case "demo-write":
		return w.desk.run(ctx, "demo", "write", "--start", strconv.Itoa(asked.Start))
	case "kill":
		w.desk.kill()
		return nil
	case "start":
		return w.desk.start(ctx)
	default:
		return fmt.Errorf("the world knows no %q", verb)
	}
}

// letter is what a customer writes.
type letter struct {
	From    string `json:"from"` // "Camille Renaud <camille@client.example>"
	ID      string `json:"id"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	Answers string `json:"answers"` // the Message-ID that it answers
	Files   []file `json:"files"`
}

// file is attached to a letter.
type file struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Content []byte `json:"content"` // base64 on its way
}

// hand gives a customer's letter to the mail server, as their provider would.
func (w *world) hand(l letter) error {
	from, err := mail.ParseAddress(l.From)
	if err != nil {
		return err
	}
	raw := "From: " + from.String() + "\r\nTo: " + shopAddress + "\r\nSubject: " + mime.QEncoding.Encode("utf-8", l.Subject) +
		"\r\nMessage-ID: <" + l.ID + ">\r\nDate: " + time.Now().Format(time.RFC1123Z)
	if l.Answers != "" {
		raw += "\r\nIn-Reply-To: <" + l.Answers + ">\r\nReferences: <" + l.Answers + ">"
	}
	raw += "\r\nMIME-Version: 1.0\r\n" + l.body()
	return mailserver.Hand(w.mta.SMTPAddr, from.Address, shopAddress, []byte(raw))
}

// body is the letter's text, with its files if it has any (RFC 2046, 5.1).
func (l letter) body() string {
	text := "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
		strings.ReplaceAll(l.Text, "\n", "\r\n") + "\r\n"
	if len(l.Files) == 0 {
		return text
	}
	body := "Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\n" + text
	for _, f := range l.Files {
		body += "--part\r\nContent-Type: " + f.Type + "\r\nContent-Transfer-Encoding: base64\r\n" +
			"Content-Disposition: attachment; filename=\"" + f.Name + "\"\r\n\r\n"
		for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(f.Content)), 76) {
			body += string(line) + "\r\n"
		}
	}
	return body + "--part--\r\n"
}

// received waits until a mailbox holds n mails and returns their bytes.
func (w *world) received(address string, n int) [][]byte {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		var raws [][]byte
		for _, m := range w.boxes.List(w.t, address, "INBOX") {
			raws = append(raws, m.Raw)
		}
		if len(raws) >= n {
			return raws
		}
		select {
		case <-ctx.Done():
			w.t.Fatalf("%s holds %d mails instead of %d\n%s", address, len(raws), n, w.mta.Log())
		case <-tick.C:
		}
	}
}

func (w *world) split(address string) [2]string {
	w.t.Helper()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		w.t.Fatal(err)
	}
	return [2]string{host, port}
}

// setUp makes Maison Lila by the API, for stories that begin later.
func (w *world) setUp(language string) {
	w.t.Helper()
	server := func(address, security string) map[string]any {
		at := w.split(address)
		port, err := strconv.Atoi(at[1])
		if err != nil {
			w.t.Fatal(err)
		}
		return map[string]any{"host": at[0], "port": port, "security": security}
	}
	w.desk.post(w.t, "/setup/shop", map[string]any{
		"shop": map[string]any{"name": "Maison Lila", "language": "fr", "timezone": "Europe/Paris", "holidays": "FR"},
		"person": map[string]any{
			"name": "Véronica Lambert", "email": "veronica@maison-lila.example", "password": password, "language": language,
		},
		"mailbox": map[string]any{
			"name": "Maison Lila", "address": shopAddress, "kind": "imap", "auth": "password",
			"username": shopAddress, "password": w.boxes.Password,
			"imap": server(w.boxes.IMAPSAddr, "tls"), "smtp": server(w.mta.SubmissionAddr, "starttls"),
			"folders": map[string]any{}, "after_intake": "none", "move_to": "", "owed_since": "now",
		},
		"hours": map[string]any{"week": map[string]any{}, "closed": []any{}, "always": true},
		"delay": map[string]any{"kind": "open_hours", "n": 4}, "owed_since": "now",
	})
}
