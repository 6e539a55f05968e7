package rig

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/daemon"
)

// Desk is the built binary at work, and a signed-in browser on it.
type Desk struct {
	Base     string // http://127.0.0.1:port
	Data     string
	Database string // PostgreSQL address; "" for SQLite in Data
	SMTP     string // where it takes mail that a relay hands over
	Args     []string
	Env      []string

	binary string
	http   *http.Client
	cmd    *exec.Cmd
	log    *os.File
}

// NewDesk prepares a desk with a data folder of its own; nothing runs yet.
func NewDesk(s *Stage, binary, database string, args ...string) (*Desk, error) {
	port, err := daemon.FreePort()
	if err != nil {
		return nil, err
	}
	smtp, err := daemon.FreePort()
	if err != nil {
		return nil, err
	}
	if binary, err = filepath.Abs(binary); err != nil {
		return nil, err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	d := &Desk{Base: "http://" + daemon.Address(port), Data: s.TempDir(), Database: database, SMTP: daemon.Address(smtp), binary: binary}
	d.http = &http.Client{Jar: jar, Timeout: 30 * time.Second}
	d.Args = append([]string{
		"serve", "--data=" + d.Data, "--listen=" + daemon.Address(port), "--url=" + d.Base,
		"--smtp-listen=" + d.SMTP, "--log-level=warn",
	}, args...)
	if database != "" {
		d.Args = append(d.Args, "--database="+database)
	}
	if d.log, err = os.Create(filepath.Join(s.TempDir(), "log")); err != nil {
		return nil, err
	}
	s.Cleanup(d.Stop)
	return d, nil
}

// Exec starts the process and doesn't wait for anything.
func (d *Desk) Exec() error {
	d.cmd = exec.Command(d.binary, d.Args...) //nolint:gosec // the bench's own choice
	d.cmd.Stdout, d.cmd.Stderr = d.log, d.log
	d.cmd.Env = append(os.Environ(), d.Env...)
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return d.cmd.Start()
}

// Start starts the process and waits until it answers.
func (d *Desk) Start(ctx context.Context) error {
	if err := d.Exec(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		res, err := d.get(ctx, "/api/v1/setup")
		if err == nil {
			_ = res.Body.Close()
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("the desk doesn't answer: %w\n%s", err, d.Log())
		}
		pause(ctx, 20*time.Millisecond)
	}
}

// Stop ends the process as a service manager does, and waits.
func (d *Desk) Stop() {
	if d.cmd == nil || d.cmd.Process == nil {
		return
	}
	_ = d.cmd.Process.Signal(syscall.SIGTERM)
	done := make(chan struct{})
	go func() { _ = d.cmd.Wait(); close(done) }() // how it ended is in its log
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		_ = d.cmd.Process.Kill()
		<-done
	}
	d.cmd = nil
}

// PID of the running process.
func (d *Desk) PID() int { return d.cmd.Process.Pid }

// Log is what the process printed last.
func (d *Desk) Log() string {
	raw, err := os.ReadFile(d.log.Name())
	if err != nil {
		return err.Error()
	}
	return string(raw[max(0, len(raw)-4000):])
}

func (d *Desk) get(ctx context.Context, path string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.Base+path, http.NoBody)
	if err != nil {
		return nil, err
	}
	return d.http.Do(req)
}

// Cookie is the session's header line, for a client without a jar.
func (d *Desk) Cookie() string {
	req, err := http.NewRequest(http.MethodGet, d.Base+"/api/v1/me", http.NoBody)
	if err != nil {
		return ""
	}
	var all []string
	for _, c := range d.http.Jar.Cookies(req.URL) {
		all = append(all, c.Name+"="+c.Value)
	}
	return strings.Join(all, "; ")
}

// Call asks the API and reads its answer.
func (d *Desk) Call(ctx context.Context, method, path string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, d.Base+"/api/v1"+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := d.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode >= 300 {
		err = fmt.Errorf("%s %s: %s %s", method, path, res.Status, answer)
	}
	if err == nil && into != nil {
		err = json.Unmarshal(answer, into)
	}
	return err
}

// SetUp makes the shop, open on working days as shops are, and its owner.
func (d *Desk) SetUp(ctx context.Context) error {
	days := map[string][][2]string{}
	for _, day := range []string{"mon", "tue", "wed", "thu", "fri"} {
		days[day] = [][2]string{{"09:00", "12:30"}, {"14:00", "18:00"}}
	}
	for _, day := range []string{"sat", "sun"} {
		days[day] = [][2]string{}
	}
	return d.Call(ctx, http.MethodPost, "/setup/shop", map[string]any{
		"shop":    map[string]any{"name": "Maison Lila", "language": "fr", "timezone": "Europe/Paris", "holidays": "FR"},
		"person":  map[string]any{"name": "Véronica Lambert", "email": "veronica@maison-lila.example", "password": "une phrase assez longue", "language": "fr"},
		"mailbox": nil, "hours": map[string]any{"week": days, "closed": []any{}, "always": false},
		"delay": map[string]any{"kind": "open_days", "n": 1}, "owed_since": "now",
	}, nil)
}

// Connect adds the mailbox; the desk begins to read it at once.
func (d *Desk) Connect(ctx context.Context, m Mailbox) error {
	return d.Call(ctx, http.MethodPost, "/settings/mailboxes", map[string]any{
		"name": "Bonjour", "address": m.Address, "kind": "imap", "auth": "password", "username": m.Address, "password": m.Password,
		"imap":    map[string]any{"host": m.Host, "port": m.Port, "security": m.Security},
		"smtp":    map[string]any{"host": "", "port": 0, "security": "none"},
		"folders": map[string]any{"inbox": "", "junk": "", "sent": ""}, "after_intake": "none", "move_to": "", "owed_since": m.OwedSince,
	}, nil)
}

// Handed adds a mailbox that a relay fills by SMTP.
func (d *Desk) Handed(ctx context.Context, address string) error {
	return d.Call(ctx, http.MethodPost, "/settings/mailboxes", map[string]any{
		"name": "Bonjour", "address": address, "kind": "smtp", "auth": "password", "username": "", "password": "",
		"imap":    map[string]any{"host": "", "port": 0, "security": "none"},
		"smtp":    map[string]any{"host": "", "port": 0, "security": "none"},
		"folders": map[string]any{"inbox": "", "junk": "", "sent": ""}, "after_intake": "none", "move_to": "", "owed_since": "now",
	}, nil)
}

// Mailbox says where the mail is read and since when it is owed an answer.
type Mailbox struct {
	Address, Password, Host, Security, OwedSince string
	Port                                         int
}

// Store opens the desk's store for reading beside it.
func (d *Desk) Store() (*Look, error) {
	if d.Database != "" {
		return openLook("pgx", d.Database)
	}
	return openLook("sqlite", "file:"+filepath.Join(d.Data, "comptoir.db")+"?mode=ro&_pragma=busy_timeout(5000)")
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

var (
	errInterrupted = errors.New("interrupted")
	errNoDial      = errors.New("the desk doesn't dial the mail server")
)
