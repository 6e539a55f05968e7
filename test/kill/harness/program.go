package harness

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/daemon"
)

// Build builds the desk into dir and returns the binary's path. tags is
// "failpoints" for a desk that can be killed at a named place, "" for the plain
// one.
func Build(dir, tags string) (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "comptoir")
	build := exec.Command("go", "build", "-tags", tags, "-o", path, "./cmd/comptoir") //nolint:gosec // our own words
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the desk: %w\n%s", err, out)
	}
	return path, nil
}

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		above := filepath.Dir(dir)
		if above == dir {
			return "", fmt.Errorf("no go.mod above the working folder")
		}
		dir = above
	}
}

// Program is the desk on one data folder; it may be started and killed as often
// as one likes.
type Program struct {
	Web, SMTP string // addresses; they stay the same over restarts, unless taken by others meanwhile

	binary   string
	data     string
	database string
	env      []string
	wrap     []string // a command that runs the binary, as strace
	process  *daemon.Process
	run      string // the folder of that process
}

// Setting changes a program before its first start.
type Setting func(*Program)

// OnDatabase makes it work on PostgreSQL at the address; "" is SQLite.
func OnDatabase(address string) Setting { return func(p *Program) { p.database = address } }

// Trusting names a certificate authority for mail servers.
func Trusting(caFile string) Setting {
	return func(p *Program) { p.env = append(p.env, "COMPTOIR_MAIL_CA="+caFile) }
}

// CallingInside lets webhooks reach a network of the operator's own.
func CallingInside(network string) Setting {
	return func(p *Program) { p.env = append(p.env, "COMPTOIR_WEBHOOK_ALLOW="+network) }
}

// RingingInside lets web push reach a service in a network of the operator's own.
func RingingInside(network string) Setting {
	return func(p *Program) { p.env = append(p.env, "COMPTOIR_PUSH_ALLOW="+network) }
}

// Patience is how long a desk on PostgreSQL waits before it takes up the jobs of
// one that was killed; on SQLite, where there is no other, it takes them at once.
func (p *Program) Patience() time.Duration {
	if p.database == "" {
		return 0
	}
	return lease + time.Second
}

// Hurried shortens the waits that a person would not sit through; see package
// failpoint.
func Hurried() Setting {
	return func(p *Program) {
		p.env = append(p.env, fmt.Sprintf("COMPTOIR_FAILPOINT_DURATIONS=delivery.uncertain_wait=%[1]s,delivery.soft_wait=500ms,"+
			"reply.undo_time=30ms,incident.pace=150ms,jobs.lease=%[2]s,imap.read_lease=%[2]s,imap.settle_lease=%[2]s", uncertainWait, lease))
	}
}

const (
	uncertainWait = 3 * time.Second
	lease         = 2 * time.Second
)

// Under runs the binary by a command, its words before the binary's.
func Under(words ...string) Setting { return func(p *Program) { p.wrap = words } }

// NewProgram prepares a desk with an empty data folder, which goes with the
// test.
func NewProgram(tb testing.TB, binary string, settings ...Setting) *Program {
	tb.Helper()
	data, err := daemon.Folder("desk", nil)
	if err != nil {
		tb.Fatal(err)
	}
	p := &Program{binary: binary, data: data}
	for _, set := range settings {
		set(p)
	}
	if err := p.choosePorts(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		p.Kill()
		_ = os.RemoveAll(data)
	})
	return p
}

// Data is the folder of its data.
func (p *Program) Data() string { return p.data }

func (p *Program) choosePorts() error {
	for _, at := range []*string{&p.Web, &p.SMTP} {
		port, err := daemon.FreePort()
		if err != nil {
			return err
		}
		*at = daemon.Address(port)
	}
	return nil
}

// Start runs it, to be killed at failpoint ("name" or "name:3"), "" for none.
// It is not ready yet when Start returns, and may be dead already.
func (p *Program) Start(tb testing.TB, failpoint string) {
	tb.Helper()
	dir, err := daemon.Folder("run", nil)
	if err != nil {
		tb.Fatal(err)
	}
	p.run = dir
	words := append(append([]string{}, p.wrap...), p.binary, "serve")
	p.process, err = daemon.Start(daemon.Spec{
		Name: "desk", Dir: dir, Signal: "TERM", Path: words[0], Args: words[1:],
		Env: append([]string{
			"COMPTOIR_FAILPOINT=" + failpoint, "COMPTOIR_DATA=" + p.data, "COMPTOIR_DATABASE=" + p.database, "COMPTOIR_LISTEN=" + p.Web,
			"COMPTOIR_SMTP_LISTEN=" + p.SMTP, "COMPTOIR_LOG_LEVEL=warn",
		}, p.env...),
		Ready: func() error { return nil },
	})
	if err != nil && !strings.Contains(err.Error(), "it ended at once") {
		tb.Fatal(err)
	}
}

// Ready waits until the web API answers; false when the desk died before.
func (p *Program) Ready(tb testing.TB) bool {
	tb.Helper()
	c := NewClient(p)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for every := time.NewTicker(5 * time.Millisecond); ; <-every.C {
		if status, err := c.Call(ctx, "GET", "/setup", nil, nil); err == nil && status == 200 {
			return true
		}
		if p.Dead() {
			return false
		}
		if ctx.Err() != nil {
			tb.Fatalf("the desk does not answer:\n%s", p.Log())
		}
	}
}

// Run starts it without a failpoint and waits until it answers. A port that
// somebody took while the desk was down is replaced.
func (p *Program) Run(tb testing.TB) {
	tb.Helper()
	for range 3 {
		p.Start(tb, "")
		if p.Ready(tb) {
			return
		}
		if err := p.choosePorts(); err != nil {
			tb.Fatal(err)
		}
	}
	tb.Fatalf("the desk does not start:\n%s", p.Log())
}

// PID is its process id, 0 when it has ended.
func (p *Program) PID() int {
	if p.process == nil {
		return 0
	}
	return p.process.PID()
}

// Dead tells whether it has ended, by whomever.
func (p *Program) Dead() bool { return p.PID() == 0 }

// DiesWithin waits for its end.
func (p *Program) DiesWithin(d time.Duration) bool {
	end := time.NewTimer(d)
	defer end.Stop()
	every := time.NewTicker(3 * time.Millisecond)
	defer every.Stop()
	for !p.Dead() {
		select {
		case <-every.C:
		case <-end.C:
			return false
		}
	}
	return true
}

// Kill ends it by SIGKILL, if it still runs.
func (p *Program) Kill() {
	if p.process == nil {
		return
	}
	if pid := p.process.PID(); pid != 0 {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	p.process.Remove()
	// The keeper's own note, if it wrote one after it looked for it.
	_ = os.Remove(p.run + ".word")
}

// Log is the end of what it printed since its last start.
func (p *Program) Log() string {
	if p.process == nil {
		return ""
	}
	return p.process.Log()
}
