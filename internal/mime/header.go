package mime

import (
	"bytes"
	"strings"
)

// maxFields bounds the header fields of one part; trace headers of real mail
// stay under 300.
const maxFields = 5000

// field is one header field: lower-cased name, unfolded but undecoded value.
type field struct{ name, value string }

type header []field

func (h header) has(name string) bool {
	for _, f := range h {
		if f.name == name {
			return true
		}
	}
	return false
}

func (h header) all(name string) []string {
	var values []string
	for _, f := range h {
		if f.name == name {
			values = append(values, f.value)
		}
	}
	return values
}

// first gives the first non-blank value: doubled headers often come as an
// empty one and a real one.
func (h header) first(name string) string {
	for _, f := range h {
		if f.name == name && strings.TrimSpace(f.value) != "" {
			return f.value
		}
	}
	return ""
}

func nextLine(b []byte) (line, rest []byte) {
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		return b, nil
	}
	return bytes.TrimSuffix(b[:i], []byte{'\r'}), b[i+1:]
}

// readHeader cuts the header off. Lines that are no header field are taken as
// badly folded ones when a field follows them, else as the start of a body
// whose blank line is missing.
func readHeader(raw []byte) (h header, body []byte, odd bool) {
	rest := raw
	var folded strings.Builder
	flush := func() {
		if folded.Len() > 0 && len(h) > 0 {
			h[len(h)-1].value += folded.String()
		}
		folded.Reset()
	}
	for len(rest) > 0 {
		line, next := nextLine(rest)
		if len(bytes.TrimRight(line, " \t\r")) == 0 {
			if len(line) > 0 && continues(next) { // a folded line of blanks only
				rest = next
				continue
			}
			flush()
			return h, next, odd
		}
		name, value, ok := cutField(line)
		switch {
		case line[0] == ' ' || line[0] == '\t':
			if len(h) == 0 && ok { // a first header pushed in by a blank
				name, value, _ = cutField(bytes.TrimLeft(line, " \t"))
				h, odd = append(h, field{name, value}), true
				break
			}
			folded.WriteByte(' ')
			folded.Write(bytes.TrimSpace(line))
		case ok:
			flush()
			if len(h) < maxFields || (knownFields[name] && len(h) < 2*maxFields) {
				h = append(h, field{name, value})
			} else {
				odd = true
			}
		case len(h) == 0:
			return nil, rest, true
		case bytes.HasPrefix(line, []byte("--")) || !fieldFollows(next):
			flush()
			return h, rest, true
		default:
			odd = true
			folded.WriteByte(' ')
			folded.Write(bytes.TrimSpace(line))
		}
		rest = next
	}
	flush()
	return h, nil, odd
}

// continues says that a line of blanks stands inside a folded value: the next
// line is folded too, and is not a body that happens to be indented.
func continues(next []byte) bool {
	line, after := nextLine(next)
	if len(line) == 0 || (line[0] != ' ' && line[0] != '\t') {
		return false
	}
	return len(bytes.TrimSpace(line)) > 0 && fieldFollows(after)
}

func fieldFollows(next []byte) bool {
	line, _ := nextLine(next)
	if len(bytes.TrimSpace(line)) == 0 {
		return len(line) == 0 && len(next) > 0
	}
	_, _, ok := cutField(line)
	return ok
}

// cutField splits "Name: value"; names are printable US-ASCII without blanks
// (RFC 5322, 3.6.8), blanks before the colon are forgiven (4.5.8).
func cutField(line []byte) (name, value string, ok bool) {
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 || colon > 200 {
		return "", "", false
	}
	raw := bytes.TrimSpace(line[:colon])
	if len(raw) == 0 {
		return "", "", false
	}
	for _, c := range raw {
		if c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '(' {
			return "", "", false
		}
	}
	return strings.ToLower(string(raw)), strings.TrimSpace(string(line[colon+1:])), true
}

// knownFields are names of which a mail has at least one; without any the bytes
// are something else (a page, a picture, a log).
var knownFields = map[string]bool{
	"from": true, "to": true, "subject": true, "date": true, "message-id": true,
	"received": true, "return-path": true, "delivered-to": true, "mime-version": true,
	"content-type": true, "sender": true, "reply-to": true, "cc": true, "bcc": true,
}

func (h header) isMail() bool {
	for _, f := range h {
		if knownFields[f.name] {
			return true
		}
	}
	return false
}

// skipEnvelope drops what stores put before the first header: a byte order
// mark, blank lines, mbox "From " lines (RFC 4155), also quoted by ">".
func skipEnvelope(raw []byte) []byte {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	for {
		line, next := nextLine(raw)
		isFrom := bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From "))
		if len(raw) == 0 || (len(bytes.TrimSpace(line)) > 0 && !isFrom) {
			return raw
		}
		if isFrom && bytes.HasPrefix(bytes.TrimLeft(line[5:], " "), []byte(":")) {
			return raw
		}
		raw = next
	}
}
