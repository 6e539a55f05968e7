package postgres

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/comptoir-desk/comptoir/internal/testkit/daemon"
)

// EnvServer names a running server for all test processes: a URL with the
// rights to create databases.
const EnvServer = "COMPTOIR_TEST_PG"

// ErrMissing says that the machine has no PostgreSQL, and what to do.
var ErrMissing = errors.New("PostgreSQL is not installed: run `make test-deps` (Debian: apt-get install postgresql), " +
	"or set COMPTOIR_TEST_STORES=sqlite to test on SQLite alone")

// Server is a running PostgreSQL.
type Server struct {
	URL     string // postgres://…/postgres, with all rights
	process *daemon.Process
	admin   *sql.DB
}

// speed switches off what only protects data from a power cut; the tests of
// durability ask for Durable instead.
var speed = []string{"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "autovacuum=off"}

// StartServer starts a server that ends with Close, or with this process.
// durable keeps fsync on.
func StartServer(durable bool) (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	owner, err := account()
	if err != nil {
		return nil, err
	}
	dir, err := daemon.Folder("postgres", owner)
	if err != nil {
		return nil, err
	}
	password := rand.Text()
	if err := initialise(bin, dir, password, owner); err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	var s *Server
	for range 3 { // the port may be taken between asking and listening
		if s, err = launch(bin, dir, password, owner, durable); err == nil {
			return s, nil
		}
	}
	return nil, err
}

func launch(bin, dir, password string, owner *daemon.User, durable bool) (*Server, error) {
	port, err := daemon.FreePort()
	if err != nil {
		return nil, err
	}
	address := url.URL{
		Scheme: "postgres", User: url.UserPassword("postgres", password),
		Host: daemon.Address(port), Path: "/postgres", RawQuery: "sslmode=disable",
	}
	s, err := Open(address.String())
	if err != nil {
		return nil, err
	}
	args := []string{
		"-D", filepath.Join(dir, "data"), "-p", strconv.Itoa(port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=" + dir,
		"-c", "max_connections=300", "-c", "shared_buffers=64MB", "-c", "timezone=UTC",
	}
	if !durable {
		args = append(args, speed...)
	}
	s.process, err = daemon.Start(daemon.Spec{
		Name: "PostgreSQL", Dir: dir, Signal: "QUIT", Path: filepath.Join(bin, "postgres"), Args: args, As: owner,
		Ready: func() error { return s.admin.PingContext(context.Background()) },
	})
	if err != nil {
		_ = s.admin.Close()
		return nil, err
	}
	return s, nil
}

// Open takes a server that somebody else started.
func Open(address string) (*Server, error) {
	admin, err := sql.Open("pgx", address)
	if err != nil {
		return nil, fmt.Errorf("open PostgreSQL: %w", err)
	}
	admin.SetMaxOpenConns(4)
	return &Server{URL: address, admin: admin}, nil
}

// Close ends the server at once if StartServer started it, and removes its data.
func (s *Server) Close() {
	_ = s.admin.Close()
	if s.process != nil {
		s.process.Remove()
	}
}

// initialise makes the data folder, with a French collation where it can.
func initialise(bin, dir, password string, owner *daemon.User) error {
	secret := filepath.Join(dir, "password")
	if err := os.WriteFile(secret, []byte(password), 0o600); err != nil {
		return fmt.Errorf("prepare PostgreSQL: %w", err)
	}
	if owner != nil {
		if err := os.Chown(secret, int(owner.UID), int(owner.GID)); err != nil {
			return fmt.Errorf("prepare PostgreSQL: %w", err)
		}
	}
	var out []byte
	var err error
	for _, collation := range [][]string{{"--locale=C", "--locale-provider=icu", "--icu-locale=fr-FR"}, {"--locale=C"}} {
		args := append([]string{
			"--no-sync", "-D", filepath.Join(dir, "data"), "-U", "postgres", "--encoding=UTF8",
			"--auth=password", "--pwfile=" + secret,
		}, collation...)
		cmd := exec.Command(filepath.Join(bin, "initdb"), args...) //nolint:gosec // the machine's own PostgreSQL
		cmd.Dir = dir
		if owner != nil {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: owner.UID, Gid: owner.GID}}
		}
		if out, err = cmd.CombinedOutput(); err == nil {
			return nil
		}
	}
	return fmt.Errorf("prepare PostgreSQL: %w\n%s", err, out)
}

// programs finds the folder of initdb and postgres: the newest of Debian's, or
// what is in the PATH. Debian's PATH has psql only.
func programs() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres") // the pattern is well formed
	newest, version := "", -1
	for _, path := range found {
		dir := filepath.Dir(path)
		if v, err := strconv.Atoi(filepath.Base(filepath.Dir(dir))); err == nil && v > version {
			newest, version = dir, v
		}
	}
	if newest != "" {
		return newest, nil
	}
	for _, path := range []string{"initdb", "/usr/local/bin/initdb"} {
		if path, err := exec.LookPath(path); err == nil {
			return filepath.Dir(path), nil
		}
	}
	return "", ErrMissing
}

// account is who runs the server: PostgreSQL refuses root, so root takes the
// account that Debian's package made.
func account() (*daemon.User, error) {
	if os.Geteuid() != 0 {
		return nil, nil //nolint:nilnil // nil means "as we are" in daemon.Spec
	}
	return daemon.LookupUser("postgres")
}
