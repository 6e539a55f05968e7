package mime

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// decodeTransfer undoes a Content-Transfer-Encoding (RFC 2045, 6) as far as it
// can; ok is false when the bytes were damaged or the encoding is unknown.
func decodeTransfer(b []byte, encoding string) (decoded []byte, ok bool) {
	encoding, _, _ = strings.Cut(strings.ToLower(strings.Trim(strings.TrimSpace(encoding), `"'`)), ";")
	switch strings.TrimSpace(encoding) {
	case "", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits", "none", "utf-8":
		return b, true
	case "base64", "base-64":
		return decodeBase64(b)
	case "quoted-printable", "quotedprintable", "quoted/printable":
		return decodeQuotedPrintable(b), true
	case "x-uuencode", "uuencode", "x-uue", "uue":
		return decodeUU(b)
	}
	return b, false
}

// decodeBase64 ignores what is no base64 character (RFC 2045, 6.8), takes
// several padded runs in a row and a cut end.
func decodeBase64(b []byte) ([]byte, bool) {
	// What a program wrote in order is done at once; line breaks are no matter.
	whole := make([]byte, base64.StdEncoding.DecodedLen(len(b)))
	if n, err := base64.StdEncoding.Decode(whole, b); err == nil {
		return whole[:n], true
	}
	return decodeDamagedBase64(b)
}

func decodeDamagedBase64(b []byte) ([]byte, bool) {
	clean := make([]byte, 0, len(b))
	out := make([]byte, 0, len(b)*3/4+3)
	ok := true
	flush := func() {
		if len(clean)%4 == 1 {
			clean, ok = clean[:len(clean)-1], false
		}
		at := len(out)
		out = append(out, make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))...)
		n, err := base64.RawStdEncoding.Decode(out[at:], clean)
		ok = ok && err == nil
		out, clean = out[:at+n], clean[:0]
	}
	for _, c := range b {
		switch {
		case base64Value(c) >= 0:
			clean = append(clean, c)
		case c == '=':
			if len(clean) > 0 {
				flush()
			}
		case c > ' ':
			ok = false
		}
	}
	flush()
	return out, ok
}

// decodeTextBase64 is for text that only says it is base64: from the first line
// of plain words on (a whole mail wrongly labelled, a footer put on by a list)
// the text stays as it is.
func decodeTextBase64(b []byte) []byte {
	for rest := b; len(rest) > 0; {
		line, next := nextLine(rest)
		if isWords(bytes.TrimSpace(line)) {
			at := len(b) - len(rest)
			decoded, _ := decodeBase64(b[:at])
			return append(decoded, b[at:]...)
		}
		rest = next
	}
	decoded, _ := decodeBase64(b)
	return decoded
}

// isWords says that a line can't be damaged base64: it has blanks inside, or a
// fifth of it is foreign to the alphabet.
func isWords(line []byte) bool {
	foreign := 0
	for _, c := range line {
		if c == ' ' || c == '\t' {
			return true
		}
		if base64Value(c) < 0 && c != '=' && c != 0 {
			foreign++
		}
	}
	return foreign*5 > len(line)
}

// decodeQuotedPrintable leaves what is no escape as it is: real mail has bare
// "=" signs and lines of any length.
func decodeQuotedPrintable(b []byte) []byte {
	if bytes.IndexByte(b, '=') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] != '=' {
			out = append(out, b[i])
			continue
		}
		if i+2 < len(b) {
			hi, lo := hexValue(b[i+1]), hexValue(b[i+2])
			if hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo)) //nolint:gosec // two hex digits
				i += 2
				continue
			}
		}
		if end := softBreak(b, i+1); end > 0 {
			i = end
			continue
		}
		out = append(out, '=')
	}
	return out
}

// softBreak gives the index of the line feed that ends a soft line break, or 0.
// Blanks before it were added on the way (RFC 2045, 6.7, rule 3); no more than
// a line's worth is looked through, so that a run of "= = =" stays cheap.
func softBreak(b []byte, i int) int {
	limit := min(len(b), i+80)
	for ; i < limit; i++ {
		switch b[i] {
		case '\n':
			return i
		case ' ', '\t', '\r':
		default:
			return 0
		}
	}
	if i == len(b) {
		return i
	}
	return 0
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

// decodeUU reads the lines between "begin 644 name" and "end".
func decodeUU(b []byte) ([]byte, bool) {
	var out []byte
	begun := false
	for rest := b; len(rest) > 0; {
		var line []byte
		line, rest = nextLine(rest)
		switch {
		case !begun:
			begun = bytes.HasPrefix(line, []byte("begin "))
		case bytes.Equal(line, []byte("end")):
			return out, true
		case len(line) > 0:
			out = append(out, uuLine(line)...)
		}
	}
	if !begun {
		return b, false
	}
	return out, false
}

func uuLine(line []byte) []byte {
	n := int((line[0] - ' ') & 0x3f)
	line = line[1:]
	var out []byte
	for i := 0; i < len(line); i += 4 {
		var v uint32
		for j := range 4 {
			v <<= 6
			if i+j < len(line) {
				v |= uint32((line[i+j] - ' ') & 0x3f)
			}
		}
		out = append(out, byte(v>>16), byte(v>>8), byte(v)) //nolint:gosec // three bytes of 24 bits
	}
	return out[:min(n, len(out))]
}
