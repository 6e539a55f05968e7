package search_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// shelf is an archive of messages in memory.
type shelf struct {
	mu   sync.Mutex
	rows map[id.Message]string
	fail int // reads until one fails
}

func (s *shelf) Newest(*store.Tx) (newest id.Message, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for m := range s.rows {
		newest = max(newest, m)
	}
	return newest, nil
}

var errKilled = errors.New("killed")

func (s *shelf) SearchRows(_ *store.Tx, through id.Message, limit int) (out []search.Row, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail--; s.fail == 0 {
		return nil, errKilled
	}
	for m := through; m > 0 && len(out) < limit; m-- {
		if body, ok := s.rows[m]; ok {
			out = append(out, search.Row{Message: m, Text: search.Text{Shop: 1, Body: body, At: monday}})
		}
	}
	return out, nil
}

func find(t *testing.T, db *store.DB, q string) (out []id.Message, whole bool) {
	t.Helper()
	m, err := parse(t, q).Match(monday)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Read(t.Context(), func(tx *store.Tx) error {
		out = nil
		x, found, err := search.Serving(tx)
		if err != nil || !found {
			return err
		}
		whole = x.Whole()
		for below := id.Message(350_000); below > 0; {
			ids, through, err := x.Hits(tx, m, below, 1000)
			if err != nil {
				return err
			}
			out, below = append(out, ids...), through
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, whole
}

// build runs the job until it has an end: PostgreSQL waits for whoever writes,
// in other tests too.
func build(t *testing.T, b *search.Builder) error {
	t.Helper()
	for {
		if err := b.Build(t.Context(), jobs.Job{}); !errors.As(err, &jobs.Later{}) {
			return err
		}
	}
}

func put(t *testing.T, db *store.DB, m id.Message, text search.Text) {
	t.Helper()
	w := search.Analyse(text)
	if err := db.InTx(t.Context(), func(tx *store.Tx) error { return search.Put(tx, m, w) }); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsPutIsFoundAndWhatIsRemovedIsNot(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := &search.Builder{DB: db, Clock: clock.At(monday), Queue: jobs.Queue{Clock: clock.At(monday)}, Archive: &shelf{}}
		if err := b.Ensure(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := build(t, b); err != nil {
			t.Fatal(err)
		}
		put(t, db, 7, search.Text{Shop: 1, Subject: "Bague trop petite", Body: "Commande CMD20418 reçue", From: []string{"Camille Renaud", "camille@example.org"}, Files: []string{"photo de l’été.jpg"}, At: monday})
		put(t, db, 250_001, search.Text{Shop: 1, Body: "My RINGS, ordered: l'échange?", Language: "en", Channel: "mail", At: monday.AddDate(-1, 0, 0)})
		put(t, db, 250_001, search.Text{Shop: 1, Body: "My rings, ordered: l'échange? Twice.", Language: "en", Channel: "mail", At: monday.AddDate(-1, 0, 0)})
		put(t, db, 100_000, search.Text{Shop: 1, Body: "échanger 指輪", At: monday})
		for q, want := range map[string]string{
			"bagues": "[7]", "ring order": "[250001]", "ECHANGES": "[250001 100000]", "20418": "[7]", "cmd20418": "[7]",
			"from:renaud": "[7]", "from:bague": "[]", "has:attachment": "[7]", "file:ete": "[7]", "subject:petites": "[7]", "subject:recu": "[]",
			"lang:en": "[250001]", "canal:mail": "[250001]", "before:2026": "[250001]", "echange after:2026-11": "[100000]", "after:2027": "[]",
			"指輪": "[100000]", "camil*": "[7]", "bague petite camille": "[7]", "bague ring": "[]", "twice": "[250001]",
		} {
			if got, whole := find(t, db, q); fmt.Sprint(got) != want || !whole {
				t.Errorf("%s: %v, want %s (whole %t)", q, got, want, whole)
			}
		}
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			if err := search.Remove(tx, 7); err != nil {
				return err
			}
			return search.Forget(tx)
		})
		if got, _ := find(t, db, "bague"); err != nil || len(got) != 0 {
			t.Errorf("after the removal: %v, %v", got, err)
		}
	})
}

// A desk that has mail already: the index is made beside its work, in pieces,
// and goes on after it was killed.
func TestAnIndexIsBuiltBesideTheWork(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		archive := &shelf{rows: map[id.Message]string{}, fail: 3}
		for m := id.Message(1); m <= 300; m++ {
			archive.rows[m] = fmt.Sprintf("bague numéro n%d", m)
		}
		b := &search.Builder{DB: db, Clock: clock.At(monday), Queue: jobs.Queue{Clock: clock.At(monday)}, Archive: archive}
		if err := b.Ensure(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := build(t, b); !errors.Is(err, errKilled) {
			t.Fatalf("err = %v", err)
		}
		got, whole := find(t, db, "bague")
		if whole || len(got) == 0 || len(got) == 300 || got[0] != 300 {
			t.Fatalf("half-way: %d found, whole %t", len(got), whole)
		}
		put(t, db, 301, search.Text{Shop: 1, Body: "une bague de plus", At: monday})
		if err := build(t, b); err != nil {
			t.Fatal(err)
		}
		if got, whole = find(t, db, "bague"); !whole || len(got) != 301 {
			t.Errorf("in the end: %d found, whole %t", len(got), whole)
		}
	})
}

func TestNewRulesAreBuiltBesideTheOldOnes(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		archive := &shelf{rows: map[id.Message]string{}}
		for m := id.Message(1); m <= 200; m++ {
			archive.rows[m] = "bague"
		}
		b := &search.Builder{DB: db, Clock: clock.At(monday), Queue: jobs.Queue{Clock: clock.At(monday)}, Archive: archive}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(b.Ensure(t.Context()))
		must(build(t, b))
		must(b.EnsureVersion(t.Context(), search.Analyser+1))
		archive.fail = 3
		if err := build(t, b); !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		if got, whole := find(t, db, "bague"); !whole || len(got) != 200 {
			t.Fatalf("while it is built: %d, whole %t", len(got), whole)
		}
		put(t, db, 201, search.Text{Shop: 1, Body: "bague", At: monday})
		must(build(t, b))
		if got, whole := find(t, db, "bague"); !whole || len(got) != 201 {
			t.Errorf("after: %d, whole %t", len(got), whole)
		}
		must(b.EnsureVersion(t.Context(), search.Analyser+1)) // nothing left to do
	})
}

func TestEightWritersReachANewWindowAtOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := &search.Builder{DB: db, Clock: clock.At(monday), Queue: jobs.Queue{Clock: clock.At(monday)}, Archive: &shelf{}}
		if err := b.Ensure(t.Context()); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				w := search.Analyse(search.Text{Shop: 1, Body: "bague", At: monday})
				if err := db.InTx(context.Background(), func(tx *store.Tx) error { return search.Put(tx, id.Message(200_001+i), w) }); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got, _ := find(t, db, "bague"); len(got) != 8 {
			t.Errorf("%v found", got)
		}
	})
}

func TestALongTextIsCutTheSame(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		b := &search.Builder{DB: db, Clock: clock.At(monday), Queue: jobs.Queue{Clock: clock.At(monday)}, Archive: &shelf{}}
		if err := b.Ensure(t.Context()); err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for i := range 12_000 {
			fmt.Fprintf(&text, "x%d ", i)
		}
		start := time.Now()
		put(t, db, 1, search.Text{Shop: 1, Body: text.String(), Language: "fr", At: monday})
		if got, _ := find(t, db, "x9000"); len(got) != 1 {
			t.Errorf("a word before the cut: %v (%s)", got, time.Since(start))
		}
		if got, _ := find(t, db, "x11999"); len(got) != 0 {
			t.Errorf("a word behind the cut: %v", got)
		}
	})
}
