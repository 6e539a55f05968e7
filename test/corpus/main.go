// Command corpus scores the reading of mail over a folder of real mails that
// isn't part of the project:
//
//	go run ./test/corpus DIR
//
// It prints a table and every miss, and exits 1 when a bar is missed.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: corpus DIR")
		os.Exit(2)
	}
	mailOK := scoreMail(os.Args[1])
	repliesOK := scoreReplies(os.Args[1])
	if !mailOK || !repliesOK {
		os.Exit(1)
	}
}
