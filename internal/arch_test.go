// Package internal_test holds the layout of the project as a test: which
// package may use which, and why not the others. The rows are the table of the
// layout in docs/ARCHITECTURE.md; a change of one is a change of the other.
package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/comptoir-desk/comptoir/"

// row is one line of the layout: its packages may import the rows above it in
// this table, and nobody of their own row unless together says so.
type row struct {
	name     string
	packages []string
	together bool   // may use each other, without circles
	why      string // the reason given for a forbidden import
}

// rows goes from the ground up. A name covers the packages below it
// ("mime/compose" is part of mime); rooms that aren't built yet are no fault.
var rows = []row{
	{
		name: "ground", together: true,
		packages: []string{"calendar", "clock", "fault", "guard", "id", "lang", "law", "mime", "money", "pattern", "pdf", "phrase", "pledge", "thumbnail"},
		why:      "ground packages are pure: the same facts give the same answer, without a store, a network or a server around them",
	},
	{
		name:     "platform: foundations",
		packages: []string{"failpoint", "safehttp", "secret"},
		why:      "foundations know nothing of a desk: anybody above may stand on them",
	},
	{
		name:     "platform: storage",
		packages: []string{"blob", "store"},
		why:      "storage keeps what it is given; if it knew what that means, nothing could be moved to another store",
	},
	{
		name:     "platform: work and events",
		packages: []string{"event", "jobs"},
		why:      "events and jobs are written in anyone's transaction (I9), so they know no domain",
	},
	{
		name:     "platform: live",
		packages: []string{"live"},
		why:      "the bus only wakes readers of events; the events are the truth",
	},
	{
		name:     "platform: search",
		packages: []string{"search"},
		why:      "an index of words knows messages by number alone; whoever writes or asks for one brings the text",
	},
	{
		name:     "1",
		packages: []string{"intake", "shop", "team"},
		why:      "people, shops and raw items exist before any customer or promise: they can't depend on them",
	},
	{
		name:     "2",
		packages: []string{"customer", "push"},
		why:      "a customer is who wrote, not what is owed to them; a device shows what it is given, and decides nothing",
	},
	{
		name:     "3",
		packages: []string{"knowledge", "label", "order", "promise"},
		why:      "promise, order and knowledge are used by the desk in its own transaction (I2); a way back would be a circle",
	},
	{
		name:     "4",
		packages: []string{"desk"},
		why:      "a conversation stands without anything having been sent or decided about it",
	},
	{
		name:     "5",
		packages: []string{"delivery"},
		why:      "a delivery records what leaves (I4), whoever wrote it",
	},
	{
		name:     "6",
		packages: []string{"reply"},
		why:      "reply is the one door out (I3): facts reach it by its interface FactSource, never by import",
	},
	{
		name:     "7",
		packages: []string{"aftersale", "ask", "community", "incident", "notify", "reading", "routing", "survey", "webhook"},
		why:      "each of these reacts to events and must be able to fail or go without the others",
	},
	{
		name:     "8",
		packages: []string{"assistant"},
		why:      "the assistant uses what people use; nothing depends on it",
	},
	{
		name:     "9",
		packages: []string{"demo", "privacy", "report", "view"},
		why:      "readers over all tables are nobody's foundation",
	},
	{
		name:     "edges",
		packages: []string{"api", "channel/*", "connector/*", "site"},
		why:      "an edge translates between the world and the desk; two edges meet in a domain package, or in app",
	},
	{
		name:     "app",
		packages: []string{"app"}, // and app/*, as parts of it
		why:      "app wires everyone together; whoever imports it knows everyone",
	},
}

// pure are the imports that end the purity of the ground.
var pure = map[string]string{
	"database/sql":                "SQL belongs to the packages with a table",
	"net":                         "no network: facts come in as arguments",
	"net/http":                    "no network: facts come in as arguments",
	"net/smtp":                    "no network: facts come in as arguments",
	"os/exec":                     "no process: facts come in as arguments",
	"github.com/jackc/pgx":        "SQL belongs to the packages with a table",
	"modernc.org/sqlite":          "SQL belongs to the packages with a table",
	"github.com/emersion/go-imap": "no network: facts come in as arguments",
	"github.com/emersion/go-smtp": "no network: facts come in as arguments",
}

// source is one Go file of the project.
type source struct {
	path    string // "internal/desk/receive.go"
	dir     string // "internal/desk"
	test    bool
	lines   int
	syntax  *ast.File
	imports []string
}

// unit is the name that stands in rows: "desk" for internal/desk/…, and
// "channel/mail" for internal/channel/mail/…; "" outside internal.
func unit(dir string) string {
	parts := strings.Split(dir, "/")
	if parts[0] != "internal" || len(parts) < 2 {
		return ""
	}
	if (parts[1] == "channel" || parts[1] == "connector") && len(parts) > 2 {
		return parts[1] + "/" + parts[2]
	}
	return parts[1]
}

// rowOf is the index of a unit's row, -1 when it has none.
func rowOf(unit string) int {
	return slices.IndexFunc(rows, func(r row) bool {
		return slices.ContainsFunc(r.packages, func(name string) bool {
			ok, err := path.Match(name, unit)
			return err == nil && ok
		})
	})
}

// sources reads every Go file of the project; tests runs from internal/.
func sources(t *testing.T) []source {
	t.Helper()
	var list []source
	root := ".."
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			hidden := strings.HasPrefix(entry.Name(), ".") && file != root
			if hidden || slices.Contains([]string{"node_modules", "testdata", "dist", "bin", "data"}, entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		read, err := readSource(file)
		if err != nil {
			return err
		}
		list = append(list, read)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no Go file found: the test looks in the wrong place")
	}
	return list
}

func readSource(file string) (source, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return source{}, err
	}
	syntax, err := parser.ParseFile(token.NewFileSet(), file, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return source{}, err
	}
	name := filepath.ToSlash(strings.TrimPrefix(file, ".."+string(filepath.Separator)))
	s := source{
		path: name, dir: path.Dir(name), syntax: syntax,
		test:  strings.HasSuffix(name, "_test.go"),
		lines: strings.Count(string(text), "\n"),
	}
	for _, spec := range syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return source{}, err
		}
		s.imports = append(s.imports, imported)
	}
	return s, nil
}

// TestImportsGoDown holds the one rule of the layout.
func TestImportsGoDown(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.test || strings.HasPrefix(s.dir, "internal/testkit") {
			continue // tests may look from anywhere
		}
		for _, imported := range s.imports {
			target, ours := strings.CutPrefix(imported, module)
			if !ours {
				continue
			}
			if reason := forbidden(s.dir, target); reason != "" {
				t.Errorf("%s imports %s: %s", s.path, target, reason)
			}
		}
	}
}

// forbidden says why dir must not import target, "" when it may.
func forbidden(dir, target string) string {
	if strings.HasPrefix(target, "internal/testkit") {
		if strings.HasPrefix(dir, "test/") || strings.HasPrefix(dir, "bench") {
			return ""
		}
		return "testkit is for tests only: what it does must not be needed by a running desk"
	}
	from, to := unit(dir), unit(target)
	switch {
	case strings.HasPrefix(dir, "test/"), strings.HasPrefix(dir, "bench"), from == "app":
		return ""
	case strings.HasPrefix(dir, "cmd/"):
		if to == "app" {
			return ""
		}
		return "a command reads its flags and starts app; what it can do is written and tested there"
	case target == "web":
		if from == "api" || from == "site" {
			return ""
		}
		return "the built app is served by an edge"
	case from == to:
		return "" // parts of one subject
	}
	low, high := rowOf(to), rowOf(from)
	if low < 0 || high < 0 {
		return "" // TestEachPackageHasARow tells it
	}
	if low < high || (low == high && rows[low].together) {
		return ""
	}
	return fmt.Sprintf("row %q must not use row %q: %s", rows[high].name, rows[low].name, rows[high].why)
}

// TestTheRule tells the rule by examples, so that the test above can't pass for
// want of looking.
func TestTheRule(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from, to string
		may      bool
	}{
		{"internal/desk", "internal/promise", true},
		{"internal/promise", "internal/desk", false},
		{"internal/mime/compose", "internal/lang", true},
		{"internal/guard", "internal/store", false},
		{"internal/team", "internal/shop", false},
		{"internal/event", "internal/store", true},
		{"internal/store", "internal/event", false},
		{"internal/api", "internal/view", true},
		{"internal/api", "internal/channel/mail", false},
		{"internal/channel/mail/imapin", "internal/channel/mail", true},
		{"internal/channel/mail", "internal/channel/chat", false},
		{"internal/connector/vendure", "internal/order", true},
		{"internal/app/explain", "internal/mime", true},
		{"internal/report", "internal/app", false},
		{"internal/desk", "internal/testkit", false},
		{"test/corpus", "internal/testkit/postgres", true},
		{"cmd/comptoir", "internal/app", true},
		{"cmd/comptoir", "internal/store", false},
		{"internal/api", "web", true},
		{"internal/desk", "web", false},
	} {
		if reason := forbidden(tt.from, tt.to); (reason == "") != tt.may {
			t.Errorf("%s → %s: %q, want allowed = %v", tt.from, tt.to, reason, tt.may)
		}
	}
}

// TestEachPackageHasARow makes a new package take its place in the layout.
func TestEachPackageHasARow(t *testing.T) {
	t.Parallel()
	told := map[string]bool{}
	for _, s := range sources(t) {
		name := unit(s.dir)
		if name == "" || name == "testkit" || told[name] {
			continue
		}
		told[name] = true
		if rowOf(name) < 0 {
			t.Errorf("internal/%s has no row in the layout: give it one in arch_test.go and ARCHITECTURE.md, and say why", name)
		}
	}
}

func TestTheGroundIsPure(t *testing.T) {
	t.Parallel()
	// A statement, not a sentence: it begins like one.
	statement := regexp.MustCompile(`(?i)^\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|index|unique)\s|with\s+\w+\s+as\s*\()`)
	for _, s := range sources(t) {
		if s.test || rowOf(unit(s.dir)) != 0 {
			continue
		}
		for _, imported := range s.imports {
			for name, reason := range pure {
				if imported == name || (strings.Contains(name, ".") && strings.HasPrefix(imported, name+"/")) {
					t.Errorf("%s imports %s: %s", s.path, imported, reason)
				}
			}
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err == nil && statement.MatchString(text) {
				t.Errorf("%s holds SQL (%.60q): a pure package has no table", s.path, text)
			}
			return true
		})
	}
}

// TestTheGroundHasNoCircles looks at subjects: Go itself forbids circles of
// packages, not mime → lang → mime/compose.
func TestTheGroundHasNoCircles(t *testing.T) {
	t.Parallel()
	uses := map[string]map[string]bool{}
	for _, s := range sources(t) {
		from := unit(s.dir)
		if s.test || rowOf(from) != 0 {
			continue
		}
		for _, imported := range s.imports {
			to := unit(strings.TrimPrefix(imported, module))
			if to != "" && to != from && rowOf(to) == 0 {
				if uses[from] == nil {
					uses[from] = map[string]bool{}
				}
				uses[from][to] = true
			}
		}
	}
	var walk func(trail []string)
	walk = func(trail []string) {
		for next := range uses[trail[len(trail)-1]] {
			switch {
			case next == trail[0]:
				t.Errorf("circle: %s → %s", strings.Join(trail, " → "), next)
			case !slices.Contains(trail, next):
				walk(append(slices.Clone(trail), next))
			}
		}
	}
	for from := range uses {
		walk([]string{from})
	}
}
