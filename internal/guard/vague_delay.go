package guard

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// vagueDelayRule warns of "dans les meilleurs délais" (P05: a date is an answer).
// A sentence that also names a date passes, and so does what the customer is
// asked to do soon.
var vagueDelayRule = rule{
	name:     "vague_delay",
	severity: Warns,
	kinds:    answersKinds,
	french:   "Donnez une date plutôt qu'un délai vague : c'est elle que le client attend.",
	english:  "Give a date rather than a vague delay: it is what the customer waits for.",
	find: func(r *reading) []hit {
		var hits []hit
		for _, m := range vagueWords.find(r.tokens) {
			if r.isVague(m) {
				hits = append(hits, hit{span: m.span(r.tokens), fix: r.dateInstead()})
			}
		}
		for _, m := range weakVague.find(r.tokens) {
			part, _ := sentenceOf(r.tokens, m.first)
			if !justBefore[word(r.tokens, m.first-1)] && acts.in(part) && r.isVague(m) {
				hits = append(hits, hit{span: m.span(r.tokens), fix: r.dateInstead()})
			}
		}
		return apart(hits)
	},
}

func (r *reading) isVague(m match) bool {
	part, from := sentenceOf(r.tokens, m.first)
	return !r.quoted(m.span(r.tokens)) && !r.hasDate(part) && !askedOfCustomer.in(part[:m.first-from])
}

var vagueWords = phrasesOf(`
	dans les meilleurs delais
	dans les plus brefs delais
	dans des? delais les plus brefs|courts
	dans un|des delai|delais raisonnable|raisonnables|bref|brefs
	dans un|des delai|delais tres|assez? court|courts
	dans un|de tres? bref|brefs|courts delai|delais
	ulterieurement
	ne devrait|devraient|saurait|saura|va plus|pas tarder
	dans le plus court delai
	a bref delai
	sous peu
	au plus vite|tot
	le plus vite|rapidement|tot possible
	aussi vite|rapidement|tot que possible|nous
	des que possible
	des que nous le? pourrons|pouvons
	tres|assez prochainement
	incessamment sous? peu?
	d ici peu
	d ici quelque|quelques temps|jours|semaines
	dans quelque|quelques temps|jours|semaines
	sous quelques jours|semaines
	dans les jours|semaines prochains|prochaines|qui|a
	dans les prochains|prochaines jours|semaines|temps
	dans un avenir proche
	sans tarder
	en temps utile|voulu
	as soon as possible
	as soon as we|i can
	asap
	as quickly as possible|we
	shortly
	very shortly
	in due course|time
	at our|the earliest convenience
	in the near|coming future|days|weeks
	in the next few|couple days|weeks|of
	within a few|reasonable days|weeks|time|period
	in a few|couple days|weeks|of
	before long
	in no time`)

// weakVague are vague in a promise only: "à très bientôt" is a closing.
var weakVague = phrasesOf(`
	tres rapidement|bientot|vite
	rapidement|bientot|vite
	prochainement
	very soon
	soon|quickly`)

// Words that make "rapidement" or "soon" no delay of ours.
var askedOfCustomer = phrasesOf(`
	merci de|d
	pouvez|pourriez|voulez vous
	veuillez
	n hesitez
	si vous
	vous pouvez|pourrez|devez|devrez|avez|souhaitez|etes|recevez
	nous vous invitons|remercions
	je vous invite|remercie
	envoyez|renvoyez|retournez|contactez|repondez|appelez|prevenez|dites|faites|indiquez|signalez
	please
	could|can|would you
	you can|may|should|must|need|have|will|ll need|want
	thank|thanks
	a|au|to see|plaisir|hope|hear|esperant
	see|talk|speak you?
	if you
	tres? esperons|espere|souhaitons|souhaite
	repondu|reagi|replied|answered|avoir|ete|was|were|been|expedie|livre|recu`)

// justBefore: "aussi rapidement", "avons rapidement", "see you soon".
var justBefore = wordSet(`si aussi so tres plus ai avons a ont avez ete you bientot how`)

func (r *reading) hasDate(part []token) bool {
	for i := range part {
		if _, ok := r.whenAt(part, i); ok {
			return true
		}
	}
	return false
}

// dateInstead offers the date that is known, else the second open day from now:
// a promise within what a holding answer may take.
func (r *reading) dateInstead() string {
	day := r.facts.Promised
	if day.IsZero() {
		if r.facts.Now.IsZero() {
			return ""
		}
		day = r.openDays(2)
	}
	day = day.In(r.facts.Zone)
	if r.written() == "en" || r.draft.Lang == "en" {
		return "by " + day.Format("Monday 2 January")
	}
	return "au plus tard le " + lang.ShortDate(day)
}

// openDays is noon of the nth open day from now.
func (r *reading) openDays(n int) time.Time {
	return r.openDay(n, false).At(r.facts.Zone, 12*time.Hour)
}
