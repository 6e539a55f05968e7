package guard

import "time"

// PromiseKind is what a promise in a draft is to do.
type PromiseKind string

// The kinds of promises in a text.
const (
	PromiseCallBack PromiseKind = "call_back"
	PromiseRefund   PromiseKind = "refund"
	PromiseSend     PromiseKind = "send"
	PromiseAnswer   PromiseKind = "answer"
	PromiseOther    PromiseKind = "other"
)

// Promise is what a draft promises: somebody's act, with its date or amount as
// far as the text tells them. Start and End are code points of the draft, end
// exclusive.
type Promise struct {
	Kind PromiseKind
	// Due is zero where the text names no date, or none that is known yet.
	Due time.Time
	// Exact tells that Due is a time of day or a number of hours; else it is the
	// last second of a day, and the shop's own closing time may be meant.
	Exact bool
	// Conditional waits for something ("dès réception de votre colis").
	Conditional bool
	Amount      Amount
	Start, End  int
	Words       string
}

// promised is a promise with its place in bytes.
type promised struct {
	Promise

	span span
}

// Promises gives what the author promises in a draft, from first to last.
// Questions and offers promise nothing. Dates are resolved from Facts.Now on the
// clock of Facts.Zone; without Now they stay zero.
func Promises(d Draft, f Facts) []Promise {
	r := newReading(d, f)
	found := r.promisesIn()
	list := make([]Promise, len(found))
	for i, p := range found {
		p.Start = codePoints(d.Text[:p.span.start])
		p.Words = d.Text[p.span.start:p.span.end]
		p.End = p.Start + codePoints(p.Words)
		list[i] = p.Promise
	}
	return list
}

const mostPromises = 20

// promisesIn finds the acts of each sentence, and gives each the date and the
// amount that stand behind it, up to the next act, or else before it.
func (r *reading) promisesIn() []promised {
	if r.havePromises {
		return r.promises
	}
	r.havePromises = true
	found := acts.find(r.tokens)
	for i, m := range found {
		part, from := sentenceOf(r.tokens, m.first)
		end := from + len(part)
		if i+1 < len(found) {
			end = min(end, found[i+1].first)
		}
		begin := from
		if i > 0 && found[i-1].last >= from {
			begin = m.first
		}
		if p, ok := r.promiseOf(m, part, begin, end); ok && len(r.promises) < mostPromises {
			r.promises = append(r.promises, p)
		}
	}
	return r.promises
}

func (r *reading) promiseOf(m match, part []token, begin, end int) (promised, bool) {
	s := m.span(r.tokens)
	if part[len(part)-1].word == "?" || r.quoted(s) || r.isNoPromise(m) {
		return promised{}, false
	}
	p := promised{span: s}
	kind, needsDate := m.name, false
	if n := len(kind) - 1; kind[n] == '?' {
		kind, needsDate = kind[:n], true
	}
	p.Kind = PromiseKind(kind)
	p.Conditional = isConditional(part)
	dated := false
	if w, ok := r.firstWhen(m.last+1, end); ok {
		p.Due, p.Exact, dated = w.due, w.exact, true
		p.span.end = r.tokens[w.last].end
	} else if w, ok := r.firstWhen(begin, m.first); ok {
		p.Due, p.Exact, dated = w.due, w.exact, true
		p.span.start = r.tokens[w.first].start
	}
	for i := begin; i < end; i++ {
		if a, last, ok := amountAt(r.tokens[:end], i); ok && (p.Kind == PromiseRefund || i > m.last) {
			p.Amount = a
			p.span.start, p.span.end = min(p.span.start, r.tokens[i].start), max(p.span.end, r.tokens[last].end)
			break
		}
	}
	if needsDate && !dated {
		return promised{}, false
	}
	p.span.start = r.promiseStart(m, p.span.start)
	if p.Conditional {
		p.Due, p.Exact = time.Time{}, false
	}
	return p, true
}

// promiseStart leaves out the "et" before an act, and takes in the "votre" before
// a parcel.
func (r *reading) promiseStart(m match, start int) int {
	if start != r.tokens[m.first].start {
		return start
	}
	if isOneOf(word(r.tokens, m.first), "et", "puis") {
		return r.tokens[m.first+1].start
	}
	for i := m.first - 1; i >= 0 && r.tokens[i].sentence == r.tokens[m.first].sentence; i-- {
		if !isOneOf(r.tokens[i].word, "votre", "vos", "le", "la", "les", "l", "un", "une", "nouveau", "nouvelle", "your", "the", "our", "new", "notre", "ce", "cette") {
			break
		}
		start = r.tokens[i].start
	}
	return start
}

func (r *reading) firstWhen(from, to int) (when, bool) {
	for i := from; i < to; i++ {
		if w, ok := r.whenAt(r.tokens[:to], i); ok {
			return w, true
		}
	}
	return when{}, false
}

// isNoPromise: "je vous rappelle que…" reminds, "ne … pas" denies.
func (r *reading) isNoPromise(m match) bool {
	before, after := word(r.tokens, m.first-1), word(r.tokens, m.last+1)
	if isOneOf(before, "ne", "n", "pas", "not", "never") || isOneOf(after, "pas", "jamais", "not") {
		return true
	}
	last := word(r.tokens, m.last)
	if !isOneOf(last, "rappelle", "rappelons", "rappellerai", "confirme", "confirmons") {
		return false
	}
	next := word(r.tokens, m.last+2)
	switch after {
	case "la":
		return next != "semaine"
	case "que", "qu", "l", "les", "notre", "nos", "votre", "vos", "cependant", "egalement", "simplement", "toutefois", "neanmoins", "donc", "bien":
		return true
	case "de", "d":
		return next != "ici"
	case "le":
		_, month := monthNames[next]
		_, weekday := weekdayNames[next]
		return !weekday && !month && (next == "" || next[0] < '0' || next[0] > '9')
	}
	return false
}

var conditions = phrasesOf(`
	des|a|apres|sous|suivant|suivants _3 reception|retour|validation|expertise|accord|confirmation
	des que|lors|l|son|sa|leur
	des reception|retour|validation|accord|acceptation|confirmation|paiement
	des qu
	une fois que|qu|le|la|les|l|votre|vos|recu|recue|ce|cette|son
	lorsque|lorsqu
	quand nous|il|elle|le|la|vous|votre
	suite|apres a? la|votre|son|sa? reception
	a compter de|du la? reception|retour
	si vous|le|la|les|l|il|elle|nous|votre|jamais|besoin|necessaire|tout|c|ce|cela
	s il|ils
	sous reserve
	en cas de
	a condition
	as soon as your|the|it|we|you|this
	once your|the|it|we|you|this
	when we|it|your|the|you
	after we|receiving|receipt|your
	upon|on receipt|receiving|arrival|return|reception
	of|after receipt|receiving
	if you|we|the|it|your|not|needed|necessary
	provided|unless
	subject to`)

// isConditional: "encore une fois" and "dès que possible" are no conditions.
func isConditional(part []token) bool {
	for i := range part {
		m, ok := conditions.at(part, i)
		if !ok || word(part, i-1) == "encore" || word(part, m.last+1) == "possible" {
			continue
		}
		return true
	}
	return false
}

// acts are what people promise to do, by the kind of promise; with "?" the act
// is one only together with a date, since in the present tense it may be done
// already.
var acts = actPhrases()

func actPhrases() *phrases {
	const parcel = `colis|commande|paquet|bague|bagues|collier|bracelet|bijou|bijoux|boucles|article|articles|montre|chaine|echange|remplacement|piece|pendentif|produit|produits|envoi|lettre|medaille|alliance|creoles|taille|modele|exemplaire`
	const parcels = `parcel|package|order|ring|rings|necklace|bracelet|watch|earrings|item|items|exchange|replacement|piece|chain|shipment|jewel`
	p := &phrases{}
	p.add("call_back", `
		je|nous|on vous|te|le|la rappelle|rappelons|rappellerai|rappellerons|rappellera
		je|nous|on vous|te telephone|telephonons|telephonerai|telephonerons|telephonera
		je|nous|on vous|te appelle|appelons|appellerai|appellerons
		je|nous|on vous|te passe|passerai|passerons|donne|donnerai|donnerons un coup de fil|telephone
		je|nous|on vous|te recontacte|recontactons|recontacterai|recontacterons|contacte|contacterai|contacterons _2 par telephone
		vous rappelle|rappellent|rappellera|rappelleront|telephonera|appellera|appelle
		et|puis vous rappelle|rappelons|rappellerai|rappellerons|appelle|telephone
		vous serez|etes rappele|rappelee|recontacte par? telephone?
		vais|allons|va|m engage|engageons a? vous rappeler|telephoner|appeler
		engage|engageons|promets|promettons a|de vous rappeler|telephoner
		i|we ll|will|shall call|phone|ring you back?
		i|we ll|will|shall give you a call|ring
		i|we m|am|re|are going to call|phone|ring you
		i|we m|am|re|are calling|phoning you back?
		promise to call|phone|ring you
		i|we call|phone you back?
		somebody|someone|colleague|team will call you`)
	p.add("refund", `
		je|nous|on vous|te|l|la|le rembourse|remboursons|rembourserai|rembourserons|remboursera
		je|nous vous? rembourserai|rembourserons
		je|nous procede|procedons|procederai|procederons|effectue|effectuons|effectuerai|effectuerons|lance|lancons|lancerai|lancerons|emets|emettons|ferai|ferons _4 remboursement
		je|nous vous recredite|recrediterai|recrediterons|crediterons|reverse|reverserons|verserons|verse|versons|virons
		et|puis vous rembourse|remboursons|rembourserai|rembourserons
		promise|going to refund|reimburse
		vais|allons vous|le|la|l? rembourser
		vais|allons proceder|effectuer|lancer _3 remboursement
		engage|engageons|promets|promettons a|de vous rembourser
		le|votre remboursement _4 sera|seront effectue|effectues|fait|emis|verse|credite|traite|visible|realise
		le|votre remboursement _4 arrivera|apparaitra|interviendra|partira
		vous serez rembourse|remboursee|recredite|recreditee
		sera|seront rembourse|remboursee|rembourses|remboursees|recredite|recreditee|recredites|credite|creditee|reverse|reversee
		vous recevrez votre|le|un remboursement|virement
		montant|somme _3 vous? sera rembourse|remboursee|credite|creditee|verse|versee|recredite|reversee
		i|we ll|will|shall refund|reimburse|credit
		i|we ll|will|shall issue|process|make|send _3 refund
		i|we m|am|re|are refunding|reimbursing
		i|we m|am|re|are going to refund
		will be refunded|reimbursed|credited
		your|the|a refund _3 will be issued|made|processed|paid|sent|on
		your|the refund _3 will arrive|reach|appear|show
		you ll|will receive|get|have your|the|a refund`)
	p.add("refund?", `
		remboursement _3 est|intervient|arrive effectue|emis|prevu|programme|sur?
		est|sont rembourse|remboursee|rembourses`)
	p.add("send", `
		je|nous|on vous|te|le|la|l|les|lui? le|la|l|les|en? enverrai|enverrons|renverrai|renverrons|expedierai|expedierons|reexpedierai|reexpedierons|adresserai|adresserons|transmettrai|transmettrons|posterai|posterons
		je|nous vous ferai|ferons parvenir
		vais|allons vous|le|la|l|les? le|la|l|les? envoyer|renvoyer|expedier|reexpedier|adresser|transmettre|poster
		engage|engageons|promets|promettons a|de vous envoyer|renvoyer|expedier
		sera|seront vous? expedie|expediee|expedies|expediees|envoye|envoyee|envoyes|envoyees|renvoye|renvoyee|reexpedie|reexpediee|poste|postee|remis|remise au? transporteur?
		i|we ll|will|shall send|resend|ship|post|mail|dispatch|email|forward
		i|we m|am|re|are going to send|ship|post|resend
		will be shipped|sent|dispatched|posted|resent
		`+parcel+` _4 sera|seront vous? expedie|expediee|expedies|expediees|envoye|envoyee|envoyes|envoyees|renvoye|renvoyee|reexpedie|reexpediee
		`+parcels+` _4 will be shipped|sent|dispatched|posted|resent
		promise to send|ship|resend`)
	p.add("send?", `
		`+parcel+` _3 part|partent|repart|repartent|partira|partiront|repartira|repartiront
		`+parcel+` _3 arrive|arrivera|arriveront|arrivent
		`+parcel+` _3 sera|seront livre|livree|livres|livrees|disponible|pret|prete|prets|distribue|presente
		`+parcel+` _3 est|sont expedie|expediee|envoye|envoyee|livre|livree|prevu|prevue
		livraison _2 est|sera prevue|effectuee|programmee
		vous recevrez|aurez votre|vos|le|la|les|l|un|une|ce|cette _3
		vous le|la|les|l recevrez|aurez
		je|nous|on vous|te|le|la|l|les|lui? le|la|l|les|en? envoie|envoyons|renvoie|renvoyons|expedie|expedions|reexpedie|reexpedions|adresse|adressons|transmets|transmettons|poste|postons|fais|faisons parvenir?
		`+parcels+` _3 ships|leaves|arrives|goes
		`+parcels+` _3 will ship|leave|arrive|go|be|reach|get
		il|elle|ils|elles sera|seront livre|livree|livres|livrees|disponible|pret|prete|prets
		il|elle|ils|elles part|repart|partira|partiront|arrive|arrivera|arriveront|partent
		it|they ll|will ship|leave|arrive|go|reach|be
		it|they leaves|leave|ships|ship|goes|go
		you ll|will|should receive|get|have it|them|your|the|a
		i|we m|am|re|are sending|shipping|posting|mailing|dispatching
		i|we send|ship|post`)
	p.add("answer", `
		je|nous|on reviens|revenons|reviendrai|reviendrons|reviendra|revient vers? vous?
		je|nous|on vous|te tiens|tenons|tiendrai|tiendrons|tiendra|tient au? courant|informe|informee|informes
		vous tenir au? courant|informe|informee|informes
		je|nous|on vous|te reponds|repondons|repondrai|repondrons|repondra|repond
		je|nous|on vous|te ecrirai|ecrirons|previendrai|previendrons|informerai|informerons|confirmerai|confirmerons|recontacte|recontactons|recontacterai|recontacterons|recontactera|contacterai|contacterons|avertirai|avertirons|dirai|dirons|donnerai|donnerons|preciserai
		je|nous|on vous|te donne|donnons|apporte|apportons|ferai|ferons|fais|faisons _2 reponse|nouvelles|retour|point
		et|puis vous reponds|repondons|repondrai|repondrons|ecris|ecrirai|ecrirons|tiens|tenons|tiendrai|recontacte|recontacterai|previens|previendrai|confirme|confirmerai|reviens|reviendrai
		et|puis reviens|revenons|reviendrai|reviendrons vers vous
		une|notre|la|cette reponse _2 parviendra|donnee|apportee
		je|nous reprends|reprendrai|reprenons|reprendrons contact
		promise to get|come|write|reply|answer|let
		je|nous ne manquerai|manquerons pas
		vais|allons|engage|engageons|promets|promettons a|de? vous repondre|ecrire|informer|prevenir|recontacter|confirmer|tenir|donner
		vais|allons|engage|engageons|promets|promettons a|de? revenir vers vous
		vous aurez|recevrez une|de|des|notre _1 reponse|nouvelles|retour|confirmation
		vous reviendra|repondra|ecrira|recontactera|tiendra|confirmera
		vous serez informe|informee|prevenu|prevenue|recontacte|recontactee|tenu|tenue
		i|we ll|will|shall get|come|be|write|report back|in|to to?|touch? you?
		i|we ll|will|shall let you know
		i|we ll|will|shall keep you posted|updated|informed
		i|we ll|will|shall reply|answer|update|inform|contact|tell|notify|email|write to? you
		i|we ll|will|shall follow up
		i|we m|am|re|are going to get|come back
		i|we m|am|re|are getting|coming back to you
		get|getting back to you
		you ll|will hear from|back
		you ll|will have|receive|get an|our|my _1 answer|reply|response|update|confirmation
		keep you posted|updated|informed`)
	p.add("answer?", `
		je|nous vous ecris|ecrivons|previens|prevenons|confirme|confirmons|informe|informons|dis|contacte|contactons`)
	p.add("other?", `
		je|nous|on _2 verifie|verifions|verifierai|verifierons|regarde|regardons|regarderai|relance|relancons|relancerai|relancerons|controle|controlons|ouvre|ouvrons|ouvrirai|ouvrirons|prepare|preparons|preparerai|preparerons|passe|passons|demande|demandons|demanderai|demanderons|appelle|appelons|interroge|interrogeons|traite|traitons|traiterai|traiterons|reserve|reservons|reserverai|garde|gardons|garderai|garderons|repare|reparons|reparerons|annule|annulons|annulerai|annulerons|modifie|modifions|modifierai|fais|faisons|ferai|ferons|occupe|occupons|occuperai|occuperons|mets|mettons|mettrai|mettrons|remplace|remplacons|remplacerons|echange|echangerons|change|changerons|finalise|finaliserons|termine|terminerons|programme|corrige|corrigerai|corrigerons|lance|lancerai|lancerons|bloque|bloquons
		i|we ll|will|shall _2 check|look|chase|prepare|ask|open|cancel|change|repair|fix|keep|hold|reserve|replace|exchange|do|finish|arrange|book|correct|update|contact|put|set|make|have|take|start|launch|collect|pick|process|sort|speak|review|investigate`)
	return p
}
