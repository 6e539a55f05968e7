// Command search measures finding messages in a large archive: eight clients
// ask a published mix of questions, newest first, on SQLite and PostgreSQL. It
// asks package view in this process: the JSON API limits one person to twenty
// requests a second, and adds under a millisecond. Compare with bench-lists for
// what a request costs besides.
//
//	make bench-search                                         all sizes, both stores
//	make bench-search ARGS="-sizes 100000 -stores sqlite"     one of them
//	make bench-search ARGS=-write                             and into bench/RESULTS.md
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/bench/rig"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
	"github.com/comptoir-desk/comptoir/internal/view"
)

const (
	targetP95 = 30 * time.Millisecond
	targetP99 = 150 * time.Millisecond
)

// class is one kind of question and its share of the mix.
type class struct {
	name  string
	share int // of 100
	ask   func(r *rand.Rand, a *archive) string
}

// frequent is a word of the hundred or so that carry meaning.
func frequent(r *rand.Rand) string {
	for {
		if w := word("fr", 20+r.IntN(95)); !lang.Small(lang.Fold(w)) {
			return w
		}
	}
}

// telling is a phrase with a word that carries meaning: others are refused.
func telling(r *rand.Rand, phrases []string) string {
	for {
		p := phrases[r.IntN(len(phrases))]
		if slices.ContainsFunc(strings.Fields(lang.Fold(p)), func(w string) bool { return !lang.Small(w) }) {
			return p
		}
	}
}

var mix = []class{
	{"a frequent word", 25, func(r *rand.Rand, _ *archive) string { return frequent(r) }},
	{"a rare word", 20, func(r *rand.Rand, _ *archive) string { return word("fr", 5_000+r.IntN(30_000)) }},
	{"two frequent words", 15, func(r *rand.Rand, _ *archive) string { return frequent(r) + " " + frequent(r) }},
	{"only in the oldest twentieth", 5, func(*rand.Rand, *archive) string { return onlyOld }},
	{"a phrase of three words", 10, func(r *rand.Rand, a *archive) string { return `"` + telling(r, a.phrases) + `"` }},
	{"from: a person, a word", 15, func(r *rand.Rand, _ *archive) string {
		return "from:" + firstNames[r.IntN(len(firstNames))] + " from:" + lastNames[r.IntN(len(lastNames))] + " " + frequent(r)
	}},
	{"is:owed and a word", 10, func(r *rand.Rand, _ *archive) string { return "is:owed " + frequent(r) }},
}

func main() {
	sizes := flag.String("sizes", "1000000,100000,10000", "conversations, of three messages each; the largest first, since archives that a process has closed slow it down")
	stores := flag.String("stores", "sqlite,postgres", "stores to measure")
	postgresUpTo := flag.Int("postgres-up-to", 100_000, "largest archive on PostgreSQL, which is seeded anew each time")
	clients := flag.Int("clients", 8, "clients at once")
	over := flag.Duration("over", 20*time.Second, "how long each is measured")
	keep := flag.String("keep", "bin/bench", "folder that keeps seeded SQLite archives for the next time")
	order := flag.String("order", "newest", "newest or relevance")
	write := flag.Bool("write", false, "write the section of bench/RESULTS.md")
	flag.Parse()
	os.Exit(rig.Play(func(s *rig.Stage) error {
		var out strings.Builder
		fmt.Fprintf(&out, "Target on SQLite at 1,000,000 conversations: p95 ≤ %s, p99 ≤ %s, newest first.\n\n", targetP95, targetP99)
		fmt.Fprintf(&out, "Machine: %s. %d clients ask package view in the bench's own process.\n", rig.Machine(s.TempDir()), *clients)
		for _, name := range strings.Split(*stores, ",") { // one engine after the other: PostgreSQL tidies up long after
			for _, size := range strings.Split(*sizes, ",") {
				n, err := strconv.Atoi(size)
				if err != nil {
					return err
				}
				if name == "postgres" && n > *postgresUpTo {
					continue
				}
				text, err := measure(s, setting{name, *keep, n, *clients, *over, view.HitOrder(*order)})
				if err != nil {
					return err
				}
				fmt.Println(text)
				out.WriteString("\n" + text)
			}
		}
		if *write {
			return rig.WriteSection("bench/RESULTS.md", "Search", out.String())
		}
		return nil
	}))
}

// setting is one archive and how it is asked.
type setting struct {
	store, keep   string
	conversations int
	clients       int
	over          time.Duration
	order         view.HitOrder
}

func measure(s *rig.Stage, set setting) (string, error) {
	ctx := s.Context()
	var db *store.DB
	var a *archive
	var facts keptArchive
	var err error
	if set.store == "postgres" {
		facts.Now = time.Now()
		if db, a, err = openAndSeed(ctx, postgres.DSN(s, postgres.Durable()), set.conversations, facts.Now); err == nil {
			err = db.InTx(ctx, func(tx *store.Tx) error { _, err := store.Exec(tx, store.Dynamic("analyze")); return err })
		}
		facts.Filled = time.Since(facts.Now)
	} else {
		db, a, facts, err = openSeeded(s, set.keep, set.conversations)
	}
	if err != nil {
		return "", err
	}
	defer db.Close() //nolint:errcheck // a bench's own store
	got, asked, err := ask(ctx, view.New(view.Config{DB: db, Clock: clock.At(facts.Now)}), a, set)
	if err != nil {
		return "", err
	}
	return report(set.store, a, got, asked, facts.Filled), nil
}

type sample struct {
	took  time.Duration
	found int
}

// ask lets the clients ask until the time is over.
func ask(ctx context.Context, lists *view.Lists, a *archive, set setting) ([][]sample, time.Duration, error) {
	out := make([][]sample, len(mix))
	var mu sync.Mutex
	var failed error
	var all sync.WaitGroup
	begun := time.Now()
	for c := range set.clients {
		all.Go(func() {
			r := rand.New(rand.NewPCG(uint64(c), 5)) //nolint:gosec // the same questions every time
			mine := make([][]sample, len(mix))
			for time.Since(begun) < set.over && ctx.Err() == nil {
				k := pick(r)
				q := mix[k].ask(r, a)
				start := time.Now()
				page, err := lists.Search(ctx, team.Actor{Person: 1, Shop: 1, Role: team.Owner}, view.Asking{Q: q, Order: set.order})
				if err != nil {
					mu.Lock()
					failed = fmt.Errorf("%s: %w", q, err)
					mu.Unlock()
					return
				}
				mine[k] = append(mine[k], sample{time.Since(start), len(page.Conversations)})
			}
			mu.Lock()
			defer mu.Unlock()
			for k := range mine {
				out[k] = append(out[k], mine[k]...)
			}
		})
	}
	all.Wait()
	return out, time.Since(begun), failed
}

func pick(r *rand.Rand) int {
	n := r.IntN(100)
	for i, c := range mix {
		if n -= c.share; n < 0 {
			return i
		}
	}
	return 0
}

func report(name string, a *archive, got [][]sample, over, filled time.Duration) string {
	var b strings.Builder
	messages := 3 * a.conversations
	fmt.Fprintf(&b, "**%d conversations, %d messages, %s.** Seeded in %s; of that, a message's words cost %.0f µs to make and %.0f µs to put (%d bytes of text on average).\n\n",
		a.conversations, messages, name, filled.Round(time.Second), perMessage(a.analyse, messages), perMessage(a.put, messages), a.textBytes/int64(messages))
	b.WriteString("| question | share | asked | p50 ms | p95 ms | p99 ms | conversations found, mean | of all found nothing |\n|---|--:|--:|--:|--:|--:|--:|--:|\n")
	var all []sample
	for i, c := range mix {
		all = append(all, got[i]...)
		b.WriteString(line(c.name, strconv.Itoa(c.share)+" %", got[i]))
	}
	b.WriteString(line("**all**", "100 %", all))
	fmt.Fprintf(&b, "\n%.0f searches a second.\n", float64(len(all))/over.Seconds())
	return b.String()
}

func perMessage(d time.Duration, n int) float64 { return float64(d.Microseconds()) / float64(n) }

func line(name, share string, got []sample) string {
	if len(got) == 0 {
		return fmt.Sprintf("| %s | %s | 0 | | | | | |\n", name, share)
	}
	slices.SortFunc(got, func(a, b sample) int { return int(a.took - b.took) })
	found, none := 0, 0
	for _, g := range got {
		found += g.found
		if g.found == 0 {
			none++
		}
	}
	at := func(share float64) float64 {
		return float64(got[min(int(share*float64(len(got))), len(got)-1)].took.Microseconds()) / 1000
	}
	return fmt.Sprintf("| %s | %s | %d | %.1f | %.1f | %.1f | %.1f | %.0f %% |\n", name, share, len(got), at(0.5), at(0.95), at(0.99),
		float64(found)/float64(len(got)), 100*float64(none)/float64(len(got)))
}
