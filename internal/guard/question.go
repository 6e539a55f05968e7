package guard

import (
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/phrase"
	"github.com/comptoir-desk/comptoir/internal/pledge"
)

// Question is one question of a customer's message. Start and End are code
// points of the message, end exclusive.
type Question struct {
	Words      string
	Start, End int
	Answered   bool // the draft says something to it
}

const mostQuestions = 10

// Questions gives the questions of the customer's message, and which of them the
// draft speaks to (P06): a list to tick. It judges by words, not by meaning.
func Questions(d Draft, f Facts) []Question {
	return newReading(d, f).questions()
}

func (r *reading) questions() []Question {
	var list []Question
	text := r.facts.Message
	said := saidIn(r.tokens)
	agreed := 0 // how often the draft says yes or no
	for _, t := range r.tokens {
		if phrase.OneOf(t.Word, "oui", "non", "yes", "no") {
			agreed++
		}
	}
	for i := 0; i < len(r.message); {
		part, from := phrase.Sentence(r.message, i)
		i = from + len(part)
		if !asks(part) || idle.In(part) || len(list) == mostQuestions {
			continue
		}
		s := phrase.Span{Start: part[0].Start, End: part[len(part)-1].End}
		q := Question{Words: text[s.Start:s.End], Start: codePoints(text[:s.Start])}
		q.End = q.Start + codePoints(q.Words)
		q.Answered = said.answers(part, r)
		if !asksForFact.In(part[:min(len(part), 5)]) {
			q.Answered = q.Answered || agreed > 0
			agreed--
		}
		q.Answered = q.Answered || slices.Contains(r.facts.Answered, q.Words)
		list = append(list, q)
	}
	return list
}

// asks: a question mark, or the words of a question at the beginning.
func asks(part []phrase.Token) bool {
	words := 0
	for _, t := range part {
		if t.Word != "?" && t.Word != "!" {
			words++
		}
	}
	if words < 2 {
		return false
	}
	if part[len(part)-1].Word == "?" {
		return true
	}
	m, ok := opens.At(part, 0)
	return ok && m.First == 0 && words > 3
}

var (
	opens = phrase.Of(`
		est ce que|qu
		pouvez|pourriez|peut|pourrais|puis vous|on|je
		quand|combien|comment est|arrive|arrivera|sera|faire|puis|coute|dois|vais
		when|where|how|what is|are|will|can|do|does|should|much|long
		could|can|would|do|does|did|is|are i|you|the|it|my`)
	// idle are questions that ask for no fact.
	idle = phrase.Of(`
		comment allez vous
		vous allez bien
		how are you
		c est normal
		vous trouvez ca|cela
		vous vous moquez
		vous vous fichez
		n est ce pas
		is this|that a joke
		are you kidding
		is that|this normal
		ca va
		hope you are`)
)

// saying is what a draft holds that could be an answer.
type saying struct {
	stems       map[string]bool
	agrees      bool // yes, no, possible, sorry
	dates, sums bool
	places      bool
}

func saidIn(tokens []phrase.Token) saying {
	s := saying{stems: map[string]bool{}}
	for i, t := range tokens {
		s.stems[stemOf(t.Word)] = true
		s.agrees = s.agrees || agreeing[t.Word]
		s.places = s.places || placing[t.Word]
		s.dates = s.dates || dating[t.Word]
		if _, _, ok := pledge.AmountAt(tokens, i); ok {
			s.sums = true
		}
	}
	s.sums = s.sums || s.stems["grat"] || s.stems["offer"] || s.stems["free"] || s.stems["gratu"]
	return s
}

var (
	agreeing = phrase.Words(`oui non possible impossible effectivement absolument malheureusement volontiers confirme confirmons accord bien tout desolee desole navre
		yes no possible unfortunately indeed absolutely course certainly sure confirm happy sorry afraid able`)
	placing = phrase.Words(`rue avenue place boulevard adresse suivi lien relais point bureau agence entrepot atelier ville https http www transit transporteur
		street road address tracking link depot warehouse office hub carrier`)
	dating = phrase.Words(`lundi mardi mercredi jeudi vendredi samedi dimanche demain aujourd jour jours semaine semaines heure heures mois h
		janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
		monday tuesday wednesday thursday friday saturday sunday tomorrow today day days week weeks hour hours month months
		january february march april may june july august september october november december date delai delais`)
	// asksForFact tells from a question for yes or no.
	asksForFact = phrase.Of(`
		quand|combien|comment|pourquoi|quel|quelle|quels|quelles|qui|ou|quoi|lequel|laquelle
		when|where|how|why|what|which|who|whose`)
	prices  = phrase.Of("combien coute|coutent|ca|cela|vaut|pour|est|sera\n how much\n quel|quels|quelle est|sont le|les|la prix|tarif|frais|cout|montant\n what price|cost")
	whens   = phrase.Of("quand\n quel|quelle|quels|quelles date|delai|delais|jour|heure\n combien de temps|jours\n when\n how long|soon|many days?\n what date|day|time\n delai|delais")
	wheres  = phrase.Of("ou\n where\n quelle|what adresse|address")
	costs   = phrase.Of("combien\n how much\n quel|quelle|quels prix|tarif|frais|cout|montant\n what price|cost\n prix|tarif|frais")
	openers = phrase.Of("est ce\n pouvez|pourriez|peut|puis|pourrais|puisse|peux|avez|auriez|faites|etes|y|sera|serait\n can|could|is|are|do|does|will|would|should|may|have")
)

// answers tells whether a draft speaks to a question, leaving it the benefit of
// the doubt: a fact of the kind that is asked for, or a word that both have.
func (s saying) answers(part []phrase.Token, r *reading) bool {
	switch {
	case whens.In(part):
		if s.dates {
			return true
		}
	case prices.In(part):
		return s.sums
	case costs.In(part):
		if s.sums {
			return true
		}
	case wheres.In(part) && !openers.In(part[:1]):
		if s.places {
			return true
		}
	}
	content, shared := 0, 0
	for _, t := range part {
		if len(t.Word) < 4 || common[t.Word] || t.Number {
			continue
		}
		content++
		if s.stems[stemOf(t.Word)] {
			shared++
		}
	}
	if content == 0 {
		return s.agrees || s.dates || len(r.tokens) > 20
	}
	return shared > 0 && shared*4 >= content
}

// stemOf is crude on purpose: the first five letters of longer words.
func stemOf(w string) string {
	if len(w) > 5 && strings.IndexFunc(w, func(r rune) bool { return r > 127 }) < 0 {
		return w[:5]
	}
	return w
}

// common are words that say nothing of what a question is about.
var common = phrase.Words(`bonjour merci madame monsieur vous nous votre vos notre cette est-ce pouvez pourriez puis peut pouvoir avez avoir etre sont sera serait
 quand combien comment pourquoi quel quelle quels quelles donc aussi encore bien tres plus moins avec sans pour dans sous chez vers commande commandes colis produit article
 possible savoir dire faire fait faut voulais voudrais voudrait aimerais souhaite souhaiterais demande question svp plait cela celui celle mais alors toujours deja tout toute
 hello dear thank thanks please your have been with from this that what when where which would could should will there their about order parcel item product
 know tell make does just like want need also still already very more some any other much many long soon quand arrive`)
