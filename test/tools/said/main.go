// Command said writes the list of what the program says to people in the web
// app, for which the app has words in both languages, and what it says of mail
// servers with its French. Its arguments are the folder "internal" and both files.
package main

import (
	"log"
	"os"

	"github.com/comptoir-desk/comptoir/internal/testkit/said"
)

func main() {
	list, err := said.Read(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	raw, err := list.JSON()
	if err != nil {
		log.Fatal(err)
	}
	servers, err := list.MailServerJSON()
	if err != nil {
		log.Fatal(err)
	}
	for i, content := range [][]byte{raw, servers} {
		if err := os.WriteFile(os.Args[2+i], content, 0o600); err != nil {
			log.Fatal(err)
		}
	}
}
