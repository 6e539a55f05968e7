package pdf

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// Both weights of the font have the same signs; one is asked.
var signs = sync.OnceValue(func() map[rune]bool {
	has := map[rune]bool{}
	font, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		return has
	}
	var buffer sfnt.Buffer
	for r := ' '; r < 0xfffe; r++ { // what lies above, PDF's own tables of this font cannot name
		if at, err := font.GlyphIndex(&buffer, r); err == nil && at != 0 {
			has[r] = true
		}
	}
	return has
})

// alike are signs that mean the same to a reader, where the font has only the
// other.
var alike = map[rune]string{
	'\u202f': "\u00a0", '\u2009': " ", '\u200a': " ", '\u2002': " ", '\u2003': " ", '\u3000': " ", '\u2011': "-", '\u2010': "-", '\u2212': "−",
	'❤': "♥", '💛': "♥", '💚': "♥", '💙': "♥", '💜': "♥", '🖤': "♥", '🤍': "♥", '💕': "♥♥", '💖': "♥", '💗': "♥", '🧡': "♥",
	'✓': "√", '✔': "√", '✅': "√", '★': "*", '☆': "*", '⭐': "*",
}

// fitter makes text fit the font, and remembers whether something was missing.
type fitter struct{ missing bool }

// fit keeps each sign that the font has, in its composed form. Of the others
// those without a look of their own go (joiners, colours of skin), those that
// have a twin become it, and the rest is named: [U+1F60A].
func (f *fitter) fit(text string) string {
	has := signs()
	var out strings.Builder
	for _, r := range norm.NFC.String(strings.ToValidUTF8(text, "\ufffd")) {
		switch twin, known := alike[r]; {
		case r == '\n' || has[r] && r >= ' ':
			out.WriteRune(r)
		case r == '\t':
			out.WriteString("    ")
		case known:
			out.WriteString(twin)
		case invisible(r):
		case unicode.IsSpace(r):
			out.WriteByte(' ')
		default:
			f.missing = true
			fmt.Fprintf(&out, "[U+%04X]", r)
		}
	}
	return out.String()
}

func invisible(r rune) bool {
	return r == '\r' || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r >= 0x1f3fb && r <= 0x1f3ff
}
