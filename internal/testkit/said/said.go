package said

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2/validation"
)

// List is what the web app needs words for.
type List struct {
	// Faults are sentences; {1}, {2}… stand for what differs each time.
	Faults []string `json:"faults"`
	// Details are reasons of a delivery's state; one that ends in a space goes
	// on with something else.
	Details []string `json:"delivery_details"`
	// Events are the kinds that a conversation shows.
	Events []string `json:"events"`
	// MailServer are the sentences about a mail server, in French by their
	// English; the web app reads them as they are.
	MailServer map[string]string `json:"-"`
}

// Read reads the Go source below root, the folder "internal" of the project.
func Read(root string) (List, error) {
	packages, err := parse(root)
	if err != nil {
		return List{}, err
	}
	faults, err := faultsOf(packages)
	if err != nil {
		return List{}, err
	}
	details, err := detailsOf(packages)
	if err != nil {
		return List{}, err
	}
	servers, err := mailServerOf(packages)
	if err != nil {
		return List{}, err
	}
	events, err := eventsOf(packages)
	return List{Faults: sorted(append(faults, elsewhere...)), Details: sorted(details), Events: sorted(events), MailServer: servers}, err
}

// JSON is the list as it is kept beside the web app.
func (l List) JSON() ([]byte, error) { return written(l, " ") }

// MailServerJSON are its sentences about mail servers as the web app has them.
func (l List) MailServerJSON() ([]byte, error) { return written(l.MailServer, "  ") }

func written(v any, indent string) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	err := e.Encode(v)
	return out.Bytes(), err
}

// elsewhere are sentences that are no literal of a fault: of huma, where what
// somebody typed can cause them, and of the calendar about opening hours.
var elsewhere = templates(
	"validation failed",
	validation.MsgExpectedMaxLength, validation.MsgExpectedMinLength, validation.MsgExpectedMaxItems,
	validation.MsgExpectedMinimumNumber, validation.MsgExpectedMaximumNumber,
	validation.MsgExpectedNumber, validation.MsgExpectedInteger, validation.MsgExpectedString,
	validation.MsgExpectedRFC3339DateTime, validation.MsgExpectedRFC3339Date, validation.MsgExpectedOneOf,
	"overlaps another period of that day", "%s is not before %s", "%q is no time of day, 00:00 to 24:00 expected",
	"ends before it begins", "never opens", "%q is no date, YYYY-MM-DD expected",
)

func templates(formats ...string) []string {
	for i, f := range formats {
		formats[i] = template(f)
	}
	return formats
}

// template puts {1}, {2}… where a format has verbs. What %q prints in quotes
// keeps them.
func template(format string) string {
	var out strings.Builder
	n := 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			out.WriteByte(format[i])
			continue
		}
		i++
		if format[i] == '%' {
			out.WriteByte('%')
			continue
		}
		n++
		quote := ""
		if format[i] == 'q' {
			quote = `"`
		}
		fmt.Fprintf(&out, "%s{%d}%s", quote, n, quote)
	}
	return out.String()
}

func sorted(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// source is one package's files.
type source struct {
	name  string
	files []*ast.File
	set   *token.FileSet
}

func parse(root string) ([]source, error) {
	byFolder := map[string]*source{}
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == "testkit" {
			if err == nil {
				err = filepath.SkipDir
			}
			return err
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder := filepath.Dir(path)
		name, err := filepath.Rel(root, folder)
		if err != nil {
			return err
		}
		if byFolder[folder] == nil {
			byFolder[folder] = &source{name: filepath.ToSlash(name), set: set}
		}
		byFolder[folder].files = append(byFolder[folder].files, f)
		return nil
	})
	var out []source
	for _, p := range byFolder {
		out = append(out, *p)
	}
	return out, err
}
