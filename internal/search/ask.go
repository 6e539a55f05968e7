package search

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/lang"
)

// What a question may hold at most.
const (
	maxAsk   = 400 // bytes
	maxTerms = 16  // words, phrases and operators
	maxWords = 32  // words of all of them
)

// Ask is a question as a person wrote it.
type Ask struct {
	Terms      []Term
	Tags       []string
	Is         []string // owed, late, unanswered, waiting, closed, snoozed
	In         string   // a list or tray; "" for all but spam
	Assignee   string   // as written; me and none in English
	After      time.Time
	Before     time.Time // not included
	channel    string
	language   string
	attachment bool
}

// Term is a word, a prefix or a phrase, anywhere or in one field.
type Term struct {
	Field  string   // "", from, to, subject, file
	Words  []string // folded
	Phrase bool     // the words in a row, as they stand
	Prefix bool     // the last word is the beginning of one
}

// Parse reads a question: words, "phrases", beginnings*, and operators in
// French and English. Dates are days of zone; now says which day it is. What it
// cannot read is an Invalid fault that names the operator.
func Parse(q string, now time.Time, zone *time.Location) (Ask, error) {
	p := parser{rest: strings.ToValidUTF8(strings.ReplaceAll(q, "\x00", " "), " "), now: now.In(zone)}
	if len(q) > maxAsk {
		return p.ask, fault.Wrong("q", "This search is too long.")
	}
	for p.terms = 0; ; p.terms++ {
		p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace)
		if p.rest == "" {
			break
		}
		if p.terms == maxTerms || p.words > maxWords {
			return p.ask, fault.Wrong("q", "This search has too many words.")
		}
		if err := p.next(); err != nil {
			return p.ask, err
		}
	}
	if !p.ask.After.IsZero() && !p.ask.Before.IsZero() && !p.ask.After.Before(p.ask.Before) {
		return p.ask, fault.Wrong("q", "Nothing lies after the one date and before the other.")
	}
	return p.ask, nil
}

type parser struct {
	ask   Ask
	rest  string
	now   time.Time
	terms int
	words int
}

func (p *parser) next() error {
	if name, operator, found := p.operator(); found {
		value, phrase := p.value()
		if strings.TrimSpace(value) == "" {
			return fault.Wrong("q", fmt.Sprintf("Behind “%s:” something is missing.", name))
		}
		return operator(p, name, value, phrase)
	}
	value, phrase := p.value()
	p.term("", value, phrase)
	return nil
}

// operator reads "name:" where the name is one of ours; any other colon is text.
func (p *parser) operator() (string, operator, bool) {
	end := strings.IndexByte(p.rest, ':')
	if end <= 0 || end > 16 {
		return "", nil, false
	}
	name := p.rest[:end]
	does, ok := operators[lang.Fold(name)]
	if ok {
		p.rest = p.rest[end+1:]
	}
	return name, does, ok
}

var closing = map[rune]string{'"': `"`, '“': `”`, '„': `“`, '«': `»`}

// value takes what stands up to the next blank, or between quotes.
func (p *parser) value() (value string, phrase bool) {
	first, size := utf8.DecodeRuneInString(p.rest)
	if end, ok := closing[first]; ok {
		inside := p.rest[size:]
		value, p.rest, ok = strings.Cut(inside, end)
		if !ok {
			p.rest = ""
		}
		return value, true
	}
	end := strings.IndexFunc(p.rest, func(r rune) bool { return unicode.IsSpace(r) || closing[r] != "" })
	if end < 0 {
		end = len(p.rest)
	}
	value, p.rest = p.rest[:end], p.rest[end:]
	return value, false
}

// term adds words. Several words with a digit among them, as ML-2026-0418, are
// one number: they are looked for in a row.
func (p *parser) term(field, value string, phrase bool) {
	t := Term{Field: field, Phrase: phrase}
	digits := false
	lang.Words(value, func(w lang.Word) bool {
		t.Words = append(t.Words, w.Text)
		digits = digits || strings.ContainsAny(w.Text, "0123456789")
		return len(t.Words) <= maxWords
	})
	p.words += len(t.Words)
	if len(t.Words) == 0 {
		return
	}
	plain := field == "" || field == "subject"
	t.Prefix = !phrase && strings.HasSuffix(value, "*") && len(t.Words[len(t.Words)-1]) >= 2
	t.Phrase = plain && len(t.Words) > 1 && !t.Prefix && (phrase || digits)
	p.ask.Terms = append(p.ask.Terms, t)
}

// Empty tells whether the question says nothing at all.
func (a Ask) Empty() bool {
	return len(a.Terms) == 0 && !a.Narrows() && a.channel == "" && a.language == "" && !a.attachment && a.After.IsZero() && a.Before.IsZero()
}

// Narrows tells whether something is asked of the conversations themselves,
// which no index of words knows.
func (a Ask) Narrows() bool {
	return len(a.Is) > 0 || len(a.Tags) > 0 || a.In != "" || a.Assignee != ""
}

// WantsFiles tells whether attachments were asked for.
func (a Ask) WantsFiles() bool { return a.attachment }

// Phrases tells whether messages must be read to know that they match.
func (a Ask) Phrases() bool {
	for _, t := range a.Terms {
		if t.Phrase {
			return true
		}
	}
	return false
}

// errTooCommon: nothing is left to look for.
var errTooCommon = fault.Wrong("q", "These words are in every message: add another.")

// Match is what the index is asked. With nothing to ask it is empty; a question
// of common words alone is refused.
func (a Ask) Match(now time.Time) (Match, error) {
	var m Match
	asked := false
	for _, t := range a.Terms {
		asked = true
		t.match(&m)
	}
	if asked && m.Empty() {
		return m, errTooCommon
	}
	if a.attachment {
		m.and(hasFile)
	}
	if a.channel != "" {
		m.and(channel + a.channel)
	}
	if a.language != "" {
		m.and(language + a.language)
	}
	if !a.After.IsZero() || !a.Before.IsZero() {
		m.and(months(a.After, a.Before, now)...)
	}
	return m, nil
}

var fields = map[string]string{"from": inFrom, "to": inTo, "file": inFile}

func (t Term) match(m *Match) {
	for i, w := range t.Words {
		if t.Phrase && i > 0 {
			m.and(pairToken(pairOf(t.Words[i-1], w)))
		}
		prefix := t.Prefix && i == len(t.Words)-1
		mark, verbatim := fields[t.Field]
		switch {
		case verbatim && prefix:
			m.and(mark + w + "*")
		case verbatim:
			m.and(mark + w)
		default:
			t.stems(m, w, prefix)
		}
	}
}

func (t Term) stems(m *Match, w string, prefix bool) {
	if lang.Small(w) && !prefix {
		return
	}
	mark := ""
	if t.Field == "subject" {
		mark = inSubject
	}
	french, english := lang.Stems(w)
	if prefix {
		m.and(mark+w+"*", mark+french, mark+english)
		return
	}
	m.and(mark+french, mark+english)
}

// earliest is the first year that is asked for where no date ends the past.
const earliest = 1995

// months are the tokens of the years and months that a time lies in; whoever
// asks looks at the day besides.
func months(after, before, now time.Time) (tokens []string) {
	if after.IsZero() || after.Year() < earliest {
		after = time.Date(earliest, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if before.IsZero() || before.After(now.AddDate(2, 0, 0)) {
		before = now.AddDate(2, 0, 0)
	}
	after, before = after.UTC(), before.UTC()
	for at := time.Date(after.Year(), after.Month(), 1, 0, 0, 0, 0, time.UTC); at.Before(before); {
		if year := at.AddDate(1, 0, 0); at.Month() == time.January && !year.After(before) {
			tokens = append(tokens, ofYear+at.Format("2006"))
			at = year
			continue
		}
		tokens = append(tokens, ofMonth+at.Format("200601"))
		at = at.AddDate(0, 1, 0)
	}
	if len(tokens) == 0 {
		tokens = []string{ofYear + "0000"} // nothing lies there
	}
	return tokens
}
