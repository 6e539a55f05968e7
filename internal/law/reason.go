package law

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/money"
)

// Text is the same words in French and in English.
type Text struct{ FR, EN string }

// In gives the words of a language, "en" or French for any other.
func (t Text) In(language string) string {
	if language == "en" {
		return t.EN
	}
	return t.FR
}

// Grounds are what an answer stands on: why, sentence by sentence, and by which
// articles, as a French consumer would quote them, each once.
type Grounds struct {
	Reasons  []Text
	Articles []string
}

// Sentences are the reasons in one language.
func (g Grounds) Sentences(language string) []string {
	list := make([]string, 0, len(g.Reasons))
	for _, r := range g.Reasons {
		list = append(list, r.In(language))
	}
	return list
}

// say adds a sentence. Its %s are dates, amounts and percentages, which each
// language writes in its own way, a Text, or plain words.
func (g *Grounds) say(fr, en string, args ...any) {
	french, english := make([]any, len(args)), make([]any, len(args))
	for i, arg := range args {
		french[i], english[i] = spoken(arg, "fr"), spoken(arg, "en")
	}
	g.Reasons = append(g.Reasons, Text{fmt.Sprintf(fr, french...), fmt.Sprintf(en, english...)})
}

// cite adds articles that aren't cited yet.
func (g *Grounds) cite(articles ...string) {
	for _, a := range articles {
		if !slices.Contains(g.Articles, a) {
			g.Articles = append(g.Articles, a)
		}
	}
}

// days is a number of days, "1 jour" or "2 jours".
type days int

func (d days) In(language string) string {
	word := Text{"jour", "day"}.In(language)
	if d > 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", int(d), word)
}

func spoken(arg any, language string) string {
	switch v := arg.(type) {
	case calendar.Date:
		return lang.LongDate(v.In(time.UTC), language)
	case time.Time:
		return lang.SpokenDate(v, language)
	case interface{ In(language string) string }:
		return v.In(language)
	case money.Amount:
		return decimalMark(v.String(), language)
	case Percent:
		return decimalMark(v.String(), language) + " %"
	}
	return fmt.Sprint(arg)
}

func decimalMark(s, language string) string {
	if language == "en" {
		return s
	}
	return strings.ReplaceAll(s, ".", ",")
}
