package pledge

import "github.com/comptoir-desk/comptoir/internal/phrase"

// acts are what people promise to do, by the kind of promise; with "?" the act
// is one only together with a date, since in the present tense it may be done
// already.
var acts = func() *phrase.Set {
	p := &phrase.Set{}
	addCallBacks(p)
	addRefunds(p)
	addSendings(p)
	addAnswers(p)
	addOthers(p)
	return p
}()

// What a shop sends, in French and in English.
const (
	parcel  = `colis|commande|paquet|bague|bagues|collier|bracelet|bijou|bijoux|boucles|article|articles|montre|chaine|echange|remplacement|piece|pendentif|produit|produits|envoi|lettre|medaille|alliance|creoles|taille|modele|exemplaire`
	parcels = `parcel|package|order|ring|rings|necklace|bracelet|watch|earrings|item|items|exchange|replacement|piece|chain|shipment|jewel`
)

func addCallBacks(p *phrase.Set) {
	p.Add("call_back", `
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
}

func addRefunds(p *phrase.Set) {
	p.Add("refund", `
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
	p.Add("refund?", `
		remboursement _3 est|intervient|arrive effectue|emis|prevu|programme|sur?
		est|sont rembourse|remboursee|rembourses`)
}

func addSendings(p *phrase.Set) {
	p.Add("send", `
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
	p.Add("send?", `
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
}

func addAnswers(p *phrase.Set) {
	p.Add("answer", `
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
		keep you posted|updated|informed
		and|then come|get back to you`)
	p.Add("answer?", `
		je|nous vous ecris|ecrivons|previens|prevenons|confirme|confirmons|informe|informons|dis|contacte|contactons`)
}

func addOthers(p *phrase.Set) {
	p.Add("other?", `
		je|nous|on ouvre|ouvrons|ouvrirai|ouvrirons un|une
		je|nous|on _2 verifie|verifions|verifierai|verifierons|regarde|regardons|regarderai|relance|relancons|relancerai|relancerons|controle|controlons|prepare|preparons|preparerai|preparerons|passe|passons|demande|demandons|demanderai|demanderons|appelle|appelons|interroge|interrogeons|traite|traitons|traiterai|traiterons|reserve|reservons|reserverai|garde|gardons|garderai|garderons|repare|reparons|reparerons|annule|annulons|annulerai|annulerons|modifie|modifions|modifierai|fais|faisons|ferai|ferons|occupe|occupons|occuperai|occuperons|mets|mettons|mettrai|mettrons|remplace|remplacons|remplacerons|echange|echangerons|change|changerons|finalise|finaliserons|termine|terminerons|programme|corrige|corrigerai|corrigerons|lance|lancerai|lancerons|bloque|bloquons
		i|we ll|will|shall _2 check|look|chase|prepare|ask|open|cancel|change|repair|fix|keep|hold|reserve|replace|exchange|do|finish|arrange|book|correct|update|contact|put|set|make|have|take|start|launch|collect|pick|process|sort|speak|review|investigate`)
}
