package rig

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

const resultsIntro = `# Results of the benches

Each section is written by its own command (` + "`make bench-ingest`" + ` and so on) with ` + "`ARGS=-write`" + `.
Targets are in the first line of a section; figures are read from outside the program (package rig).
`

// WriteSection puts a section into a Markdown file in place of the one with the
// same title, or behind the others.
func WriteSection(path, title, body string) error {
	raw, err := os.ReadFile(path) //nolint:gosec // the file that the caller named
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	text := string(raw)
	if text == "" {
		text = resultsIntro
	}
	head := "\n## " + title + "\n"
	section := head + "\n" + strings.TrimSpace(body) + "\n"
	before, after, found := strings.Cut(text, head)
	if found {
		if i := strings.Index(after, "\n## "); i >= 0 {
			section += after[i:]
		}
		text = before
	}
	return os.WriteFile(path, []byte(text+section), 0o644) //nolint:gosec // a document
}
