package lang

import (
	"hash/maphash"
	"strings"
	"sync/atomic"

	"github.com/blevesearch/snowballstem"
	englishrules "github.com/blevesearch/snowballstem/english"
	frenchrules "github.com/blevesearch/snowballstem/french"
)

// stemmed remembers the stems of words: a few thousand of them are most of what
// people write. A slot holds the last word that fell on it.
var (
	stemmed  [1 << 13]atomic.Pointer[stems]
	stemSeed = maphash.MakeSeed()
)

type stems struct{ word, french, english string }

// Stems gives the French and the English stem of a folded word. A number, a
// word with a digit, of three letters or of another alphabet is its own stem.
// The stems depend on the folded word alone, so "retournée" and "retournee" are
// one word.
func Stems(word string) (french, english string) {
	if !hasStem(word) {
		return word, word
	}
	slot := &stemmed[maphash.String(stemSeed, word)%uint64(len(stemmed))]
	s := slot.Load()
	if s == nil || s.word != word {
		word = strings.Clone(word) // or the slot would keep a whole mail
		s = &stems{word, frenchStem(word), englishStem(word)}
		slot.Store(s)
	}
	return s.french, s.english
}

func hasStem(word string) bool {
	if len(word) < 4 || len(word) > 32 {
		return false
	}
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}

// frenchStem prepares a word without accents for rules that were written for
// words with them: é, ée, ées and er are one ending.
func frenchStem(word string) string {
	switch {
	case strings.HasSuffix(word, "ees"):
		word = word[:len(word)-2]
	case strings.HasSuffix(word, "ee"):
		word = word[:len(word)-1]
	case len(word) > 4 && (strings.HasSuffix(word, "us") || strings.HasSuffix(word, "oux")): // reçus, bijoux
		word = word[:len(word)-1]
	}
	env := snowballstem.NewEnv(word)
	frenchrules.Stem(env)
	return orWord(env.Current(), word)
}

func englishStem(word string) string {
	env := snowballstem.NewEnv(word)
	englishrules.Stem(env)
	return orWord(env.Current(), word)
}

// orWord: the French rules write a capital for a vowel that is a consonant.
func orWord(stem, word string) string {
	if stem == "" {
		return word
	}
	return strings.ToLower(stem)
}
