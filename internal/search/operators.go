package search

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/lang"
)

// operator does what "name:value" asks.
type operator func(p *parser, name, value string, phrase bool) error

// operators by folded name, English and French.
var operators = map[string]operator{}

func init() {
	for names, does := range map[string]operator{
		"from de":                          inField("from"),
		"to a pour":                        inField("to"),
		"subject objet sujet":              inField("subject"),
		"file fichier piece":               inField("file"),
		"before avant":                     (*parser).before,
		"after apres depuis since":         (*parser).after,
		"is est":                           (*parser).is,
		"has avec contient":                (*parser).has,
		"tag etiquette":                    (*parser).tag,
		"in dans":                          (*parser).in,
		"channel canal":                    (*parser).channel,
		"assignee assigned charge confiee": (*parser).assignee,
		"lang language langue":             (*parser).lang,
	} {
		for name := range strings.FieldsSeq(names) {
			operators[name] = does
		}
	}
}

func inField(field string) operator {
	return func(p *parser, _, value string, phrase bool) error {
		p.term(field, value, phrase)
		return nil
	}
}

// words of values: what each is called, folded and without blanks, hyphens and
// underscores.
type values map[string]string

func valuesOf(lines ...string) values {
	v := values{}
	for _, line := range lines {
		all := strings.Fields(line)
		for _, word := range all {
			v[word] = all[0]
		}
	}
	return v
}

var plain = strings.NewReplacer(" ", "", "-", "", "_", "", "’", "", "'", "", "\u00a0", "")

func (v values) of(value string) (string, bool) {
	word, ok := v[plain.Replace(lang.Fold(value))]
	return word, ok
}

var (
	states = valuesOf("owed due du due dus arepondre atenir open ouvert ouverte", "late retard enretard broken overdue",
		"unanswered sansreponse nonrepondu", "waiting attente enattente attendleclient", "closed clos close terminee terminees termine ferme",
		"snoozed reporte reportee reportees")
	lists = valuesOf("owed arepondre atenir inbox", "mine moi amoi", "unassigned aprendre", "waiting attendleclient enattente attente",
		"snoozed reportees reporte", "closed terminees termine", "courtesy politesses politesse thanks", "sort atrier",
		"spam indesirables indesirable", "all tout partout anywhere")
	channels    = valuesOf("mail email courriel mel", "phone telephone tel", "counter comptoir boutique", "letter courrier lettre", "chat", "form formulaire")
	languages   = valuesOf("fr french francais francaise", "en english anglais anglaise")
	attachments = valuesOf("attachment attachments file piece piecejointe piecesjointes pj fichier fichiers")
	persons     = valuesOf("me moi", "none nobody personne aucun")
)

func unknown(name, value string) error {
	return fault.Wrong("q", fmt.Sprintf("In “%s:”, “%s” is not known.", name, shortened(value)))
}

func shortened(value string) string {
	if r := []rune(value); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return value
}

func (p *parser) is(name, value string, _ bool) error {
	state, ok := states.of(value)
	if !ok {
		return unknown(name, value)
	}
	if !slices.Contains(p.ask.Is, state) {
		p.ask.Is = append(p.ask.Is, state)
	}
	return nil
}

func (p *parser) has(name, value string, _ bool) error {
	if _, ok := attachments.of(value); !ok {
		return unknown(name, value)
	}
	p.ask.attachment = true
	return nil
}

func (p *parser) tag(_, value string, _ bool) error {
	p.ask.Tags = append(p.ask.Tags, value)
	return nil
}

func (p *parser) in(name, value string, _ bool) (err error) {
	return set(&p.ask.In, lists, name, value)
}

func (p *parser) channel(name, value string, _ bool) error {
	return set(&p.ask.channel, channels, name, value)
}

func (p *parser) lang(name, value string, _ bool) error {
	return set(&p.ask.language, languages, name, value)
}

func set(into *string, known values, name, value string) error {
	word, ok := known.of(value)
	if !ok {
		return unknown(name, value)
	}
	*into = word
	return nil
}

func (p *parser) assignee(_, value string, _ bool) error {
	p.ask.Assignee = value
	if word, ok := persons.of(value); ok {
		p.ask.Assignee = word
	}
	return nil
}

func (p *parser) before(name, value string, _ bool) error {
	at, ok := day(value, p.now)
	if !ok {
		return unknown(name, value)
	}
	if p.ask.Before.IsZero() || at.Before(p.ask.Before) {
		p.ask.Before = at
	}
	return nil
}

func (p *parser) after(name, value string, _ bool) error {
	at, ok := day(value, p.now)
	if !ok {
		return unknown(name, value)
	}
	if at.After(p.ask.After) {
		p.ask.After = at
	}
	return nil
}

var (
	layouts = []string{"2006-1-2", "2006-1", "2006", "2/1/2006", "2.1.2006", "2-1-2006", "1/2006"}
	days    = valuesOf("today aujourdhui", "yesterday hier")
)

// day is the beginning of the day that a value names, as 2026-11-22, 22/11/2026,
// 2026-11, today, hier or 7d (seven days ago: d or j, w or s, m, y or a).
func day(value string, now time.Time) (time.Time, bool) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	if word, ok := days.of(value); ok {
		if word == "yesterday" {
			return today.AddDate(0, 0, -1), true
		}
		return today, true
	}
	for _, layout := range layouts {
		at, err := time.ParseInLocation(layout, value, now.Location())
		if err == nil && at.Year() >= 1900 && at.Year() <= 9999 {
			return at, true
		}
	}
	return ago(lang.Fold(value), today)
}

func ago(value string, today time.Time) (time.Time, bool) {
	n, i := 0, 0
	for i < len(value) && value[i] >= '0' && value[i] <= '9' && n < 10_000 {
		n = 10*n + int(value[i]-'0')
		i++
	}
	if i == 0 || n > 5000 {
		return today, false
	}
	switch value[i:] {
	case "d", "j", "days", "jours":
		return today.AddDate(0, 0, -n), true
	case "w", "s", "weeks", "semaines":
		return today.AddDate(0, 0, -7*n), true
	case "m", "months", "mois":
		return today.AddDate(0, -n, 0), true
	case "y", "a", "years", "ans":
		return today.AddDate(-min(n, 200), 0, 0), true
	}
	return today, false
}
