package script_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// binary is the folder of the program under test.
var binary string

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "comptoir-script-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	binary = dir
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "comptoir"), "github.com/comptoir-desk/comptoir/cmd/comptoir")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the program: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

func TestStories(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", binary+string(os.PathListSeparator)+env.Getenv("PATH"))
			env.Setenv("LANG", "en_GB.UTF-8")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"desk":   func(ts *testscript.TestScript, _ bool, args []string) { ts.Check(lila(ts.MkAbs(args[0]))) },
			"giveup": func(ts *testscript.TestScript, _ bool, args []string) { ts.Check(giveUp(ts.MkAbs(args[0]))) },
			"flip":   func(ts *testscript.TestScript, _ bool, args []string) { ts.Check(flip(ts.MkAbs(args[0]), args[1])) },
			"serve": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(serve(ts, ts.MkAbs(args[0])))
			},
		},
	})
}

// flip is what a bad disk does to a file.
func flip(file, word string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	at := bytes.Index(raw, []byte(word))
	if at < 0 {
		return fmt.Errorf("%s doesn't hold %q", file, word)
	}
	raw[at+len(word)] ^= 1
	return os.WriteFile(file, raw, 0o600)
}

// serve starts the desk and waits until it answers.
func serve(ts *testscript.TestScript, dir string) error {
	web, mail, err := freeAddresses()
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, filepath.Join(binary, "comptoir"), "serve", "--data", dir, "--listen", web, "--smtp-listen", mail, "--url", "http://"+web)
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 20 * time.Second
	if err := cmd.Start(); err != nil {
		stop()
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	ts.Defer(func() {
		stop()
		if err := <-ended; err != nil && ctx.Err() == nil {
			ts.Logf("the desk ended: %v\n%s", err, log.String())
		}
	})
	ts.Setenv("LISTEN", web)
	ts.Setenv("SMTP", mail)
	return answers(web, ended, &log)
}

func answers(web string, ended chan error, log *bytes.Buffer) error {
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	late := time.After(30 * time.Second)
	for {
		res, err := http.Get("http://" + web + "/")
		if err == nil {
			_ = res.Body.Close()
			return nil
		}
		select {
		case err := <-ended:
			ended <- err
			return fmt.Errorf("the desk ended: %w\n%s", err, log.String())
		case <-late:
			return fmt.Errorf("the desk does not answer: %w", err)
		case <-again.C:
		}
	}
}

func freeAddresses() (web, mail string, err error) {
	a, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", "", err
	}
	defer a.Close()
	b, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", "", err
	}
	defer b.Close()
	return a.Addr().String(), b.Addr().String(), nil
}
