package lang

import (
	"strings"
	"unicode"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

// nnbsp is the narrow space on which a line doesn't break.
const nnbsp = '\u202f'

// untouched is what has its own punctuation: fenced and inline code, addresses
// of pages and mailboxes, HTML entities.
var untouched = pattern.Of("(?s)```.*?(?:```|$)|`[^`\n]*`" +
	`|(?i)\b[a-z][a-z0-9+.-]*://[^\s«»]+|\bwww\.[^\s«»]+|\bmailto:\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|&#?\w+;`)

// Typography puts the narrow no-break space (U+202F) of French typesetting
// before ; : ! ? » and after «, in place of the spaces that stand there or where
// there is none. Addresses, times (10:30), code, smileys and marks inside a word
// stay as they are. Applying it twice changes nothing.
func Typography(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 16)
	last := 0
	for _, m := range untouched.FindAllStringIndex(s, -1) {
		setSpaces(&b, s[last:m[0]], last > 0, rune(s[m[0]]))
		b.WriteString(s[m[0]:m[1]])
		last = m[1]
	}
	setSpaces(&b, s[last:], last > 0, 0)
	return b.String()
}

// setSpaces treats a stretch of prose; follows tells that something untouched
// stands before it, next what comes after it (0 for the end).
func setSpaces(b *strings.Builder, s string, follows bool, next rune) {
	runes := []rune(s)
	quoted := false // an opening quote and its space were just written
	for i := 0; i < len(runes); {
		gap := i
		for gap < len(runes) && isGap(runes[gap]) {
			gap++
		}
		atLineStart := i == 0 && !follows || i > 0 && runes[i-1] == '\n'
		if gap < len(runes) && !atLineStart && !quoted && wantsSpaceBefore(runes, gap, next) && (i == 0 || !opens(runes[i-1])) {
			end := markRunEnd(runes, gap)
			b.WriteRune(nnbsp)
			b.WriteString(string(runes[gap:end]))
			i = end
			continue
		}
		b.WriteString(string(runes[i:gap]))
		if i = gap; i == len(runes) {
			return
		}
		end := i + 1
		if isMark(runes[i]) {
			end = markRunEnd(runes, i)
		}
		b.WriteString(string(runes[i:end]))
		i = end
		if quoted = runes[i-1] == '«'; quoted {
			i = setAfterQuote(b, runes, i)
		}
	}
}

// setAfterQuote replaces the spaces behind an opening quote, unless the line
// ends there.
func setAfterQuote(b *strings.Builder, runes []rune, i int) int {
	end := i
	for end < len(runes) && isGap(runes[end]) {
		end++
	}
	if end == len(runes) || runes[end] == '\n' {
		return i
	}
	b.WriteRune(nnbsp)
	return end
}

// wantsSpaceBefore tells whether the mark at i ends words, and is no part of a
// time, a smiley or an operator.
func wantsSpaceBefore(runes []rune, i int, next rune) bool {
	mark := runes[i]
	if mark == '»' {
		return true
	}
	if !isMark(mark) {
		return false
	}
	end := markRunEnd(runes, i)
	after := next
	if end < len(runes) {
		after = runes[end]
	}
	ends := after == 0 || after == '»' || unicode.IsSpace(after)
	if mark == ':' || mark == ';' {
		return ends && end == i+1
	}
	return ends || strings.ContainsRune(`)]}»".…*_,'’”`, after)
}

// markRunEnd is the end of "?!" or "!!!": one space before all of them.
func markRunEnd(runes []rune, i int) int {
	end := i + 1
	if runes[i] == '»' {
		return end
	}
	for end < len(runes) && isMark(runes[end]) {
		end++
	}
	return end
}

func isGap(r rune) bool { return r == ' ' || r == '\u00a0' || r == nnbsp || r == '\u2009' }

func isMark(r rune) bool { return r == ';' || r == ':' || r == '!' || r == '?' }

func opens(r rune) bool { return r == '(' || r == '[' || r == '¿' || r == '¡' }
