package guard

import (
	"slices"
	"strings"
	"unicode"
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
	var spans []span
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

// saidByCustomer: what stands in the customer's own message is no disclosure.
func (r *reading) saidByCustomer(id identifier) bool {
	return len(id.find(r.facts.Message, r.message)) > 0
}

// named tells whether the customer's message has a family's name.
func (r *reading) named(family string) bool {
	return family != "" && slices.ContainsFunc(r.message, func(t token) bool { return t.word == family })
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
		own.orders[digitsOf(number)] = true
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

func (id identifier) find(text string, tokens []token) []span {
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

func findEmail(text, email string) []span {
	if !strings.Contains(text, "@") {
		return nil
	}
	var found []span
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
		if !inAddress(lastRune(text[:start])) && !isWord(firstRune(text[end:])) && !goesOnAsName(text[end:]) {
			found = append(found, span{start, end})
		}
		i = end
	}
}

func inAddress(r rune) bool { return isWord(r) || strings.ContainsRune("._%+-", r) }

// goesOnAsName: "example.com.au" and "example.com-shop" are other domains.
func goesOnAsName(after string) bool {
	return len(after) > 1 && (after[0] == '.' || after[0] == '-') && isWord(firstRune(after[1:]))
}

// findSpelled finds an address that is spelled out: "paul (at) example [dot] net".
func findSpelled(tokens []token, email string) []span {
	parts := tokensOf(strings.NewReplacer("@", " ", ".", " ").Replace(email))
	var found []span
	for i := range tokens {
		at, spelled := i, false
		for n := 0; n < len(parts) && at < len(tokens); at++ {
			switch w := tokens[at].word; {
			case w == parts[n].word:
				n++
			case n > 0 && isOneOf(w, "at", "arobase", "dot", "point"):
				spelled = true
			default:
				n = len(parts) + 1
			}
			if n == len(parts) && spelled {
				found = append(found, span{tokens[i].start, tokens[at].end})
			}
		}
	}
	return found
}

// findAddress looks for the words of a street one after another, whatever small
// words stand between them.
func (id identifier) findAddress(tokens []token) []span {
	var found []span
	for i := range tokens {
		n := 0
		for j := i; n < len(id.words) && j < len(tokens) && j < i+4*len(id.words); j++ {
			w := streetWord(tokens[j].word)
			if isNumber(w) && again[word(tokens, j+1)] {
				j++
				w += tokens[j].word
			}
			if w == id.words[n] {
				n++
				if n == len(id.words) {
					found = append(found, span{tokens[i].start, tokens[j].end})
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
func (id identifier) findName(text string, tokens []token) []span {
	var found []span
	n := len(id.words)
	for i := range tokens {
		if titles[tokens[i].word] && (addresses[word(tokens, i-1)] || strings.TrimSpace(text[:tokens[i].start]) == "" || strings.HasSuffix(strings.TrimRight(tail(text[:tokens[i].start]), " "), "\n")) {
			if end := id.familyAt(text, tokens, i+1); end > 0 {
				found = append(found, span{tokens[i].start, end})
			}
		}
		if i+n > len(tokens) || n == 1 {
			continue
		}
		same, turned := true, n == 2
		for j, w := range id.words {
			got := tokens[i+j]
			same, turned = same && got.word == w, turned && got.word == id.words[n-1-j]
			if !same && !turned {
				break
			}
			if len(got.word) > 1 && !capital(text, got) && n == 2 && !standsAlone(text, tokens[i], tokens[i+1]) {
				same, turned = false, false
			}
			if j > 0 {
				between := text[tokens[i+j-1].end:got.start]
				same = same && !inOneAddress(between) && !strings.ContainsAny(between, ",.")
				turned = turned && !inOneAddress(between) && (!strings.Contains(between, ",") || capital(text, tokens[i]) && capital(text, got))
			}
		}
		if same || turned {
			found = append(found, span{tokens[i].start, tokens[i+n-1].end})
		}
	}
	return found
}

// addresses are words before a title by which a letter speaks to somebody, or of
// what is theirs; "notre coursier, M. Delmas" may be anybody.
var addresses = wordSet(`bonjour bonsoir hello hi dear cher chere rebonjour de pour chez of for a to et`)

var titles = wordSet(`m mr mme mlle mrs ms miss madame monsieur mademoiselle dr`)

// familyAt gives the end of the family's name behind a title, 0 when another
// stands there: initials and first names may come before it.
func (id identifier) familyAt(text string, tokens []token, i int) int {
	for j := i; j < len(tokens) && j < i+5 && (capital(text, tokens[j]) || particles[tokens[j].word]); j++ {
		if tokens[j].word == id.family && capital(text, tokens[j]) {
			return tokens[j].end
		}
		if !particles[tokens[j].word] && len(tokens[j].word) > 1 && !slices.Contains(id.words, tokens[j].word) {
			return 0
		}
	}
	return 0
}

var particles = wordSet(`de la le du des d l van von der den di da o mc`)

func capital(text string, t token) bool { return unicode.IsUpper(firstRune(text[t.start:])) }

// standsAlone: typed in small letters throughout, a name is one when its words stand
// alone between marks or the line's ends, as nothing tells it from a sentence.
func standsAlone(text string, first, last token) bool {
	return strings.HasSuffix(strings.TrimRight(tail(text[:first.start]), " "), "\n") || first.start == 0 || !isWord(firstRune(strings.TrimLeft(text[last.end:], " ")))
}

// inOneAddress: "paul.delmas" is part of an e-mail address.
func inOneAddress(between string) bool { return isOneOf(between, ".", "_", "@", "+") }

func (id identifier) findPhone(tokens []token) []span {
	var found []span
	for i, t := range tokens {
		if !t.number {
			continue
		}
		digits := ""
		for j := i; j < len(tokens) && j < i+7 && tokens[j].number && len(digits) < 15; j++ {
			digits += digitsOf(tokens[j].word)
			if len(digits) >= 9 && significant(digits) == id.text {
				found = append(found, span{t.start, tokens[j].end})
			}
		}
	}
	return disjoint(found)
}

// orderWords stand before the number of an order.
var orderWords = wordSet(`commande commandes order orders numero number no n ref reference references dossier facture invoice cde retour`)

// findOrder looks for the number as it is written, with other marks in it, or
// its digits alone behind a word for orders.
func (id identifier) findOrder(text string, tokens []token) []span {
	var found []span
	bare := id.text == id.digits
	for i := range tokens {
		if id.inList(tokens, i) {
			found = append(found, span{tokens[i].start, tokens[i].end})
		}
		if s, ok := id.orderAt(text, tokens, i); ok {
			if bare && len(id.digits) < 6 && !behindOrderWord(tokens, i) && !strings.HasSuffix(text[:s.start], "#") {
				continue
			}
			found = append(found, s)
		}
	}
	return disjoint(found)
}

// inList: "ML-20417/20418" are two numbers.
func (id identifier) inList(tokens []token, i int) bool {
	if !strings.Contains(tokens[i].word, "/") || strings.Contains(id.marks, "/") || len(id.digits) < 4 {
		return false
	}
	return slices.Contains(strings.Split(tokens[i].word, "/"), id.digits) && (behindOrderWord(tokens, i) || !isNumber(id.text))
}

func (id identifier) orderAt(text string, tokens []token, i int) (span, bool) {
	const mostParts = 4
	written := ""
	for j := i; j < len(tokens) && j < i+mostParts; j++ {
		if j > i && !joined(text[tokens[j-1].end:tokens[j].start]) {
			return span{}, false
		}
		part := compact(tokens[j].word)
		if part == "" || strings.ContainsFunc(marksIn(tokens[j].word), func(r rune) bool { return !strings.ContainsRune(id.marks, r) }) {
			return span{}, false
		}
		written += part
		s := span{tokens[i].start, tokens[j].end}
		if !strings.HasPrefix(id.text, written) && written != id.digits && !strings.HasPrefix(id.digits, written) {
			return span{}, false
		}
		whole := written == id.text || written == id.digits && len(id.digits) >= 4 && behindOrderWord(tokens, i)
		if whole {
			return s, !id.moreFollows(text, tokens, i, j)
		}
	}
	return span{}, false
}

// joined: parts of one number stand side by side or have a mark between them.
func joined(between string) bool {
	return len(between) <= 3 && strings.Trim(between, " -_./#\u00a0\u202f–") == ""
}

// moreFollows tells whether the number is part of a longer one, an amount or a
// measure. Letters may stand before one that begins with letters ("FA-ML-20418").
func (id identifier) moreFollows(text string, tokens []token, i, j int) bool {
	before, after := text[:tokens[i].start], text[tokens[j].end:]
	if strings.HasSuffix(before, "-") && isWord(lastRune(before[:len(before)-1])) && (isNumber(id.text) || tokens[i].number || i > 0 && tokens[i-1].number) {
		return true
	}
	return strings.HasPrefix(after, "-") && isWord(firstRune(after[1:])) || measures[word(tokens, j+1)]
}

var measures = wordSet(`€ $ £ eur euros euro mm cm cm² cm³ m m² m³ km g gr kg mg ml cl l w kw v mah go gb mo px exemplaires pieces articles items dans`)

func behindOrderWord(tokens []token, i int) bool {
	for j := i - 1; j >= 0 && j >= i-6 && tokens[j].sentence == tokens[i].sentence; j-- {
		if orderWords[tokens[j].word] {
			return true
		}
		if j == i-1 && isOneOf(tokens[j].word, "la", "the") {
			part, from := sentenceOf(tokens, i)
			return slices.ContainsFunc(part[:i-from], func(t token) bool { return isOneOf(t.word, "commande", "order", "facture", "invoice") })
		}
		if j == i-1 && isOneOf(tokens[j].word, "de", "du", "of", "from") {
			return false
		}
		if !tokens[j].number && !isOneOf(tokens[j].word, "est", "is", "et", "and", "ou", "or", "la", "le", "the", "portant", "votre", "your", "ml") && len(tokens[j].word) > 3 {
			return false
		}
	}
	return false
}
