package guard

import (
	"slices"
	"strings"
	"unicode"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// heads are the words for a value: in front of its complement in French ("date de
// livraison"), behind it in English ("expiry date").
var heads = phrase.Words(`nom prenom name surname date numero number montant amount somme sum prix price tarif heure time lien link url adresse address email mail code reference
 delai delay duree jour day mois month annee year quantite quantity taille size couleur colour color titre title ville city pays country transporteur carrier courier produit product
 article item modele model motif reason raison statut status horaire horaires hours nombre total solde balance telephone phone signature creneau slot`)

// namesValue tells whether the words name a value: their head does.
func namesValue(words []string) bool {
	if len(words) > 1 && binders[words[0]] && len(words[0]) < 5 {
		words = words[1:]
	}
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	return heads[words[len(words)-1]] || heads[words[0]] && (len(words) == 1 || binders[words[1]] || fields[words[1]] || phrase.OneOf(words[1], "et", "ou", "choisi", "choisie", "exact", "exacte", "complet", "complete"))
}

// isPrompt tells whether what stands between marks speaks to the author: the name of
// a value, an order, a part of a letter, or words to a colleague.
func isPrompt(inner string) bool {
	words := fieldWords(inner)
	return len(words) > 0 && (isField(inner) || onlyThings(words) || namesValue(words) || instructs(words) ||
		toldColleague.MatchString(inner) || stillToDo.MatchString(inner) || partOfLetter.MatchString(inner))
}

var (
	stillToDo = pattern.Of(`(?i)(?:^|\s)(?:à (?:ins[ée]rer|compl[ée]ter|remplir|pr[ée]ciser|renseigner|d[ée]finir|v[ée]rifier|valider|relire|adapter|ajouter|modifier|supprimer|remplacer|personnaliser|chiffrer|r[ée]diger|reprendre|indiquer|mettre|d[ée]terminer|fixer|revoir|voir avec)|to (?:be )?(?:insert|complet|fill|add|check|confirm|verif|replac|remov|delet|adapt|personali[sz]|writ|defin|decid|determin|updat|review|advis)\p{L}*)(?:[\s.,!?)]|$)` +
		`|(?:^|[\s:,–—-])(?:please|pls|can you|could you|tu peux|peux-tu|tu pourrais|merci de|stp|svp|thx) (?:\p{L}+ ){0,2}(?:check|confirm|verify|add|complete|fill|ask|look|update|v[ée]rif\p{L}*|regarde\p{L}*|compl[ée]t\p{L}*|ajout\p{L}*|demand\p{L}*|relire|valid\p{L}*|mettre)` +
		`|\b(?:before (?:you |we |i )?(?:send(?:ing)?|this goes|it goes)|avant (?:d['’]envoyer|l['’]envoi|envoi|que (?:ça|cela|ce mail) parte))\b` +
		`|^(?:cf\.?|voir avec|see with|ask|demander à|check with|d['’]apr[eè]s) (?-i:\p{Lu}\p{Ll}+)|\b(?:your|votre|ton) (?:\p{L}+ )?(?:here|ici)\b|\b(?:goes|come|ira|va) (?:here|ici)\b`)
	partOfLetter = pattern.Of(`(?i)^(?:agent|advisor|adviser|rep|conseill(?:er|ère)|auteur|author|r[ée]dacteur|internal|interne|opening|closing|intro(?:duction)?|conclusion|greeting|salutation|formule|paragraphe?|phrase|sentence|excuses?|apology|sign[- ]?off|ligne|line|bloc|block|texte|text|corps|body|signature|rappel|note|nb|template|mod[eè]le|macro)(?: ?[:#–—-]| \p{L}| ?\d|$)`)
)

// keys are what people press.
var keys = phrase.Words(`ctrl control alt altgr maj shift entree enter return esc echap escape tab suppr del delete page up down haut bas fleche arrow home debut fin end win windows cmd command option fn retour espace space
 f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12 gauche droite left right inser insert impr ecran print backspace verr num caps lock precedente suivante key touche`)

// ofComputer: the line is about a computer, on which marks are part of names.
var ofComputer = pattern.Of(`(?i)\b(?:dossiers?|folders?|director(?:y|ies)|r[ée]pertoire|terminal|explor\p{L}+|chemin|path|tapez|type|commande (?:ex[ée]cuter|run)|invite|prompt|variables?|registre|registry|barre d['’]adresse|address bar|console|powershell|script|environment|environnement)\b`)

// listsSigns: three signs alone stand near, as in "one of ! ? % { }".
func (p place) listsSigns() bool {
	alone := 0
	for _, w := range strings.FieldsFunc(p.around(), func(r rune) bool { return unicode.IsSpace(r) || r == ',' }) {
		if len(w) <= 2 && strings.Trim(w, `!?%$#@{}[]()<>&*_-+=/|\;:.,~^`) == "" {
			alone++
		}
	}
	return alone >= 4
}

// promptPatterns are marks of any kind around the name of a value, names of values
// as programs write them, and remarks of people to one another.
var promptPatterns = []holePattern{
	{
		[]string{"[$", "[@", "[=", "[:", "[!", "[|", "[&", "[*", "[^", "[?", "[~", "<$", "<:", "<@", "<*", "<#", "<!", "<?", "<=", "$[", "$(", "%[", "&[", "#[", "@[", "{+", "{=", "{:", "{?", "{-", "(:", "(%", "(@", "(#", "($", "(=", "%-", "&n", "&p", "&d", "&c", "!n", "!p"},
		pattern.Of(`[\[{<($%&#@!][\[{<(:@#$%=+!&|*^?~-]{0,2}([\p{L}_][^\[\]{}<>()\n&%!]{1,50})[:@#$%=+!&|*^?~-]{0,2}[\]}>)%&!]`), betweenMarks,
	},
	{humps2, pattern.Of(`(?:^|[\s(,:«"'’])((?:\p{Ll}{2,}|\p{Lu}\p{Ll}+)(?:\p{Lu}\p{Ll}+){1,3})(?:[\s,;:!?)»"]|\.\s|\.?$)`), func(p place) bool { return namesValue(fieldWords(p.words())) && namedField(p) }},
	{[]string{"("}, pattern.Of(`\([^()\n]{3,160}\)`), promptInBrackets},
	{[]string{"["}, pattern.Of(`\[[^\[\]\n]{3,200}\]`), func(p place) bool {
		inner := strings.Trim(p.words(), "[]")
		return !p.said() && !p.aboutMarks() && !strings.HasPrefix(p.after(), "(") && (stillToDo.MatchString(inner) || partOfLetter.MatchString(inner) && strings.ContainsAny(inner, ":-–") || strings.Contains(inner, "?") && (toColleague.MatchString(inner) || toldColleague.MatchString(inner)))
	}},
	{[]string{"<"}, pattern.Of(`<{1,3}\p{L}[^<>\n@"=]{2,160}>{1,3}`), promptInAngles},
	{[]string{"n°", "nº", "uméro", "umber", "no."}, pattern.Of(`(?i)(?:n ?[°º]|numéro|number|no\.) ?:? ?(…|\.{3,})(?:[ \x{00a0}]\p{Ll}|[,.]|$)`), blankLine},
	{[]string{"-_", "-.."}, pattern.Of(`\b[\p{Lu}\d]{1,8}-(_{3,}|\.{4,})`), func(p place) bool { return !p.askedBefore() && !p.isForm() && !p.said() && !p.aboutMarks() }},
	{[]string{"_ _"}, pattern.Of(`(?:_ ){2,}_`), blankLine},
	{[]string{"__h", "__ h", "..h", "…h", "__:"}, pattern.Of(`(?:^|[\s(])((?:_{2,}|\.{2,}|…) ?[h:] ?(?:_{2,}|\.{2,}|…|\d{2}))`), func(p place) bool { return unsaid(p) && !displays.MatchString(p.before()) && !p.isForm() && !p.asked() }},
	{[]string{"???", "?? "}, pattern.Of(`(?i)\b(?:receive|get|pay|owe|cost|costs|reçoi\p{L}*|recev\p{L}*|paye\p{L}*|coûte\p{L}*|dev\p{L}* |rembours\p{L}*|crédit\p{L}*|refund(?:ed)?|credit(?:ed)?|charged?|versons|est de|of|de|total|on|by|le|au|at|à|for|pour) (\?{2,3}) \p{Ll}`), unsaid},
	{[]string{"OM ", "ME ", "OM,", "ME,", "OM.", "ME.", "OM\n", "ME\n"}, pattern.Of(`(?:par|by|with|avec|chez|de|from|et|and|à|to|suis|am|est|is)[ \x{00a0}]((?:(?:PR[ÉE]NOM|NOM|(?:FIRST|LAST|FULL) ?NAME|NAME|SURNAME)(?: |\b)){1,3})`), func(p place) bool {
		return hasLower(p.around()) && !p.said() && !p.aboutMarks() && !p.asked() && !buttonBefore.MatchString(p.before())
	}},
	{[]string{" null", " undefined", "'null", "\u00a0null"}, pattern.Of(`(?:^|[\s'’(])(null|undefined)(?:[\s,.)!]|$)`), func(p place) bool {
		return !p.said() && !p.aboutMarks() && !ofComputer.MatchString(p.line) && !strings.HasPrefix(p.after(), " and void") && !strings.HasPrefix(p.after(), " et ") && !copula.MatchString(closest(p.before())) && (p.words() == "null" || !isWordRune(firstRune(strings.TrimSpace(p.after()))))
	}},
	{[]string{" / "}, pattern.Of(`(?i)(?:\b(?:est|sera|sont|a été|ont été|is|was|has been|been|être) (\p{L}+(?:é|ée|és|ées|ie|is|te|ue|ed|nt|pped) / (?:\p{L}+(?:é|ée|és|ées|ed)|en \p{L}+|non \p{L}+|pas \p{L}+|not \p{L}+|being \p{L}+|on hold)))(?:[\s.,]|$)` +
		`|\b(?:will|can|have|we['’]ll|to|nous|vais|allons|pouvons|avons) ([^/\n.?:]{2,40} / (?:will |can |have |vous |avons |allons |pouvons )?(?:refund\p{L}*|send|sent|replace\p{L}*|exchange\p{L}*|credit\p{L}*|offer\p{L}*|cancel\p{L}*|repair\p{L}*|ship\p{L}*|resend|issue\p{L}*|rembours\p{L}+|renvoy\p{L}+|échang\p{L}+|rempla\p{L}+|annul\p{L}+|propos\p{L}+|offr\p{L}+|expédi\p{L}+|envoy\p{L}+|répar\p{L}+)\b)`), func(p place) bool {
		return !p.said() && !p.aboutMarks()
	}},
}

// humps2 are two letters of a name written likeThis.
var humps2 = func() []string {
	var pairs []string
	for a := 'a'; a <= 'z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			pairs = append(pairs, string(a)+string(b))
		}
	}
	return pairs
}()

// betweenMarks: the name of a value between marks that mirror one another.
func betweenMarks(p place) bool {
	inner := strings.Trim(p.words(), ":@#$%=+!&|*^?~- ")
	words := fieldWords(inner)
	if len(words) == 0 || p.said() || p.aboutMarks() || p.asked() {
		return false
	}
	before, after := p.line[:p.Start], p.line[p.End:]
	if before == "" || after == "" {
		return false
	}
	opens, closes := marksBefore(before), marksAfter(after)
	if len(opens)+len(closes) < 3 && !(opens == closes && strings.Contains("&!", opens)) || strings.HasSuffix(opens, "(") && len(opens) < 2 {
		return false
	}
	return identifierName.MatchString(inner) || onlyFields(words) || namesValue(words)
}

const allMarks = "[]{}<>()$%&#@!:=+|*^?~-"

func marksBefore(s string) string {
	s = tail(s)
	return s[len(strings.TrimRight(s, allMarks)):]
}

func marksAfter(s string) string {
	s = head(s)
	return s[:len(s)-len(strings.TrimLeft(s, allMarks))]
}

// promptInBrackets: between round brackets a remark is at home, so it has to be a
// prompt where a value belongs, or plainly to a colleague.
func promptInBrackets(p place) bool {
	inner := strings.Trim(p.words(), "()")
	words := fieldWords(inner)
	required := needsHere.MatchString(closest(p.before()))
	named := len(words) > 1 && len(words) < 6 && personal[words[0]] && binders[words[1]]
	if !required && !named && !mayTell(inner) {
		return false
	}
	if p.said() || p.aboutMarks() || p.askedBefore() || p.r.saidBefore(toFillIn, p.r.tokenAt(p.at+p.Start)) {
		return false
	}
	if required && !strings.HasPrefix(strings.TrimSpace(inner), "ou ") && !strings.HasPrefix(inner, "or ") && (len(words) > 2 || isPrompt(inner)) {
		return true
	}
	if !mayTell(inner) || !stillToDo.MatchString(inner) {
		return named
	}
	return !formBefore.MatchString(p.before()) && !formal.In(phrase.Tokens(inner)) && !formWords[words[0]]
}

// mayTell is a quick look before stillToDo.
func mayTell(inner string) bool {
	return slices.ContainsFunc([]string{"à ", "to ", "lease", "pls", "can ", "could ", "tu ", "merci de", "stp", "svp", "thx", "efore ", "vant ", "cf", "Cf", "oir avec", "ee with", "sk ", "emander", "heck", "après", "here", "ici"},
		func(s string) bool { return strings.Contains(inner, s) })
}

var (
	formWords = phrase.Words(`formulaire document bon dossier bordereau fiche form questionnaire etiquette piece attestation case champ ligne coupon carte`)
	needsHere = pattern.Of(`(?i)(?:^|[\s’'])(?:au|du|est de|sera de|est le|est|sera|is|was|il en reste|d['’]ici|avant le|until|on the|by the|on|by|prix de|montant de|amount of|total of|sous|chez|entre|within|your|votre|notre|our)[ \x{00a0}]$`)
)

func promptInAngles(p place) bool {
	inner := strings.Trim(p.words(), "<>")
	if inner != strings.TrimSpace(inner) || hasValue.MatchString(inner) || p.aboutMarks() || p.said() || strings.Contains(inner, "://") || strings.HasSuffix(inner, "/") {
		return false
	}
	words := fieldWords(inner)
	if len(words) == 0 || htmlTags[words[0]] && !isPrompt(inner) || !slices.ContainsFunc(words, func(w string) bool { return !keys[w] }) || buttonBefore.MatchString(p.before()) {
		return false
	}
	if htmlTags[words[0]] && len(words) == 1 {
		return false
	}
	return len(words) > 1 || isPrompt(inner) || inSlot(p.before(), p.after())
}

// preamble finds words to a colleague, or of a machine that wrote the draft, above
// the greeting.
func (r *reading) preamble() []phrase.Span {
	at, words := 0, 0
	for line := range strings.Lines(cutAt(r.short, 1500)) {
		if at > 0 && words > 0 && laterGreeting.MatchString(line) {
			if m := ofDraft.FindStringIndex(r.short[:at]); m != nil {
				return []phrase.Span{{Start: m[0], End: m[1]}}
			}
			return nil
		}
		words += len(strings.Fields(line))
		at += len(line)
	}
	return nil
}

var (
	laterGreeting = pattern.Of(`(?i)^[ \t*"«]*` + greeting + `(?: (?:` + title + ` ?)?[\p{L}'’ -]{0,40})?[,!]?[ \t\r\n]*(?:$|\p{L}|[,!])`)
	ofDraft       = pattern.Of(`(?i)\b(?:je te (?:laisse|mets|passe|propose|refile)|(?:tu|t['’]) ?(?:peux|pourrais|as|me dis|valides|relis|envoies)|stp|brouillon|draft|r[ée]ponse (?:type|propos[ée]e|sugg[ée]r[ée]e)|proposition de (?:r[ée]ponse|mail|message)|message [àa] envoyer|[àa] (?:relire|valider|envoyer)|suggested (?:reply|response|answer|wording)|proposed (?:reply|response|answer)|(?:a|the|your|my) (?:draft|suggested|possible|polished|revised) (?:reply|response|answer|version|message|email)|macro|template|reply to send|copy and paste|feel free to (?:adapt|edit)|n['’]h[ée]sit(?:e|ez) pas [àa] (?:adapter|modifier)|can you (?:check|finish|send|review)|please (?:check|review|finish|send)|pls)\b`)
)
