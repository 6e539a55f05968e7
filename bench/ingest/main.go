// Command ingest measures mail in: real mails in a real Dovecot, read by the
// built binary, from the moment the mailbox is connected until the last mail is
// owed an answer.
//
//	make bench-ingest                 all of it
//	make bench-ingest ARGS=-write     and into bench/RESULTS.md
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/bench/rig"
)

func main() {
	binary := flag.String("binary", "bin/comptoir", "the built desk")
	stores := flag.String("stores", "sqlite,postgres", "stores to measure")
	small := flag.Int("small", 2_000, "small mails; 0 for none")
	realSized := flag.Int("real", 20_000, "real-sized mails; 0 for none")
	rest := flag.Duration("rest", 45*time.Second, "how long after the last mail memory is read again")
	write := flag.Bool("write", false, "write the section of bench/RESULTS.md")
	profile := flag.String("profile", "", "folder for profiles of a binary built with -tags profile")
	flag.Parse()
	os.Exit(rig.Play(func(s *rig.Stage) error {
		machine := rig.Machine(s.TempDir())
		var rows []result
		for _, sort := range []mailSort{{"small", *small, false}, {"real-sized", *realSized, true}} {
			if sort.count == 0 {
				continue
			}
			got, err := measure(s, run{binary: *binary, profile: *profile, rest: *rest, stores: strings.Split(*stores, ","), sort: sort})
			if err != nil {
				return err
			}
			rows = append(rows, got...)
		}
		body := report(machine, rows)
		fmt.Println(body)
		if *write {
			return rig.WriteSection("bench/RESULTS.md", "Ingest", body)
		}
		return nil
	}))
}
