// Command kill measures what SIGKILL costs: the stories of test/kill with more
// kills, and a table of what was lost, doubled or put in the wrong place. The
// oracle is the mailbox and the receiving server, never the desk's own tables.
//
//	make bench-kill                   all of it
//	make bench-kill ARGS=-write       and into bench/RESULTS.md
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/bench/rig"
	"github.com/comptoir-desk/comptoir/test/kill/harness"
)

func main() {
	kills := flag.Int("kills", 60, "kills in each story")
	write := flag.Bool("write", false, "write the section of bench/RESULTS.md")
	flag.Parse()
	if err := run(*kills, *write); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(kills int, write bool) error {
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
			t := story(tb)
			tallies = append(tallies, t)
			if !t.Clean() {
				tb.Errorf("not clean: %s", t)
			}
		})
	}
	body := table(tallies, dir)
	fmt.Println(body)
	if faults > 0 {
		return fmt.Errorf("%d faults, told above", faults)
	}
	if !write {
		return nil
	}
	return rig.WriteSection("bench/RESULTS.md", "Kills", body)
}

func table(tallies []*harness.Tally, dir string) string {
	var b strings.Builder
	b.WriteString("Targets: nothing lost, doubled without a mark, misthreaded, unowed or given up; what may have gone out twice is marked.\n\n")
	fmt.Fprintf(&b, "Machine: %s. Dovecot, an SMTP server and the desk (SQLite, failpoints built in) share it.\n\n", rig.Machine(dir))
	b.WriteString("SIGKILL at each boundary and at random; the desk starts again at once. Compared with the mailbox and with what the SMTP server got.\n\n")
	b.WriteString("| story | kills | mails | took | lost | doubled unmarked | ghost | misthreaded | not owed once | marked uncertain | of these twice | failed for good |\n")
	b.WriteString("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, t := range tallies {
		fmt.Fprintf(&b, "| %s | %d | %d | %s | %d | %d | %d | %d | %d | %d | %d | %d |\n",
			t.Story, t.Kills, t.Mails, t.Took.Round(time.Second), t.Lost, t.Doubled, t.Ghost, t.Threaded, t.Unowed, t.Uncertain, t.Repeated, t.Failed)
	}
	return b.String()
}
