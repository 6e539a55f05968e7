package mime_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func TestRareCharsets(t *testing.T) {
	t.Parallel()
	encode := func(e encoding.Encoding, s string) string {
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	const words = "Où est ma bague à 120 € ?"
	big, little := utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	for name, c := range map[string]struct{ charset, raw, want string }{
		"big-endian by default":        {"utf-32", encode(big, words), words},
		"big-endian with mark":         {"UTF-32", encode(big, "\ufeff"+words), words},
		"big-endian said":              {"utf-32be", encode(big, words), words},
		"little-endian said":           {"UTF-32LE", encode(little, words), words},
		"little-endian marked":         {"utf-32", encode(little, "\ufeff"+words), words},
		"little-endian without a word": {"utf-32", encode(little, words), words},
		"the mark beats the label":     {"iso-8859-1", encode(little, "\ufeff"+words), words},
		"two bytes, only marked":       {"", encode(utf16, words), words},
		"only called UTF-32":           {"utf-32", words, words},
		"only called UTF-16":           {"utf-16", "Ma bague ?", "Ma bague ?"},
		"cut in a character":           {"utf-32be", encode(big, "oui")[:11], "ou�"},
		"Chinese":                      {"hz-gb-2312", encode(simplifiedchinese.HZGB2312, "戒指太小了 ~ ok"), "戒指太小了 ~ ok"},
		"Chinese by its short name":    {"HZ", encode(simplifiedchinese.HZGB2312, "戒指"), "戒指"},
		"Korean":                       {"iso-2022-kr", "\x1b$)C" + korea(t, "반지"), "반지"},
		"Korean never shifted back":    {"ISO-2022-KR", "\x1b$)C" + strings.TrimSuffix(korea(t, "반지"), "\x0f") + "\nok 12", "반지\nok 12"},
		"Korean without designation":   {"csISO2022KR", "a " + korea(t, "반지") + " b", "a 반지 b"},
		"Korean, half a character":     {"iso-2022-kr", "\x0e>", ">"},
		"only called Korean":           {"iso-2022-kr", words, words},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := parse(t, "From: a@b.fr\nContent-Type: text/plain; charset="+c.charset+"\nContent-Transfer-Encoding: base64\n\n"+
				base64.StdEncoding.EncodeToString([]byte(c.raw)))
			if m.Text != c.want {
				t.Errorf("text %q, want %q", m.Text, c.want)
			}
			if slices.ContainsFunc(m.Warnings, func(w string) bool { return strings.Contains(w, "charset") }) {
				t.Errorf("warnings %q", m.Warnings)
			}
			checkStorable(t, m)
		})
	}
}

// korea writes a word between SO and SI (RFC 1557).
func korea(t *testing.T, s string) string {
	t.Helper()
	euc, err := korean.EUCKR.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	for i := range euc {
		euc[i] &= 0x7f
	}
	return "\x0e" + string(euc) + "\x0f"
}
