package api_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/api"
)

var inPath = regexp.MustCompile(`\{([a-z]+)\}`)

// huma passes over the fields of an embedded struct whose type isn't exported:
// such an operation would act on id 0.
func TestEachOperationTakesWhatItsPathNames(t *testing.T) {
	t.Parallel()
	raw, err := api.Description()
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Paths) < 50 {
		t.Fatalf("%d paths", len(d.Paths))
	}
	for path, operations := range d.Paths {
		for method, o := range operations {
			for _, name := range inPath.FindAllStringSubmatch(path, -1) {
				if !slices.ContainsFunc(o.Parameters, func(p struct{ Name, In string }) bool { return p.In == "path" && p.Name == name[1] }) {
					t.Errorf("%s %s doesn't take its %s", method, path, name[1])
				}
			}
		}
	}
}
