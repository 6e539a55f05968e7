package app_test

import (
	"context"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/app"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var countShops = store.SQL(`select count(*) from shop`)

func shopsAt(t *testing.T, target string) (n int) {
	t.Helper()
	db, err := store.Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // read only
	err = db.Read(t.Context(), func(tx *store.Tx) (err error) {
		n, err = store.One[int](tx, countShops)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Whoever chose PostgreSQL tries the demo on it, beside the real shop's tables
// and never among them.
func TestTheDemoLivesOnTheStoreThatWasChosen(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		c := app.Config{Data: t.TempDir(), Database: target, URL: "http://localhost", LogLevel: "error"}
		open := func() *app.Host {
			host, err := app.NewHost(context.Background(), c, clock.System{}, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			return host
		}
		at := func(host *app.Host) string {
			now, err := host.State(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return now.State
		}
		host := open()
		if _, err := host.MakeDemo(t.Context(), "Firefox"); err != nil {
			t.Fatal(err)
		}
		host.Close()
		host = open()
		if got := at(host); got != api.SetupDemo {
			t.Errorf("after a restart: %s", got)
		}
		if err := host.LeaveDemo(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := at(host); got != api.SetupFresh {
			t.Errorf("after leaving: %s", got)
		}
		host.Close()

		own := target
		var demo string
		if target == "" {
			own, demo = filepath.Join(c.Data, "comptoir.db"), filepath.Join(c.Data, "demo", "comptoir.db")
		} else {
			address, err := url.Parse(target)
			if err != nil {
				t.Fatal(err)
			}
			asked := address.Query()
			asked.Set("search_path", "comptoir_demo")
			address.RawQuery = asked.Encode()
			demo = address.String()
			if _, err := os.Stat(filepath.Join(c.Data, "demo", "comptoir.db")); err == nil {
				t.Error("the demo is an SQLite file")
			}
		}
		if shopsAt(t, own) != 0 || shopsAt(t, demo) != 1 {
			t.Errorf("shops: %d beside the demo, %d in it", shopsAt(t, own), shopsAt(t, demo))
		}
		var out strings.Builder
		if code := app.Main(t.Context(), []string{"user", "--demo", "list", "--data", c.Data, "--database", target}, app.Streams{Out: &out, Err: &out}); code != 0 || !strings.Contains(out.String(), "Maison Lila") {
			t.Errorf("user --demo list: %d %s", code, out.String())
		}
	})
}
