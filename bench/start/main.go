// Command start measures how soon the built binary shows the owed list of a
// large archive, and what it needs at rest: memory and processor with one
// mailbox in IDLE on a real Dovecot.
//
//	make bench-start                  all of it, six minutes
//	make bench-start ARGS=-write      and into bench/RESULTS.md
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/bench/rig"
)

// targets on SQLite.
const (
	targetStart  = 150 * time.Millisecond
	targetMemory = 50e6  // bytes
	targetCPU    = 0.001 // of a core
)

func main() {
	binary := flag.String("binary", "bin/comptoir", "the built desk")
	conversations := flag.Int("conversations", 100_000, "size of the archive")
	rest := flag.Duration("rest", 5*time.Minute, "how long it is watched at rest")
	write := flag.Bool("write", false, "write the section of bench/RESULTS.md")
	flag.Parse()
	os.Exit(rig.Play(func(s *rig.Stage) error {
		machine := rig.Machine(s.TempDir())
		begun, err := measureStart(s, *binary, *conversations)
		if err != nil {
			return err
		}
		idle, err := measureRest(s, *binary, *rest)
		if err != nil {
			return err
		}
		size, err := os.Stat(*binary)
		if err != nil {
			return err
		}
		body := report(machine, begun, idle, size.Size())
		fmt.Println(body)
		if *write {
			return rig.WriteSection("bench/RESULTS.md", "Start and memory", body)
		}
		return nil
	}))
}

func report(machine string, b begun, r atRest, binary int64) string {
	var out strings.Builder
	fmt.Fprintf(&out, "Targets: owed list of 100,000 conversations ≤ %d ms after exec; at rest with one mailbox in IDLE ≤ %.0f MB resident and ≤ %.1f %% of a core over five minutes.\n\n",
		targetStart.Milliseconds(), targetMemory/1e6, targetCPU*100)
	fmt.Fprintf(&out, "Machine: %s. SQLite.\n\n| what | measured | of target |\n|---|--:|--:|\n", machine)
	line := func(what, measured string, ratio float64) {
		of := "—"
		if ratio > 0 {
			of = fmt.Sprintf("%.2f ×", ratio)
		}
		fmt.Fprintf(&out, "| %s | %s | %s |\n", what, measured, of)
	}
	line(fmt.Sprintf("exec to owed list, %d conversations, median of %d", b.conversations, len(b.warm)),
		fmt.Sprintf("%.0f ms (%.0f to %.0f)", ms(median(b.warm)), ms(b.warm[0]), ms(b.warm[len(b.warm)-1])), float64(median(b.warm))/float64(targetStart))
	line("the same, database not in the page cache", fmt.Sprintf("%.0f ms", ms(median(b.cold))), 0)
	line("resident after the owed list", rig.MB(b.memory.Resident), 0)
	line("size of that database", rig.MB(b.database), 0)
	line(fmt.Sprintf("resident at rest, one mailbox in IDLE, after %s", r.over.Round(time.Second)), rig.MB(r.memory.Resident), float64(r.memory.Resident)/targetMemory)
	line("of it not shared with the binary's file", rig.MB(r.memory.Anonymous), 0)
	share := r.cpu.Seconds() / r.over.Seconds()
	line(fmt.Sprintf("processor over these %s", r.over.Round(time.Second)), fmt.Sprintf("%.3f %% of a core", share*100), share/targetCPU)
	line("size of the binary, web app included", rig.MB(binary), 0)
	return out.String()
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
