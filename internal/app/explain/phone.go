package explain

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/law"
)

type phoneLine struct {
	Input             string  `json:"input"`
	OK                bool    `json:"ok"`
	E164              *string `json:"e164"`
	Class             string  `json:"class"`
	AfterSalesAllowed *bool   `json:"aftersales_allowed"`
	Reason            string  `json:"reason"`
}

// badPhoneLine is failure with the keys of this verb beside it.
type badPhoneLine struct {
	Input string `json:"input"`
	failure

	E164              *string `json:"e164"`
	Class             string  `json:"class"`
	AfterSalesAllowed *bool   `json:"aftersales_allowed"`
	Reason            string  `json:"reason"`
}

// Phone tells each number's form and class, and whether after-sales may use it.
// "-" reads standard input, one number a line. What is no number gives
// ExitSomeBad, the others are there; a bad language ExitBadUsage.
func Phone(lang string, numbers []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var f flags
	lang = f.lang(lang)
	if f.err != nil {
		return badUsage(f.err, stderr)
	}
	enc := json.NewEncoder(stdout)
	enc.SetEscapeHTML(false)
	code := ExitOK
	settings := law.Default()
	for _, written := range eachLine(numbers, stdin) {
		line, ok := phoneLineOf(settings, written, lang)
		if !ok {
			code = ExitSomeBad
		}
		if err := enc.Encode(line); err != nil {
			return ExitSomeBad
		}
	}
	return code
}

// eachLine puts the lines of standard input in the place of "-"; empty ones are
// no items. What can't be read is the item "-".
func eachLine(items []string, stdin io.Reader) []string {
	var list []string
	for _, item := range items {
		if item != "-" {
			list = append(list, item)
			continue
		}
		text, err := io.ReadAll(stdin)
		if err != nil {
			list = append(list, item)
			continue
		}
		for line := range strings.Lines(bodyText(text)) {
			if line = strings.TrimSpace(line); line != "" {
				list = append(list, line)
			}
		}
	}
	return list
}

func phoneLineOf(settings law.Settings, written, lang string) (any, bool) {
	n, err := settings.Number(written)
	if err != nil {
		bad := failure{File: written, Error: err.Error()}
		return badPhoneLine{Input: written, failure: bad, Class: string(law.UnknownNumber), Reason: bad.Error}, false
	}
	line := phoneLine{Input: written, OK: true, E164: orNull(n.E164), Class: string(n.Class), Reason: strings.Join(n.Sentences(lang), " ")}
	if allowed, known := n.AfterSales(); known {
		line.AfterSalesAllowed = &allowed
	}
	return line, true
}
