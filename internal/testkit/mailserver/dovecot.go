package mailserver

import (
	"bytes"
	"crypto/x509"
	_ "embed"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"testing"
	"text/template"

	"github.com/comptoir-desk/comptoir/internal/testkit/daemon"
)

//go:embed dovecot.conf.tmpl
var dovecotConf string

// Mailboxes is a running Dovecot. Every user name of the form local@domain
// exists, with the one Password; folders INBOX, Sent, Junk, Drafts and Trash
// are there with their special uses (RFC 6154), others on first Append.
type Mailboxes struct {
	IMAPAddr  string         // 127.0.0.1:port, plain or STARTTLS
	IMAPSAddr string         // the same by TLS from the first byte
	LMTPAddr  string         // where a mail server delivers (RFC 2033)
	Password  string         // of every user
	RootCAs   *x509.CertPool // the authority behind its certificate
	CAFile    string         // the same as a PEM file, for a program's flag

	authAddr string // Dovecot's SASL service, for Postfix
	dir      string
	spec     daemon.Spec
	process  *daemon.Process
}

// dovecotSettings fill dovecot.conf.tmpl.
type dovecotSettings struct {
	Dir, Password           string
	MailUser, MailGroup     string // who owns the mail
	LoginUser, InternalUser string
	IMAP, IMAPS, LMTP, Auth int
	Privileged              bool // as root: processes change user
}

// Dovecot starts a Dovecot with empty mailboxes, ended with the test. Dovecot
// missing fails the test with what to install.
func Dovecot(t testing.TB) *Mailboxes {
	t.Helper()
	program := require(t, "dovecot", "dovecot-imapd dovecot-lmtpd")
	var err error
	for range 3 { // a port may be taken between asking and listening
		var m *Mailboxes
		if m, err = startDovecot(program); err == nil {
			t.Cleanup(func() { m.process.Remove() })
			return m
		}
	}
	t.Fatal(err)
	return nil
}

func startDovecot(program string) (*Mailboxes, error) {
	dir, err := daemon.Folder("dovecot", nil)
	if err != nil {
		return nil, err
	}
	m, err := configureDovecot(program, dir)
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	if m.process, err = daemon.Start(m.spec); err != nil {
		return nil, err
	}
	return m, nil
}

func configureDovecot(program, dir string) (*Mailboxes, error) {
	settings, err := accounts()
	if err != nil {
		return nil, err
	}
	settings.Dir, settings.Password = dir, "tulipe-noire"
	for _, port := range []*int{&settings.IMAP, &settings.IMAPS, &settings.LMTP, &settings.Auth} {
		if *port, err = daemon.FreePort(); err != nil {
			return nil, err
		}
	}
	ca, err := writeCertificate(dir)
	if err != nil {
		return nil, err
	}
	caFile, conf := filepath.Join(dir, "ca.pem"), filepath.Join(dir, "dovecot.conf")
	if err := os.WriteFile(caFile, ca, 0o600); err != nil {
		return nil, fmt.Errorf("configure Dovecot: %w", err)
	}
	if err := render(conf, dovecotConf, settings); err != nil {
		return nil, err
	}
	if err := mailFolder(filepath.Join(dir, "mail"), settings); err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	m := &Mailboxes{
		IMAPAddr: daemon.Address(settings.IMAP), IMAPSAddr: daemon.Address(settings.IMAPS),
		LMTPAddr: daemon.Address(settings.LMTP), authAddr: daemon.Address(settings.Auth),
		Password: settings.Password, RootCAs: roots, CAFile: caFile, dir: dir,
	}
	m.spec = daemon.Spec{
		Name: "Dovecot", Dir: dir, Signal: "TERM", Path: program, Args: []string{"-F", "-c", conf},
		Ready: func() error { return listening(m.IMAPAddr, m.IMAPSAddr, m.LMTPAddr, m.authAddr) },
	}
	return m, nil
}

// accounts says who does what: as root the accounts of Debian's packages, since
// Dovecot refuses to deliver as root; else everything as ourselves.
func accounts() (dovecotSettings, error) {
	if os.Geteuid() == 0 {
		return dovecotSettings{
			MailUser: "mail", MailGroup: "mail", LoginUser: "dovenull", InternalUser: "dovecot", Privileged: true,
		}, nil
	}
	me, err := user.Current()
	if err != nil {
		return dovecotSettings{}, fmt.Errorf("configure Dovecot: %w", err)
	}
	group, err := user.LookupGroupId(me.Gid)
	if err != nil {
		return dovecotSettings{}, fmt.Errorf("configure Dovecot: %w", err)
	}
	return dovecotSettings{
		MailUser: me.Username, MailGroup: group.Name, LoginUser: me.Username, InternalUser: me.Username,
	}, nil
}

// mailFolder makes the folder of all mailboxes, and lets the other accounts
// pass through the ones above it.
func mailFolder(path string, settings dovecotSettings) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return fmt.Errorf("configure Dovecot: %w", err)
	}
	if !settings.Privileged {
		return nil
	}
	owner, err := daemon.LookupUser(settings.MailUser)
	if err != nil {
		return err
	}
	if err := os.Chown(path, int(owner.UID), int(owner.GID)); err != nil {
		return fmt.Errorf("configure Dovecot: %w", err)
	}
	if err := os.Chmod(filepath.Dir(path), 0o711); err != nil { //nolint:gosec // names stay hidden, passing is needed
		return fmt.Errorf("configure Dovecot: %w", err)
	}
	return nil
}

// Stop ends Dovecot at once, connections included, and keeps the mail.
func (m *Mailboxes) Stop(t testing.TB) {
	t.Helper()
	m.process.Stop()
}

// Start brings it back after Stop, on the same ports with the same mail.
func (m *Mailboxes) Start(t testing.TB) {
	t.Helper()
	p, err := daemon.Start(m.spec)
	if err != nil {
		t.Fatal(err)
	}
	m.process = p
}

// Restart is Stop and Start: what a night's update of a mail server looks like.
func (m *Mailboxes) Restart(t testing.TB) {
	t.Helper()
	m.Stop(t)
	m.Start(t)
}

// Log is the end of what Dovecot printed, for a failing test.
func (m *Mailboxes) Log() string { return m.process.Log() }

// require finds a server's program; Debian keeps them out of a user's PATH.
func require(t testing.TB, program, packages string) string {
	t.Helper()
	for _, path := range []string{program, "/usr/sbin/" + program} {
		if found, err := exec.LookPath(path); err == nil {
			return found
		}
	}
	t.Fatalf("%s is not installed: run `make test-deps` (Debian: apt-get install %s)", program, packages)
	return ""
}

// listening reports whether somebody answers on every address.
func listening(addrs ...string) error {
	for _, addr := range addrs {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			return err
		}
		_ = c.Close()
	}
	return nil
}

// render writes a configuration file from its template.
func render(path, text string, settings any) error {
	tmpl, err := template.New(filepath.Base(path)).Option("missingkey=error").Parse(text)
	if err != nil {
		return fmt.Errorf("configure: %w", err)
	}
	var out bytes.Buffer
	if err := tmpl.Execute(&out, settings); err != nil {
		return fmt.Errorf("configure: %w", err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil { //nolint:gosec // the server's own account reads it
		return fmt.Errorf("configure: %w", err)
	}
	return nil
}
