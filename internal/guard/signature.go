package guard

import (
	"slices"
	"strings"
	"unicode"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// signatureRule stops an answer that no person signs (P04): neither what the app
// appends nor the last lines of the draft name somebody. It stands for the whole
// draft. In chat the name beside each line is the signature.
var signatureRule = rule{
	name:     "signature",
	severity: Stops,
	kinds:    personsKinds,
	french:   "Aucune personne ne signe : ajoutez votre prénom ou votre nom dans vos réglages, il sera mis sous chaque réponse.",
	english:  "Nobody signs: add your first or full name in your settings, it goes under each answer.",
	find: func(r *reading) []hit {
		f := r.facts
		if r.draft.Channel == "chat" && strings.TrimSpace(f.Author.Name) != "" {
			return nil
		}
		unknown := f.SignatureUnknown && strings.TrimSpace(f.Author.Name) == ""
		if unknown || namesPerson(f.Signature, f) || signedByHand(r.plain.text, f) {
			return nil
		}
		return []hit{{}}
	},
}

// namesPerson tells whether a signature is a person's and not a team's alone.
func namesPerson(signature string, f Facts) bool {
	author := partsSet(f.Author.Name)
	if slices.ContainsFunc(nameParts(signature), func(w string) bool { return author[w] && !nobody[w] }) {
		return true
	}
	for line := range strings.Lines(signature) {
		if signs(line, f, true) {
			return true
		}
	}
	return false
}

// signedByHand reads the last lines that the author wrote.
func signedByHand(text string, f Facts) bool {
	lines := lastLines(text, 8)
	for i, line := range lines {
		if i > 0 && signs(line, f, i >= len(lines)-4) {
			return true
		}
	}
	return false
}

const longestSignature = 160 // bytes of a line

var (
	betweenParts = pattern.Of(`[,|–—·/*_\n~]|\s-\s|^-+\s?|[.!?:] |\s(?:from|at|@|pour|chez|du|de la)\s`)
	// whereabouts are an address or a telephone number.
	whereabouts = pattern.Of(`(?i)\d{1,4} ?(?:bis|ter)?,? (?:rue|avenue|av\.|bd|boulevard|place|chemin|quai|route|all[ée]e|impasse|\p{L}+ (?:street|road|lane))\b|(?:\+\d{2} ?|0)\d(?:[ .]?\d{2}){4}`)
	aside       = pattern.Of(`\([^()\n]{0,40}\)`)
)

// signs tells whether a line names a person and says nothing else: "Véronica",
// "Cordialement, Marc", "Paul Delmas – service client". Somebody else than the
// author counts too where anybody may be meant.
func signs(line string, f Facts, anybody bool) bool {
	author, shop, customer := partsSet(f.Author.Name), partsSet(f.Shop.Name), partsSet(f.Customer.Name)
	line = aside.ReplaceAllString(strings.TrimSpace(line), "")
	if at := whereabouts.FindStringIndex(line); at != nil {
		line = line[:at[0]]
	}
	if anybody && namesHerself(line, author, customer) {
		return true
	}
	if len(line) > longestSignature {
		return false
	}
	parts := betweenParts.Split(line, -1)
	for _, part := range parts {
		part = strings.TrimRight(strings.TrimSpace(part), " :;)x❤")
		named, other := false, false
		words := nameParts(part)
		for _, w := range words {
			named = named || author[w]
			other = other || !author[w] && !shop[w] && !nobody[w]
		}
		if named && !other {
			return true
		}
		if anybody && len(parts) <= 4 && len(words) > 0 && !customer[words[0]] && looksLikeName(part, shop) {
			return true
		}
	}
	return false
}

// namesHerself: "Véronica vous souhaite une belle journée", "toute l'équipe et
// Véronica", "I'm Véronica". The author's own name is no third person's.
func namesHerself(line string, author, customer map[string]bool) bool {
	tokens := phrase.Tokens(line)
	for i, t := range tokens {
		if !author[t.Word] || customer[t.Word] {
			continue
		}
		if i == 0 || phrase.OneOf(tokens[i-1].Word, "et", "and", "m", "am", "suis", "is", "ici", "moi") {
			return true
		}
	}
	return false
}

func partsSet(name string) map[string]bool { return phrase.Words(strings.Join(nameParts(name), " ")) }

// lastLines are the last lines with words, none of them quoted.
func lastLines(text string, most int) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, ">") {
			lines = append(lines, line)
		}
	}
	return lines[max(0, len(lines)-most):]
}

// nobody are the words of signatures that name no person.
var nobody = phrase.Words(`service services client clients clientele equipe team support customer care sav apres vente boutique shop store maison
 cordialement bien sincerement amicalement merci bonne belle journee soiree regards best kind warm warmly sincerely yours faithfully thanks thank you cheers
 votre notre nos vos le la les l de du des et the our your and from conseiller conseillere relation relations contact direction administration comptabilite
 assistant assistance help desk department departement office accueil info bonjour hello dear madame monsieur conseil
 joyeuses joyeux fetes noel happy holidays holiday merry christmas new year years season greetings bon end annee meilleurs voeux affectueusement anniversaire birthday paques easter truly lovely great nice
 chaleureusement respectueusement salutations distinguees bientot tout toute toutes a au plaisir avec tres agreable excellente wishes day evening week weekend
 fin semaine ml suivi commande commandes order orders demain lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday
 ok oui non yes no voila hi pour chez for at cdt cdlt slts bav rgds br xoxo fait done parti note recu parfait super sent all set deal bisous
 atelier workshop expert experte responsable manager gerant gerante fondateur fondatrice createur creatrice founder owner x love hugs`)

var personName = pattern.Of(`^(?:M\. |Mme |Mr |Ms |\p{Lu}\. )?\p{Lu}[\p{L}'’-]+(?: (?:\p{Lu}\.|(?:d[eu]s? |d['’]|van |von |le |la )?\p{Lu}[\p{L}'’-]*)){0,3}$`)

// looksLikeName: one to four capitalised words, none of which is a word of teams,
// greetings or the shop.
func looksLikeName(line string, shop map[string]bool) bool {
	if len(line) > 60 || !personName.MatchString(line) {
		return false
	}
	for _, part := range nameParts(line) {
		if nobody[part] || shop[part] || len(part) > 8 && strings.HasSuffix(part, "ement") {
			return false
		}
	}
	return true
}

// nameParts are the words of a name that could not be anybody's initials.
func nameParts(name string) []string {
	var parts []string
	for _, p := range strings.FieldsFunc(lang.Fold(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(p) > 1 {
			parts = append(parts, p)
		}
	}
	return parts
}
