package lang

import (
	"math"
	"strings"
	"sync"
	"unicode"
)

type language int

const (
	french language = iota
	english
	german
	spanish
	italian
	dutch
	portuguese
	languages
)

const (
	detectLimit = 4000 // bytes read; a long mail tells its language at once
	// enough is the evidence that an answer needs, lead what it needs over the
	// next language, both in exclusive words; chosen on the lines of the test.
	enough = 0.7
	lead   = 0.3
	// perUnknown bounds what the letters of one unknown word may weigh, since
	// most of them are names.
	perUnknown = 0.3
)

// withoutNumbers leaves out what says nothing of the language: addresses, and
// anything with a digit (order numbers, sizes, tracking numbers). It is no regular
// expression because the guard asks while a person types.
func withoutNumbers(text string) string {
	var kept strings.Builder
	kept.Grow(len(text))
	for _, field := range strings.FieldsFunc(text, isBlank) {
		if strings.Contains(field, "://") || strings.ContainsAny(field, "@0123456789") || len(field) > 4 && strings.EqualFold(field[:4], "www.") {
			continue
		}
		kept.WriteString(field)
		kept.WriteByte(' ')
	}
	return kept.String()
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

// letterHints are letters that only some of the languages write.
var letterHints = map[rune][]language{
	'ß': {german}, 'ä': {german}, 'ö': {german}, 'ñ': {spanish}, '¿': {spanish}, '¡': {spanish},
	'ã': {portuguese}, 'õ': {portuguese}, 'œ': {french}, 'ù': {french, italian}, 'ò': {italian}, 'ì': {italian},
	'ê': {french, portuguese}, 'â': {french, portuguese}, 'î': {french}, 'û': {french}, 'ë': {french, dutch},
	'ç': {french, portuguese}, 'è': {french, italian}, 'à': {french, italian, portuguese},
	'ó': {spanish, portuguese}, 'í': {spanish, portuguese}, 'á': {spanish, portuguese}, 'ú': {spanish, portuguese},
}

// Detect tells "fr" or "en" for text that is evidently French or English, else
// "": other languages, a name, a number, too few words. It is made for short
// customer lines with order numbers in them.
func Detect(text string) string {
	if len(text) > detectLimit {
		text = strings.ToValidUTF8(text[:detectLimit], "")
	}
	score, foreign := evidence(withoutNumbers(text))
	if foreign {
		return ""
	}
	best, second := french, language(-1)
	for l := french; l < languages; l++ {
		if score[l] > score[best] {
			best = l
		}
	}
	for l := french; l < languages; l++ {
		if l != best && (second < 0 || score[l] > score[second]) {
			second = l
		}
	}
	if score[best] < enough || score[best]-score[second] < lead {
		return ""
	}
	switch best {
	case french:
		return "fr"
	case english:
		return "en"
	default:
		return ""
	}
}

// evidence sums what each word says for each language; foreign tells that most
// letters are of another script.
func evidence(text string) (score [languages]float64, foreign bool) {
	m := theModel()
	latin, other := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			if r == '¿' || r == '¡' {
				score[spanish]++
			}
			continue
		}
		if !unicode.Is(unicode.Latin, r) {
			other++
			continue
		}
		latin++
		hinted := letterHints[unicode.ToLower(r)]
		for _, l := range hinted {
			score[l] += 0.5 / float64(len(hinted))
		}
	}
	for _, w := range strings.FieldsFunc(Fold(text), notLetter) {
		if weights, ok := m.words[w]; ok {
			for l, weight := range weights {
				score[l] += weight
			}
			continue
		}
		m.addUnknown(&score, w)
	}
	return score, other > latin
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

type model struct {
	words map[string][languages]float64
	// grams are log probabilities of three letters, above the mean of the
	// languages.
	grams map[string][languages]float64
}

var theModel = sync.OnceValue(func() *model {
	m := &model{words: map[string][languages]float64{}, grams: map[string][languages]float64{}}
	in := map[string]map[language]bool{}
	counts := map[string]*[languages]float64{}
	var total [languages]float64
	for l := french; l < languages; l++ {
		for _, w := range strings.Fields(words[l]) {
			if in[w] == nil {
				in[w] = map[language]bool{}
			}
			if in[w][l] {
				continue
			}
			in[w][l] = true
			eachGram(w, func(g string) {
				if counts[g] == nil {
					counts[g] = &[languages]float64{}
				}
				counts[g][l]++
				total[l]++
			})
		}
	}
	for w, ls := range in {
		var weights [languages]float64
		for l := range ls {
			weights[l] = wordWeight(w) / math.Pow(float64(len(ls)), 1.2)
		}
		m.words[w] = weights
	}
	for g, n := range counts {
		m.grams[g] = logAboveMean(n, total)
	}
	return m
})

// wordWeight: a long word that only one language has says more than a short one.
func wordWeight(w string) float64 {
	switch n := len(w); {
	case n <= 1:
		return 0.35
	case n <= 3:
		return 0.75
	default:
		return 1
	}
}

func logAboveMean(n *[languages]float64, total [languages]float64) (out [languages]float64) {
	mean := 0.0
	for l := range out {
		out[l] = math.Log((n[l] + 0.5) / (total[l] + 500))
		mean += out[l] / float64(languages)
	}
	for l := range out {
		out[l] -= mean
	}
	return out
}

// addUnknown judges a word outside the lists by its letters.
func (m *model) addUnknown(score *[languages]float64, w string) {
	if len(w) < 3 {
		return
	}
	var sum [languages]float64
	n := 0
	eachGram(w, func(g string) {
		n++
		for l, v := range m.grams[g] {
			sum[l] += v
		}
	})
	for l, v := range sum {
		score[l] += max(-perUnknown, min(perUnknown, 0.3*v/float64(n)))
	}
}

// eachGram gives the groups of three letters, the ends of the word marked.
func eachGram(w string, use func(string)) {
	marked := " " + w + " "
	for i := 0; i+3 <= len(marked); i++ {
		use(marked[i : i+3])
	}
}
