package explain

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

// Exit codes of every verb.
const (
	ExitOK       = 0 // every item was treated, a guard's block included
	ExitSomeBad  = 1 // some item gave {"ok":false}; the others are there
	ExitBadUsage = 2 // bad flag, zone, date or calendar; nothing on standard output
)

// UsageError names the flag, field or line that was wrong; it becomes one line
// on standard error and exit code 2.
type UsageError struct{ Message string }

func (e UsageError) Error() string { return e.Message }

// failure is the line for an item that could not be treated.
type failure struct {
	File  string `json:"file"`
	OK    bool   `json:"ok"`
	Error string `json:"error"`
}

// oneLine writes the one answer of a verb that has no items. An error is
// ExitBadUsage: nothing on stdout, one line on stderr.
func oneLine(answer func() (any, error), stdout, stderr io.Writer) int {
	line, err := answer()
	if err != nil {
		return badUsage(err, stderr)
	}
	enc := json.NewEncoder(stdout)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(line); err != nil {
		return ExitSomeBad
	}
	return ExitOK
}

func badUsage(err error, stderr io.Writer) int {
	fmt.Fprintln(stderr, strings.NewReplacer("\n", " ", "\r", " ").Replace(err.Error()))
	return ExitBadUsage
}

// eachFile treats the files in order and writes one line each. "-" reads
// standard input as one item. A bad item never stops the rest.
func eachFile(files []string, stdin io.Reader, stdout io.Writer, treat func(file string, content []byte) (any, error)) int {
	enc := json.NewEncoder(stdout)
	enc.SetEscapeHTML(false)
	code := ExitOK
	for _, file := range files {
		line, err := treatFile(file, stdin, treat)
		if err != nil {
			line, code = failure{File: file, Error: err.Error()}, ExitSomeBad
		}
		if err := enc.Encode(line); err != nil {
			return ExitSomeBad
		}
	}
	return code
}

func treatFile(file string, stdin io.Reader, treat func(string, []byte) (any, error)) (any, error) {
	var content []byte
	var err error
	if file == "-" {
		content, err = io.ReadAll(stdin)
	} else {
		content, err = os.ReadFile(file) //nolint:gosec // the operator names the files
	}
	if err != nil {
		return nil, err
	}
	return treat(file, content)
}
