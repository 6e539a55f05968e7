package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// foldings pairs a plain spelling with the lower-case letters written so.
var foldings = [...]struct{ to, from string }{
	{"a", "àáâãäåāăąǎǟǡǻȁȃȧạảấầẩẫậắằẳẵặª"},
	{"ae", "æǽǣ"},
	{"b", "ƀɓ"},
	{"c", "çćĉċč"},
	{"d", "ďđðḍ"},
	{"e", "èéêëēĕėęěȅȇȩẹẻẽếềểễệ"},
	{"f", "ƒ"},
	{"ff", "ﬀ"},
	{"fi", "ﬁ"},
	{"fl", "ﬂ"},
	{"ffi", "ﬃ"},
	{"ffl", "ﬄ"},
	{"g", "ĝğġģǧǵ"},
	{"h", "ĥħḥ"},
	{"i", "ìíîïĩīĭįıǐȉȋỉị"},
	{"ij", "ĳ"},
	{"j", "ĵǰ"},
	{"k", "ķǩ"},
	{"l", "ĺļľŀł"},
	{"n", "ñńņňŉǹṇ"},
	{"o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯọỏốồổỗộớờởỡợº"},
	{"oe", "œ"},
	{"r", "ŕŗřȑȓ"},
	{"s", "śŝşšșſṣ"},
	{"ss", "ß"},
	{"t", "ţťŧțṭ"},
	{"th", "þ"},
	{"u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữự"},
	{"w", "ŵẁẃẅ"},
	{"y", "ýÿŷȳỳỵỷỹ"},
	{"z", "źżžẓ"},
}

// Two tables instead of a map: a lookup per letter is what search pays for each
// word of the archive.
const latinEnd = 0x250

var (
	foldLatin [latinEnd]string
	foldOther = map[rune]string{}
)

func init() {
	for _, f := range foldings {
		for _, r := range f.from {
			if r < latinEnd {
				foldLatin[r] = f.to
			} else {
				foldOther[r] = f.to
			}
		}
	}
}

// Fold gives the spelling under which words compare: lower case, without
// accents, ligatures spelt out (œ is oe, ß is ss). Letters of other scripts are
// only put in lower case; punctuation stays. Folding twice changes nothing.
func Fold(s string) string {
	start := 0
	for start < len(s) && s[start] < utf8.RuneSelf && (s[start] < 'A' || s[start] > 'Z') {
		start++
	}
	if start == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	b.WriteString(s[:start])
	for _, r := range s[start:] {
		foldRune(&b, r)
	}
	return b.String()
}

func foldRune(b *strings.Builder, r rune) {
	switch {
	case 'A' <= r && r <= 'Z':
		b.WriteByte(byte(r) + 'a' - 'A')
		return
	case r < utf8.RuneSelf:
		b.WriteByte(byte(r))
		return
	case 0x300 <= r && r <= 0x36F: // combining accents of decomposed text
		return
	}
	r = unicode.ToLower(r)
	if r < latinEnd && foldLatin[r] != "" {
		b.WriteString(foldLatin[r])
		return
	}
	if to, ok := foldOther[r]; ok {
		b.WriteString(to)
		return
	}
	b.WriteRune(r)
}
