package guard

import (
	"slices"
	"strings"
	"unicode"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// wrongCustomerRule never lets another customer's name, order, postal or e-mail
// address leave (GDPR, article 5, 1 f). What is the customer's own as well, and
// what the customer wrote first, tells them nothing and passes.
var wrongCustomerRule = rule{
	name:     "wrong_customer",
	severity: NeverPassed,
	kinds:    everyKind,
	french:   "Ceci appartient à un autre client : vérifiez à qui vous écrivez, puis effacez ces mots.",
	english:  "This belongs to another customer: check whom you are writing to, then delete these words.",
	find:     findWrongCustomers,
}

func findWrongCustomers(r *reading) []hit {
	if len(r.facts.Others) == 0 {
		return nil
	}
	own := r.ownIdentity()
	var spans []phrase.Span
	for _, other := range r.facts.Others {
		id := identifierOf(other)
		if id.kind == noIdentifier || own.has(id) {
			continue
		}
		if own.families[id.family] || r.named(id.family) {
			id.family = "" // the same name, or one that the customer brought up
		}
		for _, s := range id.find(r.short, r.tokens) {
			if !r.saidByCustomer(id) {
				spans = append(spans, s)
			}
		}
	}
	return hitsOf(disjoint(spans))
}

// saidByCustomer: what stands in the customer's own message is no disclosure, a
// name in whatever letters.
func (r *reading) saidByCustomer(id identifier) bool {
	if id.kind == personalName && len(id.words) > 1 {
		for i := range r.message {
			j := 0
			for j < len(id.words) && phrase.Word(r.message, i+j) == id.words[j] {
				j++
			}
			if j == len(id.words) {
				return true
			}
		}
	}
	return len(id.find(r.facts.Message, r.message)) > 0
}

// named tells whether the customer's message has a family's name.
func (r *reading) named(family string) bool {
	return family != "" && slices.ContainsFunc(r.message, func(t phrase.Token) bool { return t.Word == family })
}

// identity is what is the customer's own, or the shop's.
type identity struct {
	emails, orders, names, families map[string]bool
}

func (r *reading) ownIdentity() identity {
	f := r.facts
	own := identity{emails: map[string]bool{}, orders: map[string]bool{}, names: map[string]bool{}, families: map[string]bool{}}
	own.emails[strings.ToLower(strings.TrimSpace(f.Customer.Email))] = true
	for _, number := range f.Orders {
		own.orders[compact(number)] = true
		own.orders[phrase.Digits(number)] = true
	}
	for _, name := range []string{f.Customer.Name, f.Author.Name, f.Shop.Name} {
		own.names[strings.Join(nameParts(name), " ")] = true
		for _, part := range nameParts(name) {
			own.families[part] = true
		}
	}
	return own
}

func (own identity) has(id identifier) bool {
	switch id.kind {
	case emailAddress:
		return own.emails[id.text]
	case orderNumber:
		return own.orders[id.text]
	case personalName:
		return own.names[strings.Join(id.words, " ")]
	default:
		return false
	}
}

func (id identifier) find(text string, tokens []phrase.Token) []phrase.Span {
	switch id.kind {
	case emailAddress:
		return append(findEmail(text, id.text), findSpelled(tokens, id.text)...)
	case orderNumber:
		return id.findOrder(text, tokens)
	case phoneNumber:
		return id.findPhone(tokens)
	case postalAddress:
		return id.findAddress(tokens)
	case personalName:
		return id.findName(text, tokens)
	default:
		return nil
	}
}

func findEmail(text, email string) []phrase.Span {
	if !strings.Contains(text, "@") {
		return nil
	}
	var found []phrase.Span
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		lower = text // a letter that changes its length: as it stands
	}
	for i := 0; ; {
		at := strings.Index(lower[i:], email)
		if at < 0 {
			return found
		}
		start, end := i+at, i+at+len(email)
		if !inAddress(lastRune(text[:start])) && !phrase.IsWord(firstRune(text[end:])) && !goesOnAsName(text[end:]) {
			found = append(found, phrase.Span{Start: start, End: end})
		}
		i = end
	}
}

func inAddress(r rune) bool { return phrase.IsWord(r) || strings.ContainsRune("._%+-", r) }

// goesOnAsName: "example.com.au" and "example.com-shop" are other domains.
func goesOnAsName(after string) bool {
	return len(after) > 1 && (after[0] == '.' || after[0] == '-') && phrase.IsWord(firstRune(after[1:]))
}

// findSpelled finds an address that is spelled out: "paul (at) example [dot] net".
func findSpelled(tokens []phrase.Token, email string) []phrase.Span {
	parts := phrase.Tokens(strings.NewReplacer("@", " ", ".", " ").Replace(email))
	var found []phrase.Span
	for i := range tokens {
		at, spelled := i, false
		for n := 0; n < len(parts) && at < len(tokens); at++ {
			switch w := tokens[at].Word; {
			case w == parts[n].Word:
				n++
			case n > 0 && phrase.OneOf(w, "at", "arobase", "dot", "point"):
				spelled = true
			default:
				n = len(parts) + 1
			}
			if n == len(parts) && spelled {
				found = append(found, phrase.Span{Start: tokens[i].Start, End: tokens[at].End})
			}
		}
	}
	return found
}

// findAddress looks for the words of a street one after another, whatever small
// words stand between them.
func (id identifier) findAddress(tokens []phrase.Token) []phrase.Span {
	var found []phrase.Span
	for i := range tokens {
		n := 0
		for j := i; n < len(id.words) && j < len(tokens) && j < i+4*len(id.words); j++ {
			w := streetWord(tokens[j].Word)
			if isNumber(w) && again[phrase.Word(tokens, j+1)] {
				j++
				w += tokens[j].Word
			}
			if w == id.words[n] {
				n++
				if n == len(id.words) {
					found = append(found, phrase.Span{Start: tokens[i].Start, End: tokens[j].End})
				}
			} else if n == 0 || !smallWords[w] {
				break
			}
		}
	}
	return found
}

// findName looks for the words in a row and in capitals, as names are written;
// of two it takes the other order as well ("DELMAS, Paul"), and behind a title
// the family's name alone ("Monsieur Delmas").
func (id identifier) findName(text string, tokens []phrase.Token) []phrase.Span {
	var found []phrase.Span
	n := len(id.words)
	for i := range tokens {
		if titles[tokens[i].Word] && !isStaff(tokens, i) {
			if end := id.familyAt(text, tokens, i+1); end > 0 {
				found = append(found, phrase.Span{Start: tokens[i].Start, End: end})
			}
		}
		if s, ok := id.familyAlone(text, tokens, i); ok {
			found = append(found, s)
			continue
		}
		if id.double && i > 0 && i+1 < len(tokens) && tokens[i].Word == id.words[n-2] && tokens[i+1].Word == id.family && capital(text, tokens[i]) && text[tokens[i].End:tokens[i+1].Start] == "-" {
			found = append(found, phrase.Span{Start: tokens[i].Start, End: tokens[i+1].End})
			continue
		}
		if i+n > len(tokens) || n == 1 {
			continue
		}
		same, turned := true, n == 2 || n == 3
		for j, w := range id.words {
			got := tokens[i+j]
			same, turned = same && got.Word == w, turned && got.Word == id.words[(j+1)%n]
			if !same && !turned {
				break
			}
			if len(got.Word) > 1 && !capital(text, got) && n == 2 && (len(id.family) < 5 || commonFamilies[id.family]) && !standsAlone(text, tokens[i], tokens[i+1]) {
				same, turned = false, false
			}
			if j > 0 {
				between := text[tokens[i+j-1].End:got.Start]
				same = same && !inOneAddress(between) && !strings.ContainsAny(between, ",.")
				turned = turned && !inOneAddress(between) && (!strings.Contains(between, ",") || capital(text, tokens[i]) && capital(text, got))
			}
		}
		if same || turned {
			found = append(found, phrase.Span{Start: tokens[i].Start, End: tokens[i+n-1].End})
		}
	}
	return found
}

// familyAlone finds the family's name without title or first name where only a
// customer's can stand: behind a greeting, an initial of theirs, or "the order
// of". A family's name that is a first name or a common word says nothing alone.
func (id identifier) familyAlone(text string, tokens []phrase.Token, i int) (phrase.Span, bool) {
	t := tokens[i]
	if t.Word != id.family || len(t.Word) < 4 || !capital(text, t) || i == 0 {
		return phrase.Span{}, false
	}
	before := tokens[i-1]
	between := text[before.End:t.Start]
	if i+1 < len(tokens) && capital(text, tokens[i+1]) && text[t.End:tokens[i+1].Start] == " " && !slices.Contains(id.words, tokens[i+1].Word) {
		return phrase.Span{}, false // "de Fontaine Royale" is somewhere else
	}
	switch {
	case len(before.Word) == 1 && capital(text, before) && len(id.words) > 1 && before.Word == id.words[0][:1] && strings.Trim(between, ". \u00a0") == "":
		return phrase.Span{Start: before.Start, End: t.End}, true
	case commonFamilies[t.Word]:
		return phrase.Span{}, false
	case strings.Trim(between, " \u00a0'’") != "" || before.Sentence != t.Sentence:
		return phrase.Span{}, false
	case hails[before.Word]:
		return t.Span, true
	case holds[before.Word]:
		if phrase.OneOf(before.Word, "de", "d", "of", "from", "by") {
			return t.Span, theirs[phrase.Word(tokens, i-2)]
		}
		return t.Span, !streets[phrase.Word(tokens, i-2)]
	}
	return phrase.Span{}, false
}

var (
	hails = phrase.Words(`bonjour bonsoir hello hi dear cher chere chers rebonjour hey salut`)
	holds = phrase.Words(`with avec de d pour chez famille dossier commande colis client cliente nom of for from by customer order parcel name family`)
	// theirs are what a customer has, and is told apart by their name.
	theirs = phrase.Words(`famille dossier commande colis client cliente nom customer order parcel name family facture retour adresse paquet livraison mail message compte
 cadeau invoice return address package delivery email account file case refund remboursement`)
	// streets are called by families too.
	streets = phrase.Words(`rue place avenue boulevard allee chemin impasse quai square cours pont gare ville commune quartier maison marque collection modele street road lane brand`)
	// commonFamilies are first names and words of every day as well.
	commonFamilies = phrase.Words(`martin bernard thomas robert richard laurent simon michel david vincent andre francois roger denis guillaume olivier charles henry paul louis
 nicolas mathieu gabriel raymond gerard maurice pierre jean arthur benoit gilbert daniel remy xavier marie rose claire blanc noir petit grand leroux roux brun
 legrand marchand boulanger berger meunier fontaine dupuis riviere france royer prince paris lyon lille bourgogne noel pascal clement victor felix hugo marc luc
 james john george scott grant lewis oliver henry thomas young king white black green brown gray grey stone wood hill field rivers summer winter may june april grace hope faith`)
)

// isStaff: "notre coursier, M. Delmas" is somebody of the shop's.
func isStaff(tokens []phrase.Token, i int) bool {
	for j := i - 1; j >= max(0, i-4) && tokens[j].Sentence == tokens[i].Sentence; j-- {
		if staff[tokens[j].Word] || phrase.OneOf(tokens[j].Word, "notre", "our") && j < i-1 && !phrase.OneOf(tokens[j+1].Word, "client", "cliente", "customer") {
			return true
		}
	}
	return false
}

var staff = phrase.Words(`coursier livreur livreuse facteur chauffeur technicien technicienne artisan artisane gerant gerante gardien gardienne concierge bijoutier bijoutiere orfevre
 directeur directrice responsable collegue conseiller conseillere expert experte vendeur vendeuse docteur avocat notaire installateur poseur tapissier auteur autrice
 courier driver postman technician colleague manager director adviser advisor expert caretaker neighbour jeweller maker engineer plumber fitter author upholsterer vet`)

var titles = phrase.Words(`m mr mme mlle mrs ms miss madame monsieur mademoiselle dr`)

// familyAt gives the end of the family's name behind a title, 0 when another
// stands there: initials and first names may come before it, and a name of two
// parts may be written with or without its hyphen. In small letters it is one
// unless it is a word of every day.
func (id identifier) familyAt(text string, tokens []phrase.Token, i int) int {
	for j := i; j < len(tokens) && j < i+5; j++ {
		t := tokens[j]
		written := capital(text, t) || len(t.Word) > 3 && !commonFamilies[t.Word]
		if t.Word == id.family && written {
			return t.End
		}
		if !particles[t.Word] && len(t.Word) > 1 && !slices.Contains(id.words, t.Word) {
			return 0
		}
	}
	return 0
}

var particles = phrase.Words(`de la le du des d l van von der den di da o mc`)

func capital(text string, t phrase.Token) bool { return unicode.IsUpper(firstRune(text[t.Start:])) }

// standsAlone: typed in small letters throughout, a name is one when its words stand
// alone between marks or the line's ends, as nothing tells it from a sentence.
func standsAlone(text string, first, last phrase.Token) bool {
	return strings.HasSuffix(strings.TrimRight(tail(text[:first.Start]), " "), "\n") || first.Start == 0 || !phrase.IsWord(firstRune(strings.TrimLeft(text[last.End:], " ")))
}

// inOneAddress: "paul.delmas" is part of an e-mail address.
func inOneAddress(between string) bool { return phrase.OneOf(between, ".", "_", "@", "+") }

func (id identifier) findPhone(tokens []phrase.Token) []phrase.Span {
	var found []phrase.Span
	for i, t := range tokens {
		if !t.Number {
			continue
		}
		digits := ""
		for j := i; j < len(tokens) && j < i+7 && tokens[j].Number && len(digits) < 15; j++ {
			digits += phrase.Digits(tokens[j].Word)
			if len(digits) >= 9 && significant(digits) == id.text {
				found = append(found, phrase.Span{Start: t.Start, End: tokens[j].End})
			}
		}
	}
	return disjoint(found)
}
