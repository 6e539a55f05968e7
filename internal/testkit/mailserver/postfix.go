package mailserver

import (
	_ "embed"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/daemon"
)

//go:embed postfix.main.cf.tmpl
var postfixMain string

//go:embed postfix.master.cf.tmpl
var postfixMaster string

// MTA is a running Postfix: the shop's provider and the customers' in one.
//
// It takes mail for any address under example and *.example and delivers it to
// Dovecot by LMTP. Some local parts are told apart, for stories of delivery:
//
//   - gone@…: 550 5.1.1 at RCPT, a hard refusal
//   - full@…: 452 4.2.2 at RCPT, a soft refusal
//   - later-gone@…: accepted, then a bounce (RFC 3464) to the sender
//
// Any other domain is refused with 554 5.7.1. Nothing leaves the machine.
type MTA struct {
	SMTPAddr       string // takes mail from anyone; STARTTLS offered
	SubmissionAddr string // asks for STARTTLS or not, and for a mailbox's user and password

	routes  []string
	dir     string
	spec    daemon.Spec
	process *daemon.Process
}

type postfixSettings struct {
	Dir, Certificates, Host string
	LMTP, Auth              string
	SMTP, Submission        int
	Owner, Group            string
}

// Postfix starts a Postfix that delivers into mb, ended with the test. It has
// to be started by root: its master refuses anybody else, and so does OpenSMTPD.
func Postfix(t testing.TB, mb *Mailboxes) *MTA {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Fatal("Postfix must be started by root: run the tests as root (`sudo make test`), as CI does")
	}
	require(t, "postfix", "postfix")
	var err error
	for range 3 { // a port may be taken between asking and listening
		var m *MTA
		if m, err = startPostfix(mb); err == nil {
			t.Cleanup(func() { m.process.Remove() })
			return m
		}
	}
	t.Fatal(err)
	return nil
}

func startPostfix(mb *Mailboxes) (*MTA, error) {
	dir, err := daemon.Folder("postfix", nil)
	if err != nil {
		return nil, err
	}
	m, err := configurePostfix(dir, mb)
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	if m.process, err = daemon.Start(m.spec); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, m.Log())
	}
	return m, nil
}

func configurePostfix(dir string, mb *Mailboxes) (*MTA, error) {
	settings := postfixSettings{
		Dir: dir, Certificates: mb.dir, Host: Host, Owner: "postfix", Group: "postdrop",
		LMTP: mb.LMTPAddr, Auth: mb.authAddr,
	}
	var err error
	for _, port := range []*int{&settings.SMTP, &settings.Submission} {
		if *port, err = daemon.FreePort(); err != nil {
			return nil, err
		}
	}
	m := &MTA{
		SMTPAddr: daemon.Address(settings.SMTP), SubmissionAddr: daemon.Address(settings.Submission), dir: dir,
	}
	if err := spool(dir, settings.Owner); err != nil {
		return nil, err
	}
	for name, text := range map[string]string{
		"main.cf": postfixMain, "master.cf": postfixMaster, "domains": domains, "recipients": recipients, "closed": closed,
	} {
		path := filepath.Join(dir, "etc", name)
		if err := render(path, text, settings); err != nil {
			return nil, err
		}
		// Postfix waits two seconds before it trusts a file that just changed.
		long := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
		if err := os.Chtimes(path, long, long); err != nil {
			return nil, fmt.Errorf("configure Postfix: %w", err)
		}
	}
	if err := m.writeRoutes(); err != nil {
		return nil, err
	}
	m.spec = daemon.Spec{
		Name: "Postfix", Dir: dir, Signal: "TERM", Path: filepath.Join(postfixDaemons, "master"),
		// -d stays in the foreground.
		Args: []string{"-c", filepath.Join(dir, "etc"), "-d"}, Env: []string{"MAIL_CONFIG=" + filepath.Join(dir, "etc")},
		Ready: func() error { return listening(m.SMTPAddr, m.SubmissionAddr) },
	}
	return m, nil
}

// The tables of regexp_table(5) that Postfix asks.
const (
	domains    = `/(^|\.)example$/ OK` + "\n"
	closed     = `/^later-gone@/ late:` + "\n"
	recipients = `/^gone@/ 550 5.1.1 no such mailbox` + "\n" + `/^full@/ 452 4.2.2 mailbox full` + "\n"
)

// postfixDaemons is where Debian keeps what is no command of its own.
const postfixDaemons = "/usr/lib/postfix/sbin"

// spool makes Postfix's folders: the queue's belong to its own account, the
// configuration to root, and others may pass.
func spool(dir, owner string) error {
	account, err := daemon.LookupUser(owner)
	if err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o755); err != nil { //nolint:gosec // Postfix's accounts pass through it
		return fmt.Errorf("configure Postfix: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "etc"), 0o755); err != nil { //nolint:gosec // as above
		return fmt.Errorf("configure Postfix: %w", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "spool"), 0o755); err != nil { //nolint:gosec // as above
		return fmt.Errorf("configure Postfix: %w", err)
	}
	for _, name := range []string{
		"data", "spool/active", "spool/bounce", "spool/corrupt", "spool/defer", "spool/deferred", "spool/flush",
		"spool/hold", "spool/incoming", "spool/maildrop", "spool/private", "spool/public", "spool/saved", "spool/trace",
	} {
		path := filepath.Join(dir, name)
		if err := os.Mkdir(path, 0o700); err != nil {
			return fmt.Errorf("configure Postfix: %w", err)
		}
		if err := os.Chown(path, int(account.UID), int(account.GID)); err != nil {
			return fmt.Errorf("configure Postfix: %w", err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "spool", "pid"), 0o755); err != nil { //nolint:gosec // root's own
		return fmt.Errorf("configure Postfix: %w", err)
	}
	return nil
}

// Route sends the mail for domain to the SMTP server at addr instead of
// Dovecot: the shop's provider that hands mail on to the desk's listener.
// Postfix restarts for it, since its processes remember the last answers of a
// table: connections are cut, the queue stays.
func (m *MTA) Route(t testing.TB, domain, addr string) {
	t.Helper()
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	m.routes = append(m.routes, fmt.Sprintf("%s smtp:[%s]:%s", domain, host, port))
	m.Stop(t)
	if err := m.writeRoutes(); err != nil {
		t.Fatal(err)
	}
	m.Start(t)
}

// writeRoutes writes the transport(5) table.
func (m *MTA) writeRoutes() error {
	path := filepath.Join(m.dir, "etc", "transport")
	if err := os.WriteFile(path, []byte(strings.Join(m.routes, "\n")+"\n"), 0o644); err != nil { //nolint:gosec // read by Postfix's account
		return fmt.Errorf("route: %w", err)
	}
	return nil
}

// Stop ends Postfix at once, connections included, and keeps its queue.
func (m *MTA) Stop(t testing.TB) {
	t.Helper()
	m.process.Stop()
}

// Start brings it back after Stop, on the same ports with the same queue.
func (m *MTA) Start(t testing.TB) {
	t.Helper()
	p, err := daemon.Start(m.spec)
	if err != nil {
		t.Fatalf("%v\n%s", err, m.Log())
	}
	m.process = p
}

// Log is the end of Postfix's mail log.
func (m *MTA) Log() string {
	const most = 8192
	text, err := os.ReadFile(filepath.Join(m.dir, "mail.log"))
	if err != nil {
		return ""
	}
	return string(text[max(0, len(text)-most):])
}
