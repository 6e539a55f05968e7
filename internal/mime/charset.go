package mime

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode/utf32"
)

// toUTF8 decodes bytes of a declared charset to valid UTF-8 without NUL. The
// declaration is believed unless the bytes contradict it: text that is valid
// multi-byte UTF-8 is UTF-8 whatever a western charset label says, and 8-bit
// text that isn't valid UTF-8 is Windows-1252, what western mail programs send
// unlabelled.
func toUTF8(b []byte, charset string) string {
	charset = cleanCharset(charset)
	if marked := markedCharset(b); marked != "" && !isEastAsian(charset) {
		charset = marked
	}
	switch {
	case charset == "utf-7":
		return tidy(decodeUTF7(b))
	case charset == "iso-2022-kr" && isASCII(b):
		return tidy(decodeISO2022KR(b))
	case isWide(charset):
		if s, ok := decodeWide(charset, b); ok {
			return tidy(s)
		}
		charset = "" // the label was wrong
	}
	if strings.HasPrefix(charset, "iso-2022-jp") || (!isMultibyte(charset) && looksISO2022JP(b)) {
		if s, ok := decodeWith(japanese.ISO2022JP, b); ok {
			return tidy(s)
		}
	}
	if isASCII(b) && !isMultibyte(charset) {
		return tidy(string(b))
	}
	if isEastAsian(charset) {
		if s, ok := decodeWith(lookup(charset), b); ok && !strings.ContainsRune(s, utf8.RuneError) {
			return tidy(s)
		}
	}
	if !isMultibyte(charset) && utf8.Valid(b) {
		return tidy(string(b))
	}
	switch charset {
	case "", "utf-8", "us-ascii", "iso-8859-1", "unknown-8bit":
		return tidy(guess8bit(b))
	}
	if s, ok := decodeWith(lookup(charset), b); ok {
		return tidy(s)
	}
	return tidy(guess8bit(b))
}

// knownCharset says whether a label names something that toUTF8 can decode.
func knownCharset(charset string) bool {
	switch c := cleanCharset(charset); c {
	case "", "utf-7", "utf-8", "us-ascii", "unknown-8bit", "ucs-2", "iso-2022-kr":
		return true
	default:
		return lookup(c) != nil
	}
}

func cleanCharset(charset string) string {
	c := strings.ToLower(strings.Trim(strings.TrimSpace(charset), `"'`))
	c = strings.TrimPrefix(c, "charset=")
	c, _, _ = strings.Cut(c, "*") // RFC 2231, 5: utf-8*fr
	switch c {
	case "utf8", "utf_8", "unicode-1-1-utf-8", "uft-8", "utf-8mb4":
		return "utf-8"
	case "unicode-1-1-utf-7", "utf7", "x-unicode-2-0-utf-7":
		return "utf-7"
	case "ascii", "us_ascii", "ansi_x3.4-1968", "7bit", "8bit", "default", "none":
		return "us-ascii"
	case "latin1", "latin-1", "iso8859-1", "iso_8859-1", "iso-8859-1-windows-latin-1":
		return "iso-8859-1"
	case "cp-1252", "cp1252", "ansi", "windows1252":
		return "windows-1252"
	case "latin9", "latin-9", "iso8859-15":
		return "iso-8859-15"
	case "x-gbk", "cp936", "gb2312", "cn-gb", "csgb2312":
		return "gb18030"
	case "utf32", "utf-32be", "utf32be", "ucs-4", "ucs4", "iso-10646-ucs-4":
		return "utf-32"
	case "utf32le", "ucs-4le", "ucs4le":
		return "utf-32le"
	case "csiso2022kr":
		return "iso-2022-kr"
	case "hz", "hz-gb2312":
		return "hz-gb-2312"
	}
	return c
}

// isMultibyte names charsets whose bytes may be plain ASCII or valid UTF-8 and
// still mean something else.
func isMultibyte(charset string) bool {
	return isWide(charset) || charset == "utf-7" || strings.HasPrefix(charset, "iso-2022") || strings.HasPrefix(charset, "hz-gb")
}

// isEastAsian names two-byte charsets, short texts of which can be valid UTF-8
// by chance: there the label wins unless it gives holes.
func isEastAsian(charset string) bool {
	switch charset {
	case "gb18030", "gbk", "big5", "big5-hkscs", "euc-kr", "ks_c_5601-1987", "euc-jp",
		"shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932":
		return true
	}
	return false
}

func lookup(charset string) encoding.Encoding {
	switch charset {
	case "hz-gb-2312":
		return simplifiedchinese.HZGB2312
	case "utf-32":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	}
	if e, err := htmlindex.Get(charset); err == nil && e != encoding.Replacement {
		return e
	}
	if e, err := ianaindex.MIME.Encoding(charset); err == nil && e != nil {
		return e
	}
	switch charset {
	case "ucs-2":
		charset = "utf-16be"
	case "cp850", "ibm-850":
		return charmap.CodePage850
	case "macroman", "mac", "x-mac-roman":
		return charmap.Macintosh
	default:
		return nil
	}
	e, _ := htmlindex.Get(charset)
	return e
}

func decodeWith(e encoding.Encoding, b []byte) (string, bool) {
	if e == nil {
		return "", false
	}
	out, err := e.NewDecoder().Bytes(b)
	return string(out), err == nil
}

// guess8bit reads 8-bit text of no known charset: UTF-8 with a few cut
// characters stays UTF-8, anything else is Windows-1252.
func guess8bit(b []byte) string {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		i += size
	}
	if bad == 0 || good > bad {
		return string(b)
	}
	s, _ := decodeWith(charmap.Windows1252, b)
	return s
}

func looksISO2022JP(b []byte) bool {
	return isASCII(b) && (bytes.Contains(b, []byte("\x1b$B")) || bytes.Contains(b, []byte("\x1b$@")))
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// tidy makes a string storable: valid UTF-8, no NUL (PostgreSQL takes neither),
// no byte order mark.
func tidy(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return strings.TrimPrefix(s, "\uFEFF")
}
