package search

import (
	"strconv"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
)

// Analyser is the version of the rules that make words of texts, those of
// package lang included. A change of what they give is a new version: the next
// start builds a new index beside the old.
const Analyser = 2

// most is how many words of one message are read: enough for any letter, and a
// bound for a log file that somebody pasted.
const most = 10_000

// Text is what a message is found by.
type Text struct {
	Shop     id.Shop
	Subject  string
	Body     string // what its author wrote, without quotes
	Language string // fr, en; "" when nobody knows
	Channel  string
	From     []string  // names and addresses
	To       []string  // names and addresses, copies included
	Files    []string  // names of attachments
	At       time.Time // when it arrived
}

// Words are what an index keeps of one message.
type Words struct{ tokens string }

// A token is a stem, or a mark with the field that the word stands in. No word
// begins with the mark: it is no letter.
const (
	inFrom    = "§f"
	inTo      = "§t"
	inSubject = "§s"
	inFile    = "§a"
	hasFile   = "§h"
	language  = "§l"
	channel   = "§c"
	ofYear    = "§y"
	ofMonth   = "§m"
	ofShop    = "§b"
	inRowOf   = "§r" // a pair of words, one behind the other
)

// Analyse makes the words of a text. It reads nothing else and is safe for use
// by many goroutines: call it before the transaction that puts them.
func Analyse(t Text) Words {
	if t.Language == "" {
		t.Language = lang.Detect(t.Body)
	}
	c := collector{seen: make(map[string]struct{}, 128), left: most}
	at := t.At.UTC()
	c.add(ofShop + strconv.FormatInt(int64(t.Shop), 36))
	c.add(ofYear + at.Format("2006"))
	c.add(ofMonth + at.Format("200601"))
	if t.Channel != "" {
		c.add(channel + t.Channel)
	}
	if t.Language != "" {
		c.add(language + t.Language)
	}
	if len(t.Files) > 0 {
		c.add(hasFile)
	}
	c.text(t.Subject, t.Language, inSubject)
	for _, name := range t.From {
		c.names(name, inFrom)
	}
	for _, name := range t.Files {
		c.names(name, inFile)
	}
	for _, name := range t.To {
		c.fieldOnly(name, inTo)
	}
	c.text(t.Body, t.Language, "")
	return Words{c.out.String()}
}

type collector struct {
	out   strings.Builder
	seen  map[string]struct{}
	pairs [pairs / 64]uint64
	left  int // words to read
}

func (c *collector) add(token string) {
	if _, ok := c.seen[token]; ok {
		return
	}
	c.seen[token] = struct{}{}
	if c.out.Len() > 0 {
		c.out.WriteByte(' ')
	}
	c.out.WriteString(token)
}

// text takes the stems of a text, and again as words of its field, and which
// words follow one another.
func (c *collector) text(text, language, field string) {
	before := ""
	lang.Words(text, func(w lang.Word) bool {
		if c.left--; c.left < 0 {
			return false
		}
		if before != "" {
			c.pair(before, w.Text)
		}
		before = w.Text
		if lang.Small(w.Text) {
			return true
		}
		c.stems(w.Text, language, "")
		if field != "" {
			c.stems(w.Text, language, field)
		}
		number(w.Text, c.add)
		return true
	})
}

func (c *collector) pair(first, second string) {
	n := pairOf(first, second)
	if seen := uint64(1) << (n % 64); c.pairs[n/64]&seen == 0 {
		c.pairs[n/64] |= seen
		c.out.WriteByte(' ')
		c.out.WriteString(pairToken(n))
	}
}

func (c *collector) stems(word, language, field string) {
	french, english := lang.Stems(word)
	if language != "en" {
		c.add(field + french)
	}
	if language != "fr" && (english != french || language == "en") {
		c.add(field + english)
	}
}

// names are found among the words and, letter by letter, by their field.
func (c *collector) names(text, field string) {
	c.text(text, "", "")
	c.fieldOnly(text, field)
}

func (c *collector) fieldOnly(text, field string) {
	lang.Words(text, func(w lang.Word) bool {
		if c.left--; c.left < 0 {
			return false
		}
		c.add(field + w.Text)
		number(w.Text, func(digits string) { c.add(field + digits) })
		return true
	})
}

// pairs is how many tokens stand for two words in a row. Several pairs share
// one, so that a phrase leads to few messages without it, which are read and
// left out; and the index needs no word of its own for each pair of the language.
const pairs = 1 << 16

// pairOf is the number of two words in a row (FNV-1a, folded to 16 bits).
func pairOf(first, second string) uint32 {
	h := uint32(2166136261)
	for _, word := range [...]string{first, " ", second} {
		for i := range len(word) {
			h = (h ^ uint32(word[i])) * 16777619
		}
	}
	return (h>>16 ^ h) % pairs
}

func pairToken(n uint32) string { return inRowOf + strconv.FormatUint(uint64(n), 36) }

// number gives the long runs of digits in a word with letters: who looks for
// order 20418 finds CMD20418 too.
func number(word string, yield func(string)) {
	for from := 0; from < len(word); {
		to := from
		for to < len(word) && word[to] >= '0' && word[to] <= '9' {
			to++
		}
		if to-from >= 4 && to-from < len(word) {
			yield(word[from:to])
		}
		from = to + 1
	}
}
