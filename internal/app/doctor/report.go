package doctor

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// State is how a check ended.
type State string

// The states.
const (
	OK   State = "ok"
	Warn State = "warn" // works, but somebody should look
	Fail State = "fail" // doesn't work, or soon won't
)

// Text is one sentence in both languages.
type Text struct{ FR, EN string }

func say(fr, en string, args ...any) Text {
	if len(args) == 0 {
		return Text{fr, en}
	}
	return Text{fmt.Sprintf(fr, args...), fmt.Sprintf(en, args...)}
}

// In is the sentence in a language, "fr" or "en".
func (t Text) In(language string) string {
	if language == "fr" {
		return t.FR
	}
	return t.EN
}

// Finding is the outcome of one check.
type Finding struct {
	Check string // stable word, such as "disk"
	About string // what was looked at, such as a mailbox's address; "" when there is one only
	State State
	Says  Text
	Do    Text // empty when it is ok
}

func fine(check, about string, says Text) Finding { return Finding{check, about, OK, says, Text{}} }

func (f Finding) name() string {
	if f.About == "" {
		return f.Check
	}
	return f.Check + " " + f.About
}

// Failed tells whether any check failed.
func Failed(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.State == Fail })
}

var stateWords = map[State]Text{OK: {"ok", "ok"}, Warn: {"attention", "warn"}, Fail: {"échec", "fail"}}

// Print writes the findings as a table; the advice stands under its line.
func Print(w io.Writer, findings []Finding, language string) error {
	states, names := 0, 0
	for _, f := range findings {
		states = max(states, utf8.RuneCountInString(stateWords[f.State].In(language)))
		names = max(names, utf8.RuneCountInString(f.name()))
	}
	var b strings.Builder
	bad := map[State]int{}
	for _, f := range findings {
		bad[f.State]++
		fmt.Fprintf(&b, "%-*s  %-*s  %s\n", states, stateWords[f.State].In(language), names, f.name(), f.Says.In(language))
		if do := f.Do.In(language); do != "" {
			fmt.Fprintf(&b, "%-*s  %-*s  → %s\n", states, "", names, "", do)
		}
	}
	last := say("Tout va bien.", "All is well.")
	if bad[Fail]+bad[Warn] > 0 {
		last = say("%d en échec, %d à regarder, %d bons.", "%d failed, %d to look at, %d fine.", bad[Fail], bad[Warn], bad[OK])
	}
	b.WriteString("\n" + last.In(language) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// PrintJSON writes the findings for a program: {"ok": false, "checks": [...]}.
func PrintJSON(w io.Writer, findings []Finding, language string) error {
	type line struct {
		Check string `json:"check"`
		About string `json:"about,omitempty"`
		State State  `json:"state"`
		Says  string `json:"says"`
		Do    string `json:"do,omitempty"`
	}
	out := struct {
		OK     bool   `json:"ok"`
		Checks []line `json:"checks"`
	}{!Failed(findings), []line{}}
	for _, f := range findings {
		out.Checks = append(out.Checks, line{f.Check, f.About, f.State, f.Says.In(language), f.Do.In(language)})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}
