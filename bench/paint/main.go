// Command paint measures how soon a click is painted: the built desk on a large
// archive, and Chromium in front of it, driven by paint.mjs. Each act is timed
// inside the page, from the event's time stamp to the frame that shows what was
// asked for.
//
//	make bench-paint                  100k conversations on SQLite
//	make bench-paint ARGS=-write      and into bench/RESULTS.md
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/bench/archive"
	"github.com/comptoir-desk/comptoir/bench/rig"
)

// targetMS is what a person takes for "at once".
const targetMS = 100

// painted is what paint.mjs tells; times are in milliseconds.
type painted struct {
	Browser string
	Classes []struct {
		Name string
		Took []float64
	}
}

func main() {
	binary := flag.String("binary", "bin/comptoir", "the built desk")
	conversations := flag.Int("conversations", 100_000, "size of the archive, three messages each")
	times := flag.Int("times", 48, "how often each act is done; a list shows 50 rows at first")
	keep := flag.String("keep", "bin/bench", "folder that keeps seeded desks for the next time; empty for none")
	write := flag.Bool("write", false, "write the section of bench/RESULTS.md")
	flag.Parse()
	os.Exit(rig.Play(func(s *rig.Stage) error {
		machine := rig.Machine(s.TempDir())
		desk, err := rig.NewDesk(s, *binary, "")
		if err != nil {
			return err
		}
		if err := archive.Fill(s, desk, *binary, *conversations, *keep); err != nil {
			return err
		}
		if err := desk.Start(s.Context()); err != nil {
			return err
		}
		got, err := drive(s, desk, *times)
		if err != nil {
			return fmt.Errorf("%w\n%s", err, desk.Log())
		}
		body := report(machine, *conversations, got)
		fmt.Println(body)
		if *write {
			return rig.WriteSection("bench/RESULTS.md", "Paint", body)
		}
		return nil
	}))
}

// drive has the browser do each act and tells how long each took.
func drive(s *rig.Stage, desk *rig.Desk, times int) (got painted, err error) {
	asked, err := json.Marshal(map[string]any{"base": desk.Base, "session": archive.Token(0), "times": times})
	if err != nil {
		return got, err
	}
	cmd := exec.CommandContext(s.Context(), "node", "bench/paint/paint.mjs")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	cmd.Env = append(os.Environ(), "PAINT="+string(asked))
	if err := cmd.Run(); err != nil {
		return got, fmt.Errorf("paint.mjs: %w", err)
	}
	err = json.Unmarshal(out.Bytes(), &got)
	return got, err
}

func report(machine string, conversations int, got painted) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Target: a click is painted in ≤ %d ms at 100,000 conversations.\n\n", targetMS)
	fmt.Fprintf(&b, "Machine: %s. SQLite; the desk and headless Chromium %s, which draws without a GPU, share it.\n\n", machine, got.Browser)
	fmt.Fprintf(&b, "%d conversations of three messages, 1,440 × 900. From the event's time stamp, inside the page, to behind the frame that shows it: a conversation with "+
		"words of its messages, a list with its rows, the palette with what it offers. Frames come every 17 ms. With two cores for all of it the median is the figure; p95 is how "+
		"the machine's moods look.\n\n", conversations)
	b.WriteString("| act | times | p50 ms | of target | p95 ms | max ms |\n|---|--:|--:|--:|--:|--:|\n")
	for _, c := range got.Classes {
		slices.Sort(c.Took)
		p50 := quantile(c.Took, 0.5)
		fmt.Fprintf(&b, "| %s | %d | %.0f | %.2f × | %.0f | %.0f |\n", c.Name, len(c.Took), p50, p50/targetMS, quantile(c.Took, 0.95), quantile(c.Took, 1))
	}
	return b.String()
}

// quantile of ascending values.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}
