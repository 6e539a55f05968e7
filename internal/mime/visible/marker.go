package visible

import "strings"

// isForward recognises the line above a forwarded mail. What follows it is
// what the customer wants us to read.
func (l line) isForward() bool {
	return forwardLine.MatchString(l.head())
}

// isOriginal recognises "-----Message d'origine-----" and the line of a ticket
// system above which one should write.
func (l line) isOriginal() bool {
	s := l.head()
	return s != "" && (originalLine.MatchString(s) || (ticketLine.MatchString(s) && decorated(s)))
}

// decorated asks for two signs of a machine: a row of marks at both ends, as
// in "##- … -##", or the opening row of a ticket system.
func decorated(s string) bool {
	last := s[len(s)-1]
	return strings.IndexByte("#=*-]", last) >= 0
}

func (l line) isDecoration() bool {
	return decoration.MatchString(l.head())
}

// isSentFrom recognises "Envoyé de mon iPhone" and its like.
func (l line) isSentFrom() bool {
	return sentFromPlace(l.trim) == 0
}

// maxSentFrom is the longest phone line in bytes, without its link.
const maxSentFrom = 110

// sentFromPlace is where a phone line begins that ends s, or -1.
func sentFromPlace(s string) int {
	s = urlTail.ReplaceAllString(strings.TrimRight(s, " .*_-"), "")
	start := max(0, len(s)-maxSentFrom)
	at := sentFrom.FindStringIndex(s[start:])
	if at == nil || hasDate.MatchString(s[start+at[0]:]) {
		return -1
	}
	from := start + at[0]
	if !device.MatchString(s[from:]) {
		return -1
	}
	if before := strings.TrimLeft(s[:from], " *_-"); before == "" {
		return 0
	} else if !strings.HasSuffix(s[:from], " ") {
		return -1
	}
	return from
}

// isListFooter says that the lines from i to the end are what a mailing-list
// server appended: a short row of underscores, then its addresses.
func isListFooter(lines []line, i int) bool {
	if len(lines[i].trim) < 2 || strings.Trim(lines[i].trim, "_") != "" {
		return false
	}
	rest := lines[i+1:]
	if len(rest) > 12 {
		return false
	}
	for _, l := range rest {
		if listFooter.MatchString(l.head()) {
			return true
		}
	}
	return false
}
