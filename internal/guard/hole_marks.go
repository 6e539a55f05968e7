package guard

import (
	"regexp"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// markPatterns are the marks of template languages. Those that no prose has are
// holes whatever they hold; the others are when they hold the name of a field.
var markPatterns = []holePattern{
	{[]string{"{{", "{%", "{#"}, pattern.Of(`\{\{[^{}\n]{0,80}\}{0,3}|\{%[^{}\n]{0,80}%\}|\{#[^{}\n]{0,120}#\}`), func(p place) bool { return !p.said() || !reported.MatchString(p.before()) }},
	{[]string{"<%", "<?", "<!--"}, pattern.Of(`<%[^<>\n]{0,80}%>|<\?[^<>\n]{0,80}\?>|<!--[^<>\n]{0,120}-->`), nil},
	{[]string{"{"}, pattern.Of(`[$#%@!]?\{ ?[!$#*@%^=&/]?[\p{L}_][\p{L}\d_. '’|:/-]{0,40}[*%!$#]?\}|\{\d\}`), notInBraces},
	{[]string{"${", "#{", "%{", "!{", "@{"}, pattern.Of(`[$#%!@]\{[^{}\n]{1,80}\}`), func(p place) bool { return !p.listsSigns() }},
	{[]string{"{", "}"}, pattern.Of(`\{[\p{L}_][\p{L}\d_.]{1,40}(?:[ ,;.!?\r\n]|$)|(?:^|\s)([\p{L}_][\p{L}\d_.]{1,40}\}{1,2})`), unclosed},
	{[]string{"[%"}, pattern.Of(`\[%[^\[\]\n]{0,80}%\]`), nil},
	{[]string{"::", "§", "~~", "=", "!!", "++", "^", "--", "¤", "||", ";;", "\\"}, wrapped("::", "§", "~~", "=", "!!", `++`, "^", "--", "¤", "||", ";;", `\`), fieldBetween},
	{[]string{"_"}, pattern.Of(`(?:^|[\s(,:&~|])(\p{L}{2,20}(?:_\p{L}{2,20}){1,3})(?:[\s,;:!?)&~|]|\.\s|\.?$)`), namedField},
	{[]string{"["}, pattern.Of(`(\[\p{L}{3,30})(?:[ ,.][^\[\]\n]*)?\n?$`), func(p place) bool { return isField(p.words()[1:]) && !p.asked() }},
	{[]string{"{"}, pattern.Of(`\{[ \x{00a0}]?\}`), func(p place) bool { return !p.aboutMarks() && !p.listsSigns() }},
	{[]string{"[["}, pattern.Of(`\[\[[^\[\]\n]{1,60}\]\]`), nil},
	{[]string{"|*"}, pattern.Of(`\*\|[A-Za-z_:]{2,40}\|\*`), nil},
	{[]string{"%%", "@@", "##"}, pattern.Of(`%%[\p{L}\d_. ]{2,40}%%|@@[\p{L}\d_. ]{2,40}@@|##[\p{L}\d_. ]{2,40}##`), nil},
	{[]string{"%"}, pattern.Of(`%\(\w{1,40}\)[sd]|%[\p{L}_][\p{L}\d_.]{2,}%?`), notPercentage},
	{[]string{"%"}, pattern.Of(`(?:^|\s)(%(?:\d\$)?[sd])(?:[\s,.;:!?]|$)`), notPercentage},
	{[]string{"%7b"}, pattern.Of(`(?i)%7B([%\w.]{1,60})%7D`), func(p place) bool { return isField(percented.ReplaceAllString(p.words(), " ")) }},
	{[]string{"$"}, pattern.Of(`\$[\p{L}_]{3,40}\$|\$(?:[a-z][A-Za-z_]{2,40}|[A-Z]+_[A-Z_]+)\b`), func(p place) bool { return !strings.HasPrefix(p.after(), "/") && !strings.HasPrefix(p.after(), `\`) }},
	{[]string{"__"}, pattern.Of(`(?:^|[\s(,.«])(__\p{L}[\p{L}_]{1,40}__)`), fieldName},
	{[]string{"#", "@", "_", "|", "~", ":"}, pattern.Of(`(?:^|[\s(,])([#@_|~:][\p{L}][\p{L}\d_]{1,40}(?:[#@_|~]|\b))`), sigil},
	{[]string{"[#"}, pattern.Of(`\[#[^\[\]\n]{0,40}\]`), nil},
	{[]string{"[", "&lt;"}, pattern.Of(`\[[^\[\]()\n"{}]{0,80}\]|&lt;[^&\n]{1,40}&gt;`), bracketHole},
	{[]string{"<"}, pattern.Of(`<{1,2}[^<>\n"=/@]{1,60}>{1,2}`), angleHole},
	{[]string{"mergefield", "#n", "#re", "#va", "#di"}, pattern.Of(`(?i)\bmergefield\b|#(?:N/A|REF!|VALUE!|NAME\?|NOM\?|VALEUR!|DIV/0!)`), nil},
}

var percented = pattern.Of(`%[0-9A-Fa-f]{2}`)

// fields are the words of placeholders, folded; marks are a hole when they hold
// nothing else.
var fields = phrase.Words(`rdv serial serie nombre nb nbre qte qty nom noms prenom prenoms client cliente clients name names firstname lastname fname lname first last full surname customer
 date dates montant amount somme numero number nr num commande order colis parcel adresse address mail email e-mail tel telephone phone
 ville city produit product article item lien link url slug delai delay heure heures time transporteur carrier suivi tracking reference ref
 civilite signature agent conseiller conseillere boutique shop societe company jour jours day days raison reason motif code prix price total
 livraison delivery retour return remboursement refund facture invoice promo voucher bon expedition envoi taille size marque id
 tbd tbc todo xx xxx xxxx placeholder variable champ field texte text corps body avis review message phrase paragraphe paragraph
 titre title mme mr m ms mrs madame monsieur sir horaires horaire jj mm aa aaaa dd yy yyyy`)

// binders may stand between them.
var binders = phrase.Words(`a de du des la le les l d s un une au aux en et ou n no x votre vos your the of an in out here ici to be for this ce cette ton mon my
 expected prevu prevue estimated estime new nouveau nouvelle atelier confirmer definir preciser venir fin debut start end`)

// orders are what an author tells another to do; one begins a note that was to
// be taken out.
var orders = phrase.Words(`inserer insert inserez completer remplir fill renseigner ajouter add remplacer replace choisir choose select selectionner
 supprimer delete remove preciser specify indiquer mettre put coller paste adapter adapt personnaliser personalise personalize verifier check
 optionnel optional selon si if depending choix cas facultatif tbd enter`)

// someone's name, in whatever case, is what no list of articles could hold.
var personal = phrase.Words(`nom prenom name firstname lastname surname fname`)

var (
	identifierName = pattern.Of(`^[\p{L}\d]+(?:_[\p{L}\d]+)+$|^[a-z]+(?:\.[a-z_]+)+$|^\p{Ll}+(?:\p{Lu}\p{Ll}+)+$`)
	bareStandIn    = pattern.Of(`^[ .…_?*-]*$|^[XYN#]{1,4}$|^[Nn] ?[°º]$`)
)

// isField tells whether what stands between marks is the name of a field, a
// stand-in or a note to the author.
func isField(inner string) bool {
	inner = strings.TrimSpace(inner)
	words := fieldWords(inner)
	if identifierName.MatchString(inner) || onlyFields(words) {
		return true
	}
	if len(words) > 1 && words[0] == "a" {
		words = words[1:]
	}
	if len(words) > 1 && phrase.OneOf(words[0], "au", "le") {
		words = words[1:]
	}
	if len(words) > 1 && (words[len(words)-1] == "completer" || words[len(words)-1] == "preciser") && onlyFields(words[:len(words)-1]) {
		return true
	}
	return len(words) > 0 && orders[words[0]] && !phrase.OneOf(inner, "Si", "Choix")
}

// onlyFields tells whether the words are fields and binders, at least one a
// field.
func onlyFields(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return fields[w] && len(w) > 1 }) &&
		!slices.ContainsFunc(words, func(w string) bool { return !fields[w] && !binders[w] })
}

// wrapped finds words between twice the same mark.
func wrapped(marks ...string) *pattern.Pattern {
	forms := make([]string, len(marks))
	for i, m := range marks {
		m = regexp.QuoteMeta(m)
		forms[i] = m + `[\p{L}_][\p{L}\d_. ]{1,30}` + m
	}
	return pattern.Of(`(?:^|[\s(,«])(` + strings.Join(forms, "|") + `)`)
}

func fieldBetween(p place) bool {
	return isField(strings.Trim(p.words(), `:§~=!+^-¤|;\`)) && !p.asked() && !p.said()
}

// namedField: "order_number" in the middle of a letter, and not in the name of a
// file or a page.
func namedField(p place) bool {
	words := fieldWords(p.words())
	named := onlyFields(words) || strings.Contains(p.words(), "_") && (strings.ToLower(p.words()) == p.words() || strings.ToUpper(p.words()) == p.words()) && slices.ContainsFunc(words, func(w string) bool { return len(w) > 2 && (fields[w] || heads[w]) })
	return named && !ofComputer.MatchString(p.line) && !p.asked() && !p.said() && !buttonBefore.MatchString(p.before())
}

// unclosed: a brace that nothing closes, or that nothing opened.
func unclosed(p place) bool {
	opens := strings.HasPrefix(p.words(), "{")
	if opens && strings.Contains(p.line[p.End-1:], "}") || !opens && strings.Contains(p.line[:p.Start], "{") {
		return false
	}
	return isField(strings.Trim(p.words(), "{} ,;.!?\r\n")) && !p.said()
}

func fieldName(p place) bool {
	return isField(strings.Trim(p.words(), "()_«» \u00a0\u202f")) && !p.asked()
}

// sigil: "@nom@" is a field, "@maisonlila" somebody's page. Without a mark at
// the end only a field behind a greeting counts, or one in capitals.
func sigil(p place) bool {
	name := p.words()[1:]
	inner := strings.TrimRight(name, "#@_|~")
	if !isField(inner) && !(onlyThings(fieldWords(inner)) && len(inner) < len(name)) || p.aboutMarks() {
		return false
	}
	closed := len(inner) < len(name) && name[len(inner)] == p.words()[0]
	return closed && (p.words()[0] != '_' || strings.ToUpper(inner) == inner) || inSlot(p.before(), "") && p.words()[0] != '_'
}

// notInBraces drops what the double braces have taken, and "{ et }".
func notInBraces(p place) bool {
	if p.listsSigns() || isWordRune(lastRune(p.before())) && isWordRune(firstRune(p.after())) && !isField(strings.Trim(p.words(), "{}$#% ")) {
		return false
	}
	inner := strings.Trim(p.words(), "{}$#%@! ")
	if !isField(inner) && !isPrompt(inner) {
		words := fieldWords(inner)
		if slot := inSlot(p.before(), p.after()); strings.Contains(inner, " ") && !slot || len(words) == 1 && (p.said() || p.words()[0] == '{' && !slot) {
			return false
		}
	}
	word := strings.Trim(p.words(), "{}$#% ")
	return !p.aboutMarks() && !partCode.MatchString(p.words()) && !binders[lang.Fold(word)] && !strings.HasSuffix(p.before(), "{") && !strings.HasPrefix(p.after(), "}")
}

// notPercentage: "50 %" and "100%coton", and the codes of an address ("%C3%A9").
func notPercentage(p place) bool {
	if name := strings.Trim(p.words(), "%"); name == strings.ToUpper(name) && !isField(name) && (ofComputer.MatchString(p.line) || strings.HasPrefix(p.after(), `\`)) {
		return false
	}
	before := strings.TrimRight(p.before(), " \u00a0\u202f")
	if before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9' {
		return false
	}
	if w := p.words(); !strings.HasSuffix(w, "%") && !strings.ContainsAny(w, "()$") && len(w) > 2 && !isField(w[1:]) {
		return false
	}
	word := p.before()
	word = word[strings.LastIndexAny(word, " \n\t")+1:]
	return !strings.Contains(word, "://") || strings.ToUpper(p.words()) == p.words()
}

var partCode = pattern.Of(`^\{\p{Lu}\d+(?:[.-]\d+)*\}$`)

// ofField: "[nom du collègue]", "[date of purchase]".
func ofField(words []string) bool {
	return len(words) > 2 && fields[words[0]] && phrase.OneOf(words[1], "de", "du", "des", "d", "of")
}

// buttonBefore: the name of a button or a key may stand in brackets.
var buttonBefore = pattern.Of(`(?i)(?:\b(?:cliquez|cliquer|appuyez|appuyer|touche|bouton|onglet|rubrique|menu|champ|case|press|click|tap|button|key|tab|field)\b[^\n.!?]{0,24}|\] (?:puis|et|then|and)(?: sur| on)? )$`)

// bracketHole leaves Markdown links, footnotes, boxes to tick, [sic] and [...]
// alone, and a heading such as "[Retour] Votre colis".
func bracketHole(p place) bool {
	inner := strings.TrimSuffix(strings.TrimPrefix(strings.Trim(p.words(), "[]"), "&lt;"), "&gt;")
	before, after := p.before(), p.after()
	switch {
	case boxes.MatchString(p.around()) || trail.MatchString(p.around()) || p.aboutMarks():
		return false
	case phrase.IsWord(lastRune(before)) || phrase.IsWord(firstRune(after)):
		return false
	case strings.HasPrefix(after, "(") || strings.HasPrefix(after, "[") || buttonBefore.MatchString(before) || p.said():
		return false
	case strings.Trim(inner, " \u00a0") == "..." || strings.Trim(inner, " \u00a0") == "…":
		return inSlot(before, after) || strings.TrimSpace(p.line) == p.words() && !strings.ContainsAny(p.nearby(), "«“>\"")
	case bareStandIn.MatchString(inner):
		return strings.TrimSpace(before) != "" && !p.asked() && (strings.TrimSpace(inner) != "" || strings.HasSuffix(before, " ")) || inSlot(before, after)
	case strings.TrimSpace(before) == "" && headed.MatchString(after) && len(fieldWords(inner)) == 1 && !orders[lang.Fold(inner)]:
		return personal[lang.Fold(inner)]
	}
	if shouted.MatchString(inner) && (strings.ContainsAny(inner, "_/") || len(inner) > 4 && hasLower(p.around()) && !keys[lang.Fold(inner)] && (inSlot(before, after) || determiner.MatchString(closest(before)) || openBefore.MatchString(closest(before)))) {
		return true
	}
	alone := strings.TrimSpace(strings.TrimPrefix(p.line, p.before())) == p.words() && strings.TrimSpace(before) == ""
	words := fieldWords(inner)
	switch {
	case toldColleague.MatchString(inner) || ofField(words):
		return true
	case isField(inner) || alternatives.MatchString(inner) || onlyThings(words) || chosen.MatchString(inner):
		return true
	case !lettersOnly.MatchString(inner) || inner == "email protected":
		return false
	}
	if strings.HasSuffix(before, "] ") || strings.HasPrefix(after, " [") {
		return true // one of them was to stay
	}
	if afterVerb.MatchString(closest(before)) && len(words) > 1 || alone && len(words) > 1 && len(alones.FindAllStringIndex(p.nearby(), 3)) < 3 && !aboutPicture[words[0]] && !phrase.OneOf(words[len(words)-1], "dessous", "dessus", "below", "above") {
		return true
	}
	return alone && (fields[words[0]] || things[words[0]] && !phrase.OneOf(words[len(words)-1], "dessous", "dessus", "below", "above")) || determiner.MatchString(closest(before)) || openBefore.MatchString(closest(before)) || instructs(words)
}

// aboutPicture are remarks on what is shown.
var aboutPicture = phrase.Words(`photo image video suite fin extrait logo capture screenshot picture illustration gif emoji sic end continued rires laughs`)

// onlyThings tells whether the words name data of an order, a shop or a letter,
// which nobody puts between square brackets for a remark.
func onlyThings(words []string) bool {
	some := false
	for _, w := range words {
		if !fields[w] && !binders[w] && !things[w] {
			return false
		}
		some = some || things[w] || fields[w] && len(w) > 1
	}
	return some
}

var things = phrase.Words(`designation libelle intitule quantite quantity qty statut status etat state type modele model couleur coloris colour color pointure
 point relais magasin store depot warehouse entrepot technicien technician vendeur livreur courier banque bank pays country region postal zip rue street
 periode semaine week mois month annee year creneau slot duree duration cause probleme problem issue defaut defect excuse excuses apology geste commercial
 offre offer remise discount points solde balance salutation salutations formule politesse greeting closing introduction conclusion reponse answer response
 question demande request contact service equipe team responsable manager fonction function poste role entreprise business garantie warranty panne fault
 document documents nearest solution alternative proposition suite next steps explication explanation details specifications link name`)

// instructs: "[décrire la panne]", "[Acknowledge the delay]" tell somebody to write.
func instructs(words []string) bool {
	if len(words) < 2 {
		return false
	}
	return writes[words[0]] || len(words[0]) > 4 && strings.HasSuffix(words[0], "er") && !fields[words[0]] && phraseStarts[words[1]]
}

var (
	writes = phrase.Words(`decrire expliquer mentionner rappeler presenter detailler citer conclure reformuler proposer remercier describe explain mention acknowledge apologise
 apologize state list include thank offer summarise summarize confirm propose suggest give use write say rassurer annoncer conclure`)
	phraseStarts = phrase.Words(`le la les l un une des du de d ici votre son sa ce cette si selon avec`)
	chosen       = pattern.Of(`(?i)^(?:option|choix|choice|version|variante|cas) ?[a-d\d]\b`)
	openBefore   = pattern.Of(`(?i)(?:^|[\s('’])(?:que|qu['’]|that|how|when|why|because|car|for|to|on|at|in|until|before|après|avant|à|en|pour|avec|dans|vers|entre|and|et|between|comme|dès|depuis|within|concernant|regarding|concerning|allons|vais|pouvons|will|we|nous|bring|envoyer|proposons|offer) $`)
	// afterVerb: what somebody does something to has to follow.
	afterVerb = pattern.Of(`(?i)(?:^|[\s,])(?:(?:nous|vous|je)(?: (?:vous|le|la|les|en|y|nous))? \p{Ll}+(?:ons|ez|e|is)|j['’]\p{Ll}+e|(?:we|i|you|they)(?:['’](?:ll|ve|d))? \p{Ll}+) $`)
	// toldColleague are words to a colleague.
	toldColleague = pattern.Of(`(?i)^(?:(?:note|nb|n\.b\.) ?:|note (?:to|interne|pour (?:moi|nous))\b|todo\b|to do ?:)|^(?-i:\p{Lu})\p{L}+, (?:merci de|tu|please|can you|peux)|\b(?:before sending|avant (?:l['’])?envoi|avant d['’]envoyer|to check)\b|(?:^|\s)à (?:vérifier|valider|confirmer)\b|^(?:ask|voir avec|à voir|demander à|see with|check with)\b|^(?:to be \p{L}+|à \p{L}+(?:er|ir|re)|pending\b.*)$`)
	// reported: "the mail said « Bonjour {{prenom}} »".
	reported = pattern.Of(`(?i)(?:affich|dis|conten|commen|indiqu|display|said|read|show)\p{L}* ?:? ?[«"“][^»"”]*$`)
)

// A bracket is a noun's place behind these, and a remark behind a noun.
var (
	lettersOnly = pattern.Of(`^[\p{L} '’_/&+-]{3,60}$`)
	determiner  = pattern.Of(`(?i)(?:^|[\s('’])(?:le|la|les|l['’]|un|une|des|du|de|d['’]|notre|votre|nos|vos|ce|cette|the|an?|your|our|this|chez|sous|via|with|by|from|about)[ ]?$`)
)

var (
	trail        = pattern.Of(`\][ \x{00a0}]*(?:>|→|->|»|/)[ \x{00a0}]*\[`) // [Account] > [Orders]
	boxes        = pattern.Of(`\[x\] ?\p{L}|\[ \] ?\p{L}.*\[ \]`)
	shouted      = pattern.Of(`^\p{Lu}{2,}(?:['’]\p{Lu}+)?(?:[_ /-]\p{Lu}{2,})*$`)
	alones       = pattern.Of(`(?m)^[ \t]*\[[^\[\]\n]+\][ \t\r]*$`)
	headed       = pattern.Of(`^ \p{Lu}`)
	alternatives = pattern.Of(`^\p{L}{3,}(?: ?[/|] ?\p{L}{3,})+$`)
)

// htmlTags are what may stand in angle brackets when somebody writes about a page.
var htmlTags = phrase.Words(`a p b i u s em strong br hr div span img ul ol li h table tr td th code pre link title time address article text field data body head html form label input button name`)

// hasValue: "<taille 52>" is said, "<option 1>" may be left to choose.
var hasValue = pattern.Of(`\s\d{2,}$`)

// angleHole leaves comparisons, addresses and HTML alone.
func angleHole(p place) bool {
	inner := strings.Trim(p.words(), "<>")
	if inner != strings.TrimSpace(inner) || hasValue.MatchString(inner) || p.aboutMarks() || buttonBefore.MatchString(p.before()) || p.said() {
		return false
	}
	words := fieldWords(inner)
	if len(words) == 1 && htmlTags[words[0]] && inner == strings.ToLower(inner) && !inSlot(p.before(), "") {
		return false
	}
	return isField(inner) || onlyThings(words)
}
