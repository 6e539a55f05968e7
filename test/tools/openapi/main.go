// Command openapi writes the API's description, from which the web app's types
// are generated.
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"os"

	"github.com/comptoir-desk/comptoir/internal/api"
)

func main() {
	raw, err := api.Description()
	if err != nil {
		log.Fatal(err)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, raw, "", " "); err != nil {
		log.Fatal(err)
	}
	pretty.WriteByte('\n')
	if err := os.WriteFile(os.Args[1], pretty.Bytes(), 0o600); err != nil {
		log.Fatal(err)
	}
}
