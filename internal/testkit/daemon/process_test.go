package daemon_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/daemon"
)

// sleeper is a server that does nothing until it is ended, told by a marker
// file that it is up.
func sleeper(t *testing.T) daemon.Spec {
	t.Helper()
	dir, err := daemon.Folder("sleeper", nil)
	if err != nil {
		t.Fatal(err)
	}
	up := filepath.Join(dir, "up")
	return daemon.Spec{
		Name: "sleeper", Dir: dir, Signal: "TERM",
		Path: "/bin/sh", Args: []string{"-c", `echo hello; touch "$1"; exec sleep 600`, "sh", up},
		Ready: func() error { _, err := os.Stat(up); return err },
	}
}

func gone(pid int) bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

func TestRemoveEndsTheServerAndItsFolder(t *testing.T) {
	t.Parallel()
	spec := sleeper(t)
	p, err := daemon.Start(spec)
	if err != nil {
		t.Fatal(err)
	}
	pid := p.PID()
	if pid == 0 || gone(pid) {
		t.Fatalf("pid = %d, want a living server", pid)
	}
	if p.Log() != "hello" {
		t.Errorf("log = %q, want %q", p.Log(), "hello")
	}

	p.Remove()

	if !gone(pid) {
		t.Errorf("server %d still runs", pid)
	}
	if _, err := os.Stat(spec.Dir); !os.IsNotExist(err) {
		t.Errorf("folder is still there: %v", err)
	}
}

func TestStopKeepsTheFolderForARestart(t *testing.T) {
	t.Parallel()
	spec := sleeper(t)
	p, err := daemon.Start(spec)
	if err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(spec.Dir, "mail")
	if err := os.WriteFile(kept, []byte("Bonjour"), 0o600); err != nil {
		t.Fatal(err)
	}

	p.Stop()
	if p.PID() != 0 {
		t.Errorf("pid = %d after the stop, want 0", p.PID())
	}
	again, err := daemon.Start(spec)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Remove()

	if _, err := os.Stat(kept); err != nil {
		t.Errorf("what the server held is gone: %v", err)
	}
}

func TestAServerThatFailsSaysWhatItPrinted(t *testing.T) {
	t.Parallel()
	dir, err := daemon.Folder("broken", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = daemon.Start(daemon.Spec{
		Name: "broken", Dir: dir, Signal: "TERM", Path: "/bin/sh", Args: []string{"-c", "echo port taken; exit 3"},
		Ready: func() error { return errors.New("nobody answers") },
	})
	if err == nil || !strings.Contains(err.Error(), "port taken") {
		t.Errorf("error = %v, want the server's own words", err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("folder is still there: %v", err)
	}
}

// TestTheNextRunSweeps leaves what a crash of the machine would leave: a folder
// whose test process is gone, beside one that is in use.
func TestTheNextRunSweeps(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	dead := exec.Command("/bin/true")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	stale := filepath.Join(temp, "comptoir-test-postgres-1")
	if err := os.MkdirAll(stale, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(stale, "owner.pid"), []byte(strconv.Itoa(dead.Process.Pid)), 0o600); err != nil {
		t.Fatal(err)
	}
	inUse, err := daemon.Folder("dovecot", nil)
	if err != nil {
		t.Fatal(err)
	}

	if _, err := daemon.Folder("postgres", nil); err != nil {
		t.Fatal(err)
	}

	if _, err := os.Stat(stale); !os.IsNotExist(err) {
		t.Errorf("the dead process's folder is still there: %v", err)
	}
	if _, err := os.Stat(inUse); err != nil {
		t.Errorf("a folder in use was swept: %v", err)
	}
}

// TestKilledTestProcessLeavesNothing starts this test binary again, kills it
// with SIGKILL once its server runs, and looks for what stayed.
func TestKilledTestProcessLeavesNothing(t *testing.T) {
	if os.Getenv("DAEMON_VICTIM") != "" {
		p, err := daemon.Start(sleeper(t))
		if err != nil {
			t.Fatal(err)
		}
		report := strconv.Itoa(p.PID())
		if err := os.WriteFile(os.Getenv("DAEMON_VICTIM"), []byte(report), 0o600); err != nil {
			t.Fatal(err)
		}
		select {} // until killed
	}
	t.Parallel()
	report := filepath.Join(t.TempDir(), "pid")
	temp := t.TempDir()
	victim := exec.Command(os.Args[0], "-test.run=^TestKilledTestProcessLeavesNothing$")
	victim.Env = append(os.Environ(), "DAEMON_VICTIM="+report, "TMPDIR="+temp)
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	eventually(t, "the victim's server", func() bool {
		text, _ := os.ReadFile(report)
		pid, _ = strconv.Atoi(string(text))
		return pid > 0
	})

	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait()

	eventually(t, "the end of the server", func() bool { return gone(pid) })
	eventually(t, "the removal of its folder", func() bool {
		left, err := os.ReadDir(temp)
		return err == nil && len(left) == 0
	})
}

// eventually waits for something that another process does.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatalf("waited in vain for %s", what)
		case <-tick.C:
		}
	}
}
