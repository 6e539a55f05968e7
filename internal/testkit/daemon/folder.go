package daemon

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

const (
	folderPrefix = "comptoir-test-"
	ownerFile    = "owner.pid"  // the test process that made the folder
	daemonFile   = "daemon.pid" // the server in it, written by the keeper
)

// User is the account that a server runs as; it matters to root only, because
// PostgreSQL refuses root and Dovecot refuses to deliver as root.
type User struct{ UID, GID uint32 }

// Folder makes a new private folder for a server, owned by owner when that is
// not nil. It first removes the folders that dead test processes left behind.
func Folder(name string, owner *User) (string, error) {
	sweep(os.TempDir())
	dir, err := os.MkdirTemp("", folderPrefix+name+"-")
	if err != nil {
		return "", fmt.Errorf("folder for %s: %w", name, err)
	}
	if err := os.WriteFile(filepath.Join(dir, ownerFile), []byte(strconv.Itoa(os.Getpid())), 0o600); err != nil {
		return "", fmt.Errorf("folder for %s: %w", name, err)
	}
	if owner != nil {
		if err := os.Chown(dir, int(owner.UID), int(owner.GID)); err != nil {
			return "", fmt.Errorf("folder for %s: %w", name, err)
		}
	}
	return dir, nil
}

// sweep removes our folders under parent whose test process is gone, and ends
// the server that still runs in one of them. Failures are left for later: the
// folder may belong to another account.
func sweep(parent string) {
	dirs, err := filepath.Glob(filepath.Join(parent, folderPrefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range dirs {
		owner, ok := readPID(filepath.Join(dir, ownerFile))
		if !ok || alive(owner) {
			continue
		}
		// Its keeper is at work, or was killed too; either way nobody needs the
		// server any more, and its children go with it.
		if pid, ok := readPID(filepath.Join(dir, daemonFile)); ok && runsIn(pid, dir) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		_ = os.RemoveAll(dir)
	}
}

func readPID(path string) (int, bool) {
	text, err := os.ReadFile(path) //nolint:gosec // a file of our own folder
	if err != nil {
		return 0, false
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	return pid, err == nil && pid > 1
}

// alive reports whether a process with this id exists, ours or not.
func alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

// runsIn reports whether pid is a living process that was started on dir; the
// number alone may have gone to somebody else since.
func runsIn(pid int, dir string) bool {
	out, err := exec.Command("ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output() //nolint:gosec // a number
	return err == nil && strings.Contains(string(out), dir)
}

// LookupUser finds a local account by name.
func LookupUser(name string) (*User, error) {
	account, err := user.Lookup(name)
	if err != nil {
		return nil, fmt.Errorf("account %s: %w", name, err)
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("account %s: %w", name, err)
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("account %s: %w", name, err)
	}
	return &User{UID: uint32(uid), GID: uint32(gid)}, nil
}
