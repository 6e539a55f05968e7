package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is one word of a text as search compares it: folded, with the bytes of
// the text that it was written with.
type Word struct {
	Text     string
	From, To int
}

// longestWord bounds a word in bytes: what is longer is a key or a coded
// attachment, of which the beginning tells as much.
const longestWord = 64

// Words calls yield for each word of a text, until it returns false. A word is
// a run of letters and digits; an apostrophe ends it ("l’échange" is "l" and
// "echange"). Scripts that write no blanks give a word for each letter. What
// the text is made of changes only how long it takes, in proportion.
func Words(text string, yield func(Word) bool) {
	for i := 0; i < len(text); {
		r, size := letterAt(text, i)
		if !inWord(r) {
			i += size
			continue
		}
		from := i
		i += size
		if !unspaced(r) {
			i = endOfWord(text, i)
		}
		folded := firstBytes(Fold(text[from:i]), longestWord)
		if folded != "" && !yield(Word{folded, from, i}) {
			return
		}
	}
}

func letterAt(text string, i int) (rune, int) {
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[i:])
}

func endOfWord(text string, i int) int {
	for i < len(text) {
		if letter[text[i]] {
			i++
			continue
		}
		r, size := letterAt(text, i)
		if !inWord(r) || unspaced(r) {
			break
		}
		i += size
	}
	return i
}

// letter tells of each byte whether it is a letter or a digit by itself.
var letter = func() (is [256]bool) {
	for _, c := range "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" {
		is[c] = true
	}
	return is
}()

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return letter[r]
	}
	if r >= 0x2000 && r <= 0x206F { // general punctuation: the French apostrophe, quotes, dashes
		return false
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r))
}

// unspaced letters stand for themselves: their scripts put no blank between
// words, and a reader looks for a few of them in a row.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func firstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// small are the words that say nothing by themselves in either language: half
// of what people write. A name or a thing in the other language is not among
// them ("will" is a person, "but" a goal, "or" is gold).
var small = wordSet(`
	a ai an and are as at au aux avec been by ce ces cet cette de des donc du elle en est et etait ete eu for from had has have
	he her his i il ils in is it its je jusqu la le les leur leurs lorsqu lui ma mais me mes moi mon my ne nos notre nous of on ont
	ou our par pas pour puisqu qu que qui quoiqu sa se ses si sont sur ta te tes that the their them they this to tu un une
	vos votre vous was we were with y you your`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// Small tells whether a folded word is too common to be searched for: articles,
// pronouns and the like, and single Latin letters.
func Small(word string) bool {
	if len(word) == 1 {
		return word[0] >= 'a'
	}
	return len(word) <= 8 && small[word]
}
