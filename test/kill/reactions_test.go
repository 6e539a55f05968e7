package kill_test

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
	"github.com/comptoir-desk/comptoir/test/kill/harness"
)

// dies starts the desk to be killed at a boundary, which it may meet before it
// is ready, lets do bring it there, and runs it again.
func dies(t *testing.T, p *harness.Program, at string, do func()) {
	t.Helper()
	p.Kill()
	time.Sleep(p.Patience())
	p.Start(t, at)
	if do != nil && p.Ready(t) {
		do()
	}
	if !p.DiesWithin(60 * time.Second) {
		t.Fatalf("it never came to %s:\n%s", at, p.Log())
	}
	time.Sleep(p.Patience())
}

// await asks until it holds.
func await(t *testing.T, p *harness.Program, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(90 * time.Second); !holds(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited for %s in vain:\n%s", what, p.Log())
		}
	}
}

// A desk that is killed before and after it writes figures counts each letter
// once.
func TestKilledWhileFiguresAreFolded(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		p := harness.NewProgram(t, binary, harness.OnDatabase(target), harness.Hurried())
		c := harness.NewClient(p)
		p.Run(t)
		harness.SetUp(t, c, harness.Mailbox{})
		boundaries := []string{"report.counted", "report.folded", "report.counted", "report.folded"}
		for n, at := range boundaries {
			dies(t, p, at, func() { hand(t, p, n) })
			p.Run(t)
			hand(t, p, n) // the relay may have heard nothing of it
		}
		day := today(t).Format(time.DateOnly)
		type figures struct {
			Behind bool `json:"behind"`
			Total  struct {
				Asked    int `json:"asked"`
				Arrived  int `json:"arrived"`
				Promises struct {
					Opened int `json:"opened"`
					Open   int `json:"open"`
				} `json:"promises"`
			} `json:"total"`
		}
		var shown figures
		await(t, p, "figures", func() bool {
			shown = figures{} // what is false is left out
			c.Do(t, "GET", "/report?from="+day+"&to="+day, nil, &shown)
			return !shown.Behind && shown.Total.Arrived >= len(boundaries)
		})
		want := len(boundaries)
		if got := shown.Total; got.Asked != want || got.Arrived != want || got.Promises.Opened != want || got.Promises.Open != want {
			t.Errorf("counted %+v, want %d of each", got, want)
		}
	})
}

func today(t *testing.T) time.Time {
	t.Helper()
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return time.Now().In(paris)
}

// A desk that is killed anywhere between the decision to mail somebody this
// morning and the mail on its way sends one: not none, not two.
func TestKilledWhileTheMorningMailIsWritten(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		sink := mailserver.NewSink(t)
		p := harness.NewProgram(t, binary, harness.OnDatabase(target), harness.Hurried())
		c := harness.NewClient(p)
		p.Run(t)
		harness.SetUp(t, c, harness.Mailbox{SMTP: &harness.Server{Addr: sink.Addr, Security: "none"}, Password: "tulipe-noire", Holidays: "none"})
		c.Do(t, "PUT", "/me/notifications", map[string]any{"morning": "always"}, nil)
		opened := today(t).Add(-time.Hour)
		if opened.Day() != today(t).Day() {
			opened = time.Time{}
		}
		// The desk looks once a minute: it is killed before it does.
		c.Do(t, "PUT", "/settings/hours", map[string]any{"channels": []any{map[string]any{
			"channel": "", "delay": map[string]any{"kind": "open_days", "n": 1},
			"hours": map[string]any{"week": harness.EveryDay(opened.Format("15:04"), "24:00"), "closed": []any{}, "always": false},
		}}}, nil)
		for _, at := range []string{"notify.mornings", "system.composed", "system.committed", "send.claimed"} {
			dies(t, p, at, nil)
		}
		p.Run(t)
		await(t, p, "the morning mail", func() bool { return len(sink.Messages()) > 0 })
		p.Kill()
		time.Sleep(p.Patience())
		p.Run(t) // it looks again who has had none
		hand(t, p, 1)
		await(t, p, "a letter", func() bool {
			return strings.Contains(string(c.Fetch(t, "GET", "/conversations?view=owed", nil)), "Ma bague 1")
		})
		mornings := 0
		for _, m := range sink.Messages() {
			if strings.Contains(string(m.Raw), "veronica@maison-lila.example") {
				mornings++
			}
		}
		if mornings != 1 {
			t.Errorf("%d morning mails, want 1", mornings)
		}
	})
}

// A desk that is killed while it rings rings all the same. What its push service
// had taken already it rings once more, since nobody had noted it: rather twice
// than never.
func TestKilledWhileADeviceRings(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		var rung atomic.Int32
		service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			rung.Add(1)
			w.WriteHeader(http.StatusCreated)
		}))
		t.Cleanup(service.Close)
		p := harness.NewProgram(t, binary, harness.OnDatabase(target), harness.Hurried(), harness.RingingInside("127.0.0.1"))
		c := harness.NewClient(p)
		p.Run(t)
		harness.SetUp(t, c, harness.Mailbox{})
		subscribe(t, c, service.URL)
		want := int32(0)
		for n, story := range []struct {
			at    string
			rings int32
		}{{"notify.ring", 1}, {"push.sent", 2}, {"notify.rung", 2}} {
			dies(t, p, story.at, func() { callBack(c, n) })
			p.Run(t)
			callBack(c, n) // the press is repeated, and changes nothing
			want += story.rings
			await(t, p, story.at+" to ring", func() bool { return rung.Load() >= want })
		}
		if got := rung.Load(); got != want {
			t.Errorf("%d rings, want %d", got, want)
		}
	})
}

func subscribe(t *testing.T, c *harness.Client, endpoint string) {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c.Do(t, "POST", "/me/push/key", map[string]any{}, nil)
	c.Do(t, "POST", "/me/push", map[string]any{"endpoint": endpoint, "keys": map[string]string{
		"p256dh": base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()), "auth": base64.RawURLEncoding.EncodeToString(make([]byte, 16)),
	}}, nil)
}

// callBack notes a call that was promised soon: it is near at once, and rings.
func callBack(c *harness.Client, n int) {
	_, _ = c.Call(context.Background(), "POST", "/contacts", map[string]any{
		"key": fmt.Sprintf("call-back-%d", n), "channel": "phone", "text": "Longueur de chaîne.",
		"customer": map[string]any{"name": fmt.Sprintf("Sylvie Garnier %d", n), "phone": fmt.Sprintf("06 12 44 08 3%d", n)},
		"promised": map[string]any{"kind": "call_back", "text": "Rappeler", "due_at": time.Now().Add(20 * time.Minute)},
	}, nil)
}

// A desk that is killed in the midst of one act on many goes on with it when the
// press is repeated, and tells of the whole way back; so it does on that way.
func TestKilledInTheMidstOfABulkAct(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		p := harness.NewProgram(t, binary, harness.OnDatabase(target), harness.Hurried())
		c := harness.NewClient(p)
		p.Run(t)
		harness.SetUp(t, c, harness.Mailbox{})
		const letters = 60 // more than one transaction takes
		for n := range letters {
			hand(t, p, n)
		}
		var ids []int64
		await(t, p, "the letters", func() bool { ids, _ = ranks(t, c); return len(ids) == letters })
		press := map[string]any{"key": "the-one-press", "ids": ids, "action": map[string]any{"do": "priority", "priority": 1}}
		path, body := "/bulk", any(press)
		again := func() { _, _ = c.Call(context.Background(), "POST", path, body, nil) }

		dies(t, p, "bulk.part", again)
		p.Run(t)
		if _, first := ranks(t, c); first != 50 {
			t.Errorf("killed after the first part, %d are first, want 50", first)
		}
		dies(t, p, "bulk.part", again)
		p.Run(t)
		var done struct {
			Done []int64 `json:"done"`
			Undo struct {
				Path string         `json:"path"`
				Body map[string]any `json:"body"`
			} `json:"undo"`
		}
		c.Do(t, "POST", path, body, &done)
		if _, first := ranks(t, c); len(done.Done) != letters || first != letters {
			t.Errorf("told of %d, %d are first, want %d", len(done.Done), first, letters)
		}

		path, body = strings.TrimPrefix(done.Undo.Path, "/api/v1"), any(done.Undo.Body)
		dies(t, p, "bulk.part", again)
		p.Run(t)
		if _, first := ranks(t, c); first != letters-50 {
			t.Errorf("killed on the way back, %d are first, want %d", first, letters-50)
		}
		c.Do(t, "POST", path, body, nil)
		if _, first := ranks(t, c); first != 0 {
			t.Errorf("taken back, %d are first", first)
		}
	})
}

// ranks reads who is owed an answer, and how many of them come before others.
func ranks(t *testing.T, c *harness.Client) (ids []int64, first int) {
	t.Helper()
	var page struct {
		Items []struct {
			ID       int64 `json:"id"`
			Priority int   `json:"priority"`
		} `json:"items"`
	}
	c.Do(t, "GET", "/conversations?limit=200&view=owed", nil, &page)
	for _, row := range page.Items {
		ids = append(ids, row.ID)
		if row.Priority == 1 {
			first++
		}
	}
	return ids, first
}
