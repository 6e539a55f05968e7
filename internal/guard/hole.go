package guard

import (
	"regexp"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// holeRule never lets a template leave unfilled (P09): a variable that nobody
// replaced, a placeholder that nobody wrote over, or the gap that an empty value
// left. What stands in code is somebody's example and no hole.
var holeRule = rule{
	name:     "hole",
	severity: NeverPassed,
	kinds:    everyKind,
	french:   "Un champ est resté vide : complétez ou effacez ces mots.",
	english:  "A field was left empty: fill in or delete these words.",
	find:     findHoles,
}

// holePattern is one style of hole. Its regular expression is only run where
// one of needs stands in the text in lower case, and keep may say no.
type holePattern struct {
	needs []string
	re    *regexp.Regexp
	keep  func(text string, s span) bool
}

var code = regexp.MustCompile("(?s)```.*?(?:```|$)|`[^`\n]+`")

func findHoles(r *reading) []hit {
	text := code.ReplaceAllStringFunc(r.own, func(c string) string { return strings.Repeat("q", len(c)) })
	// A hole lies in one line: only those lines are looked at that have its marks.
	var found []span
	at := 0
	for line := range strings.Lines(text) {
		for _, s := range holesIn(line) {
			found = append(found, span{at + s.start, at + s.end})
		}
		at += len(line)
	}
	hits := hitsOf(disjoint(found))
	for i, h := range hits {
		hits[i].fix = r.valueOf(r.own[h.start:h.end])
	}
	return hits
}

func holesIn(line string) []span {
	if strings.TrimSpace(line) == "" {
		return nil
	}
	folded := strings.ToLower(line)
	var found []span
	for _, p := range holePatterns {
		if containsOne(folded, p.needs) {
			found = append(found, p.find(line)...)
		}
	}
	for _, p := range emptyPatterns {
		if containsOne(folded, p.words) && (p.when == nil || p.when(folded)) {
			found = append(found, p.pattern.find(line)...)
		}
	}
	return found
}

// valueOf is what belongs in a hole that names it, where the desk knows it.
func (r *reading) valueOf(hole string) string {
	name := strings.Join(fieldWords(strings.Trim(hole, "{}[]<>%$#@*|«»_ \u00a0\u202f")), " ")
	first, _, _ := strings.Cut(r.facts.Customer.Name, " ")
	switch name {
	case "prenom", "firstname", "first name", "fname", "prenom client", "prenom du client", "customer first name":
		return first
	case "nom", "name", "customer name", "customer", "client", "nom client", "nom du client", "nom complet", "full name", "prenom nom":
		return r.facts.Customer.Name
	case "email", "e mail", "mail", "customer email":
		return r.facts.Customer.Email
	case "agent", "conseiller", "signature", "auteur", "author":
		return r.facts.Author.Name
	case "boutique", "shop", "shop name", "nom de la boutique":
		return r.facts.Shop.Name
	case "commande", "order", "numero", "numero de commande", "numero commande", "order number", "n commande", "n de commande", "order no":
		if len(r.facts.Orders) == 1 {
			return r.facts.Orders[0]
		}
	}
	return ""
}

func containsOne(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// find gives the first group of each match, or the match where there is none.
func (p holePattern) find(text string) []span {
	var found []span
	const mostTried = 2000
	for _, m := range p.re.FindAllStringSubmatchIndex(text, mostTried) {
		if len(found) >= mostOfRule {
			break
		}
		s := span{m[0], m[1]}
		if len(m) > 2 && m[2] >= 0 {
			s = span{m[2], m[3]}
		}
		if p.keep == nil || p.keep(text, s) {
			found = append(found, s)
		}
	}
	return found
}

// holePatterns are the marks of template languages and of people who leave
// something for later.
var holePatterns = []holePattern{
	{[]string{"{"}, regexp.MustCompile(`\{\{[^{}\n]{0,80}\}{0,3}|\{%[^{}\n]{0,80}%\}`), nil},
	{[]string{"{"}, regexp.MustCompile(`[$#]?\{ ?[\p{L}_][\p{L}\d_. '’|:-]{0,40}\}|\{\d\}`), notInBraces},
	{[]string{"{"}, regexp.MustCompile(`\{[ \x{00a0}]?\}`), nil},
	{[]string{"#"}, regexp.MustCompile(`#[\p{Lu}_]{3,40}#`), nil},
	{[]string{"jj/mm", "dd/mm", "mm/dd"}, regexp.MustCompile(`(?i)\b(?:JJ/MM/AA(?:AA)?|DD/MM/YY(?:YY)?|MM/DD/YYYY)\b`), crossed},
	{[]string{"[x"}, regexp.MustCompile(`\[X{1,4}\] ?(?:€|euros?\b|jours?\b|heures?\b|h\b|semaines?\b|days?\b|hours?\b|weeks?\b|%)`), nil},
	{[]string{"??"}, regexp.MustCompile(`(?im)^[ \t]*` + greeting + `(?: (?:madame|monsieur|mme|mr|ms|m\.))? ?(\?{2,})[ ,]*$`), nil},
	{[]string{"«"}, regexp.MustCompile(`(?im)^[ \t]*` + greeting + `(?: (?:madame|monsieur|mme|mr|ms))? («[^«»\n]{1,40}»)`), fieldQuote},
	{[]string{"<"}, regexp.MustCompile(`<%[^<>\n]{0,80}%>`), nil},
	{[]string{"%"}, regexp.MustCompile(`(?i)%7B[%\w.]{1,60}%7D`), nil},
	{[]string{"%"}, regexp.MustCompile(`%{1,2}[\p{L}_]{3,}[\p{L}\d_.]*%{1,2}`), notPercentage},
	{[]string{"%"}, regexp.MustCompile(`(?m)(?:^|\s)(%(?:\d\$)?[sd])(?:[\s,.;:!?]|$)`), notPercentage},
	{[]string{"|"}, regexp.MustCompile(`\*\|[A-Z_:]{2,40}\|\*`), nil},
	{[]string{"[["}, regexp.MustCompile(`\[\[[^\[\]\n]{1,60}\]\]`), nil},
	{[]string{"$"}, regexp.MustCompile(`\$[\p{L}_]{3,40}\$|\$[a-z][A-Za-z_]{2,40}\b`), nil},
	{[]string{"@@"}, regexp.MustCompile(`@@[\p{L}_]{2,40}@@`), nil},
	{[]string{"##"}, regexp.MustCompile(`##[\p{L}_]{2,40}##`), nil},
	{[]string{"__"}, regexp.MustCompile(`\b__[A-Z][A-Z_]{1,40}__\b`), nil},
	{[]string{"["}, regexp.MustCompile(`\[[^\[\]()\n"{}]{1,60}\]`), bracketHole},
	{[]string{"<"}, regexp.MustCompile(`<{1,2}[^<>\n"=/@]{1,60}>{1,2}`), angleHole},
	{[]string{"«"}, regexp.MustCompile(`«[^«»\n]{0,60}»`), quoteHole},
	{[]string{"__"}, regexp.MustCompile(`_{3,}`), blankLine},
	{[]string{"......", "……", ". . . ."}, regexp.MustCompile(`(?:[\s:(]|^)(\.{6,}|…{2,}|(?:\. ){4,}\.)`), nil},
	{[]string{"x"}, regexp.MustCompile(`X{2,}(?:[/.-]X{2,})+`), crossed},
	{[]string{"x"}, regexp.MustCompile(`(?:\p{L}{1,4}-)?X{3,}`), crossed},
	{[]string{"xx"}, regexp.MustCompile(`(?i:\b(?:bonjour|bonsoir|hello|hi|dear|cher|chère|madame|monsieur|mme|mr|ms|mrs) )(X{2,}|xxx+)(?:[\s,.!]|$)`), nil},
	{[]string{"xx"}, regexp.MustCompile(`(?i:n°|numéro|number|commande|order|suivi|tracking|référence|montant|total)(?i: n°| number)? ?:? ?#?(X{2,}|xxx+)(?:[\s,.!;)]|$)`), crossed},
	{[]string{"x"}, regexp.MustCompile(`(?:[^\p{L}\d.,]|^)(X{1,5}(?:[.,]X+)? ?(?:€|EUR\b|euros?\b|jours?\b|days?\b|heures?\b|hours?\b|semaines?\b|weeks?\b|h\b))`), notCounted},
}

// notInBraces drops what the double braces have taken, and "{ et }".
func notInBraces(text string, s span) bool {
	word := strings.Trim(text[s.start:s.end], "{}$# ")
	return !binders[lang.Fold(word)] && (s.start == 0 || text[s.start-1] != '{') && (s.end == len(text) || text[s.end] != '}')
}

// notPercentage: "50 %" and "100%coton", and the codes of an address ("%C3%A9").
func notPercentage(text string, s span) bool {
	before := strings.TrimRight(tail(text[:s.start]), " \u00a0\u202f")
	if before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9' {
		return false
	}
	word := tail(text[:s.start])
	word = word[strings.LastIndexAny(word, " \n\t")+1:]
	return !strings.Contains(word, "://") || strings.ToUpper(text[s.start:s.end]) == text[s.start:s.end]
}

// fields are the words of placeholders, folded; a bracket is a hole when it holds
// nothing else.
var fields = wordSet(`nom noms prenom prenoms client cliente clients name names firstname lastname first last full surname customer
 date dates montant amount somme numero number nr num commande order colis parcel adresse address mail email e-mail tel telephone phone
 ville city produit product article item lien link url delai delay heure heures time transporteur carrier suivi tracking reference ref
 civilite signature agent conseiller boutique shop societe company jour jours day days raison reason motif code prix price total
 livraison delivery retour return remboursement refund facture invoice promo voucher bon expedition envoi taille size marque
 completer remplir inserer insert ajouter add fill renseigner remplacer replace preciser indiquer compléter tbd tbc todo xx xxx xxxx placeholder variable champ field texte text
 titre title mme mr madame monsieur horaires horaire`)

// near is how far around a place the rules look, so that what a draft costs
// grows with its length and no faster.
const near = 200

func tail(s string) string { return strings.ToValidUTF8(s[max(0, len(s)-near):], "") }

func head(s string) string { return cutAt(s, near) }

// binders may stand between them.
var binders = wordSet(`a de du des la le les l d un une au aux en et ou n no votre vos your the of an in out here ici to be for this ce cette ton mon my`)

// strongFields are enough in quotes, where the name of a button may stand.
var strongFields = wordSet(`completer remplir inserer insert fill renseigner tbd tbc placeholder xx xxx xxxx`)

// htmlTags are what may stand in angle brackets when somebody writes about a page.
var htmlTags = wordSet(`a p b i u s em strong br hr div span img ul ol li h table tr td th code pre link title time address article text field data body head html form label input button name`)

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

func fieldWords(s string) []string {
	return strings.FieldsFunc(lang.Fold(s), func(r rune) bool { return strings.ContainsRune(" '’_-.:#°/|<>[]«»*!…\u00a0\u202f", r) })
}

// onlyFields tells whether the words are fields and binders, at least one a
// field.
func onlyFields(words []string) bool {
	some := false
	for _, w := range words {
		if !fields[w] && !binders[w] {
			return false
		}
		some = some || fields[w]
	}
	return some
}

var constantName = regexp.MustCompile(`^[A-Z]{2,}(?:_[A-Z\d]+)+$`)

// bracketHole leaves Markdown links, footnotes, [sic] and [...] alone.
func bracketHole(text string, s span) bool {
	inner := strings.TrimSpace(text[s.start+1 : s.end-1])
	if s.end < len(text) && strings.ContainsRune("([:", rune(text[s.end])) && !strings.HasPrefix(text[s.end:], ": ") {
		return false
	}
	if buttonBefore.MatchString(tail(text[:s.start])) {
		return false
	}
	return constantName.MatchString(inner) || inner == "object Object" || onlyFields(fieldWords(inner)) || startsLikeOrder(inner)
}

// angleHole leaves comparisons, addresses and HTML alone.
func angleHole(text string, s span) bool {
	inner := strings.Trim(text[s.start:s.end], "<>")
	if inner != strings.TrimSpace(inner) {
		return false
	}
	if buttonBefore.MatchString(tail(text[:s.start])) {
		return false
	}
	words := fieldWords(inner)
	if len(words) == 1 && htmlTags[words[0]] && inner == strings.ToLower(inner) {
		return false
	}
	return constantName.MatchString(inner) || onlyFields(words) || startsLikeOrder(inner)
}

// startsLikeOrder: "insérer le lien vers la page", whatever follows the verb.
func startsLikeOrder(inner string) bool {
	words := fieldWords(inner)
	if len(words) > 1 && words[0] == "a" {
		words = words[1:]
	}
	return len(words) > 1 && (words[0] == "inserer" || words[0] == "insert" || words[0] == "completer" || words[0] == "remplir") &&
		strings.TrimSpace(inner) != ""
}

// fieldQuote: behind a greeting the name of a field in quotes is a hole.
func fieldQuote(text string, s span) bool {
	return onlyFields(fieldWords(strings.Trim(text[s.start:s.end], "«» \u00a0\u202f")))
}

// buttonBefore: the name of a button or a key may stand in brackets.
var buttonBefore = regexp.MustCompile(`(?i)(?:\b(?:cliquez|cliquer|appuyez|appuyer|touche|bouton|onglet|rubrique|menu|champ|case|press|click|tap|button|key|tab|field)\b[^\n.!?]{0,24}|\] (?:puis|et|then|and)(?: sur| on)? )$`)

func quoteHole(text string, s span) bool {
	inner := strings.TrimFunc(text[s.start+len("«"):s.end-len("»")], isSeparator)
	words := fieldWords(inner)
	if len(words) == 0 {
		return strings.Trim(inner, "-_") == ""
	}
	return constantName.MatchString(inner) || onlyFields(words) && slices.ContainsFunc(words, func(w string) bool { return strongFields[w] })
}

// blankLine leaves rules across the page and Markdown emphasis alone.
func blankLine(text string, s span) bool {
	before, after := tail(text[:s.start]), head(text[s.end:])
	line := before[strings.LastIndexByte(before, '\n')+1:] + text[s.start:s.end]
	rest, _, _ := strings.Cut(after, "\n")
	if strings.Trim(line+rest, "_ \t\r-*>|") == "" {
		return false
	}
	return !endOfWord.MatchString(before) && !startOfWord.MatchString(after) && !strings.HasSuffix(before, "^")
}

// notCounted: "X jours sur 7" speaks of any number.
func notCounted(text string, s span) bool { return !strings.HasPrefix(text[s.end:], " sur ") }

var (
	sizeBefore   = regexp.MustCompile(`(?i)(?:tailles?|sizes?|format|forme|modèle|type|exemple|example|ressemble à|looks like|commence(?:nt)? par|starts? with|begins? with|écri(?:t|re)|form)[^\n.!?]{0,24}$`)
	sizeAfter    = regexp.MustCompile(`(?i)^ ?(?:L|S|XL|rings?|bagues?|large|small)\b`)
	maskedBefore = regexp.MustCompile(`(?:[\d*•X] ?-?|\b[A-Z]{2}\d{2} ?)$`)
	maskedAfter  = regexp.MustCompile(`^[ -]?(?:\d|X|[*•])`)
)

// crossed tells whether X's stand for something forgotten, and not for a size, a
// form of number that is being explained, or digits hidden on purpose.
func crossed(text string, s span) bool {
	before, after := tail(text[:s.start]), head(text[s.end:])
	if r := lastRune(before); isWordRune(r) || sizeBefore.MatchString(before) || sizeAfter.MatchString(after) {
		return false
	}
	if r := firstRune(after); isWordRune(r) {
		return false
	}
	return !maskedBefore.MatchString(before) && !maskedAfter.MatchString(after)
}
