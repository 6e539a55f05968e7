package daemon

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// keeper is the shell that stands between the test process and the server. Its
// standard input is the pipe: a line "keep" ends the server and leaves the
// folder for a restart; the end of the pipe removes the folder too.
//
// Arguments: folder, signal that ends the server, then the server's command.
const keeper = `
dir=$1 signal=$2; shift 2
exec 3<&0 </dev/null
# Postfix closes every number up to the limit, which takes a second at a million.
ulimit -n 4096 2>/dev/null
"$@" 3<&- & server=$!
echo "$server" >"$dir/daemon.pid"
word=$dir.word
{
	read -r line <&3
	echo "$line" >"$word"
	kill "-$signal" "$server"
	# Dovecot's log process outlives the others by seconds, for nothing.
	sleep 0.2
	children=$(ps -A -o pid= -o ppid= | awk -v parent="$server" '$2 == parent { print $1 }')
	kill -KILL $children "$server"
} 2>/dev/null & reader=$!
wait "$server"; code=$?
kill "$reader" 2>/dev/null
line=; [ -f "$word" ] && { read -r line <"$word"; rm -f "$word"; }
rm -f "$dir/daemon.pid"
[ "$line" = keep ] || rm -rf "$dir"
exit "$code"
`

// Spec says how to run one server.
type Spec struct {
	Name   string   // for messages: "PostgreSQL"
	Dir    string   // from Folder; removed when the server is ended for good
	Path   string   // the program, which must stay in the foreground
	Args   []string // its arguments
	Env    []string // KEY=value, added to ours
	As     *User    // nil: as we are
	Signal string   // ends the server: "QUIT", "TERM"; after 0.2 s it is killed
	Ready  func() error
	// Ready is asked until it answers nil; 20 seconds at most.
}

// Process is a running server.
type Process struct {
	spec    Spec
	log     *os.File
	pipe    io.WriteCloser
	done    chan struct{}
	endOnce sync.Once
}

const (
	readyWithin = 20 * time.Second
	askEvery    = 10 * time.Millisecond
)

// Start runs the server and waits until it is ready. When it is not, the error
// ends with what the server printed.
func Start(spec Spec) (*Process, error) {
	log, err := os.CreateTemp("", folderPrefix+"log-")
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", spec.Name, err)
	}
	// Only the open file is needed: nothing is left behind, whatever happens.
	_ = os.Remove(log.Name())

	args := append([]string{"-c", keeper, "keeper", spec.Dir, spec.Signal, spec.Path}, spec.Args...)
	cmd := exec.Command("/bin/sh", args...) //nolint:gosec // the tests' own command
	cmd.Dir = "/"
	cmd.Env = append(os.Environ(), spec.Env...)
	cmd.Stdout, cmd.Stderr = log, log
	// Its own group: Ctrl-C ends the test process, and the pipe does the rest.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if spec.As != nil {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: spec.As.UID, Gid: spec.As.GID}
	}
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", spec.Name, err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", spec.Name, err)
	}
	p := &Process{spec: spec, log: log, pipe: pipe, done: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // how it ended is in its log
		close(p.done)
	}()
	if err := p.await(); err != nil {
		p.Remove()
		return nil, fmt.Errorf("start %s: %w\n%s", spec.Name, err, p.Log())
	}
	return p, nil
}

func (p *Process) await() error {
	ctx, cancel := context.WithTimeout(context.Background(), readyWithin)
	defer cancel()
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		err := p.spec.Ready()
		if err == nil && p.PID() != 0 {
			return nil
		}
		select {
		case <-p.done:
			return errors.New("it ended at once")
		case <-ctx.Done():
			return fmt.Errorf("not ready after %s: %w", readyWithin, err)
		case <-tick.C:
		}
	}
}

// Stop ends the server at once and keeps its folder, so that Start with the
// same Spec brings it back with its data.
func (p *Process) Stop() { p.end("keep\n") }

// Remove ends the server and removes its folder.
func (p *Process) Remove() {
	p.end("")
	// A server that had ended by itself, or was stopped, left its folder.
	_ = os.RemoveAll(p.spec.Dir)
}

func (p *Process) end(word string) {
	p.endOnce.Do(func() {
		_, _ = io.WriteString(p.pipe, word)
		_ = p.pipe.Close()
		<-p.done
	})
}

// PID is the server's own process id, for a signal or a strace; 0 when it has
// ended.
func (p *Process) PID() int {
	pid, _ := readPID(filepath.Join(p.spec.Dir, daemonFile))
	return pid
}

// Log is what the server has printed so far, the last 4 KB of it.
func (p *Process) Log() string {
	const most = 4096
	size, err := p.log.Seek(0, io.SeekEnd)
	if err != nil {
		return ""
	}
	from := max(0, size-most)
	text := make([]byte, size-from)
	n, _ := p.log.ReadAt(text, from)
	return strings.TrimSpace(string(text[:n]))
}

// FreePort is a port of 127.0.0.1 that nobody listened on a moment ago.
// Another process may take it before the server does, so callers try again.
func FreePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("free port: %w", err)
	}
	defer func() { _ = l.Close() }()
	address, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return 0, fmt.Errorf("free port: %s is no TCP address", l.Addr())
	}
	return address.Port, nil
}

// Address is port on the loopback, as "127.0.0.1:2525".
func Address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
