package mime

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding/korean"
)

// isWide names charsets of two or four bytes a character.
func isWide(charset string) bool {
	for _, prefix := range []string{"utf-16", "utf-32", "ucs-2"} {
		if strings.HasPrefix(charset, prefix) {
			return true
		}
	}
	return false
}

// markedCharset reads a byte order mark, which tells more than a label: files
// saved as "Unicode" are sent under any name. No text begins with one of these.
func markedCharset(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte{0, 0, 0xfe, 0xff}):
		return "utf-32"
	case bytes.HasPrefix(b, []byte{0xff, 0xfe, 0, 0}):
		return "utf-32le"
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return "utf-16be"
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return "utf-16le"
	}
	return ""
}

// decodeWide is not ok when the label must be wrong: the charset with four
// bytes has a zero in each character, the one with two has one in each blank,
// line end and French letter, and other letters have bytes above ASCII.
func decodeWide(charset string, b []byte) (string, bool) {
	hasZero := bytes.IndexByte(b, 0) >= 0
	four := strings.HasPrefix(charset, "utf-32")
	if !hasZero && (four || isASCII(b)) {
		return "", false
	}
	// The order should be big-endian where nothing tells it (Unicode, 3.10);
	// Windows writes the other. No character begins with a byte above 0x10.
	if charset == "utf-32" && len(b) >= 4 && b[0] != 0 && b[3] == 0 {
		charset = "utf-32le"
	}
	return decodeWith(lookup(charset), b)
}

// decodeISO2022KR reads RFC 1557: between SO and SI stand pairs of KS X 1001
// without their high bits. A line begins in ASCII whatever came before.
func decodeISO2022KR(b []byte) string {
	const shiftOut, shiftIn = 0x0e, 0x0f
	b = bytes.ReplaceAll(b, []byte("\x1b$)C"), nil) // the designation says nothing more than the label
	wide := make([]byte, 0, len(b))
	korea := false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == shiftOut:
			korea = true
		case c == shiftIn:
			korea = false
		case korea && c > ' ' && c < 0x7f && i+1 < len(b) && b[i+1] > ' ' && b[i+1] < 0x7f:
			wide = append(wide, c|0x80, b[i+1]|0x80)
			i++
		default:
			korea = korea && c != '\n'
			wide = append(wide, c)
		}
	}
	s, _ := decodeWith(korean.EUCKR, wide)
	return s
}
