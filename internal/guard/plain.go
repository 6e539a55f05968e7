package guard

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain is a text in which what only looks like a letter, digit or mark of the
// keyboard is that letter, digit or mark: full-width and mathematical forms,
// brackets of other scripts, letters with their accent apart. What nobody sees is
// gone. The rules read it; back leads to the text as it was written.
type plain struct {
	text string
	back []int // of each byte and of the end, the byte written; nil where nothing changed
}

func plainOf(written string) plain {
	changed := strings.IndexFunc(written, func(r rune) bool { return r > unicode.MaxASCII && (plainRune(r) != r || isAccent(r)) })
	if changed < 0 {
		return plain{text: written}
	}
	p := plain{back: make([]int, 0, len(written)+1)}
	out := make([]byte, 0, len(written))
	for i := 0; i < len(written); {
		r, size := utf8.DecodeRuneInString(written[i:])
		at, before := i, len(out)
		switch to := plainRune(r); {
		case r == utf8.RuneError && size == 1:
			out = append(out, written[i])
		case to == gone:
		case isAccent(r):
			base, n := utf8.DecodeLastRune(out)
			if whole, ok := accented[[2]rune{base, r}]; ok {
				before -= n
				at, p.back = p.back[before], p.back[:before]
				out = out[:before]
				to = whole
			}
			out = utf8.AppendRune(out, to)
		default:
			out = utf8.AppendRune(out, to)
		}
		for range len(out) - before {
			p.back = append(p.back, at)
		}
		i += size
	}
	p.text, p.back = string(out), append(p.back, len(written))
	return p
}

// written gives the place in the written text of a stretch of the plain one.
func (p plain) written(start, end int) (from, to int) {
	if p.back == nil {
		return start, end
	}
	return p.back[start], p.back[end]
}

// gone stands for what nobody sees: soft hyphens, joiners and marks of direction.
const gone rune = -1

// lookAlikes are runes and what they look like, in pairs.
const lookAlikes = "【[】]〔[〕]「[」]『[』]〖[〗]⟦[⟧]⟨<⟩>〈<〉>‹<›>❮<❯>❬<❭>❴{❵}⦃{⦄}❨(❩)⁅[⁆]" +
	"‐-‑-‒-―-−-﹣-∗*✱*⁎*﹡*✳*‗_․.⋯…﹍_﹎_﹏_⁇?❓?❔?ХXхxΧXχx"

var looksLike = func() map[rune]rune {
	pairs := map[rune]rune{}
	all := []rune(lookAlikes)
	for i := 0; i < len(all); i += 2 {
		pairs[all[i]] = all[i+1]
	}
	return pairs
}()

func plainRune(r rune) rune {
	switch {
	case r <= unicode.MaxLatin1:
		if r == '\u00ad' {
			return gone
		}
		return r
	case r >= '！' && r <= '～': // full width, in the order of ASCII
		return r - '！' + '!'
	case r == '\u3000':
		return ' '
	case r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u2064', r == '\ufeff':
		return gone
	case r >= 0x1D400 && r <= 0x1D6A3: // mathematical letters, alphabets of 26 and 26
		if n := (r - 0x1D400) % 52; n < 26 {
			return 'A' + n
		}
		return 'a' + (r-0x1D400)%52 - 26
	case unicode.Is(unicode.Nd, r):
		return plainDigit(r)
	}
	if to, ok := looksLike[r]; ok {
		return to
	}
	return r
}

// plainDigit: digits of each script stand in rows of ten, the zero first.
func plainDigit(r rune) rune {
	for _, row := range unicode.Nd.R16 {
		if r >= rune(row.Lo) && r <= rune(row.Hi) {
			return '0' + (r-rune(row.Lo))%10
		}
	}
	for _, row := range unicode.Nd.R32 {
		if r >= rune(row.Lo) && r <= rune(row.Hi) {
			return '0' + (r-rune(row.Lo))%10
		}
	}
	return r
}

const accents = "\u0300\u0301\u0302\u0303\u0308\u0327"

func isAccent(r rune) bool { return r >= 0x300 && r <= 0x327 && strings.ContainsRune(accents, r) }

// accented are the letters that come in two parts, by base and accent.
var accented = func() map[[2]rune]rune {
	bases := []rune("AEIOUCNaeioucny")
	wholes := [][]rune{
		[]rune("ÀÈÌÒÙ··àèìòù···"), []rune("ÁÉÍÓÚ··áéíóú··ý"), []rune("ÂÊÎÔÛ··âêîôû···"),
		[]rune("Ã··Õ··Ñã··õ··ñ·"), []rune("ÄËÏÖÜ··äëïöü··ÿ"), []rune("·····Ç······ç··"),
	}
	all := map[[2]rune]rune{}
	for i, accent := range []rune(accents) {
		for j, whole := range wholes[i] {
			if whole != '·' {
				all[[2]rune{bases[j], accent}] = whole
			}
		}
	}
	return all
}()
