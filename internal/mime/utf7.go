package mime

import (
	"strings"
	"unicode/utf16"
)

// decodeUTF7 reads UTF-7 (RFC 2152). What is no valid shift stays as it is.
func decodeUTF7(b []byte) string {
	var out strings.Builder
	out.Grow(len(b))
	for i := 0; i < len(b); {
		if b[i] != '+' {
			if b[i] < 0x80 {
				out.WriteByte(b[i])
			} else {
				out.WriteRune('\uFFFD')
			}
			i++
			continue
		}
		end := i + 1
		for end < len(b) && base64Value(b[end]) >= 0 {
			end++
		}
		if end == i+1 { // "+-" is a plus sign
			out.WriteByte('+')
		} else {
			out.WriteString(utf7Shift(b[i+1 : end]))
		}
		if end < len(b) && b[end] == '-' {
			end++
		}
		i = end
	}
	return out.String()
}

func utf7Shift(b []byte) string {
	units := make([]uint16, 0, len(b)*6/16)
	bits, have := uint32(0), 0
	for _, c := range b {
		bits = bits<<6 | uint32(base64Value(c)) //nolint:gosec // 0 to 63
		have += 6
		if have >= 16 {
			have -= 16
			units = append(units, uint16(bits>>have)) //nolint:gosec // the cut is meant
		}
	}
	return string(utf16.Decode(units))
}

func base64Value(c byte) int {
	switch {
	case c >= 'A' && c <= 'Z':
		return int(c - 'A')
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 26
	case c >= '0' && c <= '9':
		return int(c-'0') + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	}
	return -1
}
