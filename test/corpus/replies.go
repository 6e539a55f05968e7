package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"github.com/comptoir-desk/comptoir/internal/mime/visible"
)

// replyCase is a line of replies/expected.jsonl. A case without any of the
// expectations counts neither as right nor as wrong.
type replyCase struct {
	File     string   `json:"file"`
	Source   string   `json:"source"`
	Trimmed  *string  `json:"expected_visible_trimmed"`
	Squeezed *string  `json:"expected_visible_ignoring_whitespace"`
	HTML     *string  `json:"expected_html_ignoring_whitespace"`
	Match    []string `json:"visible_must_match"`
	Nothing  bool     `json:"nothing_may_be_hidden"`
}

func (c replyCase) counts() bool {
	return c.Trimmed != nil || c.Squeezed != nil || c.HTML != nil || len(c.Match) > 0 || c.Nothing
}

// replyMiss tells why a case is wrong, in a word, and whether words of the
// customer were hidden, which is the worst fault.
type replyMiss struct {
	file, cause, detail string
	hidden              bool
}

// rightReplies is the bar: the share of visible parts that must be right.
const rightReplies = 0.95

// scoreReplies runs the visible-reply split over dir/replies and prints a table
// by source with each miss. It is true when at least 95 % are right and no
// word of a customer is hidden, and when the folder is not there.
func scoreReplies(dir string) (ok bool) {
	cases, err := readReplyCases(filepath.Join(dir, "replies", "expected.jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Println("replies: no such folder, nothing to score")
		return true
	}
	if err != nil {
		fmt.Println("replies:", err)
		return false
	}
	type count struct{ right, all int }
	bySource := make(map[string]*count)
	total := &count{}
	var misses []replyMiss
	for _, c := range cases {
		if !c.counts() {
			continue
		}
		source, _, _ := strings.Cut(c.File, "/")
		if bySource[source] == nil {
			bySource[source] = &count{}
		}
		bySource[source].all++
		total.all++
		if miss := judgeReply(filepath.Join(dir, "replies"), c); miss != nil {
			misses = append(misses, *miss)
			continue
		}
		bySource[source].right++
		total.right++
	}

	fmt.Printf("\n%-16s %7s %7s %8s\n", "replies", "right", "of", "share")
	sources := make([]string, 0, len(bySource))
	for s := range bySource {
		sources = append(sources, s)
	}
	slices.Sort(sources)
	for _, s := range sources {
		fmt.Printf("%-16s %7d %7d %7.1f%%\n", s, bySource[s].right, bySource[s].all, share(bySource[s].right, bySource[s].all))
	}
	fmt.Printf("%-16s %7d %7d %7.1f%%\n", "all", total.right, total.all, share(total.right, total.all))
	hidden := 0
	for _, m := range misses {
		fmt.Printf("  miss %-62s %s\n", m.file, m.cause)
		if m.detail != "" {
			fmt.Printf("       %s\n", m.detail)
		}
		if m.hidden {
			hidden++
		}
	}
	fmt.Printf("customer's words hidden: %d\n", hidden)
	return hidden == 0 && float64(total.right) >= rightReplies*float64(total.all)
}

func share(right, all int) float64 {
	if all == 0 {
		return 100
	}
	return 100 * float64(right) / float64(all)
}

func readReplyCases(path string) ([]replyCase, error) {
	content, err := os.ReadFile(path) //nolint:gosec // the operator names the folder
	if err != nil {
		return nil, err
	}
	var cases []replyCase
	lines := bufio.NewScanner(bytes.NewReader(content))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c replyCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return nil, err
		}
		cases = append(cases, c)
	}
	return cases, lines.Err()
}

func judgeReply(dir string, c replyCase) *replyMiss {
	in, err := readReply(filepath.Join(dir, filepath.FromSlash(c.File)))
	if err != nil {
		return &replyMiss{file: c.File, cause: "unreadable", detail: err.Error()}
	}
	got := visible.Split(in)
	if c.Nothing && got.Quote != "" {
		return &replyMiss{file: c.File, cause: "hidden", detail: fmt.Sprintf("%q", got.Quote), hidden: true}
	}
	for _, pattern := range c.Match {
		if !regexp.MustCompile(`(?m)` + pattern).MatchString(got.Text) {
			return &replyMiss{file: c.File, cause: "hidden", detail: pattern, hidden: true}
		}
	}
	switch {
	case c.Trimmed != nil:
		return compareReply(c.File, withoutSignature(*c.Trimmed), withoutSignature(got.Text), got.Text)
	case c.Squeezed != nil:
		return compareReply(c.File, squeeze(withoutSignature(*c.Squeezed)), squeeze(withoutSignature(got.Text)), got.Text)
	case c.HTML != nil:
		return compareReply(c.File, squeeze(bareHTML(*c.HTML)), squeeze(bareHTML(got.HTML)), got.Text)
	}
	return nil
}

// compareReply names the kind of a difference: words of the expected part that
// are hidden, or quoted words that are shown.
func compareReply(file, want, got, text string) *replyMiss {
	if want == got {
		return nil
	}
	detail := fmt.Sprintf("want %q, got %q", clip(want), clip(got))
	if missing := missingWords(want, text); len(missing) > 0 {
		return &replyMiss{file: file, cause: "hidden", detail: strings.Join(missing, " ") + "; " + detail, hidden: true}
	}
	if len(got) > len(want) {
		return &replyMiss{file: file, cause: "shown", detail: detail}
	}
	return &replyMiss{file: file, cause: "spacing", detail: detail}
}

var (
	letters  = regexp.MustCompile(`[\p{L}\p{N}]+`)
	anyTag   = regexp.MustCompile(`<[^>]*>`)
	frameTag = regexp.MustCompile(`</?(?:html|head|body)[^>]*>`)
	sigLine  = regexp.MustCompile(`^(?:--|__)\s*$`)
	fromLine = regexp.MustCompile(`(?i)^\s*(?:sent (?:from|with)|envoyé (?:de|depuis)|via mobile)\b.{0,80}$`)
)

// missingWords lists the words of want that text lacks.
func missingWords(want, text string) []string {
	have := make(map[string]int)
	for _, w := range letters.FindAllString(text, -1) {
		have[w]++
	}
	var missing []string
	for _, w := range letters.FindAllString(anyTag.ReplaceAllString(want, " "), -1) {
		if strings.Contains(text, w) {
			continue
		}
		if have[w]--; have[w] < 0 && !strings.Contains(strings.Join(strings.Fields(text), ""), w) {
			missing = append(missing, w)
		}
	}
	return missing
}

// withoutSignature drops what the sources of the corpus disagree on: all from
// a signature mark on, and "sent from" lines.
func withoutSignature(s string) string {
	var kept []string
	for row := range strings.SplitSeq(s, "\n") {
		if sigLine.MatchString(row) {
			break
		}
		if !fromLine.MatchString(row) {
			kept = append(kept, strings.TrimRight(row, " \t\r"))
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

func bareHTML(s string) string {
	return html.UnescapeString(frameTag.ReplaceAllString(strings.ReplaceAll(s, "/>", ">"), ""))
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func clip(s string) string {
	if runes := []rune(s); len(runes) > 160 {
		return string(runes[:80]) + " … " + string(runes[len(runes)-80:])
	}
	return s
}

// readReply reads a sample as the desk would get it: an .eml by its text part.
func readReply(path string) (visible.Input, error) {
	content, err := os.ReadFile(path) //nolint:gosec // the operator names the folder
	if err != nil {
		return visible.Input{}, err
	}
	switch filepath.Ext(path) {
	case ".html", ".htm":
		return visible.Input{HTML: string(content)}, nil
	case ".eml":
		mail, err := enmime.ReadEnvelope(bytes.NewReader(content))
		if err != nil {
			return visible.Input{}, err
		}
		return visible.Input{Text: mail.Text}, nil
	}
	return visible.Input{Text: string(content)}, nil
}
