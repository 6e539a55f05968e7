package e2e_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/daemon"
	"github.com/comptoir-desk/comptoir/web"
)

// envBinary names another binary than bin/comptoir.
const envBinary = "COMPTOIR_BIN"

// desk is the binary as it is shipped, on a data folder of its own.
type desk struct {
	binary, base, smtp string
	args               []string

	mu  sync.Mutex
	cmd *exec.Cmd
	log bytes.Buffer
}

// openDesk starts the desk; only folder, ports and the tests' certificate
// authority differ from what a newcomer runs.
func openDesk(t *testing.T, target, ca string) *desk {
	t.Helper()
	if !web.Built() {
		t.Fatal("the web app is not built: run make web-build, then make build")
	}
	binary := os.Getenv(envBinary)
	if binary == "" {
		binary = filepath.Join("..", "..", "bin", "comptoir")
	}
	if _, err := os.Stat(binary); err != nil {
		t.Fatal("there is no bin/comptoir: run make build")
	}
	page, mail := freePort(t), freePort(t)
	d := &desk{binary: binary, base: "http://" + daemon.Address(page), smtp: daemon.Address(mail)}
	d.args = []string{
		"--data=" + t.TempDir(), "--listen=" + daemon.Address(page), "--url=" + d.base, "--smtp-listen=" + d.smtp,
	}
	if target != "" {
		d.args = append(d.args, "--database="+target)
	}
	if ca != "" {
		d.args = append(d.args, "--mail-ca="+ca)
	}
	if err := d.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.kill()
		if t.Failed() {
			t.Logf("the desk said:\n%s", d.log.String())
		}
	})
	return d
}

func freePort(t *testing.T) int {
	t.Helper()
	port, err := daemon.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// run calls another command of the binary on the same configuration.
func (d *desk) run(ctx context.Context, args ...string) error {
	out, err := exec.CommandContext(ctx, d.binary, append(args, d.args...)...).CombinedOutput() //nolint:gosec // our own binary
	if err != nil {
		return fmt.Errorf("comptoir %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

// start serves, and waits until the desk answers.
func (d *desk) start(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cmd = exec.Command(d.binary, append([]string{"serve"}, d.args...)...) //nolint:gosec,noctx // our own binary, ended by kill
	d.cmd.Stdout, d.cmd.Stderr = &d.log, &d.log
	if err := d.cmd.Start(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.base+"/api/v1/setup", nil)
		if err != nil {
			return err
		}
		if res, err := http.DefaultClient.Do(req); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the desk does not answer at %s", d.base)
		case <-tick.C:
		}
	}
}

// kill ends the desk at once, as a power cut does.
func (d *desk) kill() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.cmd == nil {
		return
	}
	_ = d.cmd.Process.Kill()
	_ = d.cmd.Wait()
	d.cmd = nil
}

// post calls the API of a desk that nobody has signed in to.
func (d *desk) post(t *testing.T, path string, body any) {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.base+"/api/v1"+path, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	said, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= http.StatusMultipleChoices {
		t.Fatalf("POST %s: %d %s (%v)", path, res.StatusCode, said, err)
	}
}
