package mime

import (
	"strings"
	"unicode"
)

// maxHeaderText bounds one decoded header text, in bytes.
const maxHeaderText = 64 << 10

// decodeWords decodes the encoded words of a header text (RFC 2047) and what
// isn't allowed but sent: raw 8-bit bytes, blanks inside words, characters cut
// between two words of the same charset.
func decodeWords(raw string) string {
	if len(raw) > maxHeaderText {
		raw = raw[:maxHeaderText]
	}
	if !strings.Contains(raw, "=?") {
		return tidyLine(toUTF8([]byte(raw), ""))
	}
	var out strings.Builder
	var pending []byte // decoded bytes of neighbouring words, one charset
	pendingCharset := ""
	flush := func() {
		out.WriteString(toUTF8(pending, pendingCharset))
		pending = pending[:0]
	}
	for raw != "" {
		start := strings.Index(raw, "=?")
		if start < 0 {
			break
		}
		word, charset, length := cutWord(raw[start:])
		if length == 0 {
			flush()
			out.WriteString(toUTF8([]byte(raw[:start+2]), ""))
			raw = raw[start+2:]
			continue
		}
		between := raw[:start]
		if strings.TrimSpace(between) != "" || len(pending) == 0 || charset != pendingCharset {
			flush()
			if strings.TrimSpace(between) != "" || out.Len() == 0 {
				out.WriteString(toUTF8([]byte(between), ""))
			}
		}
		pending, pendingCharset = append(pending, word...), charset
		raw = raw[start+length:]
	}
	flush()
	out.WriteString(toUTF8([]byte(raw), ""))
	return tidyLine(out.String())
}

// maxWord is far above the 75 characters that RFC 2047 allows a word.
const maxWord = 2 << 10

// cutWord reads one =?charset?encoding?text?= at the start of s; length 0: none.
func cutWord(s string) (text []byte, charset string, length int) {
	if len(s) > maxWord {
		s = s[:maxWord]
	}
	charsetEnd := indexWithin(s, 2, 60)
	if charsetEnd < 0 || charsetEnd+2 >= len(s) || s[charsetEnd+2] != '?' {
		return nil, "", 0
	}
	from := charsetEnd + 3
	end := strings.Index(s[from:], "?=")
	if end < 0 {
		return nil, "", 0
	}
	body := s[from : from+end]
	charset = cleanCharset(s[2:charsetEnd])
	switch s[charsetEnd+1] {
	case 'b', 'B':
		text, _ = decodeBase64([]byte(body))
	case 'q', 'Q':
		text = decodeQuotedPrintable([]byte(strings.ReplaceAll(body, "_", " ")))
	default:
		return nil, "", 0
	}
	return text, charset, from + end + 2
}

func indexWithin(s string, from, length int) int {
	if from > len(s) {
		return -1
	}
	i := strings.IndexByte(s[from:min(len(s), from+length)], '?')
	if i < 0 {
		return -1
	}
	return from + i
}

// tidyLine makes a header text one line: line breaks and tabs become blanks,
// control and direction-override characters go (they make a name or a subject
// lie).
func tidyLine(s string) string {
	clean := true
	for _, r := range s {
		if isUnsafe(r) {
			clean = false
			break
		}
	}
	if !clean {
		s = strings.Map(func(r rune) rune {
			switch {
			case r == '\n' || r == '\r' || r == '\t':
				return ' '
			case isUnsafe(r):
				return -1
			}
			return r
		}, s)
	}
	return strings.TrimSpace(s)
}

func isUnsafe(r rune) bool {
	if r < 0x80 {
		return r < ' ' || r == 0x7f
	}
	return unicode.IsControl(r) || isDirectionOverride(r) || r == '\u2028' || r == '\u2029'
}

func isDirectionOverride(r rune) bool {
	return (r >= '\u202A' && r <= '\u202E') || (r >= '\u2066' && r <= '\u2069')
}
