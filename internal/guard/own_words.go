package guard

import (
	"strings"
	"unicode"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// ownWords gives the draft with everything blotted out that its author did not
// write: quoted lines, lines and quotations that the customer's message
// contains, and the signature. Lines become spaces and quotations the letter q,
// so that each byte keeps its place and nothing looks left empty.
func ownWords(text, message, signature string) string {
	lines := strings.SplitAfter(text, "\n")
	theirs := theirWords(cutAt(message, mostQuotable))
	kept := make([]byte, 0, len(text))
	rest := false // everything from here on is an earlier mail
	for i, line := range lines {
		rest = rest || i > 0 && strings.Contains(line, "--") && startsOldMail.MatchString(line)
		switch {
		case rest || isQuotedLine(lines, i) || i < mostCompared && isPasted(line, theirs):
			kept = append(kept, blotted(line, ' ')...)
		default:
			kept = append(kept, line...)
		}
	}
	own := string(kept)
	if theirs.flow != "" {
		own = withoutQuotations(own, theirs.flow)
	}
	return withoutSignature(own, signature)
}

// What is compared with the customer's message, in lines of the draft and bytes
// of the message.
const mostCompared, mostQuotable = 2000, 20_000

var (
	startsOldMail = pattern.Of(`(?i)^ {0,3}-{2,} ?(?:message d.origine|message transf.r.|original message|forwarded message) ?-{2,}`)
	attribution   = pattern.Of(`(?i)^ {0,3}(?:le .{6,120} a .crit ?:|on .{6,120} wrote ?:)\s*$`)
)

func isQuotedLine(lines []string, i int) bool {
	if strings.HasPrefix(strings.TrimLeft(lines[i], " "), ">") && !strings.HasSuffix(strings.TrimSpace(lines[i]), "<") {
		return true
	}
	if len(lines[i]) > 200 || !strings.Contains(lines[i], "crit") && !strings.Contains(lines[i], "wrote") || !attribution.MatchString(lines[i]) {
		return false
	}
	for _, next := range lines[i+1:] {
		if strings.TrimSpace(next) != "" {
			return strings.HasPrefix(strings.TrimLeft(next, " "), ">")
		}
	}
	return false
}

// words of a message, folded, in two forms to look in.
type words struct {
	flow  string          // " all words in a row "
	lines map[string]bool // each line
}

func theirWords(message string) words {
	if message == "" {
		return words{}
	}
	w := words{lines: map[string]bool{}}
	var flow strings.Builder
	flow.WriteByte(' ')
	for line := range strings.Lines(message) {
		if c := collapsed(line); c != "" {
			w.lines[c] = true
			flow.WriteString(c)
			flow.WriteByte(' ')
		}
	}
	w.flow = flow.String()
	return w
}

// isPasted tells whether the customer's message has the line: a whole line of
// it, or at least three words in a row.
func isPasted(line string, theirs words) bool {
	if theirs.flow == "" || len(line) > 4000 {
		return false
	}
	own := collapsed(line)
	return theirs.lines[own] || strings.Count(own, " ") >= 2 && strings.Contains(theirs.flow, " "+own+" ")
}

// quotation is a stretch between quotes, on one line.
var quotation = pattern.Of(`«[^«»\n]{3,400}»|“[^“”\n]{3,400}”|"[^"\n]{3,400}"`)

func withoutQuotations(own, theirs string) string {
	if !strings.ContainsAny(own, `«“"`) {
		return own
	}
	return quotation.ReplaceAllStringFunc(own, func(q string) string {
		if inner := collapsed(q); inner == "" || !strings.Contains(theirs, " "+inner+" ") {
			return q
		}
		return blotted(q, 'q')
	})
}

// withoutSignature blots the signature out where it stands last, and what
// follows the mark "-- " (RFC 3676, section 4.3).
func withoutSignature(own, signature string) string {
	if i := strings.LastIndex(own, "\n-- \n"); i >= 0 {
		own = own[:i+1] + blotted(own[i+1:], ' ')
	}
	signature = strings.TrimSpace(signature)
	trimmed := strings.TrimRightFunc(own, unicode.IsSpace)
	if signature != "" && strings.HasSuffix(trimmed, signature) {
		i := len(trimmed) - len(signature)
		own = own[:i] + blotted(own[i:], ' ')
	}
	return own
}

func blotted(s string, with byte) string {
	b := []byte(s)
	for i, c := range b {
		if c != '\n' && c != '\r' {
			b[i] = with
		}
	}
	return string(b)
}

// collapsed is how pasted words compare: folded, in a row, without list marks
// and the punctuation around them.
func collapsed(s string) string {
	all := strings.FieldsFunc(lang.Fold(s), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`>*•"«»“”…`, r)
	})
	kept := all[:0]
	for _, w := range all {
		if w = strings.Trim(w, ".,;:!?()-–"); w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}
