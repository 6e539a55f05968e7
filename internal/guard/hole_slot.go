package guard

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

const (
	greeting = `(?:bonjour|bonsoir|rebonjour|hello|hi|hey|dear|cher|chère|chers|salut|coucou|good (?:morning|afternoon|evening))`
	title    = `(?:madame|monsieur|mademoiselle|mme|mlle|m\.|mrs?|ms|miss)\.?`
	unit     = `(?:€|£|\$|%|eur\b|euros?\b|jours?\b|days?\b|(?:business|working) days\b|heures?\b|hours?\b|semaines?\b|weeks?\b|mois\b|months?\b|h\b|kg\b|cm\b|exemplaires?\b|articles?\b|pièces?\b|items?\b|points?\b)`
)

// A slot is a place where a value belongs: behind a greeting, a title, a word for
// numbers, sums or days; or before a unit. Behind the names of things (slotThing)
// a mark of the sentence may stand as well ("où est la commande ???").
var (
	slotBefore = pattern.Of(`(?i)(?:^|[\s(«"/'’])(?:` + greeting + `(?: ` + title + `)?|` + title + `|n ?[°º]|numéro|numero|number|no\.|le|du|au|on|by|de|of|sous|within|entre|between|suivant|est|is|is:|[^ ]* ?[$£€]|rembours\p{L}*|refund\p{L}*|` +
		`(?:montant|somme|total|amount|suivi|tracking|référence|reference|réf\.|date|livraison|delivery|commande|order|number|numéro) ?:)[ \x{00a0}#]*$`)
	slotThing = pattern.Of(`(?i)(?:commande|colis|order|parcel|taille|size|modèle|model|couleur|montant|somme|total|amount|suivi|tracking|référence|reference|facture|invoice)[ \x{00a0}#]*$`)
	unitAfter = pattern.Of(`(?i)^[ \x{00a0}\x{202f}]?(?:` + unit + `|(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|march|april|june|july|august|september|october|november|december)\b)`)
	goesOn    = pattern.Of(`^,? \p{Ll}`)
)

func inSlot(before, after string) bool {
	before, after = closest(before), cutAt(after, 48)
	return slotBefore.MatchString(before) || unitAfter.MatchString(after) || slotThing.MatchString(before) && goesOn.MatchString(after)
}

// slotPatterns are what people put where a value will stand.
var slotPatterns = []holePattern{
	{[]string{"XX"}, pattern.Of(`(?:\p{L}{1,4}-)?X{3,}|X{2,}(?:[/.,:h-]X{2,})+`), crossed},
	{[]string{"xx", "yy"}, pattern.Of(`[XY]{2,}(?:[/.,]\d+)*|x{2,}(?:[/.,]x+)*`), func(p place) bool { return inSlot(p.before(), notAge(p.after())) && crossed(p) }},
	{[]string{"XXXXXX"}, pattern.Of(`\b[\p{Lu}\d]{1,4}?X{6,}\b`), func(p place) bool {
		return !sizeBefore.MatchString(p.before()) && !p.asked() && !p.said() && !p.aboutMarks() && !maskedAfter.MatchString(p.after())
	}},
	{[]string{"<X", "<x", "<Y", "<N", "<n"}, pattern.Of(`<[xX]{1,4}>|<[YNn]>`), unsaid},
	{[]string{"......", "………"}, pattern.Of(`\p{L}[ \x{00a0}](\.{6,}|…{3,})[ \x{00a0}]\p{Ll}`), func(p place) bool {
		return !p.leads() && !p.asked() && !p.said() && !p.isForm() && !p.aboutMarks()
	}},
	{[]string{"**/", "__/", "##/", "**h", "##h"}, pattern.Of(`(?:^|[\s(])([*_#]{2}/[*_#]{2}(?:/[*_#]{2,4})?|[*#]{2} ?h(?:[*#]{2})?)(?:[\s.,;)]|$)`), blankLine},
	{[]string{"x.x", "x,x", "X.X", "X,X"}, pattern.Of(`[€£$] ?([xX]{1,3}[.,][xX]{1,2})\b`), unsaid},
	{[]string{"X", "Y", "N "}, pattern.Of(`(?:[^\p{L}\d.,°]|^)([XYN](?:[.,]X+)?)[ \x{00a0}]?(?i:` + unit + `)`), notCounted},
	{[]string{"X "}, pattern.Of(`(?i:entre|between|de|from|\d) X (?i:et|and|à|to) Y\b|\bX (?:à|to) Y (?i:` + unit + `)`), notCounted},
	{[]string{"x à y", "x-y", "x to y", "x et y", "x and y"}, pattern.Of(`(?:^|\s)(x ?(?:-|à|to|et|and) ?y) (?i:(?:working |business )?` + unit + `)`), unsaid},
	{[]string{"?"}, pattern.Of(`(?i)(?:\s|[(£$€])(\?{1,3})(?: ?(?:€|£|\$|%|kg\b|cm\b|euros?\b|jours?\b|days?\b|heures?\b|hours?\b)| (?:en stock|exemplaires?|left|pièces?|in stock)\b)`), func(p place) bool { return unsaid(p) && !p.listsSigns() }},
	{[]string{" x", " y"}, pattern.Of(`(?i)^[ \t]*` + greeting + ` (?-i:(?i:` + title + `) ([XY])\b)`), nil},
	{[]string{"jj", "dd/", "mm/"}, pattern.Of(`\b(?i:JJ/MM(?:/AA(?:AA)?)?|DD/MM(?:/YY(?:YY)?)?|MM/DD/YYYY)\b`), crossed},
	{[]string{"??"}, pattern.Of(`\?{2,}(?:/\?+)*`), standsIn},
	{[]string{"***"}, pattern.Of(`\*{3,}`), standsIn},
	{[]string{"---", "–––"}, pattern.Of(`[-–]{3,}`), standsIn},
	{[]string{"##"}, pattern.Of(`#{2,}`), standsIn},
	{[]string{"....", "……", ". . . ."}, pattern.Of(`(?:[\s:(]|^)(\.{4,}|…{2,}|(?:\. ){3,}\.)`), func(p place) bool { return standsIn(p) && !copula.MatchString(closest(p.before())) && !p.leads() }},
	{[]string{"../", "..h", ".. h"}, pattern.Of(`(?:le|du|au|on|by|the) (\.{2,}/\.{2,}(?:/\.{2,})?)(?:[\s,]|$)|(?:^|\s)(\.{2,}/\.{2,}/(?:\.{3,}|\d{2,4}))\b|[\s(](\.{2,} ?h)\b`), unsaid},
	{[]string{"...", "…"}, pattern.Of(`(?:^|\s)(\.{3}|…) ?(?i:` + unit + `)`), unsaid},
	{[]string{"__"}, pattern.Of(`_{3,}|__(?:/_+|/\d+)+|__`), blankLine},
	{[]string{"--"}, pattern.Of(`-{2}[/.:]-{2}(?:[/.:]-{2,4})?`), func(p place) bool {
		return !p.said() && !p.asked() && !p.aboutMarks() && !displays.MatchString(p.before())
	}},
	{[]string{" .."}, pattern.Of(`[ \x{00a0}](\.\.)(?:[ \x{00a0}]\p{Ll}|\s*$)`), func(p place) bool { return inSlot(p.before(), "") || slotNoun.MatchString(closest(p.before())) }},
	{[]string{"("}, pattern.Of(`\([\p{L} '’°+]{3,40}\)`), func(p place) bool {
		return (determiner.MatchString(closest(p.before())) || openBefore.MatchString(closest(p.before())) || credits.MatchString(closest(p.before())) || inSlot(p.before(), p.after()) || strings.HasSuffix(p.before(), ": ") || strings.TrimSpace(p.line) == p.words() || toAuthor.MatchString(p.words()[1:])) && fieldName(p) && !p.said() && p.words() != "(REF)"
	}},
	{[]string{"«"}, pattern.Of(`«[^«»\n]{0,60}»`), quoteHole},
	{[]string{"null", "undefined", "none", "nan", "nil", "n/a", "invalid date", "object object", "0000"}, pattern.Of(`\b(?:(?i:null|undefined|n/a)|nil|None|NaN|Invalid [Dd]ate|0{2,4}[-/]00[-/]0{2,4})\b|\[object Object\]`), nothing},
	{[]string{"NOM", "NAME", "MONTANT", "AMOUNT", "DATE", "NUM", "CLIENT", "CUSTOMER", "HEURE", "LIEN", "LINK", "TRANSPORTEUR", "CARRIER", "VILLE", "ADRESSE", "PRODU", "ORDER", "COMMANDE", "_"}, pattern.Of(`[\p{Lu}]{3,}(?:[_ ]\p{Lu}{2,}){0,3}`), inCapitals},
	{[]string{"NOM", "NAME"}, pattern.Of(`^[ \t]*((?:YOUR |VOTRE )?(?:PR[ÉE]NOM|NOM|NAME|FIRST ?NAME)(?: (?:NOM|PR[ÉE]NOM|LAST ?NAME))?)[ \t\r\n]*$`), func(p place) bool { return p.at > 0 && !p.r.saidBefore(requests, p.r.tokenAt(p.at)) }},
	{[]string{"nom", "name"}, pattern.Of(`(?i)^[ \t]*` + greeting + ` (?:` + title + ` )?([\p{L} ]{3,30}?) ?(?:[,!.]|$)`), namesName},
}

var (
	saysMore     = pattern.Of(`^ (?:est|sera|a|is|was|has|will|on|for|sur|pour|de|from)\b`)
	secretBefore = pattern.Of(`(?i)(?:code|numéro|number|montant|amount|suivi|tracking|référence|reference|date|nom|name)[^\n.:]{0,16}: ?$`)
	displays     = pattern.Of(`(?i)(?:affich\p{L}*|écran|display\p{L}*|screen|shows?|montre|indique|reads?|says?)[^\n.]{0,30}$`)
	slotNoun     = pattern.Of(`(?i)(?:semaine|week|numéro|number|n°|date|le|du|au)[ \x{00a0}]*$`)
	credits      = pattern.Of(`(?i)\b(?:crédit\p{L}*|credit|refund|pay|charge|versons|verserons|offrons|offer|give) $`)
	shownAfter   = pattern.Of(`(?i)^ ?(?:s['’](?:affich|allum)|appara|clignot|appears|shows|flash|means|signifi|veut)`)
	copula       = pattern.Of(`(?i)(?:est|is|is:) *$`)
	namedIs      = pattern.Of(`(?i)(?:num[ée]ro|number|commande|order|date|montant|amount|total|suivi) (?:est|is) $`)
)

// standsIn: marks in a slot, with nothing masked around and no form to fill in.
func standsIn(p place) bool {
	before := strings.TrimRight(p.before(), "(")
	if strings.TrimSpace(before) == "" && strings.HasPrefix(p.words(), "??") {
		return headless.MatchString(p.after())
	}
	labelled := (p.words()[0] == '?' || p.words()[0] == '*' && secretBefore.MatchString(before)) && labelBefore.MatchString(before) && strings.HasSuffix(strings.TrimSpace(before), ":") && strings.TrimSpace(p.after()) == ""
	return (labelled || inSlot(before, p.after())) && !maskedAfter.MatchString(p.after()) && !maskedBefore.MatchString(before) && !phrase.IsWord(lastRune(before)) && !p.asked() && !p.said() && !p.aboutMarks()
}

var outOf = pattern.Of(` sur \d`)

var headless = pattern.Of(`^ \p{Ll}`)

// notAge hides what makes Roman numbers of two X's.
func notAge(after string) string { return strings.TrimPrefix(after, " siècle") }

// notCounted: "X jours sur 7" and "X jours, où X…" speak of any number.
func notCounted(p place) bool {
	return !outOf.MatchString(cutAt(p.after(), 20)) && !strings.Contains(p.line, "où X") && !strings.Contains(p.line, "where X") && !p.said()
}

var forExample = pattern.Of(`(?i)\bex[ea]mple`)

// nothing: what a program writes for no value, where a value belongs.
func nothing(p place) bool {
	w := p.words()
	if strings.HasPrefix(w, "[") || strings.HasPrefix(w, "Inv") || strings.HasPrefix(w, "0") {
		return !p.said() && !sizeBefore.MatchString(p.before()) && !forExample.MatchString(p.line)
	}
	if startOfWord.MatchString(p.after()) || endOfWord.MatchString(p.before()) || p.said() {
		return false
	}
	if (w == "null" || w == "undefined") && strings.TrimSpace(p.before()) == "" && strings.HasPrefix(p.after(), ", ") {
		return !p.aboutMarks()
	}
	if w == "null" && saysMore.MatchString(p.after()) && !p.aboutMarks() {
		return true
	}
	if w == "undefined" && !copula.MatchString(closest(p.before())) || w == "NaN" || namedIs.MatchString(closest(p.before())) {
		return true
	}
	before := p.before()
	return !copula.MatchString(closest(before)) && (strings.HasSuffix(before, " : ") || inSlot(before, p.after()) || strings.HasSuffix(before, " par ") || strings.HasSuffix(before, "via "))
}

// feminine fields: "le DATE" is no French, "la DATE" is said loudly.
var feminine = phrase.Words(`date heure adresse ville commande`)

// inCapitals: the name of a field in capitals, in a line that isn't, where grammar
// has no room for the word itself.
func inCapitals(p place) bool {
	words := fieldWords(p.words())
	if strings.Contains(p.words(), "_") {
		return onlyFields(words) && !p.asked()
	}
	before := p.before()
	if !onlyFields(words) || !valueFields[words[len(words)-1]] && !valueFields[words[0]] || !hasLower(p.around()) || strings.HasPrefix(strings.TrimLeft(p.after(), " \u00a0"), ":") {
		return false
	}
	if isWordRune(firstRune(p.after())) || isWordRune(lastRune(before)) || buttonBefore.MatchString(before) || p.asked() || p.said() {
		return false
	}
	if strings.HasSuffix(before, ": ") && len(words) == 1 && strings.Trim(p.after(), ". \r\n") == "" {
		return true
	}
	return slotBefore.MatchString(before) && (!hisArticle.MatchString(closest(before)) || feminine[words[0]] && !strings.HasSuffix(before, "de ")) || verbBefore.MatchString(closest(before)) && len(words[0]) > 3
}

var (
	valueFields = phrase.Words(`nom prenom name firstname lastname surname montant amount date numero number client customer heure lien link transporteur carrier ville adresse produit product commande order`)
	hisArticle  = pattern.Of(`(?i)(?:^|[\s(])(?:le|du|au|de|of|est|is) $`)
	verbBefore  = pattern.Of(`(?i)(?:refunded|remboursons|remboursé|remboursée|versons|charged|paid|sent|shipped) $`)
)

// namesName: "Bonjour Prénom Nom," greets a field.
func namesName(p place) bool {
	some := false
	for _, w := range fieldWords(p.words()) {
		if !personal[w] && !phrase.OneOf(w, "first", "last", "full", "customer", "client", "du", "de", "your") {
			return false
		}
		some = some || personal[w]
	}
	return some && !phrase.OneOf(p.words(), "nom", "name")
}

// quoteHole: a field in quotes is a hole behind a greeting, and one that nobody
// would quote is anywhere.
func quoteHole(p place) bool {
	inner := strings.Trim(p.words(), "«» \u00a0\u202f")
	if len(fieldWords(inner)) == 0 {
		return strings.Trim(inner, "-_ ") == "" && !displays.MatchString(p.before()) && !shownAfter.MatchString(p.after())
	}
	greets := strings.TrimRight(p.before(), " ")
	return onlyGreeting.MatchString(greets) && isField(inner) || identifierName.MatchString(inner) && strings.Contains(inner, "_") && !p.aboutMarks() ||
		isField(inner) && !phrase.OneOf(strings.ToLower(inner), "à compléter", "a compléter") && toAuthor.MatchString(inner) && !p.asked() && (strings.Trim(inner, "Xx") != "" || inSlot(p.before(), p.after()))
}

var (
	onlyGreeting = pattern.Of(`(?i)^[ \t]*` + greeting + `(?: ` + title + `)?$`)
	toAuthor     = pattern.Of(`(?i)^(?:ins[ée]rer|insert|tbd|tbc|x{2,}|compl[ée]ter)\b`)
)

// blankLine leaves rules across the page, Markdown emphasis and forms alone.
func blankLine(p place) bool {
	before, after := p.before(), p.after()
	rest, _, _ := strings.Cut(after, "\n")
	if strings.Trim(p.line, "_ \t\r\n-*>|") == "" || strings.Trim(before+rest, " \t\r\n") == "" {
		return false
	}
	if endOfWord.MatchString(before) || startOfWord.MatchString(after) || strings.HasSuffix(before, "^") || strings.Contains(p.words(), "://") {
		return false
	}
	if p.words() == "__" && !inSlot(before, after) {
		return false
	}
	if p.said() || strings.TrimSpace(before) == "" && strings.Count(p.nearby(), "\n"+p.words()) > 1 {
		return false
	}
	return !p.asked() && !p.isForm() && !p.aboutMarks() && !displays.MatchString(before)
}

// leads tells whether dots lead the eye to a value, as in a table.
func (p place) leads() bool {
	return len(leader.FindAllStringIndex(p.nearby(), 3)) > 1 || leader.MatchString(p.line)
}

var leader = pattern.Of(`\p{L}[^\n]{0,60}?(?:\.{4,}|…{2,}) ?(?:[€£$]? ?\d[\d.,]*(?: ?[€%])?|(?i:free|offert|gratuit|inclus|includ|non|oui|yes|no|ok)\p{L}*)[ \t\r]*(?:\n|$)`)

// isForm tells whether a blank stands behind a label, with a request somewhere
// before it in the draft: the customer fills it in.
func (p place) isForm() bool {
	i := p.r.tokenAt(p.at + p.Start)
	return labelBefore.MatchString(p.before()) && p.r.saidBefore(requests, i) || p.r.saidBefore(toFillIn, i)
}

// toFillIn hand the customer a text to copy.
var toFillIn = phrase.Of(`
	completez|remplissez|recopiez|copiez|copier|completer|remplir
	fill|copy
	complete this|the`)

var labelBefore = pattern.Of(`(?::|^[\p{L} °'’.]{2,30})[ \x{00a0}]*$`)

var (
	sizeBefore   = pattern.Of(`(?i)(?:tailles?|sizes?|format|forme|modèle|type|exemple|example|ex\. ?:|e\.g\.|ressemble à|looks like|série|series|collection|commence(?:nt)? par|starts? with|begins? with|écri(?:t|re)|form|field|champ)[^\n.!?]{0,24}$`)
	sizeAfter    = pattern.Of(`(?i)^ ?(?:L|S|XL|rings?|bagues?|large|small|siècle)\b`)
	maskedBefore = pattern.Of(`(?:[\d*•X] ?-?|\b[A-Z]{2}\d{2} ?)$`)
	maskedAfter  = pattern.Of(`^[ -]?(?:\d|X|[*•])`)
)

// crossed tells whether X's stand for something forgotten, and not for a size, a
// form of number that is being explained, or digits hidden on purpose.
func crossed(p place) bool {
	before, after := p.before(), p.after()
	before = strings.TrimSuffix(before, "-") // "-XX %"
	if r := lastRune(before); isWordRune(r) || sizeBefore.MatchString(before) || sizeAfter.MatchString(after) || p.asked() || p.said() {
		return false
	}
	if r := firstRune(after); isWordRune(r) || r == '\'' {
		return false
	}
	if len(p.words()) == 2 && !strings.HasPrefix(p.words(), "Y") || !maskedBefore.MatchString(before) {
		return !maskedAfter.MatchString(after) || strings.HasPrefix(after, "-XX")
	}
	return false
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-&", r))
}
