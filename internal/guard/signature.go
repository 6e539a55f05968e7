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
		if r.draft.Channel == "chat" {
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
		if m := withTeam.FindStringSubmatch(line); m != nil && givenNames[lang.Fold(m[1])] {
			return true
		}
		if m := answeredBy.FindStringSubmatch(line); signs(line, f, true) || m != nil && givenNames[lang.Fold(m[1])] && !partsSet(f.Shop.Name)[lang.Fold(m[1])] {
			return true
		}
	}
	first, rest, _ := strings.Cut(strings.TrimSpace(signature), "\n")
	return strings.TrimSpace(rest) != "" && oneWord.MatchString(first) && looksLikeName("X. "+first, partsSet(f.Shop.Name)) // a rare first name, above a function
}

// withTeam: "Nathan & toute l'équipe".
var withTeam = pattern.Of(`^(\p{Lu}[\p{L}-]+) (?i:&|et|and|\+) (?i:toute|tous|l['’]|la|le|the|notre|our|all|everyone)`)

// answeredBy: "You were helped by Beth today".
var answeredBy = pattern.Of(`(?i:\b(?:by|par|avec|with|this is|it['’]s|c['’](?:est|était)|moi,?)) (\p{Lu}\p{Ll}+)(?:[ .,!–-]|$)`)

var oneWord = pattern.Of(`^\p{Lu}\p{Ll}{2,11} ?\r?$`)

// signedByHand reads the last lines that the author wrote.
func signedByHand(text string, f Facts) bool {
	lines := lastLines(text, 8)
	for i, line := range lines {
		if i > 0 && signs(line, f, i >= len(lines)-4) {
			return true
		}
	}
	return len(lines) > 0 && endsInName(lines[len(lines)-1], f)
}

// endsInName: "…livraison demain. youssef", "Regards, Ben O.": the last words of the
// letter are its author's name, in whatever letters.
func endsInName(line string, f Facts) bool {
	author, shop, customer := partsSet(f.Author.Name), partsSet(f.Shop.Name), partsSet(f.Customer.Name)
	tokens := phrase.Tokens(line)
	for i := len(tokens) - 1; i >= max(0, len(tokens)-5); i-- {
		w := tokens[i].Word
		if author[w] && !nobody[w] {
			return !customer[w] || i > 0 && author[tokens[i-1].Word]
		}
		if len(w) > 1 && !shop[w] && !nobody[w] {
			return false
		}
	}
	return false
}

const longestSignature = 160 // bytes of a line

var (
	betweenParts = pattern.Of(`[,|–—·/*_\n~]|\s-\s|^-+\s?|[.!?:] |\s(?:from|at|@|pour|chez|du|de la)\s`)
	// whereabouts are an address or a telephone number.
	whereabouts = pattern.Of(`(?i)\d{1,4} ?(?:bis|ter)?,? (?:rue|avenue|av\.|bd|boulevard|place|chemin|quai|route|all[ée]e|impasse|\p{L}+ (?:street|road|lane))\b|(?:\+\d{2} ?|0)\d(?:[ .]?\d{2}){4}`)
	initial     = pattern.Of(`\b(\p{Lu}|Mr|Mrs|Ms|Dr)\. (\p{Lu})`)
	aside       = pattern.Of(`\([^()\n]{0,40}\)`)
)

// signs tells whether a line names a person and says nothing else: "Véronica",
// "Cordialement, Marc", "Paul Delmas – service client". Somebody else than the
// author counts too where anybody may be meant.
func signs(line string, f Facts, anybody bool) bool {
	author, shop, customer := partsSet(f.Author.Name), partsSet(f.Shop.Name), partsSet(f.Customer.Name)
	line = initial.ReplaceAllString(aside.ReplaceAllString(strings.TrimSpace(line), ""), "$1.$2")
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
	at := 0
	for _, part := range parts {
		at += strings.Index(line[at:], part)
		places := placeBefore.MatchString(line[:at]) // "at Charles Dickens Hall"
		at += len(part)
		part = strings.TrimRight(strings.TrimSpace(part), " :;)x❤")
		named, other := false, false
		words := nameParts(part)
		for _, w := range words {
			his := author[w] || len(w) >= 3 && isShortOf(w, author)
			named = named || his
			other = other || !his && !shop[w] && !nobody[w]
		}
		if named && !other {
			return true
		}
		if anybody && !places && len(parts) <= 4 && len(words) > 0 && !customer[words[0]] && looksLikeName(part, shop) {
			return true
		}
	}
	return false
}

// isShortOf: "Véro" is Véronica.
func isShortOf(w string, author map[string]bool) bool {
	for name := range author {
		if strings.HasPrefix(name, w) {
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
		if i == 0 || phrase.OneOf(tokens[i-1].Word, "et", "and", "m", "am", "suis", "is", "s", "ici", "moi") {
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

var (
	personName  = pattern.Of(`^(?:(?:M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) ?)?(?:\p{Lu}\. ?){0,2}\p{Lu}[\p{L}'’-]+(?: (?:\p{Lu}\.?|(?:(?:d[eu]s?|van|von|der|den|le|la|el|al|ben|bin|mac|o) |d['’])?\p{Lu}[\p{L}'’-]*)){0,3}$`)
	titled      = pattern.Of(`^(?:M\.|Mr\.|Mrs\.|Ms\.|Dr\.|(?:Mme|Mlle|Mr|Mrs|Ms|Dr) )|^\p{Lu}\. ?\p{Lu}|^\p{Lu}\p{L}+ \p{Lu}\.?$`)
	placeBefore = pattern.Of(`(?i)\s(?:from|at|@|pour|chez|du|de la)\s$`)
)

// looksLikeName: one to four capitalised words that begin with a first name, a
// title or an initial, none of which is a word of teams, greetings or the shop. Two
// words and more may also be a name of which nobody has heard.
func looksLikeName(line string, shop map[string]bool) bool {
	if len(line) > 60 || !personName.MatchString(line) {
		return false
	}
	parts := nameParts(line)
	for _, part := range parts {
		if nobody[part] || shop[part] || len(part) > 8 && (strings.HasSuffix(part, "ement") || strings.HasSuffix(part, "erie")) {
			return false
		}
	}
	if titled.MatchString(line) || givenNames[parts[0]] {
		return !slices.ContainsFunc(parts, func(p string) bool { return places[p] })
	}
	if len(parts) < 2 || strings.HasPrefix(line, "RCS") {
		return false
	}
	return !slices.ContainsFunc(parts, func(p string) bool { return places[p] || p == strings.ToUpper(p) })
}

// places are words of shops' and places' names that no person has.
var places = phrase.Words(`ltd limited llc inc plc sarl sas sa gmbh co company compagnie societe group groupe hall house street road lane avenue rue quai square garden gardens jardin jardins
 books livres editions press studio studios lab labs laboratoire box office hotline standard accueil espace pole quartier centre center galerie gallery museum musee theatre hotel
 tel tel. telephone phone fax rcs siret tva vat capital registered england france europe paris lyon london nantes ouvert open horaires hours www com mail
 sons fils filles freres brothers sisters daughters associes partners pret porter bijoux jewels jewellery toys jouets vins wines cafe coffee tea the bar cave caves fromages fromager fromagers
 mode fashion home deco design beaute beauty care skin pets animaux sport sports velo velos bikes cycles outdoor market marche hub online web digital express depot entrepot warehouse
 billetterie billets tickets conciergerie concierge comptoir fabrique manufacture forge fournil moulin ferme farm domaine chateau epicerie pharmacie optique optical
 librairie garage ecole institut fondation association collectif studio salon cabinet clinique magasin tabac bazar line desk advice helpline
 envoye sent transmis iphone android samsung outlook gmail mobile personal personnel shopping agent bot robot noreply reply automatique automatic elves lutins human humans crew gang folks`)

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
