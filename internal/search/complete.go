package search

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// offered are the operators as suggestions name them, in French beside English.
var offered = []struct{ english, french string }{
	{"from:", "de:"},
	{"to:", "pour:"},
	{"subject:", "objet:"},
	{"before:", "avant:"},
	{"after:", "après:"},
	{"is:", "est:"},
	{"has:attachment", "avec:pièce-jointe"},
	{"tag:", "étiquette:"},
	{"in:", "dans:"},
	{"channel:", "canal:"},
	{"assignee:", "confiée:"},
	{"lang:", "langue:"},
	{"file:", "fichier:"},
}

// valuesShown are what an operator takes, in the words of each language.
var valuesShown = map[string][]string{
	"is": {"owed", "late", "unanswered", "waiting", "closed", "snoozed"}, "est": {"à-répondre", "en-retard", "sans-réponse", "en-attente", "terminée", "reportée"},
	"in":   {"owed", "mine", "unassigned", "waiting", "snoozed", "closed", "courtesy", "sort", "spam", "all"},
	"dans": {"à-répondre", "à-moi", "à-prendre", "en-attente", "reportées", "terminées", "politesses", "à-trier", "indésirables", "partout"},
	"has":  {"attachment"}, "avec": {"pièce-jointe"}, "lang": {"fr", "en"}, "langue": {"fr", "en"},
	"channel": {"mail", "phone", "counter", "letter", "chat", "form"}, "canal": {"courriel", "téléphone", "comptoir", "courrier", "chat", "formulaire"},
	"assignee": {"me", "none"}, "confiee": {"moi", "personne"},
	"before": {"today", "yesterday", "7d", "1m"}, "avant": {"aujourd’hui", "hier", "7j", "1m"},
	"after": {"today", "yesterday", "7d", "1m"}, "apres": {"aujourd’hui", "hier", "7j", "1m"},
}

// Complete gives what a half-typed word may become: operators, and the values
// of one. At most ten.
func Complete(word string) (out []string) {
	name, value, found := strings.Cut(word, ":")
	if found {
		typed := plain.Replace(lang.Fold(value))
		for _, v := range valuesShown[lang.Fold(name)] {
			if whole := plain.Replace(lang.Fold(v)); strings.HasPrefix(whole, typed) && whole != typed {
				out = append(out, name+":"+v)
			}
		}
		return out
	}
	folded := lang.Fold(word)
	for _, o := range offered {
		for _, as := range []string{o.english, o.french} {
			if folded != "" && strings.HasPrefix(lang.Fold(as), folded) {
				out = append(out, as)
			}
		}
	}
	return out
}
