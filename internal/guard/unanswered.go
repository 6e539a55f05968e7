package guard

import "github.com/comptoir-desk/comptoir/internal/pledge"

// unansweredRule warns of a question that the draft doesn't speak to (P06). It
// stands for the whole draft, and names the question. An answer that says when
// the answer comes passes.
var unansweredRule = rule{
	name:     "unanswered",
	severity: Warns,
	kinds:    personsKinds,
	french:   "Une question du client reste sans réponse.",
	english:  "A question of the customer's is left unanswered.",
	find: func(r *reading) []hit {
		if len(r.message) == 0 || len(r.tokens) == 0 {
			return nil
		}
		for _, p := range r.promisesIn() {
			if p.Kind == pledge.Answer || p.Kind == pledge.CallBack {
				return nil
			}
		}
		var hits []hit
		for _, q := range r.questions() {
			if q.Answered {
				continue
			}
			words := cutAt(q.Words, near)
			hits = append(hits, hit{
				french:  "Cette question reste sans réponse : « " + words + " »",
				english: "This question is left unanswered: “" + words + "”",
			})
		}
		return hits
	},
}
