package law

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// functionSince: contracts from this day on come with an online withdrawal
// function (Dir. (EU) 2023/2673; ordonnance 2026-2, décret 2026-3).
var functionSince = calendar.Date{Year: 2026, Month: 6, Day: 19}

// FunctionLabels are the words on the two steps of the online function.
type FunctionLabels struct {
	Begin   string // the entrance (D221-5, Dir. 2011/83 art. 11a(1))
	Confirm string // the second step, with these words alone (art. 11a(3))
}

// functionLabels: French by D221-5, the others by the directive in that language.
// The German, Italian and Spanish words of the second step were not read in the
// Official Journal; any unambiguous equivalent is allowed.
var functionLabels = map[string]FunctionLabels{
	"fr": {"renoncer au contrat ici", "confirmer la rétractation"},
	"en": {"withdraw from contract here", "confirm withdrawal"},
	"de": {"Vertrag widerrufen", "Widerruf bestätigen"},
	"it": {"recedere dal contratto qui", "conferma recesso"},
	"es": {"desistir del contrato aquí", "confirmar desistimiento"},
}

// LabelsFor gives the words of a language (fr, en, de, it, es), French for any
// other.
func LabelsFor(language string) FunctionLabels {
	if l, ok := functionLabels[language]; ok {
		return l
	}
	return functionLabels["fr"]
}

// IsLabel tells whether a button that a shop drew itself says what it must, but
// for capitals and spaces. "Annuler" and "Demande de retour" don't.
func (l FunctionLabels) IsLabel(words string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(words), " "), l.Begin)
}

// FunctionDue tells whether a contract concluded on that day comes with the
// online function. A day that isn't known does.
func FunctionDue(concluded calendar.Date) (bool, Grounds) {
	var g Grounds
	due := functionDue(&g, concluded)
	if concluded.IsZero() {
		g.say("La date du contrat n'est pas connue : la fonction de rétractation en ligne est proposée.",
			"The day of the contract is not known: the online withdrawal function is offered.")
		g.cite("L221-21 c. conso", "D221-5 c. conso")
	}
	return due, g
}

func functionDue(g *Grounds, concluded calendar.Date) bool {
	switch {
	case concluded.IsZero():
		return true
	case concluded.Before(functionSince):
		g.say("Contrat conclu avant le %s : la fonction de rétractation en ligne n'est pas obligatoire.",
			"Contract concluded before %s: the online withdrawal function is not mandatory.", functionSince)
		return false
	}
	g.say("Contrat conclu depuis le %s : la fonction de rétractation en ligne est proposée jusqu'à la fin du délai.",
		"Contract concluded since %s: the online withdrawal function is there until the period ends.", functionSince)
	g.cite("L221-21 c. conso", "D221-5 c. conso")
	return true
}
