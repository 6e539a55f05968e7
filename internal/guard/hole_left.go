package guard

import (
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// leftPatterns are what programs and colleagues leave behind: an error in place of
// a value, the first day of a computer's calendar, alternatives of which one was to
// stay, and words to whoever was to finish the draft.
var leftPatterns = []holePattern{
	{
		[]string{"signet non", "bookmark not", "renvoi introuvable", "reference source not", "translation missing", "missing translation", "liquid ", "<no value>", "%!", "system.", "<nil>"},
		pattern.Of(`(?i)Erreur ?! (?:Signet non défini|Source du renvoi introuvable)|Error! (?:Bookmark not defined|Reference source not found)|translation missing: ?[\w.]*|missing translation|Liquid (?:syntax )?error[^\n.]{0,40}|<no value>|<nil>|%![a-z]\([^()\n]{0,20}\)|\bSystem\.(?:String|Object|Int32|DateTime|Collections)\b`),
		unsaid,
	},
	{
		[]string{"1970", "00/00", "99/99"},
		pattern.Of(`(?i)\b(?:0?1[/.-]0?1[/.-](?:19)?70|1970-01-01|1(?:er|st)? (?:janvier|january) 1970|january 1(?:st)?,? 1970|99/99/99(?:99)?)\b`),
		func(p place) bool { return !bornBefore.MatchString(p.before()) && !p.said() },
	},
	{[]string{"/"}, pattern.Of(`(?i)^[ \t]*` + greeting + ` (\p{L}+ ?/ ?\p{L}+) ?[,!]`), namesEither},
	{[]string{" array"}, pattern.Of(`^[ \t]*` + `(?i:` + greeting + `) (Array)\b`), nil},
	{[]string{" Truc", " Machin", " Bidule", " Untel"}, pattern.Of(`(?i:` + title + `) (Truc|Machin|Bidule|Untel)\b`), unsaid},
	{[]string{"blah", "bla"}, pattern.Of(`(?i)\b(?:bla ?bla(?: ?bla)*|blah(?: blah)+)\b`), func(p place) bool {
		return inSlot(p.before(), p.after()) || numberedBefore.MatchString(closest(p.before())) || toBe.MatchString(closest(p.before()))
	}},
	{[]string{"est/", "sera/", "sont/", "a/", "ont/", "tait/", "is/", "was/", "has/", "peut/", "va/"}, pattern.Of(`(?i)(?:[\s(]|^)((?:est|sera|sont|a|ont|était|is|was|has|peut|va)/(?:sont|seront|est|ont|a|étaient|are|were|have|peuvent|vont))\s`), unsaid},
	{[]string{"/n'", "/ n'", "/n’", "/ n’"}, pattern.Of(`\b(?:a|est|sera|avons|sont|ont)\b[^\n.!?/]{0,20}(/ ?n['’](?:a|est|avons|ont|y)\b)`), unsaid},
	{[]string{"ons/", "ons /", "can/", "can /", "will/", "will /", "is/", "is /", "do/", "do /", "ave/", "has/", "has /", "are/", "are /", "was/", "was /", "/ est", "/ a ", "/ sera", "/ is "}, pattern.Of(`(?i)\bnous (?:vous |le |la |les )?(\p{L}+ons ?/ ?(?:vous )?\p{L}+ons)\b|\b((?:can|will|is|do|have|has|are|was) ?/ ?(?:cannot|can['’]t|can not|will not|won['’]t|is not|isn['’]t|do not|don['’]t|have not|has not|are not|was not))\b|\b((?:est|a|sera|has|is|was) [^/\n.]{2,20} / (?:est|a|sera|has|is|was)) `), unsaid},
	{[]string{"exte à", "essage à", "aragraphe à", "hrase à", "éponse à"}, pattern.Of(`(?i)^[ \t]*(?:texte|message|paragraphe|phrase|réponse) à (?:personnaliser|adapter|compléter|rédiger|insérer|reprendre|choisir)\b`), unsaid},
	{[]string{"/", "|"}, pattern.Of(`\(\p{L}{3,}(?: ?[/|] ?\p{L}{3,})+\)`), func(p place) bool { return determiner.MatchString(closest(p.before())) && !p.asked() }},
	{[]string{"à voir", "à valider", "à confirmer", "à vérifier", "à relire", "À voir"}, pattern.Of(`^[ \t(*-]*([àÀ] (?:voir|valider|confirmer|vérifier|relire) (?:avec|par) (?:la |le |l['’])?\p{L}+)[ .)*]*[\r\n]*$`), unsaid},
	{[]string{"cher monsieur", "cher mr"}, pattern.Of(`(?i)^[ \t]*(cher monsieur ?/ ?(?:chère )?madame)\b`), nil},
	{[]string{"oui", "yes"}, pattern.Of(`(?i)^[ \t]*((?:oui ?/ ?non|yes ?/ ?no)),? (?:nous|vous|je|we|you|i)\b`), nil},
	{[]string{"]("}, pattern.Of(`\]\((?:(?i:url|link|lien|insert[^()\n]{0,20}|ins[ée]rer[^()\n]{0,20})|#)?\)`), unsaid},
	{[]string{"000000"}, pattern.Of(`(?i)(?:numéro|number|suivi|tracking|commande|order|n°|facture|invoice|dossier)(?: (?:est|is))? ?:? ?(?:le )?(0{6,})(?:[\s.,]|$)`), unsaid},
	{[]string{"prénom nom", "nom prénom", "first", "your name", "votre nom", "votre prénom"}, pattern.Of(`(?i)^[ \t]*(prénom nom|nom prénom|first(?: ?name)? last(?: ?name)?|your name|votre (?:pré)?nom)[ \t\r\n]*$`), func(p place) bool { return p.at > 0 && !p.r.saidBefore(requests, p.r.tokenAt(p.at)) }},
	{[]string{"\""}, pattern.Of(`(?i)(?:commande|colis|order|parcel|facture|au|à|du|to|at|the) ("[\p{L} '’°]{3,40}")`), quotedField},
	{[]string{"@"}, pattern.Of(`^[ \t(\[*]*(@\p{Lu}\p{Ll}+) ?[:,]? `), func(p place) bool { return p.at > 0 || p.r.saidBefore(greets, len(p.r.tokens)) }},
	{
		[]string{"--", "**", "==", "##", "xxx", "XXX", "!!", "//", "~~", "++"},
		pattern.Of(`(?i)^[ \t]*((?:-{2,}|\*{2,}|={2,}|#{2,}|x{3,}|!{2,}|/{2,}|~{2,}|\+{2,}) ?\p{L}[^\n]*)[\r\n]*$`), func(p place) bool {
			return stillToDo.MatchString(strings.Trim(p.words(), "-*=#xX!/~+ \r")) && !p.said()
		},
	},
	{[]string{"garder ", "keep ", "choisir ", "choose ", "pick ", "supprimer ", "delete ", "rayer "}, pattern.Of(`(?i)[(\[][^()\[\]\n]{0,80}\b(?:garder|keep|choisir|choose|pick|supprimer|delete|rayer) (?:la bonne|le bon|whichever|whatever|what(?:ever)?|the one|ce qui|celui|celle|la mention|les mentions|la ligne|l['’]option|l['’]une?\b|one\b|either|the (?:right|correct|other)|l['’]autre|ce qui|what|version|selon|according|as (?:app|need)|if\b|si\b)[^()\[\]\n]{0,60}[)\]]`), func(p place) bool { return !p.asked() || !p.askedBefore() }},
	{[]string{"aisir/", "leased/", "eureux/", "ésolé/", "appy/", "orry/", "lad/", "egret/", "heureuse/", "faid/", "raid/"}, pattern.Of(`(?i)\b(plaisir ?/ ?regret|regret ?/ ?plaisir|heureuse?x? ?/ ?désolée?s?|désolée?s? ?/ ?heureuse?x?|(?:pleased|happy|glad) ?/ ?(?:sorry|afraid|sad)|(?:sorry|afraid) ?/ ?(?:pleased|happy|glad))\b`), unsaid},
	{[]string{"ed/", "é/", "ée/", "és/", "ées/"}, pattern.Of(`(?i)\b(?:order|parcel|refund|request|return|payment|claim|booking|commande|colis|remboursement|demande|retour|paiement|réservation) (?:has been|is|was|will be|est|a été|sera|have been) ((?:\p{L}+(?:ed|é|ée))/\p{L}+(?:ed|é|ée))\b`), unsaid},
	{[]string{"@"}, pattern.Of(`(?:^|[\s(\[])(@\p{Lu}\p{L}+)[ ,:][^\n]{0,80}`), func(p place) bool { return toColleague.MatchString(p.after()) }},
	{
		[]string{"brouillon", "draft", "ne pas envoyer", "do not send", "don't send", "not to send"},
		pattern.Of(`^[ \t\[(*#>=-]*((?:BROUILLON|DRAFT|[Bb]rouillon|[Dd]raft|NE PAS ENVOYER|[Nn]e pas envoyer|DO NOT SEND|[Dd]o not send)(?: ?[-–—:,(]? ?(?:NE PAS ENVOYER|ne pas envoyer|DO NOT SEND|do not send|à relire|to review|v\d)?)[^\p{L}\n]*)[ \t\r\n]*$`), unsaid,
	},
	{
		[]string{"note", "nota", "memo", "mémo", "rappel"},
		pattern.Of(`(?i)(?:^|[\s(\[*])((?:note (?:interne|perso|à moi-même|pour moi|pour l['’]équipe|to self|to team)|internal note|team note|mémo (?:interne|perso)) ?:)`), unsaid,
	},
	{
		[]string{"=>", "->", ">>", "//", "→", "<<", "***", "===", "xxx"},
		pattern.Of(`(?i)(?:^|\s)((?:=+>|-+>|>{2,}|<{2,}|//|→|\*{2,}|={2,}|x{3,}|#{2,}) ?(?:` + author + `)(?:\s[^\n]*)?)$`), func(p place) bool { return !p.asked() || strings.TrimSpace(p.before()) == "" },
	},
	{
		[]string{"("},
		pattern.Of(`(?i)\((?:[^()\n]{0,20}(?:[:,]| -) ?)?(?:` + author + `|penser à \p{L}+|remember to|ne pas oublier|don['’]t forget|choisir|choose|garder|keep|vérifie[rz]?|check|verify|valider|voir avec|demander|ask|confirme[rz]?)\b[^()\n]{0,60}\)`), noteToAuthor,
	},
	{[]string{" tu ", " t'", " t’", " stp"}, pattern.Of(`(?:^|[\s(])(\p{Lu}\p{Ll}+),? (?:tu|t['’]\p{L}+|stp)\b`), func(p place) bool {
		name := lang.Fold(p.words())
		return givenNames[name] && !slices.Contains(nameParts(p.r.facts.Customer.Name), name) && !p.said() && p.r.saidBefore(greets, len(p.r.tokens)) && p.r.saidBefore(formal, len(p.r.tokens))
	}},
	{[]string{"tu ", "stp", "-tu", "pls", "t'as"}, pattern.Of(`(?i)(?:\b(?:tu (?:me |m['’]|le |la |les |nous |peux|pourrais|vois|confirmes?|vérifies?|regardes?|as |sais|valides)|peux[- ]tu|pourrais[- ]tu|sais[- ]tu|as[- ]tu|stp)\b)`), amongColleagues},
	{[]string{"DRAFT", "BROUILLON", "NE PAS ENVOYER", "DO NOT SEND", "À RELIRE", "A RELIRE", "À VALIDER", "TO REVIEW"}, pattern.Of(`^[ \t\[(*#>=-]*((?:DRAFT|BROUILLON|NE PAS ENVOYER|DO NOT SEND|[ÀA] RELIRE|[ÀA] VALIDER|TO REVIEW)(?: ?[-–—:!,(][^\n]{0,60})?)[ \t\r\n]*$`), unsaid},
	{[]string{"←", "<-", "<=", "->", "→", "=>"}, pattern.Of(`(?:^|\s)((?:←|<-+|<=+|→|->|=>) ?(\p{L}[^\n]{2,80}))[\r\n]*$`), func(p place) bool {
		return tells.MatchString(strings.TrimLeft(p.words(), "←<-=→> ")) && !p.askedBefore() && !p.said()
	}},
	{[]string{"?)", "? )", "?]", "? ]", "?!)", "?."}, pattern.Of(`[(\[][^()\[\]\n]{3,120}\?[^()\[\]\n]{0,20}[)\]]`), asksSomebody},
	{[]string{"(("}, pattern.Of(`\(\(\p{L}[^()\n\d]{4,80}\)\)`), unsaid},
	{[]string{"tu ", "toi", "is-moi", "is moi", "egarde", "rifie", "peux", "stp", "t'", "t’", "an you", "ould you", "do you", "NB ", "heck ", "sk "}, pattern.Of(`^[^\n]{3,200}`), speaksToColleague},
	{[]string{"LIEN", "LINK", "URL"}, pattern.Of(`: ?(LIENS?(?: DE [\p{Lu} ]{3,20})?|LINK|URL)[ \t.\r\n]*$`), unsaid},
}

// author are what one who writes tells another to do with a draft.
const author = `ins[ée]rer|insert|compl[ée]ter|remplir|ajouter|add|renseigner|fill in|mettre (?:le|la|les|un|une)|put (?:the|a)|coller|paste|pr[ée]ciser|demander|ask|v[ée]rifier|check|remplacer|replace|supprimer|delete|remove|personnaliser|adapter|relire|to ?do|garder|keep|choisir|choose|à (?:compl[ée]ter|v[ée]rifier|relire|valider|confirmer (?:avec|par)|voir avec)`

var (
	nameBefore     = pattern.Of(`(?:^|[\s(–—-])(\p{Lu}\p{Ll}+) ?[,:] $`)
	reminds        = pattern.Of(`(?i)^(?:penser à (?:joindre|mettre|ajouter|insérer|changer|demander)|remember to (?:add|attach|change|ask|put|update|check))\b`)
	bornBefore     = pattern.Of(`(?i)(?:né|née|born|naissance|birth|film|vinyle?|sorti|sortie|released?|collection|vintage|année|year)\b[^\n.]{0,30}$`)
	numberedBefore = pattern.Of(`(?i)(?:commande|colis|order|parcel|dossier|suivi|code|facture|invoice) $`)
	toBe           = pattern.Of(`(?i)(?:\bbe|sera|est|is|d'un montant de|de) $`)
	toColleague    = pattern.Of(`(?i)\b(?:tu|stp|toi|ton|t['’](?:as|es|aurais)|peux|vérifie|verifie|regarde|confirme|complète|ajoute|please check|pls|can you|could you|check|confirm|before i|avant que j|to confirm|valide)\b|(?:^|\s)à valider\b`)
	fieldOrText    = pattern.Of(`(?i)\b(?:nom|name|prénom|date|montant|amount|prix|price|lien|link|url|num[ée]ro|number|n°|suivi|tracking|délai|adresse|address|phrase|excuses?|motif|raison|reason|texte|text|détails?|details?|stock|option|mention|formule|envoi|sending|taille|size|ici|here|plus tard|later|avec (?-i:\p{Lu})\p{L}+|with (?-i:\p{Lu})\p{L}+|la compta|l'atelier|the team|version|paragraphe|paragraph|geste|code|référence|reference)\b`)
)

// namesEither: "Bonjour Camille/Paul," where one of them is the customer.
func namesEither(p place) bool {
	parts := nameParts(p.words())
	own := nameParts(p.r.facts.Customer.Name)
	return len(parts) == 2 && len(own) > 0 && slices.Contains(own, parts[0]) != slices.Contains(own, parts[1])
}

// tells: an order to who was to finish the draft.
var tells = pattern.Of(`(?i)^(?:à (?:v[ée]rifier|valider|revoir|relire|compl[ée]ter|confirmer|d[ée]cider|voir|changer|adapter)|check|confirm|verify|choisir|choose|pick|garder|keep|supprimer|delete|demander|ask|todo|v[ée]rifie[rz]?|compl[ée]ter|relire)(?:[\s.,!?]|$)`)

// somebodyElse gives the first name in a text that is neither the customer's nor
// the author's.
func (r *reading) somebodyElse(s string) string {
	for _, t := range phrase.Tokens(s) {
		if len(t.Word) > 2 && givenNames[t.Word] && capital(s, t) && !slices.Contains(nameParts(r.facts.Customer.Name), t.Word) && !slices.Contains(nameParts(r.facts.Author.Name), t.Word) {
			return s[t.Start:t.End]
		}
	}
	return ""
}

// asksSomebody: "(is that still right, Tom?)" asks no customer.
func asksSomebody(p place) bool {
	name := p.r.somebodyElse(p.words())
	return name != "" && !p.said() && calls(p.words(), name)
}

// calls tells whether somebody is spoken to by name: first, or last.
func calls(s, name string) bool {
	inner := strings.Trim(s, "()[] .!?\r\n\t\u00a0\u202f")
	return strings.HasPrefix(inner, name) || strings.HasSuffix(inner, ", "+name)
}

// speaksToColleague: a line that calls somebody else by name and speaks to them as
// one does to a colleague, in a letter with a greeting to the customer.
func speaksToColleague(p place) bool {
	line := strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(p.words()), "NB "), "PS ")
	if !toldInside.MatchString(line) || p.said() || laterGreeting.MatchString(line) || formal.In(phrase.Tokens(line)) {
		return false
	}
	name := p.r.somebodyElse(line)
	return name != "" && calls(line, name) && p.r.saidBefore(greets, len(p.r.tokens)) && !nameGoesOn.MatchString(strings.TrimPrefix(line, name))
}

// nameGoesOn: "Lucie peut…" speaks of her.
var nameGoesOn = pattern.Of(`^ \p{L}`)

var toldInside = pattern.Of(`(?i)(?:^|[\s,(-])(?:tu|toi|te|dis-moi|dis moi|regarde|v[ée]rifie[rz]?|peux|stp|t['’](?:as|es|en)|can you|could you|do you|check|ask)(?:[\s,.?!'’-]|$)`)

// quotedField: a number or an address that stands there by its name.
func quotedField(p place) bool {
	words := fieldWords(strings.Trim(p.words(), `"`))
	return onlyFields(words) && !p.aboutMarks() && !p.asked() && !buttonBefore.MatchString(p.before()) && strings.ToLower(p.words()) == p.words() &&
		(len(words) > 1 || phrase.OneOf(words[0], "numero", "number", "montant", "amount"))
}

var greets = phrase.Of("bonjour|bonsoir|hello|hi|dear|cher|chere")

var formal = phrase.Of("vous|votre|vos")

// noteToAuthor: what stands in brackets tells the author, and not the customer, what
// to do: it names a part of the draft, or who is to be asked, or says nothing else.
func noteToAuthor(p place) bool {
	inner := strings.Trim(p.words(), "()")
	if p.asked() && !strings.Contains(inner, "ici") || p.said() {
		return false
	}
	if determiner.MatchString(closest(p.before())) || openBefore.MatchString(closest(p.before())) {
		return true
	}
	if reminds.MatchString(inner) {
		return true
	}
	return phrase.OneOf(strings.ToLower(inner), "choisir", "choose", "à choisir", "relire", "à relire") || len(phrase.Tokens(inner)) == 1 && toAuthor.MatchString(inner) || fieldOrText.MatchString(inner)
}

// amongColleagues: "tu peux vérifier ?" in a letter that says "vous" speaks to
// somebody else than the customer.
func amongColleagues(p place) bool {
	if p.said() {
		return false
	}
	if m := nameBefore.FindStringSubmatch(p.before()); m != nil {
		own := nameParts(p.r.facts.Customer.Name)
		return len(own) > 0 && !slices.Contains(own, lang.Fold(m[1]))
	}
	if !p.r.saidBefore(formal, len(p.r.tokens)) {
		return false
	}
	i := p.r.tokenAt(p.at + p.Start)
	if i < 0 {
		return false
	}
	part, from := phrase.Sentence(p.r.tokens, i)
	end := from + len(part)
	asks := part[len(part)-1].Word == "?" || phrase.Word(p.r.tokens, end) == "?"
	for _, t := range part {
		if t.Word == "vous" || t.Word == "votre" {
			return false
		}
		asks = asks || t.Word == "stp"
	}
	return asks || toColleague.MatchString(p.after()) && strings.Contains(p.after(), "stp")
}
