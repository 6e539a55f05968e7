package guard

import "strings"

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
	frenchFiles  = `facture|factures|etiquette|etiquettes|bon|bons|bordereau|bordereaux|photo|photos|capture|captures|devis|attestation|attestations|certificat|certificats|justificatif|justificatifs|duplicata|formulaire|formulaires|pdf|fichier|fichiers|document|documents|doc|copie|notice|guide|plan|image|images|visuel|visuels|catalogue|preuve|recu|recapitulatif|releve|rib|schema|mode|fiche|courrier|lettre|cgv|conditions|tableau|brochure|reponse|contrat|ticket`
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
		find _6 attached to this|my|our
		i|we ve|have? just? attach|attached|enclose|enclosed
		i m|am attaching|enclosing
		we re|are attaching|enclosing
		see the? attached|enclosed|attachment
		herewith
		here s|is _4 attached
		attached herewith|below|here|hereto`)
	p.add("noun", `
		piece|pieces jointe|jointes
		en|sa pj
		pj
		en annexe
		as|in an|the? attachment|attachments
		in|as attachment`)
	p.add("adjective", `
		`+frenchFiles+` _3 joint|jointe|joints|jointes
		`+frenchFiles+` _4 attache|attachee|attaches|attachees a ce|cet|mon|ma|notre
		the|our attached `+englishFiles+`
		the|our attached _1 `+englishFiles+`
		`+englishFiles+` _2 is|are attached|enclosed
		`+englishFiles+` attached|enclosed
		attached to|with this|my|our email|e|mail|message|reply|note|answer`)
	p.add("joined", `
		je|nous vous|te? l|le|la|les|y? joins|joignons
		j ai|avais joint
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
		votre|vos|ta|tes _2 piece|pieces|pj|fichier|fichiers|document|documents|photo|photos|facture|capture|captures|justificatif|attachment|image
		your _2 attachment|attachments|attached|file|photo|photos|picture|pictures|document|screenshot|invoice|receipt
		vous nous|m|me|l|les|y? avez|aviez|ayez|auriez _5 joint|jointe|joints|jointes|piece|pj|fichier|document|annexe
		vous nous|m|l|les? joignez|envoyez|joigniez|joindrez|transmettez
		you ve|have|had|d? _2 attached|enclosed|sent|shared
		jointe|jointes|joint|joints _1 par vous`)
	askedFile = phrasesOf(`
		envoyer|envoyez|renvoyer|renvoyez|transmettre|transmettez|adresser|adressez|joindre|joignez|ajouter|ajoutez|mettre|mettez|repondre|repondez|parvenir|retourner|retournez|deposer|deposez|fournir
		send|reply|replying|answer|share|forward|upload|provide|attach|include|email|resend`)
	earlier = phrasesOf(`precedent|precedente|precedents|deja|dernier|derniere|hier|previous|earlier|last|already|yesterday`)
	noFile  = phrasesOf(`
		sans|aucune|aucun|pas|manque|manquait|oublie|oubliee|oublier|absente|precedent|precedente|precedents|deja|dernier|derniere|illisible
		ouvrir|lire|recu|recue|recus|recues|recois|recevoir|vu|vue|vus|consulte|consultee|regarde|examine|etudie|transmis|transmise|transferee|transfere
		without|no|not|n|t|missing|forgot|forgotten|previous|earlier|last|already|received|couldn|unable|opened
		thank|thanks|merci you|for|pour _2 attachment|piece|pj|photo|photos|capture|document|fichier`)
	ours = phrasesOf(`trouverez|trouver|trouve|joins|joignons|find`)
	// In a parcel, an account or a page.
	elsewhere = phrasesOf(`
		a|au|aux|dans|avec|sur votre|le|la|les|l|un|une|chaque|son|sa|ce|cette|tout? colis|colis|paquet|commande|envoi|carton|livraison|boite|ecrin|pochette|emballage|enveloppe|bijou|bague|montre|collier|produit|article|coffret
		au|aux|du|le|son colis|paquet|carton|bijou|produit|coffret
		in|into|inside|with|to the|your|each|every|our|its parcel|package|box|order|shipment|packaging|ring|case|pouch|bag|envelope|necklace|item|delivery|watch|bracelet
		espace client|personnel
		votre compte
		your|the account|dashboard|website
		telephone
		par telephone|courrier`)
	byLink = phrasesOf(`
		lien|liens|link|links|url|site|page|espace|compte|account|cliquez|click|dessous|below|rubrique|application|app`)
	thisMail = wordSet(`ce cet cette mon ma notre present presente courriel message mail this my our`)
)

func findMissingAttachment(r *reading) []hit {
	if len(r.draft.Attachments) > 0 {
		return nil
	}
	var spans []span
	for _, m := range announced.find(r.tokens) {
		if r.announces(m) {
			spans = append(spans, m.span(r.tokens))
		}
	}
	return hitsOf(spans)
}

// announces weighs what stands around an announcement.
func (r *reading) announces(m match) bool {
	s := m.span(r.tokens)
	if r.quoted(s) || word(r.tokens, m.first-1) == "me" || word(r.tokens, m.first-1) == "se" {
		return false
	}
	part, from := sentenceOf(r.tokens, m.first)
	before, after := part[:m.first-from], part[m.last-from+1:]
	asks := len(part) > 0 && word(r.tokens, from+len(part)) == "?" || len(part) > 0 && part[len(part)-1].word == "?"
	linked := byLink.in(part) && hasLink(r.short[part[0].start:part[len(part)-1].end])
	switch {
	case linked || isBehindTheir(r.tokens, m, after):
		return false
	case elsewhere.in(around(part, m, from)) && !namesThisMail(part):
		return false
	}
	switch m.name {
	case "here":
		return !(theirFile.in(before) && !ours.in(before)) && !noFile.in(lastOf(before, 2))
	case "noun":
		if theirFile.in(part) || (noFile.in(before) || earlier.in(part)) && !ours.in(part) || asks || isOneOf(word(r.tokens, m.last+1), "des", "du") {
			return false
		}
		return ours.in(part) || !askedFile.in(before) && r.oursByVerb(before, after, m)
	case "adjective":
		return !theirFile.in(part) && !noFile.in(before) && !askedFile.in(lastOf(before, 4)) && !asks
	case "joined":
		return !noFile.in(lastOf(before, 3)) && !theirFile.in(before) && isFile(r.tokens, m)
	default: // shown
		return !byLink.in(part) && !hasLink(r.short) && !theirFile.in(after) && !asks && !strings.Contains(head(r.short[s.end:]), "http")
	}
}

// isBehindTheir: "jointe à votre message" is the customer's.
func isBehindTheir(tokens []token, m match, after []token) bool {
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
	if isOneOf(w, "a", "au", "aux", "to") && !thisMail[after[1].word] && m.name == "adjective" && !isOneOf(tokens[m.last].word, "joint", "jointe") {
		return true
	}
	return isOneOf(w, "par", "by") && isOneOf(after[1].word, "vous", "vos", "you", "telephone", "le", "la")
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
	if !isOneOf(tokens[m.last].word, "joint", "joins", "joignons") {
		return true
	}
	said := tokens[m.last].word != "joint"
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

var fileWords = wordSet(strings.ReplaceAll(frenchFiles+"|"+englishFiles, "|", " "))

// oursByVerb: "en pièce jointe" needs no more; "la pièce jointe" must be where
// the customer finds something.
func (r *reading) oursByVerb(before, after []token, m match) bool {
	if isOneOf(r.tokens[m.first].word, "en", "as", "in") || word(r.tokens, m.first-1) == "en" || word(r.tokens, m.first-1) == "as" {
		return true
	}
	if r.tokens[m.first].word == "pj" {
		return len(after) > 0 || len(before) > 0 && isOneOf(before[len(before)-1].word, "voir", "cf", "notre")
	}
	return seen.in(before)
}

var seen = phrasesOf(`
	voir|voyez|consultez|consulter|ouvrez|reportez|referez|lisez|regardez|imprimez|imprimer|remplissez|completez|telechargez|cf|notre|nos|cette|cet|ce|suivant|suivante`)

func lastOf(part []token, n int) []token { return part[max(0, len(part)-n):] }

func hasLink(s string) bool {
	return strings.Contains(s, "http://") || strings.Contains(s, "https://") || strings.Contains(s, "www.")
}
