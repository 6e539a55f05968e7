package guard

import (
	"strings"
	"unicode"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// angerRule warns of anger answered with anger (P07): blame, lessons, threats,
// insults and words that shout. Whatever the customer wrote is not looked at.
var angerRule = rule{
	name:     "anger",
	severity: Warns,
	kinds:    answersKinds,
	french:   "Ces mots attisent la colère : dites le fait qui manque et ce que vous faites.",
	english:  "These words feed anger: say which fact is missing and what you are doing.",
	find: func(r *reading) []hit {
		var hits []hit
		for _, m := range angryWords.Find(r.tokens) {
			if s := m.Span(r.tokens); !r.quoted(s) {
				hits = append(hits, hit{Span: s})
			}
		}
		return apart(append(hits, r.shouting()...))
	},
}

var angryWords = phrase.Of(`
	vous n avez|aviez qu a
	vous n aviez qu
	apprenez|apprendre a lire|compter|ecrire
	si vous aviez|avez lu|pris|ecoute|fait|su
	si vous saviez lire
	si vous lisiez
	encore faut|faudrait il lire|savoir
	relisez nos|les conditions|cgv|mails|messages
	je vous l ai deja|pourtant dit|ecrit|explique|repete
	nous vous l avons deja|pourtant dit|ecrit|explique|repete
	je vous ai deja|pourtant dit|explique|repete|repondu
	nous vous avons deja|pourtant dit|explique|repete|repondu
	combien de fois
	pour la derniere|enieme|centieme fois
	une bonne fois pour toutes
	c est entierement|uniquement|bien? votre faute
	c est de votre faute
	de votre seule faute
	vous etes seul|seule responsable
	vous n avez rien compris
	vous ne comprenez rien|pas|jamais|decidement
	votre message|mail|courriel|attitude|comportement est inadmissible|inacceptable|deplace|ridicule|honteux|agressif|scandaleux
	me|nous repeter indefiniment|toujours|encore|sans
	il fallait lire|verifier|regarder|mesurer|reflechir|penser|y
	c est vous qui avez fait|commis|choisi|voulu
	apprendre a lire
	inutile de vous enerver|crier|emporter|menacer|insister
	ne vous enervez|emportez pas
	ne nous parlez|criez pas
	nous ne sommes pas vos|votre esclaves|esclave|larbins|domestiques|chien
	nous n acceptons|accepterons|tolerons|tolererons pas ce|votre|un tel? ton|comportement
	nous ne tolerons|tolererons|accepterons pas
	rester|restez poli|polie|correct|correcte|courtois|courtoise
	arretez|cessez de nous? ecrire|relancer|envoyer
	arretez|cessez de vous plaindre
	si vous n etes pas content|contente|satisfait|satisfaite _2 allez|achetez
	pas notre faute si
	de quoi vous plaignez
	vous mentez|exagerez|abusez|divaguez|delirez
	vous vous moquez|fichez|foutez
	vous etes de mauvaise foi
	vous etes malhonnete|agressif|agressive|insultant|insultante|menacant|menacante|irrespectueux|irrespectueuse|impoli|impolie|ridicule|penible|incapable|hysterique|menteur|menteuse
	votre mauvaise foi
	votre ton est|reste inacceptable|inadmissible|deplace|desagreable|agressif|insultant
	votre comportement est
	changez|baissez de|d|le ton
	calmez vous
	restez poli|polie|correct|correcte
	un peu de respect|politesse|patience
	c est ridicule|absurde|n importe quoi|delirant|grotesque
	n importe quoi
	arretez de nous? harceler|menacer|insulter|crier|mentir|relancer
	cessez de nous? harceler|menacer|insulter|crier|mentir
	idiot|idiote|imbecile|cretin|cretine|debile|stupide|abruti|abrutie|connard|connasse|con
	allez voir ailleurs
	tant pis pour vous
	debrouillez vous
	ce n est pas notre probleme|souci
	c est votre probleme
	vous perdez|faites perdre votre|notre temps
	vous nous faites perdre
	nos avocats|notre avocat
	libre a vous de porter plainte
	your own? fault
	no need to shout|yell|scream
	stop complaining|whining|writing|contacting
	not our fault if|that|you
	can t you even|just
	we won|will t|not tolerate|accept your|this|such
	you should have read|known|checked|listened
	if you had read|bothered|listened|checked
	had you read|bothered
	as i|we ve|have already told|explained|said
	i|we ve|have already told|explained you|to|this
	i|we already told you
	how many times
	for the last time
	learn to read
	can t you read
	calm down
	you re|are lying|rude|wrong|ridiculous|exaggerating|impossible|dishonest|unreasonable|aggressive|abusive|insulting
	you clearly didn|don|did|have|haven
	you obviously didn|don|did|have|haven
	stop harassing|shouting|lying|insulting|threatening|wasting|emailing
	waste of|our time
	wasting our|my|everyone time
	that s|is|this is ridiculous|absurd|nonsense|your problem
	not our problem
	idiot|idiotic|stupid|moron|dumb
	watch your tone|language
	your tone is|was unacceptable|rude|offensive
	your behaviour|behavior|attitude is|was
	too bad for you
	deal with it`)

// shouting: three words of four letters and more in a row, in capitals, which
// are no numbers or names of a few.
func (r *reading) shouting() []hit {
	var hits []hit
	first, count, letters := -1, 0, 0
	flush := func(end int) {
		if count >= 4 && letters >= 16 {
			hits = append(hits, hit{Span: phrase.Span{Start: r.tokens[first].Start, End: r.tokens[end].End}})
		}
		first, count, letters = -1, 0, 0
	}
	for i, t := range r.tokens {
		raw := r.short[t.Start:t.End]
		switch {
		case t.Word == "!" || t.Word == "?":
			continue
		case isUpper(raw) && !r.inLink(phrase.Span{Start: t.Start, End: t.End}):
			if first < 0 {
				first = i
			}
			if len(raw) > 1 {
				count++
			}
			letters += len(raw)
		default:
			if first >= 0 {
				flush(i - 1)
			}
		}
	}
	if first >= 0 {
		flush(len(r.tokens) - 1)
	}
	return hits
}

func isUpper(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsUpper(r) })
}
