package explain

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/pledge"
)

// draftLine is what `explain draft` writes for one draft.
type draftLine struct {
	File     string        `json:"file"`
	OK       bool          `json:"ok"`
	Verdict  string        `json:"verdict"`
	Findings []findingLine `json:"findings"`
	Promises []promiseLine `json:"promises"`
}

type findingLine struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Words    string `json:"words"`
	Advice   string `json:"advice"`
}

type promiseLine struct {
	Kind   pledge.Kind `json:"kind"`
	Due    *string     `json:"due"`
	Amount *amountLine `json:"amount"`
	Words  string      `json:"words"`
}

type amountLine struct {
	Value    string `json:"value"`
	Currency string `json:"currency"`
}

var severityWords = map[guard.Severity]string{guard.Warns: "warn", guard.Stops: "stop", guard.NeverPassed: "block"}

// Draft says for each draft whether the guard would let it pass, warn or block
// it (a stop, which a person may pass with a reason, blocks too), why, and what
// it promises. The context is a JSON file (guard.ParseContext); one that can't be
// read gives ExitBadUsage, nothing on stdout and one line on stderr that names
// the key.
func Draft(context string, files []string, stdin io.Reader, stdout, stderr io.Writer) int {
	draft, facts, err := readContext(context)
	if err != nil {
		return badUsage(err, stderr)
	}
	if draft.Lang == "" {
		draft.Lang = lang.Detect(facts.Message)
	}
	return eachFile(files, stdin, stdout, func(file string, content []byte) (any, error) {
		d := draft
		d.Text = bodyText(content)
		return newDraftLine(file, d, facts), nil
	})
}

func readContext(path string) (guard.Draft, guard.Facts, error) {
	if path == "" {
		return guard.Draft{}, guard.Facts{}, UsageError{"--context: missing"}
	}
	data, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		var cause *os.PathError
		if errors.As(err, &cause) {
			err = cause.Err
		}
		return guard.Draft{}, guard.Facts{}, UsageError{fmt.Sprintf("--context: %s: %v", path, err)}
	}
	d, f, err := guard.ParseContext([]byte(bodyText(data)))
	if err != nil {
		return d, f, UsageError{fmt.Sprintf("--context: %v", err)}
	}
	return d, f, nil
}

func newDraftLine(file string, d guard.Draft, f guard.Facts) draftLine {
	read := guard.Read(d, f)
	found := read.Findings
	line := draftLine{File: file, OK: true, Verdict: verdict(found), Findings: []findingLine{}, Promises: []promiseLine{}}
	for _, f := range found {
		line.Findings = append(line.Findings, findingLine{f.Rule, severityWords[f.Severity], f.Start, f.End, f.Words, f.Advice})
	}
	for _, p := range read.Promises {
		promise := promiseLine{Kind: p.Kind, Words: p.Words}
		if !p.Due.IsZero() {
			promise.Due = orNull(p.Due.UTC().Format(time.RFC3339))
		}
		if p.Amount.Value != "" {
			promise.Amount = &amountLine{p.Amount.Value, p.Amount.Currency}
		}
		line.Promises = append(line.Promises, promise)
	}
	return line
}

func verdict(found []guard.Finding) string {
	switch {
	case slices.ContainsFunc(found, func(f guard.Finding) bool { return f.Severity != guard.Warns }):
		return "block"
	case len(found) > 0:
		return "warn"
	default:
		return "pass"
	}
}
