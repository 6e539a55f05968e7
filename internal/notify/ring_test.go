package notify_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/push"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// phone is a push service with one device, which counts what it is given. What
// a device can read of it is told in package push.
type phone struct {
	*httptest.Server

	rang   atomic.Int64
	status atomic.Int64
}

// phoneOf has a person signed in on a phone that rings.
func (h *house) phoneOf(who id.Person) *phone {
	h.t.Helper()
	p := &phone{}
	p.status.Store(http.StatusCreated)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		p.rang.Add(1)
		w.WriteHeader(int(p.status.Load()))
	}))
	h.t.Cleanup(p.Close)
	if h.notify.Push == nil {
		h.notify.Push = push.New(push.Config{
			DB: h.db, Clock: h.clock, Box: h.notify.Box, URL: h.notify.URL, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		})
	}
	must(h.notify.Push.EnsureKey(h.t.Context()))
	var token string
	h.tx(func(tx *store.Tx) (err error) {
		token, err = h.team.StartSession(tx, who, h.shop, "Chrome, Android")
		return err
	})
	_, session, err := h.team.Authenticate(h.t.Context(), token)
	if err != nil {
		h.t.Fatal(err)
	}
	key := must(ecdh.P256().GenerateKey(rand.Reader))
	must(h.notify.Push.Subscribe(h.t.Context(), who, session.ID, push.Subscription{
		Endpoint: p.URL, P256DH: base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()),
		Auth: base64.RawURLEncoding.EncodeToString(make([]byte, 16)),
	}))
	return p
}

// want checks how often it has rung by now.
func (p *phone) want(t *testing.T, n int64, when string) {
	t.Helper()
	if got := p.rang.Load(); got != n {
		t.Errorf("%s: it rang %d times, want %d", when, got, n)
	}
}

func at(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, paris)
}

func (h *house) colleague(name string, role team.Role) id.Person {
	h.t.Helper()
	email := strings.ToLower(strings.Split(name, " ")[0]) + "@maison-lila.example"
	return must(h.team.Add(h.t.Context(), team.Console(h.shop), team.NewPerson{Name: name, Email: email, Role: role, Language: "fr"}))
}

func TestAPhoneRingsOnceNearAndOnceForTheDigest(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		p := h.phoneOf(h.owner.Person)
		h.write() // Monday 10:00: due on Tuesday at 10:00
		h.until(at(23, 14, 50))
		p.want(t, 0, "hours before")
		h.until(at(24, 9, 50))
		p.want(t, 1, "near")
		h.until(at(24, 18, 0))
		p.want(t, 2, "with the digest")
		h.until(at(27, 18, 0))
		p.want(t, 2, "days later")
	})
}

// The law has no hourly digest.
func TestLawRingsAtOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		p := h.phoneOf(h.owner.Person)
		c := h.write()
		h.tx(func(tx *store.Tx) error {
			_, err := h.desk.Ledger.Open(tx, promise.Owed{
				Shop: h.shop, Conversation: c, Kind: promise.Refund, Basis: "L221-24", DueAt: at(23, 15, 0), Since: h.clock.Now(),
			})
			return err
		})
		h.until(at(23, 14, 50))
		before := p.rang.Load()
		h.until(at(23, 15, 20))
		p.want(t, before+1, "20 minutes after it broke")
	})
}

func TestNothingRingsOutsideOnesOwnHours(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		p := h.phoneOf(h.owner.Person)
		err := h.team.SaveTelling(t.Context(), h.owner, team.Telling{Morning: team.MorningOff, OwnHours: `{"tue":[["14:00","17:00"]]}`})
		if err != nil {
			t.Fatal(err)
		}
		h.write() // near and broken on Tuesday morning
		h.until(at(24, 13, 50))
		p.want(t, 0, "before her hours")
		h.until(at(24, 14, 30))
		// What was near is overtaken by then; the digest still holds.
		p.want(t, 1, "within her hours")
	})
}

func TestWhatWasAnsweredMeanwhileRingsNoMore(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		p := h.phoneOf(h.owner.Person)
		err := h.team.SaveTelling(t.Context(), h.owner, team.Telling{Morning: team.MorningOff, OwnHours: `{"tue":[["09:30","17:00"]]}`})
		if err != nil {
			t.Fatal(err)
		}
		c := h.write()
		h.until(at(24, 9, 20)) // near, but her day begins at half past nine
		h.tx(func(tx *store.Tx) error {
			return h.desk.Ledger.Keep(tx, promise.Answered{Conversation: c, Channel: "mail", SeenThrough: 1 << 40, At: h.clock.Now()})
		})
		h.until(at(24, 12, 0))
		p.want(t, 0, "after the answer")
	})
}

func TestAMentionRingsUntilItIsSeen(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		marc := h.colleague("Marc Petit", team.Agent)
		p, own := h.phoneOf(marc), h.phoneOf(h.owner.Person)
		c := h.write()
		h.mention(c, "note-1", marc)
		h.until(h.clock.Now())
		p.want(t, 1, "named")
		own.want(t, 0, "one's own note")

		h.clock.Move(at(23, 19, 0)) // closed
		h.mention(c, "note-2", marc)
		h.until(at(23, 22, 0))
		p.want(t, 1, "in the evening")
		h.tx(func(tx *store.Tx) error {
			return h.desk.SeeNotices(tx, desk.Actor{Person: marc, Shop: h.shop, Role: team.Agent}, c)
		})
		h.clock.Move(at(24, 9, 0))
		h.until(at(24, 9, 0))
		p.want(t, 1, "seen at night")
	})
}

func (h *house) mention(c id.Conversation, key string, who id.Person) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		_, err := h.desk.AddNote(tx, h.owner, c, key, "<p>@Marc ?</p>", who)
		return err
	})
}

func TestAPushServiceThatIsDownIsAskedAgainAndThenLetGo(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		marc := h.colleague("Marc Petit", team.Agent)
		p := h.phoneOf(marc)
		p.status.Store(http.StatusServiceUnavailable)
		h.mention(h.write(), "note-1", marc)
		h.until(at(23, 17, 0))
		p.want(t, 7, "down all day")
		p.status.Store(http.StatusCreated)
		h.until(at(24, 17, 0))
		p.want(t, 7, "once let go")
		h.tx(func(tx *store.Tx) error {
			n, err := store.One[int](tx, store.Dynamic(`select count(*) from job where kind = 'notify.ring'`))
			if n != 0 {
				t.Errorf("%d jobs are left", n)
			}
			return err
		})
	})
}

func TestADeviceThatIsGoneRingsNoMore(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		marc := h.colleague("Marc Petit", team.Agent)
		p := h.phoneOf(marc)
		p.status.Store(http.StatusGone)
		c := h.write()
		h.mention(c, "note-1", marc)
		h.until(h.clock.Now())
		h.mention(c, "note-2", marc)
		h.until(h.clock.Now())
		p.want(t, 1, "gone after the first")
	})
}

func TestNobodyRingsWhoIsAway(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		marc := h.colleague("Marc Petit", team.Agent)
		p := h.phoneOf(marc)
		err := h.team.SetAbsence(t.Context(), h.owner, team.Absence{Person: marc, First: calendar.DateOf(monday), Last: calendar.DateOf(monday.AddDate(0, 0, 3))})
		if err != nil {
			t.Fatal(err)
		}
		h.mention(h.write(), "note-1", marc)
		h.until(at(23, 17, 0))
		p.want(t, 0, "away")
	})
}

// A shop that cannot mail its people still rings.
func TestWithoutAMailServerDevicesRing(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		p := h.phoneOf(h.owner.Person)
		h.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update mailbox set smtp_host = ''`))
			return err
		})
		h.write()
		if told := h.until(at(24, 9, 50)); len(told) != 0 {
			t.Errorf("mailed %q", told)
		}
		p.want(t, 1, "near")
	})
}

func TestATestRingsAtAnyHour(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		p := h.phoneOf(h.owner.Person)
		h.clock.Move(at(23, 23, 0))
		var devices []push.Device
		var who team.Person
		h.tx(func(tx *store.Tx) (err error) {
			if who, err = h.team.Get(tx, h.owner.Person); err != nil {
				return err
			}
			devices, err = h.notify.Push.Devices(tx, who.ID)
			return err
		})
		got, err := h.notify.TryDevice(t.Context(), who, devices[0])
		if err != nil || got.Outcome != push.Taken {
			t.Errorf("%+v, %v", got, err)
		}
		p.want(t, 1, "tried")
	})
}
