// Command guard scores the guard against a folder of labelled drafts and prints
// the table: precision and recall per rule, and false stops on ordinary answers.
//
//	go run ./test/guard internal/guard/testdata/labelled/dev
//	go run ./test/guard -names '*-10.jsonl' DIR    some of its files
//	go run ./test/guard -wrong DIR                 with what was missed or a false alarm
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/comptoir-desk/comptoir/internal/guard/labelled"
)

func main() {
	wrong := flag.Bool("wrong", false, "list what was missed and the false alarms")
	names := flag.String("names", "*.jsonl", "the files of the folder to score")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: guard [-wrong] [-names PATTERN] DIR")
		os.Exit(2)
	}
	table, err := labelled.Measure(flag.Arg(0), *names)
	if err != nil {
		fmt.Fprintln(os.Stderr, "guard:", err)
		os.Exit(1)
	}
	fmt.Print(table)
	if *wrong {
		list(table)
	}
}

func list(t labelled.Table) {
	for _, s := range t.Scores {
		for _, w := range s.Wrong {
			fmt.Println(s.Rule, w)
		}
	}
	for _, s := range t.Stopped {
		fmt.Println("stopped", s)
	}
	for _, w := range t.Warned {
		fmt.Println("warned", w)
	}
}
