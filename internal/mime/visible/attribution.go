package visible

import "strings"

// attribution is the sentence above a quote: "Le … a écrit :".
type attribution struct {
	from   int  // byte in the first line where it begins
	end    int  // the line after it
	inside bool // the quote begins on its last line
}

// maxAttribution bounds the sentence in lines and bytes. Long names and
// addresses wrap it over four lines, and one program sets the address apart.
const (
	maxAttributionLines = 6
	maxAttributionBytes = 600
)

// findAttribution looks for an attribution that begins in line i.
func findAttribution(lines []line, i int) (attribution, bool) {
	l := lines[i]
	if len(l.trim) <= maxMatch {
		if opensAttribution(l.trim) {
			if a, ok := joinAttribution(lines, i, l.trim); ok {
				return a, true
			}
		}
		if a, ok := sharedLine(lines, i); ok {
			return a, true
		}
		if isNamedAttribution(l.trim, quotedFollows(lines, i+1)) {
			return attribution{end: i + 1}, true
		}
	}
	if from := flattened(l.plain); from >= 0 {
		return attribution{from, i + 1, true}, true
	}
	return attribution{}, false
}

// opensAttribution: it begins with "On", "Le", … or with its date
// ("tir. 18. apr. 2017 kl. …", "2017-11-24 16:32 GMT+01:00 …").
func opensAttribution(s string) bool {
	front := strings.TrimLeft(s, " -*_\"")
	if len(front) > 60 {
		front = front[:60]
	}
	if !strings.ContainsAny(front, "0123456789") {
		return false
	}
	return opens.MatchString(s) || opensWithDay.MatchString(front)
}

// joinAttribution adds lines to the first until the sentence ends. A blank
// line or a ">" may stand inside only while a "<" is open: some programs put
// the address on lines of its own.
func joinAttribution(lines []line, i int, first string) (attribution, bool) {
	joined := first
	for j := i; ; {
		if isAttribution(joined, quotedFollows(lines, j+1)) {
			return attribution{end: j + 1}, true
		}
		if flattened(joined) == 0 {
			return attribution{end: j + 1, inside: true}, true
		}
		j++
		for j < len(lines) && lines[j].blank() && j-i < maxAttributionLines && opensAddress(lines, j, joined) {
			j++
		}
		if j >= len(lines) || j-i >= maxAttributionLines || len(joined) > maxAttributionBytes {
			return attribution{}, false
		}
		next := lines[j]
		if next.blank() || next.picture || (next.byAngle() && strings.Count(joined, "<") <= strings.Count(joined, ">")) {
			return attribution{}, false
		}
		joined += " " + next.head()
	}
}

func opensAddress(lines []line, j int, joined string) bool {
	if strings.Count(joined, "<") > strings.Count(joined, ">") {
		return true
	}
	k := nextContent(lines, j)
	return k < len(lines) && k-j <= 2 && strings.HasPrefix(lines[k].trim, "<")
}

// quotedFollows says that the next line with something in it is quoted.
func quotedFollows(lines []line, i int) bool {
	i = nextContent(lines, i)
	return i < len(lines) && lines[i].quoted
}

// isAttribution judges a joined sentence. A person may well write "On Monday
// Marc wrote:", so without a quote below it must carry what only a program
// writes: an address with a date, or a full date with a time.
func isAttribution(s string, quoteBelow bool) bool {
	if len(s) > maxAttributionBytes || !endsAttribution(s) {
		return false
	}
	if quoteBelow {
		return hasDate.MatchString(s) || hasTime.MatchString(s) || hasEmail.MatchString(s)
	}
	if personWrote.MatchString(s) {
		return false
	}
	return hasDate.MatchString(s) && (hasEmail.MatchString(s) || hasTime.MatchString(s))
}

// endsAttribution: the verb stands at the end, or a colon does and the verb
// or an address stands before it.
func endsAttribution(s string) bool {
	if wroteAtEnd.MatchString(s) {
		return true
	}
	if end := strings.TrimRight(s, " *_->"); !strings.HasSuffix(end, ":") && !strings.HasSuffix(end, "：") {
		return false
	}
	return wroteAnywhere.MatchString(s) || (hasEmail.MatchString(s) && strings.Contains(s, ">"))
}

// isNamedAttribution: "Camille Renaud <camille@…> a écrit :", where the name
// comes first. With nothing but a name it needs a quote below it.
func isNamedAttribution(s string, quoteBelow bool) bool {
	if len(s) > 300 || !endsAttribution(s) || personWrote.MatchString(s) {
		return false
	}
	verbs := wroteAnywhere.FindAllStringIndex(s, -1)
	if len(verbs) == 0 {
		return false
	}
	name, _, addressed := strings.Cut(s[:verbs[len(verbs)-1][0]], "<")
	if !isName(name) && sentFromPlace(name) != 0 {
		return false
	}
	if quoteBelow {
		return true
	}
	return addressed && hasEmail.MatchString(s) && hasDate.MatchString(s)
}

// isName: at most five words, each with a capital or an address, the first of
// them none that begins a sentence about us ("Votre service a écrit :").
func isName(s string) bool {
	words := strings.Fields(strings.Trim(s, " *\"'"))
	if len(words) == 0 || len(words) > 5 {
		return false
	}
	switch strings.ToLower(words[0]) {
	case "votre", "notre", "vous", "your", "our", "the", "le", "la", "un", "une", "mon", "my", "service":
		return false
	}
	for _, w := range words {
		if strings.ToLower(w) == w && !strings.Contains(w, "@") {
			return false
		}
	}
	return len(words) > 1 || strings.Contains(words[0], "@")
}

// sharedLine finds an attribution behind the customer's words on one line, as
// programs write it that drop the line break. It needs an address or a quote
// below, since a person writes such sentences too.
func sharedLine(lines []line, i int) (attribution, bool) {
	l := lines[i]
	if !strings.ContainsAny(l.plain, "0123456789") {
		return attribution{}, false
	}
	for _, at := range opensMid.FindAllStringSubmatchIndex(l.plain, 4) {
		tail := l.plain[at[2]:]
		if a, ok := joinAttribution(lines, i, strings.TrimSpace(tail)); ok {
			if quotedFollows(lines, a.end) || hasEmail.MatchString(tail) {
				a.from = at[0]
				return a, true
			}
		}
	}
	return attribution{}, false
}

// flattened finds an attribution in the middle of a line, with the quote after
// it on the same line. Address and date are both needed.
func flattened(s string) int {
	if !strings.Contains(s, "@") {
		return -1
	}
	const window = 250
	for _, at := range wroteColon.FindAllStringIndex(s, 8) {
		start := max(0, at[0]-window)
		before := s[start:at[0]]
		if personWrote.MatchString(s[start:at[1]]) || !hasEmail.MatchString(before) {
			continue
		}
		opener := opensMid.FindStringSubmatchIndex(" " + before)
		if opener == nil {
			continue
		}
		from := opener[2] - 1
		if sentence := before[from:]; hasEmail.MatchString(sentence) && hasDate.MatchString(sentence) {
			return start + from
		}
	}
	return -1
}
