package guard

import (
	"regexp"
	"strings"
)

// attachmentMissingRule stops a draft that announces a file of ours while none
// goes with it. What the customer attached, was asked to attach, or will find in
// the parcel is no file of ours.
var attachmentMissingRule = rule{
	name:     "attachment_missing",
	severity: Stops,
	kinds:    answersKinds,
	french:   "Vous annoncez une pièce jointe et il n'y en a pas : ajoutez-la, ou changez ces mots.",
	english:  "You announce an attachment and there is none: add it, or change these words.",
	find:     findMissingAttachment,
}

const (
	frenchFiles  = `facture|factures|etiquette|etiquettes|bon|bons|bordereau|bordereaux|photo|photos|capture|captures|devis|attestation|attestations|certificat|certificats|justificatif|justificatifs|duplicata|formulaire|formulaires|pdf|fichier|fichiers|document|documents|doc|copie|notice|guide|plan|image|images|visuel|visuels|catalogue|preuve|recu|recapitulatif|releve|rib|schema|mode|fiche|courrier|lettre|cgv|conditions|tableau|brochure|reponse|contrat|ticket|scan|accord|tarifs|tarif`
	englishFiles = `invoice|invoices|label|labels|form|forms|photo|photos|picture|pictures|screenshot|screenshots|quote|certificate|certificates|receipt|receipts|proof|pdf|file|files|document|documents|copy|guide|chart|image|images|catalogue|catalog|statement|instructions|letter|brochure|terms|slip|note|manual|voucher|list|details|sheet|contract`
)

// announced are the ways to announce a file. "noun" ones could be the customer's
// file too, "adjective" ones stand behind what is joined, "joined" ones may join
// a thing to a parcel, "shown" ones speak of a document that may be a link.
var announced = func() *phrases {
	p := &phrases{}
	p.add("here", `
		ci joint|jointe|joints|jointes|inclus|incluse|incluses|annexe|annexee
		cijoint|cijointe
		trouverez|trouver|trouve|voici _3 attache|attachee|attaches
		attached|enclosed please? you|find|is|are|herewith
		please find|see _4 attached|enclosed|attachment|attachments
		you ll|will find _5 attached|enclosed
		find attached|enclosed
		trouverez|trouver _6 attache|attachee|attaches|attachees
		attaching|enclosing the|your|our|a|an _1 `+englishFiles+`
		let me attach|enclose
		review|see|find|check|read|open|consult the attached
		avec|dans ce message|mail|courriel _3 recevez|trouverez
		envoie|envoyons|transmets|transmettons|adresse|adressons|mets|mettons|mis|ajoute|ajoutee|inclus|glisse|trouverez _6 avec|dans|a ce|cet|mon mail|message|courriel|email|e
		include|included|including|put|add|added|adding|send|sending|sent _6 with|in|to this|my email|e|message|mail|reply
		include|included|put|add|added|send|sending|sent|have _5 as a? pdf|file|attachment
		en attache|attachement
		find _6 attached to this|my|our
		i|we ve|have? just? attach|attached|enclose|enclosed
		i m|am attaching|enclosing
		we re|are attaching|enclosing
		see the? attached|enclosed|attachment
		herewith|pfa
		trouverez _2 joint|jointe|joints|jointes
		here s|is _4 attached
		attached herewith|below|here|hereto`)
	p.add("noun", `
		piece|pieces jointe|jointes
		en? fichier|fichiers|document|documents joint|joints|attache|attaches
		en pj
		pj
		p j
		en annexe
		as|in an|the attachment|attachments
		the attachment|attachments
		in|as attachment`)
	p.add("adjective", `
		`+frenchFiles+` _5 joint|jointe|joints|jointes
		`+frenchFiles+` _4 attache|attachee|attaches|attachees a ce|cet|mon|ma|notre
		the|our attached `+englishFiles+`
		the|our attached _1 `+englishFiles+`
		`+englishFiles+` _2 is|are attached|enclosed
		`+englishFiles+` attached|enclosed
		attached to|with this|my|our email|e|mail|message|reply|note|answer`)
	p.add("joined", `
		je|nous vous|te? l|le|la|les|y? joins|joignons
		j ai|avais joint
		vous|te|t ai|avons joint|jointe|joints|jointes
		permets|permettons|permettez _3 joindre
		j attache|attacherai
		nous attachons
		nous avons|avions joint
		joint|jointe|joints|jointes a|au|avec ce|cet|cette|mon|ma|notre|present|presente|courriel|message|mail`)
	p.add("shown", `
		voici|voila la|le|les|l|une|un|des|votre|vos|notre|nos _1 facture|factures|etiquette|bordereau|photo|photos|capture|devis|attestation|certificat|justificatif|duplicata|formulaire|pdf
		voici|voila le|votre|un bon de retour
		here is|are|s the|your|our|a _1 invoice|label|photo|photos|picture|pictures|certificate|receipt|form|pdf|screenshot
		trouverez|envoie|transmets|adresse _6 en|au format? pdf`)
	return p
}()

var (
	// By the customer, or asked of them.
	theirFile = phrasesOf(`
		votre|vos|ta|tes piece|pieces|pj|fichier|fichiers|photo|photos|capture|captures|justificatif|justificatifs|image|images
		your _1 attachment|attachments|file|photo|photos|picture|pictures|screenshot
		your attached
		vous nous|m|me|l|les|y? avez|aviez|ayez|auriez _5 joint|jointe|joints|jointes|piece|pj|fichier|document|annexe
		vous nous|m|l|les? joignez|envoyez|joigniez|joindrez|transmettez
		you ve|have|had|d? _2 attached|enclosed|sent|shared
		jointe|jointes|joint|joints _1 par vous`)
	askedFile = phrasesOf(`
		envoyer|envoyez|renvoyer|renvoyez|transmettre|transmettez|adresser|adressez|joindre|joignez|ajouter|ajoutez|mettre|mettez|repondre|repondez|parvenir|retourner|retournez|deposer|deposez|fournir
		send|reply|replying|answer|share|forward|upload|provide|attach|include|email|resend`)
	earlier = phrasesOf(`precedent|precedente|precedents|deja|dernier|derniere|hier|previous|earlier|last|already|yesterday`)
	noFile  = phrasesOf(`
		formats|limite|limites|limitee|limit|limits|limited|maximum
		don|didn|isn|wasn|haven|hasn|couldn|can|won|doesn t
		sans|aucune|aucun|pas|manque|manquait|oublie|oubliee|oublier|absente|precedent|precedente|precedents|deja|dernier|derniere|illisible
		ouvrir|lire|recu|recue|recus|recues|recois|recevoir|vu|vue|vus|consulte|consultee|regarde|examine|etudie|transmis|transmise|transferee|transfere
		without|no|not|missing|forgot|forgotten|previous|earlier|last|already|received|couldn|unable|opened
		thank|thanks|merci you|for|pour _2 attachment|piece|pj|photo|photos|capture|document|fichier`)
	thanked = phrasesOf(`
		merci pour
		merci d|de nous|m? avoir
		merci beaucoup|bien|encore pour|d
		merci de l|la|votre|vos|cette|ces
		thank you for
		thanks for|again
		remercie|remercions pour|de|d`)
	ours = phrasesOf(`
		trouverez|trouver|trouve|joins|joignons|find
		vous avez en|dans|ci
		je|nous vous|te|t fais|faisons|envoie|envoyons|adresse|adressons|transmets|transmettons|mets|mettons
		je|nous|j vous|te|t? ai|avons mis|ajoute|envoye`)
	shows = phrasesOf(`contient|contiennent|vous|explique|expliquent|montre|montrent|detaille|reprend|recapitule|indique|confirme|donne|precise|explains|explain|shows|show|contains|gives|lists|has|describes|tells`)
	// In another mail than this one.
	otherMail = phrasesOf(`
		prochain|autre|prochaine|separe|suivant mail|message|courriel|email|envoi|reponse
		mail|message|courriel|email separe|suivant|ulterieur
		next|another|separate|later|following e? mail|email|message|reply
		mail|message|courriel|email|reply|reponse du|de|of|from #
		mail|message|courriel|email|reply|reponse du|de|d|of|from hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|yesterday|monday|tuesday|wednesday|thursday|friday|confirmation
		enverrai|enverrons|joindrai|joindrons|transmettrai|transmettrons _9 demain|soir|lundi|mardi|mercredi|jeudi|vendredi|bientot|rapidement|des|lorsque|quand
		ll|will send|attach _9 tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|soon|once|when|later
		des|lorsque|once|when|sitot que? _5 j|nous|i|we ai|aurons|aurai|avons|have|get`)
	// In a parcel, an account or a page.
	elsewhere = phrasesOf(`
		a|au|aux|dans|avec|sur votre|le|la|les|l|un|une|chaque|son|sa|ce|cette|tout? colis|colis|paquet|commande|envoi|carton|livraison|boite|ecrin|pochette|emballage|enveloppe|bijou|bague|montre|collier|produit|article|coffret
		in|into|inside your|the|each|every parcel|package|box|packaging
		espace client|personnel
		votre compte
		your|the account|dashboard|website`)
	byLink = phrasesOf(`
		lien|liens|link|links|url|site|page|espace|compte|account|cliquez|click|dessous|below|rubrique|application|app`)
	messageWords = wordSet(`present presente courriel message mail email e reponse reply note answer`)
	thisMail     = wordSet(`ce cet cette mon ma notre present presente courriel message mail email this my our reponse reply`)
)

func findMissingAttachment(r *reading) []hit {
	if len(r.draft.Attachments) > 0 {
		return nil
	}
	var spans []span
	for _, m := range announced.find(r.tokens) {
		if m = r.withoutFile(m); r.announces(m) {
			spans = append(spans, m.span(r.tokens))
		}
	}
	for _, m := range announcedAsLabel.FindAllStringIndex(r.short, mostOfRule) {
		spans = append(spans, span{m[0], m[1]})
	}
	return hitsOf(disjoint(spans))
}

// announcedAsLabel: "PJ : facture", where other words may be.
var announcedAsLabel = regexp.MustCompile(`(?im)^(?:attached|enclosed|pj|p\.j\.|pi[eè]ces? jointes?|ci-?joint) ?: ?\S`)

// withoutFile keeps "en pièce jointe" of "la facture est en pièce jointe", and
// "ci-joint" of "le bordereau ci-joint".
func (r *reading) withoutFile(m match) match {
	for i := m.first + 1; i < m.last; i++ {
		if r.tokens[i].word == "en" && isOneOf(r.tokens[i+1].word, "piece", "pieces", "pj", "annexe") {
			m.first, m.name = i, "noun"
		}
		if r.tokens[i].word == "ci" {
			m.first, m.name = i, "here"
		}
	}
	return m
}

// announces weighs what stands around an announcement.
func (r *reading) announces(m match) bool {
	s := m.span(r.tokens)
	if r.quoted(s) || word(r.tokens, m.first-1) == "me" && r.tokens[m.first].word != "permets" || word(r.tokens, m.first-1) == "se" {
		return false
	}
	part, from := sentenceOf(r.tokens, m.first)
	before, after := part[:m.first-from], part[m.last-from+1:]
	asks := len(part) > 0 && word(r.tokens, from+len(part)) == "?" || len(part) > 0 && part[len(part)-1].word == "?"
	linked := byLink.in(part) && hasLink(r.short[part[0].start:part[len(part)-1].end])
	switch {
	case linked || isBehindTheir(m, after) || isOneOf(word(r.tokens, m.first-1), "you", "vous", "for", "by") && isOneOf(r.tokens[m.first].word, "attached", "enclosed", "attaching", "enclosing"):
		return false
	case otherMail.in(part) && !isOneOf(r.tokens[m.first].word, "ci", "cijoint", "herewith"):
		return false
	case elsewhere.in(around(part, m, from)) && !namesThisMail(part):
		return false
	}
	switch m.name {
	case "here":
		if isOneOf(r.tokens[m.first].word, "i", "we") && !joinsFile(after) {
			return false
		}
		return !(theirFile.in(before) && !ours.in(before)) && !noFile.in(lastOf(before, 2))
	case "noun":
		if theirFile.in(part) && !ours.in(part) || thanked.in(r.clause(before)) && !ours.in(part) || (noFile.in(before) || earlier.in(part)) && !ours.in(part) || asks || isOneOf(word(r.tokens, m.last+1), "des", "du") || isBehindAnnex(r.tokens, m) {
			return false
		}
		return ours.in(part) || !askedFile.in(before) && r.oursByVerb(before, after, m)
	case "adjective":
		return !theirFile.in(part) && !noFile.in(before) && !thanked.in(lastOf(before, 4)) && !askedFile.in(lastOf(before, 4)) && !asks
	case "joined":
		return !noFile.in(lastOf(before, 3)) && !theirFile.in(before) && isFile(r.tokens, m)
	default: // shown
		return !byLink.in(part) && !hasLink(r.short) && !theirFile.in(after) && !asks && !strings.Contains(head(r.short[s.end:]), "http")
	}
}

// isBehindTheir: "jointe à votre message" is the customer's.
func isBehindTheir(m match, after []token) bool {
	if len(after) < 2 {
		return false
	}
	w := after[0].word
	if isOneOf(w, "de", "des") && isOneOf(after[1].word, "nos", "conditions", "cgv", "notre") {
		return true
	}
	if isOneOf(w, "de", "dans", "a", "to", "in", "with", "of", "from") && isOneOf(after[1].word, "votre", "vos", "ton", "ta", "your") {
		return true
	}
	if m.name == "adjective" || m.name == "joined" {
		if isElsewhere(after) {
			return true
		}
	}
	return isOneOf(w, "par", "by") && isOneOf(after[1].word, "vous", "vos", "you", "telephone", "le", "la")
}

// isElsewhere: "jointe au colis", "enclosed with the jewel": behind the words for
// joining stands a thing that is no message.
func isElsewhere(after []token) bool {
	if !isOneOf(after[0].word, "a", "au", "aux", "dans", "avec", "sur", "to", "in", "with", "on", "inside", "at") {
		return false
	}
	for _, t := range after[1:min(len(after), 4)] {
		if messageWords[t.word] || isOneOf(t.word, "format", "version", "toutes", "fins", "pdf", "e") {
			return false
		}
	}
	return true
}

func isBehindAnnex(tokens []token, m match) bool {
	return isOneOf(tokens[m.last].word, "annexe") && isOneOf(word(tokens, m.last+1), "de", "d") && !thisMail[word(tokens, m.last+2)]
}

// around are the words near an announcement: those right before it and behind.
func around(part []token, m match, from int) []token {
	return part[max(0, m.first-from-2):min(len(part), m.last-from+7)]
}

func namesThisMail(part []token) bool {
	for i, t := range part {
		if thisMail[t.word] && isOneOf(word(part, i+1), "mail", "e", "email", "message", "courriel", "reponse", "reply", "answer") {
			return true
		}
	}
	return false
}

// isFile: "je joins" joins a file, "j'ai joint" the carrier by telephone.
func isFile(tokens []token, m match) bool {
	if !isOneOf(tokens[m.last].word, "joint", "joins", "joignons", "attache", "attacherai", "attachons") {
		return true
	}
	said := isOneOf(tokens[m.last].word, "joins", "joignons")
	for j := m.last + 1; j < len(tokens) && j <= m.last+6 && tokens[j].sentence == tokens[m.last].sentence; j++ {
		if fileWords[tokens[j].word] {
			return true
		}
		if isOneOf(tokens[j].word, "carte", "cadeau", "echantillon", "mot", "pochette", "ecrin", "ruban", "transporteur", "atelier", "equipe", "client", "voix", "remerciements", "excuses") {
			return false
		}
	}
	return said
}

// joinsFile: "I've attached the button" is about a thing.
func joinsFile(after []token) bool {
	for _, t := range after[:min(len(after), 7)] {
		if fileWords[t.word] || isOneOf(t.word, "it", "them", "this", "summary", "breakdown", "report", "policy", "quotation", "drawing", "two", "one", "everything", "video", "specifications") {
			return true
		}
	}
	return len(after) == 0
}

var fileWords = wordSet(strings.ReplaceAll(frenchFiles+"|"+englishFiles, "|", " "))

// oursByVerb: "en pièce jointe" needs no more; "la pièce jointe" must be where
// the customer finds something.
func (r *reading) oursByVerb(before, after []token, m match) bool {
	if len(before) <= 1 && shows.in(after[:min(len(after), 2)]) {
		return true
	}
	if isOneOf(r.tokens[m.first].word, "en", "as", "in") || word(r.tokens, m.first-1) == "en" || word(r.tokens, m.first-1) == "as" {
		return true
	}
	if strings.HasPrefix(strings.TrimLeft(head(r.short[r.tokens[m.last].end:]), ". \u00a0\u202f"), ":") {
		return len(before) == 0
	}
	if r.tokens[m.first].word == "pj" {
		return len(after) > 0 || len(before) > 0 && isOneOf(before[len(before)-1].word, "voir", "cf", "notre")
	}
	return seen.in(before)
}

var seen = phrasesOf(`
	voir|voyez|consultez|consulter|ouvrez|reportez|referez|lisez|regardez|imprimez|imprimer|remplissez|completez|telechargez|cf|notre|nos|cette|cet|ce|suivant|suivante
	see|look|open|check|refer|read|print|review|consult`)

// clause is what stands behind the last comma.
func (r *reading) clause(part []token) []token {
	for i := len(part) - 2; i >= 0; i-- {
		if strings.Contains(r.short[part[i].end:part[i+1].start], ",") {
			return part[i+1:]
		}
	}
	return part
}

func lastOf(part []token, n int) []token { return part[max(0, len(part)-n):] }

func hasLink(s string) bool {
	return strings.Contains(s, "http://") || strings.Contains(s, "https://") || strings.Contains(s, "www.")
}
