package said_test

import (
	"os"
	"slices"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/testkit/said"
)

// What the web app's tests read is what the program says today.
func TestTheListIsThatOfTheSource(t *testing.T) {
	t.Parallel()
	list, err := said.Read("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, sentence := range []string{
		"Too many attempts. Try again in {1} {2}.", // a format
		`"{1}" is no mail address.`,
		"conversation not found",         // fault.Missing
		"mail of this message not found", // by way of another function
		"The file is larger than 25 MB.", // by way of a variable
		"This desk is set up already.",   // by way of an argument
		"Your role does not allow this.", // fault.New
		"The guard holds this answer.",   // api.Problem
		"This link was used already or is too old. Ask for a new one.",
	} {
		if !slices.Contains(list.Faults, sentence) {
			t.Errorf("not found in the source: %s", sentence)
		}
	}
	for file, written := range map[string]func() ([]byte, error){
		"said.json": list.JSON, "src/shared/i18n/mail-server.fr.json": list.MailServerJSON,
	} {
		raw, err := written()
		if err != nil {
			t.Fatal(err)
		}
		kept, err := os.ReadFile("../../../web/desk/" + file)
		if err != nil {
			t.Fatal(err)
		}
		if string(raw) != string(kept) {
			t.Errorf("web/desk/%s is not what the source says: run go generate ./internal/api, then give new sentences their words in web/desk/src/shared/i18n", file)
		}
	}
}
