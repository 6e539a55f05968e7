package compose

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/fault"
)

// header collects folded fields.
type header struct{ bytes.Buffer }

// lineGoal is where a header is folded (RFC 5322, 2.1.1 asks for 78; RFC 2047,
// 2 for 76 where there are encoded words).
const lineGoal = 76

// add writes one field from tokens that are joined by one space and folded
// between them. Tokens hold no space, no line break and no byte over 126.
func (h *header) add(name string, tokens ...string) {
	h.WriteString(name)
	h.WriteByte(':')
	col := len(name) + 1
	for i, t := range tokens {
		if i > 0 && col+1+len(t) > lineGoal {
			h.WriteString("\r\n")
			col = 0
		}
		h.WriteByte(' ')
		h.WriteString(t)
		col += 1 + len(t)
	}
	h.WriteString("\r\n")
}

// oneLine makes one clean line of text that others wrote: valid UTF-8, no
// controls and no line separators, runs of spaces as one. No-break spaces
// stay, French needs them.
func oneLine(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := true // drops leading spaces
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		if r <= ' ' || (r >= 0x7f && r < 0xa0) || r == '\u2028' || r == '\u2029' {
			r = ' '
		}
		if r == ' ' && space {
			continue
		}
		space = r == ' '
		b.WriteRune(r)
	}
	return strings.TrimSuffix(b.String(), " ")
}

// cut keeps the first n runes, the last of them an ellipsis where something
// was cut.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:n-1]), " ") + "…"
}

// maxWord is the longest word left bare: with it a line still folds in time.
const maxWord = 70

// textTokens makes tokens of one clean line for an unstructured field.
func textTokens(s string) []string {
	if s == "" {
		return nil
	}
	words := strings.Split(s, " ")
	if needsEncoding(s, words) {
		return encodedWords(s)
	}
	return words
}

// needsEncoding: text that looks like an encoded word is encoded too, else the
// reader would see something that nobody wrote.
func needsEncoding(s string, words []string) bool {
	if !isASCII(s) || strings.Contains(s, "=?") {
		return true
	}
	for _, w := range words {
		if len(w) > maxWord {
			return true
		}
	}
	return false
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// encodedWords writes s as RFC 2047 encoded words of at most 60 characters,
// never cutting a rune (RFC 2047, 5): Q where it stays legible, else B.
func encodedWords(s string) []string {
	beyond := 0
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			beyond++
		}
	}
	if beyond*2 > len(s) {
		return chunked(s, "b", func(chunk string) string { return base64.StdEncoding.EncodeToString([]byte(chunk)) })
	}
	return chunked(s, "q", qEncode)
}

// chunked cuts s where the encoded chunk would pass 48 characters.
func chunked(s, kind string, encode func(string) string) []string {
	const room = 48
	var words []string
	start := 0
	for i, r := range s {
		if i > start && len(encode(s[start:i+utf8.RuneLen(r)])) > room {
			words = append(words, "=?utf-8?"+kind+"?"+encode(s[start:i])+"?=")
			start = i
		}
	}
	return append(words, "=?utf-8?"+kind+"?"+encode(s[start:])+"?=")
}

// qEncode leaves bare only what may stand in a phrase (RFC 2047, 5 (3)).
func qEncode(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			b.WriteByte('_')
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("!*+-/", c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('=')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// ours are the fields that only this package or the mail servers write.
var ours = map[string]bool{
	"date": true, "from": true, "sender": true, "reply-to": true, "to": true, "cc": true, "bcc": true,
	"subject": true, "message-id": true, "in-reply-to": true, "references": true, "auto-submitted": true,
	"mime-version": true, "return-path": true, "received": true, "dkim-signature": true,
}

func checkExtra(name, value string) error {
	lower := strings.ToLower(name)
	if name == "" || len(name) > maxWord || ours[lower] || strings.HasPrefix(lower, "content-") || strings.HasPrefix(lower, "resent-") {
		return fault.Wrong("headers", "this header is not to be set here")
	}
	for i := range len(name) {
		if name[i] <= ' ' || name[i] > '~' || name[i] == ':' {
			return fault.Wrong("headers", "no header name") // RFC 5322, 3.6.8
		}
	}
	if strings.ContainsAny(value, "\r\n\x00") {
		return fault.Wrong("headers", "a header value has a line break in it")
	}
	if oneLine(value) == "" || len(value) > 2000 {
		return fault.Wrong("headers", "a header value is empty or too long")
	}
	return nil
}

func languageTag(s string) bool {
	if len(s) > 35 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c != '-' && (c < '0' || c > '9')) {
			return false
		}
	}
	return true
}
