package postgres

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// EnvStores chooses the stores of the behaviour tests: "sqlite", "postgres",
// or both, which is the default.
const EnvStores = "COMPTOIR_TEST_STORES"

// Wanted reports whether this run tests PostgreSQL.
func Wanted() bool {
	stores := os.Getenv(EnvStores)
	return stores == "" || strings.Contains(stores, "postgres")
}

type settings struct {
	durable bool
	key     string
	migrate func(dsn string) error
}

// Option changes what DSN gives.
type Option func(*settings)

// Durable asks for a server with fsync on, of its own: for tests of what a
// crash leaves.
func Durable() Option { return func(s *settings) { s.durable = true } }

// Prepared asks for a copy of a database on which migrate ran. It runs once a
// test process for each key; a copy takes some 30 ms, whatever it did.
func Prepared(key string, migrate func(dsn string) error) Option {
	return func(s *settings) { s.key, s.migrate = key, migrate }
}

// DSN makes a database for this test and returns its address; it is dropped
// when the test ends, connections or not. Without PostgreSQL the test fails
// with ErrMissing: a test that asks for it has not run without it.
func DSN(t testing.TB, options ...Option) string {
	t.Helper()
	var want settings
	for _, option := range options {
		option(&want)
	}
	h := &shared
	if want.durable {
		h = &durable
	}
	if err := h.start(); err != nil {
		t.Fatal(err)
	}
	template, err := h.template(want)
	if err != nil {
		t.Fatal(err)
	}
	dsn, err := h.create(template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.drop(dsn); err != nil {
			t.Error(err)
		}
	})
	return dsn
}

// host is the one server of its kind in this process, started on first use.
type host struct {
	durable   bool
	once      sync.Once
	server    *Server
	err       error
	mu        sync.Mutex
	templates map[string]string
}

var (
	shared  = host{templates: map[string]string{}}
	durable = host{durable: true, templates: map[string]string{}}
	number  atomic.Int64
)

func (h *host) start() error {
	h.once.Do(func() {
		if address := os.Getenv(EnvServer); address != "" && !h.durable {
			h.server, h.err = Open(address)
			return
		}
		h.server, h.err = StartServer(h.durable)
	})
	return h.err
}

// template is the name of the database to copy: PostgreSQL's own empty one, or
// ours on which the caller's migrate ran.
func (h *host) template(want settings) (string, error) {
	if want.migrate == nil {
		return "template0", nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if name, ok := h.templates[want.key]; ok {
		return name, nil
	}
	dsn, err := h.create("template0")
	if err != nil {
		return "", err
	}
	if err := want.migrate(dsn); err != nil {
		return "", fmt.Errorf("prepare template %q: %w", want.key, err)
	}
	name := databaseOf(dsn)
	// A copy needs a template that nobody is connected to.
	if _, err := h.server.admin.ExecContext(context.Background(),
		`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, name); err != nil {
		return "", fmt.Errorf("prepare template %q: %w", want.key, err)
	}
	h.templates[want.key] = name
	return name, nil
}

// create copies template; the name carries our process id, since several test
// processes may share the server.
func (h *host) create(template string) (string, error) {
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), number.Add(1))
	if _, err := h.server.admin.ExecContext(context.Background(),
		fmt.Sprintf(`CREATE DATABASE %q TEMPLATE %q`, name, template)); err != nil {
		return "", fmt.Errorf("create a test database: %w", err)
	}
	address, err := url.Parse(h.server.URL)
	if err != nil {
		return "", fmt.Errorf("create a test database: %w", err)
	}
	address.Path = "/" + name
	return address.String(), nil
}

func (h *host) drop(dsn string) error {
	if _, err := h.server.admin.ExecContext(context.Background(),
		fmt.Sprintf(`DROP DATABASE IF EXISTS %q WITH (FORCE)`, databaseOf(dsn))); err != nil {
		return fmt.Errorf("drop a test database: %w", err)
	}
	return nil
}

func databaseOf(dsn string) string {
	address, err := url.Parse(dsn)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(address.Path, "/")
}
