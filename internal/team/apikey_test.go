package team_test

import (
	"crypto/sha256"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func (d *desk) as(role team.Role) team.Actor {
	by := team.Actor{Person: d.veronica, Shop: d.lila, Role: role}
	if role == team.Lead {
		by.Person = d.marc
	}
	return by
}

func (d *desk) key(scopes ...team.Scope) (team.APIKey, string) {
	d.t.Helper()
	made, secret, err := d.team.CreateKey(d.t.Context(), d.as(team.Owner), team.NewAPIKey{Name: "Entrepôt", Scopes: scopes})
	if err != nil {
		d.t.Fatal(err)
	}
	return made, secret
}

func TestAKeyActsForItsMakerWithinItsScopes(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		made, secret := d.key(team.ScopeConversations, team.ScopeRead)
		if !strings.HasPrefix(secret, "cpt_") || !strings.HasPrefix(secret, made.Hint) || len(secret) < 40 {
			t.Errorf("secret %q, hint %q", secret, made.Hint)
		}
		who, err := d.team.AuthenticateKey(t.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		if who.Person != d.veronica || who.Shop != d.lila || who.APIKey != made.ID {
			t.Errorf("acts as %+v", who)
		}
		if !who.Can(team.Assign) || who.Can(team.SettingsPeople) || who.Can(team.GuardPass) {
			t.Error("an owner's key to conversations may assign, and touch neither people nor rights")
		}
		// Nothing in the database is the key.
		err = db.Read(t.Context(), func(tx *store.Tx) error {
			n, err := store.One[int](tx, store.Dynamic(`select count(*) from api_key where token = $1 or hint = $1`), secret)
			if n != 0 {
				t.Error("the key stands in the table")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestAKeyEnds(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		dead := func(why, secret string) {
			t.Helper()
			if _, err := d.team.AuthenticateKey(t.Context(), secret); fault.KindOf(err) != fault.Unauthenticated {
				t.Errorf("%s: %v", why, err)
			}
		}
		made, revoked := d.key(team.ScopeRead)
		if err := d.team.RevokeKey(t.Context(), d.as(team.Owner), made.ID); err != nil {
			t.Fatal(err)
		}
		dead("revoked", revoked)
		if err := d.team.RevokeKey(t.Context(), d.as(team.Owner), made.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("revoked twice: %v", err)
		}
		_, expiring, err := d.team.CreateKey(t.Context(), d.as(team.Owner), team.NewAPIKey{
			Name: "Salon", Scopes: []team.Scope{team.ScopeRead}, ExpiresAt: monday.Add(time.Hour),
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.team.AuthenticateKey(t.Context(), expiring); err != nil {
			t.Error(err)
		}
		d.clock.Advance(time.Hour)
		dead("expired", expiring)
		dead("made up", "cpt_abc")
		dead("empty", "")

		_, of, err := d.team.CreateKey(t.Context(), d.as(team.Owner), team.NewAPIKey{Name: "Paie", Scopes: []team.Scope{team.ScopePeople}})
		if err != nil {
			t.Fatal(err)
		}
		err = db.InTx(t.Context(), func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update person set active = false where id = $1`), d.veronica)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		dead("its maker left", of)
	})
}

func TestOnlyTheOwnerInPersonMakesKeys(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		ask := team.NewAPIKey{Name: "x", Scopes: []team.Scope{team.ScopeRead}}
		_, secret := d.key(team.AllScopes()...)
		program, err := d.team.AuthenticateKey(t.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		for _, by := range []team.Actor{d.as(team.Lead), program} {
			if _, _, err := d.team.CreateKey(t.Context(), by, ask); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%+v made a key: %v", by, err)
			}
		}
		for _, wrong := range []team.NewAPIKey{
			{Name: "", Scopes: ask.Scopes},
			{Name: "a\x00b", Scopes: ask.Scopes},
			{Name: strings.Repeat("é", 101), Scopes: ask.Scopes},
			{Name: "x"},
			{Name: "x", Scopes: []team.Scope{"everything"}},
			{Name: "x", Scopes: ask.Scopes, ExpiresAt: monday},
		} {
			if _, _, err := d.team.CreateKey(t.Context(), d.as(team.Owner), wrong); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%+v: %v", wrong, err)
			}
		}
	})
}

// An event says by which key a wish came, whoever wrote it.
func TestEventsTellTheKey(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		made, _ := d.key(team.ScopeRead)
		ctx := event.WithOrigin(t.Context(), event.Origin{APIKey: made.ID})
		var last event.Event
		err := db.InTx(ctx, func(tx *store.Tx) error {
			return event.NewLog(db, d.clock, nil).Append(tx, event.Event{Kind: event.ShopChanged, Shop: d.lila, Conversation: 7})
		})
		if err == nil {
			err = db.Read(t.Context(), func(tx *store.Tx) error {
				list, err := event.OfConversation(tx, 7, 1)
				last = list[0]
				return err
			})
		}
		if err != nil || last.APIKey != made.ID {
			t.Errorf("%+v %v", last, err)
		}
	})
}

func TestANamedRequestIsDoneOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		by, note, other := d.as(team.Owner), sha256.Sum256([]byte("note")), sha256.Sum256([]byte("other"))
		begin := func(content [32]byte) (team.Request, error) {
			return d.team.BeginRequest(t.Context(), by, "k1", content)
		}

		// Eight at once: one begins, the others hear that it is under way.
		var began, told int
		var mu sync.Mutex
		var first team.Request
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				r, err := begin(note)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil && r.Done == nil:
					began, first = began+1, r
				case fault.Is(err, "idempotency_running"):
					told++
				default:
					t.Errorf("%+v %v", r, err)
				}
			})
		}
		all.Wait()
		if began != 1 || told != 7 {
			t.Fatalf("%d began, %d were told to wait", began, told)
		}
		if err := d.team.EndRequest(t.Context(), first.ID, team.Answer{Status: 200, Type: "application/json", Body: `{"note":"Appelé Camille"}`}); err != nil {
			t.Fatal(err)
		}
		r, err := begin(note)
		if err != nil || r.Done == nil || r.Done.Body != `{"note":"Appelé Camille"}` {
			t.Errorf("again: %+v %v", r, err)
		}
		if _, err := begin(other); !fault.Is(err, "idempotency_reused") {
			t.Errorf("another content: %v", err)
		}
		// Nobody else's name, and what people wrote is sealed.
		if r, err := d.team.BeginRequest(t.Context(), d.as(team.Lead), "k1", other); err != nil || r.Done != nil {
			t.Errorf("Marc's own k1: %+v %v", r, err)
		}
		d.clock.Advance(24 * time.Hour)
		if r, err := begin(other); err != nil || r.Done != nil {
			t.Errorf("a day later: %+v %v", r, err)
		}
	})
}

// The process died between the change and the answer: the change is not made
// again. It died before: it is.
func TestANamedRequestWhoseProcessDied(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		by, content := d.as(team.Owner), sha256.Sum256([]byte("note"))
		for _, done := range []bool{false, true} {
			name := map[bool]string{true: "after", false: "before"}[done]
			r, err := d.team.BeginRequest(t.Context(), by, name, content)
			if err != nil {
				t.Fatal(err)
			}
			if done {
				ctx := event.WithOrigin(t.Context(), event.Origin{Request: r.ID})
				if err := db.InTx(ctx, func(tx *store.Tx) error {
					return event.NewLog(db, d.clock, nil).Append(tx, event.Event{Kind: event.NoteAdded, Shop: d.lila})
				}); err != nil {
					t.Fatal(err)
				}
			}
			d.clock.Advance(3 * time.Minute)
			again, err := d.team.BeginRequest(t.Context(), by, name, content)
			if done && !fault.Is(err, "idempotency_lost") {
				t.Errorf("done and lost: %+v %v", again, err)
			}
			if !done && (err != nil || again.Done != nil) {
				t.Errorf("never done: %+v %v", again, err)
			}
		}
	})
}
