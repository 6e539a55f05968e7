package internal_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Sizes: files ask to be cut at 400 lines and end at 600; a React component
// that needs more than 250 is two.
const (
	mostGoLines        = 600
	mostWebLines       = 600
	mostComponentLines = 250
)

// empty are names that say nothing, so that everything ends up in them.
var empty = regexp.MustCompile(`(?i)^(utils?|helpers?|managers?|misc|common|base|shared)$`)

func TestGoFilesFitTheirReader(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.lines > mostGoLines && !strings.HasSuffix(s.path, ".gen.go") {
			t.Errorf("%s has %d lines, want %d at most: it is two subjects", s.path, s.lines, mostGoLines)
		}
	}
}

// TestEachPackageIntroducesItself asks for a doc.go that begins "Package x":
// what the package promises and what it never does.
func TestEachPackageIntroducesItself(t *testing.T) {
	t.Parallel()
	introduced, names := map[string]bool{}, map[string]string{}
	for _, s := range sources(t) {
		if s.test || !strings.HasPrefix(s.dir, "internal/") {
			continue
		}
		name := s.syntax.Name.Name
		names[s.dir] = name
		if path.Base(s.path) == "doc.go" && strings.HasPrefix(s.syntax.Doc.Text(), "Package "+name+" ") {
			introduced[s.dir] = true
		}
	}
	for dir, name := range names {
		if !introduced[dir] {
			t.Errorf("%s has no doc.go beginning with %q", dir, "Package "+name+" …")
		}
	}
}

func TestNamesSaySomething(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if empty.MatchString(s.syntax.Name.Name) || empty.MatchString(strings.TrimSuffix(path.Base(s.path), ".go")) {
			t.Errorf("%s (package %s): name what it is about", s.path, s.syntax.Name.Name)
		}
	}
	for _, file := range webFiles(t) {
		base := path.Base(file)
		if strings.HasSuffix(base, ".css") {
			continue // a base style sheet is what the trade calls it
		}
		if empty.MatchString(strings.TrimSuffix(base, filepath.Ext(base))) {
			t.Errorf("%s: name what it is about", file)
		}
	}
}

func TestWebFilesFitTheirReader(t *testing.T) {
	t.Parallel()
	for _, file := range webFiles(t) {
		text, err := os.ReadFile(filepath.Join("..", file))
		if err != nil {
			t.Fatal(err)
		}
		most := mostWebLines
		if strings.HasSuffix(file, ".tsx") && !strings.Contains(file, ".test.") {
			most = mostComponentLines
		}
		if lines := strings.Count(string(text), "\n"); lines > most {
			t.Errorf("%s has %d lines, want %d at most", file, lines, most)
		}
	}
}

// TestFeaturesStandAlone holds the front end's layers: shared → features → app,
// and no feature imports another. The list is the folders themselves.
func TestFeaturesStandAlone(t *testing.T) {
	t.Parallel()
	imports := regexp.MustCompile(`(?m)(?:from|import)\s*\(?\s*["']([^"']+)["']`)
	for _, file := range webFiles(t) {
		if !strings.HasPrefix(file, "web/desk/src/") {
			continue
		}
		text, err := os.ReadFile(filepath.Join("..", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range imports.FindAllStringSubmatch(string(text), -1) {
			target := found[1]
			switch {
			case strings.HasPrefix(target, "@/"):
				target = "web/desk/src/" + strings.TrimPrefix(target, "@/")
			case strings.HasPrefix(target, "."):
				target = path.Join(path.Dir(file), target)
			default:
				continue // a package
			}
			if reason := sideways(layer(file), layer(target)); reason != "" {
				t.Errorf("%s imports %s: %s", file, found[1], reason)
			}
		}
	}
}

// layer is "shared", "features/owed", "app", or "" for what joins them.
func layer(file string) string {
	parts := strings.Split(strings.TrimPrefix(file, "web/desk/src/"), "/")
	switch {
	case parts[0] == "features" && len(parts) > 1:
		return parts[0] + "/" + parts[1]
	case parts[0] == "shared" || parts[0] == "app":
		return parts[0]
	}
	return ""
}

func sideways(from, to string) string {
	feature := strings.HasPrefix(from, "features/")
	switch {
	case from == to || from == "" || from == "app":
		return ""
	case to == "app":
		return "app joins the features; what both need lies in shared"
	case from == "shared" && strings.HasPrefix(to, "features/"):
		return "shared is below the features"
	case feature && strings.HasPrefix(to, "features/"):
		return "a feature can be taken out without another one breaking; what both need lies in shared"
	}
	return ""
}

// webFiles lists the front end's own files: not built, generated or fetched,
// nor the texts of a language.
func webFiles(t *testing.T) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(filepath.Join("..", "web"), func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(file, ".."+string(filepath.Separator)))
		if entry.IsDir() {
			if slices.Contains([]string{"node_modules", "dist", "generated", "locales"}, entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		ours := slices.Contains([]string{".ts", ".tsx", ".css"}, path.Ext(name))
		if ours && !strings.Contains(name, ".gen.") && !strings.HasSuffix(name, ".d.ts") {
			list = append(list, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
