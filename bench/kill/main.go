// Command kill measures what SIGKILL costs: the stories of test/kill with more
// kills, and a table of what was lost, doubled or put in the wrong place. The
// oracle is the mailbox and the receiving server, never the desk's own tables.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/bench/rig"
	"github.com/comptoir-desk/comptoir/test/kill/harness"
)

func main() {
	results := flag.String("results", "bench/RESULTS.md", "file whose section is written; - for none")
	kills := flag.Int("kills", 60, "kills in each story")
	flag.Parse()
	if err := run(*results, *kills); err != nil {
		log.Fatal(err)
	}
}

func run(results string, kills int) error {
	dir, err := os.MkdirTemp("", "comptoir-bench-kill-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	binary, err := harness.Build(dir, "failpoints")
	if err != nil {
		return err
	}
	var tallies []*harness.Tally
	faults := 0
	for _, story := range []func(testing.TB) *harness.Tally{
		func(tb testing.TB) *harness.Tally {
			tb.Helper()
			return harness.Ingest(tb, harness.IngestPlan{Binary: binary, Kills: kills, Threads: 2 * kills, AfterIntake: "none", Seed: 1})
		},
		func(tb testing.TB) *harness.Tally {
			tb.Helper()
			return harness.Send(tb, harness.SendPlan{Binary: binary, Kills: kills, Answers: 2 * kills, Seed: 1})
		},
		func(tb testing.TB) *harness.Tally {
			tb.Helper()
			return harness.Restart(tb, harness.SendPlan{Binary: binary, Answers: 30, Seed: 1})
		},
	} {
		faults += harness.Standalone(os.Stderr, func(tb testing.TB) {
			tb.Helper()
			tallies = append(tallies, story(tb))
		})
	}
	body := table(tallies, dir)
	fmt.Println(body)
	if faults > 0 {
		return fmt.Errorf("%d faults, told above", faults)
	}
	if results == "-" {
		return nil
	}
	return rig.WriteSection(results, "Kills", body)
}

func table(tallies []*harness.Tally, dir string) string {
	var b strings.Builder
	b.WriteString(rig.Machine(dir) + "\n\n")
	b.WriteString("| story | kills | mails | lost | doubled unmarked | ghost | misthreaded | marked uncertain | of these twice | failed for good |\n")
	b.WriteString("|---|---|---|---|---|---|---|---|---|---|\n")
	for _, t := range tallies {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d |\n",
			t.Story, t.Kills, t.Mails, t.Lost, t.Doubled, t.Ghost, t.Threaded, t.Uncertain, t.Repeated, t.Failed)
	}
	return b.String()
}
