package law_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/law"
)

var update = flag.Bool("update", false, "write the reasons anew")

// toldStory is one outcome and what was said of it.
type toldStory struct {
	name string
	law.Grounds
}

// TestReasons compares every sentence of every outcome, in both languages, with
// testdata/reasons.txt, which is written to be read by a lawyer.
func TestReasons(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, s := range stories(t) {
		fmt.Fprintf(&b, "== %s\n", s.name)
		for _, r := range s.Reasons {
			fmt.Fprintf(&b, "%s\n%s\n", r.FR, r.EN)
		}
		fmt.Fprintf(&b, "[%s]\n\n", strings.Join(s.Articles, "; "))
	}
	file := filepath.Join("testdata", "reasons.txt")
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file) //nolint:gosec // our own test data
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("(-want +got; -update writes it anew)\n%s", diff)
	}
}

// TestEachReasonIsASentenceInBothLanguages walks the outcomes.
func TestEachReasonIsASentenceInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, s := range stories(t) {
		if len(s.Reasons) == 0 || len(s.Articles) == 0 && s.name != "phone: none" {
			t.Errorf("%s: %d reasons, %d articles", s.name, len(s.Reasons), len(s.Articles))
		}
		french, english := s.Sentences("fr"), s.Sentences("en")
		for i := range s.Reasons {
			for _, sentence := range []string{french[i], english[i]} {
				if !strings.HasSuffix(sentence, ".") || strings.Contains(sentence, "%!") || len([]rune(sentence)) > 250 {
					t.Errorf("%s: %q", s.name, sentence)
				}
			}
			if french[i] == english[i] {
				t.Errorf("%s: %q in both languages", s.name, french[i])
			}
		}
	}
}

// TestNoSentenceIsLeftOut finds each sentence of the source in the stories, so
// that an outcome can't be added without being told.
func TestNoSentenceIsLeftOut(t *testing.T) {
	t.Parallel()
	var told []string
	for _, s := range stories(t) {
		told = append(told, s.Sentences("fr")...)
	}
	for _, sentence := range sentences(t) {
		shape := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(sentence), "%s", ".+") + "$")
		found := false
		for _, s := range told {
			found = found || shape.MatchString(s)
		}
		if !found {
			t.Errorf("no story tells %q", sentence)
		}
	}
}

// sentences are the French words of each call of say and refuse.
func sentences(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, file := range files {
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 {
				return true
			}
			name := ""
			switch f := call.Fun.(type) {
			case *ast.SelectorExpr:
				name = f.Sel.Name
			case *ast.Ident:
				name = f.Name
			}
			if literal, ok := call.Args[0].(*ast.BasicLit); ok && (name == "say" || name == "refuse") {
				text, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, text)
			}
			return true
		})
	}
	if len(list) < 100 {
		t.Fatalf("%d sentences found: the test looks in the wrong place", len(list))
	}
	return list
}
