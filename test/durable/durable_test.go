// Package durable_test watches the desk's own system calls: what the source of
// a mail or of an answer hears must come after the disk said that it is kept
// (I1). A power cut cannot be had in a test; the order of fsync and answer can.
package durable_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/smtp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
	"github.com/comptoir-desk/comptoir/test/kill/harness"
)

// binary is the desk as it is shipped.
var binary string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "comptoir-durable-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if binary, err = harness.Build(dir, ""); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// watched is a desk under strace.
type watched struct {
	*harness.Program
	client *harness.Client
	path   string
}

// watchDesk sets Maison Lila up under strace.
func watchDesk(t *testing.T, box harness.Mailbox) *watched {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal("strace is not installed: run `make test-deps` (Debian: apt-get install strace)")
	}
	w := &watched{path: filepath.Join(t.TempDir(), "trace")}
	// -D makes the desk our child, not strace's: it ends as usual. The strings
	// are long enough for a whole page of the database.
	w.Program = harness.NewProgram(t, binary, harness.Under(strace, "-D", "-f", "--seccomp-bpf", "-yy", "-s", "5000", "-o", w.path,
		"-e", "trace=openat,fsync,fdatasync,rename,renameat,renameat2,write,sendto,writev,pwrite64"))
	w.Run(t)
	w.client = harness.NewClient(w.Program)
	harness.SetUp(t, w.client, box)
	return w
}

// calls ends the desk and reads the trace, once its last line tells of that end.
func (w *watched) calls(t *testing.T) trace {
	t.Helper()
	end := regexp.MustCompile(fmt.Sprintf(`(?m)^%d +\+\+\+ killed by SIGKILL`, w.PID()))
	w.Kill()
	eventually(t, "the end of the trace", func() bool {
		text, err := os.ReadFile(w.path)
		return err == nil && end.Match(text)
	})
	return readTrace(t, w.path)
}

func letter(token string) []byte {
	return []byte("From: Camille Renaud <camille@client.example>\r\nTo: " + harness.Own + "\r\nSubject: Commande\r\nMessage-ID: <" + token +
		"@client.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour, mon jeton est " + token + ".\r\n")
}

func port(t *testing.T, addr string) string {
	t.Helper()
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	return port
}

const syncOf = `^f(data)?sync\(\d+<[^>]*`

// kept are the steps by which bytes of this name become durable, in the file
// system and then in the database with what the rest of the pattern says.
func kept(content []byte) []step {
	sum := sha256.Sum256(content)
	name := hex.EncodeToString(sum[:])
	dir, file := name[:2], name[2:]
	return []step{
		{"the blob's bytes are written", `^write\(\d+<[^>]*/blobs/tmp/put-`},
		{"the blob's file is synced", syncOf + `/blobs/tmp/put-\d+>\)$`},
		{"the blob gets its name", `^rename(at2?)?\(.*/blobs/tmp/put-.*/blobs/` + dir + `/` + file + `"`},
		{"the blob's folder is synced", syncOf + `/blobs/` + dir + `>\)$`},
		{"the row with the blob is written", `^pwrite64\(\d+<[^>]*comptoir\.db-wal>.*` + name},
		{"the database is synced", syncOf + `comptoir\.db-wal>\)$`},
	}
}

// row are the steps by which a row with this word becomes durable.
func row(word string) []step {
	return []step{
		{"the row is written", `^pwrite64\(\d+<[^>]*comptoir\.db-wal>.*` + regexp.QuoteMeta(word)},
		{"the database is synced", syncOf + `comptoir\.db-wal>\)$`},
	}
}

// eventually waits for the desk, which strace makes slow.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !is(); time.Sleep(50 * time.Millisecond) { //nolint:forbidigo // another process
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func (w *watched) owed(t *testing.T) (ids []int64) {
	t.Helper()
	var page struct {
		Items []struct {
			ID int64 `json:"id"`
		} `json:"items"`
	}
	w.client.Do(t, "GET", "/conversations?view=owed", nil, &page)
	for _, row := range page.Items {
		ids = append(ids, row.ID)
	}
	return ids
}

// A relay hears 250 when blob, folder and database are synced; a person sees
// "sent" when the answer's are.
func TestSyncedBeforeThe250AndThe2xx(t *testing.T) {
	t.Parallel()
	sink := mailserver.NewSink(t)
	w := watchDesk(t, harness.Mailbox{SMTP: &harness.Server{Addr: sink.Addr, Security: "none"}})
	mail := letter("tulipe-noire-1")
	if err := smtp.SendMail(w.SMTP, nil, "camille@client.example", []string{harness.Own}, mail); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the mail to be owed", func() bool { return len(w.owed(t)) == 1 })
	path := fmt.Sprintf("/conversations/%d", w.owed(t)[0])
	var conv struct {
		SeenThrough int64 `json:"seen_through"`
	}
	w.client.Do(t, "GET", path, nil, &conv)
	var told struct {
		Delivery struct {
			ID int64 `json:"id"`
		} `json:"delivery"`
	}
	w.client.Do(t, "POST", path+"/replies", map[string]any{
		"key": "answer-press", "html": "<p>Bonjour, votre commande part ce soir, jeton tulipe-noire-2.</p>", "seen_through": conv.SeenThrough,
	}, &told)
	answer := w.client.Fetch(t, "GET", fmt.Sprintf("/outbox/%d/raw", told.Delivery.ID), nil)
	calls := w.calls(t)

	calls.prove(t, kept(mail), step{"the 250 of the mail", `^write\(\d+<TCP[^>]*:` + port(t, w.SMTP) + `->[^>]*>, "250 2\.0\.0 OK: queued`})
	calls.prove(t, kept(answer), step{"the 202 of the answer", `^write\(\d+<TCP[^>]*:` + port(t, w.Web) + `->[^>]*>, "HTTP/1\.1 202 `})
}

// The mailbox is touched (flag, move) when the mail is synced as it came, and
// the message and its promise too.
func TestSyncedBeforeTheMailboxIsTouched(t *testing.T) {
	t.Parallel()
	for after, command := range map[string]string{"flag": `UID STORE \d+ \+FLAGS`, "move": `UID MOVE \d+ `} {
		t.Run(after, func(t *testing.T) {
			t.Parallel()
			boxes := mailserver.Dovecot(t)
			w := watchDesk(t, harness.Mailbox{
				IMAP: &harness.Server{Addr: boxes.IMAPAddr, Security: "none"}, Password: boxes.Password, AfterIntake: after, MoveTo: "Trash",
			})
			mail := letter("tulipe-noire-3")
			boxes.Append(t, harness.Own, "INBOX", mail, nil, time.Time{})
			eventually(t, "the mailbox to be touched", func() bool {
				list := boxes.List(t, harness.Own, "INBOX")
				return len(list) == 0 || strings.Contains(strings.Join(list[0].Flags, " "), "Seen")
			})
			calls := w.calls(t)
			steps := append(kept(mail), row("tulipe-noire-3")...)
			calls.prove(t, steps, step{"the mailbox's " + after, `^write\(\d+<TCP[^>]*->[^>]*:` + port(t, boxes.IMAPAddr) + `\]>, "\S+ ` + command})
		})
	}
}
