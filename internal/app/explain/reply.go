package explain

import (
	"io"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/mime/visible"
)

// replyLine is what `explain reply` writes for one file. VisibleHTML is null
// where no HTML came in.
type replyLine struct {
	File        string  `json:"file"`
	OK          bool    `json:"ok"`
	Visible     string  `json:"visible"`
	VisibleHTML *string `json:"visible_html"`
	HiddenQuote string  `json:"hidden_quote"`
}

// Reply writes for each file what the desk would show of it and what it would
// fold. A file is a text or HTML body without headers; a whole mail is read
// when its name ends in .eml. It returns the exit code.
func Reply(files []string, stdin io.Reader, stdout io.Writer) int {
	return eachFile(files, stdin, stdout, func(file string, content []byte) (any, error) {
		in, err := replyInput(file, content)
		if err != nil {
			return nil, err
		}
		parts := visible.Split(in)
		line := replyLine{File: file, OK: true, Visible: parts.Text, HiddenQuote: parts.Quote}
		if in.HTML != "" || isHTML(file, in.HTML) {
			shown := sanitise.HTML(parts.HTML, sanitise.Options{}).HTML
			line.VisibleHTML = &shown
		}
		return line, nil
	})
}

func replyInput(file string, content []byte) (visible.Input, error) {
	if strings.EqualFold(filepath.Ext(file), ".eml") {
		m, err := mime.Parse(content, mime.Options{})
		if err != nil {
			return visible.Input{}, err
		}
		return visible.Input{Text: m.Text, HTML: m.HTML}, nil
	}
	body := bodyText(content)
	if isHTML(file, body) {
		return visible.Input{HTML: body}, nil
	}
	return visible.Input{Text: body}, nil
}

// leadingTag: a mail body that begins with an element, a comment or a doctype.
// A "<" before an address ("<camille@…> wrote") is none.
var leadingTag = regexp.MustCompile(`(?i)^\s*<(?:!doctype|!--|\?xml|/?[a-z][a-z0-9:]*(?:\s[^<>]*)?/?>)`)

// isHTML goes by the name, else by the first characters.
func isHTML(file, body string) bool {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".html", ".htm":
		return true
	}
	return leadingTag.MatchString(body)
}

// bodyText makes bytes from a file into valid UTF-8 without a byte order mark.
func bodyText(content []byte) string {
	return strings.ToValidUTF8(strings.TrimPrefix(string(content), "\ufeff"), "\ufffd")
}
