package guard

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// An empty value leaves a sentence that limps: a word that asks for another one
// ("chez", "your") stands before a verb, or before a word that asks for one
// itself. The lists hold neighbours that no sentence has, in small letters with
// their accents, since "a" and "à" are two words.

// limping are pairs of neighbours, by the first.
var limping = func() map[string]map[string]bool {
	const is = ` est sera sont seront était étaient avait ont aura auront `
	all := map[string]map[string]bool{}
	for words, list := range map[string]string{
		"le":                         ` nous est à entre chez et jusqu depuis via afin avant `,
		"du au":                      is + ` et entre chez jusqu depuis via afin `,
		"de":                         is + ` pour entre depuis via afin et ans an euros euro eur kg cm mm ml heures heure `,
		"reste":                      ` points jours jour heures semaines mois euros exemplaires pièces minutes `,
		"pèse pèsent":                ` kg g grammes `,
		"coûte coûtera":              ` euros euro `,
		"contient comprend comporte": ` articles pièces produits exemplaires `,
		"to":                         ` by `,
		"via":                        ` on at by and et est is was to `,
		"weighs":                     ` kg g lb `,
		"with":                       ` at `,
		"by":                         ` at on `,
		"d l":                        ` n est sera sont seront de du pour par dans sur `,
		"par":                        is + ` à et entre depuis via afin `,
		"chez":                       is + ` a à et au du pour par sous dans avec via afin `,
		"sous":                       is + ` a à et jours jour heures semaines semaine mois `,
		"dans":                       is + ` jours jour heures semaines semaine mois `,
		"pendant":                    is + ` jours jour heures semaines semaine mois `,
		"depuis après":               ` jours jour heures semaines mois `,
		"entre":                      is + ` et h `,
		"à":                          ` et est h `,
		"vers avant":                 ` h `,
		"votre notre":                is + ` a à et du au par chez sous pour dans avec `,
		"cette":                      is + ` a à et du au par chez sous pour `,
		"vos nos":                    ` sont seront ont et à du au par chez sous `,
		"dès":                        is + ` et `,
		"the":                        ` is was has are were of at from with by and `,
		"your our":                   ` is was has are were of at from with by and `,
		"between":                    ` and is was `,
		"until":                      ` and is was `,
	} {
		for _, first := range strings.Fields(words) {
			all[first] = phrase.Words(list)
		}
	}
	return all
}()

// limpingAfter are pairs that limp behind some words only: English leaves many a
// word like "from" alone ("the number you called from is…"), and many a French
// accent is left out ("un retard du à la grève").
var limpingAfter = []struct{ after, first, then map[string]bool }{
	{named, phrase.Words(`is est`), phrase.Words(`and et or ou mais but`)},
	{phrase.Words(`est sera était`), phrase.Words(`de`), phrase.Words(`semaines jours mois minutes points`)},
	{phrase.Words(`commandé commandée commandés commandées choisi choisie acheté achetée retourné retournée`), phrase.Words(`le`), phrase.Words(`sera seront`)},
	{phrase.Words(`booking reservation table party room stay réservation chambre commande order`), phrase.Words(`for pour`), phrase.Words(`people persons guests adults nights personnes adultes nuits convives`)},
	{phrase.Words(`made manufactured signed accepted approved handled repaired checked built designed`), phrase.Words(`by`), phrase.Words(`and but is was will has at on to from with`)},
	{phrase.Words(`équipe team`), phrase.Words(`de at`), phrase.Words(`vous nous will wishes wish thanks is has and`)},
	{phrase.Words(`in at on from of`), phrase.Words(`row seat room gate platform table slot locker aisle batch`), phrase.Words(`are is was were will has have on at`)},
	{phrase.Words(`delivery appointment order visit booking it parcel date slot moved changed`), phrase.Words(`from`), phrase.Words(`to until`)},
	{phrase.Words(`made`), phrase.Words(`by`), phrase.Words(`between on at`)},
	{phrase.Words(`order orders parcel package message email request letter call payment`), phrase.Words(`from of for`), phrase.Words(`has is was will to at on`)},
	{phrase.Words(`you`), phrase.Words(`on`), phrase.Words(`at and`)},
	{phrase.Words(`appointment delivery visit`), phrase.Words(`on of`), phrase.Words(`at is has will`)},
	{amounts, phrase.Words(`of`), phrase.Words(`has was will is on by to within from and for`)},
	{amounts, phrase.Words(`de`), phrase.Words(`a à sous sur par pour vous hier dans avec`)},
	{phrase.Words(`arrive arrives delivered ready available shipped processed refunded sent you card account`), phrase.Words(`within in`), phrase.Words(`business working`)},
	{phrase.Words(`commande colis facture vous dossier demande message appel courrier livraison`), phrase.Words(`du`), phrase.Words(`à`)},
	{phrase.Words(`expédié expédiée envoyé envoyée livré livrée livrés livrées prévu prévue reçu reçue fixé fixée reporté reportée passé passée`), phrase.Words(`le`), phrase.Words(`par dans pour avec sur sous au`)},
}

// limpsLater are their first words.
var limpsLater = func() map[string]bool {
	all := map[string]bool{}
	for _, l := range limpingAfter {
		for w := range l.first {
			all[w] = true
		}
	}
	return all
}()

var (
	sent = phrase.Words(`placed shipped sent delivered dispatched posted refunded issued paid collected booked arrive arrives due
 scheduled returned ordered received created processed ends end starts begins expires renews runs`)
	amounts = phrase.Words(`montant somme total valeur remise réduction rabais remboursement virement amount sum refund payment discount value credit charge balance fee deposit solde acompte frais price prix paiement versement règlement chèque`)
)

// Behind these two spaces and more are a value's place when a word follows that
// begins no name of a thing.
var (
	asking = phrase.Words(`le du au de à chez par sous entre dans votre notre vos nos pour avec sur vers depuis pendant d l jusqu via
 the your our of to on by from with between within at until for in`)
	beginsNothing = phrase.Words(`est a sera sont seront était été et ou à au du par pour sur sous dans chez avec entre jusqu
 is was has will and or to of on at by from with in for been until are
 jour jours heure heures semaine semaines mois euro euros eur dès hier demain avant après tomorrow today yesterday before after day days hour hours week weeks business working arrive arrivera`)
)

var (
	copulas     = phrase.Words(`is are was est sera costs coûte`)
	joins       = phrase.Words(`and et or ou but mais`)
	takesObject = phrase.Words(`contacter contacté contactons recontacter`)
	objects     = phrase.Words(`nous vous me te le la les l lui se s y en us you me him her them it`)
)

// lacksObject: "vous pouvez contacter au 01…" names nobody, before the verb or
// behind it.
func (r *reading) lacksObject(i int, first, then string) bool {
	if !takesObject[first] || !phrase.OneOf(then, "au", "aux", "sur", "par") {
		return false
	}
	for j := max(0, i-3); j < i; j++ {
		if r.tokens[j].Sentence == r.tokens[i].Sentence && (objects[r.tokens[j].Word] && !(j == 0 || r.tokens[j-1].Sentence != r.tokens[i].Sentence) || r.tokens[j].Word == "ete" || r.tokens[j].Word == "etre") {
			return false
		}
	}
	return true
}

// lacksObjectOf: "it was delivered to at 14:07", "placed on is", where "the address
// it was sent to is" is whole.
func (r *reading) lacksObjectOf(i int, first, then string) bool {
	if i == 0 || !noObject[then] || !governs[first] || !(sent[r.tokens[i-1].Word] || phrase.OneOf(r.tokens[i-1].Word, "us", "me") && phrase.OneOf(then, "or", "and", "between", "from")) {
		return false
	}
	next := phrase.Word(r.tokens, i+2)
	switch {
	case then == "or" && phrase.OneOf(next, "before", "after", "around", "about", "without", "near"), then == "and" && phrase.OneOf(next, "without", "from", "to", "large"):
		return false
	case then == "and" && phrase.OneOf(phrase.Word(r.tokens, i+3), "for", "by", "from", "to", "with", "at", "on"):
		return false // "sent to and signed for at"
	case first == "on" && then == "to", first == "by" && phrase.OneOf(then, "and", "or") && next == "by":
		return false
	}
	j := i - 2
	for j >= 0 && r.tokens[j].Sentence == r.tokens[i].Sentence && auxiliaries[r.tokens[j].Word] {
		j--
	}
	if j < 0 || r.tokens[j].Sentence != r.tokens[i].Sentence {
		return true
	}
	if phrase.OneOf(r.tokens[j].Word, "that", "which", "what", "who", "where", "when") {
		return false
	}
	if !phrase.OneOf(r.tokens[j].Word, "it", "they", "you", "we", "i", "he", "she") || j == 0 || r.tokens[j-1].Sentence != r.tokens[j].Sentence {
		return true
	}
	return leadsClause[r.tokens[j-1].Word] || strings.ContainsAny(r.short[r.tokens[j-1].End:r.tokens[j].Start], ",:;-–(")
}

var (
	governs     = phrase.Words(`to by from with at on via between within until`)
	noObject    = phrase.Words(`is are was were will has have had can should would must and or but at by on to from with via until being between`)
	auxiliaries = phrase.Words(`is are was were be been being has have had will would ve s just already now also then not never`)
	leadsClause = phrase.Words(`and but so because since if as while though although then or yes no hello hi sorry`)
)

// lacksNoun: "the price of is", where "the one you think of is" is whole.
func (r *reading) lacksNoun(i int, first, then string) bool {
	return first == "of" && noNoun[then] && i > 1 && phrase.OneOf(r.tokens[i-2].Word, "the", "a", "an", "your", "our") && !strings.HasSuffix(r.tokens[i-1].Word, "ing") && r.tokens[i-2].Sentence == r.tokens[i].Sentence
}

var noNoun = phrase.Words(`is was has will and by at on from to are were due`)

// lacksFirst: "in to 5 working days", "sous à 5 jours" lack the first of two numbers.
func (r *reading) lacksFirst(i int, first, then string) bool {
	if !phrase.OneOf(first, "in", "within", "sous", "dans", "entre", "between") || !phrase.OneOf(then, "to", "à", "et", "and") || i+3 >= len(r.tokens) || !r.tokens[i+2].Number {
		return false
	}
	return counted[r.tokens[i+3].Word] || phrase.OneOf(r.tokens[i+3].Word, "working", "business")
}

// valueNouns stand before their value, and verbs before what is given.
var valueNouns = phrase.Words(`code modèle référence réf numéro taille nom model number size name ref refunded credited charged remboursé crédité versé contacting contacté rappelé costs coûte semaine week be choisi choosing ordering`)

var monthNames = phrase.Words(`janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre`)

// limpsAt tells whether a value is missing between the word at i and the next.
func (r *reading) limpsAt(i int) (phrase.Span, bool) {
	if i+1 >= len(r.tokens) {
		return phrase.Span{}, false
	}
	t, u := r.tokens[i], r.tokens[i+1]
	first := small(r.short[t.Start:t.End])
	valued := valueNouns[first]
	if !asking[first] && limping[first] == nil && !valued && !copulas[first] && !takesObject[first] && !limpsLater[first] || t.Sentence != u.Sentence {
		return phrase.Span{}, false
	}
	s, then := phrase.Span{Start: t.Start, End: u.End}, r.short[u.Start:u.End]
	between := r.short[t.End:u.Start]
	if len(first) == 1 && first != "à" {
		if between = strings.TrimLeft(between, "'’"); len(between) == u.Start-t.End {
			return s, false
		}
	}
	if between == "" || strings.Trim(between, " \t\u00a0\u202f\r\n") != "" || strings.Count(between, "\n") > 1 || r.hyphened(s) {
		return s, false
	}
	if r.completes(i, first, then) {
		return s, false
	}
	if limping[first][then] {
		return s, true
	}
	if wide := len(strings.TrimLeft(between, " \u00a0")) == 0 && strings.Count(between, " ")+strings.Count(between, "\u00a0") > 1; wide && ((asking[first] || valued) && beginsNothing[then] || copulas[first] && joins[then]) {
		return s, true
	}
	if r.lacksNoun(i, first, then) || r.lacksFirst(i, first, then) {
		return s, true
	}
	if r.lacksObjectOf(i, first, then) {
		return s, true
	}
	if first == "du" && then == "a" && phrase.OneOf(phrase.Word(r.tokens, i+2), "ete", "bien", "deja") || r.lacksObject(i, first, then) {
		return s, true
	}
	if (first == "par" || first == "chez") && then == "le" && i+3 < len(r.tokens) && r.tokens[i+2].Number && monthNames[r.tokens[i+3].Word] {
		return s, true
	}
	if i > 0 && r.tokens[i-1].Sentence == t.Sentence {
		before := small(r.short[r.tokens[i-1].Start:r.tokens[i-1].End])
		for _, l := range limpingAfter {
			if l.first[first] && l.then[then] && l.after[before] {
				return s, true
			}
		}
	}
	return s, false
}

func small(word string) string { return strings.ToLower(word) }

// hyphened: "mettez-le", "your in-store", "on/off" are words of more than one part.
func (r *reading) hyphened(s phrase.Span) bool {
	return s.Start > 0 && strings.ContainsRune("-/’'", rune(r.short[s.Start-1])) && r.short[s.Start-1] != '\'' || s.End < len(r.short) && strings.ContainsRune("-/", rune(r.short[s.End]))
}

// completes tells what makes a sentence of two such neighbours: a pronoun behind a
// verb ("déposez le chez…"), "le votre", "en sous et en cents", "par et pour".
func (r *reading) completes(i int, first, then string) bool {
	before, next := phrase.Word(r.tokens, i-1), phrase.Word(r.tokens, i+2)
	switch first {
	case "le":
		return strings.HasSuffix(before, "ez") && before != "chez" || strings.HasSuffix(before, "ons") || imperatives[before]
	case "votre", "notre", "vos", "nos":
		return phrase.OneOf(before, "le", "la", "les", "du", "au", "aux", "des")
	case "sous":
		return phrase.OneOf(before, "des", "de", "vos", "mes", "les", "en")
	case "de", "par", "à", "until":
		return then == "et" && phrase.OneOf(next, "pour", "vers", "y") || then == "pour" && !phrase.OneOf(next, "est", "sera", "a", "sont", "dans", "le", "sur") || phrase.OneOf(next, "unless", "including")
	case "between":
		return before == "in"
	case "to":
		return phrase.OneOf(next, "a", "the", "one", "it", "some", "this", "that", "another")
	case "with":
		return next == "without" || phrase.OneOf(next, "least", "most", "home", "the", "a", "all")
	case "by":
		return goBy[before] || goBy[phrase.Word(r.tokens, i-2)]
	case "the", "your", "our":
		return next == "home" || phrase.OneOf(next, "our", "my", "your", "their", "his", "her", "the") && then == "and"
	case "entre":
		return before == "on" || before == "il" || before == "qui"
	}
	return false
}

// goBy: "stop by on Monday".
var goBy = phrase.Words(`stop stops come comes drop drops pop pops pass passes swing swings go goes call calls get gets stand stands stopping coming dropping passing stopped came dropped popped passed went`)

var imperatives = phrase.Words(`prends mets garde laisse pose envoie renvoie fais dis rends donne tiens`)

// openEnds are words with which no paragraph ends: a value was to follow.
var openEnds = phrase.Words(`le du au de à chez par sous entre votre notre vos nos the your our until between`)

// endsOpen tells whether a paragraph ends with a word that asks for another one.
func (r *reading) endsOpen(i int) (phrase.Span, bool) {
	t := r.tokens[i]
	s := t.Span
	word := small(r.short[t.Start:t.End])
	if !openEnds[word] && !(phrase.OneOf(word, "on", "by", "to", "of") && i > 0 && (sent[r.tokens[i-1].Word] || amounts[r.tokens[i-1].Word] || phrase.OneOf(r.tokens[i-1].Word, "you", "be"))) {
		return s, false
	}
	rest := strings.TrimLeft(r.short[t.End:min(len(r.short), t.End+near)], " \u00a0\r")
	line, after, _ := strings.Cut(rest, "\n")
	if line != "" || r.hyphened(s) || i == 0 || r.tokens[i-1].Sentence != t.Sentence || r.completes(i, word, "") {
		return s, false
	}
	next, _, _ := strings.Cut(after, "\n")
	if listed.MatchString(strings.TrimLeft(head(after), " \r\n\t")) {
		return s, false
	}
	return s, strings.TrimSpace(next) == "" || ending.MatchString(next)
}

// listed: what was asked for follows in a list.
var listed = pattern.Of(`^(?:[-•*–—→]|\d{1,2}[.)/ ]|[a-d]\))`)

// beginsEmpty tells whether a paragraph begins with its verb: the one of whom it
// speaks was left out.
func (r *reading) beginsEmpty(i int) (phrase.Span, bool) {
	t := r.tokens[i]
	follows := verbFirst[r.short[t.Start:t.End]]
	if follows == nil || !follows[phrase.Word(r.tokens, i+1)] {
		return phrase.Span{}, false
	}
	before := strings.TrimRight(r.short[max(0, t.Start-near):t.Start], " \t\u00a0\r")
	return phrase.Span{Start: t.Start, End: r.tokens[i+1].End}, t.Start > 0 && strings.HasSuffix(strings.ReplaceAll(before, "\r", ""), "\n\n")
}

// verbFirst are verbs in small letters and what follows them in a statement.
var verbFirst = func() map[string]map[string]bool {
	french := phrase.Words(`ete bien deja quitte expedie livre prete pret partie parti arrivee arrive remboursee rembourse disponible enregistree enregistre annulee annule`)
	english := phrase.Words(`been delivered shipped sent refunded on now ready scheduled dispatched out due be already returned cancelled`)
	all := map[string]map[string]bool{}
	for _, w := range strings.Fields(`a est sera ont sont seront était`) {
		all[w] = french
	}
	for _, w := range strings.Fields(`is was has will are were have`) {
		all[w] = english
	}
	return all
}()
