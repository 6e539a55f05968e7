package event_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/event"
)

// A kind that is missing from the list could not be asked for by a webhook.
func TestEachKindIsListed(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("event.go")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`(?m)^\t\w+ +Kind = "([a-z_.]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(named) < 30 || len(named) != len(event.Kinds()) {
		t.Errorf("%d kinds in the source, %d in the list", len(named), len(event.Kinds()))
	}
	for _, n := range named {
		if !slices.Contains(event.Kinds(), event.Kind(n[1])) {
			t.Errorf("%s is not in Kinds", n[1])
		}
	}
}
