package guard

import (
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// holeRule never lets a template leave unfilled (P09). It looks for four things:
// marks of a template language (hole_marks.go); a stand-in where a value belongs
// (hole_slot.go); the gap that an empty value left (hole_empty.go); and words for
// "later". What stands in code is somebody's example and no hole, and neither is
// a blank that the customer is asked to fill in.
var holeRule = rule{
	name:     "hole",
	severity: NeverPassed,
	kinds:    everyKind,
	french:   "Un champ est resté vide : complétez ou effacez ces mots.",
	english:  "A field was left empty: fill in or delete these words.",
	find:     findHoles,
}

// holePattern is one style of hole. Its regular expression is only run on lines
// that have one of needs (small letters stand for capitals too), and keep may say no.
type holePattern struct {
	needs []string
	re    *pattern.Pattern
	keep  func(p place) bool
}

// place is what a pattern found, in its line.
type place struct {
	r           *reading
	line        string
	phrase.Span     // in the line
	at          int // of the line in the text
}

func (p place) words() string  { return p.line[p.Start:p.End] }
func (p place) before() string { return tail(p.line[:p.Start]) }
func (p place) after() string  { return head(p.line[p.End:]) }

// around is the place with what stands near it on its line.
func (p place) around() string {
	return tail(p.line[:p.Start]) + p.words() + head(p.line[p.End:])
}

// nearby is the draft around the place's line.
func (p place) nearby() string {
	const around = 1000
	return p.r.short[min(len(p.r.short), max(0, p.at-around)):min(len(p.r.short), p.at+len(p.line)+around)]
}

// asked tells whether the sentence asks the customer to write something: what
// looks like a hole is then the form in which to write it.
func (p place) asked() bool { return p.r.asksAt(p.at + p.Start) }

// askedBefore is asked of what stands before in the sentence.
func (p place) askedBefore() bool {
	i := p.r.tokenAt(p.at + p.Start - 1)
	if i < 0 || !p.asked() {
		return false
	}
	part, from := phrase.Sentence(p.r.tokens, i)
	return requests.In(part[:i-from+1])
}

// aboutMarks tells whether the sentence speaks of fields, columns or signs as
// such: what follows are their names.
func (p place) aboutMarks() bool {
	i := p.r.tokenAt(p.at + p.Start)
	if i < 0 {
		return false
	}
	if typed.MatchString(p.before()) {
		return true
	}
	part, from := phrase.Sentence(p.r.tokens, i)
	for _, t := range part[:min(len(part), i-from+1)] {
		if marks[t.Word] {
			return true
		}
	}
	return false
}

var marks = phrase.Words(`champs fields colonne colonnes column columns hashtag hashtags caractere caracteres characters character variable variables balise balises accolades crochets braces brackets pattern placeholder placeholders box boxes checkbox checkboxes cases`)

// typed: what the customer is to type, or to replace, is meant as it stands.
var typed = pattern.Of(`(?i)\b(?:remplacez|remplacer|replace|saisir|saisissez|tapez|taper|type|enter|entrez)\b[^\n!?]{0,40}$`)

// said tells whether the words stand in quotes, as the words of a screen, of an
// engraving or of somebody else do.
func (p place) said() bool {
	return p.at+p.Start <= len(p.r.short) && p.r.quoted(phrase.Span{Start: p.at + p.Start, End: p.at + p.End})
}

var code = pattern.Of("(?s)```.*?(?:```|$)|`[^`\n]+`")

func findHoles(r *reading) []hit {
	text := r.own
	if strings.Contains(text, "`") {
		text = code.ReplaceAllStringFunc(text, func(c string) string { return strings.Repeat("q", len(c)) })
	}
	found := append(r.emptyValues(), r.preamble()...)
	// The other holes lie in one line: only those lines are looked at that have marks.
	at, wanted := 0, make([]bool, len(holeNeedles.patterns))
	for line := range strings.Lines(text) {
		for line != "" {
			part := line[:partOf(line)]
			found = append(found, r.holesIn(part, at, wanted)...)
			at, line = at+len(part), line[len(part):]
		}
	}
	found = slices.DeleteFunc(found, func(s phrase.Span) bool { return text[s.Start:s.End] != r.own[s.Start:s.End] })
	hits := hitsOf(disjoint(found))
	for i, h := range hits {
		hits[i].fix = r.valueOf(r.own[h.Start:h.End])
	}
	return hits
}

// partOf is where a long line is cut for the patterns, behind a sentence: what
// regexp costs grows faster than a line of some hundred bytes.
func partOf(line string) int {
	const long, least = 500, 250
	if len(line) <= long {
		return len(line)
	}
	for at := least; at < len(line)-least/4; at++ {
		if line[at] == ' ' && strings.IndexByte(".!?", line[at-1]) >= 0 && line[at-2] != '.' && line[at-2] != ' ' {
			return at
		}
	}
	return len(line)
}

var holeNeedles = needlesOf(markPatterns, promptPatterns, slotPatterns, emptyPatterns, leftPatterns, laterPatterns)

func (r *reading) holesIn(line string, at int, wanted []bool) []phrase.Span {
	if strings.TrimSpace(line) == "" {
		return nil
	}
	clear(wanted)
	holeNeedles.in(line, wanted)
	if folded := strings.ToLower(line); folded != line {
		holeNeedles.in(folded, wanted)
	}
	var found []phrase.Span
	for i, p := range holeNeedles.patterns {
		if wanted[i] {
			found = append(found, p.find(r, line, at)...)
		}
	}
	return found
}

// find gives the first group of each match, or the match where there is none.
func (p holePattern) find(r *reading, line string, at int) []phrase.Span {
	var found []phrase.Span
	const mostTried = 2000
	for _, m := range p.re.FindAllStringSubmatchIndex(line, mostTried) {
		if len(found) >= mostOfRule {
			break
		}
		s := phrase.Span{Start: m[0], End: m[1]}
		if len(m) > 2 && m[2] >= 0 {
			s = phrase.Span{Start: m[2], End: m[3]}
		}
		if p.keep == nil || p.keep(place{r, line, s, at}) {
			found = append(found, phrase.Span{Start: at + s.Start, End: at + s.End})
		}
	}
	return found
}

// valueOf is what belongs in a hole that names it, where the desk knows it.
func (r *reading) valueOf(hole string) string {
	name := strings.Join(fieldWords(strings.Trim(hole, "{}[]()<>%$#@*|«»_ \u00a0\u202f")), " ")
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

// near is how far around a place the rules look, so that what a draft costs
// grows with its length and no faster.
const near = 200

func tail(s string) string { return strings.ToValidUTF8(s[max(0, len(s)-near):], "") }

// closest is the end of what stands before a place: enough for a word or two.
func closest(s string) string { return strings.ToValidUTF8(s[max(0, len(s)-48):], "") }

func head(s string) string { return cutAt(s, near) }

// laterPatterns are the words by which people put something off.
var laterPatterns = []holePattern{
	{[]string{"lorem", "dolor sit"}, pattern.Of(`(?i)\b(?:lorem ipsum|dolor sit amet)\b`), unsaid},
	{[]string{"TBD", "TBC", "TBA", "TODO", "TO-DO", "FIXME", "FIX-ME"}, pattern.Of(`\b(?:TBD|TBC|TBA|TO-?DO|FIX-?ME)\b`), putOff},
	{
		[]string{"compl", "rempl", "rensei", "défin", "defin", "précis", "precis", "rédig", "redig", "écrire", "ecrire", "formul", "chiffr", "adapter", "personnal", "tradui", "dévelop", "develop", "filled in", "fill in", "written", "drafted"},
		pattern.Of(`(?i)(?:[:(…—–*]|\.{3}|^)[ \t*]*((?:[àa] (?:venir )?(?:compl[ée]ter|remplir|renseigner|d[ée]finir|pr[ée]ciser)|(?:to be )?(?:completed|filled in|fill in|written|drafted)|[àa] (?:r[ée]diger|[ée]crire|formuler|reformuler|chiffrer|adapter|personnaliser|traduire|d[ée]velopper))(?: ?(?:ici|plus tard|svp|here|later))?)[ *]*(?:[)\]».!…,;*\r\n]|$)`),
		notAForm,
	},
	{[]string{"COMPL", "REMPLIR", "FINIR", "RENSEIGNER"}, pattern.Of(`(?:À|A) (?:COMPL[ÉE]TER|REMPLIR|D[ÉE]FINIR|RENSEIGNER)\b`), unsaid},
	{[]string{"INS", "METTRE", "COLLER", "AJOUTER", "ADD", "PUT", "PASTE", "CHECK", "VERIFY", "RIFIER", "DEMANDER", "CONFIRM", "ASK"}, pattern.Of(`\b(?:CHECK|VERIFY|ASK|V[ÉE]RIFIER|DEMANDER|CONFIRM|CONFIRMER|INSERT|INS[ÉE]RER|METTRE|COLLER|AJOUTER|PASTE|PUT|ADD)(?: \p{Lu}+){1,5}`), unshouted},
	{
		[]string{"mention", "delete", "strike"},
		pattern.Of(`(?i)(?:rayer|supprimer|effacer) (?:la|les) mentions? inutiles?|(?:delete|strike(?: out)?) (?:as|where) (?:appropriate|applicable|necessary|needed)`),
		func(p place) bool { return !p.asked() },
	},
}

func unsaid(p place) bool { return !p.said() && !explained.MatchString(p.after()) }

// putOff: "delivery TBC", "TBD by the team", and not "the TBC range".
func putOff(p place) bool {
	next := strings.TrimLeft(p.after(), " ")
	if !unsaid(p) || p.aboutMarks() {
		return false
	}
	return strings.HasPrefix(p.words(), "F") || strings.HasPrefix(p.words(), "TO") || !phrase.IsWord(firstRune(next)) || inSlot(p.before(), "") || putOffBy.MatchString(next)
}

var putOffBy = pattern.Of(`^(?:with|by|avec|par|when|once|before|quand|dès|selon|after|until|asap|soon|tomorrow|later|and|et|à|on|in|dans|le)\b`)

// explained: "TBC means…".
var explained = pattern.Of(`^["»”]? ?(?:means|stands for|signifie|veut dire)\b`)

// unshouted: capitals mean something only where the rest has none.
func unshouted(p place) bool {
	return hasLower(p.around()) || len(p.words()) > len(strings.TrimSpace(p.line))-12
}

func hasLower(line string) bool { return strings.ToUpper(line) != line }

var formBefore = pattern.Of(`(?i)(?:formulaires?|documents?|bons?|dossiers?|bordereaux?|fiches?|forms?|questionnaires?|étiquettes?|pièces?|attestations?)[^\n.!?]{0,30}$`)

// notAForm: a form "à compléter" is the customer's to fill in.
func notAForm(p place) bool {
	return !formBefore.MatchString(p.before()) && (!p.said() || strings.HasSuffix(p.before(), ": « "))
}

// requests ask the customer to write something down.
var requests = phrase.Of(`
	indiquez|indiquer|completez|completer|remplissez|remplir|inscrivez|inscrire|precisez|preciser|renseignez|renseigner|notez|noter|ecrivez|ecrire|saisissez|saisir|entrez|entrer|recopiez|recopier|cochez|cocher|signez|signer|choisissez|repondez|repondre|rayez|barrez
	fill|write|complete|provide|enter|type|tick|choose|reply|state|give
	send|sending _4 back
	send|give|tell|email me|us
	let me|us know
	need|want from you
	dites|dire|donnez|donner|envoyez|envoyer|communiquez|transmettez|confirmez|faut
	renvoyer|renvoyez|retourner|retournez _4 complet*|rempli*`)

// asksAt tells whether the sentence around a place has a request.
func (r *reading) asksAt(at int) bool {
	i := r.tokenAt(at)
	if i < 0 {
		return false
	}
	sentence := r.tokens[i].Sentence
	asks, known := r.asking[sentence]
	if !known {
		part, _ := phrase.Sentence(r.tokens, i)
		if asks = requests.In(part); r.asking == nil {
			r.asking = map[int]bool{}
		}
		r.asking[sentence] = asks
	}
	return asks
}

// tokenAt is the last token that begins at or before a place, -1 without any.
func (r *reading) tokenAt(at int) int {
	i, _ := slices.BinarySearchFunc(r.tokens, at+1, func(t phrase.Token, at int) int { return t.Start - at })
	return i - 1
}

// fieldWords are the words of a field's name: customerFirst_name is three.
func fieldWords(s string) []string {
	s = humps.ReplaceAllString(s, "$1 $2")
	return strings.FieldsFunc(lang.Fold(s), func(r rune) bool {
		return strings.ContainsRune(" +'’_-.:#°/|<>[](){}«»*!…?$%&;,~\u00a0\u202f", r)
	})
}

var humps = pattern.Of(`(\p{Ll})(\p{Lu})`)
