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
// one of the letters of needs stands in the text, and keep may say no.
type holePattern struct {
	needs string
	re    *regexp.Regexp
	keep  func(text string, s span) bool
}

var code = regexp.MustCompile("(?s)```.*?(?:```|$)|`[^`\n]+`")

func findHoles(d Draft, _ Facts) []span {
	text := code.ReplaceAllStringFunc(d.Text, func(c string) string { return strings.Repeat("q", len(c)) })
	folded := strings.ToLower(text)
	var found []span
	for _, p := range holePatterns {
		if !strings.ContainsAny(text, p.needs) {
			continue
		}
		found = append(found, p.find(text)...)
	}
	for _, p := range emptyPatterns {
		if slices.ContainsFunc(p.words, func(w string) bool { return strings.Contains(folded, w) }) {
			found = append(found, p.pattern.find(text)...)
		}
	}
	return disjoint(found)
}

// find gives the first group of each match, or the match where there is none.
func (p holePattern) find(text string) []span {
	var found []span
	for _, m := range p.re.FindAllStringSubmatchIndex(text, -1) {
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
	{"{", regexp.MustCompile(`\{\{[^{}\n]{0,80}\}{0,3}|\{%[^{}\n]{0,80}%\}`), nil},
	{"{", regexp.MustCompile(`[$#]?\{ ?[\p{L}_][\p{L}\d_. '’|:-]{0,40}\}|\{\d\}`), notInBraces},
	{"<", regexp.MustCompile(`<%[^<>\n]{0,80}%>`), nil},
	{"%", regexp.MustCompile(`(?i)%7B[%\w.]{1,60}%7D`), nil},
	{"%", regexp.MustCompile(`%{1,2}[\p{L}_]{3,}[\p{L}\d_.]*%{1,2}`), notPercentage},
	{"%", regexp.MustCompile(`(?m)(?:^|\s)(%(?:\d\$)?[sd])(?:[\s,.;:!?]|$)`), notPercentage},
	{"|", regexp.MustCompile(`\*\|[A-Z_:]{2,40}\|\*`), nil},
	{"[", regexp.MustCompile(`\[\[[^\[\]\n]{1,60}\]\]`), nil},
	{"$", regexp.MustCompile(`\$[\p{L}_]{3,40}\$|\$[a-z][A-Za-z_]{2,40}\b`), nil},
	{"@", regexp.MustCompile(`@@[\p{L}_]{2,40}@@`), nil},
	{"#", regexp.MustCompile(`##[\p{L}_]{2,40}##`), nil},
	{"_", regexp.MustCompile(`\b__[A-Z][A-Z_]{1,40}__\b`), nil},
	{"[", regexp.MustCompile(`\[[^\[\]()\n"{}]{1,60}\]`), bracketHole},
	{"<", regexp.MustCompile(`<{1,2}[^<>\n"=/@]{1,60}>{1,2}`), angleHole},
	{"«", regexp.MustCompile(`«[^«»\n]{0,60}»`), quoteHole},
	{"_", regexp.MustCompile(`_{3,}`), blankLine},
	{".…", regexp.MustCompile(`(?:[\s:(]|^)(\.{6,}|…{2,}|(?:\. ){4,}\.)`), nil},
	{"X", regexp.MustCompile(`X{2,}(?:[/.-]X{2,})+`), crossed},
	{"X", regexp.MustCompile(`(?:\p{L}{1,4}-)?X{3,}`), crossed},
	{"Xx", regexp.MustCompile(`(?i:\b(?:bonjour|bonsoir|hello|hi|dear|cher|chère|madame|monsieur|mme|mr|ms|mrs) )(X{2,}|xxx+)(?:[\s,.!]|$)`), nil},
	{"Xx", regexp.MustCompile(`(?i:n°|numéro|number|commande|order|suivi|tracking|référence|montant|total)(?i: n°| number)? ?:? ?#?(X{2,}|xxx+)(?:[\s,.!;)]|$)`), crossed},
	{"X", regexp.MustCompile(`(?:[^\p{L}\d.,]|^)(X{1,5}(?:[.,]X+)? ?(?:€|EUR\b|euros?\b|jours?\b|days?\b|heures?\b|hours?\b|semaines?\b|weeks?\b|h\b))`), notCounted},
}

// notInBraces drops what the double braces have taken, and "{ et }".
func notInBraces(text string, s span) bool {
	word := strings.Trim(text[s.start:s.end], "{}$# ")
	return !binders[lang.Fold(word)] && (s.start == 0 || text[s.start-1] != '{') && (s.end == len(text) || text[s.end] != '}')
}

// notPercentage: "50 %" and "100%coton", and the codes of an address ("%C3%A9").
func notPercentage(text string, s span) bool {
	before := strings.TrimRight(text[:s.start], " \u00a0\u202f")
	if before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9' {
		return false
	}
	word := text[strings.LastIndexAny(text[:s.start], " \n\t")+1 : s.start]
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
	return constantName.MatchString(inner) || inner == "object Object" || onlyFields(fieldWords(inner)) || startsLikeOrder(inner)
}

// angleHole leaves comparisons, addresses and HTML alone.
func angleHole(text string, s span) bool {
	inner := strings.Trim(text[s.start:s.end], "<>")
	if inner != strings.TrimSpace(inner) {
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
	line := text[strings.LastIndexByte(text[:s.start], '\n')+1:]
	if i := strings.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	if strings.Trim(line, "_ \t\r-*>|") == "" {
		return false
	}
	before, after := text[:s.start], text[s.end:]
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
	before, after := text[:s.start], text[s.end:]
	if r := lastRune(before); isWordRune(r) || sizeBefore.MatchString(before) || sizeAfter.MatchString(after) {
		return false
	}
	if r := firstRune(after); isWordRune(r) {
		return false
	}
	return !maskedBefore.MatchString(before) && !maskedAfter.MatchString(after)
}
