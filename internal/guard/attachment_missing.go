package guard

import (
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/phrase"
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

func findMissingAttachment(r *reading) []hit {
	if len(r.draft.Attachments) > 0 {
		return nil
	}
	var spans []phrase.Span
	for _, m := range announced.Find(r.tokens) {
		if m = r.withoutFile(m); r.announces(m) {
			spans = append(spans, m.Span(r.tokens))
		}
	}
	at := 0
	for line := range strings.Lines(r.short) {
		if m := announcedAsLabel.FindStringIndex(head(line)); m != nil {
			spans = append(spans, phrase.Span{Start: at, End: at + m[1]})
		}
		at += len(line)
	}
	return hitsOf(disjoint(spans))
}

// announcedAsLabel: "PJ : facture", where other words may be.
var announcedAsLabel = pattern.Of(`(?i)^[*•\- ]*(?:(?:attached|enclosed|encl?\.?|enclosures?|attachments?|att\.|pj|p\.j\.|pi[eè]ces? (?:jointes?|attach[ée]es?)|ci-?joint|joints?|jointes?|annexes?|ci-?inclus)(?: ?\(\d\))? ?: ?\S|encl?\. \p{L}|(?:attached|enclosed|ci-?joint|ci-?inclus), ?\p{L})`)

// withoutFile keeps "en pièce jointe" of "la facture est en pièce jointe", and
// "ci-joint" of "le bordereau ci-joint".
func (r *reading) withoutFile(m phrase.Match) phrase.Match {
	for i := m.First + 1; i < m.Last; i++ {
		if r.tokens[i].Word == "en" && phrase.OneOf(r.tokens[i+1].Word, "piece", "pieces", "pj", "annexe") {
			m.First, m.Name = i, "noun"
		}
		if r.tokens[i].Word == "ci" {
			m.First, m.Name = i, "here"
		}
	}
	return m
}

// announcement is a way to announce a file, with what stands around it.
type announcement struct {
	r *reading
	phrase.Match

	span          phrase.Span
	part          []phrase.Token // its sentence
	before, after []phrase.Token // of the sentence
	near          []phrase.Token // right before and behind
	asks          bool           // the sentence is a question
	theirs, ours  bool           // it speaks of the customer's file; of one that we send
}

func (r *reading) announcementOf(m phrase.Match) announcement {
	a := announcement{r: r, Match: m, span: m.Span(r.tokens)}
	part, from := phrase.Sentence(r.tokens, m.First)
	a.part, a.before, a.after = part, part[:m.First-from], part[m.Last-from+1:]
	a.near = around(part, m, from)
	if rest := strings.TrimLeft(r.short[a.span.End:], " \u00a0\u202f"); rest != "" && strings.ContainsRune(",:;()–—", firstRune(rest)) {
		a.near = a.near[:min(len(a.near), m.Last-max(from, m.First-2)+1)]
		if rest[0] != ',' || phrase.OneOf(m.Name, "adjective", "joined", "bare") {
			a.after = nil
		}
	}
	a.asks = phrase.Word(r.tokens, from+len(part)) == "?" || len(part) > 0 && part[len(part)-1].Word == "?"
	a.theirs, a.ours = theirFile.In(part), ours.In(part)
	return a
}

// announces weighs what stands around an announcement.
func (r *reading) announces(m phrase.Match) bool {
	without := func(t phrase.Token) bool { return phrase.OneOf(t.Word, "aucun", "aucune", "sans", "no", "without") }
	last := phrase.Word(r.tokens, m.First-1)
	if r.quoted(m.Span(r.tokens)) || slices.ContainsFunc(r.tokens[m.First:m.Last], without) || last == "me" && r.tokens[m.First].Word != "permets" || last == "se" {
		return false
	}
	a := r.announcementOf(m)
	if a.isElsewhere() {
		return false
	}
	switch m.Name {
	case "this":
		return !a.asks && !a.theirs && !askedFile.In(a.part) && !noFile.In(a.before) && !noFile.In(a.after) && givesFile.In(a.part) && holdsFile(a.part)
	case "bare":
		return !a.asks && !a.theirs && isBareAnnouncement(a.before, a.after)
	case "here":
		return a.isHere()
	case "noun":
		return a.isNoun()
	case "adjective":
		return a.isAdjective()
	case "pictured":
		return a.isPictured()
	case "itself":
		return !a.asks && !a.theirs && (m.Last > m.First+1 || len(a.after) == 0 || phrase.OneOf(a.after[0].Word, "that", "for", "how", "which", "when") || strings.HasPrefix(r.short[a.span.End:], ","))
	case "joined":
		return !noFile.In(lastOf(a.before, 3)) && !theirFile.In(a.before) && isFile(r.tokens, m)
	default:
		return a.isShown()
	}
}

// isElsewhere: behind a link, in another mail, in a parcel, or of somebody else.
func (a announcement) isElsewhere() bool {
	first := a.r.tokens[a.First].Word
	switch {
	case byLink.In(a.part) && hasLink(a.r.short[a.part[0].Start:a.part[len(a.part)-1].End]), isBehindTheir(a.Match, a.after):
		return true
	case phrase.OneOf(phrase.Word(a.r.tokens, a.First-1), "you", "vous", "for", "by") && phrase.OneOf(first, "attached", "enclosed", "attaching", "enclosing"):
		return true
	case otherMail.In(a.part) && !phrase.OneOf(first, "ci", "cijoint", "herewith"):
		return true
	}
	return (elsewhere.In(a.near) || a.isThing()) && !namesThisMail(a.part)
}

// isThing: what is joined is no file and goes to a parcel: "je joins deux
// tablettes au lait à votre prochain panier".
func (a announcement) isThing() bool {
	if a.Name != "joined" && a.Name != "here" {
		return false
	}
	near := a.after[:min(len(a.after), 12)]
	place := elsewhere.First(near)
	return place.Last >= place.First && !holdsFile(near[:place.First])
}

func (a announcement) isHere() bool {
	if phrase.OneOf(a.r.tokens[a.First].Word, "i", "we") && (!joinsFile(a.after) || phrase.OneOf(phrase.Word(a.r.tokens, a.First-1), "should", "shall", "can", "could", "may", "must")) {
		return false
	}
	return !(theirFile.In(a.before) && !ours.In(a.before)) && !noFile.In(lastOf(a.before, 2))
}

// isNoun: "la pièce jointe" may be the customer's, asked for, missing, or earlier.
func (a announcement) isNoun() bool {
	next := phrase.Word(a.r.tokens, a.Last+1)
	switch {
	case strings.Contains(a.r.short[a.span.Start:a.span.End], ","), a.asks, isBehindAnnex(a.r.tokens, a.Match):
		return false
	case phrase.OneOf(next, "des", "du") && !thisMail[phrase.Word(a.r.tokens, a.Last+2)]:
		return false
	case a.ours:
		return true
	}
	return !a.theirs && !thanked.In(a.r.clause(a.before)) && !noFile.In(a.before) && !earlier.In(a.part) && !askedFile.In(a.before) && a.r.oursByVerb(a.before, a.after, a.Match)
}

func (a announcement) isAdjective() bool {
	if a.asks || a.theirs {
		return false
	}
	if toFill[a.r.tokens[a.First].Word] && fillIn.In(lastOf(a.before, 4)) && phrase.OneOf(phrase.Word(a.r.tokens, a.First-1), "le", "la", "l", "les", "the") {
		return true
	}
	return !noFile.In(a.before) && !thanked.In(lastOf(a.before, 4)) && !askedFile.In(lastOf(a.before, 4))
}

func (a announcement) isPictured() bool {
	if a.theirs || a.asks || isBehindTheir(a.Match, a.after) || thanked.In(a.before) || hasLink(a.r.short) || noFile.In(lastOf(a.before, 2)) {
		return false
	}
	under := len(a.after) > 0 && strings.HasPrefix(a.r.short[a.span.End:], " ") && a.r.tokens[a.Last].Word == "below" // "below the title", "below zero"
	return !under || !phrase.OneOf(a.after[0].Word, "the", "your", "it", "this", "zero", "freezing")
}

// isShown: "Voici la facture" may be a link, or a form in the text.
func (a announcement) isShown() bool {
	if a.asks || hasLink(a.r.short) && !belowPicture.In(a.part) {
		return false
	}
	if belowPicture.In(a.part) && !hasLink(a.r.short) {
		return !a.theirs
	}
	return !strings.Contains(a.r.short, "____") && !byLink.In(a.part) && !hasLink(a.r.short) && !theirFile.In(a.after)
}

// isBehindTheir: "jointe à votre message" is the customer's.
func isBehindTheir(m phrase.Match, after []phrase.Token) bool {
	if len(after) < 2 {
		return false
	}
	w := after[0].Word
	if phrase.OneOf(w, "de", "des") && phrase.OneOf(after[1].Word, "nos", "conditions", "cgv", "notre") {
		return true
	}
	if phrase.OneOf(w, "de", "dans", "a", "to", "in", "with", "of", "from") && phrase.OneOf(after[1].Word, "votre", "vos", "ton", "ta", "your") {
		return m.Name != "shown" && m.Name != "pictured" || len(after) > 2 && messageWords[after[2].Word]
	}
	if m.Name == "adjective" || m.Name == "joined" {
		if isElsewhere(after) {
			return true
		}
	}
	return phrase.OneOf(w, "par", "by") && phrase.OneOf(after[1].Word, "vous", "vos", "you", "telephone", "le", "la")
}

// isElsewhere: "jointe au colis", "enclosed with the jewel": behind the words for
// joining stands a thing that is no message.
func isElsewhere(after []phrase.Token) bool {
	if !phrase.OneOf(after[0].Word, "a", "au", "aux", "dans", "avec", "sur", "to", "in", "with", "on", "inside", "at") {
		return false
	}
	for _, t := range after[1:min(len(after), 4)] {
		if phrase.OneOf(t.Word, "steps", "instructions", "details", "everything", "information", "explications", "etapes", "detail") {
			return false
		}
		if messageWords[t.Word] || phrase.OneOf(t.Word, "format", "version", "toutes", "fins", "pdf", "e") {
			return false
		}
	}
	return true
}

// holdsFile tells whether the words name a file that is sent by mail.
func holdsFile(part []phrase.Token) bool {
	return slices.ContainsFunc(part, func(t phrase.Token) bool { return fileWords[t.Word] && !vagueFile[t.Word] })
}

var vagueFile = phrase.Words(`mode accord reponse lettre courrier conditions carte dossier programme note list details copy policy summary report agreement card credit menu table screen confirmation instructions terms avoir bilan mandat copie ticket tickets`)

// isBareAnnouncement: "the attached spreadsheet", "the fonts come attached", but not
// "attached to the strap", "very attached", "the attached hose".
func isBareAnnouncement(before, after []phrase.Token) bool {
	if noFile.In(lastOf(before, 3)) || earlier.In(before) || len(after) > 0 && isElsewhere(after) {
		return false
	}
	if len(before) == 0 {
		return len(after) > 0 && !bodily[after[0].Word]
	}
	last := before[len(before)-1].Word
	if phrase.OneOf(last, "the", "our", "this", "these", "find", "see", "per", "below") {
		return len(after) == 0 || !bodily[after[0].Word] && (len(after) < 2 || !bodily[after[1].Word])
	}
	return slices.ContainsFunc(before, func(t phrase.Token) bool {
		return fileWords[t.Word] && t.Word != "card" && t.Word != "label" && t.Word != "clip"
	})
}

// bodily are things that are attached by hand.
var bodily = phrase.Words(`strap straps strings string button buttons hook hooks clip clips ring rings chain cord cable handle lid tag tags collar leash lead pump hose wheel wheels screw screws magnet
 pocket hood belt bracket lens arm leg legs base tube nozzle filter plug rope bag pouch bathroom area areas space garden room porch terrace run pen garage garages house houses shed sheds`)

func isBehindAnnex(tokens []phrase.Token, m phrase.Match) bool {
	return phrase.OneOf(tokens[m.Last].Word, "annexe") && phrase.OneOf(phrase.Word(tokens, m.Last+1), "de", "d") && !thisMail[phrase.Word(tokens, m.Last+2)]
}

// around are the words near an announcement: those right before it and behind.
func around(part []phrase.Token, m phrase.Match, from int) []phrase.Token {
	return part[max(0, m.First-from-2):min(len(part), m.Last-from+7)]
}

func namesThisMail(part []phrase.Token) bool {
	for i, t := range part {
		if thisMail[t.Word] && phrase.OneOf(phrase.Word(part, i+1), "mail", "e", "email", "message", "courriel", "reponse", "reply", "answer") {
			return true
		}
	}
	return false
}

// isFile: "je joins" joins a file, "j'ai joint" the carrier by telephone.
func isFile(tokens []phrase.Token, m phrase.Match) bool {
	if !phrase.OneOf(tokens[m.Last].Word, "joint", "joins", "joignons", "attache", "attacherai", "attachons") {
		return true
	}
	said := phrase.OneOf(tokens[m.Last].Word, "joins", "joignons")
	for j := m.Last + 1; j < len(tokens) && j <= m.Last+6 && tokens[j].Sentence == tokens[m.Last].Sentence; j++ {
		if fileWords[tokens[j].Word] {
			return true
		}
		if phrase.OneOf(tokens[j].Word, "carte", "geste", "utile", "cadeau", "echantillon", "mot", "pochette", "ecrin", "ruban", "transporteur", "atelier", "equipe", "client", "voix", "remerciements", "excuses") {
			return false
		}
	}
	return said
}

// joinsFile: "I've attached the button" is about a thing.
func joinsFile(after []phrase.Token) bool {
	for _, t := range after[:min(len(after), 7)] {
		if fileWords[t.Word] || phrase.OneOf(t.Word, "it", "them", "this", "summary", "breakdown", "report", "policy", "quotation", "drawing", "two", "one", "everything", "video", "specifications") {
			return true
		}
	}
	return len(after) == 0
}

var fileWords = phrase.Words(strings.ReplaceAll(frenchFiles+"|"+englishFiles, "|", " "))

// oursByVerb: "en pièce jointe" needs no more; "la pièce jointe" must be where
// the customer finds something.
func (r *reading) oursByVerb(before, after []phrase.Token, m phrase.Match) bool {
	if len(before) <= 1 && shows.In(after[:min(len(after), 2)]) {
		return true
	}
	if phrase.OneOf(r.tokens[m.First].Word, "en", "as", "in") || phrase.Word(r.tokens, m.First-1) == "en" || phrase.Word(r.tokens, m.First-1) == "as" {
		return true
	}
	if seen.In(before) || phrase.OneOf(r.tokens[m.First].Word, "fichier", "fichiers", "document", "documents") {
		return true
	}
	if strings.HasPrefix(strings.TrimLeft(head(r.short[r.tokens[m.Last].End:]), ". \u00a0\u202f"), ":") {
		return len(before) == 0
	}
	if r.tokens[m.First].Word == "pj" {
		if strings.HasPrefix(r.short[r.tokens[m.Last].End:], "-") { // of an order's number
			return false
		}
		return len(after) > 0 || len(before) > 0 && phrase.OneOf(before[len(before)-1].Word, "voir", "cf", "notre")
	}
	return shows.In(after[:min(len(after), 2)]) && noted.In(before)
}

var noted = phrase.Of("notez|noter|sachez|savoir|rappelons|rappelle que\n note|remember that?")

var seen = phrase.Of(`
	voir|voyez|consultez|consulter|ouvrez|reportez|referez|lisez|regardez|imprimez|imprimer|remplissez|completez|telechargez|cf|notre|nos|cette|cet|ce|suivant|suivante
	see|look|open|check|refer|read|print|review|consult`)

// What we send for the customer to fill in, print and send back.
var (
	toFill = phrase.Words(`formulaire formulaires bordereau bordereaux etiquette etiquettes document documents bon bons attestation contrat devis mandat questionnaire label labels form forms contract`)
	fillIn = phrase.Of("retourner|renvoyer|remplir|completer|signer|imprimer|retournez|renvoyez|remplissez|completez|signez|imprimez|lire|coller|return|fill|sign|print|complete|send")
)

// clause is what stands behind the last comma.
func (r *reading) clause(part []phrase.Token) []phrase.Token {
	for i := len(part) - 2; i >= 0; i-- {
		if strings.Contains(r.short[part[i].End:part[i+1].Start], ",") {
			return part[i+1:]
		}
	}
	return part
}

func lastOf(part []phrase.Token, n int) []phrase.Token { return part[max(0, len(part)-n):] }

func hasLink(s string) bool {
	return strings.Contains(s, "http://") || strings.Contains(s, "https://") || strings.Contains(s, "www.")
}
