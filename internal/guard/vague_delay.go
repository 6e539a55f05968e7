package guard

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/phrase"
	"github.com/comptoir-desk/comptoir/internal/pledge"
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
		for _, m := range vagueWords.Find(r.tokens) {
			if r.isVague(m) {
				hits = append(hits, hit{Span: m.Span(r.tokens), fix: r.dateInstead()})
			}
		}
		for _, m := range weakVague.Find(r.tokens) {
			part, _ := phrase.Sentence(r.tokens, m.First)
			if !justBefore[phrase.Word(r.tokens, m.First-1)] && pledge.Acts(part) && r.isVague(m) {
				hits = append(hits, hit{Span: m.Span(r.tokens), fix: r.dateInstead()})
			}
		}
		return apart(hits)
	},
}

func (r *reading) isVague(m phrase.Match) bool {
	part, from := phrase.Sentence(r.tokens, m.First)
	return !r.quoted(m.Span(r.tokens)) && !r.clock().Dated(part) && !askedOfCustomer.In(part[:m.First-from])
}

var vagueWords = phrase.Of(`
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
var weakVague = phrase.Of(`
	tres rapidement|bientot|vite
	rapidement|bientot|vite
	prochainement
	very soon
	soon|quickly`)

// Words that make "rapidement" or "soon" no delay of ours.
var askedOfCustomer = phrase.Of(`
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
var justBefore = phrase.Words(`si aussi so tres plus ai avons a ont avez ete you bientot how`)

// dateInstead offers the date that is known, else the second open day from now:
// a promise within what a holding answer may take.
func (r *reading) dateInstead() string {
	day := r.facts.Promised
	if day.IsZero() {
		if r.facts.Now.IsZero() {
			return ""
		}
		day = r.openDay()
	}
	day = day.In(r.zone())
	if r.written() == "en" || r.draft.Lang == "en" {
		return "by " + day.Format("Monday 2 January")
	}
	return "au plus tard le " + lang.ShortDate(day)
}

// openDay is noon of the second open day from now.
func (r *reading) openDay() time.Time {
	return r.clock().OpenDay(2).At(r.zone(), 12*time.Hour)
}

func (r *reading) zone() *time.Location {
	if r.facts.Zone == nil {
		return time.UTC
	}
	return r.facts.Zone
}
