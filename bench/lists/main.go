// Command lists measures the lists of the built binary over HTTP: 16 clients,
// near and far pages, filtered by team and by tag, while mail comes in; and,
// apart, one conversation with all that its screen shows.
//
//	make bench-lists                          10k, 100k and 1M conversations, both stores
//	make bench-lists ARGS=-write              and into bench/RESULTS.md
//	make bench-lists ARGS="-sizes=10000 -stores=sqlite -for=10s"
package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/comptoir-desk/comptoir/bench/rig"
)

// targets on SQLite.
const (
	targetRate  = 2_000                 // requests a second at 100k
	targetP99   = 25 * time.Millisecond // at 100k
	targetRatio = 1.3                   // p50 at 1M over 10k
	targetWhole = 2_000                 // whole conversations a second
	clients     = 16
	mailsPerSec = 20
)

func main() {
	binary := flag.String("binary", "bin/comptoir", "the built desk")
	stores := flag.String("stores", "sqlite,postgres", "stores to measure")
	sizes := flag.String("sizes", "10000,100000,1000000", "conversations, each with three messages")
	postgresUpTo := flag.Int("postgres-up-to", 1_000_000, "largest archive on PostgreSQL, which is seeded anew each time")
	over := flag.Duration("for", 20*time.Second, "how long each class of requests is measured in all")
	rounds := flag.Int("rounds", 3, "rounds over the sizes, so that the machine's moods meet all of them")
	keep := flag.String("keep", "bin/bench", "folder that keeps seeded SQLite desks for the next time; empty for none")
	profile := flag.String("profile", "", "folder for profiles of a binary built with -tags profile")
	write := flag.Bool("write", false, "write the section of bench/RESULTS.md")
	flag.Parse()
	os.Exit(rig.Play(func(s *rig.Stage) error {
		machine := rig.Machine(s.TempDir())
		var all []*result
		for store := range strings.SplitSeq(*stores, ",") {
			var runs []*result
			for text := range strings.SplitSeq(*sizes, ",") {
				n, err := strconv.Atoi(text)
				if err != nil {
					return err
				}
				if store == "postgres" && n > *postgresUpTo {
					continue
				}
				r, err := prepare(s, setting{binary: *binary, store: store, conversations: n, keep: *keep, profile: *profile})
				if err != nil {
					return fmt.Errorf("%d on %s: %w", n, store, err)
				}
				runs = append(runs, r)
			}
			for _, round := range []func(*result, *rig.Stage, time.Duration) error{(*result).listRound, (*result).wholeRound} {
				for range *rounds {
					for _, r := range runs {
						if err := round(r, s, *over/time.Duration(*rounds)); err != nil {
							return fmt.Errorf("%d on %s: %w", r.conversations, r.store, err)
						}
					}
				}
			}
			for _, r := range runs {
				if *profile != "" {
					_ = syscall.Kill(r.desk.PID(), syscall.SIGUSR1)
					if err := s.Rest(2 * time.Second); err != nil {
						return err
					}
				}
				r.desk.Stop()
			}
			all = append(all, runs...)
		}
		body := report(machine, all)
		fmt.Println(body)
		if *write {
			return rig.WriteSection("bench/RESULTS.md", "Lists", body)
		}
		return nil
	}))
}
