package app_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/app"
)

// blindCase is one line of the cases that were written from the texts alone,
// before the code and without sight of it.
type blindCase struct {
	ID     string
	Why    string
	Args   []string
	Expect map[string]any
}

func blindCases(t *testing.T) (all []blindCase) {
	t.Helper()
	f, err := os.Open("../law/testdata/blind/cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var c blindCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if len(c.Args) > 0 {
			all = append(all, c)
		}
	}
	return all
}

// The law was not changed after these were run: see testdata/blind/README.md.
func TestTheBlindCasesOfTheLaw(t *testing.T) {
	t.Parallel()
	for _, c := range blindCases(t) {
		var out, errs bytes.Buffer
		code := app.Main(t.Context(), append([]string{"explain"}, c.Args...), app.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
		var said map[string]any
		if err := json.Unmarshal(out.Bytes(), &said); err != nil {
			t.Errorf("%s: code %d, %q %q", c.ID, code, out.String(), errs.String())
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(c.Expect)) {
			if got, ok := said[key]; !ok || !reflect.DeepEqual(got, c.Expect[key]) {
				t.Errorf("%s: %s is %v, expected %v (%s; %v)", c.ID, key, got, c.Expect[key], c.Why, c.Args)
			}
		}
	}
}
